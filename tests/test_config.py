"""Settings: what they do to a check, where they come from, and what is said of those that mean nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from careplan.rules.names import is_fundamental, severities
from tests.conftest import Run

PLAN = """\
plan small "A small plan"
  start in iop

measure mood 0 to 10, lower is better

phase iop "Intensive outpatient"
  level 2.1
  lasts 8 weeks
  at end discharge as completed

outcome completed "Completed"
"""


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, "utf-8")


def checked(run: Run, *arguments: str) -> tuple[int, list[str]]:
    done = run("check", "--format", "concise", *arguments)
    return done.code, [line for line in done.out.splitlines() if "unused-name" in line]


@pytest.mark.parametrize(
    ("level", "code", "word"),
    [("off", 0, None), ("note", 0, "note"), ("warning", 1, "warning"), ("error", 1, "error")],
)
@pytest.mark.parametrize("file", ["careplan.toml", "pyproject.toml"])
def test_a_level_is_what_is_set(run: Run, file: str, level: str, code: int, word: str | None) -> None:
    write("plans/a.careplan", PLAN)
    table = "levels" if file == "careplan.toml" else "tool.careplan.levels"
    write(file, f'[{table}]\nunused-name = "{level}"\n')
    found, lines = checked(run, "plans")
    assert found == code
    assert len(lines) == (0 if word is None else 1)
    assert all(word in line for line in lines if word)


def test_each_plan_has_the_settings_of_its_own_folder(run: Run) -> None:
    for folder in ("a", "a/deep", "b"):
        write(f"{folder}/plan.careplan", PLAN)
    write("a/careplan.toml", '[levels]\nunused-name = "off"\n')
    code, lines = checked(run, ".")
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith("b/plan.careplan:")


def test_the_nearest_file_wins_value_by_value(run: Run) -> None:
    write(
        "careplan.toml",
        'packs = ["tx"]\nfail-on = "error"\n[levels]\nunused-name = "off"\nbands-gap = "off"\n',
    )
    write("plans/careplan.toml", 'packs = ["nj", "md"]\n[levels]\nunused-name = "note"\n')
    write("plans/deep/plan.careplan", PLAN)
    done = run("config", "plans/deep/plan.careplan", "--format", "json")
    settings = {row["setting"]: (row["value"], row["file"]) for row in json.loads(done.out)["settings"]}
    assert settings == {
        "packs": (["nj", "md"], "plans/careplan.toml"),
        "fail-on": ("error", "careplan.toml"),
        "levels.bands-gap": ("off", "careplan.toml"),
        "levels.unused-name": ("note", "plans/careplan.toml"),
    }


@pytest.mark.parametrize("end", ["root = true\n", ""], ids=["root", "git"])
def test_the_search_ends_where_it_is_said_or_at_the_repository(run: Run, end: str) -> None:
    write("careplan.toml", '[levels]\nunused-name = "off"\n')
    write("clinic/careplan.toml", end + 'fail-on = "note"\n')
    if not end:
        Path("clinic/.git").mkdir()
    write("clinic/plans/a.careplan", PLAN)
    assert checked(run, "clinic")[0] == 1
    assert "unused-name" not in run("config", "clinic/plans").out


def test_config_as_text_names_the_default_and_the_file(run: Run) -> None:
    write("careplan.toml", '[levels]\nunused-name = "note"\n')
    lines = run("config").out.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["packs", "none", "the", "default"],
        ["fail-on", "warning", "the", "default"],
        ["levels.unused-name", "note", "careplan.toml"],
    ]


@pytest.mark.parametrize(
    ("level", "codes"), [("error", (0, 1)), ("warning", (1, 1)), ("note", (1, 1))], ids=lambda v: str(v)
)
def test_what_fails_a_check(run: Run, level: str, codes: tuple[int, int]) -> None:
    write("warns.careplan", PLAN)
    write("errs.careplan", PLAN.replace("  at end discharge as completed", ""))
    for file, code in zip(("warns.careplan", "errs.careplan"), codes, strict=True):
        assert run("check", "--fail-on", level, file).code == code
        write("careplan.toml", f'fail-on = "{level}"\n')
        assert run("check", file).code == code
        assert run("check", "--fail-on", "warning", file).code == 1


def test_the_working_folders_settings_hold_for_the_standard_input(run: Run) -> None:
    write("careplan.toml", '[levels]\nunused-name = "off"\n')
    assert run("check", "-", stdin=PLAN).code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pack = []\n", "there is no setting `pack` (did you mean `packs`?)"),
        ('packs = "tx"\n', "`packs` is a list of names"),
        ("packs = [1]\n", "`packs` is a list of names"),
        ('packs = ["asam4"]\n', "there is no pack `asam4` (did you mean `asam-4`?)"),
        ('fail-on = "off"\n', "`fail-on` is `note`, `warning` or `error`, not `off`"),
        ('levels = "off"\n', "`levels` is a table"),
        ('[levels]\nunusedname = "off"\n', "called `unusedname` (did you mean `unused-name`?)"),
        ('[levels]\nunused-name = "quiet"\n', "not `quiet`"),
        ("[levels]\nunused-name = []\n", "`levels.unused-name` is `off`, `note`, `warning` or `error`"),
        ('[levels]\nphase-without-exit = "off"\n', "it is always an error"),
        ('root = "yes"\n', "`root` is true or false"),
        ("packs = [\n", "this is not TOML: "),
    ],
)
def test_what_means_nothing_is_told_in_one_line(run: Run, text: str, said: str) -> None:
    write("plans/a.careplan", PLAN)
    write("careplan.toml", text)
    for arguments in (("check", "plans"), ("config", "plans")):
        done = run(*arguments)
        assert done.code == 2
        assert done.out == ""
        assert done.err.startswith("careplan: careplan.toml: ")
        assert done.err.count("\n") == 1
        assert said in done.err


def test_not_text_two_files_and_a_setting_that_is_no_table(run: Run) -> None:
    Path("careplan.toml").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in run("config").err
    write("careplan.toml", "")
    write("pyproject.toml", '[tool.careplan]\nfail-on = "note"\n')
    assert "keep one of them" in run("config").err
    Path("careplan.toml").unlink()
    assert run("config").code == 0
    write("pyproject.toml", "[tool]\ncareplan = 3\n")
    assert "begin it with `[tool.careplan]`" in run("config").err
    assert run("config", "nowhere").err == "careplan: nowhere: there is no such file or folder\n"


def test_another_tools_file_is_left_alone(run: Run) -> None:
    write("pyproject.toml", "[tool.black]\nline-length = 88\n")
    assert run("config").code == 0
    write("pyproject.toml", "[broken\n")
    assert run("config").code == 0, "it does not speak of careplan"


@pytest.mark.parametrize("name", sorted(n for n in severities() if is_fundamental(n)))
def test_no_error_of_structure_can_be_set(run: Run, name: str) -> None:
    write("careplan.toml", f'[levels]\n{name} = "warning"\n')
    assert run("config").code == 2


def test_list_allows(run: Run) -> None:
    reason = "kept for the next version"
    used = PLAN.replace("measure", f'# careplan: allow unused-name because "{reason}"\nmeasure')
    idle = PLAN.replace("measure", f'# careplan: allow bands-gap because "{reason}"\nmeasure')
    write("plans/a.careplan", used)
    write("plans/b.careplan", idle)
    done = run("check", "plans", "--list-allows")
    assert done.code == 0
    assert done.out.splitlines() == [
        f"plans/a.careplan:4: unused-name: {reason}",
        f"plans/b.careplan:4: bands-gap: {reason} (silences nothing)",
    ]
    rows = json.loads(run("check", "plans", "--list-allows", "--format", "json").out)["allows"]
    assert [(row["file"], row["line"], row["name"], row["reason"]) for row in rows] == [
        ("plans/a.careplan", 4, "unused-name", reason),
        ("plans/b.careplan", 4, "bands-gap", reason),
    ]
    assert [len(row["silenced"]) for row in rows] == [1, 0]
    assert run("check", "--list-allows", "nowhere.careplan").code == 2
    assert run("check", "plans/a.careplan").code == 0
