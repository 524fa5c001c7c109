"""Scenarios: the corpus, whose expected files say what `careplan test` prints, and the rules one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import careplan
from careplan.commands.main import main
from careplan.plan.model import Plan
from careplan.plan.words import scenario_words
from careplan.stay.scenario import LONGEST, Ran, run
from careplan.stay.scenario.counting import sessions_of
from careplan.stay.scenario.trace import trace

CORPUS = sorted((Path(__file__).parent / "corpus" / "scenarios").glob("*.careplan"))

PLAN = """\
plan p
  start in iop

fact track one of day, evening

measure uds one of negative, positive
measure craving 0 to 10, lower is better

therapy cbt
  format group of 6 to 12
  length 90 min
  missed make up within 7 days

medication bup
  drug buprenorphine-naloxone
  start in iop when craving >= 5
  maintenance 16 mg daily
  continue through iop
  on discharge as completed hand over
  on discharge as lost hand over

phase iop
  level 2.1
  lasts 4 to 8 weeks
  on return restart
  cbt 2 per week on mon and thu
  assess uds 2 per week on tue and fri
  assess craving weekly on mon
  step up to residential when uds is positive 2 times within 2 weeks
  step down to aftercare when uds is negative for 3 weeks
  at end step down to aftercare

phase residential
  level 3.5
  lasts 1 week
  on return restart
  at end step down to iop

phase aftercare
  level 1.5
  lasts 4 weeks
  on return restart
  at end discharge as completed

anytime
  discharge as lost when missed sessions >= 3 in a row

outcome completed
  planned

outcome lost
  unplanned
"""


def plan_with(*lines: str, plan: str = PLAN) -> Plan:
    return careplan.loads(plan + '\nscenario "s"\n' + "".join(f"  {line}\n" for line in lines))


def story(*lines: str, plan: str = PLAN) -> Ran:
    whole = plan_with(*lines, plan=plan)
    return run(whole, whole.scenarios[0])


def met(*lines: str) -> list[bool]:
    result = story(*lines).result
    assert not result.troubles
    return [verdict.met for verdict in result.verdicts]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
@pytest.mark.parametrize("format_", ["full", "plain"])
def test_corpus(
    path: Path,
    format_: str,
    expected: Callable[[Path, str], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(path.parent)
    trace_ = ["--trace"] if format_ == "full" else ["--coverage"]
    code = main(["test", path.name, "--format", format_, *trace_])
    text = capsys.readouterr().out
    assert code == (1 if "failed" in text.splitlines()[-1] else 0)
    expected(path.with_suffix(f".{format_}.txt"), text)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_scenarios_back_in_words_mean_the_same(path: Path) -> None:
    plan = careplan.load(path)
    text = path.read_text("utf-8")
    bare = text[: text.index("\nscenario ")]
    again = careplan.loads(bare + "\n" + "\n".join(map(scenario_words, plan.scenarios)))
    for one, two in zip(plan.scenarios, again.scenarios, strict=True):
        assert _outline(run(plan, one)) == _outline(run(again, two))


def _outline(ran: Ran) -> object:
    result = ran.result
    return [(v.met, v.what) for v in result.verdicts], [t.what for t in result.troubles], result.days


# ------------------------------------------------------------------------------ answers (rules 5 and 7)


def results(ran: Ran, measure: str) -> dict[int, object]:
    assert ran.story is not None
    return {d.plan_day: d.records.results[measure] for d in ran.story.days if measure in d.records.results}


def test_from_answers_due_tests_and_makes_none() -> None:
    ran = story("from day 6 craving is 3", "expect phase iop on day 28")
    assert results(ran, "craving") == {8: 3, 15: 3, 22: 3}


def test_on_a_day_it_is_recorded_due_or_not() -> None:
    ran = story("on days 3 to 5 craving is 3, 4, 5", "on day 8 craving is 6", "expect phase iop on day 28")
    assert results(ran, "craving") == {3: 3, 4: 4, 5: 5, 8: 6}


def test_the_later_line_wins_for_its_days() -> None:
    lines = ("on day 8 craving is 1", "from day 1 craving is 2", "in iop week 3 craving is 3")
    ran = story(*lines, "expect phase iop on day 28")
    assert results(ran, "craving") == {1: 2, 8: 2, 15: 3, 22: 2}


def test_an_overridden_test_uses_up_its_value() -> None:
    ran = story(
        "in iop week 1 uds is negative, positive", "on day 2 uds is positive", "expect phase iop on day 5"
    )
    assert results(ran, "uds") == {2: "positive", 5: "positive"}


def test_several_times_and_no_more() -> None:
    ran = story("in iop weeks 1 to 4 uds is positive 1 time", "expect phase iop on day 28")
    assert results(ran, "uds") == {2: "positive"}


def test_a_visit_is_the_first_one_unless_it_is_said() -> None:
    lines = ("in iop uds is positive", "in second iop week 1 uds is negative", "expect phase iop on day 30")
    ran = story(*lines)
    assert results(ran, "uds") == {2: "positive", 5: "positive", 16: "negative", 19: "negative"}


def test_onward_goes_on_after_the_visit() -> None:
    ran = story("from iop day 4 uds is positive", "expect phase residential again by day 60")
    assert list(results(ran, "uds"))[:4] == [5, 9, 19, 23]


def test_weekday_of_admission() -> None:
    ran = story("admitted on thu", "from day 1 craving is 3", "expect phase iop on day 14")
    assert results(ran, "craving") == {5: 3, 12: 3}


# -------------------------------------------------------------------------------- sessions (rule 14)


def attended(*lines: str) -> str:
    """`+` attended, `-` missed, `o` cancelled, `m` made up, `x` one more; the first four weeks of cbt."""
    ran = story(*lines, "expect phase iop on day 28")
    assert ran.story is not None
    signs = {"attended": "+", "missed": "-", "cancelled": "o"}
    return "".join(
        signs[had.status] if had.due else ("m" if had.made_up else "x")
        for day in ran.story.days
        for had in sessions_of(day)
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("from day 1 uds is negative", "++++++++"),
        ("from day 1 attend 80%", "++++-+++"),
        ("from day 1 attend 50%", "+-+-+-+-"),
        ("from day 1 attend 100%", "++++++++"),
        ("from day 8 attend 50% of cbt", "+++-+-+-"),
        ("in iop week 2 cancel cbt", "++oo++++"),
        ("on day 4 miss all", "+-++++++"),
        ("on day 4 attend cbt", "++++++++"),
        ("on day 3 attend cbt", "+x+++++++"),
    ],
)
def test_attendance(line: str, shown: str) -> None:
    assert attended(line) == shown


def test_a_session_that_was_missed_is_made_up_in_time() -> None:
    assert attended("on day 4 miss cbt", "on day 10 attend cbt") == "+-+m+++++"
    assert attended("on day 4 miss cbt", "on day 12 attend cbt") == "+-++x++++"
    assert attended("on days 1, 4 miss cbt", "on days 6, 7 attend cbt") == "--mm++++++"


def test_a_later_line_takes_back_what_was_attended_in_addition() -> None:
    assert attended("on day 3 attend cbt", "on day 3 miss all") == "++++++++"


# ---------------------------------------------------------------------------- expectations (rule 6, 29)


def test_admission_is_an_entry() -> None:
    assert met("expect phase iop by day 1", "expect phase iop by day 20") == [True, False]


def test_by_a_week_of_a_visit_means_an_entry_after_it() -> None:
    lines = ("in iop week 1 uds is positive", "from second iop day 1 uds is negative")
    assert met(*lines, "expect phase residential by iop week 1") == [True]
    assert met(*lines, "expect phase iop by residential week 2") == [True]
    assert met(*lines, "expect phase iop by iop week 1") == [False]
    assert met(*lines, "expect phase iop by iop week 3") == [True]  # the second one begins on day 13


def test_a_week_ends_seven_days_on_whether_the_visit_was_left_or_not() -> None:
    lines = ("in iop week 1 uds is positive", "from second iop day 1 uds is negative")
    assert met(*lines, "expect phase iop by iop day 12") == [False]
    assert met(*lines, "expect phase iop by iop day 13") == [True]


def test_because_may_stand_before_or_after_the_phase() -> None:
    lines = ("in iop week 1 uds is positive",)
    move, entry = "expect because step up to residential", "expect phase residential"
    assert met(*lines, move, entry) == [True, True]
    assert met(*lines, entry, move) == [True, True]
    assert met(*lines, move, move) == [True, False]


def test_sessions_attended_and_due() -> None:
    lines = ("from day 1 uds is negative", "on day 4 miss cbt", "in iop week 2 cancel cbt")
    assert met(*lines, "expect 5 sessions of cbt in iop", "expect 6 sessions of cbt due in iop") == [
        True,
        True,
    ]


def test_taking() -> None:
    lines = ("on day 3 craving is 6", "from day 4 uds is negative")
    assert met(
        *lines,
        "expect not taking bup on day 2",
        "expect taking bup on day 3",
        "expect taking bup by day 10",
        "expect not taking bup by day 40",
    ) == [True, True, True, True]


def test_it_is_lived_no_further_than_is_expected() -> None:
    assert story("expect phase iop on day 12").result.days == 12
    assert story("in iop week 1 uds is positive", "expect phase residential").result.days == 5


def test_ten_years_are_enough() -> None:
    endless = PLAN.replace("  at end discharge as completed\n", "  at end step up to iop\n")
    ran = story("expect outcome completed", plan=endless)
    assert ran.result.days == LONGEST
    assert "after ten years (day 3653) the stay has not ended" in ran.result.verdicts[0].what


# ------------------------------------------------------------------------------------ chance (rule 30)


def test_expectations_must_not_hang_on_the_draw() -> None:
    plan = PLAN.replace("assess uds 2 per week on tue and fri", "assess uds 1 per week at random")
    ran = story("from day 1 uds is positive", "expect phase residential on day 14", plan=plan)
    days = {tuple(results(_again(ran, str(seed)), "uds")) for seed in range(6)}
    assert len(days) > 1  # other seeds, other days
    fine = story("from day 1 uds is positive", "expect phase residential by day 15", plan=plan)
    assert fine.result.passed
    assert fine.drawn


def _again(ran: Ran, seed: str) -> Ran:
    assert ran.story is not None
    return run(ran.story.plan, ran.story.scenario, seed)


def test_a_test_that_nobody_answers_cannot_matter() -> None:
    plan = PLAN.replace("assess uds 2 per week on tue and fri", "assess uds 1 per week at random")
    assert not story("from day 1 craving is 3", "expect phase iop on day 14", plan=plan).drawn


def test_trace_tells_only_days_on_which_something_happens() -> None:
    ran = story("on day 3 craving is 6", "on day 4 miss cbt", "expect phase iop on day 20")
    assert ran.story is not None
    assert [(told.plan_day, told.words) for told in trace(ran.story)] == [
        (1, ("iop begins",)),
        (3, ("craving is 6", "bup starts: maintenance 16 mg daily")),
        (4, ("misses cbt",)),
    ]
