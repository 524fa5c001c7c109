"""SARIF 2.1.0, for code scanning: one run, whose rules are the findings that came up, with their pages."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import careplan
from careplan.diagnostics import Diagnostic, Fix
from careplan.files import printable
from careplan.report import Findings, Report, Totals
from careplan.report.fingerprint import Key, keys
from careplan.report.plain import in_a_paragraph, opening, sentence
from careplan.report.root import AS_GIVEN, Region, Root, region
from careplan.source import NOWHERE, Span

_NAME = re.compile(r'^\{"ruleId": "([a-z0-9-]+)"', re.MULTILINE)
_NO_PAGES = {"not-checked": "A file could not be checked", "rule-failed": "A rule of careplan failed"}
_ROOT = "%SRCROOT%"


class Sarif(Report):
    """One JSON document; results first, as what is known only at the end comes after them."""

    separator = ",\n"

    def __init__(self, root: Root = AS_GIVEN) -> None:
        self.root = root
        self.names: set[str] = set()

    def begin(self) -> str:
        """The head of the document, up to the list of results."""
        head = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
        run = {
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {_ROOT: _text("description", _ROOT_SAYS)},
        }
        return f'{json.dumps(head)[:-1]}, "runs": [{json.dumps(run)[:-1]}, "results": [\n'

    def file(self, findings: Findings) -> str:
        """A result for each finding."""
        path, nowhere = self.root.path(findings.file), self._location(NOWHERE, findings)
        results = [
            _result(Key(path, name, words, 1), "error", opening(words), nowhere)
            for name, words in findings.troubles
        ]
        pairs = zip(findings.diagnostics, keys(findings, self.root.path), strict=True)
        return self.separator.join((*results, *(self._finding(d, key, findings) for d, key in pairs)))

    def shown(self, part: str) -> str:
        """The results as they are; the rules are listed at the end."""
        self.names.update(_NAME.findall(part))
        return part

    def end(self, totals: Totals) -> str:
        """The rules, whether every file was checked, and the end of the document."""
        driver = {
            "name": "careplan",
            "version": careplan.__version__,
            "semanticVersion": careplan.__version__,
            "rules": [_rule(name) for name in sorted(self.names)],
        }
        successful = not (totals.problems or totals.failed)
        tail = {"tool": {"driver": driver}, "invocations": [{"executionSuccessful": successful}]}
        return f"\n], {json.dumps(tail, ensure_ascii=False)[1:]}]}}\n"

    def _finding(self, d: Diagnostic, key: Key, findings: Findings) -> str:
        more: dict[str, Any] = {}
        if d.related:
            more["relatedLocations"] = [
                {"id": n, **_message(sentence(printable(label.text))), **self._location(label.span, findings)}
                for n, label in enumerate(d.related, 1)
            ]
        if d.fix:
            more["fixes"] = [self._fix(d.fix, findings)]
        said = in_a_paragraph(d.message, d.here, d.help)
        return _result(key, d.severity.word, said, self._location(d.span, findings), more)

    def _location(self, span: Span, findings: Findings) -> dict[str, Any]:
        artifact = _artifact(self.root.path(span.file or findings.file))
        return {"physicalLocation": {"artifactLocation": artifact, "region": _region(span, findings)}}

    def _fix(self, fix: Fix, findings: Findings) -> dict[str, Any]:
        replacements = [
            {"deletedRegion": _region(edit.span, findings), "insertedContent": {"text": edit.text}}
            for edit in fix.edits
        ]
        file = self.root.path(fix.edits[0].span.file)
        change = {"artifactLocation": _artifact(file), "replacements": replacements}
        return {**_text("description", fix.title), "artifactChanges": [change]}


_ROOT_SAYS = "The folder of the repository."


def _result(
    key: Key, level: str, said: str, location: dict[str, Any], more: dict[str, Any] | None = None
) -> str:
    result = {
        "ruleId": key.name,
        "level": level,
        **_message(said),
        "locations": [location],
        # The name by which GitHub's code scanning knows a finding again, and a name of our own.
        "partialFingerprints": {
            "primaryLocationLineHash": f"{key._replace(number=0).digest}:{key.number}",
            "careplan/v1": key.digest,
        },
        **(more or {}),
    }
    return json.dumps(result, ensure_ascii=False)


def _artifact(path: str) -> dict[str, str]:
    # A path that begins at the machine's root has no place in the repository.
    uri = quote(path, safe="/~!$&'()*+,;=@")
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}


def _region(span: Span, findings: Findings) -> dict[str, int]:
    # Code scanning shows nothing that has no line: what is about the whole file stands at its beginning.
    where = region(span, findings.sources.get(span.file)) if span.line else Region(1, 1, 1, 1)
    return {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }


def _message(said: str) -> dict[str, dict[str, str]]:
    # Braces are placeholders in SARIF, and brackets before parentheses are links.
    braces = said.replace("{", "{{").replace("}", "}}")
    return {"message": {"text": re.sub(r"\[(?=[^\]]*\]\()", r"\\[", braces)}}


def _text(name: str, text: str) -> dict[str, dict[str, str]]:
    return {name: {"text": sentence(printable(text))}}


def _rule(name: str) -> dict[str, Any]:
    """What is said of a rule once: its page, as Markdown."""
    from careplan.report.pages import first_sentence, page_of

    page = page_of(name) or f"{_NO_PAGES.get(name, name)}.\n"
    short = first_sentence(page)
    words = {"shortDescription": {"text": short}, "help": {"text": short, "markdown": page}}
    return {"id": name, **words}
