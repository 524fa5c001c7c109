"""Opening one plan for a verb that needs it whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from careplan.commands.trouble import at_work_on

if TYPE_CHECKING:
    from careplan.plan.facts import FactValue
    from careplan.plan.model import Fact, Plan, Scenario
    from careplan.reading import Reading


def read(path: str) -> Reading:
    """What is in the file `path` (`-`: the standard input); FileProblem if it cannot be read."""
    from careplan import reading
    from careplan.commands.checking import root_of
    from careplan.files import read_stdin

    with at_work_on(path):
        if path == "-":
            source = read_stdin()
            return reading.read_text(source.text, source.name, ".")
        return reading.read_file(path, root_of(Path(path)))


def open_plan(path: str) -> Plan:
    """The plan in that file. If it has errors they are reported and the verb ends with exit code 1."""
    found = read(path)
    if found.plan is None:
        complain(found)
    if found.is_library:
        raise click.ClickException(
            f"{path}: this file has no `plan` block: it is a library, for plans to use"
        )
    return found.plan


def complain(found: Reading) -> NoReturn:
    """Report the errors on the error stream and end with exit code 1."""
    from careplan.commands.output import columns, is_terminal, wants_colour
    from careplan.diagnostics import Severity
    from careplan.report import Findings, report_for, write

    errors = tuple(d for d in found.diagnostics if d.severity is Severity.ERROR)
    findings = Findings(found.tree.source.name, errors, found.sources)
    format_ = "full" if is_terminal(sys.stderr) else "plain"
    report = report_for(format_, wants_colour(sys.stderr), columns(sys.stderr))
    sys.stderr.write(write(report, [findings]))
    raise click.exceptions.Exit(1)


def facts_from(plan: Plan, given: tuple[str, ...]) -> dict[str, FactValue] | None:
    """The facts of `--fact NAME=VALUE` options, checked against the plan; None if there are none."""
    facts: dict[str, FactValue] = {}
    known = {fact.name: fact for fact in plan.facts}
    for item in given:
        name, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            raise click.UsageError(
                f"`--fact {item}` needs a name and a value, such as `--fact track=evening`"
            )
        if name not in known:
            have = ", ".join(known) or "none"
            raise click.UsageError(f"the plan has no fact `{name}`; it has: {have}")
        facts[name] = _value(known[name], value)
    return facts or None


def _value(fact: Fact, text: str) -> FactValue:
    domain = fact.domain
    if domain.values:
        if text in domain.values:
            return text
        raise click.UsageError(f"`{fact.name}` is one of {', '.join(domain.values)}, not `{text}`")
    try:
        number = float(text)
    except ValueError:
        raise click.UsageError(f"`{fact.name}` is a number, not `{text}`") from None
    if not (domain.low is None or domain.high is None or domain.low <= number <= domain.high):
        raise click.UsageError(f"`{fact.name}` is {domain.low:g} to {domain.high:g}, not {text}")
    return number


def scenario_of(plan: Plan, title: str) -> Scenario:
    """The scenario of that title, or the only one with these words in its title."""
    wanted = title.casefold()
    found = [s for s in plan.scenarios if s.title.casefold() == wanted]
    found = found or [s for s in plan.scenarios if wanted in s.title.casefold()]
    if len(found) != 1:
        titles = "; ".join(f'"{s.title}"' for s in found or plan.scenarios) or "none"
        which = "more than one scenario is" if found else "no scenario is"
        raise click.ClickException(f'{which} called "{title}"; the plan has: {titles}')
    return found[0]
