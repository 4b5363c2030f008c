from programmes.door.models.absence import Absence as Absence
from programmes.door.models.absence import Settlement as Settlement
from programmes.door.models.diary import Diary as Diary
from programmes.door.models.diary import DiaryPhoto as DiaryPhoto
from programmes.door.models.scan import CheckIn as CheckIn
from programmes.door.models.scan import Scan as Scan
