"""`careplan test --update`: the `expect` lines that are not met, rewritten to what happens.

Nothing else is touched: the text is read again before it is written, and must be the same plan but for what
its scenarios expect.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from careplan.commands.diff import difference
from careplan.commands.testing import Request, read, run_all
from careplan.files import FileProblem, write_atomically
from careplan.plan.model import Plan, Scenario
from careplan.plan.words import expectation_words
from careplan.reading import Reading
from careplan.report.words import several
from careplan.source import Span


def accept(found: Reading, path: str, root: str, request: Request) -> tuple[Reading, tuple[Scenario, ...]]:
    """The file as it is after the update, and the scenarios that were asked for in it."""
    plan = found.plan
    assert plan is not None
    source = found.tree.source
    titles = {s.title for s in plan.scenarios if (request.wanted or "").casefold() in s.title.casefold()}
    reading, count = found, 0
    # What one expectation is rewritten to matters to the next: one of each scenario at a time.
    for _ in range(max((len(s.expects) for s in plan.scenarios), default=0)):
        assert reading.plan is not None
        edits = _edits(reading, titles, request.seed)
        if not edits:
            break
        text = _edited(reading.tree.source.text, edits)
        after = read(path, root, text)
        if after.plan is None or _without_expectations(after.plan) != _without_expectations(plan):
            what = "the update would change more than what is expected; this file was left alone"
            raise FileProblem(path, what)
        reading, count = after, count + len(edits)
    if count:
        sys.stderr.write(difference(source.name, source.text, reading.tree.source.text, "updated"))
        write_atomically(path, reading.tree.source.text, was=source.text)
        print(f"updated {several(count, 'line')} of {source.name}", file=sys.stderr)
    assert reading.plan is not None
    return reading, tuple(s for s in reading.plan.scenarios if s.title in titles)


def _edits(reading: Reading, titles: set[str], seed: str) -> list[tuple[Span, str]]:
    plan, source = reading.plan, reading.tree.source
    assert plan is not None
    chosen = [s for s in plan.scenarios if s.title in titles]
    edits = []
    for ran in run_all(plan, chosen, seed):
        if ran.result.troubles:
            continue  # what happens is not known before these are mended
        for verdict in ran.result.verdicts:
            span = verdict.expected.span
            if verdict.met or verdict.instead is None or span.file != source.name:
                continue
            if "#" in source.text[span.start : span.end]:
                continue  # a remark between the line's parts would be lost
            edits.append((span, expectation_words(verdict.instead)))
            break  # the next ones are looked at from there
    return edits


def _edited(text: str, edits: Sequence[tuple[Span, str]]) -> str:
    for span, words in sorted(edits, reverse=True):
        text = text[: span.start] + words + text[span.end :]
    return text


def _without_expectations(plan: Plan) -> object:
    scenarios = tuple(s.model_copy(update={"expects": ()}) for s in plan.scenarios)
    return _without_places(plan.model_copy(update={"scenarios": scenarios}).model_dump())


def _without_places(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_places(part) for name, part in value.items() if name != "span"}
    return [_without_places(part) for part in value] if isinstance(value, list | tuple) else value
