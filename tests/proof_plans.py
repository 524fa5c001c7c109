"""Plans made at random, with claims about them: small, but with whatever could make a proof go wrong."""

from __future__ import annotations

from random import Random

from careplan.plan.model import Plan
from careplan.plan.places import places_of
from careplan.plan.words import condition_words

MEASURES = {
    "score": ("measure score 0 to 20, lower is better",),
    "uds": ("measure uds one of negative, positive", "  missing counts as positive"),
    "ready": ("measure ready yes or no",),
}
LEVELS = ("3.5", "2.1", "1")


def plan_text(seed: int) -> str:
    """The text of a plan with claims; a few of them have faults that `check` reports."""
    random = Random(seed)
    phases = [f"p{n}" for n in range(random.randint(2, 4))]
    lines = [f"plan made-{seed}", "  population adults", f"  start in {phases[0]}"]
    lines += ["fact young yes or no", "event relapse"]
    for said in MEASURES.values():
        lines += said
    lines += ["therapy group", "  length 60 min", "  format group of 4 to 8", "therapy talk"]
    lines += ["  length 50 min", "  format individual", *_medication(random, phases)]
    for number, name in enumerate(phases):
        lines += _phase(random, phases, number, name)
    if random.random() < 0.5:
        lines += ["anytime", f"  discharge as lost when {_anytime(random)}"]
    lines += ["outcome done", "  planned", "outcome lost", "  unplanned"]
    return "\n".join([*lines, *_claims(random, phases)]) + "\n"


def _medication(random: Random, phases: list[str]) -> list[str]:
    when = random.choice(("", "", " when score >= 8", " when ready", " when not young"))
    lines = ["medication bup", "  drug buprenorphine-naloxone", f"  start in {random.choice(phases)}{when}"]
    lines.append(f"  induction 4 mg daily for {random.randint(1, 3)} days")
    if random.random() < 0.7:
        lines.append("  maintenance 16 mg daily")
    else:
        lines.append(f"  maintenance 16 mg daily for {random.choice((10, 40))} days")
    lines.append(f"  {random.choice(('continue through', 'stop at end of'))} {random.choice(phases)}")
    if random.random() < 0.3:
        lines.append(f"  stop when {_test(random)}")
    return lines


def _phase(random: Random, phases: list[str], number: int, name: str) -> list[str]:
    low = random.choice((0, 7, 10, 14, 28))
    high = low + random.choice((1, 7, 14, 28))
    lines = [f"phase {name}", f"  level {LEVELS[min(number, 2)]}"]
    lines.append(f"  lasts {low} to {high} days" if low else f"  lasts up to {high} days")
    if random.random() < 0.4:
        lines.append(f"  review every {random.choice((1, 2))} weeks")
    lines.append(f"  on return {random.choice(('restart', 'restart', 'resume'))}")
    lines.append(f"  group {random.choice(('2 per week', 'weekly', '3 per week on mon, wed, fri'))}")
    if random.random() < 0.4:
        lines.append(f"  talk weekly{random.choice((' if young', ' while score >= 5', ''))}")
    for measure in MEASURES:
        if random.random() < 0.75:
            often = (
                "weekly",
                "daily",
                "2 per week at random",
                "every 10 days",
                "as needed",
                "at start and at end",
            )
            lines.append(f"  assess {measure} {random.choice(often)}")
    for _ in range(random.randint(1, 3)):
        lines.append(f"  {_way(random, phases, number)} when {_condition(random)}")
    if random.random() < 0.3:
        lines.append(f"  at end extend 1 week at most {random.choice(('1 time', '2 times'))}")
    if random.random() < 0.4:
        lines.append(f"  at end {_down(random, phases, number)} when {_condition(random)}")
    lines.append(f"  at end {_down(random, phases, number)}")
    return lines


def _way(random: Random, phases: list[str], number: int) -> str:
    if number and random.random() < 0.5:
        up = random.randrange(number)
        direction = "step up" if min(up, 2) != min(number, 2) else "move"
        return f"{direction} to {phases[up]}"
    return _down(random, phases, number)


def _down(random: Random, phases: list[str], number: int) -> str:
    if number + 1 < len(phases) and random.random() < 0.7:
        down = random.randrange(number + 1, len(phases))
        direction = "step down" if min(down, 2) != min(number, 2) else "move"
        return f"{direction} to {phases[down]}"
    return "discharge as done"


def _anytime(random: Random) -> str:
    return random.choice(
        ("missed sessions >= 3 in a row", "relapse within 1 day", "uds is positive 3 times within 2 weeks")
    )


def _condition(random: Random) -> str:
    tests = [_test(random) for _ in range(random.choice((1, 1, 2, 2, 3)))]
    return random.choice((" and ", " or ")).join(dict.fromkeys(tests))


def _test(random: Random) -> str:
    number = random.choice((0, 5, 5, 10, 15))
    days = random.choice((7, 14, 21))
    return random.choice((
        f"score {random.choice(('<', '<=', '>', '>='))} {number}",
        f"score {random.choice(('<', '>='))} {number or 5} for {days} days",
        f"score falls by {random.choice((2, 5))}",
        "uds is negative", "uds is positive", f"uds is negative for {days} days",
        f"uds is positive {random.choice((2, 3, 4))} times within {random.choice((7, 14))} days",
        "ready", "not ready", "relapse within 3 days",
        f"attendance >= {random.choice((50, 80))}%", "attendance >= 75% over 2 weeks",
        f"sessions of group >= {random.choice((2, 6, 12, 30))}",
        f"missed sessions >= {random.choice((2, 3))} in a row",
        f"days {random.choice(('>=', '<'))} {random.choice((5, 7))}",
        "weeks < 1", "young", "not young",
        "taking bup", "not taking bup", f"taking bup for {random.choice((3, 7))} days",
    ))  # fmt: skip


def _claims(random: Random, phases: list[str]) -> list[str]:
    lines = ["claim holds"]
    for _ in range(6):
        where = random.choice(("", f" during {random.choice(phases)}"))
        lines.append(f"  {random.choice(('always', 'never'))} {_condition(random)}{where}")
    for phase in phases:
        lines.append(f"  always taking bup during {phase}")
        lines.append(f"  never taking bup during {phase}")
        lines.append(f"  from {phase} can reach done within {random.choice((4, 8, 20))} weeks")
        lines.append(f"  from {phase} can reach {random.choice(phases)}")
        lines.append(f"  first group within {random.choice((3, 5, 7))} days of entering {phase}")
        lines.append(f"  at least {random.choice((1, 2, 3))} hours per week during {phase}")
    lines.append("  every path ends")
    lines.append(f"  every path ends within {random.choice((4, 10, 30))} weeks")
    lines.append(f"  every path ends within {random.choice((20, 60))} weeks with at most 1 return")
    lines.append(f"  taking bup from {phases[0]} to {random.choice(phases[1:])} without a gap")
    lines.append(f"  at least {random.choice((1, 3, 6))} sessions of group on every completing path")
    lines += ["  never discharge as lost", "  never discharge as done because of uds"]
    lines.append(f"  never {_way(random, phases, random.randrange(len(phases)))}")
    return lines


def claims_about(plan: Plan, random: Random) -> str:
    """Claims about a plan, from its own conditions, phases, courses and services."""
    conditions = [
        condition_words(p.condition) for p in places_of(plan) if p.role not in ("if", "admit", "door")
    ]
    phases = [phase.name for phase in plan.phases]
    lines = ["claim made-here"]
    for words in random.sample(conditions, min(8, len(conditions))):
        where = random.choice(("", f" during {random.choice(phases)}"))
        lines.append(f"  {random.choice(('always', 'never'))} {words}{where}")
    for phase in phases:
        for medication in plan.medications:
            lines.append(f"  {random.choice(('always', 'never'))} taking {medication.name} during {phase}")
        outcome = random.choice(plan.outcomes).name
        lines.append(f"  from {phase} can reach {outcome} within {random.choice((10, 30, 60))} weeks")
        lines.append(f"  from {phase} can reach {random.choice(phases)}")
        service = random.choice(plan.services).name
        lines.append(f"  first {service} within {random.choice((3, 7, 14))} days of entering {phase}")
        lines.append(f"  at least {random.choice((1, 2, 9))} hours per week during {phase}")
    lines += ["  every path ends", f"  every path ends within {random.choice((20, 60, 120))} weeks"]
    for medication in plan.medications:
        lines.append(f"  taking {medication.name} from {phases[0]} to {phases[-1]} without a gap")
    lines.append(
        f"  at least {random.choice((5, 12))} sessions of {plan.services[0].name} on every completing path"
    )
    lines += [f"  never discharge as {outcome.name}" for outcome in plan.outcomes]
    return "\n".join(lines) + "\n"
