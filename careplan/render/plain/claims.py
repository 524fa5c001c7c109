"""Claims in everyday English: what holds whatever happens."""

from __future__ import annotations

from careplan.plan.model import Plan, Promise
from careplan.plan.words import counted, duration_words, listed
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.exits import plain_action
from careplan.render.plain.words import plain_minutes, sentence


def plain_promise(plan: Plan, promise: Promise) -> str:
    """One line of a claim, as a sentence."""
    words = _PROMISES[promise.kind](plan, promise)
    if promise.if_facts is not None:
        words = f"if {plain_condition(plan, promise.if_facts)}: {words}"
    return sentence(words)


def _phases(plan: Plan, promise: Promise, last: str = "and") -> str:
    return listed((title_of(plan, name) for name in promise.phases), last)


def _within(promise: Promise) -> str:
    return f" within {duration_words(promise.within_days)}" if promise.within_days is not None else ""


def _condition(plan: Plan, promise: Promise) -> str:
    where = f" in {_phases(plan, promise)}" if promise.phases else ""
    words = plain_condition(plan, promise.condition) if promise.condition is not None else ""
    return f"{promise.kind}{where}: {words}"


def _never_exit(plan: Plan, promise: Promise) -> str:
    way = promise.exit
    words = plain_action(plan, way) if way is not None else ""
    when = f" when {plain_condition(plan, promise.condition)}" if promise.condition is not None else ""
    because = f" because of {title_of(plan, promise.measure)}" if promise.measure else ""
    return f"it never happens that {words}{when}{because}"


def _can_reach(plan: Plan, promise: Promise) -> str:
    source, target = title_of(plan, promise.source), title_of(plan, promise.target)
    return f"from {source} there is always a way to {target}{_within(promise)}"


def _ends(_: Plan, promise: Promise) -> str:
    returns = promise.returns
    most = (
        f", if no phase is entered again more than {counted(returns, 'time')}" if returns is not None else ""
    )
    return f"treatment always comes to an end{_within(promise)}{most}"


def _continuous(plan: Plan, promise: Promise) -> str:
    source, target = title_of(plan, promise.source), title_of(plan, promise.target)
    return f"treatment with {title_of(plan, promise.name)} goes on without a gap from {source} to {target}"


def _sessions(plan: Plan, promise: Promise) -> str:
    of = f" of {title_of(plan, promise.name)}" if promise.name else ""
    return f"whoever completes treatment has had at least {counted(promise.count or 0, 'session')}{of}"


def _hours(plan: Plan, promise: Promise) -> str:
    hours = plain_minutes(promise.minutes or 0)
    return f"every full week in {_phases(plan, promise, 'or')} has at least {hours} of treatment"


def _first(plan: Plan, promise: Promise) -> str:
    what = f"session of {title_of(plan, promise.name)}" if promise.name else "session"
    start = f"entering {_phases(plan, promise, 'or')}" if promise.phases else "admission"
    return f"the first {what} comes{_within(promise)} of {start}"


_PROMISES = {
    "always": _condition,
    "never": _condition,
    "never exit": _never_exit,
    "can reach": _can_reach,
    "ends": _ends,
    "continuous": _continuous,
    "sessions": _sessions,
    "hours": _hours,
    "first service": _first,
}
