"""What clinics write and the language does not: the words that the fix puts in their place."""

from __future__ import annotations

import pytest

from careplan.reading import read_text

PLAN = """\
plan small "A small plan"
  start in iop

measure uds one of negative, positive
measure phq-9 0 to 27, lower is better

therapy cbt
  format individual
  length 50 min

phase iop
  level 2.1
  lasts 8 to 16 weeks
  cbt OFTEN
  assess uds, phq-9 weekly
  discharge as completed when CONDITION
  at end discharge as completed

outcome completed
  planned
"""
OFTEN = {
    "fortnightly": "every 2 weeks",
    "every other week": "every 2 weeks",
    "every second week": "every 2 weeks",
    "each week": "weekly",
    "once a week": "weekly",
    "once weekly": "weekly",
    "once per week": "weekly",
    "each day": "daily",
    "once daily": "daily",
    "qd": "daily",
    "every other day": "every 2 days",
    "qod": "every 2 days",
    "bid": "2 per day",
    "TID": "3 per day",
    "qid": "4 per day",
    "twice daily": "2 per day",
    "twice a day": "2 per day",
    "twice weekly": "2 per week",
    "twice a week": "2 per week",
    "3 times per week": "3 per week",
    "3 times a week": "3 per week",
    "three times a week": "3 per week",
    "3x per week": "3 per week",
    "3 x week": None,
    "2 to 3 times a week": "2 to 3 per week",
    "q4w": "every 4 weeks",
    "q2 weeks": "every 2 weeks",
    "q10d": "every 10 days",
    "prn": "as needed",
    "PRN": "as needed",
    "as required": "as needed",
    "when needed": "as needed",
    "every Monday": "weekly on mon",
    "on Mondays": "weekly on mon",
    "Mondays": "weekly on mon",
    "weekly on Tuesdays": "weekly on tue",
    "weekly on Thursdays": "weekly on thu",
    "weekly mon": "weekly on mon",
    "5 per week on weekdays": "5 per week on mon to fri",
    "2 per week on weekends": "2 per week on sat, sun",
    "1 or 2 per week": "1 to 2 per week",
    "weekly at noon": "weekly at 12:00",
    "weekly at midnight": "weekly at 00:00",
    "weekly at 7pm": "weekly at 19:00",
    "weekly at 7:30 pm": "weekly at 19:30",
    "weekly at 7 am": "weekly at 07:00",
    "weekly at 12 am": "weekly at 00:00",
    "weekly at 12:15 pm": "weekly at 12:15",
    "weekly at 18.30": "weekly at 18:30",
    "weekly at 18h30": "weekly at 18:30",
    "weekly for 2 hrs": "weekly for 2 hours",
    "weekly for 1 hr": "weekly for 1 hours",
    "weekly in first 4 weeks": "weekly in weeks 1 to 4",
    "weekly during weeks 1 to 4": "weekly in weeks 1 to 4",
    "weekly from weeks 1 to 4": "weekly in weeks 1 to 4",
    "biweekly": None,
    "monthly": None,
    "quarterly": None,
    "nightly": None,
    "at least 2 per week": None,
}
CONDITIONS = {
    "phq-9 greater than 5": "phq-9 > 5",
    "phq-9 is greater than 5": "phq-9 > 5",
    "phq-9 more than 5": "phq-9 > 5",
    "phq-9 is above 5": "phq-9 > 5",
    "phq-9 over 5": "phq-9 > 5",
    "phq-9 exceeds 5": "phq-9 > 5",
    "phq-9 less than 5": "phq-9 < 5",
    "phq-9 fewer than 5": "phq-9 < 5",
    "phq-9 under 5": "phq-9 < 5",
    "phq-9 is below 5": "phq-9 < 5",
    "phq-9 at least 5": "phq-9 >= 5",
    "phq-9 is at least 5": "phq-9 >= 5",
    "phq-9 no less than 5": "phq-9 >= 5",
    "phq-9 at most 5": "phq-9 <= 5",
    "phq-9 not more than 5": "phq-9 <= 5",
    "phq-9 greater than or equal to 5": "phq-9 >= 5",
    "phq-9 is less than or equal to 5": "phq-9 <= 5",
    "phq-9 equals 5": "phq-9 is 5",
    "phq-9 is equal to 5": "phq-9 is 5",
    "phq-9 is < 5": "phq-9 < 5",
    "phq-9 is >= 5": "phq-9 >= 5",
    "phq-9 between 5 and 9": "phq-9 is 5 to 9",
    "uds was negative": "uds is negative",
    "phq-9 is between 5 and 9": "phq-9 is 5 to 9",
    "uds has been negative": "uds is negative",
    "uds remains negative": "uds is negative",
    "attendance >= 80 percent": "attendance >= 80%",
    "attendance is at least 80%": "attendance >= 80%",
    "phq-9 drops by 5": "phq-9 falls by 5",
    "phq-9 decreases by 50%": "phq-9 falls by 50%",
    "uds is negative x3": "uds is negative 3 times",
    "uds is negative for at least 4 weeks": "uds is negative for 4 weeks",
    "uds is negative 3 consecutive times": "uds is negative 3 times in a row",
    "uds is positive 3 in a row": "uds is positive 3 times in a row",
    "3 missed sessions": "missed sessions >= 3",
    "missed 3 sessions": "missed sessions >= 3",
    "attended 12 sessions": "sessions >= 12",
    "completed 12 sessions of cbt": "sessions of cbt >= 12",
    "after 8 weeks": "weeks >= 8",
    "uds is negative for a week": "uds is negative for 1 week",
    "phq-9 improves by 5": None,
    "uds is negative unless phq-9 > 5": None,
    "uds is negative for a month": None,
    "either uds is negative": None,
}


def check(line: str, right: str | None, wrong: str) -> None:
    text = PLAN.replace(line, wrong).replace("OFTEN", "weekly").replace("CONDITION", "uds is negative")
    found = [d for d in read_text(text).diagnostics if d.severity.word == "error"]
    assert len(found) == 1, [d.message for d in found]
    assert found[0].help
    if right is None:
        assert found[0].fix is None
        return
    assert found[0].fix is not None, found[0]
    edit = found[0].fix.edits[0]
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert " ".join(right.replace("%", " %").split()) in " ".join(mended.replace("%", " %").split())
    assert [d.message for d in read_text(mended).diagnostics if d.severity.word == "error"] == []


@pytest.mark.parametrize("wrong", OFTEN)
def test_how_often(wrong: str) -> None:
    check("OFTEN", OFTEN[wrong], wrong)


@pytest.mark.parametrize("wrong", CONDITIONS)
def test_conditions(wrong: str) -> None:
    check("CONDITION", CONDITIONS[wrong], wrong)
