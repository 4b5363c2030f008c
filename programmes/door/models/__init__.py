from programmes.door.models.desk_device import DeskDevice as DeskDevice
from programmes.door.models.scan import CheckIn as CheckIn
from programmes.door.models.scan import Scan as Scan
from programmes.door.models.self_check_in import PrintedCode as PrintedCode
from programmes.door.models.self_check_in import Screen as Screen
