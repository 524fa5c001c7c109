"""The words of the language, in one table: what each line says, with an example from the grammar.

The reference page, `careplan explain` and the tests read it. A test holds it against the grammar: every
line of the grammar has its row here, and every row its rule there.
"""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """One kind of line: its first words, what it says, and the grammar's rules for it."""

    words: str
    says: str
    rules: tuple[str, ...]


class Block(NamedTuple):
    """One kind of block: its word, what it declares, and the lines that it may have."""

    word: str
    says: str
    rule: str
    lines: tuple[Line, ...]


class Word(NamedTuple):
    """A word or a group of words inside lines."""

    words: str
    says: str
    rules: tuple[str, ...]


def _line(words: str, says: str, *rules: str) -> Line:
    return Line(words, says, rules)


NOTE = _line("note", "A remark for readers; it is shown in the document and changes nothing.", "note")
CITE = _line("cite", "A source that backs this block, and where in it.", "cite")
CODE = _line("code", "The code of a published system, such as LOINC, SNOMED or RxNorm.", "code")
COMMON = (NOTE, CITE, CODE)

_SERVICE_LINES = (
    _line("format", "How it is held, and for how many people.", "format"),
    _line("length", "How long one session is. Breaks are said apart: they are not clinical time.", "length"),
    _line("staff", "Who holds it.", "staff"),
    _line("delivery", "In person, by telehealth or by phone.", "delivery"),
    _line("admission", "When people may join: rolling, closed, or every so many weeks.", "admission"),
    _line("missed", "What happens to a missed session.", "make_up", "skip_missed"),
    _line("curriculum", "Whether topics run in order, on a rolling cycle, or in any order.", "in_order", "rolling",
          "any_order"),
    _line("topic", "One topic, and the sessions that it takes (one, if not said).", "topic"),
    _line("elective", "A topic that stands outside of the count, used when it fits.", "elective"),
    _line("hours not counted", "Its minutes are not clinical hours, such as a prescriber's visit.", "not_counted"),
    *COMMON,
)  # fmt: skip

BLOCKS = (
    Block("plan", "The plan itself: what it is for, who wrote it, and where a stay starts.", "plan_header", (
        _line("version", "The version of the plan.", "version"),
        _line("language", "The number of the language that the file is written in.", "language"),
        _line("status", "Whether the plan is a draft, active or retired.", "status"),
        _line("effective", "From which day it is in force, and to which.", "effective"),
        _line("population", "Whom it is for, such as adults or adolescents.", "population"),
        _line("substance", "The substances that it treats.", "substance"),
        _line("approach", "The approaches that it takes.", "approach"),
        _line("setting", "Where care is given.", "setting"),
        _line("follows", "The rule packs that it claims to follow.", "follows"),
        _line("author", "Who wrote it.", "author"),
        _line("approved by", "Who approved it, and when.", "approved"),
        _line("start in", "The phase in which a stay starts; several front doors are chosen by facts.", "plan_start"),
        _line("admit when", "Whom the plan admits.", "admit"),
        *COMMON,
    )),
    Block("use", "Brings in every name that another file declares.", "use_header", ()),
    Block("source", "A reference that `cite` lines point to.", "source_header", (
        _line("url", "Where it can be read.", "url"),
        _line("strength", "What kind of evidence it is.", "strength"),
        NOTE,
        CODE,
    )),
    Block("fact", "Something known at admission that stays as it is for the whole stay.", "fact_header", COMMON),
    Block("measure", "Something that is observed again and again.", "measure_header", (
        _line("band", "A named stretch of the range, with both its ends.", "band"),
        _line("missing counts as", "What a planned test without a result counts as.", "missing_counts"),
        *COMMON,
    )),
    Block("event", "Something that may happen on a day.", "event_header", COMMON),
    Block("therapy", "A clinical service; its minutes count toward a level of care.", "therapy_header", _SERVICE_LINES),
    Block("support", "Peer support, mutual help or alumni; never counted as clinical hours.", "support_header",
          _SERVICE_LINES),
    Block("formulary", "A drug: its class, forms, doses and what it needs.", "formulary_header", (
        _line("class", "Its pharmacologic class.", "drug_class"),
        _line("form", "Its forms.", "form"),
        _line("route", "How it is given.", "route"),
        _line("brand", "Its brand names.", "brand"),
        _line("ingredient", "What it contains.", "ingredients"),
        _line("first dose", "The first dose.", "first_dose"),
        _line("usual", "The usual dose.", "usual"),
        _line("maximum", "The label's maximum, or that it has none.", "maximum", "no_maximum"),
        _line("interval", "The days between two doses.", "interval"),
        _line("needs", "What must be so before the first dose.", "needs"),
        _line("monitor", "What is monitored, and when.", "monitor"),
        *COMMON,
    )),
    Block("medication", "A course of one drug, on its own clock and across phases.", "medication_header", (
        _line("drug", "Which drug of the formulary it is.", "uses_drug"),
        _line("form", "The form that is given.", "form"),
        _line("staff", "Who prescribes or gives it.", "staff"),
        _line("start", "Where the course may start, within which time, and when.", "starts"),
        _line("induction, titration, stabilization, maintenance, taper, dose, then, also",
              "A step of the course: a dose, how often, and for how long; or a ramp from one dose to another.", "dose",
              "ramp"),
        _line("keep", "The earliest and the latest day for the next dose.", "keep", "keep_at_least"),
        _line("if start fails", "The medication that is tried when this one could not be started.", "fallback"),
        _line("continue through", "The course runs on until this phase is left downwards.", "continue_through"),
        _line("stop", "Where or when the course stops.", "stop_at_end", "stop_when"),
        _line("hold when", "When doses are held.", "hold_when"),
        _line("on discharge as", "What happens to the course at an outcome.", "on_discharge"),
        _line("on return", "Whether the steps start over after an absence.", "on_return"),
        _line("monitor", "What is monitored, and when.", "monitor"),
        _line("take-home", "How many days of supply may be taken home, from which day of the course.", "take_home"),
        *COMMON,
    )),
    Block("phase", "A state of care: what happens in it, and the ways out.", "phase_header", (
        _line("level", "The level of care.", "level"),
        _line("setting", "Where this phase takes place.", "setting"),
        _line("lasts", "How long it lasts: exactly, from-to, at least, up to, or until something is reached.", "lasts"),
        _line("review", "On which days the ways down and sideways are decided; daily, if not said.", "review"),
        _line("on return", "What happens to the phase's clock when a person comes back.", "on_return"),
        _line("assess", "Which measures are taken, and when.", "assess"),
        _line("step down to", "To a lower level of care, at a review after the minimum.", "step_down"),
        _line("step up to", "To a higher level of care, on any day.", "step_up"),
        _line("move to", "To a phase of the same level.", "move"),
        _line("discharge as", "To the end of the plan.", "discharge"),
        _line("at end", "What happens on the last day of the maximum.", "at_end"),
        _line("extend", "After `at end`: lengthens the phase.", "extend"),
        _line("the name of a service", "How often that service is given, where in the week, and for whom.", "service"),
        *COMMON,
    )),
    Block("anytime", "Ways out that hold in every phase, tried before the phase's own.", "anytime_header", (
        _line("step up to", "To a higher level of care.", "step_up"),
        _line("move to", "To another phase.", "move"),
        _line("discharge as", "To the end of the plan.", "discharge"),
        NOTE,
        CITE,
    )),
    Block("outcome", "A way in which the plan ends.", "outcome_header", (
        _line("planned", "This end is meant to be reached: it waits for the minimum and for a review.", "planned"),
        _line("unplanned", "This end is decided on any day.", "unplanned"),
        _line("may return to", "Where a person may come back to, and how soon.", "may_return"),
        *COMMON,
    )),
    Block("goal", "What a stay should reach; it is reported, and never holds anybody back.", "goal_header", (
        _line("reach", "What is to be reached.", "reach"),
        _line("by", "By when.", "by_end", "by_week"),
        NOTE,
        CITE,
    )),
    Block("claim", "What must hold on every path that a patient can take; each line is a promise of its own.",
          "claim_header", (
        _line("always", "This is true every day; unknown does not break it.", "always"),
        _line("never", "This is true on no day; or this way out is never taken (or not because of a measure, or not "
              "when a condition holds).", "never", "never_exit"),
        _line("from", "From here, a patient can still get there.", "can_reach"),
        _line("every path ends", "Nobody goes round for ever, or for longer than this.", "path_ends"),
        _line("taking", "The course runs without a break from its first day in the one phase until the other is left.",
              "without_gap"),
        _line("at least", "Sessions attended on every path to a planned outcome; clinical hours in every full week.",
              "sessions_floor", "hours_floor"),
        _line("first", "How soon after entering a phase, or after admission, the first session comes; `first session` is "
              "one of any service.", "first_service"),
        NOTE,
        CITE,
    )),
    Block("scenario", "One patient's story, day by day, and what the plan is expected to do.", "scenario_header", (
        _line("given", "What is known of this patient at admission.", "given"),
        _line("admitted on", "The weekday of day 1; Monday, if not said.", "admitted"),
        _line("on day", "What happens on just this day: a test is recorded whether it is due or not.", "on_day"),
        _line("from day", "What happens from then on: each test that falls due has this result.", "from_day"),
        _line("in", "What happens in these weeks or days of a visit to a phase, or of the whole visit; without a phase, of "
              "the plan.", "in_visit", "in_plan"),
        _line("expect phase", "The patient is in this phase on a day, or enters it by one.", "expect_phase"),
        _line("expect outcome", "The plan ends so, by a day if one is named.", "expect_outcome"),
        _line("expect taking, expect not taking", "Whether the course runs on a day.", "expect_taking",
              "expect_not_taking"),
        _line("expect sessions", "How many sessions were attended (or, with `due`, fell due) over all visits.",
              "expect_sessions"),
        _line("expect because", "Which way out was taken: its line up to `when`, its condition too where two lines "
              "begin so, or the name it is `called`.", "expect_exit", "expect_called"),
        NOTE,
        CITE,
    )),
)  # fmt: skip

HOW_OFTEN = (
    Word("3 per week", "So many times in each week, day or number of weeks.", ("per", "period", "amount")),
    Word("daily", "Every day.", ("daily",)),
    Word("weekly", "Once in every week.", ("weekly",)),
    Word("every 2 weeks", "In the first week of the line, then in every second.", ("every",)),
    Word("once", "Once; with a list of weeks, once in each item of the list.", ("once",)),
    Word("20 sessions", "So many over the phase, spread over its minimum.", ("total",)),
    Word("throughout", "Simply there, all the time.", ("throughout",)),
    Word("as needed", "On any day on which it is needed.", ("as_needed",)),
    Word("at start, at end", "On the phase's first day; when it is left. For `assess` and `monitor`.",
         ("at_start", "finally", "moments")),
)  # fmt: skip

WHERE = (
    Word("on mon, wed", "On these weekdays.", ("on_days", "weekday_range", "weekday")),
    Word("at 18:00", "At this local time.", ("at_times",)),
    Word("for 60 min", "For this length, instead of the service's own.", ("for_time",)),
    Word(
        "in weeks 1 to 4, 6", "In these weeks of the phase.", ("in_weeks", "spans", "number_range", "either")
    ),
    Word("in days 1 to 5", "On these days of the phase.", ("in_days",)),
    Word("in plan weeks 13 to 48", "In these weeks of the stay.", ("in_plan_weeks",)),
    Word("within 1 day", "Within this time after the condition holds.", ("within",)),
    Word("after 2 sessions of met", "Only after so many attended sessions.", ("after_sessions",)),
    Word("at random", "On an unannounced day.", ("at_random",)),
    Word("encouraged", "Urged, not owed: it is counted nowhere.", ("encouraged",)),
    Word("if track is evening", "For people of whom these facts are true.", ("if_clause",)),
    Word("while phq-9 >= 15", "As long as this holds, day by day.", ("while_clause",)),
    Word("when suicide-item >= 1", "Each time that this comes to hold.", ("when_clause",)),
    Word("for 2 weeks after uds is positive", "From then on, for so long.", ("after_clause",)),
)

CONDITIONS = (
    Word("uds is negative", "The latest result is this value or band, or lies in this range.",
         ("is_value", "is_not", "word", "number")),
    Word("phq-9 < 10", "The latest result compares so.", ("compares",)),
    Word("phq-9 falls by 50%", "Against the first result of the stay.", ("falls", "rises")),
    Word("attendance >= 80% over 4 weeks", "Attended of the therapy sessions that were due.", ("attendance", "over")),
    Word("sessions of met >= 2", "Sessions attended since the phase was entered.", ("sessions",)),
    Word("missed sessions >= 3 in a row", "Due therapy sessions that were missed.", ("missed", "in_a_row")),
    Word("days >= 14, weeks >= 8", "Completed days or weeks of this visit to the phase.", ("clock",)),
    Word("taking bup-nx for 7 days", "The course is running, and has been for so long.", ("taking",)),
    Word("overdose, co-occurring", "An event has happened, or a yes-or-no is yes.", ("named",)),
    Word("… for 4 weeks", "It has been so without a break, with at least two results.", ("tails",)),
    Word("… 3 times within 2 weeks", "On so many days, looking back so far.", ("for_times",)),
    Word("… since admission", "Counted over the whole stay, not only this visit.", ("since_admission",)),
    Word("and, or, not, ( )", "Joined. A condition that mixes `and` with `or` needs parentheses.",
         ("all_of", "any_of", "not_so", "group")),
    Word("otherwise", "None of the `at end` lines above was taken.", ("otherwise",)),
)  # fmt: skip

STORIES = (
    Word("uds is positive, negative", "The results of the due tests, in order; one value answers all of them.",
         ("result", "answers")),
    Word("uds is missing", "The test was due and was missed. A due test of which nothing is said was not offered.",
         ("result",)),
    Word("uds is positive 3 times", "The first 3 due tests have this result.", ("result",)),
    Word("attend all, attend cbt", "The sessions are attended; so are those of which nothing is said.",
         ("attend", "those", "everything")),
    Word("attend 80% of cbt", "Of the sessions that fall due, this share is attended.", ("attend_share",)),
    Word("miss cbt, miss all", "The sessions, or a medication's doses, are missed.", ("miss",)),
    Word("cancel cbt", "The programme calls the sessions off: they count as neither due nor missed.", ("cancel",)),
    Word("overdose", "The event happens on this day.", ("happened",)),
    Word("iop week 3, iop day 12", "Counted from the day on which the phase was entered first.",
         ("visit", "stage_span", "stage_unit", "visit_point")),
    Word("second iop, iop stay 2", "The second visit to the phase.", ("ordinal",)),
    Word("day 20, week 5", "Of the plan, from admission on; a week's last day is meant where one is expected.",
         ("plan_point", "stage_end")),
    Word("on day 20, by week 5", "On that very day; at some time up to it.", ("on_point", "by_point")),
    Word("again", "On a visit after the first.", ("again",)),
    Word("with at most 2 returns", "Only paths on which no phase is entered more than three times.", ("at_most_returns",)),
    Word("during iop, aftercare", "While the patient is in one of these phases.", ("during",)),
    Word("because of uds", "The way out was taken on account of this measure.", ("never_exit",)),
)  # fmt: skip

UNITS = (
    Word("min, hours", "The length of a session.", ("time_unit",)),
    Word(
        "days, weeks", "Time in a plan. Months and years are refused: they differ in length.", ("duration",)
    ),
    Word("mg, mcg, g", "A dose; kept in milligrams.", ("dose_unit", "dose_amount")),
    Word("ml, units", "A dose that is no mass.", ("dose_unit",)),
    Word("%", "A share, for attendance and for falls and rises.", ("number_unit",)),
)


def example(rule: str) -> str:
    """The example that stands above `rule` in the grammar."""
    from careplan.language.tables import tables

    return tables().docs.get(rule, "")


def find(word: str) -> list[tuple[str, Block | Line | Word]]:
    """The rows about `word`, or words such as `step down`: (the block that they belong to or "", the row)."""
    word = " ".join(word.split())
    word = dict.fromkeys(("month", "months", "year", "years"), "days weeks").get(word, word)
    rows: list[tuple[str, Block | Line | Word]] = []
    for block in BLOCKS:
        if block.word == word:
            rows.append(("", block))
        rows += [(block.word, line) for line in block.lines if _begins(line.words, word)]
    others = (*HOW_OFTEN, *WHERE, *CONDITIONS, *STORIES, *UNITS)
    within: list[tuple[str, Block | Line | Word]] = [
        ("", row) for row in others if f" {word} " in f" {row.words.replace(', ', ' ')} "
    ]
    return rows + within if word else []


def _begins(words: str, word: str) -> bool:
    return words == word or any(f"{part} ".startswith(f"{word} ") for part in words.split(", "))


def all_words() -> list[str]:
    """Every word that `find` knows."""
    from careplan.language.tables import tables

    return sorted(word for word in tables().words if find(word))
