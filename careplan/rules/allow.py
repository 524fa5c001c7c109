"""`# careplan: allow NAME because "reason"`: findings that somebody answers for, and their reasons.

What a comment speaks of: at the end of a line, the sentence of that line; alone directly below the header of
a block that has lines, the whole block; alone elsewhere, the next sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Edit, Fix, warning
from careplan.language.likeness import near
from careplan.language.parser import SyntaxTree
from careplan.language.scan import Comment
from careplan.pattern import Pattern
from careplan.source import Source, Span

FORM = '# careplan: allow NAME because "reason"'

_DIRECTIVE = Pattern(r"#\s*careplan:\s*", re.IGNORECASE)
_ALLOW = Pattern(r"allow\s+([\w-]+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)[\w-]+)*)\s*(.*)", re.IGNORECASE)
_NAME = Pattern(r"[\w-]+")
_REASON = Pattern(r"because\s+[\"“](.*\S.*)[\"”]$", re.IGNORECASE)
_ABOUT_ALLOWS = ("allow-", "unused-allow")


class Allow(NamedTuple):
    """One name that a comment allows, the reason, where it is written, and what it silenced.

    `first` and `last` are the offsets of what the comment speaks of.
    """

    name: str
    reason: str
    span: Span
    first: int
    last: int
    silenced: tuple[Diagnostic, ...] = ()

    def covers(self, found: Diagnostic) -> bool:
        """Whether the finding is one that this allows."""
        place = found.span
        return (
            found.name == self.name and place.file == self.span.file and self.first <= place.start < self.last
        )


class Ran(NamedTuple):
    """The packs whose rules looked at a plan, and the rules that failed to."""

    packs: Collection[str] = ()
    failed: Collection[str] = ()

    def looked_for(self, name: str) -> bool:
        """Whether the finding of that name would have been found."""
        from careplan.rules.packs import all_rules, packs_of

        rule = next((rule for rule in all_rules() if rule.name == name), None)
        if rule is None:
            return True
        return name not in self.failed and any(pack in self.packs for pack in packs_of(rule))


NOTHING = Ran()


class Allowed(NamedTuple):
    """What is left of the findings, with what is wrong with allows; and what each allow silenced."""

    diagnostics: list[Diagnostic]
    allows: tuple[Allow, ...]


def apply_allows(
    trees: Sequence[SyntaxTree], diagnostics: list[Diagnostic], idle_in: str = "", ran: Ran = NOTHING
) -> Allowed:
    """The findings without those that the comments of `trees` allow.

    Allows that silence nothing are reported in the file `idle_in` ("": nowhere), unless it is not known
    whether the finding would be there: its rule is not among those that `ran`.
    """
    allows: list[Allow] = []
    wrong: list[Diagnostic] = []
    for tree in trees:
        if "careplan:" in tree.source.text.lower():
            for comment in tree.comments:
                mark = _DIRECTIVE.match(comment.text)
                if mark:
                    _read(tree, comment, mark.end(), allows, wrong)
    if not allows:
        return Allowed(diagnostics + wrong, ())
    done = [a._replace(silenced=tuple(filter(a.covers, diagnostics))) for a in allows]
    silenced = {found for allow in done for found in allow.silenced}
    kept = [found for found in diagnostics if found not in silenced]
    sources = {tree.source.name: tree.source for tree in trees}
    idle = [a for a in done if not a.silenced and a.span.file == idle_in and ran.looked_for(a.name)]
    return Allowed([*kept, *wrong, *(_unused(sources[a.span.file], a) for a in idle)], tuple(done))


def _read(tree: SyntaxTree, comment: Comment, at: int, allows: list[Allow], wrong: list[Diagnostic]) -> None:
    """What one comment allows, or what is wrong with it."""
    source = tree.source
    whole = source.span(comment.start, comment.end)
    match = _ALLOW.match(comment.text, at)
    if match is None:
        message = "this comment speaks to careplan and is not understood"
        wrong.append(warning("allow-not-understood", message, whole, help=f"write `{FORM}`"))
        return
    reason = _REASON.match(match[2])
    for name in _NAME.finditer(match[1]):
        if name[0].lower() == "and":
            continue
        start = comment.start + match.start(1) + name.start()
        problem = _problem(name[0], source.span(start, start + len(name[0])), reason is not None)
        if problem is not None:
            wrong.append(problem)
        elif reason is not None:
            allows.append(Allow(name[0], reason[1].strip(), whole, *_extent(tree, comment)))


def _problem(name: str, span: Span, has_reason: bool) -> Diagnostic | None:
    from careplan.rules.names import is_fundamental, severities

    known = severities()
    if name not in known:
        better = near(name.lower(), known)
        return warning(
            "allow-unknown-name",
            f"nothing that careplan finds is called `{name}`",
            span,
            here=f"did you mean `{better}`?" if better else "",
            help="`careplan explain --list` lists every name",
        )
    if is_fundamental(name) or name.startswith(_ABOUT_ALLOWS):
        what = "makes a plan meaningless" if is_fundamental(name) else "is about comments like this one"
        message = f"`{name}` cannot be allowed: it {what}"
        return warning("allow-not-possible", message, span, help="correct what is found, and take this out")
    if not has_reason:
        return warning(
            "allow-without-reason",
            f"nothing says why `{name}` is allowed, so it is not",
            span,
            help=f'give the reason on the same line: `# careplan: allow {name} because "…"`',
        )
    return None


def _extent(tree: SyntaxTree, comment: Comment) -> tuple[int, int]:
    """Where what a comment speaks of begins and ends; nothing where nothing follows it."""
    every = [(s, block) for block in tree.blocks for s in (block.header, *block.lines) if s is not None]
    after = bisect_right(every, comment.start, key=lambda pair: pair[0].start)
    if after:
        before, block = every[after - 1]
        if not comment.alone or comment.end <= before.end:  # behind it, or between two of its lines
            return before.start, before.end
        if before is block.header and block.lines:
            return before.start, block.lines[-1].end
    if after < len(every):
        return every[after][0].start, every[after][0].end
    return comment.end, comment.end


def _unused(source: Source, allow: Allow) -> Diagnostic:
    span = allow.span
    line = source.line_number(span.start)
    start = source.line_starts[line - 1]
    alone = not source.text[start : span.start].strip()
    after = source.line_starts[line] if line < len(source.line_starts) else len(source.text)
    text_end = len(source.text[: span.start].rstrip(" \t"))
    place = source.span(start, after) if alone else source.span(text_end, span.end)
    names = _ALLOW.search(source.text[span.start : span.end])
    several = names is not None and len(_NAME.findall(names[1])) > 1
    return warning(
        "unused-allow",
        f"`{allow.name}` is allowed here, and there is nothing to allow",
        span,
        help="take the name out" if several else "take the comment out, or put it where the finding is",
        fix=None if several else Fix("take the comment out", (Edit(place, ""),)),
    )
