from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for

import careplan
from careplan.commands import progress
from careplan.commands.main import main
from careplan.commands.new import plan_name, templates
from careplan.commands.verbs import VERBS

PLAN = templates()["starter"].read_text("utf-8")
BAD = PLAN.replace("discharge as completed", "discharge as complete")
LINE = BAD[: BAD.index("discharge as complete\n")].count("\n") + 1

Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in this process, in an empty folder: `code`, `out` and `err`."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CAREPLAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path, stdin: bytes = b"") -> SimpleNamespace:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(a) for a in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return SimpleNamespace(code=code, data=out, out=out.decode("utf-8", "replace"), err=err.decode())

    return command


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.careplan"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.careplan"
    path.write_text(BAD, "utf-8")
    return path


def process(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    """Runs the command line as users do."""
    command = [sys.executable, "-m", "careplan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **more)  # type: ignore[call-overload]


# ------------------------------------------------------------------------------- the shell around the verbs


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


# -------------------------------------------------------------------------------------------------- check


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
    done = run("check", "-", "--format", "concise", stdin=BAD.encode())
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
    start = time.perf_counter()
    done = run(*verb.split(), path)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith(f"careplan: {path}: ")
    assert done.err.count("\n") == 1
    assert time.perf_counter() - start < 2


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
        (folder / f"p{number:02}.careplan").write_text(PLAN if number % 3 else BAD, "utf-8")
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


# ------------------------------------------------------------------------------------- colour and trouble


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
        f"careplan: careplan itself failed on {plan} and left that file as it is (KeyError: 'iop')."
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


# ---------------------------------------------------------------------------------------------- the others


def test_new_writes_a_plan_that_checks_clean_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    done = run("new", "My Plan")
    assert done.code == 0
    assert "next: careplan check" in done.err
    assert careplan.load(tmp_path / "My Plan.careplan").name == "my-plan"
    assert run("check", "My Plan.careplan").code == 0
    again = run("new", "My Plan.careplan")
    assert (again.code, again.err.count("\n")) == (2, 1)
    assert "is there already" in again.err


@pytest.mark.parametrize("name", templates())
def test_every_plan_to_start_from(run: Run, tmp_path: Path, name: str) -> None:
    assert run("new", "x", "--from", name).code == 0
    assert careplan.load(tmp_path / "x.careplan").name == "x"
    assert name in run("new", "--list").out.split()


def test_plan_names() -> None:
    names = {"My Plan": "my-plan", "3 weeks": "plan-3-weeks", "日本": "plan", "IOP_v2": "iop-v2"}
    assert {stem: plan_name(Path(f"{stem}.careplan")) for stem in names} == names


UNTIDY = PLAN.replace("  lasts", " lasts").replace("\n\nphase", "\nphase")


def test_fmt(run: Run, plan: Path) -> None:
    plan.write_text(UNTIDY, "utf-8")
    for option in ("--check", "--diff"):
        done = run("fmt", option, plan)
        assert done.code == 1
        assert plan.read_text("utf-8") == UNTIDY
    assert "+  lasts 8 to 12 weeks" in done.out
    assert run("fmt", plan).code == 0
    tidy = plan.read_text("utf-8")
    assert tidy == careplan.format_text(UNTIDY)
    assert careplan.loads(tidy) == careplan.loads(tidy)
    assert run("fmt", "--check", plan).code == 0
    assert run("fmt", "-", stdin=UNTIDY.encode()).out == tidy


def test_fmt_leaves_a_plan_that_it_cannot_read_alone(run: Run, bad: Path, plan: Path) -> None:
    plan.write_text(UNTIDY, "utf-8")
    unreadable = UNTIDY.replace("lasts 8 to 12 weeks", "lasts 8 to weeks")
    bad.write_text(unreadable, "utf-8")
    done = run("fmt", bad.parent)
    assert done.code == 1
    assert bad.read_text("utf-8") == unreadable
    assert plan.read_text("utf-8") != UNTIDY
    assert "lasts 8 to weeks" in done.err
    assert "of 2 files: 1 changed, 1 left alone because of mistakes" in done.err


def test_export_json_is_the_plan_and_what_the_schema_says(run: Run, plan: Path) -> None:
    from careplan.plan.model import Plan

    exported = run("export", "json", plan).out
    assert Plan.model_validate_json(exported) == careplan.load(plan)
    schema = json.loads(run("schema", "plan").out)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(exported))
    validator_for(schema).validate(json.loads(exported))
    wrong = {**json.loads(exported), "phases": 3}
    assert not Draft202012Validator(schema).is_valid(wrong)
    assert not validator_for(schema).is_valid(wrong)


def test_schema_of_the_report(run: Run, bad: Path) -> None:
    schema = json.loads(run("schema", "report").out)
    report = json.loads(run("check", bad, "--format", "json").out)
    Draft202012Validator(schema).validate(report)
    validator_for(schema).validate(report)


@pytest.mark.parametrize("verb", ["show", "render", "export json"])
def test_a_plan_with_mistakes_is_not_shown(run: Run, bad: Path, verb: str) -> None:
    done = run(*verb.split(), bad)
    assert done.code == 1
    assert done.out == ""
    assert f"Error on line {LINE}" in done.err


@pytest.mark.parametrize("verb", ["render", "export json"])
def test_a_library_is_no_plan(run: Run, tmp_path: Path, verb: str) -> None:
    (tmp_path / "lib.careplan").write_text('measure cows "COWS" 0 to 48, lower is better\n')
    done = run(*verb.split(), "lib.careplan")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "it is a library" in done.err


def test_show(run: Run, plan: Path) -> None:
    assert "9.8 h" in run("show", plan).out
    assert json.loads(run("show", plan, "--format", "json").out)["phases"]
    assert "phq-9" in run("show", "library/measures").out
    assert run("show", "library/nothing").code == 2
    assert "9.8 h" in run("show", "-", "--format", "full", stdin=PLAN.encode()).out


@pytest.mark.parametrize(
    ("arguments", "starts"),
    [
        ("-o x.svg", b"<svg"),
        ("-o x.txt", None),
        ("--timeline -o x.html", b"<!DOCTYPE html>"),
        ("-o x.html", b"<!DOCTYPE html>"),
        ("--graph -o x.dot", b"digraph"),
        ("-o x.mmd", None),
        ("--week iop:3 -o x.svg", b"<svg"),
        ("--week iop:3 --format png -o x", b"\x89PNG"),
        ("-o x.pdf", b"%PDF"),
    ],
)
def test_pictures(run: Run, plan: Path, arguments: str, starts: bytes | None) -> None:
    done = run("render", plan, *arguments.split())
    assert (done.code, done.err.count("\n")) == (0, 1)
    name = done.err.removeprefix("wrote ").strip()
    content = (plan.parent / name).read_bytes()
    assert (
        content.lstrip()
        .removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>')
        .lstrip()
        .startswith(starts or b"")
    )
    assert len(content) > 200


def test_pictures_on_the_standard_output(run: Run, plan: Path) -> None:
    assert "Intensive outpatient" in run("render", plan).out
    assert "Group therapy" in run("render", plan, "--week", "iop:3").out
    assert run("render", plan, "--format", "png", "-o", "-").data.startswith(b"\x89PNG")
    assert run("render", "-", "--format", "svg", "-o", "-", stdin=PLAN.encode()).out.count("<svg") >= 1


@pytest.mark.parametrize("target", ["plan.careplan", "other.careplan", "link.svg"])
def test_a_picture_never_replaces_a_plan(run: Run, plan: Path, target: str) -> None:
    if target == "link.svg":
        (plan.parent / target).symlink_to(plan)
    done = run("render", plan, "--format", "svg", "-o", target)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "would be overwritten" in done.err
    assert plan.read_text("utf-8") == PLAN


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (["track"], "needs a name and a value"),
        (["trak=evening"], "the plan has no fact `trak`; it has: track, age"),
        (["track=night"], "`track` is one of day, evening, not `night`"),
        (["age=old"], "`age` is a number"),
        (["age=17"], "`age` is 18 to 99, not 17"),
    ],
)
def test_facts_are_held_against_the_plan(run: Run, plan: Path, facts: list[str], said: str) -> None:
    more = "fact track one of day, evening\nfact age 18 to 99 years\nphase iop"
    lines = "individual weekly if track is day\n  individual 2 per week if track is evening and age < 30"
    plan.write_text(PLAN.replace("phase iop", more).replace("individual weekly", lines), "utf-8")
    done = run("render", plan, *[part for fact in facts for part in ("--fact", fact)])
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert run("render", plan, "--fact", "track=day", "--fact", "age=20").code == 0


def test_a_week_that_is_not_there(run: Run, plan: Path) -> None:
    for week in ("iop:99", "nothing:1"):
        done = run("render", plan, "--week", week)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_explain(run: Run) -> None:
    page = run("explain", "missing-on-return").out
    assert page.startswith("missing-on-return\n\nseverity: error\n")
    assert "A plan with this fault:\n\n    plan" in page
    assert "```" not in page
    assert "lasts 8 to 16 weeks" in run("explain", "lasts").out
    assert "step down to aftercare" in run("explain", "step", "down", "to").out
    listed = run("explain", "--list").out
    assert "missing-on-return" in listed
    assert "\nlasts " in listed


@pytest.mark.parametrize("format_", ["dot", "mermaid"])
def test_export_graph(run: Run, plan: Path, format_: str) -> None:
    done = run("export", format_, plan)
    assert done.code == 0
    assert "iop" in done.out
