"""Running a scenario: its stay is lived as far as its expectations ask, and each gets a verdict."""

from __future__ import annotations

from typing import NamedTuple

from careplan.plan.model import Assessment, Plan, Scenario
from careplan.plan.words import expectation_words
from careplan.stay.program import Program
from careplan.stay.records import Value
from careplan.stay.scenario import troubles
from careplan.stay.scenario.expecting import Judge
from careplan.stay.scenario.story import Story
from careplan.stay.scenario.verdict import Result, Trouble, Verdict

SEED = "1"
"""What tests at random are drawn from, where nothing else is said."""


class Ran(NamedTuple):
    """The result of a scenario, and its stay as far as it was lived; None where it could not begin."""

    result: Result
    story: Story | None
    drawn: bool = False  # whether tests at random mattered


Programs = dict[frozenset[tuple[str, Value]], Program]
"""A plan made ready, for each set of facts that its scenarios give."""


def run(plan: Plan, scenario: Scenario, seed: str = SEED, programs: Programs | None = None) -> Ran:
    """Run a scenario of a plan. Tests at random are drawn from the seed, and once more from another one:
    what is expected must not depend on them. `programs` keeps what the next scenario can use."""
    wrong = troubles.before(plan, scenario)
    if wrong:
        return Ran(Result(scenario.title, scenario.span, seed, (), tuple(wrong), (), 0, None), None)
    story = Story(plan, scenario, seed, _ready(plan, scenario, {} if programs is None else programs))
    verdicts = tuple(Judge(story).verdicts())
    wrong = troubles.after(story)
    drawn = _draws(story)
    if drawn and not wrong:
        wrong = _by_chance(story, verdicts)
    result = Result(
        scenario.title, scenario.span, seed, verdicts, tuple(wrong), tuple(troubles.remarks(story)),
        len(story.days), story.outcome,
    )  # fmt: skip
    return Ran(result, story, drawn)


def _ready(plan: Plan, scenario: Scenario, programs: Programs) -> Program:
    key = frozenset((given.fact, given.value) for given in scenario.given)
    found = programs.get(key)
    if found is None:
        found = programs[key] = Program(plan, {given.fact: given.value for given in scenario.given})
    return found


def _draws(story: Story) -> bool:
    """Whether a test at random was due in a phase that the stay has come to, and the scenario answers it.

    One that it does not mention is not offered, whatever the day.
    """
    phases = {visit.phase for visit in story.visits}
    told = {said.names[0] for said in story.scenario.says if said.kind == "result"}
    lines = (line for phase in phases for line in story.program.phases[phase].lines)
    return any(
        line.applies and line.line.at_random and not told.isdisjoint(line.line.measures)
        for line in lines
        if isinstance(line.line, Assessment)
    )


def _by_chance(story: Story, verdicts: tuple[Verdict, ...]) -> list[Trouble]:
    """What turns out otherwise if the tests at random fall on other days."""
    seed, other_seed = story.draw, f"{story.draw}+"
    other = Story(story.plan, story.scenario, other_seed, story.program)
    others = tuple(Judge(other).verdicts())
    found = []
    for one, two in zip(verdicts, others, strict=True):
        if one.met != two.met:
            how = ("holds", "does not") if one.met else ("does not hold", "does")
            what = (
                f"whether this holds hangs on the days of tests at random: with seed {seed} it {how[0]}, "
                f"with seed {other_seed} it {how[1]}: `{expectation_words(one.expected)}`"
            )
            help_ = "name the days of the results, such as `on iop day 16 uds is positive`"
            found.append(Trouble("depends-on-chance", what, one.expected.span, help_))
    return found or troubles.after(other)
