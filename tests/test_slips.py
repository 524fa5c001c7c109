"""Slips of form in a first draft: each is one report, on its line, and says what to write."""

from __future__ import annotations

import pytest

from careplan import check
from careplan.diagnostics import Severity

PLAN = """\
plan small "A small plan"
  {plan}
  start in iop

fact track one of day, evening
{fact}
measure uds one of negative, positive
measure phq-9 0 to 27, lower is better
{measure}
therapy cbt-group "CBT group"
  format group of 6 to 12
  length 90 min
  {therapy}
therapy individual
  {service}

medication bup-nx
  drug buprenorphine-naloxone
  start in iop
  maintenance 16 to 24 mg daily
  {medication}

phase iop
  level 2.1
  lasts 8 to 16 weeks
  cbt-group weekly if track is day
  assess uds, phq-9 weekly
  {phase}
  at end discharge as completed

outcome completed
  planned
{outcome}
"""
SLIPS = [
    ("plan", "effective 1/1/2026", "unknown-date", "2026-01-31"),
    ("plan", "effective Jan 1, 2026", "unknown-date", "2026-01-31"),
    ("plan", "effective 15.01.2026", "unknown-date", "2026-01-31"),
    ("plan", "version v1.2.3", "stray-character", "`version 1.2.3`"),
    ("plan", "author Dr Kim", "text-without-quotes", '`author "Dr Kim"`'),
    ("plan", "author Dr. Maria Kim, LCSW", "text-without-quotes", '`author "Dr. Maria Kim, LCSW"`'),
    ("plan", "note This is a draft", "text-without-quotes", '`note "This is a draft"`'),
    ("plan", "population adolecents", "unknown-word", "`adolescents`"),
    ("plan", "follows asam4", "unknown-pack", "`asam-4`"),
    ("fact", "fact sex male or female", "other-wording", "`one of male, female`"),
    ("fact", "fact sex male/female", "unknown-sign", "`one of male, female`"),
    ("fact", "fact pregnant yes/no", "unknown-sign", "`yes or no`"),
    ("fact", "fact age 18+ years", "number-form", "`18 to …`"),
    ("fact", "fact age 18 and over", "other-wording", "`18 to 99`"),
    ("measure", 'measure craving "Craving" 0–10, higher is worse', "range-with-hyphen", "`0 to 10`"),
    ("measure", "measure craving 0 to 10, low is good", "other-wording", "`lower is better`"),
    ("measure", "measure craving negative, positive", "other-wording", "`one of negative, positive`"),
    ("therapy", "curriculum in-order", "other-wording", "`in order`"),
    ("therapy", "topic Thinking traps", "text-without-quotes", '`topic "Thinking traps"`'),
    ("therapy", "staff Licensed counselor", "two-word-name", "`licensed-counselor`"),
    ("therapy", "delivery in person", "two-word-name", "`in-person`"),
    ("therapy", "delivery zoom", "unknown-word", "`telehealth`"),
    ("therapy", "admission open", "unknown-word", "`rolling`"),
    ("therapy", "missed make up within a week", "other-wording", "`1 week`"),
    ("service", "format one-on-one", "unknown-word", "`individual`"),
    ("service", "format individual\n  length 1h30", "other-wording", "`90 min`"),
    ("service", "length 3 hours with a 15 minute break", "other-wording", "`plus 15 min break`"),
    ("service", "length half an hour", "other-wording", "`30 min`"),
    ("service", "length 1½ hours", "number-form", "`1.5`"),
    ("medication", "taper 16mg to 2mg by 2mg every 3 days", "other-wording", "`taper from 16 mg to`"),
    ("medication", "then 8/2 mg daily", "unknown-sign", "`8 mg`"),
    ("medication", "dose 16 mg po daily", "other-wording", "`form`"),
    ("medication", "then 16 mg daily for 6 doses", "other-wording", "`6 times`"),
    ("medication", "take home up to 7 days from day 1", "two-word-name", "`take-home`"),
    ("medication", "monitor lft at baseline", "how-often", "`at start`"),
    ("medication", "continue to iop", "other-wording", "`continue through`"),
    ("medication", "naltrexone 50 mg daily", "unknown-line", "`maintenance 50 mg daily`"),
    ("phase", "individual on mon, wed at 18:00", "incomplete-line", "`individual 2 per week on …`"),
    ("phase", "cbt-group MWF at 18:00", "how-often", "`3 per week on mon, wed, fri`"),
    ("phase", "cbt-group 3 per week on mon wed fri", "how-often", "`on mon, wed, fri`"),
    ("phase", "cbt-group 3 per week on M/W/F", "unknown-sign", "`mon, wed, fri`"),
    ("phase", "cbt-group weekly from 18:00 to 19:30", "time-of-day", "`at 18:00`"),
    ("phase", "individual weekly @ 6pm", "unknown-sign", "`at 18:00`"),
    ("phase", "individual weekly (50 min)", "cannot-read", "remark"),
    ("phase", "individual weekly 50 min", "cannot-read", "`individual weekly for 50 min`"),
    ("phase", "individual 50 min weekly", "cannot-read", "`individual weekly for 50 min`"),
    ("phase", "weekly individual", "unknown-line", "`individual weekly`"),
    ("phase", "1 individual per week", "unknown-line", "`individual 1 per week`"),
    ("phase", "individual 1 session per week", "how-often", "`1 per week`"),
    ("phase", "individual weekly over 6 weeks", "how-often", "`in weeks 1 to 6`"),
    ("phase", 'individual weekly "by telephone"', "cannot-read", '`note "…"`'),
    ("phase", "individual, cbt-group weekly", "cannot-read", "a line of its own"),
    ("phase", "individual weekly and cbt-group weekly", "two-sentences", "a line of its own"),
    ("phase", "cbt group weekly", "two-word-name", "`cbt-group`"),
    ("phase", "bup-nx 16 mg daily", "unknown-line", "`maintenance 16 mg daily`"),
    ("phase", "asses uds twice weekly", "unknown-line", "`assess"),
    ("phase", "measure uds weekly", "unknown-line", "`assess"),
    ("phase", "therapy individual weekly", "unknown-line", "`individual weekly`"),
    ("phase", 'topic "Urges"', "unknown-line", "`therapy` block"),
    ("phase", "attendance >= 80%", "unknown-line", "when attendance >= 80%"),
    ("phase", "step-down to aftercare", "other-wording", "`step down`"),
    ("phase", "step up to when uds is positive", "cannot-read", "`step up to aftercare when …`"),
    ("phase", "move to iop when patient relapses", "cannot-read", '`event relapse "…"`'),
    ("phase", "move to iop when uds positive 3 times in 2 weeks", "cannot-read", "`uds is positive`"),
    ("phase", "move to iop when 3 positive uds in 2 weeks", "other-wording", "3 times within 2 weeks`"),
    ("phase", "move to iop when uds is positive twice", "other-wording", "`2 times`"),
    ("phase", "move to iop when attendance < 80% in the last 4 weeks", "other-wording", "`% over 4 weeks`"),
    ("phase", "move to iop when phq-9 is 20 or more", "unknown-name", "`>= 20`"),
    ("phase", "move to iop when 10 <= phq-9 <= 14", "other-wording", "`phq-9 is 10 to 14`"),
    ("phase", "move to iop when phq-9 10+", "number-form", "`>= 10`"),
    ("phase", "at end, discharge as completed", "stray-comma", "take it out"),
    ("outcome", 'outcome done "Done" planned', "two-sentences", "a line of its own"),
]


@pytest.mark.parametrize(("place", "line", "name", "help_"), SLIPS)
def test_a_slip_is_one_report_with_what_to_write(place: str, line: str, name: str, help_: str) -> None:
    places = dict.fromkeys(
        ("plan", "fact", "measure", "therapy", "service", "medication", "phase", "outcome"), ""
    )
    plan = PLAN.format(**{**places, place: line})
    first = plan[: plan.index(line)].count("\n") + 1
    lines = range(first, first + line.count("\n") + 1)
    errors = [d for d in check(plan) if d.severity is Severity.ERROR and d.span.line in lines]
    assert [d.name for d in errors] == [name], errors
    assert help_ in errors[0].help + errors[0].here + f" {errors[0].message}"
