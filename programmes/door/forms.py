"""What a desk sends: shape alone."""

from django import forms

from programmes.door.choices import Way


class AskForm(forms.Form):
    """A code that was read or typed, or a registration chosen from the list."""

    client_id = forms.UUIDField()
    code = forms.CharField(max_length=300, required=False, strip=True)
    registration = forms.SlugField(max_length=12, required=False)
    way = forms.ChoiceField(choices=Way.choices, required=False)


class TickForm(forms.Form):
    client_id = forms.UUIDField()


class AddForm(forms.Form):
    """Without a child one more grown-up."""

    client_id = forms.UUIDField()
    child = forms.SlugField(max_length=12, required=False)


class ScreenForm(forms.Form):
    venue = forms.SlugField(max_length=40)
    name = forms.CharField(max_length=20, required=False, strip=True)


class PrintedCodeForm(forms.Form):
    venue = forms.SlugField(max_length=40)


class ArriveForm(forms.Form):
    """Who of a party is here: of a registration of hers, or of the ticket that she typed."""

    client_id = forms.UUIDField()
    registration = forms.SlugField(max_length=12)
    ticket = forms.CharField(max_length=300, required=False, strip=True)


class TicketForm(forms.Form):
    ticket = forms.CharField(max_length=300, strip=True)
