"""Exits that make no sense by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, error
from careplan.plan.context import Context
from careplan.plan.model import Exit, Phase
from careplan.plan.words import duration_words, exit_words


def check(context: Context) -> Iterator[Diagnostic]:
    """An exit leads to another phase, on a condition; only `at end` extends a stay."""
    for phase in context.plan.phases:
        for exit_ in phase.exits:
            yield from _exit(phase, exit_)
        for exit_ in phase.at_end:
            yield from _at_end(phase, exit_)
    for block in context.plan.anytime:
        for exit_ in block.exits:
            if exit_.direction == "extend":
                yield _extends(exit_)
            elif exit_.when is None:
                yield _bare(exit_, "in every phase, on its first day", at_end=False)


def _exit(phase: Phase, exit_: Exit) -> Iterator[Diagnostic]:
    if exit_.direction == "extend":
        yield _extends(exit_)
    elif exit_.target == phase.name:
        yield _to_itself(phase, exit_)
    elif exit_.when is None:
        urgent = exit_.direction == "step up"
        when = "on its first day" if urgent else "as soon as the phase may be left"
        yield _bare(exit_, when, at_end=not urgent)


def _at_end(phase: Phase, exit_: Exit) -> Iterator[Diagnostic]:
    if exit_.target == phase.name:
        yield _to_itself(phase, exit_)
    if exit_.direction == "extend" and exit_.extend_times is None:
        yield error(
            "extend-without-limit",
            f"nothing says how often `{phase.name}` can be extended",
            exit_.span,
            help=f"say how often at most, such as `at end extend {_longer(exit_)} at most 2 times`",
        )


def _longer(exit_: Exit) -> str:
    return duration_words(exit_.extend_days or 14)


def _extends(exit_: Exit) -> Diagnostic:
    return error(
        "extend-outside-at-end",
        "a stay is extended only when its end has come",
        exit_.span,
        help=f"write it as an `at end` line of a phase: `at end extend {_longer(exit_)} at most 2 times`",
    )


def _to_itself(phase: Phase, exit_: Exit) -> Diagnostic:
    return error(
        "exit-to-itself",
        f"`{phase.name}` leads to itself",
        exit_.span,
        help="name another phase; to stay longer, write `at end extend 2 weeks at most 2 times`",
    )


def _bare(exit_: Exit, when: str, at_end: bool) -> Diagnostic:
    words = exit_words(exit_).removesuffix(" otherwise")
    other = f"; or, at the maximum only, `at end {words}`" if at_end else ""
    return error(
        "exit-without-condition",
        f"`{words}` has no condition: it would be taken {when}",
        exit_.span,
        help=f"say when, such as `{words} when days >= 28`{other}",
    )
