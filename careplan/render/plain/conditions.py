"""Conditions in everyday English, with people's titles in the place of names."""

from __future__ import annotations

from careplan.plan.model import AllOf, AnyOf, Condition, Measure, NotSo, Plan, Test
from careplan.plan.words import counted, duration_words, number_words, range_words
from careplan.render.plain.words import plain_percent

OPPOSITES = {"is": "is not", "is not": "is", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def title_of(plan: Plan, name: str | None) -> str:
    """The title of the element of that name, or the name in plain words."""
    named = plan.by_name.get(name or "")
    return named.label if named is not None else (name or "").replace("-", " ")


def plain_condition(plan: Plan, condition: Condition) -> str:
    """A condition as part of an English sentence."""
    if isinstance(condition, Test):
        return _plain_test(plan, condition)
    if isinstance(condition, NotSo):
        return _plain_not(plan, condition)
    if isinstance(condition, AnyOf):
        parts = [_part(plan, part) for part in condition.parts]
        return ("either " if len(parts) == 2 else "any of these: ") + " or ".join(parts)
    return " and ".join(_part(plan, part) for part in condition.parts)


def _part(plan: Plan, part: Condition) -> str:
    words = plain_condition(plan, part)
    return words if isinstance(part, Test | NotSo) else f"({words})"


def _plain_not(plan: Plan, condition: NotSo) -> str:
    """Every part denied by itself, so that nobody has to work out what `not` in front of a bracket means."""
    part = condition.part
    if isinstance(part, NotSo):
        return plain_condition(plan, part.part)
    if isinstance(part, Test):
        return _plain_not_test(plan, part)
    denied = tuple(NotSo(part=each) for each in part.parts)
    return plain_condition(plan, AllOf(parts=denied) if isinstance(part, AnyOf) else AnyOf(parts=denied))


def _plain_not_test(plan: Plan, test: Test) -> str:
    whole = not (_tails(test) or test.over_days or test.high is not None)
    if whole and test.operator == "taking":
        return f"treatment with {title_of(plan, test.name)} is not running"
    if whole and test.operator == "happened":
        return f"this has not happened: {title_of(plan, test.name)}"
    if whole and test.operator == "is" and test.value in (None, "yes", "no"):
        return _plain_test(plan, test.model_copy(update={"value": "yes" if test.value == "no" else "no"}))
    if whole and test.operator in OPPOSITES:
        return _plain_test(plan, test.model_copy(update={"operator": OPPOSITES[test.operator]}))
    return f"this is not so: {_plain_test(plan, test)}"


def _plain_test(plan: Plan, test: Test) -> str:
    special = {
        "attendance": _attendance,
        "sessions": _sessions,
        "missed": _missed,
        "days": _clock,
        "weeks": _clock,
        "medication": _taking,
        "event": _event,
    }.get(test.subject, _value)
    return special(plan, test)


def _attendance(plan: Plan, test: Test) -> str:
    what = f"attendance of {title_of(plan, test.name)}" if test.name else "attendance"
    over = f" over the last {duration_words(test.over_days)}" if test.over_days else ""
    return f"{what} is {_compared(test, percent=True)}{over}{_since(test)}"


def _sessions(plan: Plan, test: Test) -> str:
    what = f"sessions of {title_of(plan, test.name)}" if test.name else "sessions"
    return f"the number of {what} attended is {_compared(test)}{_since(test)}"


def _missed(plan: Plan, test: Test) -> str:
    what = f"missed sessions of {title_of(plan, test.name)}" if test.name else "missed sessions"
    row = " in a row" if test.in_a_row else ""
    within = f" within {duration_words(test.within_days)}" if test.within_days else ""
    return f"the number of {what}{row} is {_compared(test)}{within}{_since(test)}"


def _clock(_: Plan, test: Test) -> str:
    if test.operator == ">=" and isinstance(test.value, float | int):
        have = "has" if test.value == 1 else "have"
        return f"{counted(test.value, test.subject[:-1])} of this phase {have} passed"
    return f"the number of {test.subject} in this phase is {_compared(test)}"


def _taking(plan: Plan, test: Test) -> str:
    for_time = f" for {duration_words(test.for_days)}" if test.for_days else ""
    being = "has been" if for_time else "is"
    return f"treatment with {title_of(plan, test.name)} {being} running{for_time}"


def _event(plan: Plan, test: Test) -> str:
    times = f" {_times(test)}" if test.times else ""
    within = f" within {duration_words(test.within_days)}" if test.within_days else ""
    return f"this happened{times}{within}: {title_of(plan, test.name)}"


def _value(plan: Plan, test: Test) -> str:
    label = title_of(plan, test.name)
    if test.operator in ("falls by", "rises by"):
        verb = "has fallen" if test.operator == "falls by" else "has risen"
        return f"{label} {verb} by {_amount(test, test.percent)} or more since the first result"
    if test.value is None or isinstance(test.value, str):
        negated = "is not" if test.operator == "is not" else "is"
        label = f"“{label}”" if test.value in (None, "yes", "no") else label
        return f"{label} {negated} {_value_title(plan, test)}{_tails(test)}"
    comma = "," if test.times else ""
    return f"{label} is {_compared(test, percent=test.percent)}{comma}{_tails(test)}"


def _value_title(plan: Plan, test: Test) -> str:
    element = plan.by_name.get(test.name or "")
    bands = element.bands if isinstance(element, Measure) else ()
    titles = {band.name: band.title for band in bands}
    value = test.value or "yes"
    return titles.get(str(value)) or str(value).replace("-", " ")


def _amount(test: Test, percent: bool) -> str:
    value = float(test.value or 0)
    return plain_percent(value) if percent else number_words(value)


def _compared(test: Test, percent: bool = False) -> str:
    amount = _amount(test, percent)
    if test.high is not None:
        amount = range_words(float(test.value or 0), test.high) + ("%" if percent else "")
    words = {">=": "{} or more", "<=": "{} or less", ">": "more than {}", "<": "below {}", "is not": "not {}"}
    return words.get(test.operator, "{}").format(amount)


def _since(test: Test) -> str:
    return " since admission" if test.since_admission else ""


def _times(test: Test) -> str:
    """`3 times in a row`, `at least 3 times`."""
    times = counted(test.times or 1, "time")
    return f"{times} in a row" if test.in_a_row else f"at least {times}"


def _tails(test: Test) -> str:
    words = f" for {duration_words(test.for_days)}" if test.for_days else ""
    words += f" {_times(test)}" if test.times else ""
    words += f" within {duration_words(test.within_days)}" if test.within_days else ""
    return words + _since(test)
