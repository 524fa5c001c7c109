"""Running the scenarios of files, one file after the other, and reporting on them."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from careplan.commands.channels import format_for, repository
from careplan.commands.checking import root_of
from careplan.commands.output import columns, refuse_plan, wants_colour
from careplan.commands.progress import Progress
from careplan.commands.trouble import Fault, at_work_on, told
from careplan.files import FileProblem, find_plans, read_stdin, writing
from careplan.plan.model import Plan, Scenario
from careplan.reading import Reading, read_file, read_text
from careplan.report.stories import FORMATS, Covered, StoryReport, Tested, Totals, story_report
from careplan.stay.scenario import Programs, Ran, run
from careplan.stay.scenario.coverage import Coverage
from careplan.stay.scenario.trace import trace


class Request(NamedTuple):
    """What a test is asked to do; the names are those of the options."""

    paths: tuple[str, ...]
    wanted: str | None = None
    trace: bool = False
    coverage: bool = False
    threshold: float | None = None
    update: bool = False
    seed: str = "1"
    format: str | None = None
    output: str | None = None
    root: str | None = None


def test_files(request: Request) -> int:
    """Run the scenarios and write the report; the exit code."""
    totals, code = Totals(), 0
    gc.enable()  # `entry` turned it off, which is right for work that ends at once
    with _report(request) as (report, stream):
        stream.write(report.begin())
        for path, root in plan_files(request.paths, request.root):
            try:
                with at_work_on(path):
                    tested, drawn = _test(request, path, root)
            except FileProblem as problem:
                tested, drawn, code = Tested(problem.path, problem=problem.what), False, 2
            except Fault as fault:
                tested, drawn, code = Tested(fault.file, problem=told(fault)), False, 2
            if tested is None:
                continue
            too_little = _is_too_little(tested.covered, request.threshold)
            totals = totals.plus(tested, too_little)
            totals = totals._replace(seed=request.seed) if drawn else totals
            stream.write(report.file(tested))
            stream.flush()
        stream.write(report.end(totals))
    if not totals.scenarios and not totals.problems:
        print(f"careplan: {_nothing(request)}", file=sys.stderr)
        return 2
    return max(code, int(bool(totals.failed or totals.problems or totals.too_little)))


def _nothing(request: Request) -> str:
    if request.wanted:
        return f"no scenario here has `{request.wanted}` in its title"
    return "there is no scenario here; `careplan explain scenario` shows how to write one"


def _is_too_little(covered: Covered | None, threshold: float | None) -> bool:
    if covered is None or threshold is None or not covered.total:
        return False
    return covered.reached * 100 < threshold * covered.total


def plan_files(paths: Sequence[str], up_to: str | None) -> Iterator[tuple[str, str]]:
    """Every file to look at, once, and how far its `use` lines may lead (`up_to`, if that is said)."""
    seen: set[str] = set()
    for given in paths:
        root = up_to or root_of(Path(given))
        problems: list[FileProblem] = []
        files = ["-"] if given == "-" else map(str, find_plans([given], problems.append))
        for path in files:
            key = os.path.realpath(path) if path != "-" else "-"
            if key not in seen:
                seen.add(key)
                yield path, root
        for problem in problems:
            if problem.path not in seen:
                seen.add(problem.path)
                yield problem.path, root


def read(path: str, root: str, text: str | None = None) -> Reading:
    """The file, without the rules of packs. Raises FileProblem."""
    if path == "-":
        source = read_stdin()
        return read_text(source.text, source.name, root, None)
    return read_file(path, root, None, text)


def _test(request: Request, path: str, root: str) -> tuple[Tested | None, bool]:
    """What came of a file's scenarios, and whether tests were drawn at random; None: there are none."""
    found = read(path, root)
    name = found.tree.source.name
    if found.plan is None:
        return Tested(name, problem=faults_of(found, "so its scenarios were not run")), False
    if found.is_library and not found.plan.scenarios:
        return None, False
    chosen = _chosen(request, found.plan)
    if not chosen and not (request.coverage or request.threshold is not None):
        return None, False
    if request.update and path != "-":
        from careplan.commands.accepting import accept

        found, chosen = accept(found, path, root, request)
    assert found.plan is not None
    return _ran(request, found.plan, name, chosen)


def _ran(request: Request, plan: Plan, name: str, chosen: Sequence[Scenario]) -> tuple[Tested, bool]:
    coverage = Coverage(plan) if request.coverage or request.threshold is not None else None
    traces = []
    results = []
    drawn = False
    for ran in run_all(plan, chosen, request.seed):
        results.append(ran.result)
        drawn = drawn or ran.drawn
        if request.trace:
            traces.append(() if ran.story is None else tuple(trace(ran.story)))
        if coverage is not None and ran.story is not None:
            coverage.add(ran.story)
    covered = None
    if coverage is not None:
        covered = Covered(tuple(coverage.counts()), *coverage.total, tuple(coverage.missed))
    return Tested(name, tuple(results), tuple(traces), covered), drawn


def run_all(plan: Plan, chosen: Sequence[Scenario], seed: str) -> Iterator[Ran]:
    """The scenarios, each run; with the progress on a terminal where it takes long."""
    programs: Programs = {}
    progress = Progress("testing scenario", len(chosen))
    for scenario in chosen:
        yield run(plan, scenario, seed, programs)
        progress.step()
    progress.clear()


def _chosen(request: Request, plan: Plan) -> tuple[Scenario, ...]:
    wanted = (request.wanted or "").casefold()
    return tuple(scenario for scenario in plan.scenarios if wanted in scenario.title.casefold())


def faults_of(found: Reading, so: str) -> str:
    """That a file has errors, and what follows, on one line."""
    first = next(d for d in found.diagnostics if d.severity.word == "error")
    more = sum(d.severity.word == "error" for d in found.diagnostics) - 1
    others = f", and {more} more" if more else ""
    what = f"line {first.span.line}: {first.message}{others}"
    return f"this plan has errors, {so} ({what}); `careplan check` explains them"


@contextmanager
def _report(request: Request) -> Iterator[tuple[StoryReport, TextIO]]:
    """The report that is wanted, and where it is written."""
    format_ = request.format or format_for(request.output, sys.stdout)
    root = repository()
    if request.output in (None, "-"):
        yield story_report(format_, wants_colour(sys.stdout), columns(sys.stdout), root), sys.stdout
        return
    refuse_plan(request.output)
    with writing(request.output) as stream:
        yield story_report(format_ if format_ in FORMATS else "plain", root=root), stream
    print(f"wrote {request.output}", file=sys.stderr)
