"""The columns of a table of occurrences: one place for CSV, Parquet and the documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from careplan.stay.schedule.occurrence import Occurrence

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime"]


class Column(NamedTuple):
    """A column: its name, what it holds, whether every row has it, and what it says."""

    name: str
    kind: Kind
    required: bool
    says: str


COLUMNS = (
    Column(
        "uid", "string", True, "names the occurrence: plan, line, visit, number; the same at every export"
    ),
    Column("timing_hash", "string", True, "of the line's timing: changes only when that does"),
    Column("plan", "string", True, "the plan's name"),
    Column("plan_version", "string", False, "its version"),
    Column("kind", "string", True, "session, test or dose"),
    Column("name", "string", True, "the service, measure or medication"),
    Column("title", "string", True, "its title for people"),
    Column("phase", "string", True, "the phase in which it falls due"),
    Column("visit", "integer", True, "which visit to that phase; 1 is the first"),
    Column("number", "integer", True, "its number among those of its line in this visit"),
    Column("of", "integer", False, "of how many; empty where the line has no end"),
    Column("plan_day", "integer", True, "day of the stay; admission is day 1"),
    Column("phase_day", "integer", True, "day of the phase's clock"),
    Column("phase_week", "integer", True, "week of the phase's clock"),
    Column("date", "date", True, "the day"),
    Column("earliest", "date", True, "the first day to which it may be moved"),
    Column("latest", "date", True, "the last day to which it may be moved"),
    Column("movable", "boolean", True, "whether the clinic may place it within these days"),
    Column("start", "datetime", False, "when it begins; empty where the clinic chooses the time"),
    Column("end", "datetime", False, "when it ends"),
    Column("zone", "string", False, "the time zone, as IANA names it"),
    Column("clinical_minutes", "integer", False, "minutes that count toward a level of care"),
    Column("clock_minutes", "integer", False, "minutes with breaks"),
    Column("staff", "string", False, "who holds or gives it; several roles are parted by `; `"),
    Column("formats", "string", False, "individual, group, family; of a dose its forms"),
    Column("seats", "integer", False, "the largest group"),
    Column("delivery", "string", False, "in-person, telehealth or phone"),
    Column("owed", "boolean", True, "false where it is only urged"),
    Column("condition", "string", False, "what must be known before it is booked, in the plan's words"),
    Column("topic", "string", False, "the topic, of a curriculum in order"),
    Column("times", "integer", True, "how often a dose is taken on the day"),
    Column("often", "string", True, "how often the line comes, in words"),
    Column("status", "string", True, "planned, moved or cancelled"),
    Column("moved_because", "string", False, "what moved or cancelled it"),
    Column("moved_from", "date", False, "the day on which it would have been"),
    Column("file", "string", True, "the file of the line that brought it"),
    Column("line", "integer", True, "the number of that line"),
    Column("dose_low", "number", False, "the dose, or its low end"),
    Column("dose_high", "number", False, "the dose, or its high end"),
    Column("dose_unit", "string", False, "the unit of the dose"),
    Column("codes", "string", False, "codes of published systems, `loinc 44261-6`, parted by `; `"),
)


def rows(found: list[Occurrence]) -> Iterator[dict[str, Any]]:
    """Each occurrence by column name; lists are one text, dates and times ISO 8601 text."""
    for each in found:
        row = each.to_dict()
        for name in ("staff", "formats", "delivery"):
            row[name] = "; ".join(row[name]) or None
        row["codes"] = "; ".join(f"{code['system']} {code['value']}" for code in row["codes"]) or None
        yield row
