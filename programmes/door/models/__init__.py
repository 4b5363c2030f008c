from programmes.door.models.headcount import Headcount as Headcount
from programmes.door.models.headcount import Tally as Tally
from programmes.door.models.leaving import Leaving as Leaving
from programmes.door.models.scan import CheckIn as CheckIn
from programmes.door.models.scan import Scan as Scan
from programmes.door.models.stream import StreamViews as StreamViews
