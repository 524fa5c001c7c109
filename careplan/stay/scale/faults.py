"""What can be wrong with a table of enrolments. No value of a patient's ever stands in a message."""

from __future__ import annotations


class EnrolmentFault(ValueError):
    """A table, or a row of it, that cannot be used: the column, the row (from 1), and what would be right."""

    def __init__(self, column: str, problem: str, row: int | None = None):
        self.column, self.row = column, row
        where = f"row {row}, " if row is not None else ""
        super().__init__(f"{where}column `{column}`: {problem}")
