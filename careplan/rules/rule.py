"""What a rule is: a module whose docstring is its page, and one function that looks at a plan.

    \"\"\"A phase gives fewer clinical hours than its level of care asks for.

    Why that matters, and what to do.

    source: fact `level-2.1.adults`

    ```careplan bad
    …
    ```

    ```careplan good
    …
    ```
    \"\"\"

    @rule(Severity.WARNING)
    def check(context: RuleContext) -> Iterator[Found]: …

Its name is the module's, its pack the folder's: nothing is written twice, and a rule is found by being there.
A folder may be shared by several packs (`shares` in packs.json).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Fix, Label, Severity
from careplan.rules.context import RuleContext
from careplan.source import Span


class Found(NamedTuple):
    """One finding of a rule; the rule adds its name and severity."""

    message: str
    span: Span
    here: str = ""
    help: str = ""
    related: tuple[Label, ...] = ()
    fix: Fix | None = None


Check = Callable[[RuleContext], Iterator[Found]]


class Rule(NamedTuple):
    """A rule: its kebab-case name, its folder, its severity, its page (Markdown) and its function.

    The folder is a pack's, or one that several packs share.
    """

    name: str
    folder: str
    severity: Severity
    page: str
    check: Check

    def findings(self, context: RuleContext) -> Iterator[Diagnostic]:
        """What the rule finds in a plan."""
        for found in self.check(context):
            yield Diagnostic(self.name, self.severity, *found)


def rule(severity: Severity) -> Callable[[Check], Rule]:
    """Make a rule of the module's function."""

    def decorate(check: Check) -> Rule:
        module = check.__module__
        folder, name = (part.replace("_", "-") for part in module.split(".")[-2:])
        page = sys.modules[module].__doc__ or ""
        return Rule(name, folder, severity, page, check)

    return decorate
