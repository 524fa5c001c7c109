"""Ways through a plan, against all ways of small random plans, and courses by phase."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from careplan.plan.courses import courses
from careplan.plan.model import (
    DoseStep,
    Drug,
    Exit,
    Frequency,
    FrontDoor,
    Lasts,
    Medication,
    Outcome,
    Phase,
    Plan,
    Ramp,
    Start,
)
from careplan.plan.model import Test as Is
from careplan.plan.paths import longest_path, paths, shortest_path, typical_path
from careplan.plan.starts import days_before

OUTCOMES = (Outcome(name="completed", planned=True), Outcome(name="dropped-out", planned=False))


def way(direction: str, target: str) -> Exit:
    return Exit(direction=direction, target=target)


def phase(name: str, low: int, high: int | None, *exits: Exit, at_end: tuple[Exit, ...] = ()) -> Phase:
    return Phase(name=name, lasts=Lasts(low=low, high=high), exits=exits, at_end=at_end)


def plan(*phases: Phase, **more) -> Plan:
    return Plan(name="p", phases=phases, outcomes=OUTCOMES, **more)


# ------------------------------------------------------------------------------------------ every way


def all_ways(plan: Plan, name: str, seen: tuple[str, ...]) -> list[tuple[list[str], int, int, str]]:
    """(phases, fewest days, most days, outcome) of every way from a phase that enters none twice."""
    if name in {o.name for o in plan.outcomes}:
        return [([], 0, 0, name)]
    if name in seen:
        return []
    here = plan.phase(name)
    found = []
    for exits, at_end in ((here.exits, False), (here.at_end, True)):
        for exit_ in exits:
            at_once = exit_.direction == "step up" or exit_.target == "dropped-out"
            fewest = 1 if at_once else here.lasts.high if at_end else here.lasts.low
            for names, low, high, outcome in all_ways(plan, exit_.target, (*seen, name)):
                found.append(([name, *names], low + fewest, high + here.lasts.high, outcome))
    return found


@st.composite
def small_plans(draw) -> Plan:
    names = [f"p{n}" for n in range(draw(st.integers(2, 5)))]
    targets = st.sampled_from([*names, "completed", "dropped-out"])
    phases = []
    for name in names:
        low = draw(st.integers(1, 60))
        exits = []
        for target in draw(st.lists(targets, min_size=1, max_size=3)):
            if target != name:
                direction = draw(st.sampled_from(["step down", "step up", "move"]))
                exits.append(way("discharge" if target in {o.name for o in OUTCOMES} else direction, target))
        ends = [t for t in draw(st.lists(targets, max_size=1)) if t != name]
        if name == names[-1]:  # so that most plans can be completed
            ends = ["completed"]
        at_end = tuple(way("move" if t in names else "discharge", t) for t in ends)
        phases.append(phase(name, low, low + draw(st.integers(0, 60)), *exits, at_end=at_end))
    return plan(*phases)


@settings(max_examples=200, deadline=None)
@given(small_plans())
def test_shortest_and_longest_are_those_of_all_ways(given_plan: Plan):
    ways = all_ways(given_plan, "p0", ())
    planned = [low for _, low, _, outcome in ways if outcome == "completed"]
    shortest, longest = shortest_path(given_plan), longest_path(given_plan)
    assert (shortest.low if shortest else None) == min(planned, default=None)
    assert (longest.low if longest else None) == max((high for _, _, high, _ in ways), default=None)


@settings(max_examples=100, deadline=None)
@given(small_plans())
def test_a_typical_path_ends_or_comes_back(given_plan: Plan):
    path = typical_path(given_plan, "p0")
    names = [step.phase for step in path.steps]
    assert len(names) == len(set(names)) >= 1
    assert all(step.low <= (step.high or step.low) for step in path.steps)


# ---------------------------------------------------------------------------------------- small plans


RELAPSE = plan(
    phase("residential", 14, 28, way("step down", "iop"), at_end=(way("step down", "iop"),)),
    phase(
        "iop",
        56,
        112,
        way("step up", "residential"),
        way("step down", "aftercare"),
        at_end=(way("discharge", "dropped-out"),),
    ),
    phase("aftercare", 182, 182, way("step up", "iop"), at_end=(way("discharge", "completed"),)),
)


def test_a_plan_with_relapse():
    found = paths(RELAPSE)
    assert found.shortest.low == 14 + 56 + 182
    assert [tuple(step) for step in found.typical[0].steps] == [
        ("residential", 14, 28),
        ("iop", 56, 112),
        ("aftercare", 182, 182),
    ]
    assert found.typical[0].outcome == "completed"
    assert found.longest.low == 28 + 112 + 182
    assert found.loops == (("residential", "iop", "aftercare"),)
    assert days_before(RELAPSE, RELAPSE.phase("aftercare")) == (70, 140)


def test_a_phase_without_a_maximum_has_no_longest_path():
    open_ended = plan(phase("otp", 90, None, way("discharge", "completed")))
    found = paths(open_ended)
    assert found.longest is None
    assert found.open_ended == ("otp",)
    assert found.typical[0].high is None
    assert found.shortest.low == 90


def test_extensions_belong_to_the_longest_way():
    more = Exit(direction="extend", extend_days=14, extend_times=2)
    extended = plan(phase("iop", 56, 84, at_end=(more, way("discharge", "completed"))))
    assert longest_path(extended).low == 84 + 28
    assert shortest_path(extended).low == 84


def test_every_front_door_has_its_own_usual_way():
    doors = (FrontDoor(phase="aftercare"), FrontDoor(phase="residential"))
    found = paths(RELAPSE.model_copy(update={"starts": doors}))
    assert [path.steps[0].phase for path in found.typical] == ["aftercare", "residential"]
    assert found.shortest.low == 182


# ---------------------------------------------------------------------------------------- medication


def dose(step: str, **more) -> DoseStep:
    return DoseStep(step=step, low=4, high=4, frequency=Frequency(kind="per", period_days=1), **more)


DRUG = Drug(name="buprenorphine", drug_class="opioid-partial-agonist")
COWS = Is(subject="measure", name="cows", operator=">=", value=12)


def course(**more) -> Medication:
    steps = (dose("induction", run_days=1), dose("stabilization", run_days=3), dose("maintenance"))
    start = Start(phases=("residential",), when=COWS)
    return Medication(**{"name": "bup", "drug": "buprenorphine", "steps": steps, "start": start, **more})


def told(medication: Medication, *others: Medication) -> list[tuple[str, str, int, int | None, list[str]]]:
    found = courses(RELAPSE.model_copy(update={"medications": (medication, *others), "drugs": (DRUG,)}))
    return [
        (c.phase, c.role, c.first, c.last, [s.step for s in c.steps])
        for c in found
        if c.medication == medication.name
    ]


def test_a_course_goes_on_through_the_phases_it_names():
    assert told(course(continue_through=("iop",))) == [
        ("residential", "may start", 1, 28, ["induction", "stabilization", "maintenance"]),
        ("iop", "goes on", 2, 140, ["stabilization", "maintenance"]),
    ]


def test_a_course_that_surely_starts_has_run_for_the_phases_minimum():
    sure = course(start=Start(phases=("residential",)), continue_through=("aftercare",))
    assert told(sure) == [
        ("residential", "starts", 1, 28, ["induction", "stabilization", "maintenance"]),
        ("iop", "goes on", 15, 140, ["maintenance"]),
        ("aftercare", "goes on", 71, 322, ["maintenance"]),
    ]


def test_a_course_stops_where_it_says_so():
    assert [row[0] for row in told(course(stop_at_end_of=("residential",)))] == ["residential"]


def test_a_fallback_may_run_from_where_the_first_could_start():
    fallback = course(name="xr", start=None)
    rows = told(fallback, course(fallback="xr"))
    assert {row[1] for row in rows} == {"if another fails"}


def test_a_taper_takes_as_long_as_its_ramp():
    ramp = Ramp(start=20, end=5, by=5, every_days=3)
    taper = DoseStep(step="taper", low=5, high=20, ramp=ramp)
    steps = (taper, dose("maintenance"))
    rows = told(course(steps=steps, start=Start(phases=("residential",))))
    assert rows[1][2] == 15
    assert rows[1][4] == ["maintenance"]


def test_a_phase_that_lasts_until_something_may_end_at_once():
    done = Is(subject="measure", name="done", operator="is", value="yes")
    first = phase("first", 0, 42, at_end=(way("discharge", "completed"),))
    until = first.model_copy(update={"lasts": Lasts(low=0, high=42, until=done)})
    assert shortest_path(plan(first)).low == 42
    assert shortest_path(plan(until)).low == 1
