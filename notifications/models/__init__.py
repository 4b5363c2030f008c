from notifications.models.delivery import Delivery
from notifications.models.message import Message
from notifications.models.own_words import OwnWords
from notifications.models.preference import Preference
from notifications.models.shown import ShownMessage

__all__ = ["Delivery", "Message", "OwnWords", "Preference", "ShownMessage"]
