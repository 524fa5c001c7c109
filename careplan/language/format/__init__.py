"""The formatter: one style for every plan, token by token, so that nothing is lost.

Headers stand at the margin and lines two columns in; a sentence stands on one line if it fits in 100
columns, and is otherwise broken before the `and` and `or` of its condition, four columns in. One blank
line stands between blocks; within a block, and between headers without lines, the author's single blank
lines stay. Lines of one kind that follow one another are aligned as a table. Units, weekdays, times and
numbers are spelt in one way; lists keep the author's commas and `and`s.
"""

from __future__ import annotations

from careplan.diagnostics import PlanError, Severity
from careplan.language.format.layout import laid_out
from careplan.language.format.verify import FormatError, verify
from careplan.language.parser import parse
from careplan.source import Source

__all__ = ["FormatError", "format_text"]


def format_text(text: str, name: str = "plan") -> str:
    """`text` in the one style.

    Raises PlanError if a sentence cannot be read, and FormatError if the result would not say the same, with
    the same comments, or would come out differently if it were formatted again.
    """
    tree, diagnostics = parse(Source(name, text))
    if any(d.severity is Severity.ERROR for d in diagnostics):
        raise PlanError(diagnostics)
    formatted = laid_out(tree)
    if formatted == text:
        return text
    again, diagnostics = parse(Source(name, formatted))
    verify(tree, again, diagnostics)
    if laid_out(again) != formatted:
        raise FormatError("formatting a second time would give another text")
    return formatted
