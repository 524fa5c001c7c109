"""`careplan schedule`: a plan's sessions, tests and doses on their dates."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Literal

import click

from careplan.commands.group import VerbCommand

if TYPE_CHECKING:
    from careplan.plan.model import Plan
    from careplan.stay.schedule.occurrence import Occurrence

FORMATS = ("table", "plain", "json")


def _as_date(text: str) -> date:
    """The date; a usage error that shows one where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"`{text}` is no date; write it as 2026-03-02") from None


def _as_time(text: str) -> time:
    """The time of day; a usage error that shows one where it is none."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"`{text}` is no time of day; write it as 15:00") from None


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan schedule my-plan.careplan --start 2026-03-02 --zone America/Chicago",
        "careplan schedule my-plan.careplan --start 2026-03-02 --fact track=evening -o sessions.json",
        "careplan schedule my-plan.careplan --start 2026-11-02 --holidays US-IL",
    ),
)
@click.argument("plan", metavar="PLAN")
@click.option("--start", required=True, metavar="DATE", help="The day of admission.")
@click.option("--zone", metavar="ZONE", help="The clinic's time zone, such as America/Chicago.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="For whom; can be given again.")
@click.option("--stay", "stays", multiple=True, metavar="PHASE=DAYS", help="How long a visit lasts.")
@click.option("--longest", is_flag=True, help="Each visit to its maximum, not to its first way out.")
@click.option(
    "--holidays", metavar="US-IL|FILE", help="Closed days: a country and state, or a file of dates."
)
@click.option(
    "--on-holiday",
    type=click.Choice(["plan", "cancel", "move", "keep"]),
    default="plan",
    help="What becomes of sessions then; the plan's own policy, if not said.",
)
@click.option("--admitted-at", metavar="TIME", help="Earlier sessions of day 1 are cancelled.")
@click.option("--group", "groups", multiple=True, metavar="SERVICE=DATE", help="When its next group begins.")
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help="The kind, whatever the file is called."
)
@click.option("-o", "--output", metavar="FILE", help="The file: .json or .txt.")
def schedule(
    plan: str,
    start: str,
    zone: str | None,
    facts: tuple[str, ...],
    stays: tuple[str, ...],
    longest: bool,
    holidays: str | None,
    on_holiday: Literal["plan", "cancel", "move", "keep"],
    admitted_at: str | None,
    groups: tuple[str, ...],
    format_: str | None,
    output: str | None,
) -> int:
    """Put a plan on the calendar: the dated sessions, tests and doses of somebody admitted on a day.

    The stay goes as is expected: everybody attends, and each phase is left on the first day on which its
    usual way out may be taken. Sessions without a weekday are placed, and marked with the days on which they
    may lie instead. PLAN is a file, or - for the standard input.
    """
    from careplan.commands.holidays import holidays_of
    from careplan.commands.opening import facts_from, open_plan
    from careplan.commands.output import deliver
    from careplan.commands.trouble import at_work_on
    from careplan.stay.schedule.sessions import sessions

    first = _as_date(start)
    begins = _as_time(admitted_at) if admitted_at is not None else None
    kind = _kind(format_, output)
    opened = open_plan(plan)
    given = facts_from(opened, facts) or {}
    with at_work_on(plan):
        closed = holidays_of(holidays, first) if holidays else None
        try:
            found = sessions(
                opened, first, given, zone, length="longest" if longest else "shortest",
                stays=_numbers(opened, stays), holidays=closed, on_holiday=on_holiday,
                admitted_at=begins, groups=_dates(opened, groups),
            )  # fmt: skip
        except ValueError as wrong:
            raise click.UsageError(_with_options(opened, str(wrong))) from wrong
        content = _written(opened, found, kind)
    deliver(content, output, plan)
    return 0


def _kind(format_: str | None, output: str | None) -> str:
    from careplan.commands.output import default_format

    if format_ is not None:
        return format_
    if output is None or output == "-":
        return "table" if default_format() == "full" else "plain"
    ending = output.rsplit(".", 1)[-1].lower()
    known = {"json": "json", "txt": "table"}
    if ending not in known:
        raise click.UsageError(
            f"the ending of `{output}` does not say what to write: .json or .txt, or --format"
        )
    return known[ending]


def _written(plan: Plan, found: list[Occurrence], kind: str) -> str | bytes:
    import sys

    if kind == "json":
        import json

        return json.dumps([each.to_dict() for each in found], indent=2, ensure_ascii=False) + "\n"
    from careplan.commands.output import columns
    from careplan.report.schedule import schedule_text

    return schedule_text(plan, found, columns(sys.stdout), plain=kind == "plain")


def _pairs(given: tuple[str, ...], option: str, example: str) -> list[tuple[str, str]]:
    found = []
    for item in given:
        name, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            raise click.UsageError(
                f"`{option} {item}` needs a name and a value, such as `{option} {example}`"
            )
        found.append((name, value))
    return found


def _numbers(plan: Plan, stays: tuple[str, ...]) -> dict[str, int]:
    names = [p.name for p in plan.phases]
    found: dict[str, int] = {}
    for name, value in _pairs(stays, "--stay", f"{names[0]}=21"):
        if name not in names:
            raise click.UsageError(f"the plan has no phase `{name}`; it has: {', '.join(names)}")
        if not value.isdecimal() or int(value) < 1:
            raise click.UsageError(f"`--stay {name}={value}` needs a number of days, such as {name}=21")
        found[name] = int(value)
    return found


def _dates(plan: Plan, groups: tuple[str, ...]) -> dict[str, date]:
    names = [s.name for s in plan.services]
    found: dict[str, date] = {}
    for name, value in _pairs(groups, "--group", "process-group=2026-03-09"):
        if name not in names:
            raise click.UsageError(f"the plan has no service `{name}`; it has: {', '.join(names)}")
        found[name] = _as_date(value)
    return found


def _with_options(plan: Plan, message: str) -> str:
    """A missing fact, with the option that gives it."""
    facts = [f for f in plan.facts if f"`{f.name}`" in message]
    if "say what it is" not in message or not facts:
        return message
    domain = facts[0].domain
    value = (domain.values or ("yes",))[0] if domain.kind != "number" else f"{domain.low or 0:g}"
    return f"{message}, for example `--fact {facts[0].name}={value}`"
