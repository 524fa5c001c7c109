"""Two courses of a plan, and the ways on which they can and cannot meet."""

from __future__ import annotations

import pytest

from careplan.reading import read_text

PLAN = """\
plan small "From buprenorphine to naltrexone"
  start in detox

therapy counselling "Counselling"
  format individual
  length 50 min

measure cows 0 to 48, lower is better

medication film "Buprenorphine film"
  drug buprenorphine-naloxone
  start in detox FILM-START
  maintenance 8 mg daily FILM-LENGTH
  continue through rehab

medication shot "Naltrexone injection"
  drug naltrexone-xr
  SHOT-START
  maintenance 380 mg every 4 weeks
  monitor lft at start
  continue through rehab

phase detox "Withdrawal"
  level 3.1
  lasts 7 days
  assess cows daily
  counselling 3 per week
  at end DETOX-END

anytime
  step up to rehab when days >= UP-FROM

phase rehab "Residential"
  level 3.5
  lasts 4 weeks
  assess cows daily
  counselling 3 per week
  at end discharge as completed

outcome completed "Completed"
"""

USUAL = {
    "FILM-START": "when cows >= 12",
    "FILM-LENGTH": "",
    "SHOT-START": "start in rehab when cows < 5",
    "DETOX-END": "step up to rehab",
    "UP-FROM": "5",
}


def names(**changes: str) -> set[str]:
    """What is found in the plan with these parts in place of the usual ones."""
    text = PLAN
    for word, usual in USUAL.items():
        text = text.replace(word, changes.get(word.replace("-", "_").lower(), usual))
    return {d.name for d in read_text(text).diagnostics}


def test_a_course_that_goes_on_meets_the_next() -> None:
    assert names() == {"antagonist-with-agonist"}


@pytest.mark.parametrize(("day", "found"), [("7", {"antagonist-with-agonist"}), ("8", set())])
def test_a_start_waits_for_a_day_of_its_phase(day: str, found: set[str]) -> None:
    """The phase is over after day 7: a start from day 8 on never comes."""
    assert names(film_start=f"when days >= {day}") == found


@pytest.mark.parametrize(
    ("when", "found"), [("days >= 29", set()), ("days >= 29 since admission", {"antagonist-with-agonist"})]
)
def test_days_since_admission_do_not_wait_for_the_visit(when: str, found: set[str]) -> None:
    assert names(shot_start=f"start in rehab when {when}") == found


@pytest.mark.parametrize(("day", "found"), [("7", {"antagonist-with-agonist"}), ("8", set())])
def test_an_exit_that_comes_after_the_last_day_leads_nowhere(day: str, found: set[str]) -> None:
    assert names(up_from=day, detox_end="discharge as completed") == found


def test_a_fallback_does_not_follow_a_course_that_has_started() -> None:
    """Its start has not failed, so on the day after its last dose nothing takes its place."""
    changes = {
        "film_start": "within 3 days when cows >= 12\n  if start fails use shot",
        "film_length": "for 3 days",
        "shot_start": "start when cows < 5",
    }
    assert names(**changes) == set()


@pytest.mark.parametrize(("day", "found"), [("8", False), ("7", True)])
def test_days_since_admission_are_days_without_opioids(day: str, found: bool) -> None:
    """Where the plan gives no agonist: on day 8 of the stay seven days are over."""
    text = PLAN[: PLAN.index("medication film")] + PLAN[PLAN.index("medication shot") :]
    changes = {**USUAL, "SHOT-START": f"start in rehab when days >= {day} since admission", "UP-FROM": "2"}
    for word, usual in changes.items():
        text = text.replace(word, usual)
    text = text.replace("lasts 7 days", "lasts 2 days").replace("plan small", "plan opioids")
    text = text.replace(
        "  start in detox", "  substance opioids\n  follows medication-labels\n  start in detox", 1
    )
    names_found = {d.name for d in read_text(text).diagnostics}
    assert ("antagonist-without-opioid-free-days" in names_found) == found
