"""What can be wrong with a scenario itself, found before, while and after its stay is lived."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.facts import holds
from careplan.plan.model import Condition, Domain, Fact, Plan, Said, Scenario, tests_of
from careplan.plan.words import condition_words, counted, listed, number_words, stage_words
from careplan.source import Span
from careplan.stay.day import Day
from careplan.stay.scenario.story import Story
from careplan.stay.scenario.telling import Line
from careplan.stay.scenario.verdict import Trouble

MOST_DAYS = 5  # listed one by one


def before(plan: Plan, scenario: Scenario) -> list[Trouble]:
    """Values that cannot be, and a patient whom the plan does not admit."""
    domains = {f.name: f.domain for f in plan.facts} | {m.name: m.domain for m in plan.measures}
    return [*_values(scenario, domains), *_admission(plan, scenario)]


def _values(scenario: Scenario, domains: dict[str, Domain]) -> Iterator[Trouble]:
    for given in scenario.given:
        yield from _value(given.fact, given.value, domains, given.span)
    for said in scenario.says:
        if said.kind == "result":
            for value in said.values:
                if value != "missing":
                    yield from _value(said.names[0], value, domains, said.span)


def _value(name: str, value: str | float, domains: dict[str, Domain], span: Span) -> Iterator[Trouble]:
    domain = domains.get(name)
    if domain is None:
        yield Trouble("unknown-name", f"the plan has no `{name}`", span)
    elif domain.values and value not in domain.values:
        yield Trouble("out-of-range", f"`{name}` is {listed(domain.values, 'or')}, not {value}", span)
    elif not domain.values and not _inside(value, domain):
        low, high = (number_words(end or 0) for end in (domain.low, domain.high))
        shown = value if isinstance(value, str) else number_words(value)
        yield Trouble("out-of-range", f"`{name}` is {low} to {high}, not {shown}", span)


def _inside(value: str | float, domain: Domain) -> bool:
    if isinstance(value, str):
        return False
    return (domain.low is None or value >= domain.low) and (domain.high is None or value <= domain.high)


def _admission(plan: Plan, scenario: Scenario) -> Iterator[Trouble]:
    facts = {given.fact: given.value for given in scenario.given}
    if plan.admit is not None:
        admitted = holds(plan.admit, facts)
        if admitted is None:
            yield from _not_given(plan, scenario, plan.admit, "who is admitted")
        elif not admitted:
            words = condition_words(plan.admit)
            what = f"the plan does not admit this patient: `admit when {words}`"
            yield Trouble("not-admitted", what, scenario.span, "give other facts")
    for door in plan.starts:
        opens = holds(door.condition, facts)
        if opens is None:
            yield from _not_given(plan, scenario, door.condition, f"whether a stay starts in {door.phase}")
        if opens is not False:
            return
    if plan.starts:
        doors = listed((f"`{condition_words(d.condition)}`" for d in plan.starts if d.condition), "or")
        what = f"no front door of the plan is open to this patient: it starts when {doors}"
        yield Trouble("not-admitted", what, scenario.span, "give other facts")


def _not_given(plan: Plan, scenario: Scenario, condition: Condition | None, what: str) -> Iterator[Trouble]:
    given = {each.fact for each in scenario.given}
    names = dict.fromkeys(t.name for t in tests_of(condition) if t.subject == "fact" and t.name)
    for name in names:
        if name not in given:
            yield _fact(plan, scenario, name, f"it decides {what}")


def _fact(plan: Plan, scenario: Scenario, name: str, why: str) -> Trouble:
    fact = next((f for f in plan.facts if f.name == name), None)
    help_ = f"add `given {name} is {_example(fact)}`" if fact is not None else ""
    return Trouble("fact-not-given", f"the scenario does not say `{name}`: {why}", scenario.span, help_)


def _example(fact: Fact) -> str:
    return fact.domain.values[0] if fact.domain.values else number_words(fact.domain.low or 0)


def after(story: Story) -> list[Trouble]:
    """Facts that decided something and are not given, and lines that do not do what they say."""
    found = []
    for name, day in story.lacking.items():
        lived = story.days[day - 1]
        where = f"day {day} ({lived.phase} day {lived.day})"
        found.append(_fact(story.plan, story.scenario, name, f"it decides what happens on {where}"))
    found += [trouble for line in reversed(story.answers.lines) for trouble in _idle(story, line)]
    for line, measure in story.answers.nowhere:
        what = f"no test of {measure} is due {stage_words(line.stage)}, so none can be missed"
        found.append(Trouble("no-test-due", what, line.said.span, _due_on(story, "test", (measure,))))
    return found


def _idle(story: Story, line: Line) -> Iterator[Trouble]:
    """A line whose days are over, and that spoke of more than there was."""
    said = line.said
    if not line.reached or line.seen >= _least(said) or not story.has_lived(said.stage):
        return
    when = stage_words(said.stage)
    names = listed(said.names, "or") if said.names else "any service"
    if said.kind == "result":
        yield _too_many(story, said, line.seen, when)
    elif said.kind in ("miss", "cancel"):
        medications = {m.name for m in story.plan.medications}
        noun = "dose" if medications.intersection(said.names) else "session"
        verb = "missed" if said.kind == "miss" else "cancelled"
        what = f"no {noun} of {names} is due {when}, so none can be {verb}"
        yield Trouble(f"no-{noun}-due", what, said.span, _due_on(story, noun, said.names))


def _least(said: Said) -> int:
    """How much there has to be for the line to mean what it says."""
    if said.kind == "result":
        any_number = said.times is None and len(said.values) == 1
        wanted = said.times or len(said.values)
        # `from day 1 uds is negative` answers what is due, and makes none.
        return 0 if said.stage.exact or (any_number and said.stage.last is None) else wanted
    return 1 if said.kind in ("miss", "cancel") else 0


def _due_on(story: Story, noun: str, names: tuple[str, ...]) -> str:
    """On which days of the stay the first ones of what was meant are due."""

    def due(day: Day) -> bool:
        if noun == "test":
            return any(test.measure in names for test in day.due.tests)
        if noun == "dose":
            return any(dose.medication in names for dose in day.doses)
        return any(not names or session.service in names for session in day.due.sessions)

    days = [day.plan_day for day in story.days if due(day)]
    if not days:
        return f"no {noun} of {listed(names, 'or')} is due in this stay"
    more = ", …" if len(days) > MOST_DAYS else ""
    word = "day" if len(days) == 1 else "days"
    return f"in this stay, a {noun} is due on {word} {', '.join(map(str, days[:MOST_DAYS]))}{more}"


def _too_many(story: Story, said: Said, tests: int, when: str) -> Trouble:
    measure, wanted = said.names[0], said.times or len(said.values)
    if not tests:
        what = f"no test of {measure} is due {when}, so this line gives no result"
        help_ = _due_on(story, "test", said.names) + "; a line with `on … day N` needs no test to be due"
    else:
        what = f"{measure} is tested {counted(tests, 'time')} {when}, and this line has {wanted} results"
        help_ = f"write {counted(tests, 'value')}, or name the days: `on … day N {measure} is …`"
    return Trouble("more-results-than-tests", what, said.span, help_)


def remarks(story: Story) -> list[Trouble]:
    """Lines that the stay, which has ended, never came to."""
    if story.outcome is None:
        return []
    return [
        Trouble(
            "never-reached", f"the stay never comes to this line: {stage_words(line.stage)}", line.said.span
        )
        for line in reversed(story.answers.lines)
        if not line.reached
    ]
