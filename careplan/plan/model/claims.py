"""Claims: what must hold on every path."""

from typing import Literal

from careplan.plan.model.conditions import Condition
from careplan.plan.model.element import Element
from careplan.plan.model.named import Named
from careplan.plan.model.phases import Exit


class Promise(Element):
    """One line of a claim.

    always, never: `condition`, in `phases` (empty: in all). never exit: `exit` (its direction and target, or
    the one that is `called` so) is not taken, not while `condition` holds, or not because of `measure`.
    can reach: from `source` (a phase) to `target` (a phase or an outcome) `within_days`. ends: `within_days`,
    with at most `returns`. continuous: taking `name` from `source` to `target`. sessions: at least `count`
    of the service `name` (None: of any therapy) on every path to a planned outcome. hours: at least
    `minutes` of clinical time in every full week of `phases`. first service: `name` (None: any) within
    `within_days` of entering each of `phases` (empty: of admission).
    """

    kind: Literal[
        "always",
        "never",
        "never exit",
        "can reach",
        "ends",
        "continuous",
        "sessions",
        "hours",
        "first service",
    ]
    condition: Condition | None = None
    phases: tuple[str, ...] = ()
    if_facts: Condition | None = None  # only for people of whom this is true
    exit: Exit | None = None
    measure: str | None = None
    source: str | None = None
    target: str | None = None
    name: str | None = None  # the medication or service
    within_days: int | None = None
    returns: int | None = None
    count: int | None = None
    minutes: int | None = None


class Claim(Named):
    """What must hold on every path: one promise a line."""

    claims: tuple[Promise, ...] = ()
