"""The service's addresses. Its page `/docs` lists them, with their bodies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse

from careplan import Plan, RecordError, Stay
from clinic import answers
from clinic.answers import Json
from clinic.desk import Answer, Asked, Desk, said_as_text
from clinic.refusal import Refusal, refuse_clearly
from clinic.said import Amendment, Body, Close, Enrolment, Record
from clinic.store import open_store

Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
Version = Annotated[str | None, Header(alias="If-Match")]


def make_app(plans: Mapping[str, Plan], database: Path) -> FastAPI:
    """The service for these plans, with its patients in that database file."""
    app = FastAPI(title="A clinic by care plans", version="1")
    desk = Desk(plans, open_store(database))
    refuse_clearly(app)
    _plans(app, desk)
    _writing(app, desk)
    _asking(app, desk)
    _clinic(app, desk)
    return app


def _plans(app: FastAPI, desk: Desk) -> None:
    @app.get("/plans")
    def plans() -> list[Json]:
        """The plans, and the facts that each needs at admission."""
        return [
            {
                "name": plan.name, "title": plan.label, "version": plan.version,
                "facts": {fact.name: fact.domain.model_dump(exclude={"span"}) for fact in plan.facts},
            }
            for plan in desk.plans.values()
        ]  # fmt: skip


def _writing(app: FastAPI, desk: Desk) -> None:
    @app.post("/patients", status_code=201)
    def enrol(said: Enrolment, request: Request, key: Key = None) -> JSONResponse:
        """Admit a patient; the answer holds the id."""
        answer = desk.enrol(
            said, _asked(request, said, key), lambda id_, stay: {"id": id_, **answers.standing(stay)}
        )
        found = _response(answer)
        found.headers["Location"] = f"/patients/{answer.body['id']}"
        return found

    @app.post("/patients/{patient}/records", status_code=201)
    def record(
        patient: str, said: Record, request: Request, key: Key = None, version: Version = None
    ) -> JSONResponse:
        """Record attendance, a result, an event or a dose of the patient's open day."""

        def change(stay: Stay) -> Json:
            stay.record(said.kind, said.name, said.value, on=said.on, number=said.number,
                        due_on=said.due_on)  # fmt: skip
            return answers.standing(stay)

        return _response(desk.change(patient, _asked(request, said, key, version), change, 201))

    @app.post("/patients/{patient}/amendments")
    def amend(
        patient: str, said: Amendment, request: Request, key: Key = None, version: Version = None
    ) -> JSONResponse:
        """Record something late, or correct it; answers what became otherwise."""

        def change(stay: Stay) -> Json:
            return answers.amended(stay.amend(
                said.kind, said.name, said.value, on=said.on, number=said.number,
                due_on=said.due_on, withdraw=said.withdraw,
            ))  # fmt: skip

        return _response(desk.change(patient, _asked(request, said, key, version), change))

    @app.post("/patients/{patient}/close")
    def close(
        patient: str, said: Close, request: Request, key: Key = None, version: Version = None
    ) -> JSONResponse:
        """All days through that one are over: what is not recorded by now did not happen."""

        def change(stay: Stay) -> Json:
            days = stay.advance_to(_after(said.through))
            return {"closed": answers.closed(days), **answers.standing(stay)}

        return _response(desk.change(patient, _asked(request, said, key, version), change))

    @app.post("/patients/{patient}/plan")
    def accept_plan(patient: str, request: Request, key: Key = None) -> JSONResponse:
        """Go on under the plan as it is now; until then, a patient of a changed plan is refused."""

        def answer(stay: Stay) -> Json:
            return {"unused": [answers.unused(each) for each in stay.unused], **answers.standing(stay)}

        return _response(desk.accept_plan(patient, _asked(request, Body(), key), answer))


def _asking(app: FastAPI, desk: Desk) -> None:
    @app.get("/patients/{patient}")
    def standing(patient: str) -> JSONResponse:
        """Where the patient stands."""
        return _response(desk.ask(patient, answers.standing))

    @app.get("/patients/{patient}/due")
    def due(patient: str, on: date) -> JSONResponse:
        """What is due for the patient on a day, and what can still be made up."""

        def question(stay: Stay) -> Json:
            return {"due": answers.due(stay.due(on)), "to_make_up": answers.due(stay.to_make_up())}

        return _response(desk.ask(patient, question))

    @app.get("/patients/{patient}/why")
    def why(patient: str) -> JSONResponse:
        """Why the patient was moved, each time, and what would move them now."""

        def question(stay: Stay) -> Json:
            return {
                "moves": [answers.move(each) for each in stay.moves()],
                "ways": [answers.way(each) for each in stay.why().ways],
            }

        return _response(desk.ask(patient, question))


def _clinic(app: FastAPI, desk: Desk) -> None:
    @app.get("/due")
    def due_for_everybody(on: date) -> Json:
        """What is due for everybody on a day, in order of time; `left_out`: of whom that is not known."""
        found: list[Json] = []
        left_out: list[Json] = []
        for patient in desk.everybody():
            try:
                answer = desk.ask(patient, lambda stay: {"due": answers.due(stay.due(on))})
            except (RecordError, Refusal) as error:
                left_out.append({"patient": patient, "kind": error.kind, "message": str(error)})
            else:
                found += [{"patient": patient, **item} for item in answer.body["due"]]
        found.sort(key=lambda item: (item["start"] is None, item["start"] or "", item["patient"]))
        return {"due": found, "left_out": left_out}

    @app.post("/close")
    def close_for_everybody(said: Close) -> Json:
        """All days through that one are over, for everybody; said again, it changes nothing."""
        moved: list[Json] = []
        left_out: list[Json] = []

        def change(stay: Stay) -> Json:
            before = len(stay.moves())
            if stay.today <= said.through:
                stay.advance_to(_after(said.through))
            return {"moves": [answers.move(each) for each in stay.moves()[before:]]}

        for patient in desk.everybody():
            try:
                answer = desk.change(patient, Asked(), change)
            except (RecordError, Refusal) as error:
                left_out.append({"patient": patient, "kind": error.kind, "message": str(error)})
            else:
                moved += [{"patient": patient, **move} for move in answer.body["moves"]]
        return {"moved": moved, "left_out": left_out}


def _after(through: date) -> date:
    if through == date.max:
        raise Refusal(422, "not-a-date", "that day is the last of all")
    return through + timedelta(days=1)


def _asked(request: Request, said: Body, key: str | None, version: str | None = None) -> Asked:
    text = said_as_text(request.url.path, said.model_dump(mode="json"))
    if version is None or version == "*":
        return Asked(key, text)
    number = version.removeprefix("W/").strip('"')
    if not number.isdecimal():
        raise Refusal(400, "not-understood", "If-Match is a version as ETag gives it")
    return Asked(key, text, int(number))


def _response(answer: Answer) -> JSONResponse:
    return JSONResponse(answer.body, answer.status, {"ETag": f'"{answer.version}"'})
