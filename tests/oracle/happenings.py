"""What happens on the days of a made-up stay: by the seed, the day and the names alone, so that a line can be
taken out of a plan and the rest of the stay remains as it was."""

from __future__ import annotations

from random import Random

from careplan.plan.model import Plan
from careplan.stay.records import MISSING, Due, MadeUp, Records, Status, Value
from oracle.plans import MEASURES


def make_facts(seed: int) -> dict[str, Value]:
    """What is known of the person at admission."""
    dice = Random(f"{seed} facts")
    return {"track": dice.choice(("day", "evening")), "working": dice.choice(("yes", "no")),
            "age": float(dice.choice((19, 25, 30, 39, 40, 60)))}  # fmt: skip


def make_records(
    seed: int, plan: Plan, plan_day: int, due: Due, missed_before: list[tuple[str, int]]
) -> Records:
    """What happened on a day, by the seed, the day and the names alone.

    `missed_before`: sessions (service, plan day) that were missed and not made up.
    """
    mood = Random(f"{seed} mood {plan_day // 10}").choice((0.1, 0.5, 0.9))  # good and bad times

    def dice(*about: object) -> Random:
        return Random(f"{seed} {plan_day} {about}")

    def value(measure: str) -> Value:
        of = dice("value", measure)
        good = of.random() > mood
        values: dict[str, Value] = {
            "uds": "negative" if good else "positive",
            "score": float(of.randint(0, 8) + 6 * (not good)),
            "mood": float(of.randint(4, 10) if good else of.randint(0, 6)),
            "agreed": "yes" if good else "no",
        }
        return values[measure]

    attendance: list[Status] = []
    for session in due.sessions:
        roll = dice("session", session.service, session.line, session.nth).random()
        attendance.append(
            "cancelled" if roll < 0.05 else "missed" if roll < 0.05 + 0.6 * mood else "attended"
        )
    results: dict[str, Value] = {}
    tests = {test.measure for test in due.tests}
    for measure in MEASURES:
        roll = dice("test", measure).random()
        if measure in tests:
            if roll < 0.9:
                results[measure] = MISSING if roll < 0.4 * mood else value(measure)
        elif roll < 0.04:
            results[measure] = value(measure)
    if_left = {t.measure: value(t.measure) for t in due.if_left if dice("left", t.measure).random() < 0.8}
    events = frozenset(e.name for e in plan.events if dice("event", e.name).random() < 0.08 * mood)
    made_up = [MadeUp(s, d) for s, d in missed_before[-4:] if dice("made up", s, d).random() < 0.1]
    extra = [s.name for s in plan.services if dice("extra", s.name).random() < 0.03]
    doses = frozenset(m.name for m in plan.medications if dice("dose", m.name).random() < 0.25 * mood)
    return Records(tuple(attendance), results, events, tuple(made_up), tuple(extra), doses, if_left)
