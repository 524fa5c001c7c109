"""Sentences whose words are fine but stand in the wrong order, or in the wrong block."""

from __future__ import annotations

from careplan.diagnostics import Diagnostic, error
from careplan.language.engine import accepted
from careplan.language.expectations import begun_condition, shown
from careplan.language.mistakes import WEEKDAYS
from careplan.language.nodes import Token
from careplan.language.slips import Failed
from careplan.language.tables import END

_OFTEN = frozenset("weekly daily once every".split())
_DOSE_UNITS = frozenset("mg mcg g ml units".split())
_TIME_UNITS = frozenset("min mins minute minutes hour hours".split())
_PLACES = frozenset("on at in if while for".split())
_VALUES = frozenset("positive negative missing yes no".split())
_CLINICAL = frozenset("patient client clinically medically person he she they stable unstable".split())


def misfit(failed: Failed) -> Diagnostic | None:
    """What to say of such a sentence; None if it has another fault."""
    found = _in_a_phase(failed) if failed.rule == "phase_line" else None
    return found or _in_any_line(failed)


def without_frequency(failed: Failed) -> Diagnostic | None:
    """A service line that says where in the week, and not how often."""
    tokens, at = failed.tokens, failed.at
    if failed.rule != "phase_line" or at != 1 or len(tokens) < 2 or tokens[0].text in failed.tables.words:
        return None
    first = tokens[1].text
    if first not in _PLACES and first.split("-")[0] not in WEEKDAYS:
        return None
    days = 5 if "mon-fri" in first else sum(token.text in WEEKDAYS for token in tokens)
    such = f"{days} per week on" if days > 1 else "weekly on" if days else "weekly"
    return _say(
        failed,
        "incomplete-line",
        f"this line does not say how often `{shown(tokens[0])}` comes",
        1,
        1,
        f"say it first, such as `{shown(tokens[0])} {such} …`",
    )


def _say(failed: Failed, name: str, message: str, first: int, last: int, help_: str) -> Diagnostic:
    span = failed.source.span(failed.tokens[first].start, failed.tokens[last].end)
    return error(name, message, span, help=help_)


# ------------------------------------------------------------------------------------ phases


def _in_a_phase(failed: Failed) -> Diagnostic | None:
    tokens, at = failed.tokens, failed.at
    last = len(tokens) - 1
    lead = tokens[0]
    if lead.kind == "NUMBER" or lead.text in _OFTEN:
        return _service_later(failed)
    if len(tokens) > 2 and tokens[1].kind == "NUMBER" and tokens[2].text in _DOSE_UNITS:
        dose = failed.said(1, last)
        return _say(failed, "unknown-line", "a dose does not stand in a phase", 0, last,
                    f"write it in a `medication` block, such as `maintenance {dose}`")  # fmt: skip
    if at == 1 and last > 1 and tokens[1].kind == "_COMMA":
        return _say(failed, "cannot-read", "this line speaks of several services", 0, last,
                    "give each service a line of its own")  # fmt: skip
    if at == 2 and last > 1 and tokens[1].kind == "NUMBER" and tokens[2].text in _TIME_UNITS:
        such = f"{shown(lead)} weekly for {failed.said(1, 2)}"
        return _say(failed, "cannot-read", "how long stands before how often", 1, 2,
                    f"say how often first, such as `{such}`")  # fmt: skip
    reach = Token("NAME", "reach", lead.start, lead.start)
    if (
        at < 3
        and last > 0
        and tokens[1].kind != "NUMBER"
        and failed.read([reach, *tokens], "goal_line") is not None
    ):
        condition = failed.said(0, last)
        return _say(failed, "unknown-line", "a condition stands with what it decides", 0, last,
                    f"write, for example, `step down to … when {condition}`")  # fmt: skip
    return None


def _service_later(failed: Failed) -> Diagnostic:
    """`weekly individual`, `1 individual per week`."""
    tokens = failed.tokens
    name = next((i for i, t in enumerate(tokens) if t.text in failed.names()), 0)
    rest = [shown(t) for i, t in enumerate(tokens) if i != name]
    such = f"{tokens[name].text} {' '.join(rest)}" if name else "individual weekly"
    return _say(failed, "unknown-line", "a line about a service begins with its name", 0, len(tokens) - 1,
                f"write, for example, `{such}`")  # fmt: skip


# --------------------------------------------------------------------------------- every line


def _in_any_line(failed: Failed) -> Diagnostic | None:
    tokens, at = failed.tokens, failed.at
    if not 0 < at < len(tokens):
        return None
    choices = accepted(failed.tables, failed.failure.stack)
    token, before = tokens[at], tokens[at - 1]
    last = len(tokens) - 1
    if "DATE" in choices and (token.kind in ("NUMBER", "VERSION", "CODE") or _month(token)):
        return _say(failed, "unknown-date", f"`{failed.said(at, last)}` is not how a plan writes a date", at,
                    last, "write year-month-day, such as `2026-01-31`")  # fmt: skip
    if before.kind == "TIME" and token.text == "to":
        return _say(failed, "time-of-day", "a line says when a session begins, not when it ends", at, last,
                    "take the end out; how long it takes is the `length` of the service")  # fmt: skip
    if token.text == "(" and begun_condition(tokens, at) < 0:
        return _say(failed, "cannot-read", "parentheses stand only in conditions", at, last,
                    "say it without them, or after `#` as a remark")  # fmt: skip
    if token.kind == "STRING" and END in choices and failed.rule != "header":
        return _say(failed, "cannot-read", "a text has no place at the end of this line", at, at,
                    "put it into a line of its own, `note \"…\"`, or after `#`")  # fmt: skip
    if before.text == "when" and at > 1 and tokens[at - 2].text in ("to", "as"):
        what = "phase" if tokens[at - 2].text == "to" else "outcome"
        return _say(failed, "cannot-read", f"the name of the {what} is missing before `when`", at - 1, at - 1,
                    f"write, for example, `{failed.said(0, at - 2)} {_named(what)} when …`")  # fmt: skip
    return None


def _month(token: Token) -> bool:
    return token.text[:3] in "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _named(what: str) -> str:
    return "aftercare" if what == "phase" else "completed"


def not_measured(failed: Failed) -> Diagnostic | None:
    """`when patient relapses`: words about a person, where a name must stand."""
    tokens, at = failed.tokens, failed.at
    if not 0 < at < len(tokens):
        return None
    if begun_condition(tokens, at) < 0 or tokens[at].kind != "NAME" or tokens[at - 1].kind != "NAME":
        return None
    first = at - 1
    while first > 0 and tokens[first - 1].text in _CLINICAL:
        first -= 1
    known = {*failed.names(), *failed.tables.words, *_VALUES}
    if tokens[first].text in known - _CLINICAL or tokens[at].text in known:
        return None
    return _say(
        failed,
        "cannot-read",
        f"`{failed.said(first, at)}` is nothing that a plan knows",
        first,
        at,
        'a condition speaks of what has a name: an `event relapse "…"`, a judgement such as '
        "`measure team-agrees yes or no`, or a score",
    )
