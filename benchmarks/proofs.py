"""How the cost of the standing questions grows with a plan: seconds of one processor, and a plot.

python benchmarks/proofs.py [--plot docs/pictures/proof-growth.svg]

Each plan is made here: `phases` in a row with ways up and down, `measures` assessed weekly, and so many
`bands` that each phase's exits compare with. The largest has 50 phases and 200 exits, and `anytime`.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import careplan
from careplan.plan.model import Plan
from careplan.stay.proof.explore import usual_bound
from careplan.stay.proof.proofs import Proofs
from careplan.stay.proof.standing import standing

PHASES = (5, 10, 20, 35, 50)
MEASURES = (1, 2, 4, 8, 16)
BANDS = (1, 2, 4, 6, 8)
AIM_SECONDS, AIM_MEGABYTES = 20.0, 1000.0


def plan_text(phases: int, measures: int = 4, bands: int = 3) -> str:
    """The text of a plan whose every phase has `bands` exits and an `at end`."""
    lines = ["plan grown", f"  start in {_name(0)}", "measure uds one of negative, positive"]
    lines += [f"measure m{number} 0 to 30, lower is better" for number in range(measures)]
    lines += ["therapy group", "  format group of 4 to 8", "  length 60 min"]
    for number in range(phases):
        lines += _phase(number, phases, measures, bands)
    lines += ["anytime", "  discharge as lost when missed sessions >= 6 in a row"]
    return "\n".join([*lines, "outcome done", "  planned", "outcome lost", "  unplanned"]) + "\n"


def _name(number: int) -> str:
    return f"p{number}"


def _phase(number: int, phases: int, measures: int, bands: int) -> list[str]:
    lines = [f"phase {_name(number)}", f"  level {_level(number, phases)}", "  lasts 2 to 8 weeks"]
    lines += ["  on return restart", "  group 3 per week", "  assess uds weekly"]
    lines += [f"  assess m{n} weekly" for n in range(measures)]
    for band in range(bands):
        target = (number + 1 + 7 * band) % phases
        if target == number:
            target = (number + 1) % phases
        way = _way(number, target, phases)
        sign, score = (">=", 28 - 2 * band) if way == "step up" else ("<", 3 + 2 * band)
        lines.append(f"  {way} to {_name(target)} when m{band % measures} {sign} {score}")
    last = number == phases - 1
    onward = "discharge as done" if last else f"{_way(number, number + 1, phases)} to {_name(number + 1)}"
    return [*lines, f"  at end {onward}"]


def _level(number: int, phases: int) -> str:
    return ("3.5", "2.1", "1")[min(2, 3 * number // phases)]


def _way(number: int, target: int, phases: int) -> str:
    here, there = float(_level(number, phases)), float(_level(target, phases))
    return "move" if here == there else ("step up" if there > here else "step down")


def cost(plan: Plan) -> tuple[float, int, int]:
    """Processor seconds for all standing questions; how many there were, and how many are undecided."""
    start = time.process_time()
    answers = list(standing(Proofs(plan, usual_bound(plan))))
    took = time.process_time() - start
    return took, len(answers), sum(answer.verdict == "undecided" for answer in answers)


Curve = tuple[str, list[tuple[int, float]]]


def curves() -> list[Curve]:
    """The cost by phases, by measures and by bands, the others as usual."""
    series = (
        ("phases", PHASES, lambda n: plan_text(n)),
        ("measures", MEASURES, lambda n: plan_text(10, measures=n)),
        ("bands (exits of a phase)", BANDS, lambda n: plan_text(10, measures=2, bands=n)),
    )
    found: list[Curve] = []
    for name, sizes, text in series:
        points = []
        for size in sizes:
            took, asked, undecided = cost(careplan.loads(text(size)))
            points.append((size, took))
            print(f"{name:26} {size:3}: {took:6.2f} s, {asked} questions, {undecided} undecided", flush=True)
        found.append((name, points))
    return found


def plot(found: list[Curve]) -> str:
    """Three small panels side by side, as SVG."""
    width, height, left, top = 240, 150, 46, 30
    parts = []
    for place, (name, points) in enumerate(found):
        x0, most_x, most_y = place * (width + 40) + left, points[-1][0], max(y for _, y in points) or 1.0
        at = [(x0 + (width - left) * x / most_x, top + height - height * y / most_y) for x, y in points]
        base = top + height
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        parts.append(f'<path d="M{x0} {top}V{base}H{x0 + width - left}" fill="none" stroke="#777"/>')
        parts.append(f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#1f5fa8"/>' for x, y in at]
        parts.append(f'<text x="{x0 - 6}" y="{top + 4}" text-anchor="end">{most_y:.1f} s</text>')
        parts.append(f'<text x="{x0 - 6}" y="{base + 4}" text-anchor="end">0</text>')
        for (x, _), (size, _) in zip(at, points, strict=True):
            parts.append(f'<text x="{x:.1f}" y="{base + 16}" text-anchor="middle">{size}</text>')
        middle = x0 + (width - left) / 2
        parts.append(f'<text x="{middle}" y="{base + 34}" text-anchor="middle">{name}</text>')
    total, tall = 3 * (width + 40), top + height + 46
    style = 'font-family="sans-serif" font-size="12" fill="#222"'
    back = f'<rect width="{total}" height="{tall}" fill="#fff"/>'
    extent = f'width="{total}" height="{tall}" viewBox="0 0 {total} {tall}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {extent}>'
    title = "<title>Seconds for all standing questions, by phases, measures and bands</title>"
    return f"{head}{title}{back}<g {style}>{''.join(parts)}</g></svg>\n"


def main() -> int:
    """Print the figures, and write the plot; 1 if the largest plan misses its aim."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    found = curves()
    if arguments.plot:
        arguments.plot.write_text(plot(found), "utf-8")
    largest = found[0][1][-1][1]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    aims = f"(aims {AIM_SECONDS:g} s, {AIM_MEGABYTES:g} MB)"
    print(f"50 phases, 200 exits: {largest:.2f} s, {megabytes:.0f} MB {aims}")
    return int(largest > AIM_SECONDS or megabytes > AIM_MEGABYTES)


if __name__ == "__main__":
    raise SystemExit(main())
