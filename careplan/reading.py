"""A plan file, read whole: its text, the files that it uses, the plan, and every finding."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from careplan.diagnostics import Diagnostic, Severity, error, in_order
from careplan.files import FileProblem, printable, read_source
from careplan.language.likeness import near
from careplan.language.nodes import Follows, UseHeader
from careplan.language.parser import SyntaxTree, parse
from careplan.plan.build.assemble import assemble
from careplan.plan.build.standard import PREFIX, library_names, library_tree
from careplan.plan.checks import run_checks
from careplan.plan.model import Plan
from careplan.rules.allow import NOTHING, Allow, Ran, apply_allows
from careplan.rules.packs import in_force
from careplan.rules.run import Failure, run_rules, unknown_packs
from careplan.source import Source, Span


class Reading(NamedTuple):
    """What came of reading a file: `plan` is None where it has errors, and a library's declarations."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]
    tree: SyntaxTree
    is_library: bool
    failures: tuple[Failure, ...] = ()  # rules that failed by a fault of their own
    allows: tuple[Allow, ...] = ()  # what comments allow, and the findings that each silenced


Packs = Iterable[str] | None
"""Packs of rules beside those that a plan follows; None: no rule runs."""


def read_file(
    path: Path | str, root: Path | str | None = None, packs: Packs = (), text: str | None = None
) -> Reading:
    """Read the file at `path`; `use` may not leave `root` (default: its folder). Raises FileProblem.

    With `text`, read that instead of what is in the file.
    """
    path = Path(path)
    source = read_source(path) if text is None else Source(printable(str(path)), text)
    return _read(source, path.parent, Path(root) if root is not None else path.parent, packs)


def read_text(text: str, name: str = "plan", root: Path | str | None = None, packs: Packs = ()) -> Reading:
    """Read a text; `use` finds the standard library, and files below `root` if it is given."""
    folder = None if root is None else Path(root)
    return _read(Source(name, text), folder, folder, packs)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Reading makes many small values and no cycles: there is nothing to collect."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(source: Source, folder: Path | None, root: Path | None, packs: Packs) -> Reading:
    with _no_garbage_collection():
        tree, diagnostics = parse(source)
        used = _Uses(root)
        used.follow(tree, folder, (source.name,))
        diagnostics = [*diagnostics, *used.diagnostics]
        built = assemble(tree, used.trees, all_found=not used.failed)
        diagnostics += _on_other_lines(built.diagnostics, diagnostics)
        diagnostics += unknown_packs(_followed(tree))
        failed = any(d.severity is Severity.ERROR for d in diagnostics)
        # A library, and a plan with unreadable parts, say nothing by what they leave out.
        whole = built.complete and not failed and not built.is_library
        sources = {t.source.name: t.source for t in (tree, *used.trees)}
        partial = built.is_library or not built.complete
        diagnostics += run_checks(built.plan, whole, sources, tuple(diagnostics), partial)
        failed = any(d.severity is Severity.ERROR for d in diagnostics)
        plan = None if failed or not built.complete else built.plan
        failures: list[Failure] = []
        idle_in, ran = "", NOTHING
        if plan is not None and packs is not None and not built.is_library:
            found, failures = run_rules(plan, packs)
            diagnostics += found
            # Only what was looked at in full can tell that an allow is idle.
            idle_in = source.name
            ran = Ran(in_force(plan.follows, packs), [failure.rule for failure in failures])
        diagnostics, allows = apply_allows((tree, *used.trees), diagnostics, idle_in, ran)
    found_in_order = tuple(in_order(diagnostics))
    return Reading(plan, found_in_order, sources, tree, built.is_library, tuple(failures), allows)


def _followed(tree: SyntaxTree) -> Iterator[tuple[str, Span]]:
    """The packs that the plan says it follows, and where."""
    for line in (line for block in tree.blocks if block.kind == "plan" for line in block.lines):
        for token in line.node.names.items if isinstance(line.node, Follows) else ():
            yield token.text, tree.source.span(token.start, token.end)


def _on_other_lines(found: list[Diagnostic], before: list[Diagnostic]) -> list[Diagnostic]:
    """What was found on lines that could be read: one fault gives one report."""
    wrong = {(d.span.file, d.span.line) for d in before if d.severity is Severity.ERROR}
    return [d for d in found if (d.span.file, d.span.line) not in wrong] if wrong else found


DEEPEST = 100
"""How many files may use one another in a row."""


class _Uses:
    """Follows `use` lines."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self.trees: list[SyntaxTree] = []
        self.diagnostics: list[Diagnostic] = []
        self.seen: set[str] = set()
        self.failed = False

    def follow(self, tree: SyntaxTree, folder: Path | None, trail: tuple[str, ...]) -> None:
        """Read the files that `tree` uses, and those that they use."""
        for block in tree.blocks:
            node = block.header.node if block.header is not None else None
            if isinstance(node, UseHeader):
                wanted = node.path.text[1:-1].strip()
                span = tree.source.span(node.path.start, node.path.end)
                self._use(wanted, span, tree.source.name, folder, trail)

    def _use(self, wanted: str, span: Span, user: str, folder: Path | None, trail: tuple[str, ...]) -> None:
        if wanted.removesuffix(".careplan").startswith(PREFIX):
            self._use_library(wanted.removesuffix(".careplan"), span, trail)
            return
        path = self._find(wanted, span, folder)
        if path is None:
            return
        name = os.path.normpath(os.path.join(os.path.dirname(user), self._with_suffix(wanted)))
        if name in {os.path.normpath(t) for t in trail}:
            chain = " → ".join((*trail, name))
            self._fail(
                error("use-cycle", f"these files use one another in a circle: {chain}", span,
                      help="take one of the `use` lines out")
            )  # fmt: skip
            return
        if name in self.seen:
            return
        if len(trail) > DEEPEST:
            message = f"more than {DEEPEST} files use one another in a row, up to this one"
            self._fail(error("use-too-deep", message, span, help="let the first file use the others itself"))
            return
        self.seen.add(name)
        try:
            source = read_source(path)
        except FileProblem as problem:
            self._fail(error("use-not-found", f"`{wanted}` cannot be read: {problem}", span))
            return
        self._take(Source(name, source.text), path.parent, trail)

    def _fail(self, diagnostic: Diagnostic) -> None:
        self.failed = True
        self.diagnostics.append(diagnostic)

    def _take(self, source: Source, folder: Path, trail: tuple[str, ...]) -> None:
        tree, diagnostics = parse(source)
        self.diagnostics += diagnostics
        self.trees.append(tree)
        self.follow(tree, folder, (*trail, source.name))

    def _use_library(self, wanted: str, span: Span, trail: tuple[str, ...]) -> None:
        tree = library_tree(wanted)
        if tree is None:
            known = library_names()
            better = near(wanted, known)
            self._fail(
                error(
                    "use-not-found",
                    f"the standard library has no `{wanted}`",
                    span,
                    here=f"did you mean `{better}`?" if better else "",
                    help=f"it has {', '.join(f'`{k}`' for k in known)}",
                )
            )
        elif tree.source.name not in self.seen:
            self.seen.add(tree.source.name)
            self.trees.append(tree)
            self.follow(tree, None, (*trail, tree.source.name))

    @staticmethod
    def _with_suffix(wanted: str) -> str:
        return wanted if wanted.endswith(".careplan") else wanted + ".careplan"

    def _find(self, wanted: str, span: Span, folder: Path | None) -> Path | None:
        """The file that `use` names, if it lies within the root."""
        if folder is None or self.root is None:
            self._fail(
                error("use-not-found", f"`{wanted}` cannot be found: this text is not in a file", span,
                      help="only the standard library can be used here, such as `library/measures`")
            )  # fmt: skip
            return None
        path = Path(os.path.realpath(folder / self._with_suffix(wanted.replace("\0", "?"))))
        if not path.is_relative_to(os.path.realpath(self.root)):
            self._fail(
                error("use-outside", f"`{wanted}` lies outside of the folder that is checked", span,
                      help="move the file into that folder, or check a folder that holds both")
            )  # fmt: skip
            return None
        if not os.path.isfile(path):  # False too for a name that no system takes
            problem, help_ = (
                f"there is no file `{wanted}`",
                f"`use` is read from the folder of this file: {folder}",
            )
            if not wanted:
                problem, help_ = "this `use` names no file", 'name one, such as `use "library/measures"`'
            elif os.path.isdir(folder / wanted):
                problem, help_ = f"`{wanted}` is a folder", f"name a file in it, such as `{wanted}/measures`"
            self._fail(error("use-not-found", problem, span, help=help_))
            return None
        return path
