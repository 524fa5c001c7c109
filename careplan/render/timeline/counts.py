"""What falls due in a phase, as marks on its column and as short words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careplan.plan.facts import Facts, FactValue, assignments, holds
from careplan.plan.model import Assessment, Condition, Plan, ServiceLine
from careplan.plan.weeks import Count, frequencies, line_weeks
from careplan.plan.words import frequency_words, listed, placement_words, short_condition
from careplan.render.timeline.columns import Column
from careplan.render.timeline.marks import Mark

Line = ServiceLine | Assessment
Assignments = Sequence[dict[str, FactValue]]


def lines_for(lines: Sequence[Line], facts: Facts | None) -> list[Line]:
    """The lines that the given facts do not rule out."""
    return [line for line in lines if holds(line.if_facts, facts or {}) is not False]


def due(plan: Plan, column: Column, lines: Sequence[Line], facts: Facts | None) -> list[Mark]:
    """Marks for everything that the lines together bring in each week of the column."""
    found: list[Mark] = []
    for line in lines:
        if any(frequency.kind == "throughout" for frequency in frequencies(line)):
            sure = holds(line.if_facts, facts or {}) is True and not line.encouraged
            found.append(Mark(1, column.days, int(sure), 1, True, "throughout"))
    planned = [line for line in lines if not _is_called_for(line)]
    if lines and not planned:
        return [Mark(1, column.days, 0, 1, True, "when it is called for")]
    lines = planned
    counts = [line_weeks(plan, column.phase, line, column.weeks) for line in lines]
    among = assignments(plan, [line.if_facts for line in lines], facts)
    for week in range(1, column.weeks + 1):
        total = _together([each[week - 1] for each in counts], lines, among)
        if total.high:
            found.append(_mark(column, lines, week, total))
    return found


def _is_called_for(line: Line) -> bool:
    """Whether the line falls due only after something has happened."""
    return line.when is not None or line.after is not None


def _together(counts: Sequence[Count], lines: Sequence[Line], among: Assignments) -> Count:
    """The fewest and the most of one week, over everybody the plan admits."""
    lows, highs = [], []
    for facts in among:
        held = [holds(line.if_facts, facts) for line in lines]
        lows.append(sum(c.low for c, h in zip(counts, held, strict=True) if h))
        highs.append(sum(c.high for c, h in zip(counts, held, strict=True) if h is not False))
    return Count(min(lows), max(highs))


def _mark(column: Column, lines: Sequence[Line], week: int, total: Count) -> Mark:
    first, last = 7 * week - 6, min(7 * week, column.days)
    days = _named_days(lines, first, last)
    if days:
        return Mark(days[0], days[-1], *total, daily=total.high >= len(days) > 1)
    whole = last - first + 1
    if whole == 7 or total.high >= 7:
        return Mark(first, last, *total, daily=total.high >= 7)
    part = Count(round(total.low * whole / 7), max(1, round(total.high * whole / 7)))
    return Mark(first, last, *part)


def _named_days(lines: Sequence[Line], first: int, last: int) -> list[int]:
    """The days of a week that the lines name, if every line names days."""
    if not all(line.days for line in lines):
        return []
    spans = [span for line in lines for span in line.days]
    return [day for day in range(first, last + 1) if any(s.first <= day <= s.last for s in spans)]


def phrases(plan: Plan, lines: Sequence[Line], facts: Facts | None) -> tuple[str, ...]:
    """How often and for whom, without clock times; lines that differ only in the facts are said once."""
    grouped: dict[str, list[Condition | None]] = {}
    for line in lines:
        known = holds(line.if_facts, facts or {}) is True
        grouped.setdefault(_phrase(line), []).append(None if known else line.if_facts)
    found = []
    for words, conditions in grouped.items():
        wanted = [c for c in conditions if c is not None]
        if len(wanted) < len(conditions) or _exhaust(plan, wanted, facts):
            found.append(words)
        else:
            ifs = listed(dict.fromkeys(short_condition(c) for c in wanted), "or")
            found.append(f"{words} if {ifs}")
    return tuple(found)


def _exhaust(plan: Plan, conditions: Sequence[Condition], facts: Facts | None) -> bool:
    """Whether some of the conditions holds for everybody."""
    if len(conditions) < 2:
        return False
    among = assignments(plan, conditions, facts)
    return all(any(holds(c, each) for c in conditions) for each in among)


def _phrase(line: Line) -> str:
    bare = {"times": (), "if_facts": None, "while_": None, "when": None, "after": None}
    place = placement_words(line.model_copy(update=bare))
    moments = listed(frequency_words(frequency) for frequency in frequencies(line))
    return " ".join(filter(None, (moments, place, *_clauses(line))))


def _clauses(line: Line) -> Iterator[str]:
    for word, condition in (("while", line.while_), ("when", line.when), ("after", line.after)):
        if condition is not None:
            yield f"{word} {short_condition(condition)}"
