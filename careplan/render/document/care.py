"""Services with their curricula, and medications with their doses."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.plan.model import DoseStep, Medication, Plan, Service
from careplan.plan.words import counted, duration_words, listed
from careplan.render.document.html import Child, Html, bullets, join, paragraphs, tag
from careplan.render.document.parts import notes_of, section
from careplan.render.plain.conditions import plain_condition, title_of
from careplan.render.plain.lines import plain_dose, plain_formats, plain_length
from careplan.render.plain.words import plain_frequency, plain_period, sentence

ENDINGS = {"hand over": "it is handed over to whoever treats you next", "stop": "it stops"}


def services(plan: Plan) -> Html:
    """Treatment and support, each service with how it is held."""
    kinds = (("therapy", "Treatment"), ("support", "Support, beside treatment"))
    parts: list[Child] = []
    for kind, title in kinds:
        found = [service for service in plan.services if service.kind == kind]
        if found:
            parts.append(tag("h3", title))
            parts += [_service(plan, service) for service in found]
    return section("services", "What is offered", parts)


def _service(plan: Plan, service: Service) -> Html:
    return tag(
        "article",
        tag("h4", service.label),
        paragraphs([" ".join(_service_words(service))]),
        tag("p", "Topics:") if service.topics else None,
        bullets((_topic(service, number) for number in range(len(service.topics))), class_="topics"),
        notes_of(plan, service),
        id=f"service-{service.name}",
    )


def _service_words(service: Service) -> Iterator[str]:
    if plain_length(service):
        yield sentence(f"{plain_length(service)} each time")
    yield sentence(plain_formats(service))
    if service.staff:
        yield sentence(f"led by {listed((s.replace('-', ' ') for s in service.staff), last='or')}")
    if service.kind == "therapy" and not service.counted:
        yield "Not counted as treatment hours."
    yield from _admission(service)
    if service.make_up_days:
        yield sentence(f"a missed session is made up within {duration_words(service.make_up_days)}")
    if service.skip_missed:
        yield "A missed session is not made up."


def _admission(service: Service) -> Iterator[str]:
    if service.admission == "rolling":
        yield "You can join at any time."
    if service.admission == "closed":
        yield "The group starts together and stays together."
    if service.admission == "periodic" and service.admission_days:
        yield sentence(f"new people join {plain_period(service.admission_days)}")
    if service.curriculum == "in order":
        yield "The topics follow one another."
    if service.curriculum == "rolling":
        yield "The topics go round; you begin with the one that is on."
    if service.curriculum == "any order":
        yield "The topics can come in any order."


def _topic(service: Service, number: int) -> str:
    topic = service.topics[number]
    more = f" ({counted(topic.sessions, 'session')})" if topic.sessions > 1 else ""
    return f"{topic.title}{more}{' (optional)' if topic.elective else ''}"


def medications(plan: Plan) -> Html:
    """Every course with its doses, how far it runs and what is checked."""
    return section("medications", "Medications", [_medication(plan, course) for course in plan.medications])


def _medication(plan: Plan, course: Medication) -> Html:
    return tag(
        "article",
        tag("h3", course.label),
        paragraphs([" ".join(_start(plan, course))]),
        tag("h4", "Doses") if course.steps else None,
        bullets((_step(step) for step in course.steps), ordered=True, class_="doses"),
        paragraphs([" ".join(_doses(course))]),
        bullets(_rules(plan, course)),
        notes_of(plan, course),
        id=f"medication-{course.name}",
    )


def _start(plan: Plan, course: Medication) -> Iterator[str]:
    if course.forms:
        yield sentence(f"given as {listed((f.replace('-', ' ') for f in course.forms), last='or')}")
    if course.staff:
        yield sentence(f"given by {listed((s.replace('-', ' ') for s in course.staff), last='or')}")
    first = [other.label for other in plan.medications if other.fallback == course.name]
    if first:
        yield sentence(f"it is used if {listed(first, last='or')} cannot be started")
    start = course.start
    if start is not None and (start.phases or start.within_days or start.when):
        where = f" in {listed((title_of(plan, p) for p in start.phases), last='or')}" if start.phases else ""
        within = f" within the first {duration_words(start.within_days)}" if start.within_days else ""
        when = f" when {plain_condition(plan, start.when)}" if start.when else ""
        yield sentence(f"it can start{where}{within}{when}")
    if course.fallback:
        yield sentence(f"if it cannot be started, {title_of(plan, course.fallback)} is used instead")


def _step(step: DoseStep) -> Html:
    name = "" if step.step in ("dose", "then", "also") else f"{step.step.capitalize()}: "
    lead = "at the same time, " if step.step == "also" else ""
    return join([tag("strong", name) if name else None, lead, plain_dose(step)])


def _doses(course: Medication) -> Iterator[str]:
    if any(step.low < step.high and step.ramp is None for step in course.steps):
        yield "Where a range is given, your prescriber chooses the dose with you."
    if course.spacing is not None:
        most = f" and at most {duration_words(course.spacing.high)}" if course.spacing.high else ""
        yield sentence(f"there are at least {duration_words(course.spacing.low)}{most} between two doses")


def _rules(plan: Plan, course: Medication) -> Iterator[str]:
    for name in course.continue_through:
        yield sentence(f"it goes on through {title_of(plan, name)}")
    for name in course.stop_at_end_of:
        yield sentence(f"it stops at the end of {title_of(plan, name)}")
    if course.stop_when is not None:
        yield sentence(f"it stops when {plain_condition(plan, course.stop_when)}")
    for held in course.holds:
        yield sentence(f"it is paused when {plain_condition(plan, held)}")
    for action, then in ENDINGS.items():
        ends = [f"“{title_of(plan, each.outcome)}”" for each in course.discharges if each.action == action]
        if ends:
            yield sentence(f"if treatment ends as {listed(ends, last='or')}, {then}")
    for monitor in course.monitors:
        what = listed(title_of(plan, w) for w in monitor.what)
        yield sentence(f"checked: {what}, {listed(plain_frequency(m) for m in monitor.moments)}")
    for band in course.take_home:
        days = f"from day {band.first}" + (f" to day {band.last}" if band.last else " on")
        supply = counted(band.supply_days, "day")
        yield sentence(f"{days} of this medication, you can take home doses for up to {supply}")
