"""What falls due on a day of a stay: step 1 of the day, judged on all that was known last evening."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Assessment
from careplan.plan.recurrence import weeks_of
from careplan.stay.moment import Now
from careplan.stay.placement import Calendar, days_in_week, is_open
from careplan.stay.program import Program, ReadyLine
from careplan.stay.records import MISSING, Due, DueSession, DueTest, Records
from careplan.stay.state import Trigger

KEPT_WEEKS = 4096  # weeks of slots that a program keeps before it begins anew


def due_today(now: Now, draw: str = "") -> Due:
    """The sessions and tests of the day about to be lived."""
    ready = now.program.phases[now.phase]
    calendar = calendar_of(now, draw)
    due = week_slots(now.program, now.phase, weeks_of(now.day), calendar)[(now.day - 1) % 7]
    if not ready.depending and not ready.ending:
        return due
    triggers = {line.place: t for line, t in zip(ready.depending, now.triggers, strict=True)}
    more = [
        line_slots(line, times)
        for line in ready.depending
        if line.applies and (times := _times(line, triggers[line.place], now.day, calendar))
    ]
    for line in ready.ending:
        if _ends(line, triggers.get(line.place), now.day, calendar):
            more.append(_ending(line, now))
    return _joined([due, *more]) if more else due


def _ends(line: ReadyLine, trigger: Trigger | None, day: int, calendar: Calendar) -> bool:
    """Whether a test `at end` can come today: one that the line's rhythm brought in that phase week
    stands for it, but none `at start` or `at end`."""
    week = weeks_of(day)
    if trigger is not None:
        if not _is_open_today(line, trigger, day) or trigger.brought == week:
            return False
        return not _times(line, trigger, day, calendar)
    days = line_days(line, week, calendar)
    return day not in days and not any(d < day and not (d == 1 and line.starts) for d in days)


def _ending(line: ReadyLine, now: Now) -> Due:
    """The test `at end` of a line: due on the last day, or if the phase is left today."""
    tests = line_slots(line, 1).tests
    last = now.maximum is not None and now.day >= now.maximum
    return Due((), tests) if last else Due((), (), tests)


def calendar_of(now: Now, draw: str = "") -> Calendar:
    """Where the visit lies in the calendar."""
    ready = now.program.phases[now.phase]
    before, entered = (now.plan_day - now.day, now.entered) if ready.in_plan_weeks else (0, 1)
    lot = f"{draw}/{now.phase}/{now.visit}" if ready.draws else ""
    return Calendar((now.weekday - now.day) % 7, before, ready.low, ready.high, lot, entered)


def week_slots(program: Program, phase: str, week: int, calendar: Calendar) -> tuple[Due, ...]:
    """What the calendar alone brings on each day of a phase week, day 1 first; kept for the next stay."""
    key = (phase, week, calendar)
    found = program.weeks.get(key)
    if found is None:
        if len(program.weeks) > KEPT_WEEKS:
            program.weeks.clear()
        found = program.weeks[key] = tuple(_week_slots(program, phase, week, calendar))
    return found


def _week_slots(program: Program, phase: str, week: int, calendar: Calendar) -> Iterator[Due]:
    lines = [line for line in program.phases[phase].lines if line.applies and not line.depends]
    fixed: tuple[Due, ...] = ()
    if program.phases[phase].draws:
        drawn = bool(calendar.draw)
        if drawn:  # what is not at random does not hang on the draw, and is kept by itself
            fixed = week_slots(program, phase, week, calendar._replace(draw=""))
        lines = [line for line in lines if line.line.at_random == drawn]
    days = [(line, line_days(line, week, calendar)) for line in lines]
    for place, day in enumerate(range(7 * week - 6, 7 * week + 1)):
        parts = [line_slots(line, there.count(day)) for line, there in days if day in there]
        if not fixed:
            yield _joined(parts)
        else:
            yield _joined([fixed[place], *parts]) if parts else fixed[place]


def line_days(line: ReadyLine, week: int, calendar: Calendar, skipped: int = 0) -> list[int]:
    """The days of a phase week on which a line falls due; a test `at start` is one of its week's tests."""
    marks = [f for f in line.often if f.kind == "at-start"]
    found: list[int] = []
    for frequency in line.often:
        if frequency.kind not in ("at-start", "at-end"):
            found += days_in_week(line.line, frequency, week, calendar, skipped)
    if marks and week == 1 and 1 not in found:
        found = [1, *sorted(found)[1:]]
    return sorted(found)


def line_slots(line: ReadyLine, times: int) -> Due:
    """The sessions or tests of one line on one day."""
    at = line.line.times
    if isinstance(line.line, Assessment):
        names = line.line.measures
        return Due((), tuple(DueTest(name, line.place, at[0] if at else None) for name in names))
    service = line.line.service
    return Due(
        tuple(
            DueSession(service, line.place, n, line.owed, at[n % len(at)] if at else None)
            for n in range(times)
        )
    )


def _joined(parts: list[Due]) -> Due:
    sessions = sorted((s for part in parts for s in part.sessions), key=lambda s: s.line)
    tests = sorted((t for part in parts for t in part.tests), key=lambda t: t.line)
    once: dict[str, DueTest] = {}
    for test in tests:
        once.setdefault(test.measure, test)  # one result per measure and day
    if_left = {t.measure: t for part in parts for t in part.if_left if t.measure not in once}
    return Due(tuple(sessions), tuple(once.values()), tuple(if_left.values()))


# ---------------------------------------------------------------------------- lines that something brings


def _times(line: ReadyLine, trigger: Trigger, day: int, calendar: Calendar) -> int:
    """How often a line that hangs on the stay falls due today."""
    if not _is_open_today(line, trigger, day):
        return 0
    if (line.when is not None or line.after is not None) and line.often[0].kind == "once":
        return int(day == _called_day(line, trigger, calendar) and is_open(line.line, day, calendar))
    days = line_days(line, weeks_of(day), calendar, max(trigger.week, 0))
    return days.count(day)


def _is_open_today(line: ReadyLine, trigger: Trigger, day: int) -> bool:
    """Whether what the line hangs on lets it fall due today."""
    if line.while_ is not None and not trigger.held:
        return False
    if line.waits is not None and not 0 <= trigger.week < weeks_of(day):
        return False
    return (line.when is None and line.after is None) or _is_called(line, trigger, day)


def _is_called(line: ReadyLine, trigger: Trigger, day: int) -> bool:
    """Whether the day lies in the time that the line's `when` or `after` opens."""
    if trigger.came < 0:
        return False
    length = line.line.for_days if line.after is not None else None
    return day > trigger.came and (length is None or day - trigger.came <= length)


def _called_day(line: ReadyLine, trigger: Trigger, calendar: Calendar) -> int:
    """The day of a session that is called for: the next one, or the first on a weekday of the line."""
    length = line.line.within_days or (7 if line.line.weekdays else 1)
    window = range(trigger.came + 1, trigger.came + 1 + length)
    wanted = (d for d in window if calendar.weekday(d) in line.line.weekdays)
    return next(wanted, window[0])


def evening_triggers(now: Now, due: Due, records: Records, draw: str = "") -> None:
    """What this evening means for the lines that hang on the stay."""
    ready = now.program.phases[now.phase]
    if not ready.depending:
        return
    missing_as = now.program.missing_as
    had = (m for m, value in records.results.items() if value != MISSING or missing_as.get(m) is not None)
    seen = records.events.union(had)
    tested = {test.line for test in due.tests}
    for place, line in enumerate(ready.depending):
        was = now.triggers[place]
        if line.ends and line.place in tested and not _ends(line, was, now.day, calendar_of(now, draw)):
            was = was._replace(brought=0 if now.day == 1 and line.starts else weeks_of(now.day))
        now.triggers[place] = _judged(now, line, was, seen)


def morning_triggers(now: Now, waited: tuple[int, ...]) -> None:
    """What was known on the evening before means for the lines of the phase entered today.

    Nothing is known of the visit, but much of the stay. `waited`: of a phase whose clock goes on.
    """
    now.day, now.plan_day = now.day - 1, now.plan_day - 1
    ready = now.program.phases[now.phase]
    weeks = waited or (-1,) * len(ready.depending)
    now.triggers = [
        _judged(now, line, Trigger(week=week), frozenset())
        for line, week in zip(ready.depending, weeks, strict=True)
    ]
    now.day, now.plan_day = now.day + 1, now.plan_day + 1


def _judged(now: Now, line: ReadyLine, was: Trigger, seen: frozenset[str]) -> Trigger:
    """The trigger after an evening. `seen`: the measures with a result and the events of the day."""
    held = line.while_ is None or line.while_(now) is True
    asked = [question for question in (line.when, line.after) if question is not None]
    called = bool(asked) and all(question(now) is True for question in asked)
    came = now.day if called and (not was.called or _again(line, seen)) else was.came
    week = was.week
    if week < 0 and line.waits is not None and line.waits(now) is True:
        week = weeks_of(now.day)
    return Trigger(held, called, came, week, was.brought)


def _again(line: ReadyLine, seen: frozenset[str]) -> bool:
    """Whether what still holds has come anew: an event, or a result for a line that goes on after it."""
    goes_on = line.after is not None and line.often[0].kind != "once"
    return bool((line.watched if goes_on else line.events) & seen)
