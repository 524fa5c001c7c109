"""The boxes of a state graph: phases, outcomes, front doors, and the exits that hold at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from careplan.plan.levels import level_title
from careplan.plan.model import Condition, Exit, Medication, Outcome, Phase, Plan
from careplan.plan.words import (
    condition_words,
    counted,
    duration_words,
    lasts_words,
    listed,
    service_line_words,
    short_condition,
)
from careplan.render.graph.content import Box, BoxKind, Detail, phase_titles
from careplan.render.graph.hours import hours_texts
from careplan.render.graph.identity import Ids


def boxes_of(plan: Plan, ids: Ids, detail: Detail) -> tuple[Box, ...]:
    """Every box of the plan, the front doors first and the outcomes last."""
    return (
        *_doors(plan, ids, detail),
        *(_phase(plan, ids.of(p.name), p, detail) for p in plan.phases),
        *_anytime(plan),
        *(_outcome(plan, ids.of(o.name), o) for o in plan.outcomes),
    )


def door_id(number: int) -> str:
    """The id of the front door that is written so far down the plan."""
    return f"start-{number}"


def anytime_id(excepted: tuple[str, ...], plan: Plan) -> str:
    """The id of the box for the `anytime` blocks with these exceptions."""
    kinds = list(dict.fromkeys(block.excepted for block in plan.anytime))
    return f"anytime-{kinds.index(excepted) + 1}"


def _doors(plan: Plan, ids: Ids, detail: Detail) -> Iterator[Box]:
    admitted = (f"admitted when {condition_words(plan.admit)}",) if plan.admit and detail == "full" else ()
    known = [door for door in plan.starts if door.phase in ids]
    for number, door in enumerate(known, start=1):
        texts: tuple[str, ...] = ()
        if door.condition is not None:
            texts = (f"if {_condition(detail)(door.condition)}",)
        elif len(known) > 1:
            texts = ("otherwise",)
        yield Box(door_id(number), "door", "▶ Start", (*texts, *admitted))


def _phase(plan: Plan, id_: str, phase: Phase, detail: Detail) -> Box:
    texts = _full_texts(plan, phase) if detail == "full" else _summary_texts(phase)
    return Box(id_, "phase", phase.label, tuple(texts), phase.level.code if phase.level else None)


def _summary_texts(phase: Phase) -> Iterator[str]:
    facts = [f"Level {phase.level.code}"] if phase.level else []
    facts += [lasts_words(phase.lasts)] if phase.lasts else []
    if facts:
        yield " · ".join(facts)
    yield from (_extension(way, "summary") for way in phase.at_end if way.direction == "extend")


def _full_texts(plan: Plan, phase: Phase) -> Iterator[str]:
    if phase.level:
        yield f"Level {level_title(plan, phase.level)}"
    if phase.lasts:
        yield f"lasts {lasts_words(phase.lasts)}"
    if phase.review_days:
        yield f"review every {duration_words(phase.review_days).removeprefix('1 ')}"
    yield from (_extension(way, "full") for way in phase.at_end if way.direction == "extend")
    yield from hours_texts(plan, phase)
    yield from (f"• {service_line_words(line)}" for line in phase.services)
    yield from (_start(m) for m in plan.medications if m.start and phase.name in m.start.phases)


def _start(medication: Medication) -> str:
    start = medication.start
    words = f"◆ starts {medication.label}"
    if start and start.within_days is not None:
        words += f" within {duration_words(start.within_days)}"
    return words + (f" when {condition_words(start.when)}" if start and start.when else "")


def _extension(way: Exit, detail: Detail) -> str:
    words = f"↻ at end, {duration_words(way.extend_days or 0)} more"
    if way.extend_times:
        words += f", at most {counted(way.extend_times, 'time')}"
    return words + (f", when {_condition(detail)(way.when)}" if way.when is not None else "")


def _anytime(plan: Plan) -> Iterator[Box]:
    titles = phase_titles(plan)
    for excepted in dict.fromkeys(block.excepted for block in plan.anytime):
        but = (
            f", but not from {listed((titles.get(name, name) for name in excepted), 'or')}"
            if excepted
            else ""
        )
        yield Box(anytime_id(excepted, plan), "anytime", "At any time", (f"from every phase{but}",))


def _outcome(plan: Plan, id_: str, outcome: Outcome) -> Box:
    kinds: dict[bool | None, BoxKind] = {True: "planned", False: "unplanned", None: "outcome"}
    kind = kinds[outcome.planned]
    titles = phase_titles(plan)
    texts = ["outcome" if kind == "outcome" else f"{kind} end"]
    for back in outcome.returns:
        after = f" after {duration_words(back.after_days)}" if back.after_days else ""
        texts.append(f"may return to {titles.get(back.phase, back.phase)}{after}")
    return Box(id_, kind, outcome.label, tuple(texts))


def _condition(detail: Detail) -> Callable[[Condition], str]:
    return condition_words if detail == "full" else short_condition
