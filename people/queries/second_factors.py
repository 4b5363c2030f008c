"""Who has a second factor. The table is allauth's; it is always asked by person, and persons are scoped."""

from allauth.mfa.models import Authenticator

from people.models import Person

_REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: Person) -> bool:
    exists: bool = Authenticator.objects.filter(user_id=person.pk, type__in=_REAL).exists()
    return exists
