"""One stay, lived by the core and by the slow reading, side by side."""

from __future__ import annotations

from collections import Counter

from careplan.diagnostics import Severity
from careplan.plan.build.assemble import assemble
from careplan.plan.model import Placement, Plan
from careplan.reading import read_text
from careplan.stay.day import Day, admit, due, live
from careplan.stay.program import Program
from careplan.stay.records import Due
from careplan.stay.state import State
from oracle.due import Morning
from oracle.happenings import make_facts, make_records
from oracle.placing import is_open
from oracle.stay import Lived, SlowStay

SENSE_ONLY = frozenset({
    "weeks-beyond-phase", "no-way-in", "no-way-out", "plan-cannot-end", "plan-weeks-outside",
    "dose-outside-spacing", "course-without-answer",
})  # fmt: skip
"""Errors that say a line is of no use, and leave no doubt what it means."""

LONGEST = 120
"""How many days of a stay are lived."""


def plan_of(text: str) -> Plan | None:
    """The plan that a text says, if it is a sound one or of no use at worst."""
    reading = read_text(text, packs=None)
    if reading.plan is not None:
        return reading.plan
    errors = {d.name for d in reading.diagnostics if d.severity is Severity.ERROR}
    return assemble(reading.tree, ()).plan if errors <= SENSE_ONLY else None


def first_difference(plan: Plan, seed: int, days: int = LONGEST) -> str | None:
    """Where the two part, in words; None if they never do."""
    facts = make_facts(seed)
    weekday = seed % 7
    program = Program(plan, facts)
    state = admit(program, weekday)
    slow = SlowStay(plan, facts, weekday)
    missed: list[tuple[str, int]] = []
    for plan_day in range(1, days + 1):
        falls_due = due(program, state, str(seed))
        drawn = {(t.measure, t.line) for t in falls_due.tests if _is_drawn(plan, state.phase, t.line)}
        records = make_records(seed, plan, plan_day, falls_due, missed)
        state, day = live(program, state, records, str(seed), fallen_due=falls_due)
        lived = slow.live(records, drawn)
        if wrong := _wrong_draw(slow, lived.day):
            return f"plan day {plan_day} ({day.phase} visit {day.visit} day {day.day}): drawn: {wrong}"
        if parted := _parted(plan, falls_due, day, state, lived, slow):
            return f"plan day {plan_day} ({day.phase} visit {day.visit} day {day.day}): {parted}"
        statuses = zip(falls_due.sessions, records.attendance, strict=True)
        missed += [(s.service, plan_day) for s, status in statuses if status == "missed" and s.owed]
        missed = [m for m in missed if m not in [tuple(made) for made in records.made_up]]
        if state.outcome is not None:
            break
    return None


def _wrong_draw(slow: SlowStay, clock: int) -> str | None:
    """Tests at random of a phase week that is over: as many as it asks for, on days that the line holds."""
    today = slow.history.days[-1]
    visit, phase = today.visit, slow.plan.phase(today.visit.phase)
    if clock % 7 or visit.clock(today.plan_day) < visit.start + 6:
        return None
    week = slow.history.days[-7:]
    calendar = Morning(slow.plan, {}, slow.history, visit, today.plan_day, today.weekday, set()).calendar()
    for place, line in enumerate(phase.assessments, start=len(phase.services)):
        how = line.moments[0]
        if not line.at_random or how.period_days != 7 or len(line.moments) > 1 or waits(line):
            continue
        held = [d for d in week if is_open(line, visit.clock(d.plan_day), calendar)]
        allowed = [d for d in held if not line.weekdays or d.weekday in line.weekdays]
        drawn = [d for d in week if any(there == place for _, there in d.tests)]
        if len(drawn) != (min(how.low, len(allowed)) if held else 0) or any(d not in allowed for d in drawn):
            return f"line {place}: {[d.plan_day for d in drawn]} of {[d.plan_day for d in allowed]}"
    return None


def waits(line: Placement) -> bool:
    """Whether something other than the calendar decides on the line."""
    asked = (line.if_facts, line.while_, line.when, line.after, line.after_sessions)
    return any(each is not None for each in asked)


def _is_drawn(plan: Plan, phase: str, line: int) -> bool:
    """Whether the phase's line (services first, then assessments) is one of tests at random."""
    found = plan.phase(phase)
    return found.assessments[line - len(found.services)].at_random


def _parted(plan: Plan, falls_due: Due, day: Day, state: State, lived: Lived, slow: SlowStay) -> str | None:
    fast = {
        "place": (day.phase, day.visit, day.day, day.plan_day),
        "sessions": Counter((s.service, s.line, s.nth, s.owed, s.time) for s in falls_due.sessions),
        "tests": {(t.measure, t.line) for t in falls_due.tests},
        "tests if left": {(t.measure, t.line) for t in falls_due.if_left},
        "doses": Counter((d.medication, d.low, d.high, d.unit, d.times, d.given) for d in day.doses),
        "taking": {m.name for m, c in zip(plan.medications, day.evening.courses, strict=True) if c.since},
        "exit": day.taken,
        "outcome": state.outcome,
        "goals": list(state.goals),
    }
    naive = {
        "place": (lived.phase, lived.visit, lived.day, lived.plan_day),
        "sessions": Counter((s.service, s.line, s.nth, s.owed, s.time) for s in lived.sessions),
        "tests": set(lived.tests),
        "tests if left": set(lived.if_left),
        "doses": Counter(lived.doses),
        "taking": lived.taking,
        "exit": lived.taken,
        "outcome": lived.outcome,
        "goals": slow.goals,
    }
    if state.outcome is None:
        fast["running"] = {m.name for m, c in zip(plan.medications, state.courses, strict=True) if c.since}
        naive["running"] = lived.running
    for what, found in fast.items():
        if found != naive[what]:
            return f"{what}: the core says {found}, looking back says {naive[what]}"
    return None
