"""What is measured. A case returns one figure (mostly ours ÷ theirs) and the aim that it must not exceed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, NamedTuple

import plans
from timing import compare, process, seconds

BIN = Path(sys.executable).parent
CAREPLAN = str(BIN / "careplan")


class Result(NamedTuple):
    """A figure, what it must not exceed, and what it says."""

    value: float
    aim: float
    what: str


def check_vs_jsonschema(folder: Path, rounds: int) -> Result:
    """`careplan check` of one plan against check-jsonschema on the same plan as JSON."""
    plan = plans.example_plan()
    data, schema = folder / "plan.json", folder / "schema.json"
    data.write_text(json.dumps(plans.as_json(plan)))
    schema.write_text(subprocess.run([CAREPLAN, "schema"], capture_output=True, text=True, check=True).stdout)
    theirs = [str(BIN / "check-jsonschema"), "--schemafile", str(schema), str(data)]
    pair = compare(process([CAREPLAN, "check", str(plans.example_file(folder))]), process(theirs), rounds)
    return Result(
        pair.ratio, 0.6, f"{pair.ours * 1e3:.0f} ms ÷ {pair.theirs * 1e3:.0f} ms of check-jsonschema"
    )


def check_vs_fhir(folder: Path, rounds: int) -> Result:
    """`careplan check` of one plan against fhir.resources validating it as a PlanDefinition."""
    data = folder / "plandefinition.json"
    data.write_text(json.dumps(plans.as_fhir(plans.example_plan())))
    code = (
        "import sys; from fhir.resources.R4B.plandefinition import PlanDefinition;"
        "PlanDefinition.model_validate_json(open(sys.argv[1]).read())"
    )
    ours = process([CAREPLAN, "check", str(plans.example_file(folder))])
    pair = compare(ours, process([sys.executable, "-c", code, str(data)]), rounds)
    return Result(pair.ratio, 0.7, f"{pair.ours * 1e3:.0f} ms ÷ {pair.theirs * 1e3:.0f} ms of fhir.resources")


def help_vs_python(_folder: Path, rounds: int) -> Result:
    """`careplan --help` against an empty Python."""
    pair = compare(process([CAREPLAN, "--help"]), process([sys.executable, "-c", "pass"]), 3 * rounds)
    return Result(pair.ratio, 8, f"{pair.ours * 1e3:.0f} ms ÷ {pair.theirs * 1e3:.0f} ms of `python -c pass`")


def plan_vs_lark(_folder: Path, rounds: int) -> Result:
    """Text to plan, checks included, against bare Lark reading the same text to a tree with positions."""
    from lark import Lark

    from careplan.language.generate import START_RULES
    from careplan.language.grammar import grammar_text
    from careplan.reading import read_text

    text = plans.plan_text(150)
    lark = Lark(
        grammar_text(),
        parser="lalr",
        start=list(START_RULES),
        maybe_placeholders=True,
        propagate_positions=True,
    )
    pair = compare(lambda: read_text(text), lambda: lark.parse(text, start="start"), 20 * rounds)
    return Result(pair.ratio, 1.6, f"{pair.ours * 1e3:.2f} ms ÷ {pair.theirs * 1e3:.2f} ms of bare Lark")


def cost_per_line(_folder: Path, rounds: int) -> Result:
    """The cost of a line at 10,000 lines against its cost at 1,000."""
    from careplan.reading import read_text

    small, large = plans.plan_text(1000), plans.plan_text(10_000)
    lines = small.count("\n"), large.count("\n")
    pair = compare(lambda: read_text(large), lambda: read_text(small), rounds)
    ratio = pair.ratio * lines[0] / lines[1]
    each = pair.ours / lines[1] * 1e6, pair.theirs / lines[0] * 1e6
    return Result(ratio, 1.3, f"{each[0]:.0f} µs a line at 10,000 lines, {each[1]:.0f} µs at 1,000")


def folder_vs_yamllint(folder: Path, rounds: int) -> Result:
    """100 plans in a folder against yamllint on 100 equally long YAML files."""
    ours, theirs = folder / "plans", folder / "yaml"
    ours.mkdir()
    theirs.mkdir()
    text = plans.plan_text(150)
    for n in range(100):
        (ours / f"plan-{n:03}.careplan").write_text(text.replace("plan bench", f"plan bench-{n}"))
        (theirs / f"plan-{n:03}.yaml").write_text(as_yaml(text))
    yamllint = [str(BIN / "yamllint"), "-d", "relaxed", str(theirs)]
    pair = compare(
        process([CAREPLAN, "check", str(ours)], accept=(0, 1)), process(yamllint), max(3, rounds // 3)
    )
    return Result(
        pair.ratio, 1 / 3, f"{pair.ours:.2f} s ÷ {pair.theirs:.2f} s of yamllint, 100 files of 150 lines"
    )


def as_yaml(text: str) -> str:
    """The same lines as YAML: each block a mapping from the number of a line to its words."""
    out = ["---"]
    for number, line in enumerate(text.splitlines()):
        words = line.strip().replace('"', "")
        if words and not line.startswith(" "):
            out += [f"block-{number}:", f'  header: "{words}"']
        elif words:
            out.append(f'  line-{number}: "{words}"')
        else:
            out.append("")
    return "\n".join(out).rstrip() + "\n"


def rules_vs_reading(_folder: Path, rounds: int) -> Result:
    """The rules of every pack together against parsing and building the same plan."""
    from careplan.language.parser import parse
    from careplan.plan.build.assemble import assemble
    from careplan.plan.build.standard import library_tree
    from careplan.rules.packs import packs
    from careplan.rules.run import run_rules
    from careplan.source import Source

    text, plan, names = plans.EXAMPLE.read_text("utf-8"), plans.example_plan(), tuple(packs())
    measures = library_tree("library/measures")
    assert measures is not None
    library = [measures]

    def read() -> None:
        tree, _found = parse(Source("plan", text))
        assemble(tree, library, all_found=True)

    pair = compare(lambda: run_rules(plan, names), read, 20 * rounds)
    each = f"{pair.ours * 1e3:.2f} ms ÷ {pair.theirs * 1e3:.2f} ms of parsing and building"
    return Result(pair.ratio, 0.5, f"{each}, every pack together")


def folder_of_1000(folder: Path, rounds: int) -> Result:
    """1,000 plans, cold, against their number x the time of one in process ÷ the cores."""
    from careplan.reading import read_text

    text = plans.EXAMPLE.read_text("utf-8")
    cores = len(os.sched_getaffinity(0))
    plans.many(folder / "thousand", 1000)
    command = [CAREPLAN, "check", str(folder / "thousand")]
    printed = [_printed([*command, "--jobs", jobs]) for jobs in ("1", "2")]
    if printed[0] != printed[1]:
        raise RuntimeError("one process and two print different things")

    def in_process() -> None:
        for _ in range(50):
            read_text(text)

    pair = compare(process(command), in_process, max(3, rounds // 3))
    ratio = pair.ratio * 50 / 1000 * cores
    each = f"{pair.ours:.2f} s, where one takes {pair.theirs / 50 * 1e3:.2f} ms in process"
    return Result(ratio, 1.2, f"{each}, on {cores} cores; the same output whatever the workers")


def memory_of_1000(folder: Path, _rounds: int) -> Result:
    """The peak memory of checking 1,000 files against that of 100."""
    peaks = []
    for number in (100, 1000):
        plans.many(folder / f"memory-{number}", number)
        peaks.append(_peak([CAREPLAN, "check", str(folder / f"memory-{number}")]))
    what = f"{peaks[1]:.0f} MB at most in any process with 1,000 files, {peaks[0]:.0f} MB with 100"
    return Result(peaks[1] / peaks[0], 1.2, what)


def timeline_time(_folder: Path, rounds: int) -> Result:
    """A timeline as SVG, in process, in seconds."""
    from careplan.render.timeline import timeline_svg

    plan = plans.example_plan()
    timeline_svg(plan)
    taken = median(seconds(lambda: timeline_svg(plan)) for _ in range(rounds))
    return Result(taken, 0.1, "seconds for the timeline of oud-step-down, as SVG, in process")


def graph_time(_folder: Path, rounds: int) -> Result:
    """A state graph of 50 phases as SVG, in process, in seconds."""
    import careplan
    from careplan.render.graph import graph_svg

    plan = careplan.loads(plans.plan_text(50 * 13 + 32))
    assert len(plan.phases) >= 50
    graph_svg(plan)
    taken = median(seconds(lambda: graph_svg(plan)) for _ in range(max(3, rounds // 2)))
    return Result(taken, 0.3, f"seconds for the state graph of {len(plan.phases)} phases, as SVG, in process")


def memory(folder: Path, _rounds: int) -> Result:
    """The peak memory of checking 10,000 lines, in MB."""
    path = folder / "large.careplan"
    path.write_text(plans.plan_text(10_000))
    return Result(_peak([CAREPLAN, "check", str(path)]), 300, "MB at most, while 10,000 lines are checked")


def _peak(command: list[str]) -> float:
    """The most memory, in MB, that any process of the command held."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    ran = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return int(ran.stdout) / 1024


def _printed(command: list[str]) -> bytes:
    """What the command prints."""
    return subprocess.run(command, capture_output=True, check=True).stdout


def scenario_day(_folder: Path, rounds: int) -> Result:
    """Microseconds of one core for a day of a scenario: 40 stories of a plan with tests at random, each lived
    twice, as `careplan test` does; the least of the rounds, as other work only adds."""
    plan = plans.with_scenarios(40)
    days = sum(result.days for result in plans.told(plan))
    spent = []
    for _ in range(rounds):
        start = process_time()
        plans.told(plan)
        spent.append(process_time() - start)
    each = 1e6 * min(spent) / days
    return Result(each, 100, f"µs a day, {1e6 / each:,.0f} scenario-days a second, 40 scenarios of one plan")


def year_long_scenario(_folder: Path, rounds: int) -> Result:
    """One story of more than a year in milliseconds, with nothing made ready before."""
    plan = plans.with_scenarios(1)
    days = plans.told(plan)[0].days
    spent = []
    for _ in range(rounds):
        start = process_time()
        plans.told(plan)
        spent.append(process_time() - start)
    return Result(1e3 * min(spent), 50, f"ms for one scenario of {days} days")


def _of_many(name: str, aim: float, *what: Any) -> Callable[[Path, int], Result]:
    """A case of `scale`, which needs more packages, imported when it is run."""

    def case(folder: Path, rounds: int) -> Result:
        import scale

        found = getattr(scale, name)
        value, said = found(*what)(folder, rounds) if what else found(folder, rounds)
        return Result(value, aim, said)

    return case


CASES: dict[str, Callable[[Path, int], Result]] = {
    "check-one-plan": check_vs_jsonschema,
    "check-vs-fhir": check_vs_fhir,
    "help": help_vs_python,
    "text-to-plan": plan_vs_lark,
    "cost-per-line": cost_per_line,
    "folder-of-100": folder_vs_yamllint,
    "folder-of-1000": folder_of_1000,
    "memory-of-1000": memory_of_1000,
    "rules": rules_vs_reading,
    "timeline": timeline_time,
    "graph-of-50": graph_time,
    "memory": memory,
    "scenario-day": scenario_day,
    "year-long-scenario": year_long_scenario,
    "one-schedule": _of_many("one_schedule", 2),
    "thousand-vs-polars": _of_many("in_process", 1, "polars"),
    "thousand-vs-duckdb": _of_many("in_process", 1, "duckdb"),
    "million-vs-polars": _of_many("against", 1 / 3, "polars", "own", 1_000_000),
    "million-vs-duckdb": _of_many("against", 1 / 4, "duckdb", "own", 1_000_000),
    "million-vs-polars-given": _of_many("against", 2 / 3, "polars", "given", 1_000_000),
    "million-vs-duckdb-given": _of_many("against", 2 / 3, "duckdb", "given", 1_000_000),
    "million-memory": _of_many("peak", 256),
    "dask": _of_many("cluster", 1.25),
}
