"""What careplan says about a plan: frozen values. Nothing here prints or raises."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from careplan.source import Span


class Severity(IntEnum):
    """How much a finding weighs; a larger value weighs more."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The severity as users read it."""
        return self.name.lower()


class Label(NamedTuple):
    """A place that helps to understand a diagnostic, and what it shows."""

    span: Span
    text: str


class Edit(NamedTuple):
    """Put `text` in the place of `span`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A change that is safe to make: it never touches a dose, drug, date, threshold or direction."""

    title: str
    edits: tuple[Edit, ...]


class Diagnostic(NamedTuple):
    """One fault of a plan.

    `name` is stable kebab-case and has a page (`careplan explain NAME`); `message` says what is wrong in
    the plan's own words; `here` stands beside the marked text; `help` says what would be right.
    """

    name: str
    severity: Severity
    message: str
    span: Span
    here: str = ""
    help: str = ""
    related: tuple[Label, ...] = ()
    fix: Fix | None = None


def error(name: str, message: str, span: Span, **more: object) -> Diagnostic:
    """An error: the plan cannot be used like this."""
    return Diagnostic(name, Severity.ERROR, message, span, **more)  # type: ignore[arg-type]


def warning(name: str, message: str, span: Span, **more: object) -> Diagnostic:
    """A warning: the plan can be used, and somebody should look."""
    return Diagnostic(name, Severity.WARNING, message, span, **more)  # type: ignore[arg-type]


def note(name: str, message: str, span: Span, **more: object) -> Diagnostic:
    """A note: nothing needs to be done."""
    return Diagnostic(name, Severity.NOTE, message, span, **more)  # type: ignore[arg-type]


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics by file and place, each once."""
    return sorted(set(diagnostics), key=lambda d: (d.span.file, d.span.start, d.span.end, d.name, d.message))


def worst(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """The greatest severity among them, or None where there are none."""
    return max((d.severity for d in diagnostics), default=None)


class PlanError(ValueError):
    """Raised by `load` and `loads`: the text is not a plan. `diagnostics` holds every finding."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        lines = [f"{d.span.file}:{d.span.line}:{d.span.column}: {d.message} [{d.name}]" for d in errors]
        count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        super().__init__("\n".join([f"the plan has {count}", *lines]))
