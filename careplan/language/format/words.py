"""One spelling for the words of a sentence: `monday` is `mon`, `2 week` is `2 weeks`, `8:00` is `08:00`.

Only words in the place of a unit, a weekday or a step are touched: a fact may well have a value `day`.
"""

from __future__ import annotations

from collections.abc import Callable

from careplan.language import nodes
from careplan.language.nodes import Node, Token
from careplan.language.parser import Sentence

_UNITS = {
    form: pair
    for pair in (
        ("hour", "hours"),
        ("day", "days"),
        ("week", "weeks"),
        ("month", "months"),
        ("year", "years"),
    )
    for form in pair
} | dict.fromkeys(("min", "mins", "minute", "minutes"), ("min", "min"))
_AS_WRITTEN = (nodes.Version, nodes.Language, nodes.LevelNode, nodes.Code)
"""Sentences whose numbers are names: version 1.10 is not version 1.1."""

Texts = list[str]
Places = dict[int, int]


def wordings(sentence: Sentence) -> Texts:
    """The text of every token of `sentence`, spelt in the one way."""
    node = sentence.node
    texts = [token.text for token in sentence.tokens]
    if node is None:
        return texts
    if not isinstance(node, _AS_WRITTEN):
        for index, token in enumerate(sentence.tokens):
            if token.kind == "NUMBER":
                texts[index] = _plain_number(token.text)
            elif token.kind == "TIME":
                texts[index] = token.text.zfill(5)
    _spell(node, texts, {token.start: index for index, token in enumerate(sentence.tokens)})
    return texts


def _plain_number(text: str) -> str:
    whole, _, fraction = text.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _spell(node: Node, texts: Texts, places: Places) -> None:
    spell = _SPELLINGS.get(type(node))
    if spell is not None:
        spell(node, texts, places)
    for child in node.children:
        if isinstance(child, Node):
            _spell(child, texts, places)


def _agree(forms: tuple[str, str], count: Token | None, texts: Texts, places: Places) -> str:
    """The one of `forms` (one, many) that goes with the number `count`; without a number, the first."""
    return forms[count is not None and texts[places[count.start]] != "1"]


def _counted(number: int, unit: int) -> Callable[[Node, Texts, Places], None]:
    """Spells the unit in field `unit` to go with the number in field `number`."""

    def spell(node: Node, texts: Texts, places: Places) -> None:
        token = node.children[unit]
        texts[places[token.start]] = _agree(_UNITS[token.text], node.children[number], texts, places)

    return spell


def _value(node: nodes.Number, texts: Texts, places: Places) -> None:
    unit = node.unit
    # A measure may be in `minutes`, so here only the number of the word is mended, not its form.
    if unit is not None and unit.text in _UNITS and not unit.text.startswith("min"):
        texts[places[unit.start]] = _agree(_UNITS[unit.text], node.high or node.low, texts, places)


def _after(forms: tuple[str, str], field: int) -> Callable[[Node, Texts, Places], None]:
    """Spells the word after the number in field `field`, if there is one."""

    def spell(node: Node, texts: Texts, places: Places) -> None:
        count = node.children[field]
        if count is not None:
            texts[places[count.start] + 1] = _agree(forms, count, texts, places)

    return spell


def _total(node: nodes.Total, texts: Texts, places: Places) -> None:
    count = node.amount.high or node.amount.low
    texts[places[count.start] + 1] = _agree(("session", "sessions"), count, texts, places)


def _in_spans(node: nodes.InWeeks | nodes.InDays | nodes.InPlanWeeks, texts: Texts, places: Places) -> None:
    _spans_word(node.spans, places[node.spans.start] - 1, texts)


def _spans_word(spans: nodes.Spans, at: int, texts: Texts) -> None:
    """`week` before one number or a choice of two, `weeks` before several."""
    items = spans.items
    one = len(items) == 1 and (isinstance(items[0], nodes.Either) or items[0].last is None)
    texts[at] = texts[at].rstrip("s") + ("" if one else "s")


def _on_day(node: nodes.OnDay, texts: Texts, places: Places) -> None:
    _spans_word(node.spans, places[node.spans.start] - 1, texts)


def _stage_span(node: nodes.StageSpan | nodes.InPlan, texts: Texts, places: Places) -> None:
    _spans_word(node.spans, places[node.unit.start], texts)


def _stage_unit(
    node: nodes.FromDay | nodes.StageEnd | nodes.PlanPoint | nodes.VisitPoint, texts: Texts, places: Places
) -> None:
    if node.unit is not None:
        texts[places[node.unit.start]] = node.unit.text.rstrip("s")


def _admitted(node: nodes.Admitted, texts: Texts, places: Places) -> None:
    texts[places[node.weekday.start]] = node.weekday.text[:3]


def _ingredients(node: nodes.Ingredients, texts: Texts, _places: Places) -> None:
    texts[0] = "ingredient" if len(node.names.items) == 1 else "ingredients"


def _weekdays(node: nodes.WeekdayRange, texts: Texts, places: Places) -> None:
    for day in (node.first, node.last):
        if day is not None:
            texts[places[day.start]] = day.text[:3]


def _step(node: nodes.Dose | nodes.RampNode, texts: Texts, places: Places) -> None:
    at = places[node.step.start]
    texts[at] = texts[at].replace("stabilisation", "stabilization")


_SPELLINGS: dict[type[Node], Callable[..., None]] = {
    nodes.Duration: _counted(0, 1),
    nodes.Every: _counted(0, 1),
    nodes.Period: _counted(0, 1),
    nodes.Number: _value,
    nodes.Topic: _after(("session", "sessions"), 1),
    nodes.AfterSessionsNode: _after(("session", "sessions"), 0),
    nodes.ForTimes: _after(("time", "times"), 0),
    nodes.Total: _total,
    nodes.InWeeks: _in_spans,
    nodes.InDays: _in_spans,
    nodes.InPlanWeeks: _in_spans,
    nodes.OnDay: _on_day,
    nodes.StageSpan: _stage_span,
    nodes.InPlan: _stage_span,
    nodes.FromDay: _stage_unit,
    nodes.StageEnd: _stage_unit,
    nodes.PlanPoint: _stage_unit,
    nodes.VisitPoint: _stage_unit,
    nodes.Admitted: _admitted,
    nodes.ExpectSessions: _after(("session", "sessions"), 0),
    nodes.SessionsFloor: _after(("session", "sessions"), 0),
    nodes.AtMostReturns: _after(("return", "returns"), 0),
    nodes.Ingredients: _ingredients,
    nodes.WeekdayRange: _weekdays,
    nodes.Dose: _step,
    nodes.RampNode: _step,
}
SPELT = frozenset(_SPELLINGS)
"""The nodes whose words may come out in another form; all other words come out as they are."""
