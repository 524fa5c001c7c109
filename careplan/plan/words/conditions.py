"""Conditions in the words of the language, and as short labels for pictures."""

from __future__ import annotations

from careplan.plan.model import AnyOf, Condition, NotSo, Test
from careplan.plan.words.sizes import counted, duration_words, range_words

SHORT_UNITS = (("week", "wk"), ("day", "d"))


def condition_words(condition: Condition) -> str:
    """A condition in the plan's language; `and` and `or` never meet without parentheses."""
    if isinstance(condition, Test):
        return _test_words(condition)
    if isinstance(condition, NotSo):
        return f"not {_part_words(condition.part)}"
    word = " or " if isinstance(condition, AnyOf) else " and "
    return word.join(_part_words(part) for part in condition.parts)


def _part_words(part: Condition) -> str:
    words = condition_words(part)
    return words if isinstance(part, Test | NotSo) else f"({words})"


def _test_words(test: Test) -> str:
    return " ".join((_subject_words(test), *_comparison_words(test), *_tail_words(test)))


def _subject_words(test: Test) -> str:
    name = test.name or ""
    of_name = f" of {name}" if name else ""
    return {
        "attendance": f"attendance{of_name}",
        "sessions": f"sessions{of_name}",
        "missed": f"missed sessions{of_name}",
        "days": "days",
        "weeks": "weeks",
        "medication": f"taking {name}",
    }.get(test.subject, name)


def _comparison_words(test: Test) -> tuple[str, ...]:
    value = test.value
    if test.operator in ("taking", "happened") or (test.operator == "is" and value in (None, "yes")):
        return ()
    if value is None or isinstance(value, str):
        return (test.operator, value or "yes")
    percent = "%" if test.percent or test.subject == "attendance" else ""
    return (test.operator, range_words(value, value if test.high is None else test.high) + percent)


def _tail_words(test: Test) -> list[str]:
    tails = []
    if test.for_days is not None:
        tails.append(f"for {duration_words(test.for_days)}")
    if test.times is not None:
        tails.append(counted(test.times, "time"))
    if test.in_a_row:
        tails.append("in a row")
    if test.within_days is not None:
        tails.append(f"within {duration_words(test.within_days)}")
    if test.over_days is not None:
        tails.append(f"over {duration_words(test.over_days)}")
    if test.since_admission:
        tails.append("since admission")
    return tails


def short_condition(condition: Condition | None) -> str:
    """A condition as a short label, `uds negative for 4 wk and attendance ≥ 80%`; `otherwise` for none."""
    if condition is None:
        return "otherwise"
    if isinstance(condition, Test):
        return _short_test(condition)
    if isinstance(condition, NotSo):
        return f"not {_short_part(condition.part)}"
    word = " or " if isinstance(condition, AnyOf) else " and "
    return word.join(_short_part(part) for part in condition.parts)


def _short_part(part: Condition) -> str:
    words = short_condition(part)
    return words if isinstance(part, Test | NotSo) else f"({words})"


def _short_test(test: Test) -> str:
    number = isinstance(test.value, float | int)
    operators = {"is": "=" if number and test.high is None else "", "is not": "not", "<=": "≤", ">=": "≥"}
    words = [_subject_words(test)]
    comparison = _comparison_words(test)
    if comparison:
        words += [operators.get(test.operator, test.operator), comparison[1]]
    tails = " ".join(_tail_words(test)).replace(" times", "×").replace(" time", "×")
    for long, short in SHORT_UNITS:
        tails = tails.replace(f" {long}s", f" {short}").replace(f" {long}", f" {short}")
    comma = "," if number and test.times is not None else ""  # not `≥ 4 2×`
    return " ".join(word for word in (" ".join(filter(None, words)) + comma, tails) if word)
