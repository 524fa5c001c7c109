"""How often something comes, as a FHIR Timing: as much of it as a Timing can say, and all of it in words."""

from __future__ import annotations

from careplan.export.fhir.parts import Json, days, text
from careplan.plan.model import Assessment, DoseStep, Frequency, Placement, ServiceLine, Stretch
from careplan.plan.words import frequency_words, listed, number_words, placement_words

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def line_timing(line: ServiceLine | Assessment, minutes: int | None = None) -> Json:
    """The timing of a line of a phase; `minutes` is how long one session takes on the clock."""
    moments = (line.frequency,) if isinstance(line, ServiceLine) else line.moments
    often = listed(frequency_words(moment) for moment in moments)
    words = " ".join(filter(None, (often, placement_words(line))))
    main = next((moment for moment in moments if moment.period_days), moments[0])
    repeat = {**_rate(main), **_place(line), **_bounds(line)}
    if main.kind == "once" and line.weeks:
        repeat["count"] = len(line.weeks)
    if minutes:
        repeat |= {"duration": minutes, "durationUnit": "min"}
    return {"repeat": repeat, "code": text(words)}


def _rate(often: Frequency) -> Json:
    if often.kind == "once":
        return {"count": 1}
    if often.kind == "total":
        more = {"countMax": often.high} if often.high > often.low else {}
        return {"count": often.low, **more}
    if often.period_days is None:
        return {}
    more = {"frequencyMax": often.high} if often.high > often.low else {}
    return {"frequency": often.low, **more, **_period(often.period_days)}


def _period(length: int) -> Json:
    whole = length % 7 == 0
    return {"period": length // 7 if whole else length, "periodUnit": "wk" if whole else "d"}


def _place(place: Placement) -> Json:
    found: Json = {}
    if place.weekdays:
        found["dayOfWeek"] = [WEEKDAYS[day] for day in place.weekdays]
    if place.times:
        found["timeOfDay"] = [f"{time:0>5}:00" for time in place.times]
    return found


def _bounds(place: Placement) -> Json:
    stretch, unit = only_stretch(place)
    return {} if stretch is None else {"boundsDuration": days((stretch.last - stretch.first + 1) * unit)}


def only_stretch(place: Placement) -> tuple[Stretch | None, int]:
    """The one unbroken stretch of weeks (7) or days (1) in which a line holds; None if there are others."""
    parts = (*place.weeks, *place.days, *place.plan_weeks)
    if len(parts) != 1 or place.plan_weeks or parts[0].either:
        return None, 1
    return parts[0], 7 if place.weeks else 1


def offset(place: Placement) -> Json | None:
    """How long after the phase's start a line begins; None if from its first day, or if that varies."""
    stretch, unit = only_stretch(place)
    return days((stretch.first - 1) * unit) if stretch is not None and stretch.first > 1 else None


def words_only(place: Placement) -> bool:
    """Whether some of a line's timing stands in its words alone."""
    several = len((*place.weeks, *place.days, *place.plan_weeks)) > 1 or bool(place.plan_weeks)
    either = any(stretch.either for stretch in (*place.weeks, *place.days))
    other = (place.within_days, place.for_days, place.after_sessions)
    return several or either or place.at_random or any(part is not None for part in other)


def dosage(step: DoseStep, sequence: int, words: str, route: str | None = None) -> Json:
    """One step of a course as a Dosage; a ramp's doses are a range, and its pace stands in the words."""
    repeat: Json = {} if step.frequency is None else _rate(step.frequency)
    if step.weekdays:
        repeat["dayOfWeek"] = [WEEKDAYS[day] for day in step.weekdays]
    if step.run_days is not None:
        repeat["boundsDuration"] = days(step.run_days)
    if step.run_times is not None:
        repeat["count"] = step.run_times
    needed = step.frequency is not None and step.frequency.kind == "as-needed"
    return {
        "sequence": sequence,
        "text": words,
        "timing": {"repeat": repeat},
        "asNeededBoolean": needed or None,
        "route": text(route),
        "doseAndRate": [amount(step.low, step.high, step.unit)],
    }


def amount(low: float, high: float, unit: str) -> Json:
    """A dose, or a range of doses."""
    ends = [_quantity(value, unit) for value in (low, high)]
    return {"doseQuantity": ends[0]} if low == high else {"doseRange": {"low": ends[0], "high": ends[1]}}


def _quantity(value: float, unit: str) -> Json:
    ucum = {"mg": "mg", "ml": "mL"}.get(unit)
    known = {"system": "http://unitsofmeasure.org", "code": ucum} if ucum else {}
    number = int(value) if value == int(value) else float(number_words(value))
    return {"value": number, "unit": unit, **known}
