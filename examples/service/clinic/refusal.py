"""Why a request is refused: a status, a short name for programs, and a sentence for people.

No sentence holds anything that is known of a patient, so that logs of answers can be kept.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from careplan import PlanChanged, RecordError
from careplan.stay.schedule.dates import UnknownZone

_BAD_CONTENT = {
    "unknown-kind", "unknown-name", "not-a-value", "out-of-range", "not-a-date", "unknown-fact",
    "fact-not-given", "not-admitted",
}  # fmt: skip
"""What can never be right; anything else is at odds with where the patient stands, and is a 409."""


class Refusal(Exception):
    """A request that is refused."""

    def __init__(self, status: int, kind: str, text: str):
        super().__init__(text)
        self.status, self.kind = status, kind


def refuse_clearly(app: FastAPI) -> None:
    """Every refusal is answered in one form: `{"kind": …, "message": …}`."""

    @app.exception_handler(Refusal)
    def _refusal(_request: Request, error: Refusal) -> JSONResponse:
        return _answer(error.status, error.kind, str(error))

    @app.exception_handler(RecordError)
    def _record(_request: Request, error: RecordError) -> JSONResponse:
        status = 422 if error.kind in _BAD_CONTENT else 409
        more = {"changes": list(error.changes)} if isinstance(error, PlanChanged) else {}
        return _answer(status, error.kind, str(error), **more)

    @app.exception_handler(UnknownZone)
    def _zone(_request: Request, error: UnknownZone) -> JSONResponse:
        return _answer(422, "unknown-zone", str(error))

    @app.exception_handler(RequestValidationError)
    def _body(_request: Request, error: RequestValidationError) -> JSONResponse:
        # The values that were sent are left out: they may be the patient's.
        wrong = [f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors()]
        return _answer(422, "not-understood", "; ".join(wrong))

    @app.exception_handler(StaleDataError)
    @app.exception_handler(IntegrityError)
    def _conflict(_request: Request, _error: Exception) -> JSONResponse:
        return _answer(409, "changed-meanwhile", "somebody changed this at the same time: ask again")

    @app.exception_handler(OperationalError)
    def _busy(_request: Request, _error: Exception) -> JSONResponse:
        return _answer(503, "busy", "the database does not answer: nothing was changed, ask again")


def _answer(status: int, kind: str, text: str, **more: Any) -> JSONResponse:
    return JSONResponse({"kind": kind, "message": text, **more}, status)
