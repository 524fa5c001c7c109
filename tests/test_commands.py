"""The command line itself: help, exit codes, bad input, streams, and trouble of every kind."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import careplan
from careplan.commands import progress
from careplan.commands.verbs import VERBS
from tests.conftest import Run
from tests.starter_plans import ERROR, LINE, PLAN


def process(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Runs the command line as users do."""
    command = [sys.executable, "-m", "careplan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **more)  # type: ignore[call-overload]


def test_help_names_every_verb_with_an_example(run: Run) -> None:
    for arguments in ((), ("--help",), ("-h",)):
        done = run(*arguments)
        assert done.code == 0
        for verb in VERBS.values():
            assert f"  {verb.name:8} {verb.summary}" in done.out
            assert f"$ {verb.example}" in done.out
            assert verb.example.startswith(f"careplan {verb.name} ")


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_ends_with_examples(run: Run, verb: str) -> None:
    done = run(verb, "--help")
    assert done.code == 0
    assert f"Examples:\n  careplan {verb}" in done.out or verb == "check"


def test_check_says_that_it_is_offline_and_read_only(run: Run) -> None:
    assert "offline and read-only" in " ".join(run("check", "--help").out.split())


def test_version(run: Run) -> None:
    assert run("--version").out == f"careplan {careplan.__version__}\n"
    assert process("--version").stdout == f"careplan {careplan.__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from careplan.commands.main import main; main(['--help'])\n"
        "heavy = ('pydantic', 'lark', 'graphviz', 'rich', 'careplan.reading', 'json', 'asyncio')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek", "x"], "there is no verb `chek`; did you mean `check`?"),
        (["lint"], "there is no verb `lint`"),
        (["my.careplan"], "say what to do with my.careplan, for example: careplan check my.careplan"),
        (["check"], "Missing argument 'PLAN...'"),
        (["check", "--fromat", "json", "x"], "No such option '--fromat'"),
        (["check", "--format", "yaml", "x"], "'yaml' is not one of"),
        (["render", "x", "--graph", "--week", "iop:3"], "two pictures"),
        (["render", "x", "--detail", "full"], "--detail goes with --graph"),
        (["render", "x", "--graph"], "the graph needs a file"),
        (["render", "x", "-o", "y.gif"], "`.gif` is no kind of picture"),
        (["render", "x", "-o", "y"], "does not say which kind it is"),
        (["render", "x", "--week", "iop"], "such as `--week iop:3`"),
        (["render", "x", "--week", "iop:3", "-o", "y.dot"], "a week cannot be written as .dot"),
        (["render", "x", "--graph", "-o", "y.svg", "--fact", "a=b"], "--fact has no meaning for the graph"),
        (["explain"], "say what to explain"),
        (["explain", "fase-without-exit"], "did you mean `phase-without-exit`"),
        (["new"], "say which file to write"),
        (["new", "x", "--from", "nothing"], "there is no plan `nothing` to start from"),
        (["export", "yaml", "x"], "'yaml' is not one of"),
    ],
)
def test_misuse_is_told_in_a_line_and_where_help_is(run: Run, arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert said in done.err
    assert done.err.count("\n") == 2
    assert done.err.splitlines()[1].startswith("try: careplan")


def test_a_clean_plan(run: Run, plan: Path) -> None:
    done = run("check", plan)
    assert (done.code, done.out, done.err) == (0, "1 plan checked, nothing to report.\n", "")


def test_notes_do_not_count(run: Run, plan: Path) -> None:
    plan.write_bytes(PLAN.replace("\n", "\r\n").encode())
    done = run("check", plan)
    assert done.code == 0
    assert "1 note in 1 file." in done.out


def test_findings(run: Run, bad: Path) -> None:
    for format_, said in (
        ("full", "error["),
        ("plain", f"Error on line {LINE}"),
        ("concise", f"{bad}:{LINE}:23: error: "),
        ("json", '"severity": "error"'),
    ):
        done = run("check", bad, "--format", format_)
        assert done.code == 1
        assert said in done.out
        assert done.err == ""
    assert run("check", bad).out == run("check", bad, "--format", "plain").out  # not a terminal


def test_standard_input(run: Run) -> None:
    assert run("check", "-", stdin=PLAN.encode()).code == 0
    done = run("check", "-", "--format", "concise", stdin=ERROR.encode())
    assert done.code == 1
    assert done.out.startswith(f"<stdin>:{LINE}:23: error: ")


BAD_INPUT: dict[str, Callable[[Path], object]] = {
    "missing": lambda _: None,
    "folder without plans": lambda path: path.mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(b"plan a\0\1\2"),
    "not utf-8": lambda path: path.write_bytes("plan é".encode("latin-1")),
    "utf-16": lambda path: path.write_bytes("plan a".encode("utf-16")),
    "100 MB": lambda path: path.open("wb").truncate(100_000_000),
    "pipe": lambda path: os.mkfifo(path),
    "dead link": lambda path: path.symlink_to("nowhere"),
    "link to itself": lambda path: path.symlink_to(path),
}


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")
@pytest.mark.parametrize("kind", BAD_INPUT)
@pytest.mark.parametrize("verb", ["check", "fmt", "show", "render", "export json"])
def test_bad_input_has_one_line_and_exit_code_2(run: Run, tmp_path: Path, kind: str, verb: str) -> None:
    path = tmp_path / "x.careplan"
    BAD_INPUT[kind](path)
    start = time.process_time()
    done = run(*verb.split(), path)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(f"careplan: {path}: ")
    assert done.err.count("\n") == 1
    assert time.process_time() - start < 10  # far below reading 100 MB as a plan


@pytest.mark.usefixtures("bad")
def test_a_file_deleted_meanwhile(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from careplan.commands import checking, rounds

    def run_late(jobs: list[checking.Job], *more: object) -> object:
        plan.unlink()
        return checking.run(jobs, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(rounds, "run", run_late)
    done = run("check", plan.parent)
    assert done.code == 2
    assert done.err.startswith(f"careplan: {plan}: there is no such file")
    assert done.err.count("\n") == 1
    assert "in 1 file; 1 file could not be checked" in done.out


def test_a_problem_does_not_hide_the_findings_of_others(run: Run, bad: Path) -> None:
    done = run("check", "nowhere.careplan", bad, "--format", "json")
    report = json.loads(done.out)
    assert done.code == 2
    assert [f["file"] for f in report["files"]] == ["nowhere.careplan", str(bad)]
    assert report["files"][0]["problem"] == "there is no such file"
    assert report["totals"]["errors"] >= 1


def test_a_file_is_checked_once_however_often_it_is_named(run: Run, plan: Path) -> None:
    assert "1 plan checked" in run("check", plan, plan.parent, f"./{plan.name}").out


def test_several_processes_say_the_same(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for number in range(12):
        (folder / f"p{number:02}.careplan").write_text(PLAN if number % 3 else ERROR, "utf-8")
    (folder / "p03.careplan").write_bytes(b"")
    for format_ in ("full", "json"):
        alone, together = (run("check", folder, "--format", format_, "--jobs", n) for n in ("1", "3"))
        assert vars(alone) == vars(together)
        assert alone.code == 2


def test_use_may_not_leave_the_working_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared.careplan").write_text('measure cows "COWS" 0 to 48, lower is better\n')
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "p.careplan").write_text('use "../shared"\n' + PLAN)
    assert "use-outside" not in run("check", "inner/p.careplan", "--format", "concise").out
    assert "use-outside" in run("check", "inner/p.careplan", "--root", "inner", "--format", "concise").out
    monkeypatch.chdir(tmp_path / "inner")
    assert "use-outside" in run("check", "p.careplan", "--format", "concise").out


def test_checking_changes_nothing(run: Run, plan: Path, bad: Path) -> None:
    before = [(p.read_bytes(), p.stat().st_mtime_ns) for p in (plan, bad)]
    run("check", plan.parent)
    assert [(p.read_bytes(), p.stat().st_mtime_ns) for p in (plan, bad)] == before
    assert sorted(os.listdir(plan.parent)) == ["bad.careplan", "plan.careplan"]


def test_colour(run: Run, bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run("check", bad, "--format", "full").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;31merror[" in run("check", bad, "--format", "full").out
    assert "\x1b" not in run("check", bad, "--format", "plain").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("check", bad, "--format", "full").out


@pytest.mark.parametrize("verb", ["check", "show", "render"])
def test_a_fault_of_our_own_is_one_line(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("iop")

    monkeypatch.setattr("careplan.reading.read_file", fail)
    done = run(verb, plan)
    assert done.code == 2
    assert done.err.startswith(
        f"careplan: something went wrong inside careplan at {plan}, which is left as it is (KeyError: 'iop')."
    )
    assert done.err.count("\n") == 1
    monkeypatch.setenv("CAREPLAN_DEBUG", "1")
    with pytest.raises(Exception, match="iop"):
        run(verb, plan)


def test_ctrl_c_is_quiet(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("careplan.reading.read_file", stop)
    done = run("check", plan)
    assert done.code == 130
    assert done.err.strip() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX pipes")
@pytest.mark.parametrize("arguments", ["--help", "schema plan", "explain --list"])
def test_a_reader_that_has_had_enough(arguments: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "careplan", *arguments.split()]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_an_output_that_knows_no_unicode(plan: Path) -> None:
    plan.write_text(PLAN.replace("uds weekly", "üds weekly"), "utf-8")
    done = process("check", plan, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stderr == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_PACE", 0)
    monkeypatch.delenv("TERM", raising=False)
    for stream, said in (
        (Terminal(), "\rchecking 1 of 3\x1b[K\rchecking 2 of 3\x1b[K\r\x1b[K"),
        (io.StringIO(), ""),
    ):
        monkeypatch.setattr(sys, "stderr", stream)
        shown = progress.Progress("checking", 3)
        for _ in range(3):
            shown.step()
        shown.clear()
        assert stream.getvalue() == said


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("command", "code"), [("--help >&-", 0), ("check nothing 2>&-", 2), ("check - <&-", 2)]
)
def test_closed_streams(command: str, code: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m careplan {command}"], capture_output=True, text=True
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == (1 if "<&-" in command else 0)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", ["--help", "schema plan", "new --list"])
def test_an_output_that_is_full(arguments: str) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "careplan", *arguments.split()]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "careplan: this could not be done: No space left on device\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
@pytest.mark.parametrize("no_colour", [False, True])
def test_on_a_terminal(bad: Path, no_colour: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {"TERM": "xterm", "COLUMNS": "80", **({"NO_COLOR": "1"} if no_colour else {})}
    command = [sys.executable, "-m", "careplan", "check", bad]
    subprocess.run(command, stdout=theirs, stderr=theirs, env=environment, check=False)
    text = os.read(ours, 10_000).decode()
    assert "\n  more: careplan explain" in text.replace("\r", "").replace("\x1b[2m", "")
    assert ("\x1b[" in text) != no_colour


def test_what_a_used_file_is_told_by_itself_is_not_repeated_by_its_users(run: Run, tmp_path: Path) -> None:
    (tmp_path / "shared.careplan").write_text("therapy talk\n  length 60\n")
    own = f'use "shared"\n\n{PLAN}'
    for name in ("a.careplan", "b.careplan"):
        (tmp_path / name).write_text(own)
    alone = run("check", "a.careplan", "--format", "concise")
    assert (alone.code, alone.out.count("shared.careplan:")) == (1, 1)
    together = run("check", ".", "--format", "concise")
    assert (together.code, together.out.count("shared.careplan:")) == (1, 1)
