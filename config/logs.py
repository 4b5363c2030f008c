"""Log lines: one JSON object each in production, readable text in the demo; never personal data.

A line names routes, not addresses (an address may hold a ticket), and ids, not names. Whatever still looks like
a phone number or an e-mail address is masked before it is written.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MASK = "***"

Event = MutableMapping[str, Any]


def without_personal_data(_logger: Any, _method: str, event: Event) -> Event:
    return {key: masked(value) if isinstance(value, str) else value for key, value in event.items()}


def masked(text: str) -> str:
    return _EMAIL.sub(MASK, _ID_NUMBER.sub(MASK, _PHONE.sub(MASK, text)))


# What every line passes, be it our own or a library's.
_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.format_exc_info,
    without_personal_data,
]
_LEVELS = {
    # The page of an error is logged once, with its reference (config.middleware.log_exception).
    "django.request": {"level": "CRITICAL"},
    "django.server": {"level": "WARNING"},
    "_granian": {"level": "WARNING"},
}


def logging_config(*, readable: bool) -> dict[str, Any]:
    """Django's LOGGING."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    words = structlog.dev.ConsoleRenderer(colors=False)
    rows = structlog.processors.JSONRenderer(ensure_ascii=False)
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, words if readable else rows]
    line = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": _SHARED, "processors": last}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["out"], "level": "INFO"},
        "loggers": _LEVELS,
    }
