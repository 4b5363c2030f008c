from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.translation import gettext_lazy as _

from networks.models.scoping import NetworkScopedManager, TenantModel


class LoginSession(TenantModel, AbstractBaseSession):
    """A browser's session, in one network: its cookie is worth nothing at another network's host."""

    objects: ClassVar[NetworkScopedManager] = NetworkScopedManager()

    class Meta:
        verbose_name = _("login session")
        verbose_name_plural = _("login sessions")

    def __str__(self) -> str:
        return self.session_key[:6]
