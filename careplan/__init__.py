"""A small language for addiction treatment plans, and what makes such a plan safe to use.

>>> import careplan
>>> plan = careplan.load("examples/oud-step-down.careplan")
>>> [phase.name for phase in plan.phases]
['residential', 'iop', 'aftercare']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from typing import Any

    import pyarrow

    from careplan.diagnostics import Diagnostic, PlanError, Severity
    from careplan.plan.facts import Facts
    from careplan.plan.model import Plan
    from careplan.stay.live import PlanChanged, RecordError, Stay
    from careplan.stay.schedule.occurrence import Occurrence

__version__ = "0.1.0"
__all__ = [
    "Diagnostic",
    "Occurrence",
    "Plan",
    "PlanChanged",
    "PlanError",
    "RecordError",
    "Severity",
    "Stay",
    "check",
    "demand",
    "expand",
    "format_text",
    "load",
    "loads",
    "sessions",
]


def load(path: Path | str, root: Path | str | None = None) -> Plan:
    """The plan in the file at `path`.

    Raises PlanError, which carries every finding, if the file is not a sound plan, and FileProblem (an
    OSError) if it cannot be read. `use` lines may not lead out of `root` (default: the file's folder).
    """
    from careplan.reading import read_file

    return _plan(read_file(path, root, packs=None))


def loads(text: str, name: str = "plan") -> Plan:
    """The plan that `text` says; raises PlanError, which carries every finding, if it is not a sound one."""
    from careplan.reading import read_text

    return _plan(read_text(text, name, packs=None))


def check(text: str, name: str = "plan", root: Path | str | None = None) -> list[Diagnostic]:
    """Every finding about a plan or a library, in file order. Never raises for a user's fault."""
    from careplan.reading import read_text

    return list(read_text(text, name, root).diagnostics)


def format_text(text: str, name: str = "plan") -> str:
    """The text in careplan's one style; raises PlanError if a part of it cannot be read."""
    from careplan.language.format import format_text as format_

    return format_(text, name)


def sessions(
    plan: Plan, start: date, facts: Facts | None = None, zone: str | None = None, **options: Any
) -> list[Occurrence]:
    """The dated sessions, tests and doses of somebody admitted on `start`, in order of time.

    `facts` are known at admission (`{"track": "evening"}`), `zone` is an IANA name such as
    `America/Chicago`; the options are those of `careplan.stay.schedule.sessions.sessions`. Raises
    ValueError, with a message in the plan's words, for facts or a zone that do not exist.
    """
    from careplan.stay.schedule.sessions import sessions as dated

    return dated(plan, start, facts, zone, **options)


def expand(plan: Plan, enrolments: Any, **options: Any) -> pyarrow.RecordBatchReader:
    """A stream of the sessions of many patients; needs `careplan[scale]`.

    `enrolments` is an Arrow table, or the path of a Parquet or CSV file; see
    `careplan.stay.scale.expand.expand` for its columns, the options and the rows.
    """
    from careplan.stay.scale.expand import expand as expanded

    return expanded(plan, enrolments, **options)


def demand(plan: Plan, enrolments: Any, **options: Any) -> pyarrow.Table:
    """Patients, sessions and hours for each day and service, for the same enrolments as `expand`."""
    from careplan.stay.scale.demand import demand as added_up

    return added_up(plan, enrolments, **options)


def _plan(reading: object) -> Plan:
    from careplan.diagnostics import PlanError, error
    from careplan.reading import Reading

    assert isinstance(reading, Reading)
    if reading.plan is None:
        raise PlanError(reading.diagnostics)
    if reading.is_library:
        here = reading.tree.source.span(0, 0)
        message = "this file has no `plan` block: it is a library, for other files to use"
        raise PlanError([*reading.diagnostics, error("no-plan", message, here)])
    return reading.plan


def __getattr__(name: str) -> object:
    # Imported when asked for, so that `import careplan` stays light.
    if name == "Plan":
        from careplan.plan import model

        return model.Plan
    if name == "Occurrence":
        from careplan.stay.schedule import occurrence

        return occurrence.Occurrence
    if name in ("Diagnostic", "PlanError", "Severity"):
        from careplan import diagnostics

        return getattr(diagnostics, name)
    if name in ("PlanChanged", "RecordError", "Stay"):
        from careplan.stay import live

        return getattr(live, name)
    raise AttributeError(f"module 'careplan' has no attribute {name!r}")
