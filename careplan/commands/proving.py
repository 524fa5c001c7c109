"""Proving the claims of files, one file after the other, and reporting on them."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, TextIO

import click

from careplan.commands.channels import format_for, repository
from careplan.commands.output import columns, refuse_plan, wants_colour
from careplan.commands.testing import faults_of, plan_files, read
from careplan.commands.trouble import Fault, at_work_on, told
from careplan.files import FileProblem, writing
from careplan.plan.model import Plan
from careplan.report.proofs import FORMATS, ProofReport, Proved, Totals, proof_report
from careplan.stay.proof.answer import Answer
from careplan.stay.proof.explore import usual_bound
from careplan.stay.proof.proofs import Proofs
from careplan.stay.proof.standing import standing


class Request(NamedTuple):
    """What a proof is asked for; the names are those of the options."""

    paths: tuple[str, ...]
    claim: str | None = None
    strict: bool = False
    draw: str | None = None
    within: float = 30.0
    bound: int | None = None
    format: str | None = None
    output: str | None = None
    root: str | None = None


def prove_files(request: Request) -> int:
    """Ask every file, and write the report; the exit code."""
    totals, code, found = Totals(), 0, False
    gc.enable()  # `entry` turned it off, which is right for work that ends at once
    drawing = _Drawing(request.draw)
    with _report(request) as (report, stream):
        stream.write(report.begin())
        for path, root in plan_files(request.paths, request.root):
            try:
                with at_work_on(path):
                    proved = _prove(request, path, root, drawing)
            except FileProblem as problem:
                proved = Proved(problem.path, problem=problem.what)
            except Fault as fault:
                proved = Proved(fault.file, problem=told(fault))
            if proved is None:
                continue
            found = found or bool(proved.claims)
            code = 2 if proved.problem else code
            totals = totals.plus(proved)
            stream.write(report.file(proved))
            stream.flush()
        stream.write(report.end(totals))
    if request.claim is not None and not found and not code:
        raise click.UsageError(f"no plan here has a claim called `{request.claim}`")
    drawing.done()
    unsure = totals.undecided + totals.open_questions + totals.to_look_at
    return max(code, int(bool(totals.refuted or (request.strict and unsure))))


def _prove(request: Request, path: str, root: str, drawing: _Drawing) -> Proved | None:
    """The answers of a file; None if it is a library, or has no such claim."""
    reading = read(path, root)
    name = reading.tree.source.name
    if reading.plan is None:
        return Proved(name, problem=faults_of(reading, "so nothing is proved of it"))
    plan = reading.plan
    if reading.is_library:
        return None
    claims = [claim for claim in plan.claims if request.claim in (None, claim.name)]
    if request.claim is not None and not claims:
        return None
    bound = usual_bound(plan, time.monotonic() + request.within)
    proofs = Proofs(plan, bound if request.bound is None else bound._replace(visits=request.bound))
    answers = tuple(proofs.answer(claim, promise) for claim in claims for promise in claim.claims)
    drawing.draw(plan, answers)
    asked = () if request.claim is not None else tuple(standing(proofs))
    return Proved(name, answers, asked, followed=len(proofs.exploration.visits))


class _Drawing:
    """The picture of the first counter-example, if one is wanted."""

    def __init__(self, target: str | None):
        self.target = target
        self.is_done = target is None
        if target is not None:
            from careplan.commands.picture import choose
            from careplan.commands.signature import refuse_others

            refuse_plan(target)
            refuse_others(target)
            self.order = choose(
                target, None, timeline=False, graph=False, week=None, detail=None, scenario=" "
            )

    def draw(self, plan: Plan, answers: tuple[Answer, ...]) -> None:
        """Draw the first of the answers that has a scenario."""
        scenario = next((a.scenario for a in answers if a.scenario is not None), None)
        if self.is_done or scenario is None or self.target is None:
            return
        from careplan.commands.output import deliver
        from careplan.commands.picture import drawn
        from careplan.commands.signature import signed

        shown = plan.model_copy(update={"scenarios": (scenario,)})
        content = drawn(shown, self.order._replace(title=scenario.title), None)
        deliver(signed(content, self.order.format), self.target)
        self.is_done = True

    def done(self) -> None:
        """Say so where there was nothing to draw."""
        if not self.is_done:
            print("careplan: no claim is refuted with a story, so there is nothing to draw", file=sys.stderr)


@contextmanager
def _report(request: Request) -> Iterator[tuple[ProofReport, TextIO]]:
    """The report that is wanted, and where it is written."""
    format_ = request.format or format_for(request.output, sys.stdout)
    format_ = format_ if format_ in FORMATS else "plain"
    root = repository()
    if request.output in (None, "-"):
        yield proof_report(format_, wants_colour(sys.stdout), columns(sys.stdout), root), sys.stdout
        return
    refuse_plan(request.output)
    with writing(request.output) as stream:
        yield proof_report(format_, root=root), stream
    print(f"wrote {request.output}", file=sys.stderr)
