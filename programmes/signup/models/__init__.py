from programmes.signup.models.circle import Circle as Circle
from programmes.signup.models.circle import CircleMember as CircleMember
from programmes.signup.models.circle import TermsCircle as TermsCircle
from programmes.signup.models.group import Group as Group
from programmes.signup.models.registration import Places as Places
from programmes.signup.models.registration import Registration as Registration
from programmes.signup.models.registration import Seat as Seat
from programmes.signup.models.terms import Terms as Terms
