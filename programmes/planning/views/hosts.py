"""Hosts: listed, entered, changed; their account, their absences, their calendar."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.numbers import whole
from kit.refusals import Refused
from kit.tables import Cell, Column, Empty, Filter, ListTable, day
from kit.toasts import Undo, toast
from people.choices import Verb
from people.doors import member, members_only, network_of, staff_only
from people.queries.rights import rights_of
from programmes.planning import doors
from programmes.planning.choices import HostKind
from programmes.planning.commands import hosts as commands
from programmes.planning.forms.hosts import AbsenceForm, AccountForm, HostForm, initial_of_host
from programmes.planning.models import Host, HostAbsence
from programmes.planning.queries import hosts as rows_of
from programmes.planning.rules.places import place_words
from programmes.planning.rules.wording import age_words, day_words, full_day_words, span_words
from venues.queries.venues import districts


def _name(row: Host) -> Cell:
    chips = ((_("no longer leads"), "cancelled"),) if row.closed_at else ()
    return Cell(row.name, href=reverse("planning:host", args=[row.pk]), soft=row.unit, chips=chips)


def _ages(row: Host) -> str:
    return age_words(row.from_months, row.to_months) if row.from_months is not None or row.to_months else ""


def _coming(row: Host) -> Cell:
    return Cell(row.coming)  # type: ignore[attr-defined]


def _ending(rows: Any, _value: str) -> Any:
    return rows.filter(pk__in=rows_of.terms_ending(today=clock.now().date()).values("pk"))


def _home(rows: Any, value: str) -> Any:
    return rows.filter(home_area=value)


HOSTS = ListTable(
    key="planning.hosts",
    title=pgettext_lazy("who leads sessions", "Hosts"),
    columns=(
        Column("name", pgettext_lazy("of a person", "Name"), cell=_name, sort=("name",), fixed=True),
        Column("kind", _("Kind"), cell=lambda row: Cell(row.get_kind_display()), sort=("kind", "name")),
        Column("skills", _("Skills"), cell=lambda row: Cell("、".join(row.skills))),
        Column("ages", _("Ages"), cell=_ages),
        Column("home", _("Home district"), cell=lambda row: Cell(str(row.home_area or ""))),
        Column("coming", _("Sessions to come"), cell=_coming, number=True, sort=("coming", "name")),
        Column("term", _("Appointed until"), cell=lambda row: day(row.term_until), sort=("term_until",)),
        Column("languages", _("Languages"), cell=lambda row: Cell("、".join(row.languages)), shown=False),
        Column("per_week", _("Sessions a week, at most"), cell=lambda row: Cell(row.per_week or ""), shown=False),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=HostKind.choices, apply=lambda rows, value: rows.filter(kind=value)),
        Filter("skill", _("Skill"), kind="text", apply=rows_of.with_skill),
        Filter("language", _("Language"), kind="text", apply=rows_of.with_language),
        Filter(
            "home",
            _("Home district"),
            choices=lambda _request: [(str(area.pk), area.name) for area in districts()],
            apply=_home,
        ),
        Filter(
            "account",
            _("Account"),
            choices=(("yes", _("with")), ("no", _("without"))),
            apply=lambda rows, value: rows.filter(person__isnull=value == "no"),
        ),
        Filter("term", _("Appointment"), choices=(("ending", _("ends within 60 days")),), apply=_ending),
        Filter(
            "leads",
            _("State"),
            choices=(("yes", _("leads sessions")), ("no", _("no longer leads"))),
            apply=lambda rows, value: rows.filter(closed_at__isnull=value == "yes"),
        ),
    ),
    search=rows_of.with_words,
    search_label=_("Name, unit, skill"),
    sort="name",
    empty=Empty(
        _("No host yet"),
        _("Enter those who lead sessions, with or without an account."),
        _("Add a host"),
        "planning:host-add",
    ),
)


@require_safe
@staff_only(Verb.SEE_PLAN)
def hosts(request: HttpRequest) -> HttpResponse:
    rows: QuerySet[Host] = rows_of.hosts_listed(at=clock.now())
    return render(
        request, "planning/hosts/list.html", {"table": HOSTS.page(request, rows), "may_plan": _plans(request)}
    )


def _plans(request: HttpRequest) -> bool:
    return rights_of(member(request)).may(Verb.PLAN)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Verb.PLAN)
def add(request: HttpRequest) -> HttpResponse:
    network = network_of(request)
    initial = {"kind": HostKind.LIBRARIAN, "is_public": True}
    form = HostForm(request.POST or None, network=network, areas=districts(), initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = commands.add_host(
                network=network,
                values=form.values(),
                phone=data["phone"],
                week=data["hours"],
                by=member(request),
                anyway=data["anyway"],
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, gettext("%(name)s can be asked to lead sessions now.") % {"name": made.name})
            return redirect("planning:host", made.pk)
    return render(request, "planning/hosts/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: HttpRequest, host_id: int) -> HttpResponse:
    row, network = doors.host_to_plan(request, host_id), network_of(request)
    initial = initial_of_host(row, network=network)
    form = HostForm(request.POST or None, network=network, areas=districts(), initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            commands.change_host(
                host=row,
                network=network,
                values=form.values(),
                phone=data["phone"],
                week=data["hours"],
                by=member(request),
            )
        except Refused as no:
            form.refuse(no.refusals)
        else:
            toast(request, gettext("The host is saved."))
            return redirect("planning:host", row.pk)
    page = {"form": form, "host": row}
    return render(request, "planning/hosts/form.html", page, status=422 if form.is_bound else 200)


@require_safe
@members_only
def host(request: HttpRequest, host_id: int) -> HttpResponse:
    return _page(request, doors.host_to_see(request, host_id))


def _page(
    request: HttpRequest,
    row: Host,
    *,
    account: AccountForm | None = None,
    absence: AbsenceForm | None = None,
) -> HttpResponse:
    at, network, plans = clock.now(), network_of(request), _plans(request)
    today = clock.today(network.zone)
    sessions, week = rows_of.coming_sessions(row, at=at), rows_of.week_of_host(row)
    absences = list(HostAbsence.objects.filter(host=row, ends_on__gte=today).order_by("starts_on"))
    page = {
        "host": row,
        "plans": plans,
        "ages": _ages(row),
        "phone": rows_of.phone_of(row, network=network) if plans else "",
        "week": rows_of.hours_words(week),
        "sessions": [(one, span_words(one.starts_at, one.ends_at), place_words(one)) for one in sessions[:20]],
        "count": len(sessions),
        "absences": [(one, day_words(one.starts_on), day_words(one.ends_on)) for one in absences],
        "calendar": rows_of.calendar_of(row, sessions, absences, week, today=today),
        "term": (
            full_day_words(row.term_from) if row.term_from else "",
            full_day_words(row.term_until) if row.term_until else "",
        ),
        "is_ending": row.term_until is not None and row.term_until - today <= rows_of.TERM_AHEAD,
        "account": account or AccountForm(),
        "absence": absence or AbsenceForm(),
    }
    refused = any(form is not None for form in (account, absence))
    return render(request, "planning/hosts/host.html", page, status=422 if refused else 200)


@require_POST
@members_only
def close(request: HttpRequest, host_id: int) -> HttpResponse:
    row = doors.host_to_plan(request, host_id)
    try:
        commands.close_host(host=row, by=member(request), at=clock.now())
    except Refused as no:
        toast(request, " ".join(str(refusal) for refusal in no.refusals), kind="bad")
    else:
        undo = Undo(reverse("planning:host-reopen", args=[row.pk]))
        toast(request, gettext("%(name)s is no longer asked.") % {"name": row.name}, undo=undo)
    return redirect("planning:host", row.pk)


@require_POST
@members_only
def reopen(request: HttpRequest, host_id: int) -> HttpResponse:
    row = doors.host_to_plan(request, host_id)
    commands.reopen_host(host=row, by=member(request))
    toast(request, gettext("%(name)s can be asked to lead sessions now.") % {"name": row.name})
    return redirect("planning:host", row.pk)


@require_POST
@members_only
def link(request: HttpRequest, host_id: int) -> HttpResponse:
    row, form = doors.host_to_plan(request, host_id), AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, row, account=form)
    phone, by, at = form.cleaned_data["phone"], member(request), clock.now()
    try:
        commands.link_account(host=row, network=network_of(request), phone=phone, by=by, at=at)
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, row, account=form)
    toast(request, gettext("The account is linked."), undo=Undo(reverse("planning:host-unlink", args=[row.pk])))
    return redirect("planning:host", row.pk)


@require_POST
@members_only
def unlink(request: HttpRequest, host_id: int) -> HttpResponse:
    row = doors.host_to_plan(request, host_id)
    commands.unlink_account(host=row, by=member(request), at=clock.now())
    toast(request, gettext("The account is no longer linked."))
    return redirect("planning:host", row.pk)


@require_POST
@members_only
def away(request: HttpRequest, host_id: int) -> HttpResponse:
    row, form = doors.host_to_plan(request, host_id), AbsenceForm(request.POST)
    if not form.is_valid():
        return _page(request, row, absence=form)
    first, by = form.cleaned_data["first"], member(request)
    last, today = form.cleaned_data["last"] or first, clock.today(network_of(request).zone)
    try:
        hit = commands.add_absence(
            host=row, first=first, last=last, words=form.cleaned_data["words"], by=by, today=today
        )
    except Refused as no:
        form.refuse(no.refusals)
        return _page(request, row, absence=form)
    toast(request, gettext("The absence is entered."))
    if hit:
        words = ngettext(
            "%(count)s session falls into it and needs another host.",
            "%(count)s sessions fall into it and need another host.",
            len(hit),
        )
        toast(request, words % {"count": len(hit)}, kind="warn")
    return redirect("planning:host", row.pk)


@require_POST
@members_only
def back(request: HttpRequest, host_id: int) -> HttpResponse:
    row = doors.host_to_plan(request, host_id)
    key = whole(request.POST.get("absence", ""))
    found = HostAbsence.objects.filter(host=row, pk=key).first() if key is not None else None
    if found is None:
        raise Http404
    commands.remove_absence(absence=found, by=member(request))
    toast(request, gettext("The absence is taken back."))
    return redirect("planning:host", row.pk)
