"""A counter-example in sentences: who it is, what happens in each visit, and what does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Plan, Said, Scenario
from careplan.plan.words import exit_words, listed, visit_words
from careplan.plan.words.scenarios import given_words, happening_words
from careplan.stay.day import Day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def sentences(plan: Plan, scenario: Scenario, days: list[Day], until: int, why: str) -> tuple[str, ...]:
    """The story up to plan day `until`, as a clinician would tell it; `why` is its last sentence."""
    lived = [day for day in days if day.plan_day <= until]
    visits = _visits(lived)
    told = [_admission(scenario, visits[0][0])]
    told += [sentence for visit in visits for sentence in _visit(plan, scenario, visit, until)]
    return (*told, f"{why[0].upper()}{why[1:]}.")


def _visits(days: list[Day]) -> list[list[Day]]:
    found: list[list[Day]] = []
    for day in days:
        if not found or (found[-1][-1].phase, found[-1][-1].visit) != (day.phase, day.visit):
            found.append([])
        found[-1].append(day)
    return found


def _admission(scenario: Scenario, first: Day) -> str:
    facts = [f"`{given_words(given)}`" for given in scenario.given]
    who = f"Somebody with {listed(facts)}" if facts else "Somebody"
    return f"{who} is admitted on a {WEEKDAYS[scenario.admitted_on or 0]}, into `{first.phase}`."


def _visit(plan: Plan, scenario: Scenario, days: list[Day], until: int) -> Iterator[str]:
    first, last = days[0], days[-1]
    happens = [_happening(said) for said in scenario.says if _belongs(said, days)]
    name = f"`{visit_words(first.phase, first.visit)}`"
    courses = list(_courses(days))
    if happens or courses:
        yield f"In {name}, {listed([*happens, *courses])}."
    taken = last.taken
    if taken is None or taken.direction == "extend" or (last.plan_day == until and taken.target is None):
        return
    ends = any(taken is e for e in plan.phase(last.phase).at_end)
    way = exit_words(taken, ends)
    if taken.direction == "discharge":
        yield f"On day {last.plan_day} the stay ends: `{way}`."
    else:
        yield f"On day {last.plan_day} {name} is left: `{way}`."


def _belongs(said: Said, days: list[Day]) -> bool:
    stage = said.stage
    if stage.phase is not None:
        return (stage.phase, stage.visit) == (days[0].phase, days[0].visit)
    return days[0].plan_day <= stage.first <= days[-1].plan_day


def _happening(said: Said) -> str:
    stage = said.stage
    on = f" on day {stage.first}" if stage.exact else ""
    words = happening_words(said)
    if said.kind == "result":
        return f"`{words}`{on or ' at each test'}"
    if said.kind == "event":
        return f"`{words}` happens{on}"
    if said.kind == "miss" and not said.names:
        return "every session is missed"
    if said.kind == "miss":
        return f"{listed([f'`{name}`' for name in said.names])} is missed{on}"
    return f"`{words}`{on}"


def _courses(days: list[Day]) -> Iterator[str]:
    for day in days:
        for event in day.courses:
            if event.kind in ("started", "lapsed", "stopped", "finished"):
                verb = {
                    "started": "starts",
                    "lapsed": "lapses",
                    "stopped": "is stopped",
                    "finished": "is over",
                }
                yield f"`{event.medication}` {verb[event.kind]} on day {day.plan_day}"
