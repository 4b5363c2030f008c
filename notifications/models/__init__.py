from notifications.models.delivery import Delivery
from notifications.models.letter import Letter
from notifications.models.message import Message
from notifications.models.own_words import OwnWords
from notifications.models.preference import Preference
from notifications.models.shown import ShownMessage
from notifications.models.sms_count import SmsCount

__all__ = ["Delivery", "Letter", "Message", "OwnWords", "Preference", "ShownMessage", "SmsCount"]
