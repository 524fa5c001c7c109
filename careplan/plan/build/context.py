"""What every builder needs: the names, the places, and a way to say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from careplan.diagnostics import Diagnostic, Edit, Fix, Label, error
from careplan.language.likeness import join, near
from careplan.language.nodes import Brand, Choice, FactHeader, Ingredients, MeasureHeader, Node, Token
from careplan.language.parser import Block
from careplan.plan.making import make
from careplan.plan.model import Element
from careplan.source import NOWHERE, Source, Span

E = TypeVar("E", bound=Element)

KIND_WORDS = {
    "source": "a source",
    "fact": "a fact",
    "measure": "a measure",
    "event": "an event",
    "therapy": "a therapy",
    "support": "a support",
    "formulary": "a drug of the formulary",
    "medication": "a medication",
    "phase": "a phase",
    "outcome": "an outcome",
    "goal": "a goal",
    "claim": "a claim",
}
SERVICES = ("therapy", "support")
ENOUGH = 100
"""After so many unknown names nobody reads what they may have been meant to be."""
MOST = 100_000
"""The largest count that a plan can need; a larger one is a slip."""


class Declaration(NamedTuple):
    """A named block, its file and the place of its name; `readable` is False if its header was not."""

    kind: str
    name: str
    block: Block
    source: Source
    span: Span
    readable: bool = True


class Names:
    """Every declared name. Formulary entries have a name space of their own."""

    def __init__(self) -> None:
        self.declared: dict[str, Declaration] = {}
        self.drugs: dict[str, Declaration] = {}
        self.wanted: dict[tuple[str, str], None] = {}  # (kind, name) referred to, in order
        self.blurred: set[str] = set()  # words of sentences that could not be read
        self.undeclared: set[str] = set()  # names reported already
        self.blurred_kinds: set[str] = set()  # kinds of blocks of which a header has lost its name

    def space(self, kind: str) -> dict[str, Declaration]:
        """The name space of a kind of block."""
        return self.drugs if kind == "formulary" else self.declared


_MORE = dict.fromkeys(("more", "above", "over", "higher", "greater", "up"), ">=") | dict.fromkeys(
    ("less", "below", "under", "lower", "fewer"), "<="
)
"""Words of `20 or more`, where `or` begins another condition."""
SYNONYMS = {
    "one-on-one": "individual", "1-on-1": "individual", "couple": "family", "couples": "family",
    "open": "rolling", "open-ended": "rolling", "cohort": "closed", "zoom": "telehealth",
    "video": "telehealth", "virtual": "telehealth", "online": "telehealth", "telemedicine": "telehealth",
    "remote": "telehealth", "face-to-face": "in-person", "onsite": "in-person", "on-site": "in-person",
    "telephone": "phone", "call": "phone", "inactive": "retired", "current": "active",
    "published": "active", "approved": "active", "archived": "retired",
}  # fmt: skip
"""What people write, and the language's own word."""


class Context:
    """The building of the blocks of one file."""

    def __init__(self, source: Source, names: Names, diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.names = names
        self.partial = False  # lines of the present block could not be read
        self.diagnostics = diagnostics

    # ---- places and findings

    def span(self, node: Node | Token) -> Span:
        """The place of a node or a token."""
        return self.source.span(node.start, node.end)

    def fault(self, name: str, message: str, node: Node | Token, **more: Any) -> None:
        """Report an error at `node`."""
        self.diagnostics.append(error(name, message, self.span(node), **more))

    def make(self, cls: type[E], node: Node | Token, **fields: Any) -> E:
        """A frozen `cls`; its fields are known to be right, so they are not validated a second time."""
        return make(cls, self.span(node), fields)

    # ---- small values

    def text(self, token: Token | None) -> str | None:
        """The text between a token's quotes."""
        return None if token is None else token.text[1:-1].strip()

    def words(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Names and texts, without quotes."""
        return tuple(t.text[1:-1].strip() if t.kind == "STRING" else t.text for t in tokens)

    def whole(self, token: Token, what: str, at_least: int = 1) -> int:
        """A whole number of at least `at_least`."""
        value = float(token.text)
        if value != int(value) or value < at_least:
            self.fault(
                "whole-number",
                f"{what} is {token.text}, and must be a whole number of at least {at_least}",
                token,
            )
            return at_least
        if value > MOST:
            self.fault("out-of-range", f"{what} is {token.text}, which is far too large", token,
                       help="check the number")  # fmt: skip
            return at_least
        return int(value)

    def word(self, token: Token, choices: Iterable[str], what: str) -> str | None:
        """A word that must be one of `choices`; reports any other."""
        choices = list(choices)
        if token.text in choices:
            return token.text
        better = SYNONYMS.get(token.text, "") if token.text in SYNONYMS else near(token.text, choices)
        better = better if better in choices else ""
        self.fault(
            "unknown-word",
            f"`{token.text}` is no {what}",
            token,
            here=f"did you mean `{better}`?" if better else "",
            help=f"here may stand {join([f'`{c}`' for c in choices])}",
        )
        return None

    def ordered(self, low: float, high: float, node: Node | Token, what: str) -> bool:
        """Whether `low` to `high` is a range; reports one that is the wrong way round."""
        if low <= high:
            return True
        verb = "run" if what in ("the days", "the weeks", "the plan weeks") else "runs"
        self.fault(
            "impossible-range",
            f"{what} {verb} from {low:g} to {high:g}, which is the wrong way round",
            node,
            help=f"the smaller number comes first: `{high:g} to {low:g}`",
        )
        return False

    # ---- names

    def refer(self, token: Token, *kinds: str) -> str | None:
        """The name that `token` refers to, if it is one of `kinds`; reports it if not."""
        name = token.text
        space = self.names.space(kinds[0])
        found = space.get(name)
        if found is not None and found.kind in kinds:
            self.names.wanted[(found.kind, name)] = None
            return name
        if name in self.names.blurred or not self.names.blurred_kinds.isdisjoint(kinds):
            return None
        a_wanted = join([KIND_WORDS[k] if k == kinds[0] else KIND_WORDS[k].split(" ", 1)[1] for k in kinds])
        wanted = a_wanted.split(" ", 1)[1]
        if found is not None:
            self.fault(
                "wrong-kind-of-name",
                f"`{name}` is {KIND_WORDS[found.kind]}, and {a_wanted} must stand here",
                token,
                related=(Label(found.span, f"`{name}` is declared here"),)
                if found.span is not NOWHERE
                else (),
                help=_known(space, kinds),
            )
            return None
        candidates = [n for n, d in space.items() if d.kind in kinds]
        many = len(self.names.undeclared) > ENOUGH
        better = "" if many or _look_alike(name, kinds[0]) else near(name, candidates)
        if not better and name in self.names.undeclared:
            return None  # never declared, and said so once
        self.names.undeclared.add(name)
        self.fault(
            "unknown-name",
            f"no {wanted} is called `{name}`",
            token,
            here=f"did you mean `{better}`?" if better else "",
            help="" if many else self._how_to_declare(name, kinds, candidates, better),
            fix=Fix(f"write `{better}`", (Edit(self.span(token), better),))
            if better and kinds[0] not in ("medication", "formulary", "phase", "outcome")
            else None,
        )
        return None

    def _how_to_declare(self, name: str, kinds: tuple[str, ...], candidates: list[str], better: str) -> str:
        from careplan.plan.build.standard import library_with

        kind = kinds[0]
        if kind == "formulary":
            return drug_help(self.names, name, candidates)
        if (clock := name.rstrip("s") + "s") in ("days", "weeks") and "measure" in kinds:
            return f"the phase's own clock is `{clock}`, such as `{clock} >= 8`"
        if path := library_with(name, kind):
            return f'the standard library has it: add the line `use "{path}"`'
        if "measure" in kinds and name in _MORE:
            return f"write a comparison: `{_MORE[name]} 20`"
        if "measure" in kinds and (owner := value_owner(self.names, name)):
            return f"it is a value of `{owner}`: write `{owner} is {name}`"
        if better:
            return f"correct it, or declare `{name}` with {_block(name, kinds)}"
        likely = sorted(candidates, key=lambda c: c.split("-")[0] != name.split("-")[0])  # those alike first
        known = f", or use {_listing(likely)}" if candidates else ""
        return f"declare it with {_block(name, kinds)}{known}"


def _block(name: str, kinds: tuple[str, ...]) -> str:
    if "measure" in kinds and "fact" in kinds:
        return f"a `measure {name}` or a `fact {name}` block"
    return f"{_a(kinds[0])} `{kinds[0]} {name}` block"


def _a(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def value_owner(names: Names, value: str) -> str:
    """The fact or measure that has a value of this name, if just one has."""
    owners = []
    for declaration in names.declared.values():
        node = declaration.block.header.node if declaration.block.header else None
        if isinstance(node, FactHeader | MeasureHeader) and isinstance(node.kind, Choice):
            owners += [declaration.name for token in node.kind.names.items if token.text == value]
    return owners[0] if len(owners) == 1 else ""


def drug_help(names: Names, name: str, candidates: list[str]) -> str:
    """What to write for a drug that the formulary does not have under this name; never a guess."""
    branded = [drug for drug in candidates if name in _brands(names.drugs[drug])]
    if branded:
        return f"`{name}` is a brand: write {_listing(branded)}"
    parts = set(name.split("-"))
    same = [drug for drug in candidates if parts & ({drug.split("-")[0]} | _ingredients(names.drugs[drug]))]
    if same:
        return f"the formulary has {join([f'`{drug}`' for drug in same])}: choose one"
    alike = [drug for drug in candidates if drug[:3] == name[:3]]
    if len(alike) > 1:
        return f"the formulary has {join([f'`{drug}`' for drug in alike])}: these are different drugs"
    return f"the formulary has {_listing(candidates, 12)}; a `formulary {name}` block adds another drug"


def _ingredients(declaration: Declaration) -> set[str]:
    """What a drug contains; the reversal drug in a combination names no drug by itself."""
    lines = [s.node for s in declaration.block.lines if isinstance(s.node, Ingredients)]
    return {token.text for line in lines for token in line.names.items[:1]}


def _brands(declaration: Declaration) -> set[str]:
    """The brand names of a drug, as names are written."""
    lines = [sentence.node for sentence in declaration.block.lines if isinstance(sentence.node, Brand)]
    texts = [token.text.strip('"') for line in lines for token in line.words.items]
    return {text.lower().replace(" ", "-") for text in texts}


def _known(space: dict[str, Declaration], kinds: tuple[str, ...]) -> str:
    names = [n for n, d in space.items() if d.kind in kinds]
    return f"here may stand {_listing(names)}" if names else ""


def _listing(names: list[str], most: int = 6) -> str:
    shown = [f"`{n}`" for n in names[:most]]
    if len(names) > most:
        return f"{', '.join(shown)} and others"
    return join(shown) if shown else "none"


def _look_alike(name: str, kind: str) -> bool:
    """Drug names that differ by a letter or two must never be offered for one another."""
    return kind in ("formulary", "medication") and ("nal" in name or "buprenorphine" in name)
