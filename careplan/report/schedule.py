"""Dated sessions as a table for the eye, or as sentences that read well aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from careplan.plan.model import Plan
from careplan.plan.words import range_words
from careplan.report.columns import table
from careplan.stay.schedule.occurrence import Occurrence

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Row = tuple[str, str, str, str, str, str]
HEAD = ("Date", "Time", "What", "", "Minutes", "Remark")


def schedule_text(plan: Plan, found: list[Occurrence], width: int = 100, plain: bool = False) -> str:
    """The occurrences by phase and in order of time; `plain` has no table."""
    if not found:
        return "Nothing falls due.\n"
    lines = [f"{plan.label}: from {_date(found[0])} to {_date(found[-1])}", *_summary(found), ""]
    for (phase, visit), group in groupby(found, key=lambda each: (each.phase, each.visit)):
        label = plan.phase(phase).label
        lines.append(label if visit == 1 else f"{label}, visit {visit}")
        rows = [_row(each, until) for each, until in _in_runs(list(group))]
        if plain:
            lines += [_sentence(row) for row in rows]
        else:
            lines += ["", *table(HEAD, _dated_once(rows), width)]
        lines.append("")
    return "\n".join(lines)


def _in_runs(found: list[Occurrence]) -> Iterator[tuple[Occurrence, Occurrence | None]]:
    """Each occurrence; of what comes day after day only the first of a run, with the last of it."""
    last: dict[str, Occurrence] = {}
    shown: list[Occurrence] = []
    for each in found:
        key = each.line_of_plan.key
        before = last.get(key)
        last[key] = each
        if before is not None and each.status == before.status == "planned" and _follows(before, each):
            continue
        shown.append(each)
    ends = _ends_of_runs(found, shown)
    for each in shown:
        yield each, ends.get(each.uid)


def _follows(before: Occurrence, each: Occurrence) -> bool:
    return (each.date - before.date).days == 1 and (each.dose, each.slot.time, each.moved_because) == (
        before.dose,
        before.slot.time,
        before.moved_because,
    )


def _ends_of_runs(found: list[Occurrence], shown: list[Occurrence]) -> dict[str, Occurrence]:
    """The last occurrence of each run that is longer than one, by the uid of its first."""
    begun = {each.uid for each in shown}
    ends: dict[str, Occurrence] = {}
    current: dict[str, str] = {}
    for each in found:
        key = each.line_of_plan.key
        if each.uid in begun:
            current[key] = each.uid
        else:
            ends[current[key]] = each
    return ends


def _dated_once(rows: list[Row]) -> list[Row]:
    """The date only where it changes."""
    dates = ["", *(row[0] for row in rows)]
    return [("" if row[0] == before else row[0], *row[1:]) for before, row in zip(dates, rows, strict=False)]


def _summary(found: list[Occurrence]) -> list[str]:
    counts = [(kind, sum(1 for each in found if each.kind == kind)) for kind in ("session", "test", "dose")]
    said = ", ".join(f"{count} {kind}{'s' * (count != 1)}" for kind, count in counts if count)
    moved = sum(1 for each in found if each.status == "moved")
    cancelled = sum(1 for each in found if each.status == "cancelled")
    changes = [f"{moved} moved"] * bool(moved) + [f"{cancelled} cancelled"] * bool(cancelled)
    return [f"{said}{'; ' if changes else ''}{', '.join(changes)}."]


def _date(each: Occurrence) -> str:
    return f"{DAYS[each.date.weekday()]} {each.date:%Y-%m-%d}"


def _row(each: Occurrence, until: Occurrence | None) -> Row:
    number = f"{each.number} to {until.number}" if until is not None else f"{each.number}"
    number += f" of {each.of}" if each.of is not None else ""
    minutes = str(each.clock_minutes) if each.clock_minutes else ""
    remarks = [*([f"daily to {_date(until)}"] if until is not None else []), *_remarks(each)]
    return (_date(each), _time(each), _what(each), number, minutes, "; ".join(remarks))


def _time(each: Occurrence) -> str:
    return f"{each.start:%H:%M}" if each.start is not None else (each.slot.time or "")


def _what(each: Occurrence) -> str:
    if each.dose is None:
        return each.title
    low, high, unit = each.dose
    times = f", {each.times} times" if each.times > 1 else ""
    return f"{each.title} {range_words(low, high)} {unit}{times}"


def _remarks(each: Occurrence) -> Iterator[str]:
    if each.status == "cancelled":
        yield f"cancelled: {each.moved_because}"
    elif each.status == "moved" and each.moved_from is not None:
        yield f"moved: {each.moved_because}"
    elif each.moved_because:
        yield each.moved_because
    if each.topic:
        yield each.topic
    if not each.owed:
        yield "encouraged"
    if each.condition:
        yield f"only {each.condition}" if each.kind != "dose" else f"once {each.condition}"
    if each.movable and each.status == "planned":
        yield f"any day {each.earliest:%m-%d} to {each.latest:%m-%d}"


def _sentence(row: Iterable[str]) -> str:
    date, time, what, number, minutes, remark = row
    parts = [date + (f" at {time}" if time else ""), what, number]
    if minutes:
        parts.append(f"{minutes} minutes")
    if remark:
        parts.append(remark)
    return "  " + ", ".join(parts)
