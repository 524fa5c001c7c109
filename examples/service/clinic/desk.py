"""What the service does with patients, each request in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from careplan import Plan, Stay
from clinic.answers import Json
from clinic.refusal import Refusal
from clinic.said import Enrolment
from clinic.store import Answered, Patient


class Answer(NamedTuple):
    """An answer, its status, and the version of the patient afterwards."""

    status: int
    body: Json
    version: int


class Asked(NamedTuple):
    """How a change was asked for: its idempotency key, a text of all that it says, the version it expects."""

    key: str | None = None
    said: str = ""
    version: int | None = None


class Desk:
    """Plans and patients. Safe for many threads: each call has its own session."""

    def __init__(self, plans: Mapping[str, Plan], engine: Engine):
        self.plans, self.engine = plans, engine

    def enrol(self, said: Enrolment, asked: Asked, answer: Callable[[str, Stay], Json]) -> Answer:
        """Admit a patient."""
        with self._once(asked) as (session, before):
            if before is not None:
                return before
            plan = self.plans.get(said.plan)
            if plan is None:
                raise Refusal(404, "unknown-plan", "the clinic has no plan of that name")
            patient_id = uuid4().hex
            stay = Stay(plan, said.start, said.facts, said.zone, id=patient_id)
            patient = Patient(id=patient_id, plan=plan.name, stay=stay.to_json())
            session.add(patient)
            return self._answered(session, asked, patient, 201, answer(patient_id, stay))

    def change(
        self, patient_id: str, asked: Asked, change: Callable[[Stay], Json], status: int = 200
    ) -> Answer:
        """Change a stay: all of it, or on an error nothing."""
        with self._once(asked) as (session, before):
            if before is not None:
                return before
            patient = self._patient(session, patient_id)
            if asked.version is not None and asked.version != patient.version:
                raise Refusal(412, "changed-meanwhile", "the patient's stay has changed since that version")
            stay = self._stay(patient)
            body = change(stay)
            saved = stay.to_json()
            if saved != patient.stay:
                patient.stay, patient.ended = saved, stay.outcome is not None
            return self._answered(session, asked, patient, status, body)

    def ask(self, patient_id: str, question: Callable[[Stay], Json]) -> Answer:
        """What a stay says."""
        with Session(self.engine) as session:
            patient = self._patient(session, patient_id)
            return Answer(200, question(self._stay(patient)), patient.version)

    def accept_plan(self, patient_id: str, asked: Asked, answer: Callable[[Stay], Json]) -> Answer:
        """Go on under the plan as it is now."""
        with self._once(asked) as (session, before):
            if before is not None:
                return before
            patient = self._patient(session, patient_id)
            stay = Stay.from_json(self._plan(patient), patient.stay, accept_changes=True)
            patient.stay, patient.ended = stay.to_json(), stay.outcome is not None
            return self._answered(session, asked, patient, 200, answer(stay))

    def everybody(self) -> list[str]:
        """The ids of all patients whose stay goes on."""
        with Session(self.engine) as session:
            return list(session.scalars(select(Patient.id).where(~Patient.ended).order_by(Patient.id)))

    # ---- within ---------------------------------------------------------------------------------

    @contextmanager
    def _once(self, asked: Asked) -> Iterator[tuple[Session, Answer | None]]:
        """A transaction, and the answer that a request with this key had before."""
        with Session(self.engine) as session, session.begin():
            before = session.get(Answered, asked.key) if asked.key is not None else None
            if before is not None and before.request != _digest(asked):
                raise Refusal(422, "key-reused", "that idempotency key stood for another request")
            yield session, None if before is None else Answer(before.status, before.answer, before.version)

    def _answered(self, session: Session, asked: Asked, patient: Patient, status: int, body: Json) -> Answer:
        session.flush()  # so that the version is the new one, and a conflict shows now
        answer = Answer(status, body, patient.version)
        if asked.key is not None:
            session.add(Answered(
                key=asked.key, request=_digest(asked), status=status, answer=body, version=patient.version
            ))  # fmt: skip
        return answer

    def _patient(self, session: Session, patient_id: str) -> Patient:
        patient = session.get(Patient, patient_id)
        if patient is None:
            raise Refusal(404, "unknown-patient", "there is no patient with that id")
        return patient

    def _plan(self, patient: Patient) -> Plan:
        plan = self.plans.get(patient.plan)
        if plan is None:
            raise Refusal(409, "unknown-plan", "the clinic no longer has the plan of this patient")
        return plan

    def _stay(self, patient: Patient) -> Stay:
        return Stay.from_json(self._plan(patient), patient.stay)


def _digest(asked: Asked) -> str:
    return sha256(asked.said.encode()).hexdigest()


def said_as_text(path: str, body: Mapping[str, Any]) -> str:
    """All that a request says, for telling whether it is the same one again."""
    return json.dumps([path, body], sort_keys=True, default=date.isoformat)
