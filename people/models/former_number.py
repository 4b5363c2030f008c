from django.db import models
from django.utils.translation import gettext_lazy as _

from kit import clock, sealed
from networks.models.scoping import TenantModel
from people.models.person import PHONE


class FormerNumber(TenantModel):
    """A number that went from an account that had long been silent to a new one (二次放号).

    The account keeps all it holds and cannot be signed in to by phone until staff give it a number again.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="former_numbers")
    taken_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    phone_sealed = models.TextField(editable=False)
    phone_index = models.BinaryField(max_length=32, editable=False)
    taken_at = models.DateTimeField(_("taken over"), default=clock.now, editable=False)
    given_back_at = models.DateTimeField(_("given back"), null=True, blank=True)

    personal_fields = frozenset({"phone_sealed", "phone_index"})

    class Meta:
        verbose_name = _("former number")
        verbose_name_plural = _("former numbers")
        indexes = [models.Index(fields=["network", "phone_index"], name="former_numbers_by_phone")]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d}"

    @property
    def phone(self) -> str:
        return sealed.unseal(self.phone_sealed, network_code=self.network.code, purpose=PHONE)
