"""Which numbers of a title or a note are held against the plan, and which speak of something else."""

from __future__ import annotations

import pytest

from careplan.reading import read_text
from careplan.rules.said import DOSE, SESSION, TIME, mentions

ALL = (*TIME, *SESSION, *DOSE)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12-week programme", [12]),
        ("Intensive outpatient, 8 to 16 weeks", [8, 16]),
        ("28 days of rest, then 24 weeks", [28, 24]),
        ("Intensive treatment, weeks 5 to 16", [12]),
        ("Group (90 min)", [90]),
        ("Skills (12 sessions of 1.5 hours)", [12, 1.5]),
        ("Naltrexone 380 mg", [380]),
    ],
)
def test_what_a_text_mentions(text: str, numbers: list[float]) -> None:
    assert [mention.number for mention in mentions(text, ALL)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "12-step meeting",
        "24-hour helpline",
        "3 hours a week",
        "2 sessions per week",
        "Riverside House, 14 to 17",
        "Call within 2 days",
        "After 6 weeks",
        "The first 30 days",
        "2 weeks later",
        "10 days opioid-free",
        "Buprenorphine/naloxone 8 mg/2 mg film",
        "Buprenorphine 8-2 mg",
        "Naltrexone 50 mg tablets",
        "Level 2.1 care",
        "$599 in 24 steps",
    ],
)
def test_what_is_no_mention(text: str) -> None:
    assert [mention.words for mention in mentions(text, ALL)] == []


PLAN = """\
plan small "PLAN"
  start in iop

therapy skills "SERVICE"
  format group of 6 to 12
  length 60 min

medication film "DRUG"
  drug buprenorphine-naloxone
  start in iop
  maintenance 8 mg 2 per day
  continue through iop

phase iop "FIRST"
  level 2.1
  lasts 8 to 12 weeks
  skills 3 per week
  at end move to after

phase after "SECOND"
  level 2.1
  lasts 12 weeks
  skills weekly
  at end discharge as completed

outcome completed "Completed"
"""


@pytest.mark.parametrize(
    ("place", "right", "wrong"),
    [
        ("PLAN", "A 24-week programme", "A 26-week programme"),
        ("PLAN", "22 weeks, more or less", "19 weeks, more or less"),
        ("SERVICE", "Skills, 1 hour", "Skills, 8 hours"),
        ("SERVICE", "Skills (40 sessions)", "Skills (20 sessions)"),
        ("SERVICE", "Skills, 1 hour", "Skills, 2 hours"),
        ("SERVICE", "Skills, 36 to 48 sessions in all", "Skills, 50 sessions"),
        ("SERVICE", "Skills (12 sessions)", "Skills (13 sessions)"),
        ("DRUG", "Film, 16 mg a day in two doses", "Film, 24 mg"),
        ("FIRST", "Intensive, 8 to 12 weeks", "Intensive, 8 to 16 weeks"),
        ("SECOND", "Continuing, weeks 13 to 24", "Continuing, weeks 13 to 26"),
    ],
)
def test_a_title_is_held_against_its_own_lines(place: str, right: str, wrong: str) -> None:
    def found(title: str) -> set[str]:
        return {d.name for d in read_text(PLAN.replace(place, title)).diagnostics} - {"no-overdose-reversal"}

    assert "title-number-not-said" not in found(right)
    assert "title-number-not-said" in found(wrong)
