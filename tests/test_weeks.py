"""Sessions per week, against a slow count day by day that shares no code with the package."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import careplan
from careplan.plan.model import (
    AfterSessions,
    Assessment,
    Exit,
    Fact,
    Frequency,
    Lasts,
    Phase,
    Plan,
    Service,
    ServiceLine,
    Stretch,
)
from careplan.plan.model import Domain as Values
from careplan.plan.model import Test as Is
from careplan.plan.totals import line_range, line_total
from careplan.plan.weeks import HoursSpan, line_weeks, phase_hours

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
# MEANING 19: where floating sessions sit, by their number in the week.
PLACES = {
    0: [],
    1: [WED],
    2: [TUE, THU],
    3: [MON, WED, FRI],
    4: [MON, TUE, THU, FRI],
    5: [MON, TUE, WED, THU, FRI],
    6: [MON, TUE, WED, THU, FRI, SAT],
    7: [MON, TUE, WED, THU, FRI, SAT, SUN],
}


def spans(*ends: tuple[int, int]) -> tuple[Stretch, ...]:
    return tuple(Stretch(first=a, last=b) for a, b in ends)


def line(
    kind: str = "per", low: int = 1, high: int | None = None, period: int | None = 7, **more
) -> ServiceLine:
    frequency = Frequency(kind=kind, low=low, high=high or low, period_days=period)
    return ServiceLine(service="group", frequency=frequency, **more)


def plan_of(*lines: ServiceLine, low: int = 56, high: int | None = 56, **more) -> Plan:
    phase = Phase(name="iop", lasts=Lasts(low=low, high=high), services=lines)
    service = Service(name="group", kind="therapy", minutes=60)
    return Plan(name="p", services=(service,), phases=(phase,), **more)


def weeks(one: ServiceLine | Assessment, **more) -> list[tuple[int, int]]:
    plan = plan_of(**more)
    return [tuple(count) for count in line_weeks(plan, plan.phases[0], one)]


# ------------------------------------------------------------------------------------ the slow count


def listed(stretches: tuple[Stretch, ...], number: int) -> bool:
    return not stretches or any(s.first <= number <= s.last for s in stretches)


def is_open(one: ServiceLine, day: int) -> bool:
    return listed(one.weeks, ceil(day / 7)) and listed(one.days, day)


def week_sessions(one: ServiceLine, times: int, minimum: int, last_week: int) -> dict[int, int]:
    """Sessions of whole weeks, by counting sessions one by one."""
    found = dict.fromkeys(range(1, last_week + 1), 0)
    opened = [w for w in found if any(is_open(one, 7 * w - 6 + d) for d in range(7))]
    frequency = one.frequency
    if not opened:
        return found
    if frequency.kind == "total":
        among = opened if one.weeks or one.days else list(range(1, ceil(minimum / 7) + 1))
        for i in range(1, times + 1):
            found[among[ceil(i * len(among) / times) - 1]] += 1
        return found
    n = frequency.period_days // 7
    for start in range(opened[0], last_week + 1, n):
        falls = (
            [start]
            if frequency.kind == "every"
            else [start + ceil(i * n / times) - 1 for i in range(1, times + 1)]
        )
        for week in falls:
            if week in opened:
                found[week] += 1
    return found


def by_day(one: ServiceLine, times: int, first_weekday: int, minimum: int, last_day: int) -> list[int]:
    """Sessions on each day of a visit whose day 1 is that weekday."""
    period = one.frequency.period_days
    weekday = {day: (first_weekday + day - 1) % 7 for day in range(1, last_day + 1)}
    if one.frequency.kind != "total" and period == 1:
        return [
            times if is_open(one, d) and (not one.weekdays or weekday[d] in one.weekdays) else 0
            for d in weekday
        ]
    if one.frequency.kind != "total" and period % 7:
        start = min((d for d in range(1, 2000) if is_open(one, d)), default=1)
        due = [0] * (last_day + 2 * period + start + 2)
        for block in range(start, last_day + 1, period):
            falls = (
                [block]
                if one.frequency.kind == "every"
                else [block + ceil(i * period / times) - 1 for i in range(1, times + 1)]
            )
            for day in falls:
                due[day] += 1
        return [due[d] if is_open(one, d) else 0 for d in weekday]
    whole = week_sessions(one, times, minimum, max(ceil(last_day / 7), ceil(minimum / 7), 60))
    found = []
    for day in weekday:
        count = whole[ceil(day / 7)]
        places = one.weekdays or range(7)
        sessions = count // len(places) if weekday[day] in places else 0
        rest = count % len(places)
        sessions += weekday[day] in (one.weekdays[:rest] if one.weekdays else PLACES[rest])
        found.append(sessions if is_open(one, day) else 0)
    return found


stretches = st.lists(st.tuples(st.integers(1, 14), st.integers(0, 6)), min_size=1, max_size=2).map(
    lambda ends: spans(*((a, a + b) for a, b in ends))
)
lines = st.builds(
    lambda kind, low, more, period, weekdays, in_weeks, in_days: line(
        kind, low, low + more, period, weekdays=tuple(sorted(weekdays)), weeks=in_weeks, days=in_days
    ),
    st.sampled_from(["per", "every", "total"]),
    st.integers(1, 9),
    st.integers(0, 2),
    st.sampled_from([1, 3, 7, 10, 14, 21, 28, 364]),
    st.one_of(st.just(set()), st.sets(st.integers(0, 6), min_size=1)),
    st.one_of(st.just(()), stretches),
    st.one_of(st.just(()), stretches),
)


@settings(max_examples=150, deadline=None)
@given(lines, st.integers(7, 90), st.integers(0, 60))
def test_totals_and_weeks_are_those_of_the_slow_count(one: ServiceLine, low: int, more: int):
    # Weekdays do not say where a session of `every 3 days` goes; and of `every n weeks` they name one.
    assume(not one.weekdays or one.frequency.period_days in (1, 7))
    last = low + more
    plan = plan_of(one, low=low, high=last)
    choices = [1] if one.frequency.kind == "every" else range(one.frequency.low, one.frequency.high + 1)
    runs = {(k, r): by_day(one, k, r, low, last) for k in choices for r in range(7)}
    sums = [sum(run) for run in runs.values()]
    total = line_total(plan, plan.phases[0], one, last)
    assert total.low <= min(sums)
    assert total.high >= max(sums)
    cut = [w for w in range(1, ceil(last / 7) + 1) if 0 < sum(_open_days(one, w, last)) < 7]
    if len(cut) <= 1:
        assert tuple(total) == (min(sums), max(sums))
    counts = line_weeks(plan, plan.phases[0], one)
    assert len(counts) == ceil(last / 7)
    for week in range(1, last // 7 + 1):
        here = [sum(run[7 * week - 7 : 7 * week]) for run in runs.values()]
        assert tuple(counts[week - 1]) == (min(here), max(here))


def _open_days(one: ServiceLine, week: int, last: int) -> list[bool]:
    return [is_open(one, d) and d <= last for d in range(7 * week - 6, 7 * week + 1)]


# -------------------------------------------------------------------------------- the rules one by one

IN_8_WEEKS = {
    "weekly": (line(), [1] * 8),
    "daily": (line(period=1), [7] * 8),
    "daily on mon to fri": (line(period=1, weekdays=(0, 1, 2, 3, 4)), [5] * 8),
    "every 2 weeks": (line("every", period=14), [1, 0, 1, 0, 1, 0, 1, 0]),
    "every 2 weeks in weeks 2 to 8": (
        line("every", period=14, weeks=spans((2, 8))),
        [0, 1, 0, 1, 0, 1, 0, 1],
    ),
    "every 4 weeks": (line("every", period=28), [1, 0, 0, 0, 1, 0, 0, 0]),
    "1 per 2 weeks": (line(period=14), [0, 1, 0, 1, 0, 1, 0, 1]),
    "3 per 4 weeks": (line(low=3, period=28), [0, 1, 1, 1, 0, 1, 1, 1]),
    "8 per 52 weeks": (line(low=8, period=364), [0, 0, 0, 0, 0, 0, 1, 0]),
    "4 sessions": (line("total", 4, period=None), [0, 1, 0, 1, 0, 1, 0, 1]),
    "once": (line("once", period=None), [1, 0, 0, 0, 0, 0, 0, 0]),
    "once in weeks 2, 6 and 7": (
        line("once", period=None, weeks=spans((2, 2), (6, 6), (7, 7))),
        [0, 1, 0, 0, 0, 1, 1, 0],
    ),
    "throughout": (line("throughout", period=None), [0] * 8),
    "as needed": (line("as-needed", period=None), [0] * 8),
}


@pytest.mark.parametrize("words", IN_8_WEEKS)
def test_a_line_in_eight_weeks(words: str):
    one, expected = IN_8_WEEKS[words]
    assert weeks(one) == [(n, n) for n in expected]


def test_one_of_several_weeks_is_none_or_one_in_each():
    matrix = line("once", period=None, weeks=spans((1, 1), (5, 6), (8, 8)))
    assert weeks(matrix) == [(1, 1), (0, 0), (0, 0), (0, 0), (0, 1), (0, 1), (0, 0), (1, 1)]
    either = line("once", period=None, weeks=(Stretch(first=2, last=4, either=True),))
    assert weeks(either)[:5] == [(0, 0), (0, 1), (0, 0), (0, 1), (0, 0)]
    plan = plan_of(matrix)
    assert line_total(plan, plan.phases[0], matrix, 56) == (3, 3)


HANGING = {
    "while": {"while_": Is(subject="measure", name="phq-9", operator=">=", value=15)},
    "when": {"when": Is(subject="measure", name="phq-9", operator=">=", value=15)},
    "after": {"after": Is(subject="measure", name="uds", operator="is", value="positive")},
    "encouraged": {"encouraged": True},
}


@pytest.mark.parametrize("way", HANGING)
def test_what_is_not_owed_has_a_low_end_of_nothing(way: str):
    assert weeks(line(low=2, **HANGING[way])) == [(0, 2)] * 8


def test_an_extra_session_is_not_counted_on():
    extra = Frequency(kind="per", period_days=7, extra=True)
    assert weeks(ServiceLine(service="group", frequency=extra)) == [(0, 1)] * 8


def test_a_test_at_start_or_at_end_is_one_of_those_of_its_week():
    start, end, every = (Frequency(kind=k, period_days=14) for k in ("at-start", "at-end", "every"))
    taken = Assessment(measures=("phq-9", "gad-7"), moments=(start, every, end))
    assert weeks(taken) == [(1, 1), (0, 0), (1, 1), (0, 0), (1, 1), (0, 0), (1, 1), (1, 1)]
    assert weeks(taken, low=49)[6:] == [(1, 1), (0, 1)]


def test_sessions_after_sessions_come_in_the_weeks_left():
    met = ServiceLine(service="met", frequency=Frequency(kind="per", period_days=7), weeks=spans((1, 2)))
    cbt = line("total", 3, period=None, after_sessions=AfterSessions(count=2, service="met"))
    plan = plan_of(met, cbt, low=35, high=35)
    assert [c.high for c in line_weeks(plan, plan.phases[0], cbt)] == [0, 0, 1, 1, 1]


def test_plan_weeks_follow_the_phase():
    first = Phase(
        name="first",
        lasts=Lasts(low=28, high=28),
        services=(line(plan_weeks=spans((3, 6))),),
        at_end=(Exit(direction="move", target="iop"),),
    )
    fixed = plan_of(line(plan_weeks=spans((3, 6))))
    plan = fixed.model_copy(update={"phases": (first, *fixed.phases)})
    counts = [[c.high for c in line_weeks(plan, p, p.services[0])] for p in plan.phases]
    assert counts == [[0, 0, 1, 1], [1, 1, 0, 0, 0, 0, 0, 0]]


def test_once_in_plan_weeks_is_once_for_each_of_them():
    once = line("once", period=None, plan_weeks=spans((26, 26), (52, 52), (67, 68)))
    plan = careplan.loads(
        """
        plan follow-up "Follow-up"
          start in early
        support visit "Visit"
        phase early
          lasts 4 to 6 weeks
          move to late when days >= 30
          at end move to late
        phase late
          lasts 80 weeks
          visit once in plan weeks 26, 52 and 67 to 68
          at end discharge as done
        outcome done
          planned
        """
    )
    late = plan.phase("late")
    assert line_range(plan, late, late.services[0]) == (3, 3)
    held = [
        week for week, count in enumerate(line_weeks(plan, late, late.services[0]), start=1) if count.high
    ]
    assert held == [20, 21, 22, 46, 47, 48, 61, 62, 63, 64]
    alone = plan_of(once, low=560, high=560)
    assert line_total(alone, alone.phases[0], once, 7 * 30) == (1, 1)


def test_plan_weeks_of_a_phase_that_may_begin_early_or_late_are_possible_only():
    first = Phase(name="first", lasts=Lasts(low=14, high=28), exits=(Exit(direction="move", target="iop"),))
    fixed = plan_of(line(plan_weeks=spans((4, 6))))
    plan = fixed.model_copy(update={"phases": (first, *fixed.phases)})
    counts = [tuple(c) for c in line_weeks(plan, plan.phases[1], fixed.phases[0].services[0])]
    assert counts == [(0, 1), (1, 1), (0, 1), (0, 1), (0, 0), (0, 0), (0, 0), (0, 0)]


# --------------------------------------------------------------------------------------- clinical hours


def fact_is(name: str, value: str | float, operator: str = "is") -> Is:
    return Is(subject="fact", name=name, operator=operator, value=value)


def test_tracks_exclude_each_other_and_are_never_added():
    track = Fact(name="track", domain=Values(kind="choice", values=("day", "evening")))
    both = [line(low=3, if_facts=fact_is("track", which)) for which in ("day", "evening")]
    plan = plan_of(*both, facts=(track,))
    assert phase_hours(plan, plan.phases[0]) == (HoursSpan(1, 8, 180, 180),)
    one_only = plan_of(both[0], facts=(track,))
    assert phase_hours(one_only, one_only.phases[0]) == (HoursSpan(1, 8, 0, 180),)
    assert phase_hours(one_only, one_only.phases[0], {"track": "evening"}) == (HoursSpan(1, 8, 0, 0),)


def test_numbers_are_cut_where_they_are_compared():
    age = Fact(name="age", domain=Values(kind="number", low=12, high=99))
    young, old = fact_is("age", 18, "<"), fact_is("age", 18, ">=")
    plan = plan_of(line(low=2, if_facts=young), line(low=3, if_facts=old), facts=(age,))
    assert phase_hours(plan, plan.phases[0]) == (HoursSpan(1, 8, 120, 180),)
    adults = plan.model_copy(update={"admit": old})
    assert phase_hours(adults, adults.phases[0]) == (HoursSpan(1, 8, 180, 180),)


def test_supports_and_services_not_counted_bring_no_hours_and_a_missing_length_is_flagged():
    plan = plan_of(line(), line(minutes=90))
    for more in ({"kind": "support", "counted": False}, {"counted": False}):
        service = plan.services[0].model_copy(update=more)
        assert phase_hours(plan.model_copy(update={"services": (service,)}), plan.phases[0])[0].high == 0
    assert phase_hours(plan, plan.phases[0]) == (HoursSpan(1, 8, 150, 150),)
    service = plan.services[0].model_copy(update={"minutes": None})
    unknown = plan.model_copy(update={"services": (service,)})
    assert phase_hours(unknown, plan.phases[0]) == (HoursSpan(1, 8, 90, 90, unknown=True),)


def test_a_phase_without_a_maximum_has_an_open_tail():
    plan = plan_of(line(weeks=spans((1, 4))), line("every", period=14), low=28, high=None)
    found = phase_hours(plan, plan.phases[0])
    assert found[-1] == HoursSpan(5, None, 0, 60)
    assert [span.last_week for span in found[:-1]] == [1, 2, 3, 4]
