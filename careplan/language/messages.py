"""What careplan says about a sentence that it cannot read, in the words of the language."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from careplan.diagnostics import Diagnostic, Edit, Fix, error
from careplan.language.engine import DEPTH, Failure, accepted, read_sentence
from careplan.language.expectations import (
    article,
    begun_condition,
    example,
    expectation,
    line_kind,
    lines_of,
    rule_example,
    shown,
)
from careplan.language.idioms import LINES
from careplan.language.likeness import join, near
from careplan.language.mistakes import special_mistake, too_deep, unpaired_half
from careplan.language.nodes import Token
from careplan.language.rewording import left_out, said_twice
from careplan.language.tables import END, Tables
from careplan.source import Source

# ------------------------------------------------------------------------------------ blocks


def misspelt_block(tokens: Sequence[Token], blocks: Collection[str]) -> str:
    """The block whose header `tokens` probably are, with its word misspelt; "" if they are none."""
    if len(tokens) == 1:
        lone = tokens[0]
        return "use" if lone.text.startswith('"library/') else near(lone.text, ["anytime"])
    if tokens[1].kind == "STRING" and len(tokens) == 2 and near(tokens[0].text, ["use"]):
        return "use"
    if tokens[0].kind != "NAME" or tokens[1].kind != "NAME":
        return near(tokens[0].text, blocks) if tokens[1].kind == "STRING" and len(tokens) == 2 else ""
    if (
        len(tokens) > 2
        and tokens[2].kind not in ("STRING", "NUMBER")
        and tokens[2].text not in ("one", "yes")
    ):
        return ""
    return near(tokens[0].text, blocks) if len(tokens[0].text) > 3 else ""


def is_header_without_block(tokens: Sequence[Token], rule: str, tables: Tables) -> bool:
    """Whether `tokens` are a name and a title, as in a header that has lost its first word."""
    if len(tokens) < 2 or tokens[0].kind != "NAME" or tokens[1].kind != "STRING":
        return False
    if len(tokens) > 2 and tokens[2].kind != "NUMBER" and tokens[2].text not in ("one", "yes"):
        return False
    if _block_of(tokens, tables, rule):
        return False
    start = tables.states[tables.starts[rule]] if rule else {}
    return not near(tokens[0].text, [text for text, name in tables.words.items() if name in start])


def unknown_block(source: Source, tokens: Sequence[Token], kind: str) -> Diagnostic:
    """`fase iop "…"`: a header whose first word is misspelt, or (`kind` is "") missing."""
    span = source.span(tokens[0].start, tokens[0].end)
    if not kind:
        return error(
            "unknown-block",
            f"`{shown(tokens[0])}` and a title: this looks like a header that has lost its first word",
            span,
            help=f"say what it is, such as `phase {tokens[0].text}` or `therapy {tokens[0].text}`",
        )
    if len(tokens) == 1 or tokens[1].kind == "STRING":
        return error(
            "unknown-block", f"`{tokens[0].text}` is no kind of block", span, here=f"did you mean `{kind}`?"
        )
    return error(
        "unknown-block",
        f"`{tokens[0].text}` is no kind of block",
        span,
        here=f"did you mean `{kind}`?",
        help=f"write `{kind} {tokens[1].text}`",
        fix=Fix(f"write `{kind}`", (Edit(span, kind),)),
    )


def outside_block(source: Source, tokens: Sequence[Token], kind: str) -> Diagnostic:
    """A line that no block holds."""
    where = "after `use`, which has no lines of its own" if kind == "use" else "before the first block"
    return error(
        "line-outside-block",
        f"this line stands {where}",
        source.span(tokens[0].start, tokens[-1].end),
        help='begin with a header such as `plan my-plan "Our plan"` or `phase iop "Intensive outpatient"`',
    )


# --------------------------------------------------------------------------------- sentences


def cannot_read(
    source: Source, tokens: Sequence[Token], failure: Failure, tables: Tables, rule: str, block: str
) -> Diagnostic:
    """The report for a sentence that fails at a token."""
    at = failure.at
    if len(failure.stack) > DEPTH:
        return too_deep(source, tokens[min(at, len(tokens) - 1)])
    choices = accepted(tables, failure.stack)
    keywords = [text for text, name in tables.words.items() if name in choices]
    if at == 0 or _leads_elsewhere(tokens, at, tables, rule):
        at_start = tables.states[tables.starts[rule]]
        keywords = [text for text, name in tables.words.items() if name in at_start]
        return _unknown_line(source, tokens, keywords, tables, rule, block)
    lead = _misspelt_lead(tokens, at, tables, rule)
    if lead:
        return _unknown_line(source, tokens, [lead], tables, rule, block)
    unpaired = unpaired_half(source, tokens, at, choices, keywords)
    if unpaired is not None:
        return unpaired
    missing = left_out(tokens, at, keywords + [c for c in (",",) if "_COMMA" in choices], tables, rule)
    if at >= len(tokens):
        return _incomplete(source, tokens, choices, keywords, tables, rule)
    token = tokens[at]
    special = special_mistake(source, tokens, at, choices, keywords)
    if special is not None:
        return special
    kind = line_kind(tokens, tables, rule)
    where = f"after `{shown(tokens[at - 1])}`"
    if begun_condition(tokens, at) >= 0:
        where += " in the condition"
    better = (
        "" if missing or token.kind != "NAME" or token.text in tables.words else near(token.text, keywords)
    )
    help_ = ""
    if missing == ",":
        here, help_ = "a comma is missing before this", f"write `{shown(tokens[at - 1])}, {shown(token)}`"
    elif missing:
        more = (
            0 if token.kind != "NUMBER" else 3 if [t.text for t in tokens[at + 1 : at + 2]] == ["to"] else 2
        )
        unit = "".join(f" {shown(t)}" for t in tokens[at + 1 : at + more])
        here = f"`{missing}` is missing before this"
        before = " ".join(shown(t) for t in tokens[0 if at < 4 else at - 1 : at])
        help_ = f"write `{before} {missing} {shown(token)}{unit}`"
    elif better:
        here = f"did you mean `{better}`?"
    elif said_twice(tokens, at, tables, rule):
        here = "this stands here twice"
        help_ = "take one of the two out"
    else:
        here = "the line could end before this" if END in choices else ""
    return error(
        "cannot-read",
        f"`{shown(token)}` does not fit into {kind}, {where}",
        source.span(token.start, token.end),
        here=here,
        help=help_ or _advice(tokens, at, choices, keywords, tables, rule, brief=bool(better)),
    )


def _advice(
    tokens: Sequence[Token],
    at: int,
    choices: set[str],
    keywords: list[str],
    tables: Tables,
    rule: str,
    brief: bool = False,
) -> str:
    """What may stand here, and a valid line of this kind."""
    expected = "" if brief else expectation(choices, keywords)
    such = example(tokens, at, tables, rule)
    what = "a condition is" if begun_condition(tokens, at) >= 0 else "such a line is"
    return "; ".join(part for part in (expected, f"{what}, for example, `{such}`" if such else "") if part)


def _leads_elsewhere(tokens: Sequence[Token], at: int, tables: Tables, rule: str) -> bool:
    """Whether `topic "Urges"` in a phase, where the word could be a service's, is a line of another block."""
    if rule != "phase_line" or at != 1:
        return False
    return tokens[0].text in ("therapy", "support") or bool(_block_of(tokens, tables, rule))


def _misspelt_lead(tokens: Sequence[Token], at: int, tables: Tables, rule: str) -> str:
    """The word that the first one, taken for a service, was meant to be, if the line can be read with it."""
    start = tables.states[tables.starts[rule]]
    if rule != "phase_line" or tables.words.get(tokens[0].text) in start:
        return ""
    if tokens[0].text in LINES[rule]:
        return LINES[rule][tokens[0].text]
    better = near(tokens[0].text, [text for text, name in tables.words.items() if name in start])
    if not better:
        return ""
    result = read_sentence(tables, [tokens[0]._replace(text=better), *tokens[1:]], rule)
    return better if not isinstance(result, Failure) or result.at > at else ""


def _incomplete(
    source: Source, tokens: Sequence[Token], choices: set[str], keywords: list[str], tables: Tables, rule: str
) -> Diagnostic:
    last = tokens[-1]
    return error(
        "incomplete-line",
        f"{line_kind(tokens, tables, rule)} stops after `{shown(last)}`, and something must follow",
        source.span(last.start, last.end),
        here="the line ends here",
        help=_advice(tokens, len(tokens), choices, keywords, tables, rule),
    )


def _unknown_line(
    source: Source, tokens: Sequence[Token], keywords: list[str], tables: Tables, rule: str, block: str
) -> Diagnostic:
    token = tokens[0]
    better = LINES.get(rule, {}).get(token.text, "") or near(token.text, keywords)
    elsewhere = _block_of(tokens, tables, rule)
    lines = lines_of(keywords, rule, block)
    for rest in (tokens, tokens[1:]) if rule == "medication_line" and not better else ():
        step = [Token("NAME", "maintenance", token.start, token.start), *rest]
        if not isinstance(read_sentence(tables, step, rule), Failure):
            said = " ".join(t.text for t in rest)
            lines = f"begin it with the step of the course, such as `maintenance {said}`"
            break
    if rule == "phase_line" and token.text in ("therapy", "support") and len(tokens) > 2:
        help_ = f"a phase calls a service by its name alone: write `{' '.join(map(shown, tokens[1:]))}`"
        better = ""
    elif elsewhere and not better:
        help_ = f"such a line belongs to {elsewhere}; {lines}"
    else:
        such = rule_example(better, tables, rule, ["", *(t.text for t in tokens[1:])]) if better else ""
        help_ = f"write, for example, `{such}`" if such else lines
    return error(
        "unknown-line",
        f"`{shown(token)}` does not begin a line of `{block}`",
        source.span(token.start, token.end),
        here=f"did you mean `{better}`?" if better else "",
        help=help_,
    )


def _block_of(tokens: Sequence[Token], tables: Tables, rule: str) -> str:
    """The blocks that could hold this line, as words, or ""."""
    fits = [
        name.removesuffix("_line")
        for name in tables.starts
        if name.endswith("_line") and name not in (rule, "phase_line")
        and not isinstance(read_sentence(tables, tokens, name), Failure)
    ]  # fmt: skip
    return join([f"{article(f)} `{f}` block" for f in fits]) if 0 < len(fits) <= 3 else ""
