"""What this room and those below it keep about people, entered into the register by being imported (people.apps)."""

from people.steps.holdings import accounts, consents, families, service, staff

__all__ = ["accounts", "consents", "families", "service", "staff"]
