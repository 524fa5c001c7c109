"""The example service, over HTTP: a real server on loopback, killed in the middle, with nothing lost."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

httpx = pytest.importorskip("httpx")
for _needed in ("fastapi", "sqlalchemy", "uvicorn"):
    pytest.importorskip(_needed)

ROOT = Path(__file__).parents[1]
SERVICE = ROOT / "examples" / "service"
ENROLMENT = {
    "plan": "oud-step-down", "start": "2026-03-02", "zone": "America/Chicago",
    "facts": {"track": "evening", "co-occurring": "yes"},
}  # fmt: skip
COWS = {"kind": "result", "name": "cows", "value": 14, "on": "2026-03-02"}


class Server:
    """The service as a process of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self.client: Any = None

    def start(self) -> Server:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, str(SERVICE), "--plans", str(self.folder / "plans"),
                   "--database", str(self.folder / "clinic.sqlite"), "--port", str(port)]  # fmt: skip
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
        deadline = time.monotonic() + 60
        while True:
            try:
                self.client.get("/plans").raise_for_status()
                return self
            except httpx.TransportError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def kill(self) -> None:
        assert self.process is not None
        self.client.close()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def enrol(self) -> str:
        answer = self.client.post("/patients", json=ENROLMENT)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clinic")
    (folder / "plans").mkdir()
    for name in ("oud-step-down", "xbot-induction-fallback"):
        shutil.copy(ROOT / f"examples/{name}.careplan", folder / "plans")
    (folder / "plans" / "broken.careplan").write_text("plan broken\n  start in nowhere\n")
    (folder / "plans" / "library.careplan").write_text("measure mood 0 to 10, higher is better\n")
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    server = Server(folder).start()
    yield server
    server.kill()


def refused(answer: Any, status: int, kind: str) -> str:
    assert (answer.status_code, answer.json()["kind"]) == (status, kind), answer.text
    return str(answer.json()["message"])


def test_the_plans_of_the_folder(server: Server) -> None:
    plans = {plan["name"]: plan for plan in server.client.get("/plans").json()}
    assert list(plans) == ["oud-step-down", "xbot-induction-fallback"]
    assert plans["oud-step-down"]["facts"]["track"]["values"] == ["day", "evening"]
    log = (server.folder / "log").read_text()
    assert "left out: broken.careplan" in log
    assert "library" not in log


def test_what_is_due_for_a_patient_and_for_the_clinic(server: Server) -> None:
    one, two = server.enrol(), server.enrol()
    answer = server.client.get(f"/patients/{one}/due", params={"on": "2026-03-02"})
    due = answer.json()["due"]
    assert [(item["kind"], item["name"]) for item in due][-1] == ("session", "process-group")
    group = due[-1]
    assert group["start"] == "2026-03-02T09:00:00-06:00"
    assert group["uid"] == "oud-step-down/residential/process-group-1/1/1"
    everybody = server.client.get("/due", params={"on": "2026-03-02"}).json()
    assert everybody["left_out"] == []
    groups = [item["patient"] for item in everybody["due"] if item["name"] == "process-group"]
    assert {one, two} <= set(groups)
    beyond = server.client.get("/due", params={"on": "2030-01-01"}).json()
    assert {"not-yet-known"} == {each["kind"] for each in beyond["left_out"]}


def test_a_patient_is_moved_and_it_says_why(server: Server) -> None:
    one = server.enrol()
    at = f"/patients/{one}"
    assert server.client.post(f"{at}/records", json=COWS).status_code == 201
    due = server.client.get(f"{at}/due", params={"on": "2026-03-02"}).json()["due"]
    assert ("dose", "bup-nx") in {(item["kind"], item["name"]) for item in due}
    closed = server.client.post(f"{at}/close", json={"through": "2026-03-02"}).json()
    assert closed["closed"][0]["missed"] == ["process-group"]
    assert closed["taking"] == {"bup-nx": "2026-03-02"}
    owed = server.client.get(f"{at}/due", params={"on": "2026-03-03"}).json()["to_make_up"]
    assert [item["name"] for item in owed] == ["process-group"]
    server.client.post(f"{at}/close", json={"through": "2026-04-20"})
    why = server.client.get(f"{at}/why").json()
    assert why["moves"][-1]["to"] == "dropped-out"
    assert why["moves"][-1]["because"][0]["test"] == "missed sessions >= 6 in a row"
    assert why["ways"] == []
    assert server.client.get(at).json()["outcome"] == "dropped-out"
    refused(server.client.post(f"{at}/records", json=COWS), 409, "day-closed")


def test_a_late_result(server: Server) -> None:
    at = f"/patients/{server.enrol()}"
    server.client.post(f"{at}/close", json={"through": "2026-03-03"})
    answer = server.client.post(f"{at}/amendments", json=COWS)
    assert answer.status_code == 200
    assert answer.json()["since"] is None or answer.json()["changed"]
    assert server.client.get(at).json()["taking"] == {"bup-nx": "2026-03-02"}


def test_the_same_request_again_changes_nothing(server: Server) -> None:
    key = {"Idempotency-Key": "enrol-once"}
    first = server.client.post("/patients", json=ENROLMENT, headers=key)
    again = server.client.post("/patients", json=ENROLMENT, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["ETag"] == first.headers["ETag"]
    at = f"/patients/{first.json()['id']}"
    key = {"Idempotency-Key": "cows-once"}
    first = server.client.post(f"{at}/records", json=COWS, headers=key)
    server.client.post(f"{at}/close", json={"through": "2026-03-02"})
    again = server.client.post(f"{at}/records", json=COWS, headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    other = server.client.post(f"{at}/records", json=COWS | {"value": 3}, headers=key)
    refused(other, 422, "key-reused")


def test_an_outdated_view_is_refused(server: Server) -> None:
    at = f"/patients/{server.enrol()}"
    version = {"If-Match": server.client.get(at).headers["ETag"]}
    changed = server.client.post(f"{at}/records", json=COWS, headers=version)
    assert changed.headers["ETag"] != version["If-Match"]
    refused(server.client.post(f"{at}/close", json={"through": "2026-03-02"}, headers=version), 412,
            "changed-meanwhile")  # fmt: skip
    assert server.client.get(at).json()["today"] == "2026-03-02"
    refused(server.client.post(f"{at}/close", json={"through": "2026-03-02"}, headers={"If-Match": "x"}), 400,
            "not-understood")  # fmt: skip


def test_two_at_the_same_time_lose_nothing(server: Server) -> None:
    """Each of many parallel records is either kept or refused with a 409, and then repeated."""
    at = f"/patients/{server.enrol()}"
    names = ["cows", "uds", "phq-9"]
    values = {"cows": 3, "uds": "negative", "phq-9": 5}

    def post(name: str) -> None:
        said = {"kind": "result", "name": name, "value": values[name], "on": "2026-03-02"}
        for _attempt in range(50):
            answer = server.client.post(f"{at}/records", json=said)
            if answer.status_code == 201:
                return
            refused(answer, 409, "changed-meanwhile")
        pytest.fail("never recorded")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(post, names))
    for name in names:
        said = {"kind": "result", "name": name, "value": values[name], "on": "2026-03-02"}
        refused(server.client.post(f"{at}/records", json=said), 409, "twice")


def test_clear_answers_to_what_is_wrong(server: Server) -> None:
    client, at = server.client, f"/patients/{server.enrol()}"
    refused(client.get("/patients/nobody"), 404, "unknown-patient")
    refused(client.post("/patients", json=ENROLMENT | {"plan": "x"}), 404, "unknown-plan")
    refused(client.post("/patients", json=ENROLMENT | {"zone": "Mars"}), 422, "unknown-zone")
    refused(client.post("/patients", json=ENROLMENT | {"facts": {}}), 422, "fact-not-given")
    refused(client.post(f"{at}/records", json=COWS | {"name": "cow"}), 422, "unknown-name")
    refused(client.post(f"{at}/records", json=COWS | {"value": 99}), 422, "out-of-range")
    refused(client.post(f"{at}/records", json=COWS | {"on": "2026-03-09"}), 409, "not-yet-come")
    refused(client.post(f"{at}/records", json=COWS | {"on": "2026-01-09"}), 409, "before-admission")
    refused(client.get(f"{at}/due", params={"on": "2026-01-01"}), 409, "before-admission")
    strange = COWS | {"on": "secret", "colour": "x"}
    said = refused(client.post(f"{at}/records", json=strange), 422, "not-understood")
    assert "secret" not in said
    assert "on:" in said
    assert client.get(f"{at}/due").status_code == 422
    refused(client.post(f"{at}/close", json={"through": "9999-12-31"}), 422, "not-a-date")
    refused(client.post(f"{at}/close", json={"through": "9999-12-30"}), 409, "too-far")


def test_killed_and_started_again_with_nothing_lost(server: Server) -> None:
    at = f"/patients/{server.enrol()}"
    server.client.post(f"{at}/records", json=COWS, headers={"Idempotency-Key": "kill-1"})
    server.client.post(f"{at}/close", json={"through": "2026-03-04"})
    before = [server.client.get(f"{at}{page}").json() for page in ("", "/why", "/due?on=2026-03-05")]
    server.kill()  # at once, without a word of warning
    server.start()
    after = [server.client.get(f"{at}{page}").json() for page in ("", "/why", "/due?on=2026-03-05")]
    assert after == before
    again = server.client.post(f"{at}/records", json=COWS, headers={"Idempotency-Key": "kill-1"})
    assert again.status_code == 201


@pytest.mark.slow
def test_killed_while_it_writes(folder: Path) -> None:
    """Whatever was answered before the kill is there after it."""
    server = Server(folder).start()
    at = f"/patients/{server.enrol()}"
    answered: list[str] = []

    def write() -> None:
        for day in range(2, 29):
            date = f"2026-03-{day:02}"
            try:
                answer = server.client.post(f"{at}/close", json={"through": date})
            except httpx.TransportError:
                return
            if answer.status_code == 200:
                answered.append(date)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while len(answered) < 3 and not writing.done():
            time.sleep(0.005)
        assert server.process is not None
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        writing.result()
    server.start()
    try:
        today = server.client.get(at).json()["today"]
        assert today > answered[-1]
    finally:
        server.kill()


@pytest.mark.slow
def test_a_plan_that_was_changed_is_not_followed_silently(folder: Path) -> None:
    server = Server(folder).start()
    at = f"/patients/{server.enrol()}"
    server.kill()
    path = folder / "plans" / "oud-step-down.careplan"
    text = path.read_text()
    path.write_text(text.replace("lasts 8 to 16 weeks", "lasts 9 to 16 weeks"))
    server.start()
    try:
        answer = server.client.get(at)
        refused(answer, 409, "plan-changed")
        assert answer.json()["changes"] == ["phase iop was changed"]
        left_out = server.client.get("/due", params={"on": "2026-03-02"}).json()["left_out"]
        assert at.rsplit("/", 1)[1] in {each["patient"] for each in left_out}
        assert server.client.post(f"{at}/plan").json()["unused"] == []
        assert server.client.get(at).status_code == 200
    finally:
        server.kill()
        path.write_text(text)


@pytest.mark.slow
def test_the_service_is_type_checked() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml"), "."]
    checked = subprocess.run(command, cwd=SERVICE, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
