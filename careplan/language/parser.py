"""Text to syntax tree. Every fault is reported once, and reading goes on with the next sentence."""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Severity, in_order
from careplan.language.engine import Failure, read_sentence
from careplan.language.mistakes import hyphen_range
from careplan.language.nodes import Node, Token
from careplan.language.scan import Comment, Scan, scan
from careplan.language.tables import tables
from careplan.source import Source

LINE_RULES = {
    "use": "",
    "plan": "plan_line",
    "source": "source_line",
    "fact": "fact_line",
    "measure": "measure_line",
    "event": "event_line",
    "therapy": "therapy_line",
    "support": "therapy_line",
    "formulary": "formulary_line",
    "medication": "medication_line",
    "phase": "phase_line",
    "anytime": "anytime_line",
    "outcome": "outcome_line",
    "goal": "goal_line",
    "claim": "claim_line",
    "scenario": "scenario_line",
}
SPELLING = ("letter-case", "underscore", "stray-hyphen")
"""Findings about how a word is written: not worth a report on a line that has an error."""


class Sentence(NamedTuple):
    """One sentence; `node` is None where it could not be read."""

    tokens: tuple[Token, ...]
    node: Node | None

    @property
    def start(self) -> int:
        """The offset of the first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.tokens[-1].end


class Block(NamedTuple):
    """A header and its lines; `kind` is the block's word, "" for lines before the first header."""

    kind: str
    header: Sentence | None
    lines: tuple[Sentence, ...]


class SyntaxTree(NamedTuple):
    """A file as it is written: blocks and comments in order."""

    source: Source
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...]

    def unread(self) -> list[Sentence]:
        """The sentences that could not be read."""
        every = [s for b in self.blocks for s in ((b.header, *b.lines) if b.header else b.lines)]
        return [s for s in every if s.node is None]


@cache
def leads() -> frozenset[str]:
    """Every word that can begin a line."""
    every = tables()
    return frozenset(
        text for text, name in every.words.items() if any(name in every.states[s] for s in _line_starts())
    )


def _line_starts() -> list[int]:
    return [state for rule, state in tables().starts.items() if rule != "start"]


def parse(source: Source) -> tuple[SyntaxTree, list[Diagnostic]]:
    """The syntax tree of `source`, and what is wrong with it, in file order. Never raises for a fault."""
    scanned = scan(source, leads())
    reader = _Reader(source, scanned)
    for number, tokens in enumerate(scanned.sentences):
        if tokens:
            reader.take(number, tokens)
    reader.close()
    diagnostics = _one_each(scanned.diagnostics, reader.diagnostics)
    return SyntaxTree(source, tuple(reader.blocks), tuple(scanned.comments)), diagnostics


def _one_each(scanned: list[Diagnostic], parsed: list[Diagnostic]) -> list[Diagnostic]:
    """All diagnostics; a mark that the parser explains better is not reported twice."""
    if not scanned:
        return in_order(parsed) if len(parsed) > 1 else parsed
    explained = {d.span.line for d in (*scanned, *parsed) if d.name == "range-with-hyphen"}
    wrong = {d.span.line for d in (*scanned, *parsed) if d.severity is Severity.ERROR}
    kept: list[Diagnostic] = []
    told: set[int] = set()  # the lines with an error that is kept
    for diagnostic in sorted(scanned, key=lambda d: (-d.severity, d.span.start)):
        line = diagnostic.span.line
        is_error = diagnostic.severity is Severity.ERROR
        if is_error and line in told:
            continue
        if diagnostic.name == "long-dash" and line in explained:
            continue
        if diagnostic.name in SPELLING and line in wrong:
            continue
        kept.append(diagnostic)
        if is_error:
            told.add(line)
    return in_order([*kept, *parsed])


class _Reader:
    """The state of reading one file, sentence by sentence."""

    def __init__(self, source: Source, scanned: Scan) -> None:
        self.source = source
        self.marred = scanned.marred
        self.unsure = scanned.unsure
        self.tables = tables()
        self.blocks: list[Block] = []
        self.diagnostics: list[Diagnostic] = []
        self.kind = ""
        self.header: Sentence | None = None
        self.lines: list[Sentence] = []
        self.outside = False  # a line outside of any block was reported
        self.lost = False  # the last sentence could not be read: it may have been a header
        self.sentences = scanned.sentences

    def names(self) -> frozenset[str]:
        """The names that the file's headers declare, also where a header has one in two words."""
        found = set()
        for tokens in self.sentences:
            if tokens and tokens[0].text in LINE_RULES:
                words = [t.text for t in takewhile(lambda t: t.kind == "NAME", tokens[1:])]
                apart = len(words) > 1 and words[0] not in LINE_RULES
                found |= {*words[:1], "-".join(words[:2])} if apart else {*words[:1]}
        return frozenset(found)

    def take(self, number: int, tokens: list[Token]) -> None:
        """Read one sentence."""
        lead = tokens[0].text if tokens[0].kind == "NAME" else ""
        if lead in LINE_RULES and not self._line_like_header(tokens):
            self._begin(lead, number, tokens)
        else:
            self._line(number, tokens)

    def close(self) -> None:
        """End the block that is being read."""
        if self.header or self.lines:
            self.blocks.append(Block(self.kind, self.header, tuple(self.lines)))
        self.header, self.lines = None, []

    def _begin(self, kind: str, number: int, tokens: list[Token]) -> None:
        self.close()
        self.kind = kind
        self.lost = self.outside = False
        node = self._read(number, tokens, "header", kind)
        self.header = Sentence(tuple(tokens), node)

    def _line_like_header(self, tokens: list[Token]) -> bool:
        """Whether `measure uds weekly` or `therapy cbt weekly` in a phase is meant as one of its lines."""
        if self.kind != "phase" or tokens[0].text not in ("measure", "therapy", "support"):
            return False
        if not isinstance(read_sentence(self.tables, tokens, "header"), Failure):
            return False
        meant = (
            [tokens[0]._replace(text="assess"), *tokens[1:]] if tokens[0].text == "measure" else tokens[1:]
        )
        return bool(meant) and not isinstance(read_sentence(self.tables, meant, "phase_line"), Failure)

    def _line(self, number: int, tokens: list[Token]) -> None:
        rule = LINE_RULES.get(self.kind, "")
        if not rule and self.outside:
            self.lines.append(Sentence(tuple(tokens), None))
            return
        result = read_sentence(self.tables, tokens, rule) if rule else Failure(0, [])
        if isinstance(result, Failure) and self.lost and (kind := self._kind_of(tokens)):
            # The unreadable sentence before this one was the header of another block.
            self._regroup(kind)
            rule = LINE_RULES[kind]
            result = read_sentence(self.tables, tokens, rule)
        if isinstance(result, Failure):
            if self._unknown_header(number, tokens, rule):
                return
            self.lost = True
            node = self._explain(number, tokens, rule, result)
        else:
            self.lost = False
            node = None if number in self.unsure else result
        self.lines.append(Sentence(tuple(tokens), node))

    def _unknown_header(self, number: int, tokens: list[Token], rule: str) -> bool:
        """Take a header whose first word is misspelt or missing; False if the sentence is none."""
        from careplan.language import messages  # not needed, and so not loaded, for a file without faults

        kind = messages.misspelt_block(tokens, LINE_RULES)
        if not kind and not messages.is_header_without_block(tokens, rule, self.tables):
            return False
        self._report(number, messages.unknown_block(self.source, tokens, kind))
        self.close()
        self.header = Sentence(tuple(tokens), None)
        # Without its word, the block is taken for one like the last, until a line shows another kind.
        self.lost = not kind
        self.kind = kind or self.kind
        return True

    def _read(self, number: int, tokens: list[Token], rule: str, kind: str) -> Node | None:
        result = read_sentence(self.tables, tokens, rule)
        if isinstance(result, Failure):
            return self._explain(number, tokens, rule, result, kind)
        return None if number in self.unsure else result

    def _explain(
        self, number: int, tokens: list[Token], rule: str, failure: Failure, kind: str = ""
    ) -> Node | None:
        """Report a sentence that cannot be read; where its meaning is plain, its node all the same."""
        from careplan.language import messages
        from careplan.language.misfits import misfit, not_measured, without_frequency
        from careplan.language.rewording import reword
        from careplan.language.slips import Failed, slip_of_form
        from careplan.language.story_misfits import story_misfit

        if not rule:
            self.outside = True
            self._report(number, messages.outside_block(self.source, tokens, self.kind))
            return None
        ranged = hyphen_range(self.source, tokens, failure.at)
        if ranged is not None:
            mended, diagnostic = ranged
            result = read_sentence(self.tables, mended, rule)
            if not isinstance(result, Failure) or result.at > failure.at + 2:
                self._report(number, diagnostic)
                return None if isinstance(result, Failure) else result
        failed = Failed(self.source, tokens, failure, self.tables, rule, self.names)
        slip = slip_of_form(failed)
        if slip is not None:
            self._report(number, slip[1])
            return None if number in self.unsure else slip[0]
        several = any(token.kind == "_COMMA" for token in tokens)
        misplaced = misfit(failed) or (without_frequency(failed) if several else None)
        if misplaced is not None:
            self._report(number, misplaced)
            return None
        reworded = reword(self.source, tokens, failure.at, self.tables, rule) if failure.at else None
        if reworded is not None:
            self._report(number, reworded[1])
            return None if number in self.unsure else reworded[0]
        self._report(
            number,
            story_misfit(failed)
            or without_frequency(failed)
            or not_measured(failed)
            or messages.cannot_read(self.source, tokens, failure, self.tables, rule, kind or self.kind),
        )
        return None

    def _report(self, number: int, diagnostic: Diagnostic) -> None:
        if number not in self.marred:
            self.diagnostics.append(diagnostic)

    def _kind_of(self, tokens: list[Token]) -> str:
        """The kind of block of which `tokens` are a line, if there is just one."""
        rules = {rule: kind for kind, rule in LINE_RULES.items() if rule}
        fits = [k for r, k in rules.items() if not isinstance(read_sentence(self.tables, tokens, r), Failure)]
        return fits[0] if len(fits) == 1 else ""

    def _regroup(self, kind: str) -> None:
        """Let the last sentence be the (unreadable) header of a block of `kind`."""
        if self.lines:
            header = self.lines.pop()
            self.close()
            self.header = header
        self.kind = kind
        self.lost = False
