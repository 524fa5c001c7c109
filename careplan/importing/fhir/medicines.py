"""A foreign medication: which drug of the formulary it is, and its doses. Nothing is guessed.

Naloxone is not naltrexone: a drug is known by a code or by its whole name, never by what it looks like.
"""

from __future__ import annotations

from careplan.export.fhir.names import system_name
from careplan.importing.fhir.seen import Seen
from careplan.importing.fhir.standard import drug_names, drug_with
from careplan.importing.fhir.timing import rate, whole_days
from careplan.plan.words.sizes import duration_words, range_words

_PLAIN = {"id", "sequence", "text", "timing", "route", "doseAndRate"}
_PLAIN_TIMES = {"frequency", "frequencyMax", "period", "periodUnit", "boundsDuration"}
_UNITS = {"mg": "mg", "mcg": "mcg", "ug": "mcg", "g": "g", "ml": "ml"}


def drug_of(product: Seen) -> str | None:
    """The drug of the formulary that a product is; None where that is not certain."""
    codes = []
    for coding in product.parts("coding"):
        system, code = system_name(coding.words("system")), coding.words("code")
        coding.value("display")
        if system is not None:
            codes.append((system, code))
    words = "-".join(product.words("text").lower().split())
    by_code = drug_with(codes)
    by_name = words if words in drug_names() else None
    if by_code and by_name and by_code != by_name:
        return None
    return by_code or by_name


def course(dosages: list[Seen]) -> list[str]:
    """The dose lines, in order; none if a single one cannot be said exactly."""
    ordered = sorted(enumerate(dosages), key=lambda pair: (pair[1].value("sequence") or pair[0] + 1, pair[0]))
    lines = [_line(dosage, first=n == 0) for n, (_, dosage) in enumerate(ordered)]
    return [line for line in lines if line] if all(lines) else []


def _line(dosage: Seen, first: bool) -> str:
    amount = _amount(dosage)
    repeat = dosage.part("timing").part("repeat")
    often = rate(repeat)
    dosage.value("text")
    if not amount or often.words is None or often.lost:
        return ""
    if set(dosage.content) - _PLAIN or set(repeat.content) - _PLAIN_TIMES:
        return ""  # as needed, a site, a maximum: more than a dose line says
    words = [("dose" if first else "then"), amount, often.words]
    if repeat.content.get("boundsDuration"):
        days, _ = whole_days(repeat.part("boundsDuration"))
        if days is None:
            return ""
        words.append(f"for {duration_words(days)}")
    return " ".join(words)


def _amount(dosage: Seen) -> str:
    rates = dosage.parts("doseAndRate")
    if len(rates) != 1:
        return ""
    exact, ends = rates[0].part("doseQuantity"), rates[0].part("doseRange")
    low, high = (exact, exact) if exact else (ends.part("low"), ends.part("high"))
    values = [end.value("value") for end in (low, high)]
    units = {_UNITS.get((end.words("code") or end.words("unit")).lower(), "") for end in (low, high)}
    for end in (low, high):
        end.value("system")
        end.value("unit")
    if (
        len(units) != 1
        or "" in units
        or not all(isinstance(value, int | float) and value > 0 for value in values)
    ):
        return ""
    return f"{range_words(*values)} {units.pop()}"
