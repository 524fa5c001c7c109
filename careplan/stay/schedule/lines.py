"""What all sessions of one line have in common: names, lengths, people, the line's place, and its timing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Literal, NamedTuple

from careplan.plan.model import (
    Assessment,
    Code,
    Condition,
    DoseStep,
    Medication,
    Phase,
    Placement,
    Plan,
    ServiceLine,
)
from careplan.plan.words.care import dose_words
from careplan.plan.words.conditions import condition_words
from careplan.plan.words.lines import frequency_words

Kind = Literal["session", "test", "dose"]


class Line(NamedTuple):
    """A line of the plan as a scheduling system knows it; minutes are None where the plan says none.

    `key`: names the line within its plan, and stays when other lines, or its own timing, change.
    `timing_hash`: changes when the line's timing changes, and only then. `condition`: in the plan's words,
    what must be known before its sessions are booked. `floating`: the clinic may choose the weekday;
    `random`: it may not, for the day is drawn. `often`: how often, in words.
    """

    kind: Kind
    key: str
    timing_hash: str
    name: str
    title: str
    phase: str
    often: str
    clinical_minutes: int | None = None
    clock_minutes: int | None = None
    staff: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    seats: int | None = None
    delivery: tuple[str, ...] = ()
    owed: bool = True
    condition: str | None = None
    floating: bool = False
    random: bool = False
    make_up_days: int | None = None
    skip_missed: bool = False
    codes: tuple[Code, ...] = ()
    topics: tuple[str, ...] = ()  # one for each session of a curriculum in order
    file: str = ""
    line: int = 0


def session_line(plan: Plan, phase: Phase, line: ServiceLine) -> Line:
    """The line of a service."""
    service = next(s for s in plan.services if s.name == line.service)
    minutes = line.minutes if line.minutes is not None else service.minutes
    sizes = [f.high for f in service.formats if f.high is not None]
    number = _ordinal([x.service for x in phase.services], phase.services.index(line), line.service)
    clinical = service.kind == "therapy" and service.counted
    in_order = service.curriculum == "in order"
    return Line(
        "session", f"{phase.name}/{line.service}-{number}", _timing(line, minutes, service.break_minutes),
        service.name, service.label, phase.name, frequency_words(line.frequency),
        clinical_minutes=(minutes if clinical else 0) if minutes is not None else None,
        clock_minutes=minutes + service.break_minutes if minutes is not None else None,
        staff=service.staff, formats=tuple(f.kind for f in service.formats), seats=max(sizes, default=None),
        delivery=service.delivery, owed=not line.encouraged, condition=_condition(line),
        floating=not line.weekdays, make_up_days=service.make_up_days, skip_missed=service.skip_missed,
        codes=service.codes,
        topics=tuple(t.title for t in service.topics if not t.elective for _ in range(t.sessions))
        if in_order else (),
        file=line.span.file, line=line.span.line,
    )  # fmt: skip


def test_line(plan: Plan, phase: Phase, line: Assessment, measure: str) -> Line:
    """The line of one measure of an assessment."""
    found = next(m for m in plan.measures if m.name == measure)
    before = [m for x in phase.assessments for m in x.measures]
    place = sum(len(x.measures) for x in phase.assessments[: phase.assessments.index(line)])
    number = _ordinal(before, place + line.measures.index(measure), measure)
    return Line(
        "test", f"{phase.name}/{measure}-{number}", _timing(line, None, 0), measure, found.label, phase.name,
        " and ".join(frequency_words(m) for m in line.moments), owed=not line.encouraged,
        condition=_condition(line), floating=not line.weekdays and not line.at_random, random=line.at_random,
        codes=found.codes, file=line.span.file, line=line.span.line,
    )  # fmt: skip


def dose_line(plan: Plan, medication: Medication, step: int) -> Line:
    """One dose line of a medication; its phase is where the dose falls due."""
    line = medication.steps[step]
    start = medication.start
    drug = next((d for d in plan.drugs if d.name == medication.drug), None)
    return Line(
        "dose", f"{medication.name}/{line.step}-{step + 1}", _dose_timing(medication, line), medication.name,
        medication.label, "", dose_words(line), staff=medication.staff, formats=medication.forms,
        condition=condition_words(start.when) if start is not None and start.when is not None else None,
        codes=medication.codes or (drug.codes if drug else ()), file=line.span.file, line=line.span.line,
    )  # fmt: skip


def _ordinal(names: list[str], place: int, name: str) -> int:
    """The how manieth line of that name in its phase it is."""
    return names[: place + 1].count(name)


def _condition(line: Placement) -> str | None:
    clauses: Iterator[tuple[str, Condition | None]] = iter(
        (("while", line.while_), ("when", line.when), ("after", line.after))
    )
    words = [f"{word} {condition_words(c)}" for word, c in clauses if c is not None]
    if line.after_sessions is not None:
        words.append(f"after {line.after_sessions.count} sessions of {line.after_sessions.service}")
    return ", ".join(words) or None


_TIMING = (
    "frequency", "moments", "weekdays", "times", "weeks", "days", "plan_weeks", "within_days", "for_days",
    "after_sessions", "at_random",
)  # fmt: skip


def _timing(line: ServiceLine | Assessment, minutes: int | None, breaks: int) -> str:
    wanted = {name for name in _TIMING if name in type(line).model_fields}
    facts = line.model_dump(mode="json", include=wanted, exclude={"span"})
    return _hash([_without_spans(facts), minutes, breaks])


def _dose_timing(medication: Medication, step: DoseStep) -> str:
    wanted = {"frequency", "weekdays", "run_days", "run_times", "ramp"}
    facts = step.model_dump(mode="json", include=wanted)
    spacing = medication.spacing.model_dump(mode="json") if medication.spacing else None
    return _hash([_without_spans(facts), _without_spans(spacing)])


def _without_spans(value: object) -> object:
    if isinstance(value, dict):
        return {k: _without_spans(v) for k, v in value.items() if k != "span"}
    if isinstance(value, list):
        return [_without_spans(v) for v in value]
    return value


def _hash(facts: object) -> str:
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=8).hexdigest()
