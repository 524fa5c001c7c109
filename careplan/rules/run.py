"""Runs the rules that are in force for a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, error, warning
from careplan.language.likeness import near
from careplan.plan.model import Plan
from careplan.rules.context import rule_context
from careplan.rules.packs import Pack, in_force, packs, rules_of_all
from careplan.source import Span


class Failure(NamedTuple):
    """A rule that failed by a fault of its own: its name, what Python said, and where (many lines)."""

    rule: str
    problem: str
    trace: str = ""


def run_rules(plan: Plan, configured: Iterable[str] = ()) -> tuple[list[Diagnostic], list[Failure]]:
    """What the rules find in a plan without errors, and the rules that failed."""
    names = in_force(plan.follows, configured)
    context = rule_context(plan, names)
    found = list(_not_in_force(plan))
    failures: list[Failure] = []
    for rule in rules_of_all(names):
        try:
            found += rule.findings(context)
        except Exception as problem:  # a rule's own fault must not hide what the others find
            from traceback import format_exc

            failures.append(Failure(rule.name, f"{type(problem).__name__}: {problem}", format_exc()))
    return found, failures


def unknown_packs(named: Iterable[tuple[str, Span]]) -> Iterator[Diagnostic]:
    """The names that a plan says it follows, each with its place, that are no packs."""
    for name, span in named:
        if name not in packs():
            known = [known for known, pack in packs().items() if not pack.always]
            better = near(name, known)
            yield error(
                "unknown-pack",
                f"`{name}` is no pack of rules",
                span,
                here=f"did you mean `{better}`?" if better else "",
                help=f"a plan can follow {', '.join(f'`{k}`' for k in known)}",
            )


def _not_in_force(plan: Plan) -> Iterator[Diagnostic]:
    """Packs that are in force only before or only after the plan is; ISO dates sort as they follow."""
    for pack in (packs()[name] for name in plan.follows if name in packs()):
        early = bool(pack.effective_from and plan.effective_to and plan.effective_to < pack.effective_from)
        late = bool(pack.effective_to and plan.effective_from and plan.effective_from > pack.effective_to)
        if early or late:
            yield warning(
                "pack-not-in-force",
                f"the rules of `{pack.name}` are in force {_span(pack)}, and the plan is effective "
                + (f"until {plan.effective_to}" if early else f"from {plan.effective_from}"),
                plan.span,
                help="correct the dates, or take the pack out of the `follows` line",
            )


def _span(pack: Pack) -> str:
    ends = (("from", pack.effective_from), ("to", pack.effective_to))
    return " ".join(f"{word} {day}" for word, day in ends if day)
