"""Which export was asked for, and making it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from careplan.commands.dating import Wish

if TYPE_CHECKING:
    from careplan.export.carried import Carried
    from careplan.plan.model import Plan
    from careplan.render.graph.content import Detail
    from careplan.stay.schedule.occurrence import Occurrence

DATED = ("fhir-stay", "ics", "csv", "parquet", "arrow", "frappe", "bahmni")
TARGETS = ("json", "fhir", "dot", "mermaid", *DATED)
_TAKES_DETAIL = ("dot", "mermaid")
_TAKES_BASE = ("fhir", "fhir-stay")
_TAKES_PATIENT = ("fhir-stay", "ics", "frappe", "bahmni")


class Order(NamedTuple):
    """What to write; `patient` and what follows are for a dated stay."""

    target: str
    detail: str | None = None
    base: str | None = None
    patient: str | None = None
    part_2: bool = False
    stay: Wish = Wish()

    def check(self) -> None:
        """Raise UsageError for an option that has no meaning here, or one that is missing."""
        dated = self.target in DATED
        for option, given, fits in (
            ("--detail", self.detail, self.target in _TAKES_DETAIL),
            ("--base", self.base, self.target in _TAKES_BASE),
            *((option, True, dated) for option in self.stay.given),
            ("--patient", self.patient, self.target in _TAKES_PATIENT),
            ("--part-2", self.part_2, self.target == "fhir-stay"),
        ):
            if given and not fits:
                raise click.UsageError(f"{option} has no meaning for {self.target}")
        if dated and self.stay.start is None:
            raise click.UsageError(
                f"{self.target} is of one stay: say when it begins, such as `--start 2026-03-02`"
            )
        if self.target == "fhir-stay" and self.patient is None:
            raise click.UsageError("fhir-stay needs a patient: a reference such as `--patient Patient/123`")


def made(plan: Plan, order: Order) -> Carried:
    """The export; ExportError, or UsageError where a stay cannot be dated."""
    if order.target in DATED:
        return _of_stay(plan, order, order.stay.dated(plan))
    from careplan.export.carried import Carried

    detail: Detail = "full" if order.detail == "full" else "summary"
    if order.target == "fhir":
        from careplan.export.fhir.definitions import fhir_definitions

        return fhir_definitions(plan, order.base)
    if order.target == "json":
        from careplan.export.json import plan_json

        return Carried(plan_json(plan))
    if order.target == "dot":
        from careplan.render.graph import graph_dot

        return Carried(graph_dot(plan, detail))
    from careplan.render.mermaid import graph_mermaid

    return Carried(graph_mermaid(plan, detail))


def _of_stay(plan: Plan, order: Order, found: list[Occurrence]) -> Carried:
    from careplan.export.carried import Carried

    if order.target == "fhir-stay":
        from careplan.export.fhir.stay import fhir_stay

        return fhir_stay(plan, found, order.patient or "", base=order.base, part_2=order.part_2)
    if order.target == "ics":
        from careplan.export.dated.calendar import LEFT_OUT, calendar_file

        return Carried(calendar_file(plan, found, order.patient or ""), LEFT_OUT)
    if order.target == "csv":
        from careplan.export.dated.table import csv_text

        return Carried(csv_text(found))
    if order.target in ("parquet", "arrow"):
        from careplan.export.dated.arrow import arrow_bytes

        return Carried(arrow_bytes(found, "parquet" if order.target == "parquet" else "arrow"))
    if order.target == "frappe":
        from careplan.export.dated.frappe import PATIENT, frappe_json

        return frappe_json(plan, found, order.patient or PATIENT)
    from careplan.export.dated import bahmni

    return bahmni.bahmni_json(found, order.patient or bahmni.PATIENT)
