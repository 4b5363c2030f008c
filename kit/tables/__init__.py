"""One table for every list of staff: what is shown, searched, filtered, sorted and done in bulk, all in the address."""

from kit.tables.cells import Cell, RowAction, day, moment
from kit.tables.columns import BulkAction, Column, Empty, Filter
from kit.tables.page import TablePage
from kit.tables.state import words_of
from kit.tables.table import ListTable

__all__ = [
    "BulkAction",
    "Cell",
    "Column",
    "Empty",
    "Filter",
    "ListTable",
    "RowAction",
    "TablePage",
    "day",
    "moment",
    "words_of",
]
