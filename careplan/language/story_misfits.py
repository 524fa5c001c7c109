"""Lines of scenarios and claims that need their own words."""

from __future__ import annotations

from careplan.diagnostics import Diagnostic, error
from careplan.language.expectations import shown
from careplan.language.likeness import join
from careplan.language.slips import Failed

_TOLD = ("on", "from", "in")
_MEANT = ("phase", "outcome", "taking")


def story_misfit(failed: Failed) -> Diagnostic | None:
    """What to say of such a line; None if it has another fault."""
    if failed.rule != "scenario_line" or not 0 < failed.at < len(failed.tokens):
        return None
    if failed.tokens[0].text == "expect":
        return _expected(failed)
    return _told(failed) if failed.tokens[0].text in _TOLD else None


def _expected(failed: Failed) -> Diagnostic | None:
    """`expect iop on day 20`, which does not say what `iop` is."""
    tokens = failed.tokens
    if failed.at != 1 or tokens[1].kind != "NAME":
        return None
    name, rest = shown(tokens[1]), failed.said(1, len(tokens) - 1)
    kinds = [tokens[0]._replace(text=kind) for kind in _MEANT]
    fits = [k.text for k in kinds if failed.read([tokens[0], k, *tokens[1:]]) is not None]
    such = [f"`expect {kind} {rest}`" for kind in fits] or ["a line such as `expect phase iop on day 20`"]
    return _say(failed, f"`expect` does not say what `{name}` is", 1, f"write {join(such)}")


def _told(failed: Failed) -> Diagnostic | None:
    tokens, at = failed.tokens, failed.at
    first = next((n for n, token in enumerate(tokens[:at]) if token.text == "is"), 0)
    when = failed.said(0, first - 2) if first > 1 else ""
    if tokens[at].text == "is" and first:
        rest = failed.said(at - 1, len(tokens) - 1)
        return _say(
            failed,
            "this line tells of two measures",
            at - 1,
            f"give each a line of its own: `{when} {rest}`",
        )
    if tokens[at].kind == "OPERATOR":
        value = failed.said(at + 1, len(tokens) - 1) if at + 1 < len(tokens) else "…"
        return _say(
            failed,
            f"a scenario tells one result, and `{tokens[at].text}` is a comparison",
            at,
            f"write, for example, `{shown(tokens[at - 1])} is {value}`",
        )
    return None


def _say(failed: Failed, message: str, at: int, help_: str) -> Diagnostic:
    token = failed.tokens[at]
    return error("cannot-read", message, failed.source.span(token.start, token.end), help=help_)
