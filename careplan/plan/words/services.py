"""The blocks of what is given and measured: therapies, supports, facts, measures and events."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import Band, Domain, Fact, Format, Measure, Service, Topic
from careplan.plan.words.sizes import counted, duration_words, every_words, listed, minutes_words, range_words
from careplan.plan.words.sizes import number_words as number
from careplan.plan.words.texts import common_lines, listed_words, quoted, word_or_text


def service_lines(service: Service) -> Iterator[str]:
    """The lines of a therapy or a support."""
    if service.formats:
        yield f"format {listed((_format(form) for form in service.formats), last='or')}"
    if service.minutes is not None:
        pause = f" plus {minutes_words(service.break_minutes)} break" if service.break_minutes else ""
        yield f"length {minutes_words(service.minutes)}{pause}"
    if service.staff:
        yield f"staff {listed_words(service.staff)}"
    if service.delivery:
        yield f"delivery {' or '.join(service.delivery)}"
    if service.admission == "periodic":
        yield f"admission {every_words(service.admission_days or 0)}"
    elif service.admission is not None:
        yield f"admission {service.admission}"
    if service.make_up_days is not None:
        yield f"missed make up within {duration_words(service.make_up_days)}"
    if service.skip_missed:
        yield "missed skip"
    if service.curriculum is not None:
        yield f"curriculum {service.curriculum}"
    yield from (_topic(topic) for topic in service.topics)
    if service.kind == "therapy" and not service.counted:
        yield "hours not counted"
    yield from common_lines(service)


def _format(form: Format) -> str:
    return form.kind if form.low is None else f"{form.kind} of {range_words(form.low, form.high or form.low)}"


def _topic(topic: Topic) -> str:
    if topic.elective:
        return f"elective {quoted(topic.title)}"
    sessions = f" {counted(topic.sessions, 'session')}" if topic.sessions != 1 else ""
    return f"topic {quoted(topic.title)}{sessions}"


def domain_words(element: Fact | Measure) -> str:
    """What values a fact or a measure can have: `one of day, evening`, `0 to 27, lower is better`."""
    words = _values(element.domain)
    better = element.better if isinstance(element, Measure) else None
    return f"{words}, {better} is better" if better else words


def _values(domain: Domain) -> str:
    if domain.kind == "yes-no":
        return "yes or no"
    if domain.kind == "choice":
        return f"one of {', '.join(domain.values)}"
    unit = f" {word_or_text(domain.unit)}" if domain.unit else ""
    return f"{number(domain.low or 0)} to {number(domain.high or 0)}{unit}"


def measure_lines(measure: Measure) -> Iterator[str]:
    """The lines of a measure."""
    yield from (_band(band) for band in measure.bands)
    if measure.missing_as is not None:
        value = measure.missing_as
        yield f"missing counts as {value if isinstance(value, str) else number(value)}"
    yield from common_lines(measure)


def _band(band: Band) -> str:
    title = f" {quoted(band.title)}" if band.title is not None else ""
    return f"band {band.name}{title} {range_words(band.low, band.high)}"
