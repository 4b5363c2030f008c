from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kit import clock, ids, sealed
from networks.models.scoping import NetworkScopedManager, TenantModel

# What values are sealed for.
PHONE = "people.phone"
SECOND_FACTOR = "people.second_factor"


class PersonManager(NetworkScopedManager):
    def get_by_natural_key(self, login: str) -> "Person":
        person: Person = self.get(login=login)
        return person


class Person(TenantModel, AbstractBaseUser, PermissionsMixin):
    """Somebody one network knows. The same phone in two cities is two Persons.

    `login` is opaque and means nothing to anyone; the phone is what people sign in with.
    """

    login = models.CharField(max_length=26, unique=True, default=ids.new_id)
    name = models.CharField(_("name"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone_sealed = models.TextField(_("phone"), blank=True, editable=False)
    phone_index = models.BinaryField(max_length=32, null=True, editable=False)
    phone_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The day of the last visit while signed in, in the network's own time.
    seen_on = models.DateField(_("last seen"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    # Told that the account goes for want of a visit; a later visit makes it void.
    silence_warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The row stays, emptied, so that what was done by it still has somebody behind it.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    personal_fields = frozenset({"name", "email", "phone", "phone_sealed", "phone_index"})

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(fields=["network", "phone_index"], name="one_person_per_phone_and_network"),
            models.CheckConstraint(
                condition=Q(phone_sealed="", phone_index=None) | ~Q(phone_sealed="") & Q(phone_index__isnull=False),
                name="a_phone_is_sealed_and_indexed",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", email="", phone_index=None, is_active=False),
                name="an_erased_person_is_empty",
            ),
        ]

    @property
    def first_name(self) -> str:
        """What Wagtail greets an editor by."""
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name or self.login

    @cached_property
    def phone(self) -> str:
        """E.164, or nothing. Opens the seal: ask for it only where the number itself is needed."""
        if not self.phone_sealed:
            return ""
        return sealed.unseal(self.phone_sealed, network_code=self.network.code, purpose=PHONE)
