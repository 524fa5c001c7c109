"""Services that let people in too rarely for a phase."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.diagnostics import Diagnostic, Label, warning
from careplan.plan.context import Context
from careplan.plan.words import duration_words, every_words


def check(context: Context) -> Iterator[Diagnostic]:
    """Somebody who comes just after an entry must meet the next one before the phase is over."""
    for phase in context.plan.phases:
        for line in phase.services:
            service = context.services.get(line.service)
            wait = service.admission_days if service is not None else None
            if service is None or wait is None or phase.longest is None or wait <= phase.longest:
                continue
            yield warning(
                "admission-too-rare",
                f"`{service.name}` lets people in {every_words(wait)}, and `{phase.name}` lasts "
                f"{duration_words(phase.longest)} at most: some never get in",
                line.span,
                help="let people in more often, or make the admission rolling",
                related=(Label(service.span, f"admits {every_words(wait)}"),),
            )
