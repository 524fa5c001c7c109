"""For a terminal: the message, the place, the line with marks under it, and what would be right."""

from __future__ import annotations

from careplan.diagnostics import Diagnostic, Severity
from careplan.files import printable
from careplan.report import Findings, Report, Totals
from careplan.report.excerpt import excerpt
from careplan.report.words import place, summary
from careplan.source import Span

_BOLD, _DIM, _OFF = "1", "2", "\x1b[0m"
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


class Full(Report):
    """Colour only repeats what the words say."""

    separator = "\n"

    def __init__(self, colour: bool = False, width: int = 100) -> None:
        self.colour = colour
        self.width = width

    def file(self, findings: Findings) -> str:
        """A paragraph for each diagnostic."""
        explained: set[str] = set()
        paragraphs = []
        for d in findings.diagnostics:
            lines = self._paragraph(d, findings)
            if d.name not in explained:
                lines.append(self._paint(f"  more: careplan explain {d.name}", _DIM))
            explained.add(d.name)
            paragraphs.append("\n".join(lines) + "\n")
        return "\n".join(paragraphs)

    def end(self, totals: Totals) -> str:
        """The summary."""
        if not (words := summary(totals)):
            return ""
        worst = _COLOURS[Severity.ERROR] if totals.errors else _COLOURS[Severity.WARNING]
        style = f"{_BOLD};{worst}" if totals.errors or totals.warnings else _BOLD
        return ("\n" if totals.with_findings else "") + self._paint(words, style) + "\n"

    def _paragraph(self, d: Diagnostic, findings: Findings) -> list[str]:
        colour = _COLOURS[d.severity]
        head = self._paint(f"{d.severity.word}[{d.name}]", f"{_BOLD};{colour}")
        lines = [f"{head}: {self._paint(printable(d.message), _BOLD)}"]
        lines += self._excerpt(d.span, printable(d.here), colour, findings)
        for label in d.related:
            lines += self._excerpt(label.span, printable(label.text), "34", findings, "see ")
        if d.help:
            lines.append(f"  {self._paint('help:', '32')} {printable(d.help)}")
        return lines

    def _excerpt(self, span: Span, words: str, colour: str, findings: Findings, see: str = "") -> list[str]:
        where = f"  {see}{place(span, findings.file)}"
        source = findings.sources.get(span.file)
        if source is None or not source.line_text(span.line):
            return [f"{where}: {words}" if words else where]
        number = str(span.line)
        gutter = " " * len(number) + " | "
        part = excerpt(source, span, self.width - len(gutter))
        marks = self._paint(f"{'~' * part.width} {words}".rstrip(), colour)
        lines = [where, f"{self._paint(f'{number} |', _DIM)} {part.line}"]
        return [*lines, f"{self._paint(gutter.rstrip(), _DIM)} {' ' * part.at}{marks}"]

    def _paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}{_OFF}" if self.colour and text else text
