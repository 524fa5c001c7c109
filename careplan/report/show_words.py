"""The words in which `careplan show` tells hours, weeks, sessions and days."""

from __future__ import annotations

from careplan.plan.courses import Course
from careplan.plan.levels import HoursRange
from careplan.plan.paths import Path, Paths
from careplan.plan.show import Range, Sessions, Verdict, verdict
from careplan.plan.stretches import OtherWeeks, Stretch
from careplan.plan.words import duration_range_words, duration_words, listed
from careplan.report.columns import NO_BREAK

NOTHING = "none"
VERDICTS: dict[Verdict, str] = {
    "within": "within it",
    "below": "BELOW it",
    "partly below": "can be below it",
    "above": "ABOVE it",
    "partly above": "can be above it",
}
ROLES = {
    "starts": "starts here",
    "may start": "may start here",
    "if another fails": "if another start fails",
    "goes on": "goes on",
}


def hours(low: int, high: int | None) -> str:
    """Minutes as hours with one decimal: `6.2 h`, `4.5 to 5.3 h`, `9.0 h or more`, `none` (no breaks)."""
    if (low, high) == (0, 0):
        return NOTHING
    if high is None:
        return f"{low / 60:.1f}{NO_BREAK}h or{NO_BREAK}more"
    return (
        f"{low / 60:.1f}{NO_BREAK}h"
        if low == high
        else f"{low / 60:.1f}{NO_BREAK}to{NO_BREAK}{high / 60:.1f}{NO_BREAK}h"
    )


def weeks(first: int, last: int | None) -> str:
    """`1 to 4`, `16`, `27 on`."""
    if last is None:
        return f"{first} on"
    return str(first) if first == last else f"{first} to {last}"


def in_weeks(first: int, last: int | None) -> str:
    """`in weeks 1 to 4`, `in week 16`, `from week 27 on`."""
    if last is None:
        return f"from week {first} on"
    return f"in {'week' if first == last else 'weeks'} {weeks(first, last)}"


def other_weeks(other: OtherWeeks) -> str:
    """`7.0 h in week 1`, `0.8 h in every 2nd week from week 1`."""
    amount = hours(other.low, other.high)
    if other.every is not None:
        return f"{amount} in every {_ordinal(other.every)} week from week {other.weeks[0]}"
    noun = "week" if len(other.weeks) == 1 else "weeks"
    *_, last = runs = _runs(other.weeks)
    said = listed(runs).replace(f"and {last}", f"and{NO_BREAK}{last}").replace("to ", f"to{NO_BREAK}")
    return f"{amount} in {noun}{NO_BREAK}{said}"


def stretch_hours(stretch: Stretch) -> str:
    """What most weeks of a stretch hold; a plus where a service's length is not said."""
    return hours(stretch.low, stretch.high) + (" +" if stretch.unknown else "")


def against(asks: HoursRange | None, stretch: Stretch) -> str:
    """How a stretch stands to what the level asks for: `9 to 19 h: within it`."""
    if asks is None:
        return ""
    found = {verdict(asks, low, high) for low, high in [(stretch.low, stretch.high)]}
    extra = {verdict(asks, other.low, other.high) for other in stretch.others} - found
    words = VERDICTS[found.pop()]
    return f"{asks.words}: {words}" + (", but not in some weeks" if extra else "")


def sessions(count: Sessions | None) -> str:
    """`8`, `26 to 52`, `12 or more`, `as needed`; nothing where the service does not occur."""
    if count is None:
        return ""
    low, high, also = count
    if also and high == 0:
        return listed(also)
    number = f"{low} or{NO_BREAK}more" if high is None else str(low) if low == high else f"{low} to {high}"
    return listed([number, *also])


def lasts(low: int | None, high: int | None) -> str:
    """How long a phase lasts, extensions counted."""
    if low is None:
        return "not said"
    if high is None:
        return f"at least {duration_words(low)}" if low > 1 else "no maximum"
    return duration_range_words(low, high) if low > 1 or low == high else f"up to {duration_words(high)}"


def path_words(path: Path) -> str:
    """The visits of a path in order, and where it ends."""
    visits = [f"{step.phase} {lasts(step.low, step.high)}" for step in path.steps]
    end = f", then {path.outcome}" if path.outcome else ""
    return ", ".join(visits) + end


def path_length(path: Path) -> str:
    """The days of the whole path, in weeks too where they are no whole ones."""
    words = lasts(path.low, path.high)
    if path.high is not None and words.endswith("days") and path.high >= 28:
        low, high = path.low / 7, path.high / 7
        words += f" ({high:.1f} weeks)" if path.low == path.high else f" ({low:.1f} to {high:.1f} weeks)"
    return words


def no_longest(ways: Paths) -> str:
    """Why a plan has no longest path."""
    if not ways.open_ended:
        return "no way through the plan was found that reaches an outcome"
    names = listed(f"`{name}`" for name in ways.open_ended)
    return f"none: {names} {'has' if len(ways.open_ended) == 1 else 'have'} no maximum"


def course_days(course: Course) -> str:
    """`1 to 28`, `58 on`."""
    return weeks(course.first, course.last)


def returns(ways: Paths) -> list[str]:
    """One sentence for each group of phases that can come again."""
    return [
        f"{listed(group)} can follow one another again and again"
        if len(group) > 1
        else f"{group[0]} can repeat"
        for group in ways.loops
    ]


def visit_hours(count: Range) -> str:
    """The clinical hours of a whole visit; nothing for none."""
    return "" if count == (0, 0) else hours(*count)


def _ordinal(number: int) -> str:
    return {2: "2nd", 3: "3rd"}.get(number, f"{number}th")


def _runs(numbers: tuple[int, ...]) -> list[str]:
    """Numbers as `2`, `5 to 8`; two neighbours stay apart."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words: list[str] = []
    for run in runs:
        words += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(n) for n in run]
    return words
