"""A plan's elements back in the words of the language, in one canonical form.

What these functions return reads back to the same meaning, `short_condition` apart, which is for pictures.
"""

from careplan.plan.words.care import dose_words, exit_words, lasts_words, level_words
from careplan.plan.words.conditions import condition_words, short_condition
from careplan.plan.words.lines import (
    assessment_words,
    frequency_words,
    placement_words,
    service_line_words,
    stretches_words,
    weekday_words,
)
from careplan.plan.words.scenarios import (
    expectation_words,
    point_words,
    said_words,
    scenario_words,
    stage_words,
    visit_words,
)
from careplan.plan.words.sizes import (
    counted,
    duration_range_words,
    duration_words,
    every_words,
    listed,
    minutes_words,
    number_words,
    range_words,
)

__all__ = [
    "assessment_words",
    "condition_words",
    "counted",
    "dose_words",
    "duration_range_words",
    "duration_words",
    "every_words",
    "exit_words",
    "expectation_words",
    "frequency_words",
    "lasts_words",
    "level_words",
    "listed",
    "minutes_words",
    "number_words",
    "placement_words",
    "point_words",
    "range_words",
    "said_words",
    "scenario_words",
    "service_line_words",
    "short_condition",
    "stage_words",
    "stretches_words",
    "visit_words",
    "weekday_words",
]
