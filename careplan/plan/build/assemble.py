"""From the syntax trees of a plan and the files that it uses, to one `Plan`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from careplan.diagnostics import Diagnostic, Label, error
from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.language.parser import Block, SyntaxTree, leads
from careplan.plan.build import claims, medications, phases, scenarios, services, small
from careplan.plan.build.context import KIND_WORDS, Context, Declaration, Names
from careplan.plan.build.standard import FORMULARY, library_tree
from careplan.plan.making import make
from careplan.plan.model import Plan
from careplan.source import Source

RESERVED = frozenset(("days", "weeks", "sessions", "attendance", "missed", "taking", "not"))
_FIELDS = {
    "source": "sources",
    "fact": "facts",
    "measure": "measures",
    "event": "events",
    "therapy": "services",
    "support": "services",
    "formulary": "drugs",
    "medication": "medications",
    "phase": "phases",
    "outcome": "outcomes",
    "goal": "goals",
    "claim": "claims",
    "scenario": "scenarios",
}
_STORIES = ("claim", "scenario")
_BUILDERS: dict[str, Any] = {
    "source": small.source,
    "fact": small.fact,
    "measure": small.measure,
    "event": small.event,
    "formulary": medications.drug,
    "medication": medications.medication,
    "phase": phases.phase,
    "outcome": small.outcome,
    "goal": small.goal,
}


class Built(NamedTuple):
    """A plan (also of a library, with `is_library`), and what was wrong with it."""

    plan: Plan
    diagnostics: list[Diagnostic]
    is_library: bool
    complete: bool  # no sentence was left out, so that the whole can be judged


def assemble(main: SyntaxTree, used: Sequence[SyntaxTree], all_found: bool = True) -> Built:
    """The plan of `main`, with what it needs of `used`; `all_found` is False if a `use` line failed."""
    return _Assembly(main, used, all_found).run()


class _Assembly:
    def __init__(self, main: SyntaxTree, used: Sequence[SyntaxTree], all_found: bool) -> None:
        self.main = main
        self.used = used
        self.names = Names()
        if not all_found:
            self.names.blurred_kinds.update(KIND_WORDS)
        self.diagnostics: list[Diagnostic] = []
        self.elements: dict[str, list[Any]] = {field: [] for field in _FIELDS.values()}
        self.elements["anytime"] = []
        self.made: set[tuple[str, str]] = set()
        self.header: dict[str, Any] | None = None
        self.header_node: Node | None = None

    def run(self) -> Built:
        trees = [self.main, *self.used]
        for tree in trees:
            self._declare(tree)
        if any(block.kind == "medication" for tree in trees for block in tree.blocks):
            formulary = library_tree(FORMULARY)
            if formulary is not None and formulary.source.name not in {t.source.name for t in trees}:
                self._declare(formulary, quiet=True)
        context = Context(self.main.source, self.names, self.diagnostics)
        for block in self.main.blocks:
            if block.kind not in _STORIES:
                self._build(context, block)
        self._build_wanted()
        for tree in self.used:
            used_context = Context(tree.source, self.names, self.diagnostics)
            for block in tree.blocks:
                if block.kind == "anytime":
                    self._build(used_context, block)
        self._build_wanted()
        self._build_stories(context)
        complete = not any(tree.unread() for tree in trees)
        return Built(self._plan(), self.diagnostics, self.header is None, complete)

    # ---- names

    def _declare(self, tree: SyntaxTree, quiet: bool = False) -> None:
        unread = [] if quiet else tree.unread()
        self.names.blurred.update(t.text for s in unread for t in s.tokens if t.kind == "NAME")
        for block in tree.blocks:
            if block.kind == "use" and block.header is not None and block.header.node is None:
                self.names.blurred_kinds.update(KIND_WORDS)
            if block.kind in KIND_WORDS and block.header is not None:
                self._declare_block(tree.source, block, quiet)

    def _declare_block(self, source: Source, block: Block, quiet: bool) -> None:
        assert block.header is not None
        tokens = block.header.tokens
        if len(tokens) < 2 or tokens[1].kind != "NAME":
            self.names.blurred_kinds.add(block.kind)
            return
        node = block.header.node
        token: Token = getattr(node, "name", tokens[1])  # which is mended where it was written in two words
        readable = node is not None
        span = source.span(token.start, token.end)
        declaration = Declaration(block.kind, token.text, block, source, span, readable)
        space = self.names.space(block.kind)
        first = space.get(token.text)
        if first is not None:
            if not quiet:
                self._duplicate(declaration, first)
            return
        if readable and (token.text in RESERVED or token.text in leads()):
            self.diagnostics.append(
                error(
                    "reserved-name",
                    f"`{token.text}` is a word of the language, and cannot be a name",
                    span,
                    help=f"choose another name, such as `{token.text}-{block.kind}`",
                )
            )
        if readable:
            space[token.text] = declaration

    def _duplicate(self, second: Declaration, first: Declaration) -> None:
        same = first.kind == second.kind
        what = (
            f"`{first.name}` is declared twice"
            if same
            else f"`{first.name}` is already {KIND_WORDS[first.kind]}"
        )
        own = first.source is self.main.source and second.source is not first.source
        self.diagnostics.append(
            error(
                "duplicate-name",
                f"{what}, here and in `{second.source.name}`" if own else what,
                first.span if own else second.span,
                related=(Label(second.span, "there"),)
                if own
                else (Label(first.span, "declared here first"),),
                help="leave this one out to take what the other file says, or give it another name"
                if own
                else "give one of the two another name",
            )
        )

    # ---- blocks

    def _build(self, context: Context, block: Block) -> None:
        header = block.header.node if block.header is not None else None
        if header is None or isinstance(header, syntax.UseHeader):
            return
        lines = [s.node for s in block.lines if s.node is not None]
        context.partial = len(lines) < len(block.lines)
        if isinstance(header, syntax.PlanHeader):
            self._build_plan(context, header, lines)
        elif isinstance(header, syntax.AnytimeHeader):
            self.elements["anytime"].append(phases.anytime(context, header, lines))
        else:
            name: Token = header.name  # type: ignore[attr-defined]
            self.made.add((block.kind, name.text))
            if block.kind in ("therapy", "support"):
                element = services.service(context, block.kind, header, lines)  # type: ignore[arg-type]
            else:
                element = _BUILDERS[block.kind](context, header, lines)
            self.elements[_FIELDS[block.kind]].append(element)

    def _build_stories(self, context: Context) -> None:
        """Build the file's own claims and scenarios; those of a library are about other plans."""
        blocks = [b for b in self.main.blocks if b.kind in _STORIES and b.header and b.header.node]
        if not blocks:
            return
        called = self._called_exits()
        for block in blocks:
            assert block.header is not None
            lines = [s.node for s in block.lines if s.node is not None]
            context.partial = len(lines) < len(block.lines)
            header: Any = block.header.node
            build = claims.claim if block.kind == "claim" else scenarios.scenario
            self.elements[_FIELDS[block.kind]].append(build(context, header, lines, called))
        self._build_wanted()

    def _called_exits(self) -> claims.Called:
        """The exits that are called something; None for one whose line could not be understood."""
        called: claims.Called = {}
        for tree in (self.main, *self.used):
            for node in (s.node for b in tree.blocks for s in b.lines):
                name = getattr(node.exit if isinstance(node, syntax.AtEnd) else node, "called", None)
                if name is not None:
                    called[name.text] = None
        for owner in self.elements["phases"]:
            called |= {e.called: e for e in (*owner.exits, *owner.at_end) if e.called}
        for owner in self.elements["anytime"]:
            called |= {e.called: e for e in owner.exits if e.called}
        return called

    def _build_plan(self, context: Context, header: syntax.PlanHeader, lines: list[Node]) -> None:
        if self.header is not None:
            context.fault(
                "second-plan",
                f"a file holds one plan, and `{header.name.text}` is its second",
                header,
                help="put each plan into a file of its own",
            )
            return
        self.header = small.plan_fields(context, header, lines)
        self.header_node = header

    def _build_wanted(self) -> None:
        """Build what is referred to and declared in another file, and what that refers to."""
        while missing := [key for key in self.names.wanted if key not in self.made]:
            for kind, name in missing:
                self.made.add((kind, name))
                declaration = self.names.space(kind)[name]
                if declaration.source is not self.main.source:
                    context = Context(declaration.source, self.names, self.diagnostics)
                    self._build(context, declaration.block)

    def _plan(self) -> Plan:
        source = self.main.source
        fields = dict(self.header or {"name": source.name.rsplit("/", 1)[-1].removesuffix(".careplan")})
        node = self.header_node
        span = source.span(node.start, node.end) if node is not None else source.span(0, 0)
        fields.update({field: tuple(elements) for field, elements in self.elements.items()})
        fields["file"] = source.name
        fields["uses"] = tuple(tree.source.name for tree in self.used)
        return make(Plan, span, fields)
