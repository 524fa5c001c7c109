"""`careplan show` as text: tables for the eye, or plain sentences that read well aloud."""

from __future__ import annotations

from textwrap import wrap

from careplan.plan.model import Plan
from careplan.plan.show import PhaseView, PlanView, ServiceView, show
from careplan.plan.words import condition_words, counted, dose_words, listed, minutes_words
from careplan.report import show_words as words
from careplan.report.columns import NO_BREAK, natural_width, table
from careplan.report.show_json import show_json
from careplan.report.show_library import library_text

__all__ = ["show_json", "show_text"]

WHAT_COUNTS = (
    "Clinical hours leave out breaks, supports and services with `hours not counted`. A week is a full week; "
    "sessions that are only urged, or hang on how the stay goes, count in the upper figure alone."
)
NO_LENGTH = "A plus (+): a service of these weeks says no length, so there is more."


def show_text(plan: Plan, width: int = 100, plain: bool = False) -> str:
    """Everything computed from a plan, or what a library declares; `plain` has no tables."""
    if not plan.phases:
        return library_text(plan, width, plain)
    view = show(plan)
    if plain:
        return _plain(view)
    return "\n".join(
        [
            *(part for line in _header(plan) for part in wrap(line, width)),
            *_section("Phases", _phases(view, width)),
            *_section("Clinical hours per week", _hours(view, width)),
            *_section("Sessions in a visit to each phase", _sessions(view, width)),
            *_section("Ways through the plan", _paths(view, width)),
            *_section("Medication by phase", _courses(view, width)),
            "",
        ]
    )


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, "", *lines] if lines else []


def _header(plan: Plan) -> list[str]:
    said = [
        f"version {plan.version}" if plan.version else "",
        plan.status or "",
        f"from {plan.effective_from}" if plan.effective_from else "",
        f"to {plan.effective_to}" if plan.effective_to else "",
        listed(plan.population) if plan.population else "",
        f"follows {listed(plan.follows)}" if plan.follows else "",
    ]
    doors = [
        door.phase + (f" if {condition_words(door.condition)}" if door.condition else "")
        for door in plan.starts
    ]
    lines = [f"{plan.label} ({plan.name})", ", ".join(part for part in said if part)]
    lines += [f"starts in {'; otherwise in '.join(doors)}"] if doors else []
    lines += [f"admits when {condition_words(plan.admit)}"] if plan.admit else []
    lines += _held_against(plan)
    return [line for line in lines if line]


def _held_against(plan: Plan) -> list[str]:
    held = [
        counted(len(of), word) for of, word in ((plan.claims, "claim"), (plan.scenarios, "scenario")) if of
    ]
    return [f"held against {listed(held)}"] if held else []


def _phases(view: PlanView, width: int) -> list[str]:
    rows = [
        [p.name, p.title, p.level or "", words.lasts(p.shortest_days, p.longest_days)] for p in view.phases
    ]
    return table(["Phase", "Title", "Level of care", "Lasts"], rows, width)


def _hours(view: PlanView, width: int) -> list[str]:
    rows: list[list[str]] = []
    for phase in view.phases:
        name = phase.name
        for track in phase.hours:
            for at, stretch in enumerate(track.stretches):
                rows.append(
                    [
                        name,
                        track.track if at == 0 else "",
                        words.weeks(stretch.first, stretch.last),
                        words.stretch_hours(stretch),
                        "; ".join(words.other_weeks(other) for other in stretch.others),
                        words.against(phase.asks, stretch),
                    ]
                )
                name = ""
    head = ["Phase", "For whom", "Weeks", "Most weeks", "Other weeks", "The level asks"]
    return [*table(head, rows, width), "", *_notes(view, width)]


def _notes(view: PlanView, width: int) -> list[str]:
    unknown = any(s.unknown for p in view.phases for t in p.hours for s in t.stretches)
    sources = dict.fromkeys(p.asks.source for p in view.phases if p.asks)
    lines = [f"  {line}" for line in wrap(WHAT_COUNTS, width - 2)]
    lines += [f"  {NO_LENGTH}"] if unknown else []
    return lines + [f"  What levels ask: {source}" for source in sources]


def _sessions(view: PlanView, width: int) -> list[str]:
    phases = [phase.name for phase in view.phases]
    head = ["Service", "Each", "For whom", *phases, "Usual way"]
    rows = [
        [*_service(s), *(words.sessions(s.by_phase.get(name)) for name in phases), words.sessions(s.usual)]
        for s in view.services
    ]
    if not rows:
        return []
    hours = [words.visit_hours(view.clinical[name]) for name in [*phases, ""]]
    rows.append(["Clinical hours", "", "", *hours])
    if natural_width(head, rows) <= width:
        return table(head, rows, width)
    return table(["Phase", *head[:3], "Sessions"], _sessions_by_phase(view), width)


def _sessions_by_phase(view: PlanView) -> list[list[str]]:
    """One row for each service of a phase: for plans with too many phases for columns."""
    rows: list[list[str]] = []
    for name, services in view.by_phase.items():
        told = [[*_service(s), words.sessions(s.by_phase.get(name, s.usual))] for s in services]
        total = [["Clinical hours", "", "", words.visit_hours(view.clinical[name])]] if told else []
        titles = [name or "Usual way", *[""] * len(told)]
        rows += [[title, *row] for title, row in zip(titles, [*told, *total], strict=False)]
    return rows


def _service(service: ServiceView) -> list[str]:
    name = service.service if service.clinical else f"{service.service} (not counted)"
    return [name, listed(map(minutes_words, service.minutes), "or"), service.track]


def _path_rows(view: PlanView) -> list[list[str]]:
    ways = view.paths
    rows: list[list[str]] = []
    if ways.shortest:
        rows.append(["Shortest", words.path_length(ways.shortest), words.path_words(ways.shortest)])
    for path in ways.typical:
        name = "Usual" if len(ways.typical) == 1 else f"Usual from {path.steps[0].phase}"
        rows.append([name, words.path_length(path), words.path_words(path)])
    if ways.longest:
        rows.append(["Longest", words.path_length(ways.longest), words.path_words(ways.longest)])
    else:
        rows.append(["Longest", "", words.no_longest(ways)])
    return rows + [["Comes again", "", sentence] for sentence in words.returns(ways)]


def _paths(view: PlanView, width: int) -> list[str]:
    lines = table(["Way", "Takes", "Through"], _path_rows(view), width)
    return [*lines, "", "  The shortest and the longest way enter no phase twice."]


def _courses(view: PlanView, width: int) -> list[str]:
    rows: list[list[str]] = []
    before = ""
    for course in view.courses:
        doses = "\n".join(dose_words(step) for step in course.steps)
        name = "" if course.phase == before else course.phase
        rows.append([name, course.medication, words.ROLES[course.role], words.course_days(course), doses])
        before = course.phase
    return table(["Phase", "Medication", "", "Course days", "Doses"], rows, width) if rows else []


def _plain(view: PlanView) -> str:
    lines = [*_header(view.plan), ""]
    for phase in view.phases:
        lines += [*_plain_phase(view, phase), ""]
    for row in _path_rows(view):
        takes = f" takes {row[1]}" if row[1] else ""
        lines.append(f"{row[0]}{takes}: {row[2]}.")
    lines += ["", WHAT_COUNTS]
    return "\n".join(lines).replace(NO_BREAK, " ") + "\n"


def _plain_phase(view: PlanView, phase: PhaseView) -> list[str]:
    level = f", level {phase.level}" if phase.level else ""
    lasts = words.lasts(phase.shortest_days, phase.longest_days)
    lines = [f"Phase {phase.name}, {phase.title}{level}: lasts {lasts}."]
    for track in phase.hours:
        whom = f" ({track.track})" if track.track else ""
        for stretch in track.stretches:
            most = words.stretch_hours(stretch)
            others = [words.other_weeks(other) for other in stretch.others]
            told = [*others, "else none"] if others and most == words.NOTHING else [most, *others]
            asks = words.against(phase.asks, stretch)
            level = f"; the level asks {asks}" if asks else ""
            span = words.in_weeks(stretch.first, stretch.last)
            lines.append(f"Clinical hours {span}{whom}: {', '.join(told)}{level}.")
    for service in view.by_phase[phase.name]:
        name, length, track_words = _service(service)
        whom = f" ({track_words})" if track_words else ""
        count = service.by_phase[phase.name]
        each = f" of {length}" if length and count.high != 0 else ""
        noun = "Sessions of" if count.high != 0 else "Also"
        lines.append(f"{noun} {name}{whom}: {words.sessions(count)}{each}.")
    for course in view.courses:
        if course.phase == phase.name:
            doses = ", ".join(dose_words(step) for step in course.steps)
            role = words.ROLES[course.role]
            lines.append(
                f"Medication {course.medication} {role}, course days {words.course_days(course)}: {doses}."
            )
    return lines
