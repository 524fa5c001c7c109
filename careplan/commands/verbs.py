"""The verbs, in the order of the help: what each does in one line, and an example."""

from __future__ import annotations

from keyword import iskeyword
from typing import NamedTuple


class Verb(NamedTuple):
    """One verb of the command line; `module` holds a click command of the same name."""

    name: str
    summary: str
    example: str

    @property
    def function(self) -> str:
        """The name of its function, which may be none of Python's own words."""
        return f"{self.name}_" if iskeyword(self.name) else self.name

    @property
    def module(self) -> str:
        """The module that defines it."""
        return f"careplan.commands.{self.function}"


SECTIONS = (
    (
        "Write a plan",
        (
            Verb("new", "Write a plan to start from", "careplan new my-plan.careplan"),
            Verb("check", "Find the mistakes in plans; changes nothing", "careplan check plans/"),
            Verb("test", "Run the scenarios of plans", "careplan test my-plan.careplan"),
            Verb("prove", "What holds on every path, or for whom not", "careplan prove my-plan.careplan"),
            Verb("fmt", "Put plans into one style", "careplan fmt my-plan.careplan"),
            Verb("config", "The settings that hold, and where from", "careplan config plans/"),
            Verb(
                "explain",
                "Explain a finding or a word of the language",
                "careplan explain phase-without-exit",
            ),
        ),
    ),
    (
        "Look at a plan",
        (
            Verb("show", "Hours, sessions, paths and medication as text", "careplan show my-plan.careplan"),
            Verb(
                "render",
                "Timeline, state graph, week or document",
                "careplan render my-plan.careplan -o plan.svg",
            ),
        ),
    ),
    (
        "Hand a plan on",
        (
            Verb(
                "schedule",
                "Dated sessions, tests and doses",
                "careplan schedule my-plan.careplan --start 2026-03-02",
            ),
            Verb(
                "expand",
                "Sessions of many patients, as Parquet",
                "careplan expand my-plan.careplan enrolments.parquet -o sessions/",
            ),
            Verb(
                "demand",
                "Staff and room hours per day",
                "careplan demand my-plan.careplan enrolments.parquet -o demand.csv",
            ),
            Verb("export", "As JSON, FHIR and more", "careplan export json my-plan.careplan -o plan.json"),
            Verb(
                "import",
                "Bring a plan from another program into the language",
                "careplan import plan.json --from fhir -o my-plan.careplan",
            ),
            Verb("schema", "The JSON Schema of what is exported", "careplan schema plan"),
        ),
    ),
)

VERBS = {verb.name: verb for _, verbs in SECTIONS for verb in verbs}
