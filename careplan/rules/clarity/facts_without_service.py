"""The lines of a service share people out by facts, and leave some of them out.

`group 3 per week if age < 18` beside `group 2 per week if age > 18` gives no group to whoever is just 18, and
nobody meant that. Every combination of the facts is looked at. Let one of the lines take the others in; where
they are meant to have none, say so with `# careplan: allow facts-without-service because "…"`.

not reported: a service with one line, or with a line for everybody; people whom `admit when` keeps out.

```careplan bad
plan small "Nobody thought of 18"
  start in iop

fact age 12 to 99 years

therapy group "Group"
  format group of 4 to 8
  length 60 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  group 10 per week if age < 18
  group 9 per week if age > 18
  at end discharge as completed

outcome completed "Completed"
```

```careplan good
plan small "Everybody has a line"
  start in iop

fact age 12 to 99 years

therapy group "Group"
  format group of 4 to 8
  length 60 min

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  group 10 per week if age < 18
  group 9 per week if age >= 18
  at end discharge as completed

outcome completed "Completed"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Severity
from careplan.plan.boxes import Box, is_plain, unanswered
from careplan.plan.making import make
from careplan.plan.model import NotSo, ServiceLine
from careplan.rules.context import RuleContext
from careplan.rules.rule import Found, rule


@rule(Severity.WARNING)
def check(context: RuleContext) -> Iterator[Found]:
    """Every service of a phase of which each of several lines is for some people."""
    for phase in context.plan.phases:
        lines: dict[str, list[ServiceLine]] = {}
        for line in phase.services:
            lines.setdefault(line.service, []).append(line)
        for name, some in lines.items():
            left_out = _left_out(context, some)
            if left_out:
                yield Found(
                    f"with {_words(left_out[0])} one has no `{name}` in `{phase.name}`, though its lines are "
                    "for everybody else",
                    some[-1].span,
                    help=f"let a line take them in, or write one for them; {_others(left_out)}",
                )


def _left_out(context: RuleContext, lines: list[ServiceLine]) -> list[Box]:
    """The combinations of facts for which none of the lines holds, next to ones for which one does."""
    asked = [line.if_facts for line in lines if line.if_facts is not None]
    admit = context.plan.admit
    if len(lines) < 2 or len(asked) < len(lines) or not all(map(is_plain, asked)):
        return []
    if admit is not None:
        if not is_plain(admit):
            return []
        asked.append(make(NotSo, admit.span, {"part": admit}))
    return unanswered(context, asked)


def _words(box: Box) -> str:
    return " and ".join(f"`{stretch.words}`" for stretch in box)


def _others(boxes: list[Box]) -> str:
    return f"and {len(boxes) - 1} more such combinations" if len(boxes) > 1 else "nobody else is left out"
