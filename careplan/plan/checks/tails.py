"""Parts of a condition that make no sense for what it tests."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, error
from careplan.plan.context import Context
from careplan.plan.model import Test
from careplan.plan.words import counted, duration_words

MEASURE = frozenset({"for_days", "times", "within_days", "in_a_row", "since_admission"})
ALLOWED = {
    "measure": MEASURE,
    "event": frozenset({"times", "within_days", "since_admission"}),
    "fact": frozenset[str](),
    "medication": frozenset({"for_days"}),
    "attendance": frozenset({"over_days", "since_admission"}),
    "sessions": frozenset({"within_days", "since_admission"}),
    "missed": frozenset({"within_days", "in_a_row", "since_admission"}),
    "days": frozenset({"since_admission"}),
    "weeks": frozenset({"since_admission"}),
}
EXAMPLES = {
    "measure": "uds is negative for 4 weeks",
    "event": "overdose within 1 day",
    "fact": "track is evening",
    "medication": "taking bup-nx for 7 days",
    "attendance": "attendance >= 80% over 4 weeks",
    "sessions": "sessions of cbt >= 12",
    "missed": "missed sessions >= 3 in a row",
    "days": "days >= 14",
    "weeks": "weeks >= 8",
}
THINGS = {
    "measure": "the change of a measure",
    "event": "an event",
    "fact": "a fact, which never changes",
    "medication": "a medication",
    "attendance": "attendance",
    "sessions": "a count of sessions",
    "missed": "a count of missed sessions",
    "days": "the phase's clock",
    "weeks": "the phase's clock",
}


def check(context: Context) -> Iterator[Diagnostic]:
    """How long, how often and how far back: each belongs to certain tests only."""
    for place in context.places:
        for test in place.tests:
            yield from _test(test)


def _test(test: Test) -> Iterator[Diagnostic]:
    said = [field for field in _TAILS if getattr(test, field)]
    if not said:
        return
    changes = test.operator in ("falls by", "rises by")
    allowed = frozenset[str]() if changes else ALLOWED[test.subject]
    for field in said:
        if field not in allowed:
            yield error(
                "tail-has-no-meaning",
                f"`{_words(test, field)}` has no meaning for {THINGS[test.subject]}",
                test.span,
                help=f"write it as in `{EXAMPLES[test.subject] if not changes else 'phq-9 falls by 5'}`",
            )
            return
    yield from _together(test)


def _together(test: Test) -> Iterator[Diagnostic]:
    if test.for_days and (test.times or test.within_days or test.in_a_row):
        yield error(
            "tail-has-no-meaning",
            f"`for {duration_words(test.for_days)}` asks for every result, and the rest of the test for some",
            test.span,
            help="write two tests joined by `and`",
        )
    elif test.in_a_row and test.subject == "measure" and not test.times:
        yield error(
            "tail-has-no-meaning",
            "`in a row` does not say how many",
            test.span,
            help="say how often, such as `uds is negative 3 times in a row`",
        )
    elif test.over_days and test.over_days % 7:
        yield error(
            "tail-has-no-meaning",
            f"attendance is counted over whole weeks, not over {counted(test.over_days, 'day')}",
            test.span,
            help=f"write `over {duration_words(max(test.over_days // 7, 1) * 7)}`",
        )


_TAILS = ("for_days", "times", "within_days", "over_days", "in_a_row", "since_admission")


def _words(test: Test, field: str) -> str:
    if field == "for_days":
        return f"for {duration_words(test.for_days or 0)}"
    if field == "times":
        return counted(test.times or 0, "time")
    if field == "within_days":
        return f"within {duration_words(test.within_days or 0)}"
    if field == "over_days":
        return f"over {duration_words(test.over_days or 0)}"
    return "in a row" if field == "in_a_row" else "since admission"
