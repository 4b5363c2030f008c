from django.apps import AppConfig
from django.core.signals import got_request_exception, request_started


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        # Both need the loaded settings and apps.
        from config import checks
        from config.databases import trust_what_is_quiet
        from config.middleware import log_exception

        checks.register()
        got_request_exception.connect(log_exception, dispatch_uid="config.log_exception")
        request_started.connect(trust_what_is_quiet, dispatch_uid="config.trust_what_is_quiet")
