"""`careplan check --watch`, in a process of its own."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO

import pytest

from careplan.commands import watching
from tests.starter_plans import ERROR, PLAN


@contextmanager
def watched(
    path: Path, *options: str, poll: bool = False
) -> Iterator[tuple[subprocess.Popen[str], Queue[str]]]:
    """`careplan check --watch` in a process of its own, and the lines that it writes."""
    hide = "import sys; sys.modules['watchfiles'] = None\n" if poll else ""
    code = f"{hide}from careplan.commands.main import entry; entry()"
    command = [
        sys.executable,
        "-u",
        "-c",
        code,
        "check",
        "--watch",
        "--format",
        "concise",
        str(path),
        *options,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines: Queue[str] = Queue()

    def pass_on(stream: IO[str] | None) -> None:
        for line in stream or ():
            lines.put(line)

    Thread(target=pass_on, args=(process.stdout,), daemon=True).start()
    try:
        yield process, lines
    finally:
        process.kill()
        process.wait()


def until(lines: Queue[str], words: str) -> list[str]:
    """The lines up to the one with these words; fails after 20 seconds."""
    seen: list[str] = []
    end = time.monotonic() + 20
    while not seen or words not in seen[-1]:
        try:
            seen.append(lines.get(timeout=max(0.01, end - time.monotonic())))
        except Empty:
            pytest.fail(f"no `{words}` in {seen}")
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("poll", [False, True])
def test_watch_checks_again_when_a_file_is_saved(tmp_path: Path, poll: bool) -> None:
    path = tmp_path / "plans" / "a.careplan"
    path.parent.mkdir()
    path.write_text(PLAN, "utf-8")
    with watched(path.parent, poll=poll) as (process, lines):
        first = until(lines, "watching for changes")
        assert "1 plan checked, nothing to report\n" in first
        path.write_text(ERROR, "utf-8")
        second = until(lines, "1 error in 1 file")
        assert any("unknown-name" in line for line in second)
        until(lines, "watching for changes")
        (path.parent / "b.careplan").write_text(PLAN, "utf-8")
        third = until(lines, "in 1 of 2 files")
        assert "\x1b" not in "".join(first + second + third)
        until(lines, "watching for changes")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 1
        time.sleep(0.1)
        assert lines.empty()


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_watch_sees_the_files_that_a_plan_uses_and_the_settings(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    shared = tmp_path / "shared.careplan"
    shared.write_text('fact spare "Spare" one of a, b\n')
    path = tmp_path / "inner" / "a.careplan"
    path.write_text('use "../shared"\n' + PLAN + "\nfact unused one of a, b\n", "utf-8")
    with watched(path, "--root", str(tmp_path)) as (process, lines):
        until(lines, "watching for changes")
        shared.write_text("fact spare\n")
        until(lines, "error")
        until(lines, "watching for changes")
        shared.write_text('fact spare "Spare" one of a, b\n')
        until(lines, "1 warning in 1 file")
        until(lines, "watching for changes")
        (tmp_path / "inner" / "careplan.toml").write_text('[levels]\nunused-name = "off"\n')
        until(lines, "nothing to report")
        until(lines, "watching for changes")
        (tmp_path / "inner" / "careplan.toml").write_text("[levels\n")
        until(lines, "this is not TOML")
        until(lines, "watching for changes")
        (tmp_path / "inner" / "careplan.toml").unlink()
        until(lines, "1 warning in 1 file")
        until(lines, "watching for changes")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "clears"), [(Terminal, True), (io.StringIO, False)])
def test_watch_clears_a_terminal_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], clears: bool
) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "a.careplan"
    path.write_text(PLAN, "utf-8")
    out = stream()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(watching, "_looks", stop)
    assert watching.watch(watching.Request((str(path),), "concise")) == 0
    assert out.getvalue().startswith("\x1b[H") == clears
    assert out.getvalue().endswith("1 plan checked, nothing to report\n")
