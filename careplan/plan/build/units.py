"""Units resolved: durations to days or minutes, doses to milligrams."""

from __future__ import annotations

from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.plan.build.context import Context
from careplan.plan.model import DayRange

_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_MINUTES = {"min": 1, "mins": 1, "minute": 1, "minutes": 1, "hour": 60, "hours": 60}
_MILLIGRAMS = {"mg": 1.0, "g": 1000.0, "mcg": 0.001}
LIFETIME = 36_525
"""The most days that anything in a plan can last: a hundred years."""
_LONG = ("month", "months", "year", "years")


def _unit_fault(context: Context, unit: Token, what: str, right: str) -> None:
    if unit.text in _LONG:
        context.fault(
            "ambiguous-unit",
            f"{what} is given in {unit.text.rstrip('s')}s, which differ in length",
            unit,
            help="a plan counts days and weeks: write `4 weeks` or `30 days`",
        )
        return
    context.fault(
        "wrong-unit",
        f"{what} is given in `{unit.text}`",
        unit,
        help=f"write it in {right}",
    )


def unit_days(context: Context, unit: Token, what: str) -> int | None:
    """How many days a day or a week has; reports any other unit."""
    days = _DAYS.get(unit.text)
    if days is None:
        _unit_fault(context, unit, what, "days or weeks")
    return days


def days(context: Context, duration: syntax.Duration, what: str, at_least: int = 1) -> int | None:
    """A duration in whole days; reports minutes and hours, and parts of a day."""
    unit = unit_days(context, duration.unit, what)
    return None if unit is None else _whole_days(context, duration.number, unit, what, at_least)


def _whole_days(context: Context, number: Token, unit: int, what: str, at_least: int) -> int | None:
    value = float(number.text) * unit
    if value != int(value) or value < at_least:
        context.fault(
            "whole-number",
            f"{what} is {value:g} days, and must be a whole number of days, at least {at_least}",
            number,
        )
        return None
    if value > LIFETIME:
        context.fault("out-of-range", f"{what} is {value:g} days, longer than a life", number,
                      help="check the number and its unit")  # fmt: skip
        return None
    return int(value)


def minutes(context: Context, duration: syntax.Duration, what: str, most: int = 24 * 60) -> int | None:
    """A duration in minutes, at most as many as a day (or a week) has; reports days and weeks."""
    unit = _MINUTES.get(duration.unit.text)
    if unit is None:
        _unit_fault(context, duration.unit, what, "minutes or hours, such as `90 min`")
        return None
    value = float(duration.number.text) * unit
    if value != int(value) or value < 1:
        context.fault("whole-number", f"{what} is {value:g} minutes, not a whole number of them", duration)
        return None
    if value > most:
        period = "a day" if most == 24 * 60 else "a week"
        context.fault("out-of-range", f"{what} is {value:g} minutes, longer than {period}", duration,
                      help="check the number and its unit")  # fmt: skip
        return None
    return int(value)


def day_range(
    context: Context, node: syntax.DurationRange, what: str, at_least: int = 0
) -> tuple[int, int] | None:
    """`8 to 16 weeks` in days; None if it was reported."""
    high = days(context, node.high, what)
    if isinstance(node.low, Token):
        unit = _DAYS.get(node.high.unit.text)
        low = None if unit is None else _whole_days(context, node.low, unit, what, at_least)
    else:
        low = days(context, node.low, what, at_least)
    unit = _DAYS.get(node.high.unit.text)
    if low is None or high is None or unit is None:
        return None
    same = low % unit == 0 and high % unit == 0
    divisor = unit if same else 1
    if not context.ordered(low / divisor, high / divisor, node, what if same else f"{what} (in days)"):
        return None
    return low, high


def interval(
    context: Context, value: syntax.AtLeast | syntax.Duration | syntax.DurationRange, node: Node, what: str
) -> DayRange | None:
    """An interval between doses."""
    if isinstance(value, syntax.DurationRange):
        found = day_range(context, value, what)
        return context.make(DayRange, node, low=found[0], high=found[1]) if found else None
    if isinstance(value, syntax.AtLeast):
        low = days(context, value.duration, what)
        return None if low is None else context.make(DayRange, node, low=low)
    exact = days(context, value, what)
    return None if exact is None else context.make(DayRange, node, low=exact, high=exact)


def dose(context: Context, number: Token, unit: Token | None, node: Node) -> tuple[float, str] | None:
    """An amount and its unit: masses in mg, others as they are."""
    if unit is None:
        context.fault(
            "wrong-unit",
            f"the dose {number.text} has no unit",
            node,
            help=f"write its unit, such as `{number.text} mg`",
        )
        return None
    factor = _MILLIGRAMS.get(unit.text)
    value = float(number.text)
    return (value, unit.text) if factor is None else (round(value * factor, 6), "mg")


def dose_range(context: Context, node: syntax.DoseAmount) -> tuple[float, float, str] | None:
    """`16 to 24 mg` as low, high and unit."""
    low = dose(context, node.low, node.unit, node)
    if low is None:
        return None
    if low[0] <= 0:
        context.fault(
            "out-of-range", f"a dose of {node.low.text} is no dose", node, help="a dose is more than 0"
        )
        return None
    high = low if node.high is None else dose(context, node.high, node.unit, node)
    if high is None or not context.ordered(low[0], high[0], node, "the dose"):
        return None
    return low[0], high[0], low[1]
