"""What careplan says about a sentence that it cannot read, in the words of the language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from careplan.diagnostics import Diagnostic, Edit, Fix, error
from careplan.language.engine import Failure, accepted, read_sentence
from careplan.language.nodes import Token
from careplan.language.tables import END, Tables
from careplan.source import Source

TERMINAL_WORDS = {
    "NAME": "a name",
    "STRING": "a text in quotes",
    "NUMBER": "a number",
    "DATE": "a date such as 2026-01-31",
    "TIME": "a time of day such as 18:00",
    "VERSION": "a version such as 1.0.0",
    "CODE": "a code",
    "OPERATOR": "`<`, `<=`, `>` or `>=`",
    "_COMMA": "a comma",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "PERCENT": "`%`",
    END: "the end of the line",
}
"""How a terminal of the grammar is called; a keyword is called by itself."""

_TIME_UNITS = frozenset(
    "min mins minute minutes hour hours day days week weeks month months year years".split()
)
_DOSE_UNITS = frozenset("mg mcg g ml units".split())
_WEEKDAYS = frozenset(
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday".split()
)
_STEPS = frozenset("induction titration stabilization stabilisation maintenance taper dose then also".split())
_GROUPS = (
    (_TIME_UNITS, "a unit of time (min, hours, days or weeks)"),
    (_DOSE_UNITS, "a unit of dose (mg, mcg, g, ml or units)"),
    (_WEEKDAYS, "a weekday (mon to sun)"),
    (_STEPS, "a step of the course (induction, titration, stabilization, maintenance, taper, dose or then)"),
)
"""Keywords that are shown together where most of them may stand."""
_NUMBERS = {
    word: str(number)
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
} | {"twice": "2", "thrice": "3"}
_CLAUSES = ("if", "while", "when", "after")


def near(word: str, words: Iterable[str]) -> str:
    """The one of `words` that `word` was probably meant to be, or ""."""
    from difflib import get_close_matches  # costs a few milliseconds, and is seldom needed

    found = get_close_matches(word, sorted(set(words)), 1, 0.72 if len(word) > 3 else 0.66)
    return found[0] if found else ""


def join(items: Sequence[str]) -> str:
    """Items as in a sentence: a, b or c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


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
    start = tables.states[tables.starts[rule]] if rule else {}
    return not near(tokens[0].text, [text for text, name in tables.words.items() if name in start])


def unknown_block(source: Source, tokens: Sequence[Token], kind: str) -> Diagnostic:
    """`fase iop "…"`: a header whose first word is misspelt, or (`kind` is "") missing."""
    span = source.span(tokens[0].start, tokens[0].end)
    if not kind:
        return error(
            "unknown-block",
            f"`{_shown(tokens[0])}` and a title: this looks like a header that has lost its first word",
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


def hyphen_range(source: Source, tokens: Sequence[Token], at: int) -> tuple[list[Token], Diagnostic] | None:
    """`6-12` where a range was meant: the tokens of `6 to 12`, and what to say."""
    if at >= len(tokens) or not (found := re.fullmatch(r"(\d+)-(\d+)", tokens[at].text)):
        return None
    token = tokens[at]
    low, high = found.groups()
    middle = token.start + len(low)
    mended = [
        *tokens[:at],
        Token("NUMBER", low, token.start, middle),
        Token("NAME", "to", middle, middle + 1),
        Token("NUMBER", high, middle + 1, token.end),
        *tokens[at + 1 :],
    ]
    span = source.span(token.start, token.end)
    new = f"{low} to {high}"
    return mended, error(
        "range-with-hyphen",
        f"`{token.text}` is a range written with a hyphen",
        span,
        help=f"write `{new}`",
        fix=Fix(f"write `{new}`", (Edit(span, new),)),
    )


def cannot_read(
    source: Source, tokens: Sequence[Token], failure: Failure, tables: Tables, rule: str, block: str
) -> Diagnostic:
    """The report for a sentence that fails at a token."""
    choices = accepted(tables, failure.stack)
    keywords = [text for text, name in tables.words.items() if name in choices]
    at = failure.at
    if at >= len(tokens):
        return _incomplete(source, tokens, choices, keywords, tables, rule)
    token = tokens[at]
    if at == 0:
        return _unknown_line(source, tokens, keywords, tables, rule, block)
    special = _special(source, tokens, at, choices, keywords)
    if special is not None:
        return special
    span = source.span(token.start, token.end)
    better = near(token.text, keywords) if token.kind == "NAME" else ""
    here = f"did you mean `{better}`?" if better else "this does not fit here"
    if END in choices and not better:
        here = "the sentence is complete before this"
    return error(
        "cannot-read",
        f"`{_shown(token)}` cannot stand after `{_shown(tokens[at - 1])}`",
        span,
        here=here,
        help=_expectation(choices, keywords) + _example(tokens, tables, rule),
    )


def _incomplete(
    source: Source, tokens: Sequence[Token], choices: set[str], keywords: list[str], tables: Tables, rule: str
) -> Diagnostic:
    last = tokens[-1]
    return error(
        "incomplete-line",
        f"this line stops after `{_shown(last)}`, and something must follow",
        source.span(last.start, last.end),
        here="the line ends here",
        help=_expectation(choices, keywords) + _example(tokens, tables, rule),
    )


def _unknown_line(
    source: Source, tokens: Sequence[Token], keywords: list[str], tables: Tables, rule: str, block: str
) -> Diagnostic:
    token = tokens[0]
    span = source.span(token.start, token.end)
    better = near(token.text, keywords)
    lines = sorted(keywords)
    elsewhere = _block_of(tokens, tables, rule)
    if elsewhere and not better:
        help_ = f"such a line belongs to {elsewhere}; lines of this block begin with {_listed(lines)}"
    else:
        example = _rule_example(better, tables, rule) if better else ""
        help_ = f"write `{example}`" if example else f"lines of this block begin with {_listed(lines)}"
    return error(
        "unknown-line",
        f"`{_shown(token)}` does not begin a line of `{block}`",
        span,
        here=f"did you mean `{better}`?" if better else "",
        help=help_,
    )


def _special(
    source: Source, tokens: Sequence[Token], at: int, choices: set[str], keywords: list[str]
) -> Diagnostic | None:
    """Mistakes that deserve their own words."""
    token = tokens[at]
    span = source.span(token.start, token.end)
    text = token.text
    if token.kind == "NAME" and text in _NUMBERS and "NUMBER" in choices:
        return error(
            "number-in-words",
            f"`{text}` is a number in words",
            span,
            help=f"write numbers in digits: `{_NUMBERS[text]}`",
        )
    if token.kind == "NUMBER" and "TIME" in choices:
        return error(
            "time-of-day",
            f"`{text}` is not a time of day",
            span,
            help="write hours and minutes, such as `18:00`",
        )
    previous = [t.text for t in tokens[:at]]
    clause = next((w for w in reversed(previous) if w in _CLAUSES), "")
    if clause and text in ("in", "on", "at", "for", "within") and END in choices and text not in keywords:
        return error(
            "condition-not-last",
            f"`{text} …` stands after the condition that begins with `{clause}`",
            span,
            help=f"put `{text} …` before `{clause}`: the condition comes last",
        )
    if text in ("times", "a") and at and tokens[at - 1].kind == "NUMBER" and "per" in keywords:
        return error(
            "how-often",
            f"`{tokens[at - 1].text} {text} …` is not how the language says how often",
            span,
            help=f"write `{tokens[at - 1].text} per week`, `daily`, `weekly` or `every 2 weeks`",
        )
    return None


# ----------------------------------------------------------------------- what may stand here


def _shown(token: Token) -> str:
    text = token.text
    return text if len(text) <= 40 else text[:39] + "…"


def _expectation(choices: set[str], keywords: list[str]) -> str:
    """What may stand here, in a few words."""
    words = set(keywords)
    parts = [TERMINAL_WORDS[c] for c in TERMINAL_WORDS if c in choices]
    for group, text in _GROUPS:
        if len(words & group) > 2:
            parts.append(text)
            words -= group
    parts += [f"`{word}`" for word in sorted(words) if word not in "()%"]
    end = TERMINAL_WORDS[END]
    if end in parts:
        parts.remove(end)
        parts.append(end)
    return f"here may stand {join(parts)}" if parts else "nothing may stand here"


def _example(tokens: Sequence[Token], tables: Tables, rule: str) -> str:
    lead = tokens[0].text
    example = _rule_example(lead, tables, rule)
    if not example and rule == "phase_line":
        example = tables.docs["service"]
    return f"; for example `{example}`" if example else ""


def _rule_example(lead: str, tables: Tables, rule: str) -> str:
    """The example of the grammar that begins with `lead` and can be read as `rule`."""
    for doc in tables.docs.values():
        if doc.split(" ", 1)[0] == lead and _reads_as(doc, tables, rule):
            return doc
    return ""


def _reads_as(text: str, tables: Tables, rule: str) -> bool:
    from careplan.language.scan import scan

    sentences = scan(Source("", text), frozenset()).sentences
    return bool(sentences) and not isinstance(read_sentence(tables, sentences[0], rule), Failure)


def _block_of(tokens: Sequence[Token], tables: Tables, rule: str) -> str:
    """The blocks that could hold this line, as words, or ""."""
    fits = [
        name.removesuffix("_line")
        for name in tables.starts
        if name.endswith("_line") and name not in (rule, "phase_line")
        and not isinstance(read_sentence(tables, tokens, name), Failure)
    ]  # fmt: skip
    return join([f"a `{f}` block" for f in fits]) if 0 < len(fits) <= 3 else ""


def _listed(words: Sequence[str]) -> str:
    return join([f"`{w}`" for w in words]) if words else "nothing: it has no lines"
