"""From what was found in a file to what is reported: here, and nowhere else, findings are left out.

In turn: the comments of the plan have allowed what they allow (when it was read), then come the levels that
are set for its folder, then the baseline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from careplan.commands.trouble import told_of_rule
from careplan.diagnostics import worst
from careplan.report import Findings
from careplan.rules.settings import Settings

if TYPE_CHECKING:
    from careplan.commands.baseline import Baseline
    from careplan.reading import Reading
    from careplan.report.fingerprint import Key


class Reported(NamedTuple):
    """What is reported of a file, and the keys of what a baseline holds."""

    findings: Findings
    held: tuple[Key, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether something weighs as much as what is set to fail a check."""
        found = worst(self.findings.diagnostics)
        return found is not None and found >= self.findings.fail_on


def reported(read: Reading, settings: Settings, baseline: Baseline | None = None) -> Reported:
    """What is reported of a file that was read."""
    diagnostics = settings.applied(read.diagnostics)
    failures = tuple(told_of_rule(failure) for failure in read.failures)
    findings = Findings(read.tree.source.name, diagnostics, read.sources, "", settings.fail_on, failures)
    return Reported(findings) if baseline is None else Reported(*baseline.split(findings))
