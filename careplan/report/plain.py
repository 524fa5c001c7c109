"""Whole sentences, for a screen reader, a log or an e-mail: nothing is said by position or colour."""

from __future__ import annotations

from careplan.diagnostics import Diagnostic
from careplan.files import printable
from careplan.report import Findings, Report, Totals, count
from careplan.report.excerpt import excerpt, shown
from careplan.report.words import found, listed, summary
from careplan.source import Source, Span

_LONGEST = 200


class Plain(Report):
    """Sentences that read well aloud."""

    separator = "\n"

    def file(self, findings: Findings) -> str:
        """A heading with the counts, then a paragraph for each diagnostic."""
        if not findings.diagnostics:
            return ""
        paragraphs = [f"{findings.file}: {listed(found(count(findings)))}.\n"]
        paragraphs += [_paragraph(d, findings) for d in findings.diagnostics]
        return "\n".join(paragraphs)

    def end(self, totals: Totals) -> str:
        """The summary."""
        words = summary(totals)
        return ("\n" if totals.with_findings else "") + sentence(words) + "\n" if words else ""


def _paragraph(d: Diagnostic, findings: Findings) -> str:
    head = d.severity.word.capitalize() + (f" on {_place(d.span, findings.file)}" if d.span.line else "")
    lines = [f"{head}: {sentence(printable(d.message))}"]
    quoted = _quoted(d.span, findings.sources.get(d.span.file))
    lines += quoted
    if d.here:
        about = "the marked words" if len(quoted) > 1 else "this line"
        lines.append(f"About {about}: {sentence(printable(d.here))}")
    for label in d.related:
        lines.append(f"See also {_place(label.span, findings.file)}: {sentence(printable(label.text))}")
        lines += _quoted(label.span, findings.sources.get(label.span.file))
    if d.help:
        lines.append(f"Help: {sentence(printable(d.help))}")
    lines.append(f"More: careplan explain {d.name}")
    return "\n".join(lines) + "\n"


def _place(span: Span, file: str) -> str:
    where = f"line {span.line}, column {span.column}"
    return where if span.file == file else f"{where} of {span.file}"


def _quoted(span: Span, source: Source | None) -> list[str]:
    """The line, and the part of it that is meant where that is not all of it."""
    if source is None or not source.line_text(span.line).strip():
        return []
    line = _words(excerpt(source, span, _LONGEST).line)
    marked = _words(shown(source.text[span.start : span.end].split("\n")[0]))
    words = [f"Marked words: {marked}"] if marked and marked != line else []
    return [f"The line reads: {line}", *words]


def _words(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"


def sentence(text: str) -> str:
    """The text, with a full stop where it has no end of its own."""
    return text if text.endswith((".", "!", "?", ":")) else text + "."


def in_a_paragraph(message: str, here: str, help_: str) -> str:
    """The message, what the marked words are, and what would be right, on one line."""
    said = f"{message} ({here})" if here else message
    return sentence(printable(said)) + (f" Help: {sentence(printable(help_))}" if help_ else "")


def opening(words: str) -> str:
    """The words as a sentence that begins with a capital letter."""
    return sentence(printable(words[:1].upper() + words[1:]))
