"""A whole plan back in the words of the language, block by block.

What `plan_text` writes reads back to an equal plan, but for its places in the text: comments, `use` lines,
and the order of unlike lines in a block are not part of a plan's meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from careplan.plan.model import Anytime, FrontDoor, Goal, Outcome, Phase, Plan, SourceEntry
from careplan.plan.words.care import exit_words, lasts_words, level_words
from careplan.plan.words.claims import claim_lines
from careplan.plan.words.conditions import condition_words
from careplan.plan.words.courses import drug_lines, medication_lines
from careplan.plan.words.lines import assessment_words, service_line_words
from careplan.plan.words.scenarios import scenario_lines
from careplan.plan.words.services import domain_words, measure_lines, service_lines
from careplan.plan.words.sizes import duration_words, every_words, listed
from careplan.plan.words.texts import common_lines, headed, listed_words, quoted

LIBRARY = "library/"


class Block(NamedTuple):
    """A block of the language: its header and the lines after it, each without its line end."""

    header: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The block as text, with a blank line after it."""
        return "\n".join((self.header, *(f"  {line}" for line in self.lines))) + "\n\n"


def plan_text(plan: Plan) -> str:
    """The whole plan in the language, in one file that uses no other but the built-in formulary."""
    return "".join(block.text for block in plan_blocks(plan)).rstrip("\n") + "\n"


def plan_blocks(plan: Plan) -> Iterator[Block]:
    """Every block of the plan. Drugs of the built-in formulary are left out: every plan has them."""
    yield Block(headed("plan", plan), tuple(plan_lines(plan)))
    yield from (Block(headed("source", s), tuple(source_lines(s))) for s in plan.sources)
    for fact in plan.facts:
        yield Block(headed("fact", fact, domain_words(fact)), tuple(common_lines(fact)))
    for measure in plan.measures:
        yield Block(headed("measure", measure, domain_words(measure)), tuple(measure_lines(measure)))
    yield from (Block(headed("event", event), tuple(common_lines(event))) for event in plan.events)
    yield from (Block(headed(each.kind, each), tuple(service_lines(each))) for each in plan.services)
    own = (drug for drug in plan.drugs if not drug.span.file.startswith(LIBRARY))
    yield from (Block(headed("formulary", drug), tuple(drug_lines(drug))) for drug in own)
    yield from (Block(headed("medication", m), tuple(medication_lines(m))) for m in plan.medications)
    yield from (Block(headed("phase", phase), tuple(phase_lines(phase))) for phase in plan.phases)
    yield from (Block(anytime_header(each), tuple(anytime_lines(each))) for each in plan.anytime)
    yield from (Block(headed("outcome", o), tuple(outcome_lines(o))) for o in plan.outcomes)
    yield from (Block(headed("goal", goal), tuple(goal_lines(goal))) for goal in plan.goals)
    yield from (Block(headed("claim", claim), tuple(claim_lines(claim))) for claim in plan.claims)
    for scenario in plan.scenarios:
        yield Block(f"scenario {quoted(scenario.title)}", tuple(scenario_lines(scenario)))


def plan_lines(plan: Plan) -> Iterator[str]:
    """The lines of the plan's own block."""
    if plan.version is not None:
        yield f"version {plan.version}"
    if plan.status is not None:
        yield f"status {plan.status}"
    if plan.effective_from is not None:
        yield f"effective {plan.effective_from}" + (f" to {plan.effective_to}" if plan.effective_to else "")
    words = (
        ("population", plan.population),
        ("substance", plan.substances),
        ("approach", plan.approaches),
        ("setting", plan.settings),
    )
    yield from (f"{lead} {listed_words(said)}" for lead, said in words if said)
    if plan.follows:
        yield f"follows {', '.join(plan.follows)}"
    if plan.authors:
        yield f"author {listed_words(plan.authors)}"
    yield from (f"approved by {listed_words(each.by)} on {each.on}" for each in plan.approvals)
    yield from (_door(door) for door in plan.starts)
    if plan.admit is not None:
        yield f"admit when {condition_words(plan.admit)}"
    yield from common_lines(plan)


def _door(door: FrontDoor) -> str:
    when = f" when {condition_words(door.condition)}" if door.condition is not None else ""
    return f"start in {door.phase}{when}"


def source_lines(source: SourceEntry) -> Iterator[str]:
    """The lines of a source."""
    if source.url is not None:
        yield f"url {quoted(source.url)}"
    if source.strength:
        yield f"strength {listed_words(source.strength)}"
    yield from common_lines(source)


def phase_lines(phase: Phase) -> Iterator[str]:
    """The lines of a phase."""
    if phase.level is not None:
        yield f"level {level_words(phase.level)}"
    if phase.settings:
        yield f"setting {listed_words(phase.settings)}"
    if phase.lasts is not None:
        yield f"lasts {lasts_words(phase.lasts)}"
    if phase.review_days is not None:
        yield f"review {every_words(phase.review_days)}"
    for back in phase.returns:
        after = f"after {listed(back.after)} " if back.after else ""
        yield f"on return {after}{back.way}"
    yield from (service_line_words(line) for line in phase.services)
    yield from (assessment_words(line) for line in phase.assessments)
    yield from (exit_words(way) for way in phase.exits)
    yield from (exit_words(way, at_end=True) for way in phase.at_end)
    yield from common_lines(phase)


def anytime_header(block: Anytime) -> str:
    """`anytime except stabilization`."""
    return f"anytime except {listed(block.excepted)}" if block.excepted else "anytime"


def anytime_lines(block: Anytime) -> Iterator[str]:
    """The lines of `anytime`."""
    yield from (exit_words(way) for way in block.exits)
    yield from common_lines(block)


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """The lines of an outcome."""
    if outcome.planned is not None:
        yield "planned" if outcome.planned else "unplanned"
    for way in outcome.returns:
        after = f" after {duration_words(way.after_days)}" if way.after_days else ""
        yield f"may return to {way.phase}{after}"
    yield from common_lines(outcome)


def goal_lines(goal: Goal) -> Iterator[str]:
    """The lines of a goal."""
    if goal.reach is not None:
        yield f"reach {condition_words(goal.reach)}"
    if goal.by_end_of is not None:
        yield f"by end of {goal.by_end_of}"
    if goal.by_week is not None:
        yield f"by week {goal.by_week}"
    yield from common_lines(goal)
