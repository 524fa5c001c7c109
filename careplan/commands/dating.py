"""The options that say which stay of a plan is meant, and dating it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from careplan.plan.model import Plan
    from careplan.stay.schedule.occurrence import Occurrence
    from careplan.stay.schedule.slots import Slot

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--start", metavar="DATE", help="The day of admission."),
    click.option("--zone", metavar="ZONE", help="The clinic's time zone, such as America/Chicago."),
    click.option(
        "--fact", "facts", multiple=True, metavar="NAME=VALUE", help="For whom; can be given again."
    ),
    click.option("--scenario", metavar="TITLE", help="The stay of one of the plan's scenarios."),
    click.option("--stay", "stays", multiple=True, metavar="PHASE=DAYS", help="How long a visit lasts."),
    click.option("--longest", is_flag=True, help="Each visit to its maximum, not to its first way out."),
    click.option(
        "--holidays", metavar="US-IL|FILE", help="Closed days: a country and state, or a file of dates."
    ),
    click.option(
        "--on-holiday",
        type=click.Choice(["plan", "cancel", "move", "keep"]),
        default="plan",
        help="What becomes of sessions then; the plan's own policy, if not said.",
    ),
    click.option("--admitted-at", metavar="TIME", help="Earlier sessions of day 1 are cancelled."),
    click.option(
        "--group", "groups", multiple=True, metavar="SERVICE=DATE", help="When its next group begins."
    ),
)


def stay_options(command: F) -> F:
    """Gives a verb the options whose values make a `Wish`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Wish(NamedTuple):
    """The values of `stay_options`, as they were typed."""

    start: str | None = None
    zone: str | None = None
    facts: tuple[str, ...] = ()
    scenario: str | None = None
    stays: tuple[str, ...] = ()
    longest: bool = False
    holidays: str | None = None
    on_holiday: Literal["plan", "cancel", "move", "keep"] = "plan"
    admitted_at: str | None = None
    groups: tuple[str, ...] = ()

    @property
    def given(self) -> list[str]:
        """The options that were used."""
        names = {"facts": "fact", "stays": "stay", "groups": "group"}
        default = Wish()._asdict()
        used = [name for name, value in self._asdict().items() if value != default[name]]
        return [f"--{names.get(name, name).replace('_', '-')}" for name in used]

    def dated(self, plan: Plan) -> list[Occurrence]:
        """The sessions, tests and doses of that stay; a usage error if it cannot be dated."""
        from careplan.commands.holidays import holidays_of
        from careplan.commands.opening import facts_from
        from careplan.stay.schedule.sessions import on_calendar, sessions

        if self.start is None:
            raise click.UsageError("say when the stay begins, such as `--start 2026-03-02`")
        first = _as_date(self.start)
        begins = _as_time(self.admitted_at) if self.admitted_at is not None else None
        closed = holidays_of(self.holidays, first) if self.holidays else None
        calendar: dict[str, Any] = {
            "holidays": closed, "on_holiday": self.on_holiday, "admitted_at": begins,
            "groups": _dates(plan, self.groups),
        }  # fmt: skip
        try:
            if self.scenario is not None:
                return on_calendar(plan, self._told(plan, first), first, self.zone, **calendar)
            return sessions(
                plan, first, facts_from(plan, self.facts) or {}, self.zone,
                length="longest" if self.longest else "shortest", stays=days_of_phases(plan, self.stays),
                **calendar,
            )  # fmt: skip
        except ValueError as wrong:
            raise click.UsageError(_with_options(plan, str(wrong))) from wrong

    def _told(self, plan: Plan, first: date) -> tuple[Slot, ...]:
        """What the scenario's stay brings, up to its end or its last expectation."""
        from careplan.commands.opening import scenario_of
        from careplan.stay.scenario import run
        from careplan.stay.schedule.slots import slots_of

        clash = [option for option in self.given if option in ("--fact", "--stay", "--longest")]
        if clash:
            raise click.UsageError(
                f"{clash[0]} has no meaning beside --scenario, which tells the stay itself"
            )
        told = scenario_of(plan, self.scenario or "")
        if told.admitted_on is not None and told.admitted_on != first.weekday():
            raise click.UsageError(f"the scenario begins on another weekday than {first}")
        ran = run(plan, told.model_copy(update={"admitted_on": first.weekday()}))
        if ran.story is None or ran.result.troubles:
            wrong = ran.result.troubles[0].what if ran.result.troubles else "it cannot begin"
            raise click.UsageError(f"the scenario `{told.title}` does not run: {wrong}")
        return slots_of(ran.story.program, ran.story.days)


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


def days_of_phases(plan: Plan, stays: tuple[str, ...]) -> dict[str, int]:
    """The days of `--stay PHASE=DAYS` options, checked against the plan."""
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
