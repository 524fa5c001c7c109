"""What measures and facts are about, as far as their names and titles tell.

Drugs are known by their class; measures are the plan's own, and known only by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from careplan.pattern import Pattern
from careplan.plan.context import Context
from careplan.plan.logic import Literal, cases
from careplan.plan.model import Condition, Named, Test

OPIOID_FREE = Pattern(
    r"opioid[- ]free|opiate[- ]free|free (of|from) (any )?(opioid|opiate)|without (any )?(opioid|opiate)"
    r"|since (the |their )?last (dose of )?(an? )?(opioid|opiate)|last (opioid|opiate)|opioid abstinen"
)
OPIOID_USE = Pattern(r"opioid|opiate|heroin|fentanyl|\buds\b|urine|drug screen|\buse\b|\bused\b|abstin")
WITHDRAWAL = Pattern(r"\bcows\b|\bsows\b|\boows\b|withdrawal")
ALCOHOL_FREE = Pattern(
    r"\bdry\b|alcohol|drink|drank|sober|abstin|breath|\bbac\b|\bethanol\b|\betg\b|intoxicat"
)
BENZODIAZEPINE = Pattern(
    r"benzo|alprazolam|diazepam|clonazepam|lorazepam|oxazepam|temazepam|midazolam|\bbzd?\b"
)
KIDNEY = Pattern(r"crcl|creatinine|\begfr\b|\bgfr\b|renal|kidney")
DRUG_TEST = Pattern(r"\buds\b|urine|drug (screen|test)|oral fluid|toxicolog|saliva")

_NEGATIVE = {"negative", "no", "none", "absent", "clean", "not-detected", "0", "false"}


def words_of(*elements: Named) -> str:
    """The names and titles of the elements, in small letters."""
    return " ".join(f"{e.name.replace('-', ' ')} {e.name} {e.title or ''}" for e in elements).lower()


def is_about(context: Context, name: str | None, words: Pattern | re.Pattern[str]) -> bool:
    """Whether the measure, fact or event of that name says one of these words."""
    element = context.plan.by_name.get(name or "")
    return element is not None and words.search(words_of(element)) is not None


def says_negative(literal: Literal) -> bool:
    """Whether the test, as it must turn out, asks for a negative result or a small number."""
    test, so = literal
    if isinstance(test.value, str):
        small = test.value in _NEGATIVE
        return small == ((test.operator != "is not") == so)
    if test.value is None:  # a plain yes-no measure or an event
        return not so
    if test.operator in ("is", "is not"):
        return (test.value == 0) == ((test.operator == "is") == so)
    return (test.operator in ("<", "<=", "falls by")) == so


def says_large(literal: Literal) -> bool:
    """Whether the test, as it must turn out, asks for a positive result or a large number."""
    return not says_negative(literal)


def in_every_case(condition: Condition | None, literals: Iterable[Literal]) -> bool:
    """Whether each way in which the condition can hold takes one of these literals."""
    wanted = set(map(id, (x.test for x in literals)))
    return condition is not None and all(any(id(x.test) in wanted for x in case) for case in cases(condition))


def days_told(context: Context, test: Test) -> float | None:
    """How many days a number counted since something stands for, None where its unit is not told."""
    if not isinstance(test.value, float | int):
        return None
    element = context.plan.by_name.get(test.name or "")
    domain = context.domain(test.name or "")
    words = f"{domain.unit if domain else ''} {words_of(element) if element else ''}"
    for word, size in (("hour", 1 / 24), ("week", 7.0), ("day", 1.0)):
        if word in words:
            return test.value * size
    return None
