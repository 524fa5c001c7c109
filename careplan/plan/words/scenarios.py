"""Scenarios in the words of the language: who the patient is, what happens, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Expectation, Given, Point, Said, Scenario, Stage
from careplan.plan.model.scenarios import ORDINALS
from careplan.plan.words.care import exit_words
from careplan.plan.words.lines import WEEKDAYS
from careplan.plan.words.sizes import counted, number_words, range_words
from careplan.plan.words.texts import common_lines, quoted


def scenario_words(scenario: Scenario) -> str:
    """The whole block, a line for each sentence; it can be pasted into a plan."""
    return "\n  ".join((f"scenario {quoted(scenario.title)}", *scenario_lines(scenario))) + "\n"


def scenario_lines(scenario: Scenario) -> Iterator[str]:
    """The lines of a scenario."""
    if scenario.given:
        yield "given " + ", ".join(given_words(given) for given in scenario.given)
    if scenario.admitted_on is not None:
        yield f"admitted on {WEEKDAYS[scenario.admitted_on]}"
    yield from (said_words(said) for said in scenario.says)
    yield from (expectation_words(expectation) for expectation in scenario.expects)
    yield from common_lines(scenario)


def given_words(given: Given) -> str:
    """A fact of the patient: `track is evening`."""
    return f"{given.fact} is {value_words(given.value)}"


def value_words(value: str | float) -> str:
    """A result or a fact's value."""
    return value if isinstance(value, str) else number_words(value)


def said_words(said: Said) -> str:
    """A line that tells what happens: `in iop week 3 uds is positive, positive`."""
    return f"{stage_words(said.stage)} {happening_words(said)}"


def happening_words(said: Said) -> str:
    """What such a line says without its time: `uds is positive`, `miss cbt, met`, `attend 80%`."""
    names = ", ".join(said.names)
    if said.kind == "event":
        return names
    if said.kind == "result":
        words = f"{names} is {', '.join(value_words(value) for value in said.values)}"
        return words if said.times is None else f"{words} {counted(said.times, 'time')}"
    if said.percent is not None:
        return f"attend {number_words(said.percent)}%" + (f" of {names}" if names else "")
    return f"{said.kind} {names or 'all'}"


def visit_words(phase: str, visit: int) -> str:
    """A visit to a phase: `iop`, `second iop`."""
    if visit == 1:
        return phase
    return f"{ORDINALS[visit - 1]} {phase}" if visit <= len(ORDINALS) else f"{phase} stay {visit}"


def stage_words(stage: Stage) -> str:
    """The time of a line with the word before it: `on day 3`, `from day 2 to day 20`, `in iop week 3`."""
    visit = visit_words(stage.phase, stage.visit) + " " if stage.phase is not None else ""
    if stage.exact:
        return f"on {visit}{_days(stage.first, stage.last)}"
    if stage.last is None:
        whole_visit = stage.phase is not None and stage.first == 1 and not stage.onward
        return f"in {visit}".rstrip() if whole_visit else f"from {visit}day {stage.first}"
    if (stage.first - 1) % 7 == 0 and stage.last % 7 == 0:
        first, last = (stage.first + 6) // 7, stage.last // 7
        weeks = f"week {first}" if first == last else f"weeks {first} to {last}"
        return f"in {visit}{weeks}" if visit else f"in plan {weeks}"
    return f"in {visit}{_days(stage.first, stage.last)}" if visit else _from_to(stage.first, stage.last)


def _days(first: int, last: int | None) -> str:
    return f"day {first}" if last in (None, first) else f"days {range_words(first, last or first)}"


def _from_to(first: int, last: int) -> str:
    return f"from day {first} to day {last}"


def point_words(point: Point) -> str:
    """A place in time: `day 20`, `plan week 50`, `second iop week 5`."""
    visit = visit_words(point.phase, point.visit) + " " if point.phase is not None else ""
    if point.day % 7:
        return f"{visit}day {point.day}"
    return f"{visit or 'plan '}week {point.day // 7}"


def expectation_words(expected: Expectation) -> str:
    """A line that says what is expected, from `expect` on."""
    words = ["expect", *_expected(expected)]
    if expected.on is not None:
        visit = visit_words(expected.on.phase, expected.on.visit) + " " if expected.on.phase else ""
        words.append(f"on {visit}day {expected.on.day}")
    if expected.by is not None:
        words.append(f"by {point_words(expected.by)}")
    return " ".join(words)


def _expected(expected: Expectation) -> list[str]:
    name = expected.name or ""
    if expected.kind == "because":
        assert expected.exit is not None
        called = expected.exit.called
        return ["because", called or exit_words(expected.exit, expected.at_end)]
    if expected.kind == "sessions":
        words = [counted(expected.count or 0, "session"), "of", name]
        words += ["due"] if expected.due else []
        return [*words, *(["in", ", ".join(expected.phases)] if expected.phases else [])]
    return [expected.kind, name, *(["again"] if expected.again else [])]
