"""Hours by level of care, by payer and by the day: published programmes, edges of ranges, who is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.diagnostics import Diagnostic
from careplan.reading import read_text

EXAMPLES = Path(__file__).parents[1] / "examples"

PLAN = """plan program "A programme"
  population {population}
  follows {follows}
  {admit}start in care

{before}therapy session "Group session"
  format group of 6 to 12
  length {length}

phase care "{title}"
  level {level}
  lasts {lasts}
  review every 2 weeks
{lines}
  at end discharge as completed

outcome completed "Completed"

measure used "Any use" yes or no

goal clean "A week without use"
  reach used is no for 1 week
  by end of care
"""


def plan(lines: str, **parts: str) -> str:
    """A plan of one phase; `lines` are its service lines."""
    defaults = {"population": "adults", "follows": "asam-3", "level": "2.1", "length": "60 min"}
    more = {"title": "Care", "lasts": "8 weeks", "admit": "", "before": ""}
    lines = "\n".join(f"  {line}" for line in [*lines.split("\n"), "assess used weekly"])
    return PLAN.format(lines=lines, **{**defaults, **more, **parts})


def found(text: str, *packs: str) -> dict[str, Diagnostic]:
    """What is found in a text, by name."""
    reading = read_text(text, packs=packs, root=EXAMPLES)
    assert reading.failures == ()
    assert all(d.severity.word != "error" for d in reading.diagnostics), [
        d.message for d in reading.diagnostics
    ]
    return {d.name: d for d in reading.diagnostics}


def matrix(follows: str) -> str:
    """The Matrix example, called level 2.1 under some packs."""
    text = (EXAMPLES / "matrix-iop.careplan").read_text("utf-8")
    text = text.replace('  approach "Matrix Model"\n', f'  approach "Matrix Model"\n  follows {follows}\n')
    return text.replace("  lasts 16 weeks\n", "  level 2.1\n  lasts 16 weeks\n")


# ------------------------------------------------------------------------- published programmes


def test_matrix_never_reaches_level_2_1() -> None:
    below = found(matrix("asam-4"))["hours-below-level"]
    assert "4.5 h in weeks 5 to 15 (2 x 90 min + 90 min)" in below.message
    assert "below the 9 h a week of level 2.1 for adults" in below.message
    assert "weeks 1 to 4 and 16, with 5.3 h to 7 h" in below.help
    assert "mutual-help" not in below.help  # its three hours would not make up for it


def test_matrix_has_no_day_of_three_hours() -> None:
    short = found(matrix("h0015"))["h0015-days"]
    assert "none of the 3 days of 3 h" in short.message
    assert "in every week (week 1: 2.3 h on mon, wed and fri)" in short.message


def test_prodigals_path_has_three_hours_on_the_clock_and_two_and_a_half_in_the_group() -> None:
    hours = plan("session 3 per day on mon, tue, thu", length="50 min plus 10 min break")
    below = found(hours, "h0015")
    assert "7.5 h in every week (9 x 50 min)" in below["hours-below-level"].message
    assert "9 h on the clock hold 9 x 10 min of breaks" in below["hours-below-level"].help
    assert "2.5 h on mon, tue and thu" in below["h0015-days"].message


def test_two_hours_on_five_days_are_a_level_and_no_billing_day() -> None:
    jamhi = plan("session 5 per week on mon to fri", follows="asam-3, cms-iop", length="2 hours")
    assert set(found(jamhi)) == set()
    short = found(jamhi, "h0015")
    assert set(short) == {"h0015-days"}
    assert (
        "none of the 3 days of 3 h that H0015 asks for in every week (2 h on mon"
        in short["h0015-days"].message
    )


# --------------------------------------------------------------------------- edges of the ranges


@pytest.mark.parametrize(
    ("level", "people", "hours", "names"),
    [
        ("2.1", "adults", 8, {"hours-below-level"}),
        ("2.1", "adults", 9, set()),
        ("2.1", "adults", 19, set()),
        ("2.1", "adults", 20, {"hours-above-level"}),
        ("2.1", "adolescents", 5, {"hours-below-level"}),
        ("2.1", "adolescents", 6, set()),
        ("2.1", "adults, adolescents", 5, set()),
        ("2.5", "adults", 19, {"hours-below-level"}),
        ("2.5", "adults", 20, set()),
        ("2.5", "adults", 60, set()),
        ("1", "adults", 8, set()),
        ("1", "adults", 9, {"hours-above-level"}),
        ("1", "adolescents", 6, {"hours-above-level"}),
        ("3.1", "adults", 4, {"hours-below-level"}),
        ("3.1", "adults", 5, set()),
        ("3.5", "adults", 1, set()),
        ("3.7", "adults", 1, set()),
    ],
)
def test_the_third_editions_ranges(level: str, people: str, hours: int, names: set[str]) -> None:
    text = plan(f"session {hours} per week", level=level, population=people)
    assert set(found(text)) - {"more-tests-than-days"} == names


@pytest.mark.parametrize(
    ("level", "hours", "names"),
    [
        ("1.5", 12, set()),
        ("1.0", 12, set()),
        ("2.1", 8, {"hours-below-level"}),
        ("2.7", 1, set()),
        ("3.1", 6, set()),  # the fourth edition's number was not read
        ("3.5", 1, set()),
    ],
)
def test_the_fourth_editions_ranges(level: str, hours: int, names: set[str]) -> None:
    assert set(found(plan(f"session {hours} per week", level=level, follows="asam-4"))) == names


@given(times=st.integers(1, 7), minutes=st.integers(30, 240), often=st.integers(1, 3))
def test_a_phase_is_below_just_where_its_sum_is(times: int, minutes: int, often: int) -> None:
    text = plan(f"session {times} per {often} weeks" if often > 1 else f"session {times} per week",
                length=f"{minutes} min")  # fmt: skip
    fewest = min(times * (week + 1) // often - times * week // often for week in range(often)) * minutes
    most = max(times * (week + 1) // often - times * week // often for week in range(often)) * minutes
    names = set(found(text))
    assert ("hours-below-level" in names) == (fewest < 9 * 60)
    assert ("hours-above-level" in names) == (most > 19 * 60)


def test_a_floor_is_held_against_the_fewest_and_a_ceiling_against_the_most() -> None:
    both = found(plan("session 2 to 7 per week", length="3 hours"))
    assert "6 h in every week (2 x 180 min)" in both["hours-below-level"].message
    assert "21 h in every week (7 x 180 min)" in both["hours-above-level"].message


def test_a_little_below_does_not_read_as_the_limit() -> None:
    below = found(plan("session 7 per week", length="77 min"))["hours-below-level"]
    assert "8 h 59 min" in below.message


def test_weeks_of_unknown_length_are_not_below() -> None:
    text = plan("session 2 per week\nvisit weekly", before='therapy visit "Visit"\n\n')
    assert "hours-below-level" not in found(text)


# ----------------------------------------------------------------------------- what does not count


def test_what_does_not_count_is_named_where_it_would_help() -> None:
    before = """support peers "Peer group"
  length 3 hours

therapy prescriber "Prescriber's visit"
  length 30 min
  hours not counted

"""
    text = plan("session 3 per week\npeers 2 per week\nprescriber weekly", before=before, length="2 hours")
    below = found(text)["hours-below-level"]
    assert "6 h in every week (3 x 120 min)" in below.message
    assert "peers and prescriber do not count as clinical hours" in below.help


def test_the_track_that_falls_short_is_named() -> None:
    before = "fact evening yes or no\n\n"
    lines = "session 4 per week on mon to thu at 09:00 if not evening\n"
    lines += "session 2 per week on mon, thu at 18:00 if evening"
    text = plan(lines, before=before, length="3 hours")
    assert "(2 x 180 min, where evening is yes)" in found(text)["hours-below-level"].message
    assert "where evening is yes" in found(text, "h0015")["h0015-days"].message


def test_urged_and_conditional_sessions_do_not_fill_a_floor() -> None:
    text = plan("session 2 per week\nsession 1 extra per week encouraged", length="3 hours")
    assert "6 h in every week" in found(text)["hours-below-level"].message


def test_one_thin_week_is_told_with_its_number() -> None:
    text = plan("session 3 per week in weeks 1 to 7\nsession 1 per week in week 8", length="3 hours")
    assert "3 h in week 8 (180 min)" in found(text)["hours-below-level"].message


# --------------------------------------------------------------------------------- whose numbers


def test_the_district_counts_youth_to_twenty_one() -> None:
    before = "fact age 12 to 60 years\n\n"
    young = plan("session 7 per week", follows="dc", admit="admit when age is 18 to 20\n  ", before=before)
    older = young.replace("18 to 20", "18 to 21")
    assert set(found(young)) == set()
    assert "below the 9 h a week" in found(older)["hours-below-level"].message


def test_the_district_holds_level_1_at_eight_hours() -> None:
    above = found(plan("session 9 per week", level="1", follows="dc"))["hours-above-level"]
    assert "level 1 holds at most 8 h a week" in above.message
    assert "6331.1" in above.help


def test_a_configured_edition_gives_way_to_the_plans_own() -> None:
    own = plan("session 9 per week", level="1.5", follows="asam-4")
    assert set(found(own, "asam-3")) == set()
    none = own.replace("  follows asam-4\n", "")
    assert set(found(none, "asam-3")) == {"level-not-in-edition"}


@pytest.mark.parametrize(
    ("follows", "level", "title", "names"),
    [
        ("asam-4", "2.5", "Partial hospitalization (PHP)", {"level-title-of-other-edition"}),
        ("asam-4", "2.5", "Partial Hospitalisation Programme", {"level-title-of-other-edition"}),
        ("asam-3", "2.5", "High-intensity outpatient", {"level-title-of-other-edition"}),
        ("asam-3", "2.5", "Partial hospitalization", set()),
        ("asam-4", "2.5", "Day programme", set()),
        ("asam-4", "3.7", "Medically monitored intensive inpatient", {"level-title-of-other-edition"}),
        ("asam-3", "3.7", "Medically managed residential", {"level-title-of-other-edition"}),
        ("asam-4", "1.0", "Outpatient services", {"level-title-of-other-edition"}),
        ("asam-4", "2.1", "Intensive outpatient", set()),
        ("asam-4", "3.3", "Care", {"level-of-third-edition"}),
        ("asam-4", "0.5", "Care", {"level-of-third-edition"}),
        ("asam-3", "3.3", "Care", set()),
        ("asam-3", "1.7", "Care", {"level-not-in-edition"}),
        ("asam-3", "2.7", "Care", {"level-not-in-edition"}),
        ("asam-4", "1", "Care", {"level-not-in-edition"}),
        ("asam-4", "3.7-WM", "Care", {"level-not-in-edition"}),
        ("asam-3, asam-4", "1.5", "Care", {"both-asam-editions"}),
    ],
)
def test_levels_and_names_belong_to_an_edition(follows: str, level: str, title: str, names: set[str]) -> None:
    hours = {"2.5": 20, "2.1": 9}.get(level, 1)
    text = plan(f"session {hours} per week", level=level, follows=follows, title=title)
    assert set(found(text)) == names


# ------------------------------------------------------------------------------------- Medicare


@pytest.mark.parametrize(
    ("review", "names"),
    [
        ("review every 9 weeks", {"iop-recertification"}),
        ("review every 8 weeks", set()),
        ("review every 60 days", set()),
        ("certification every 8 weeks", set()),
        ("certification once in week 12", {"iop-recertification"}),
        ("", {"iop-recertification"}),
    ],
)
def test_certification_again_every_other_month(review: str, names: set[str]) -> None:
    before = 'therapy certification "The physician certifies"\n  length 15 min\n  hours not counted\n\n'
    lines = "session 3 per week" + (f"\n{review}" if review else "")
    text = plan(lines, follows="cms-iop", length="3 hours", lasts="20 weeks", before=before)
    text = text.replace("  review every 2 weeks\n", "")
    if "certification" not in review:
        text = text.replace(before, "")
    assert set(found(text)) == names


@pytest.mark.parametrize(("days", "names"), [(17, set()), (18, {"php-recertification"})])
def test_partial_hospitalization_before_its_first_recertification(days: int, names: set[str]) -> None:
    text = plan("session 5 per week", follows="cms-php", level="2.5", length="4 hours", lasts=f"{days} days")
    text = text.replace("  review every 2 weeks\n", "").replace("no for 1 week", "no for 1 day")
    assert set(found(text)) == names
