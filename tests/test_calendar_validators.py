"""Calendar files held against ical.js in its strict mode, and expanded by a real CalDAV server."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from dated_plans import EXAMPLES, stay
from npm import install, node

from careplan.export.dated import calendar_file

icalendar = pytest.importorskip("icalendar")
pytestmark = pytest.mark.slow

# ------------------------------------------------------------------------------------------- ical.js

EXPAND = """\
import("ical.js").then(({default: ICAL}) => {
  ICAL.design.strict = true;
  const expanded = (text) => {
    try {
      const calendar = new ICAL.Component(ICAL.parse(text));
      for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
      return calendar.getAllSubcomponents("vevent").flatMap((part) => {
        const event = new ICAL.Event(part), days = [], walk = event.iterator();
        if (!event.isRecurring()) return [event.startDate.toString()];
        for (let day = walk.next(); day; day = walk.next()) days.push(day.toString());
        return days;
      });
    } catch (fault) { return String(fault); }
  };
  console.log(JSON.stringify(JSON.parse(require("fs").readFileSync(0, "utf8")).map(expanded)));
});
"""
FAULTS = (
    ("FREQ=DAILY", "FREQ=FORTNIGHTLY"),
    ("DTSTART;VALUE=DATE:20260302", "DTSTART;VALUE=DATE:monday"),
    ("END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR"),
)


def broken() -> list[str]:
    text = calendar_file(*stay()).decode()
    found = [text.replace(right, wrong, 1) for right, wrong in FAULTS]
    assert text not in found
    return found


def test_ical_js_reads_and_expands_each_calendar_to_the_same_days(tmp_path: Path) -> None:
    install(tmp_path, "ical.js@2")
    texts = [calendar_file(*stay(name)).decode() for name in EXAMPLES]
    for name, have in zip(EXAMPLES, json.loads(node(tmp_path, EXPAND, json.dumps(texts))), strict=True):
        assert isinstance(have, list), have
        wall = [f"{o.start:%Y-%m-%dT%H:%M:%S}" if o.start else o.date.isoformat() for o in stay(name).found]
        assert Counter(have) == Counter(wall)


def test_ical_js_finds_what_is_wrong(tmp_path: Path) -> None:
    install(tmp_path, "ical.js@2")
    assert all(isinstance(f, str) for f in json.loads(node(tmp_path, EXPAND, json.dumps(broken()))))


# ------------------------------------------------------------------------------------------ Radicale


class Server:
    """A CalDAV server on this machine with one user."""

    def __init__(self, port: int):
        self.address = f"http://127.0.0.1:{port}/clinic/"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """The status and the body of its answer."""
        user = base64.b64encode(b"clinic:any").decode()
        request = urllib.request.Request(
            self.address + path, body or None, {"Authorization": f"Basic {user}", **headers}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pytest.importorskip("radicale")  # extra `slow`
    folder = tmp_path_factory.mktemp("radicale")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--storage-filesystem-folder": str(folder),
        "--auth-type": "none",
    }
    command = [
        sys.executable,
        "-m",
        "radicale",
        "--config",
        "",
        *(w for pair in options.items() for w in pair),
    ]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            for _ in range(200):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield Server(port)
        finally:
            process.terminate()


EXPAND_REPORT = """<?xml version="1.0"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><C:calendar-data>
<C:expand start="{first}T000000Z" end="{last}T000000Z"/></C:calendar-data></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{first}T000000Z" end="{last}T000000Z"/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


@pytest.mark.parametrize("name", ["oud-step-down", "matrix-iop"])
def test_a_calendar_server_takes_it_and_expands_it_to_the_same_days(name: str, server: Server) -> None:
    plan, found = stay(name)
    status, answer = server.ask(
        "PUT", f"{name}/", calendar_file(plan, found), **{"Content-Type": "text/calendar; charset=utf-8"}
    )
    assert status == 201, answer
    status, text = server.ask("GET", f"{name}/")
    assert status == 200
    uids = {str(event["uid"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    written = icalendar.Calendar.from_ical(calendar_file(plan, found)).walk("VEVENT")
    assert uids == {str(event["uid"]) for event in written}
    first, last = found[0].date - timedelta(days=2), found[-1].date + timedelta(days=3)
    query = EXPAND_REPORT.format(first=_compact(first), last=_compact(last)).encode()
    status, answer = server.ask("REPORT", f"{name}/", query, Depth="1", **{"Content-Type": "application/xml"})
    assert status == 207, answer
    assert answer.count(b"BEGIN:VEVENT") == len(found)


def _compact(day: date) -> str:
    return f"{day:%Y%m%d}"


def test_a_calendar_server_refuses_what_is_wrong(server: Server) -> None:
    for number, text in enumerate(broken()):
        status, _ = server.ask("PUT", f"bad-{number}/", text.encode(), **{"Content-Type": "text/calendar"})
        assert status == 400
