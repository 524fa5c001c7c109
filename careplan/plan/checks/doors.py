"""Where a stay starts."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, error, warning
from careplan.plan.context import Context
from careplan.plan.facts import FactValue, assignments, holds
from careplan.plan.model import FrontDoor, Plan, tests_of
from careplan.plan.words import listed, number_words


def check(context: Context) -> Iterator[Diagnostic]:
    """A plan must say, for every person it admits, in which phase the stay starts."""
    plan = context.plan
    if not context.is_whole(plan):
        return
    if not plan.phases and context.complete:
        help_ = 'add a phase, such as `phase iop "Intensive outpatient"`, and its lines'
        yield error("no-phases", f"the plan `{plan.name}` has no phases", plan.span, help=help_)
    elif plan.phases and not plan.starts:
        help_ = f"add to the plan's own lines: `start in {plan.phases[0].name}`"
        yield error("missing-start", "nothing says in which phase a stay starts", plan.span, help=help_)
    elif plan.phases:
        yield from _doors(plan)


def _doors(plan: Plan) -> Iterator[Diagnostic]:
    open_door: FrontDoor | None = None
    for door in plan.starts:
        if open_door is not None:
            label = Label(open_door.span, f"every stay that comes this far starts in `{open_door.phase}`")
            yield warning(
                "start-never-used",
                f"no stay ever starts in `{door.phase}` by this line",
                door.span,
                help=f"put the line without a condition last: `start in {open_door.phase}`",
                related=(label,),
            )
        elif door.condition is None:
            open_door = door
    if open_door is None:
        yield from _closed(plan)


def _closed(plan: Plan) -> Iterator[Diagnostic]:
    conditions = [door.condition for door in plan.starts]
    if any(test.subject != "fact" for condition in conditions for test in tests_of(condition)):
        return  # told as `if-on-measures`
    for facts in assignments(plan, conditions):
        if not any(holds(condition, facts) for condition in conditions):
            case = f" when {listed(_is(*each) for each in facts.items())}" if facts else ""
            yield error(
                "missing-start",
                f"nothing says in which phase a stay starts{case}",
                plan.starts[-1].span,
                help=f"add a last line without a condition, such as `start in {plan.starts[-1].phase}`",
            )
            return


def _is(name: str, value: FactValue) -> str:
    return f"`{name} is {value if isinstance(value, str) else number_words(value)}`"
