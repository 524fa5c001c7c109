"""`careplan fmt`: plans in one style."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.diagnostics import PlanError
    from careplan.files import FileProblem
    from careplan.source import Source

Outcome = Literal["as it was", "changed", "unreadable", "problem"]


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan fmt my-plan.careplan",
        "careplan fmt --check plans/",
        "careplan fmt - < my-plan.careplan",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PLAN...")
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; exit code 1 if a file would change."
)
@click.option("--diff", "only_diff", is_flag=True, help="The same, and show what would change.")
def fmt(paths: tuple[str, ...], only_check: bool, only_diff: bool) -> int:
    """Put plans into careplan's one style. What a plan means, and every comment, stays as it is.

    PLAN is a file, a folder (searched for *.careplan files) or - for the standard input. A file is replaced
    in one step, and only if nothing is lost; one with lines that cannot be read is left alone.
    """
    outcomes = Counter(_format(path, only_check, only_diff) for path in _each(paths))
    dry = only_check or only_diff
    if outcomes.total() - outcomes["problem"] > 1:
        _sum_up(outcomes, dry)
    if outcomes["problem"]:
        return 2
    return 1 if outcomes["unreadable"] or (dry and outcomes["changed"]) else 0


def _each(paths: tuple[str, ...]) -> Iterator[Path | FileProblem | None]:
    """The files to format, None for the standard input, and what is wrong with a folder."""
    from careplan.files import find_plans

    for path in dict.fromkeys(paths):
        problems: list[FileProblem] = []
        yield from [None] if path == "-" else find_plans([path], problems.append)
        yield from problems


def _format(path: Path | FileProblem | None, only_check: bool, only_diff: bool) -> Outcome:
    """Format one file; None is the standard input, whose text goes to the standard output."""
    from careplan.commands.diff import difference
    from careplan.commands.trouble import Fault, at_work_on, told
    from careplan.diagnostics import PlanError
    from careplan.files import FileProblem, read_source, read_stdin, write_atomically
    from careplan.language.format import FormatError, format_text

    try:
        if isinstance(path, FileProblem):
            raise path
        source = read_stdin() if path is None else read_source(path)
        with at_work_on(source.name):
            text = format_text(source.text, source.name)
        changed = text != source.text
        if only_diff:
            sys.stdout.write(difference(source.name, source.text, text, "formatted"))
        elif path is None and not only_check:
            sys.stdout.write(text)
        elif changed and path is not None and not only_check:
            write_atomically(path, text, was=source.text)
        if changed and path is not None and not only_diff:
            print(f"{'would change' if only_check else 'changed'} {source.name}")
    except FileProblem as problem:
        print(f"careplan: {problem}", file=sys.stderr)
        return "problem"
    except Fault as fault:
        if not isinstance(fault.cause, FormatError):
            raise
        # A fault of ours with this one file: the others can be formatted all the same.
        print(f"careplan: {told(fault)}", file=sys.stderr)
        return "problem"
    except PlanError as faulty:
        _complain(source, faulty)
        return "unreadable"
    return "changed" if changed else "as it was"


def _complain(source: Source, faulty: PlanError) -> None:
    from careplan.commands.output import columns, is_terminal, wants_colour
    from careplan.report import Findings, report_for

    format_ = "full" if is_terminal(sys.stderr) else "plain"
    report = report_for(format_, wants_colour(sys.stderr), columns(sys.stderr))
    findings = Findings(source.name, faulty.diagnostics, {source.name: source})
    sys.stderr.write(report.file(findings))


def _sum_up(outcomes: Counter[Outcome], dry: bool) -> None:
    parts = {
        "would change" if dry else "changed": outcomes["changed"],
        "in style already": outcomes["as it was"],
        "left alone because of mistakes": outcomes["unreadable"],
    }
    words = [f"{number:,} {what}" for what, number in parts.items() if number]
    print(f"of {outcomes.total():,} files: {', '.join(words)}", file=sys.stderr)
