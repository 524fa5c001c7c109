"""Claims in the words of the language."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Claim, Promise
from careplan.plan.words.care import exit_words
from careplan.plan.words.conditions import condition_words
from careplan.plan.words.sizes import counted, duration_words, minutes_words
from careplan.plan.words.texts import common_lines


def claim_lines(claim: Claim) -> Iterator[str]:
    """The lines of a claim."""
    yield from (promise_words(promise) for promise in claim.claims)
    yield from common_lines(claim)


def promise_words(promise: Promise) -> str:
    """What must hold: `always taking bup-nx during iop, aftercare if wants-bup`."""
    facts = f" if {condition_words(promise.if_facts)}" if promise.if_facts is not None else ""
    return f"{_PROMISES[promise.kind](promise)}{facts}"


def _within(promise: Promise) -> str:
    return f" within {duration_words(promise.within_days)}" if promise.within_days is not None else ""


def _during(promise: Promise) -> str:
    return f" during {', '.join(promise.phases)}" if promise.phases else ""


def _condition(promise: Promise) -> str:
    words = condition_words(promise.condition) if promise.condition is not None else ""
    return f"{promise.kind} {words}{_during(promise)}"


def _never_exit(promise: Promise) -> str:
    way = promise.exit
    quote = None if way is None else way.model_copy(update={"when": promise.condition})
    words = "" if quote is None else quote.called or exit_words(quote)
    because = f" because of {promise.measure}" if promise.measure else ""
    return f"never {words}{because}"


def _can_reach(promise: Promise) -> str:
    return f"from {promise.source} can reach {promise.target}{_within(promise)}"


def _ends(promise: Promise) -> str:
    returns = promise.returns
    most = f" with at most {counted(returns, 'return')}" if returns is not None else ""
    return f"every path ends{_within(promise)}{most}"


def _continuous(promise: Promise) -> str:
    return f"taking {promise.name} from {promise.source} to {promise.target} without a gap"


def _sessions(promise: Promise) -> str:
    of = f" of {promise.name}" if promise.name else ""
    return f"at least {counted(promise.count or 0, 'session')}{of} on every completing path"


def _hours(promise: Promise) -> str:
    return f"at least {minutes_words(promise.minutes or 0)} per week{_during(promise)}"


def _first(promise: Promise) -> str:
    entered = f"entering {', '.join(promise.phases)}" if promise.phases else "admission"
    return f"first {promise.name or 'session'}{_within(promise)} of {entered}"


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
