"""Sound plans for hypothesis: small, but with something of everything that a plan can say."""

from __future__ import annotations

import random
import re

from hypothesis import strategies as st

Draw = st.DrawFn
TITLES = (
    "Group",
    "Übung and more",
    "A, b or c",
    "",
    "50% of 3.0 weeks",
    "# no comment",
    "“Quoted”",
    "monday",
)
LEVELS = ("3.7", "3.1", "2.1", "1")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def title(draw: Draw) -> str:
    """A title with a blank before it, or nothing."""
    words = draw(st.sampled_from(TITLES))
    return f' "{words}"' if words else ""


@st.composite
def plan_texts(draw: Draw) -> str:
    """The text of a plan without errors, tidy but for its tables: one sentence a line."""
    phases = [f"phase-{letter}" for letter in "abcd"[: draw(st.integers(1, 4))]]
    services = [f"service-{n}" for n in range(draw(st.integers(1, 4)))]
    has_drug = draw(st.booleans())
    blocks = [_plan_block(draw, phases), *_facts(draw), *_measures(draw)]
    blocks += [_service(draw, name) for name in services]
    if has_drug:
        blocks.append(_medication(draw, phases))
    for number in range(len(phases)):
        blocks.append(_phase(draw, phases, number, services, has_drug))
    if draw(st.booleans()):
        blocks.append(["anytime", f"discharge as dropped-out when {_condition(draw, '', has_drug)}"])
    else:
        blocks[-1].append("discharge as dropped-out when missed sessions >= 6 in a row")
    blocks.append([f"outcome completed{title(draw)}", "planned"])
    blocks.append([f"outcome dropped-out{title(draw)}", "unplanned"])
    if draw(st.booleans()):
        blocks.append([f"goal well{title(draw)}", f"reach {_stay_test(draw)}", f"by end of {phases[-1]}"])
    if draw(st.booleans()):
        blocks += [_claim(draw, phases, services), _scenario(draw, phases, services, has_drug)]
    gap = draw(st.sampled_from(("\n", "\n\n")))
    return gap.join("\n".join([block[0], *("  " + line for line in block[1:])]) for block in blocks) + "\n"


def _plan_block(draw: Draw, phases: list[str]) -> list[str]:
    lines = [f"plan generated{title(draw)}"]
    lines += draw(
        st.lists(
            st.sampled_from((
                "version 1.10", "status draft", "population adults", 'author "A", "B" and "C"',
                "substance opioids, alcohol", "effective 2026-01-01", 'note "Nothing: really, and so"',
            )),
            unique_by=lambda line: line.split()[0],
        )
    )  # fmt: skip
    return [*lines, f"start in {phases[0]}"]


def _facts(draw: Draw) -> list[list[str]]:
    return [
        [f"fact track{title(draw)} one of day, evening"],
        [f"fact working{title(draw)} yes or no"],
        [f"fact age{title(draw)} 18 to 99 years", *_notes(draw)],
    ]


def _measures(draw: Draw) -> list[list[str]]:
    bands = ["band low 0 to 9", 'band high "High, and higher" 10 to 27'] if draw(st.booleans()) else []
    missing = ["missing counts as positive"] if draw(st.booleans()) else []
    return [
        [f"measure score{title(draw)} 0 to 27, lower is better", *bands, *_notes(draw)],
        [f"measure screen{title(draw)} one of negative, positive", *missing],
        ["event overdose"],
    ]


def _notes(draw: Draw) -> list[str]:
    words = draw(st.lists(st.sampled_from(TITLES[:1] + TITLES[2:3] + TITLES[4:6]), max_size=2))
    return [f'note "{text}"' for text in words]


def _service(draw: Draw, name: str) -> list[str]:
    lines = [f"therapy {name}{title(draw)}"]
    lines.append(draw(st.sampled_from(("format individual", "format group of 6 to 12", "format family"))))
    lines.append(
        draw(st.sampled_from(("length 90 min", "length 3 hours plus 30 min break", "length 1 hour")))
    )
    lines += draw(
        st.sampled_from(([], ["staff counselor, nurse and peer"], ["delivery in-person or telehealth"]))
    )
    if draw(st.booleans()):
        lines += ["curriculum rolling", 'topic "One" 1 session', 'topic "Two, and three" 2 sessions']
    return [*lines, *_notes(draw)]


def _medication(draw: Draw, phases: list[str]) -> list[str]:
    week = draw(st.integers(1, 3))
    unit = "week" if week == 1 else "weeks"
    return [
        f"medication film{title(draw)}",
        "drug buprenorphine-naloxone",
        f"start in {phases[0]}" + draw(st.sampled_from(("", " within 3 days", " when score >= 2"))),
        "induction 4 mg daily for 1 day",
        f"stabilization 8 mg daily for {week} {unit}",
        "maintenance 16 to 24 mg daily",
        f"continue through {phases[-1]}",
        f"monitor lft at start and every {draw(st.integers(2, 12))} weeks",
        "on discharge as dropped-out hand over",
        "on discharge as completed hand over",
    ]


def _phase(draw: Draw, phases: list[str], number: int, services: list[str], has_drug: bool) -> list[str]:
    name = phases[number]
    shortest = draw(st.integers(4, 8))
    longest = shortest + draw(st.integers(1, 8))
    lines = [f"phase {name}{title(draw)}", f"level {LEVELS[number]}", f"lasts {shortest} to {longest} weeks"]
    lines.append(draw(st.sampled_from(("review weekly", "review daily", "review every 1 week"))))
    lines.append("on return restart")
    lines += [f"{service} {_how_often(draw)}" for service in draw(st.permutations(services))]
    lines.append("assess score " + draw(st.sampled_from(("weekly", "at start, every 2 weeks and at end"))))
    lines.append("assess screen " + draw(st.sampled_from(("2 per week at random", "daily in days 1 to 5"))))
    last = number == len(phases) - 1
    forward = "discharge as completed" if last else f"step down to {phases[number + 1]}"
    for _ in range(draw(st.integers(0, 2))):
        lines.append(f"{forward} when {_condition(draw, services[0], has_drug)}")
    if number:
        lines.append(f"step up to {phases[number - 1]} when {_condition(draw, services[0], has_drug)}")
    return [*lines, *_notes(draw), f"at end {forward}"]


def _how_often(draw: Draw) -> str:
    week = draw(st.integers(2, 6))
    when = draw(st.sampled_from(("at 08:00", "at 09:30", "for 60 min", "")))
    who = draw(st.sampled_from(("", "if track is evening", "if working and age < 60", "while score >= 15")))
    first = draw(st.integers(0, 3))
    days = ", ".join(DAYS[first : first + 3])
    how = draw(
        st.sampled_from((
            f"3 per week on {days} {when}", f"weekly on {DAYS[week]} {when}", "weekly", "every 2 weeks",
            "once in weeks 1, 2 to 3", "once in week 1 or 2", f"{week} per week", "2 to 3 per week",
            "2 per week in weeks 1 to 4", "as needed", "daily in days 1 to 5", "8 per 52 weeks",
        ))
    )  # fmt: skip
    return f"{how.strip()} {who}".strip()


def _stay_test(draw: Draw) -> str:
    weeks = draw(st.integers(1, 12))
    return f"screen is negative for {weeks} week{'s' if weeks > 1 else ''}"


def _claim(draw: Draw, phases: list[str], services: list[str]) -> list[str]:
    weeks = draw(st.integers(2, 200))
    lines = [
        f"always screen is negative during {', '.join(phases)}", "never score >= 20 if age >= 21",
        "never discharge as completed because of screen", f"from {phases[0]} can reach completed",
        f"every path ends within {weeks} weeks with at most 2 returns", "every path ends",
        f"at least {weeks} sessions of {services[0]} on every completing path",
        f"at least 9 hours per week during {phases[0]}",
        f"first {services[0]} within 3 days of entering {phases[-1]}",
        "first session within 1 week of admission",
    ]  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(lines), min_size=1, unique=True))
    return [f"claim holds{title(draw)}", *chosen, *_notes(draw)]


def _scenario(draw: Draw, phases: list[str], services: list[str], has_drug: bool) -> list[str]:
    last, service = phases[-1], services[0]
    days = draw(st.lists(st.integers(1, 200), min_size=3, max_size=3, unique=True).map(sorted))
    told = [
        f"on day {days[0]} score is 14", f"on days {days[0]} to {days[1]}, {days[2]} score is 3",
        f"from day {days[0]} screen is negative", f"from day {days[0]} to day {days[1]} score is 20",
        f"in {last} week 2 screen is positive, negative", f"in second {phases[0]} screen is missing",
        f"in {last} weeks 1 to 2 screen is negative 3 times", f"in plan week 3 attend 80% of {service}",
        f"on {last} day 3 miss {service}", "in week 5 miss all", f"on day {days[1]} cancel {service}",
        f"on day {days[2]} overdose",
    ]  # fmt: skip
    expected = [
        f"expect phase {last} by {phases[0]} week 4", f"expect phase {phases[0]} on day {days[0]}",
        f"expect phase {last} again by day {days[2]}", "expect outcome completed by plan week 60",
        f"expect 12 sessions of {service} due in {', '.join(phases)}", f"expect 3 sessions of {service}",
    ]  # fmt: skip
    expected += [f"expect not taking film on {last} day 3", f"expect taking film by day {days[1]}"] * has_drug
    said = draw(st.lists(st.sampled_from(told), unique=True))
    wanted = draw(st.lists(st.sampled_from(expected), min_size=1, unique=True))
    who = draw(st.sampled_from((["admitted on wed"], [])))
    who.append(draw(st.sampled_from(("given track is evening, working, age is 34 years",
                                     "given track is day, not working and age is 70"))))  # fmt: skip
    return ["scenario" + (title(draw) or ' "A story"'), *who, *said, *wanted, *_notes(draw)]


def _condition(draw: Draw, service: str, has_drug: bool) -> str:
    tests = [
        _stay_test(draw), "score < 10", f"attendance >= {draw(st.integers(1, 99))}% over 4 weeks", "overdose",
        "missed sessions >= 3 in a row", "screen is positive 3 times within 2 weeks", "age is 18 to 25",
        "not working", "score falls by 50%", "weeks >= 2", "overdose within 1 day",
    ]  # fmt: skip
    tests += [f"attendance of {service} >= 50%", f"sessions of {service} >= 3"] if service else []
    tests += ["taking film for 7 days"] if has_drug else []
    chosen = draw(st.lists(st.sampled_from(tests), min_size=1, max_size=4, unique=True))
    word, other = draw(st.permutations((" and ", " or ")))
    if len(chosen) > 2:
        chosen = [*chosen[:-2], f"({chosen[-2]}{other}{chosen[-1]})"]
    return word.join(chosen)


# ------------------------------------------------------------------------------------- untidy hands

_SYNONYMS = {
    "weeks": "week", "week": "weeks", "days": "day", "min": "minutes", "hour": "hours", "sessions": "session",
    "mon": "monday", "fri": "Friday", "stabilization": "stabilisation", "08:00": "8:00", "2": "02",
    "times": "time",
}  # fmt: skip
_UNTOUCHED = re.compile(r"^(fact|measure|version)|weeks >=|sessions (of|>=)|hours per week")


def untidy(text: str, dice: random.Random) -> str:
    """The same plan, as written in a hurry: blanks, comments, broken lines and other forms of words."""
    out: list[str] = []
    for line in text.split("\n")[:-1]:
        if dice.random() < 0.15:
            out += dice.choice((["# alone"], ["", "    # after a blank"], ["# before a blank", ""], ["", ""]))
        out += _untidy_line(line, dice)
    out += dice.choice(([], ["# the end"], ["", "# the end", ""]))
    return dice.choice(("\n", "\n", "\r\n")).join(out)


def _untidy_line(line: str, dice: random.Random) -> list[str]:
    words = re.findall(r'"[^"]*"|[^\s"]+', line)
    free = '"' not in line
    lines = [dice.choice(("", " ", "  ", "\t"))]
    for number, word in enumerate(words):
        runs_on = free and number > 1 and word in ("and", "or")
        after_comma = free and number > 1 and words[number - 1].endswith(",")
        if (runs_on or (after_comma and word in DAYS)) and dice.random() < 0.5:
            lines[-1] += dice.choice(("", " # why, and so", "  "))
            lines += [*dice.choice(([], ["  # alone, between"])), dice.choice(("", "    "))]
        if number and free and not _UNTOUCHED.search(line) and dice.random() < 0.3:
            word = _SYNONYMS.get(word, word)
        lines[-1] += word + dice.choice((" ", " ", "  ", "\t"))
    if dice.random() < 0.2:
        lines[-1] += "# trailing, #twice"
    return lines
