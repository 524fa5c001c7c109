"""What may stand where a sentence went wrong: in a few words, and with an example."""

from __future__ import annotations

from collections.abc import Sequence

from careplan.language.engine import Failure, read_sentence
from careplan.language.likeness import join, listed
from careplan.language.nodes import Token
from careplan.language.scan import scan
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

_HOW_OFTEN = "how often (such as `3 per week`, `daily`, `weekly`, `every 2 weeks` or `once`)"
_PLACE = "where or for whom (such as `on mon`, `at 18:00`, `in weeks 1 to 4`, `for 60 min` or `if …`)"
_TEST = "a condition (such as `uds is negative`, `phq-9 < 10` or `attendance >= 80%`)"
_TESTED = "`is`, a comparison (`<`, `<=`, `>` or `>=`) or `falls by`"
_HOW_LONG = "how long or how often it was so (such as `for 4 weeks` or `3 times within 2 weeks`)"
_STEPS = frozenset("induction titration stabilization stabilisation maintenance taper dose then also".split())
_GROUPS = (
    ("min mins minute minutes hour hours day days week weeks month months year years",
     "a unit of time (min, hours, days or weeks)"),
    ("mg mcg g ml units", "a unit of dose (mg, mcg, g, ml or units)"),
    ("mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday",
     "a weekday (mon to sun)"),
    ("induction titration stabilization stabilisation maintenance taper dose then also",
     "a step of the course (induction, titration, stabilization, maintenance, taper, dose or then)"),
    ("attendance sessions missed taking not ( NAME", _TEST),
    ("daily weekly every once as throughout NUMBER", _HOW_OFTEN),
    ("daily weekly every once as on NUMBER", _HOW_OFTEN),
    ("daily weekly every", "how often (`daily`, `weekly` or `every 2 weeks`)"),
    ("on at for in within after encouraged if while when", _PLACE),
    ("is falls rises OPERATOR", _TESTED),
    ("one yes NUMBER", "a range (`0 to 27`), `one of negative, positive` or `yes or no`"),
    ("for in since within over NUMBER", _HOW_LONG),
)  # fmt: skip
"""Words of which, where most of them may stand, one phrase is shown."""
_MAIN_LINES = {
    "plan_line": "version status population author start follows",
    "therapy_line": "format length staff delivery admission curriculum topic",
    "formulary_line": "class form route first usual maximum interval",
    "medication_line": "drug start induction maintenance taper continue stop monitor",
    "phase_line": "level lasts review assess step move discharge at",
}
"""The lines that are shown of a block that has many."""
_PAIRS = frozenset(
    "step down,step up,at end,on return,on discharge,start in,first dose,no maximum,may return,by end,"
    "by week,"
    "stop at,stop when,hold when,continue through,missed make,missing counts,approved by,hours not".split(",")
)
_TESTS = {"attendance": "attendance", "sessions": "sessions", "missed": "missed", "days": "clock",
          "weeks": "clock", "taking": "taking"}  # fmt: skip
_CLAUSES = ("if", "while", "when", "after", "reach", "until")
MOST = 6
"""How many alternatives are shown."""


def shown(token: Token) -> str:
    """The token as messages show it."""
    text = " ".join(token.text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def line_kind(tokens: Sequence[Token], tables: Tables, rule: str) -> str:
    """What kind of line this is, as in "does not fit into …"."""
    lead = shown(tokens[0])
    if rule == "header":
        return f"{article(lead)} `{lead}` header"
    pair = f"{lead} {tokens[1].text}" if len(tokens) > 1 else ""
    if tables.words.get(lead) in tables.states[tables.starts[rule]]:
        return f"{article(lead)} `{pair if pair in _PAIRS else lead}` line"
    return f"a line about `{lead}`"


def article(word: str) -> str:
    """`a` or `an`, as the word wants it."""
    return "an" if word[:1] in "aeiou" else "a"


def begun_condition(tokens: Sequence[Token], at: int) -> int:
    """The index of the word that begins the condition in which token `at` stands, or -1."""
    for index in range(min(at, len(tokens)) - 1, 0, -1):
        if tokens[index].text in _CLAUSES and tokens[index].kind == "NAME":
            return index
    return 0 if tokens and tokens[0].text in ("reach",) else -1


def expectation(choices: set[str], keywords: list[str]) -> str:
    """What may stand here, in a few words; "" if that is too much to say."""
    left = set(keywords) | (choices & {"NAME", "NUMBER", "OPERATOR"})
    parts = []
    for words, text in _GROUPS:
        group = set(words.split())
        if len(left & group) > max(1, len(group) * 3 // 5):
            parts.append(text)
            left -= group
    names = [TERMINAL_WORDS[c] for c in TERMINAL_WORDS if c in choices and c != END]
    taken = {TERMINAL_WORDS[c] for c in ("NAME", "NUMBER", "OPERATOR") if c in choices and c not in left}
    parts = [name for name in names if name not in taken] + parts
    parts += [f"`{word}`" for word in sorted(left) if word not in "()%" and word.islower()]
    if END in choices:
        parts.append(TERMINAL_WORDS[END])
    return f"here may stand {join(parts)}" if 0 < len(parts) <= MOST else ""


def lines_of(keywords: Sequence[str], rule: str, block: str) -> str:
    """The words with which the lines of a block begin."""
    known = sorted(keywords)
    if len(known) <= MOST + 3 or rule not in _MAIN_LINES:
        return f"lines of this block begin with {listed(known)}"
    main = [word for word in _MAIN_LINES[rule].split() if word in known]
    text = ", ".join(f"`{word}`" for word in main)
    services = ", or with the name of a service" if rule == "phase_line" else ""
    return f"its lines begin with {text} and others{services}; `careplan explain {block}` shows them all"


# ----------------------------------------------------------------------------------- examples


def example(tokens: Sequence[Token], at: int, tables: Tables, rule: str) -> str:
    """A valid line of this kind, or a valid condition if the fault lies there; "" if there is none."""
    begun = begun_condition(tokens, at)
    if begun >= 0 and at > begun:
        following = tokens[begun + 1].text if begun + 1 < len(tokens) else ""
        return tables.docs[_TESTS.get(following, "is_value")]
    lead = tokens[0].text
    found = rule_example(lead, tables, rule, [t.text for t in tokens[:at]])
    if not found and lead in _STEPS:
        return f"{lead} {tables.docs['dose'].split(' ', 1)[1]} for 3 days"
    if not found and rule == "phase_line":
        return f"{shown(tokens[0])} 3 per week on mon, wed, fri at 18:00"
    return found


def rule_example(lead: str, tables: Tables, rule: str, words: Sequence[str] = ()) -> str:
    """The grammar's example of a `rule` that begins with `lead` and is most like `words`, or ""."""
    docs = [doc for doc in tables.docs.values() if doc.split(" ", 1)[0] == lead]
    docs.sort(key=lambda doc: -_common(doc.split(), words))
    return next((doc for doc in docs if _reads_as(doc, tables, rule)), "")


def _common(doc: Sequence[str], words: Sequence[str]) -> int:
    count = 0
    for one, other in zip(doc, words, strict=False):
        if one != other:
            break
        count += 1
    return count


def _reads_as(text: str, tables: Tables, rule: str) -> bool:
    sentences = scan(Source("", text), frozenset()).sentences
    return bool(sentences) and not isinstance(read_sentence(tables, sentences[0], rule), Failure)
