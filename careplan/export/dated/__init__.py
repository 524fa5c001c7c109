"""The dated sessions, tests and doses of a stay, as other programs read them."""

from careplan.export.dated.calendar import calendar_file
from careplan.export.dated.table import csv_text

__all__ = ["calendar_file", "csv_text"]
