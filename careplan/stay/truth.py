"""Three truth values after Kleene: True, False, and None for what is not known."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def negated(value: Truth) -> Truth:
    """Not: what is unknown stays unknown."""
    return None if value is None else not value


def all_hold(values: Iterable[Truth]) -> Truth:
    """And: one False decides."""
    found: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            found = None
    return found


def any_holds(values: Iterable[Truth]) -> Truth:
    """Or: one True decides."""
    found: Truth = False
    for value in values:
        if value:
            return True
        if value is None:
            found = None
    return found
