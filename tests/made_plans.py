"""Plans made up at random, far stranger than any clinic's: long titles, loops, no maxima, no phases."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from careplan.plan.model import (
    AllOf,
    AnyOf,
    Anytime,
    Assessment,
    Domain,
    DoseStep,
    Exit,
    Fact,
    Format,
    Frequency,
    FrontDoor,
    Lasts,
    Level,
    Measure,
    Medication,
    Outcome,
    Phase,
    Plan,
    Ramp,
    Service,
    ServiceLine,
    Start,
    Stretch,
    Test,
)

WORDS = st.sampled_from(
    "a the Group skills Residential stabilisation co-occurring-disorders-enhanced Überleitung & <b> "
    'Pneumonoultramicroscopicsilicovolcanoconiosis 治療 of/and/or ≥ — "quoted" 12-step Кризис Q'.split()
)
TITLES = st.none() | st.lists(WORDS, min_size=1, max_size=12).map(" ".join) | st.text("aW-/ é", max_size=90)
LEVELS = st.none() | st.sampled_from("0.5 1 1.5 2.1 2.5 3.1 3.5 3.7 4 X9".split()).map(
    lambda c: Level(code=c)
)
PERIODS = st.sampled_from((1, 7, 10, 14, 28, 84, 364))
FREQUENCIES = st.one_of(
    st.builds(
        lambda low, more, days: Frequency(kind="per", low=low, high=low + more, period_days=days),
        st.integers(1, 12), st.integers(0, 4), PERIODS,
    ),
    st.builds(lambda days: Frequency(kind="every", period_days=days), PERIODS),
    st.builds(lambda n: Frequency(kind="total", low=n, high=n), st.integers(1, 60)),
    st.sampled_from(("once", "throughout", "as-needed", "at-start", "at-end")).map(
        lambda kind: Frequency(kind=kind)
    ),
)  # fmt: skip
STRETCHES = st.lists(
    st.builds(lambda a, b: Stretch(first=a, last=a + b), st.integers(1, 60), st.integers(0, 30)), max_size=3
).map(tuple)
LASTS = st.none() | st.builds(
    lambda low, more: Lasts(low=low, high=None if more is None else max(1, low + more)),
    st.integers(0, 400),
    st.none() | st.integers(0, 400),
)
DOSES = st.builds(
    lambda step, low, more, frequency, days, ramp: DoseStep(
        step=step,
        low=low,
        high=low + more,
        frequency=frequency,
        run_days=days,
        ramp=Ramp(start=low, end=low + more, by=2, every_days=3) if ramp else None,
    ),
    st.sampled_from(("induction", "titration", "maintenance", "also", "taper")),
    st.sampled_from((0.2, 4.0, 16.0, 380.0)),
    st.sampled_from((0.0, 8.0)),
    FREQUENCIES,
    st.none() | st.integers(1, 90),
    st.booleans(),
)


@st.composite
def plans(draw: st.DrawFn, most_phases: int = 12, most_services: int = 25) -> Plan:
    """A plan whose names all refer to something, and that need make no sense at all."""
    phases = [f"phase-{n}" for n in range(draw(st.integers(0, most_phases)))]
    services = [f"service-{n}" for n in range(draw(st.integers(0, most_services)))]
    outcomes = ("done", "left-before-the-end")
    tests = _conditions()
    exits = st.lists(_exits(phases, outcomes, tests), max_size=4).map(tuple)
    return Plan(
        name="made-up",
        title=draw(TITLES),
        version=draw(st.none() | st.just("1.0.0")),
        status=draw(st.sampled_from((None, "draft", "active"))),
        starts=(FrontDoor(phase=draw(st.sampled_from(phases))),) if phases and draw(st.booleans()) else (),
        facts=(Fact(name="track", domain=Domain(kind="choice", values=("day", "evening"))),),
        measures=(Measure(name="uds", title=draw(TITLES), domain=Domain(kind="yes-no")),),
        services=tuple(_service(draw, name) for name in services),
        medications=tuple(_medication(draw, n, phases) for n in range(draw(st.integers(0, 3)))),
        phases=tuple(_phase(draw, name, services, exits, tests) for name in phases),
        anytime=(Anytime(exits=draw(exits)),) if phases and draw(st.booleans()) else (),
        outcomes=tuple(Outcome(name=name, title=draw(TITLES)) for name in outcomes),
    )


def _conditions() -> st.SearchStrategy[Any]:
    fact = st.sampled_from(("day", "evening")).map(
        lambda value: Test(subject="fact", name="track", operator="is", value=value)
    )
    many = st.builds(
        lambda kind, n: kind(parts=(Test(subject="days", operator=">=", value=n),) * 3),
        st.sampled_from((AllOf, AnyOf)),
        st.integers(1, 9000),
    )
    return st.none() | fact | many


def _exits(
    phases: list[str], outcomes: tuple[str, ...], tests: st.SearchStrategy[Any]
) -> st.SearchStrategy[Exit]:
    discharge = st.builds(
        lambda target, when: Exit(direction="discharge", target=target, when=when),
        st.sampled_from(outcomes),
        tests,
    )
    extend = st.just(Exit(direction="extend", extend_days=14, extend_times=2))
    if not phases:
        return discharge
    move = st.builds(
        lambda direction, target, when: Exit(direction=direction, target=target, when=when),
        st.sampled_from(("step down", "step up", "move")),
        st.sampled_from(phases),
        tests,
    )
    return st.one_of(discharge, move, extend)


def _service(draw: st.DrawFn, name: str) -> Service:
    return Service(
        name=name,
        title=draw(TITLES),
        kind=draw(st.sampled_from(("therapy", "support"))),
        minutes=draw(st.none() | st.sampled_from((30, 90, 480))),
        formats=(Format(kind="group", low=6, high=12),),
    )


def _medication(draw: st.DrawFn, number: int, phases: list[str]) -> Medication:
    some = st.lists(st.sampled_from(phases), max_size=2).map(tuple) if phases else st.just(())
    return Medication(
        name=f"medication-{number}",
        title=draw(TITLES),
        drug="some-drug",
        start=Start(phases=draw(some)),
        steps=tuple(draw(st.lists(DOSES, max_size=4))),
        continue_through=draw(some),
        fallback="medication-0" if draw(st.booleans()) else None,
    )


def _phase(
    draw: st.DrawFn,
    name: str,
    services: list[str],
    exits: st.SearchStrategy[Any],
    tests: st.SearchStrategy[Any],
) -> Phase:
    used = draw(st.lists(st.sampled_from(services), max_size=8)) if services else []
    return Phase(
        name=name,
        title=draw(TITLES),
        level=draw(LEVELS),
        lasts=draw(LASTS),
        review_days=draw(st.none() | st.sampled_from((1, 7, 14))),
        services=tuple(
            ServiceLine(
                service=each,
                frequency=draw(FREQUENCIES),
                weeks=draw(STRETCHES),
                days=draw(STRETCHES) if draw(st.booleans()) else (),
                if_facts=draw(tests),
            )
            for each in used
        ),
        assessments=(Assessment(measures=("uds",), moments=(draw(FREQUENCIES),)),),
        exits=draw(exits),
        at_end=draw(exits),
    )
