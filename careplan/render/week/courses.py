"""Which doses of a medication a person may be on in one week of a phase."""

from __future__ import annotations

from careplan.plan.courses import Course, steps_between
from careplan.plan.model import DoseStep, Plan


def steps_in_week(plan: Plan, course: Course, week: int) -> tuple[DoseStep, ...]:
    """The dose steps that may be running in the phase's week `week` (from 1), in order."""
    medication = plan.medication(course.medication)
    begin, end = 7 * (week - 1) + 1, 7 * week
    if course.role == "goes on":
        return steps_between(medication, course.first + begin - 1, course.last)
    return steps_between(medication, begin if course.role == "starts" else 1, end)
