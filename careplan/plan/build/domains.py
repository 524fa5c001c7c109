"""What values a fact or a measure can have."""

from __future__ import annotations

from careplan.language import nodes as syntax
from careplan.plan.build.context import Context, Declaration
from careplan.plan.model import Domain


def domain_of(context: Context, declaration: Declaration) -> Domain | None:
    """The domain of a declared fact or measure; None for an event, or if its header cannot be read."""
    node = declaration.block.header.node if declaration.block.header else None
    if not isinstance(node, syntax.FactHeader | syntax.MeasureHeader):
        return None
    owner = Context(declaration.source, context.names, [])
    return domain(owner, node.kind)


def domain(context: Context, kind: syntax.Kind) -> Domain:
    """The domain that a header says."""
    if isinstance(kind, syntax.YesNo):
        return context.make(Domain, kind, kind="yes-no", values=("yes", "no"))
    if isinstance(kind, syntax.Choice):
        return _choice(context, kind)
    unit = None
    if kind.unit is not None:
        unit = context.text(kind.unit) if kind.unit.kind == "STRING" else kind.unit.text
    low, high = float(kind.low.text), float(kind.high.text)
    if low == high or not context.ordered(low, high, kind, "the range"):
        if low == high:
            context.fault("impossible-range", f"a range from {low:g} to {high:g} has a single value", kind)
        low, high = min(low, high), max(low, high)
    return context.make(Domain, kind, kind="number", low=low, high=high, unit=unit)


def _choice(context: Context, kind: syntax.Choice) -> Domain:
    values: list[str] = []
    for token in kind.names.items:
        if token.text in values:
            context.fault("repeated-part", f"`{token.text}` is listed twice", token)
        else:
            values.append(token.text)
    return context.make(Domain, kind, kind="choice", values=tuple(values))


def band_names(context: Context, measure: str) -> list[str]:
    """The bands of a measure that is declared."""
    declaration = context.names.declared.get(measure)
    if declaration is None:
        return []
    return [s.node.name.text for s in declaration.block.lines if isinstance(s.node, syntax.Band)]


def bands(context: Context, measure: str) -> dict[str, tuple[str, str]]:
    """The bands of a measure that is declared: the ends of each, as they are written."""
    declaration = context.names.declared.get(measure)
    lines = declaration.block.lines if declaration is not None else ()
    nodes = [s.node for s in lines if isinstance(s.node, syntax.Band)]
    return {n.name.text: (n.low.text, (n.high or n.low).text) for n in nodes}
