"""What a card says below its word, where that is the same for everybody."""

from django.utils.translation import gettext as _

from programmes.door.choices import Outcome


def fixed_words(outcome: Outcome) -> str:
    """Empty where it depends on the session or on the party."""
    words = {
        Outcome.CANCELLED: _("Sign the family up again where a place is free."),
        Outcome.WAITING_LIST: _("This family has no place yet."),
        Outcome.UNAPPROVED: _("The library has not said yes to it yet."),
        Outcome.FOREIGN: _("Another library made this code."),
        Outcome.UNKNOWN: _("Look for the name, or type the last six characters of the ticket."),
        Outcome.ON_TRUST: _("Who they are is looked up as soon as there is a network."),
    }
    return words.get(outcome, "")
