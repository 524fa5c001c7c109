"""Therapies and supports."""

from __future__ import annotations

from typing import Any

from careplan.language import nodes as syntax
from careplan.language.nodes import Node, Token
from careplan.plan.build.context import Context
from careplan.plan.build.frequencies import amount, every_days
from careplan.plan.build.lines import all_words, by_class, header_fields, only
from careplan.plan.build.units import days, minutes
from careplan.plan.model import Format, Service, Topic

_FORMATS = ("individual", "group", "family", "family group", "community")
_DELIVERY = ("in-person", "telehealth", "phone")
_ADMISSION = ("rolling", "closed")
_ORDERS = {syntax.InOrder: "in order", syntax.Rolling: "rolling", syntax.AnyOrder: "any order"}


def service(context: Context, kind: str, node: syntax.TherapyHeader, lines: list[Node]) -> Service:
    """The service that a block declares."""
    found = by_class(lines)
    fields: dict[str, Any] = {"kind": kind, **header_fields(context, lines, node.name, node.title)}
    formats = only(context, found, syntax.Format)
    if formats is not None:
        fields["formats"] = tuple(f for f in (_format(context, c) for c in formats.choices) if f is not None)
    _length(context, only(context, found, syntax.Length), fields)
    fields["staff"] = all_words(context, found, syntax.Staff)
    delivery = only(context, found, syntax.Delivery)
    if delivery is not None:
        words = [context.word(t, _DELIVERY, "way of delivery") for t in delivery.names]
        fields["delivery"] = tuple(w for w in words if w)
    _admission(context, only(context, found, syntax.Admission), fields)
    missed = only(context, found, syntax.MakeUp, syntax.SkipMissed)
    if isinstance(missed, syntax.MakeUp):
        fields["make_up_days"] = days(context, missed.within, "the time for a make-up")
    fields["skip_missed"] = isinstance(missed, syntax.SkipMissed)
    order = only(context, found, *_ORDERS)
    if order is not None:
        fields["curriculum"] = _ORDERS[type(order)]
    fields["topics"] = tuple(
        _topic(context, n) for n in lines if isinstance(n, syntax.Topic | syntax.Elective)
    )
    uncounted = only(context, found, syntax.NotCounted)
    fields["counted"] = kind == "therapy" and uncounted is None
    return context.make(Service, node, **fields)


def _format(context: Context, node: syntax.FormatChoice) -> Format | None:
    word = node.word.text if node.second is None else f"{node.word.text} {node.second.text}"
    if word not in _FORMATS:
        last = node.second or node.word
        token = Token("NAME", word, node.word.start, last.end)
        context.word(token, _FORMATS, "format of a service")
        return None
    if node.size is None:
        return context.make(Format, node, kind=word)
    low, high = amount(context, node.size, "the size of the group")
    return context.make(Format, node, kind=word, low=low, high=high)


def _length(context: Context, node: syntax.Length | None, fields: dict[str, Any]) -> None:
    if node is None:
        return
    total = minutes(context, node.duration, "the length of a session")
    if node.more is not None and total is not None:
        more = minutes(context, node.more, "the length of a session")
        total = None if more is None else total + more
    fields["minutes"] = total
    if node.pause is not None:
        fields["break_minutes"] = minutes(context, node.pause, "the break") or 0


def _admission(context: Context, node: syntax.Admission | None, fields: dict[str, Any]) -> None:
    if node is None:
        return
    if isinstance(node.value, syntax.Every):
        fields["admission"] = "periodic"
        fields["admission_days"] = every_days(context, node.value)
    else:
        fields["admission"] = context.word(node.value, _ADMISSION, "way of admission")


def _topic(context: Context, node: syntax.Topic | syntax.Elective) -> Topic:
    title = context.text(node.title) or ""
    if isinstance(node, syntax.Elective):
        return context.make(Topic, node, title=title, elective=True)
    sessions = 1 if node.sessions is None else context.whole(node.sessions, "the number of sessions")
    return context.make(Topic, node, title=title, sessions=sessions)
