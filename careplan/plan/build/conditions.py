"""Conditions: which measure, fact or count they test, and whether the value can be one of its values."""

from __future__ import annotations

from typing import Any, cast

from careplan.diagnostics import Edit, Fix, Label
from careplan.language import nodes as syntax
from careplan.language.likeness import join, near
from careplan.language.nodes import Expression, Node, Token
from careplan.plan.build.context import SERVICES, Context
from careplan.plan.build.domains import band_names, domain_of
from careplan.plan.build.units import days
from careplan.plan.model import AllOf, AnyOf, Condition, Domain, NotSo, Test

MOST_PARTS = 200
"""How many parts one `and` or `or` may join."""
_OBSERVED = ("measure", "fact", "event")


def condition(context: Context, node: Expression) -> Condition | None:
    """The condition that `node` says, or None if a part of it cannot be understood (and was reported)."""
    if isinstance(node, syntax.Group):
        return condition(context, node.inner)
    if isinstance(node, syntax.NotSoNode):
        part = condition(context, node.part)
        return None if part is None else context.make(NotSo, node, part=part)
    if isinstance(node, syntax.AllOfNode | syntax.AnyOfNode):
        return _joined(context, node)
    test: Test | None = _TESTS[type(node)](context, node)
    return test


def _joined(context: Context, node: syntax.AllOfNode | syntax.AnyOfNode) -> Condition | None:
    if len(node.parts) > MOST_PARTS:
        context.fault(
            "condition-too-large",
            f"this condition has {len(node.parts)} parts, and nobody can read so many",
            node.parts[0],
            here="the first of them",
            help="say it with fewer, or split the line into several",
        )
        return None
    if isinstance(node, syntax.AnyOfNode):
        _refuse_mixture(context, node)
    parts = [condition(context, part) for part in node.parts]
    if any(part is None for part in parts):
        return None
    cls: type[AllOf] | type[AnyOf] = AllOf if isinstance(node, syntax.AllOfNode) else AnyOf
    return context.make(cls, node, parts=tuple(cast("list[Condition]", parts)))


def _refuse_mixture(context: Context, node: syntax.AnyOfNode) -> None:
    """`a and b or c` reads differently to different people."""
    mixed = [part for part in node.parts if isinstance(part, syntax.AllOfNode)]
    if not mixed:
        return
    source = context.source
    edits: list[Edit] = []
    for part in mixed:
        edits.append(Edit(source.span(part.start, part.start), "("))
        edits.append(Edit(source.span(part.end, part.end), ")"))
    context.fault(
        "mixed-and-or",
        "this condition mixes `and` with `or`, which people read in two ways",
        node,
        related=tuple(Label(context.span(part), "read as one part") for part in mixed),
        help="put parentheses around the parts that belong together",
        fix=Fix("write the parentheses as the parts are read now", tuple(edits)),
    )


# --------------------------------------------------------------------------------- single tests


def _is(context: Context, node: syntax.IsValue | syntax.IsNot) -> Test | None:
    found = observed(context, node.name, "measure", "fact")
    tails = _tails(context, node.tails)
    if found is None or tails is None:
        return None
    subject, domain = found
    value = value_of(context, node.name, domain, node.value, subject)
    if value is None:
        return None
    operator = "is" if isinstance(node, syntax.IsValue) else "is not"
    return context.make(Test, node, subject=subject, name=node.name.text, operator=operator, **value, **tails)


def value_of(
    context: Context, name: Token, domain: Domain | None, value: syntax.Word | syntax.Number, subject: str
) -> dict[str, Any] | None:
    """The fields of a value that something `is`."""
    if isinstance(value, syntax.Number):
        return _number_value(context, name, domain, value)
    word = value.token.text
    if domain is None or (word == "missing" and subject == "measure"):
        return {"value": word}
    choices = domain.values or band_names(context, name.text)
    if word in choices:
        return {"value": word}
    better = near(word, choices)
    known = (
        join([f"`{c}`" for c in choices]) if choices else f"a number from {domain.low:g} to {domain.high:g}"
    )
    context.fault(
        "unknown-value",
        f"`{name.text}` is never `{word}`",
        value,
        here=f"did you mean `{better}`?" if better else "",
        help=f"`{name.text}` can be {known}",
    )
    return None


def _number_value(
    context: Context, name: Token, domain: Domain | None, value: syntax.Number
) -> dict[str, Any] | None:
    low = float(value.low.text)
    high = None if value.high is None else float(value.high.text)
    if high is not None and not context.ordered(low, high, value, f"the range of `{name.text}`"):
        return None
    if domain is None:
        return {"value": low, "high": high}
    if domain.kind != "number":
        _wrong_kind(context, name, domain, value)
        return None
    if not _unit_fits(context, name, domain, value):
        return None
    for token in (value.low, value.high):
        if token is not None and not _inside(context, name, domain, token):
            return None
    return {"value": low, "high": high}


def _wrong_kind(context: Context, name: Token, domain: Domain, node: Node | Token) -> None:
    values = join([f"`{v}`" for v in domain.values])
    context.fault(
        "wrong-kind",
        f"`{name.text}` is not a number",
        node,
        help=f"it is {values}: write `{name.text} is {domain.values[0]}`",
    )


def _unit_fits(context: Context, name: Token, domain: Domain, value: syntax.Number) -> bool:
    unit = value.unit
    if unit is None or (domain.unit or "").rstrip("s") == unit.text.rstrip("s"):
        return True
    own = f"it is counted in {domain.unit}" if domain.unit else "it has no unit"
    context.fault("wrong-unit", f"`{name.text}` is not given in `{unit.text}`", unit, help=own)
    return False


def _inside(context: Context, name: Token, domain: Domain, token: Token) -> bool:
    value = float(token.text)
    if (domain.low is None or value >= domain.low) and (domain.high is None or value <= domain.high):
        return True
    context.fault(
        "out-of-range",
        f"`{name.text}` runs from {domain.low:g} to {domain.high:g}, and is never {token.text}",
        token,
    )
    return False


def _compares(context: Context, node: syntax.Compares) -> Test | None:
    found = observed(context, node.name, "measure", "fact")
    tails = _tails(context, node.tails)
    if found is None or tails is None:
        return None
    subject, domain = found
    value = _compared(context, node.name, domain, node.value)
    if value is None:
        return None
    return context.make(
        Test, node, subject=subject, name=node.name.text, operator=node.operator.text, value=value, **tails
    )


def _compared(
    context: Context, name: Token, domain: Domain | None, value: syntax.Word | syntax.Number
) -> float | None:
    """The number after `<`, `<=`, `>` or `>=`."""
    if domain is not None and domain.kind != "number":
        _wrong_kind(context, name, domain, value)
        return None
    if isinstance(value, syntax.Word):
        context.fault(
            "wrong-kind", f"`{value.token.text}` is not a number", value, help="compare with a number"
        )
        return None
    fields = _number_value(context, name, domain, value)
    if fields is None:
        return None
    if fields["high"] is not None:
        context.fault(
            "wrong-kind",
            "a comparison takes one number, not a range",
            value,
            help=f"write `{name.text} is {value.low.text} to {value.high.text if value.high else ''}`",
        )
        return None
    return cast(float, fields["value"])


def _changes(context: Context, node: syntax.Falls | syntax.Rises) -> Test | None:
    found = observed(context, node.name, "measure")
    tails = _tails(context, node.tails)
    if found is None or tails is None:
        return None
    domain = found[1]
    if isinstance(node.value, syntax.Word) or (domain is not None and domain.kind != "number"):
        context.fault("wrong-kind", f"`{node.name.text}` can only rise or fall by a number", node.value)
        return None
    percent = node.value.unit is not None and node.value.unit.text == "%"
    operator = "falls by" if isinstance(node, syntax.Falls) else "rises by"
    amount = float(node.value.low.text)
    widest = 100.0 if percent else None if domain is None else (domain.high or 0) - (domain.low or 0)
    if amount <= 0 or (widest is not None and amount > widest and operator == "falls by"):
        context.fault("out-of-range", f"`{node.name.text}` cannot change by {amount:g}", node.value)
        return None
    return context.make(
        Test,
        node,
        subject="measure",
        name=node.name.text,
        operator=operator,
        value=amount,
        percent=percent,
        **tails,
    )


def _counted(context: Context, node: syntax.Attendance | syntax.Sessions | syntax.Missed) -> Test | None:
    service = None if node.service is None else context.refer(node.service, *SERVICES)
    tails = _tails(context, node.tails)
    if tails is None or (node.service is not None and service is None):
        return None
    subject = {"Attendance": "attendance", "Sessions": "sessions", "Missed": "missed"}[type(node).__name__]
    what = {
        "attendance": "attendance",
        "sessions": "a count of sessions",
        "missed": "a count of missed sessions",
    }
    value = _count(context, node.value, what[subject], percent=subject == "attendance")
    if value is None:
        return None
    return context.make(
        Test, node, subject=subject, name=service, operator=node.operator.text, value=value,
        percent=subject == "attendance", **tails,
    )  # fmt: skip


def _count(context: Context, value: syntax.Word | syntax.Number, what: str, percent: bool) -> float | None:
    if isinstance(value, syntax.Word) or value.high is not None:
        context.fault("wrong-kind", f"{what} is compared with one number", value)
        return None
    unit = value.unit.text if value.unit is not None else ""
    number = float(value.low.text)
    if percent and unit != "%":
        context.fault(
            "wrong-unit", f"{what} is a share", value, help=f"write it in percent: `{value.low.text}%`"
        )
        return None
    if percent and number > 100:
        context.fault("out-of-range", f"{what} is never more than 100%", value)
        return None
    if not percent and unit:
        context.fault("wrong-unit", f"{what} has no unit", value, help=f"write `{value.low.text}`")
        return None
    if not percent and number != int(number):
        context.fault("whole-number", f"{what} is a whole number", value)
        return None
    return number


def _clock(context: Context, node: syntax.Clock) -> Test | None:
    tails = _tails(context, node.tails)
    value = node.value
    if (
        isinstance(value, syntax.Number)
        and value.unit is not None
        and value.unit.text.rstrip("s") + "s" == node.unit.text
    ):
        value = syntax.Number((value.start, value.end, value.low, value.high, None))
    number = _count(context, value, f"the phase's clock in {node.unit.text}", percent=False)
    if tails is None or number is None:
        return None
    return context.make(
        Test, node, subject=node.unit.text, operator=node.operator.text, value=number, **tails
    )


def _taking(context: Context, node: syntax.Taking) -> Test | None:
    name = context.refer(node.name, "medication")
    tails = _tails(context, node.tails)
    if name is None or tails is None:
        return None
    return context.make(Test, node, subject="medication", name=name, operator="taking", **tails)


def _named(context: Context, node: syntax.NamedTest) -> Test | None:
    found = observed(context, node.name, *_OBSERVED)
    tails = _tails(context, node.tails)
    if found is None or tails is None:
        return None
    subject, domain = found
    if subject == "event":
        return context.make(Test, node, subject=subject, name=node.name.text, operator="happened", **tails)
    if domain is not None and domain.kind != "yes-no":
        example = f"{node.name.text} is {domain.values[0]}" if domain.values else f"{node.name.text} >= …"
        context.fault(
            "wrong-kind",
            f"`{node.name.text}` alone is no condition: it is not a yes or no",
            node.name,
            help=f"say what it must be, such as `{example}`",
        )
        return None
    return context.make(Test, node, subject=subject, name=node.name.text, operator="is", value="yes", **tails)


_TESTS: dict[type[Node], Any] = {
    syntax.IsValue: _is,
    syntax.IsNot: _is,
    syntax.Compares: _compares,
    syntax.Falls: _changes,
    syntax.Rises: _changes,
    syntax.Attendance: _counted,
    syntax.Sessions: _counted,
    syntax.Missed: _counted,
    syntax.Clock: _clock,
    syntax.Taking: _taking,
    syntax.NamedTest: _named,
}


def observed(context: Context, token: Token, *kinds: str) -> tuple[str, Domain | None] | None:
    """The kind of what `token` names, and its domain (None for an event or an unreadable header)."""
    if context.refer(token, *kinds) is None:
        return None
    declaration = context.names.declared[token.text]
    return declaration.kind, domain_of(context, declaration)


def _tails(context: Context, node: syntax.Tails) -> dict[str, Any] | None:
    """The fields that the tails of a test set; reports a tail that is said twice."""
    fields: dict[str, Any] = {}
    for item in node.items:
        entry = _tail(context, item)
        if entry is None:
            return None
        if entry[0] in fields:
            context.fault("repeated-part", "this is said twice in one test", item)
            return None
        fields[entry[0]] = entry[1]
    return fields


def _tail(context: Context, item: Node) -> tuple[str, Any] | None:
    if isinstance(item, syntax.ForTimes):
        return "times", context.whole(item.number, "how many times")
    if isinstance(item, syntax.InARow):
        return "in_a_row", True
    if isinstance(item, syntax.SinceAdmission):
        return "since_admission", True
    field, what = _WINDOWS[type(item)]
    window = cast("syntax.ForTime | syntax.Within | syntax.Over", item)
    value = days(context, window.duration, what)
    return None if value is None else (field, value)


_WINDOWS: dict[type[Node], tuple[str, str]] = {
    syntax.ForTime: ("for_days", "how long it must have been so"),
    syntax.Within: ("within_days", "how far the test looks back"),
    syntax.Over: ("over_days", "how far attendance looks back"),
}
