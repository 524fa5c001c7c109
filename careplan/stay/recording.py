"""What a day's records mean for what the stay remembers: step 2 of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from careplan.plan.recurrence import weeks_of
from careplan.stay.attendance import Attended
from careplan.stay.moment import Now
from careplan.stay.records import Due, DueSession, MadeUp, Records, Value


def record(now: Now, due: Due, records: Records) -> None:
    """Results, events and attendance of the day, in this order; then, on its last day, the week is over."""
    record_results(now, records.results)
    for event in records.events:
        _result(now, event, "yes")
    _record_sessions(now, due, records)
    for made_up in records.made_up:
        _make_up(now, made_up)
    for service in records.extra:
        _attend_extra(now, service)
    if now.day % 7 == 0:
        for place, tally in now.program.listeners["weeks"].get(None, ()):
            now.tallies[place] = tally.week_over(now.tallies[place])


def record_results(now: Now, results: Mapping[str, Value]) -> None:
    """One result a measure."""
    for measure, value in results.items():
        _result(now, measure, value)


def _result(now: Now, name: str, value: Value) -> None:
    for place, tally in now.program.listeners["results"].get(name, ()):
        now.tallies[place] = tally.result(now.tallies[place], value, now.plan_day)


def _record_sessions(now: Now, due: Due, records: Records) -> None:
    known = len(records.attendance)
    for place, session in _in_time_order(due):
        if place < known:
            status = records.attendance[place]
        elif session.owed:
            status = "attended"
        else:
            continue
        if status == "cancelled":
            continue
        if session.owed:
            _session(now, session, status == "attended")
        elif status == "attended":
            _attend_extra(now, session.service)


def _in_time_order(due: Due) -> Iterable[tuple[int, DueSession]]:
    """The sessions with their places; those with a time of day after those without, and by it."""
    found = enumerate(due.sessions)
    return found if len(due.sessions) < 2 else sorted(found, key=lambda each: each[1].time or "")


def _session(now: Now, session: DueSession, attended: bool) -> None:
    """A session that was owed: supports count only where a test names them."""
    for name in _names(now, session.service):
        for place, tally in now.program.listeners["sessions"].get(name, ()):
            now.tallies[place] = tally.session(now.tallies[place], attended, now.plan_day)
    if attended:
        _advance(now, session.service)


def _names(now: Now, service: str) -> tuple[str | None, ...]:
    found = now.program.services.get(service)
    return (service, None) if found is not None and found.kind == "therapy" else (service,)


def _attend_extra(now: Now, service: str) -> None:
    """A session that was not owed: it counts where attended sessions are counted, and in no share."""
    for name in _names(now, service):
        for place, tally in now.program.listeners["sessions"].get(name, ()):
            if isinstance(tally, Attended):
                now.tallies[place] = tally.session(now.tallies[place], True, now.plan_day)
    _advance(now, service)


def _make_up(now: Now, made_up: MadeUp) -> None:
    """A make-up counts for the session that it makes up, from today."""
    missed_day = made_up.missed_on - (now.plan_day - now.day)  # on the visit's clock
    weeks_ago = weeks_of(now.day) - weeks_of(missed_day)
    for name in _names(now, made_up.service):
        for place, tally in now.program.listeners["sessions"].get(name, ()):
            if tally.whole_stay or tally.any_make_up or missed_day >= now.entered:
                state = now.tallies[place]
                now.tallies[place] = tally.made_up(state, made_up.missed_on, weeks_ago, now.plan_day)
    _advance(now, made_up.service)


def _advance(now: Now, service: str) -> None:
    """The next topic of a curriculum that runs in order."""
    found = now.program.services.get(service)
    if found is not None and found.curriculum == "in order":
        had = dict(now.topics)
        had[service] = had.get(service, 0) + 1
        now.topics = tuple(had.items())
