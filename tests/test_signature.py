"""Pictures are written over pictures, and over nothing else."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from careplan.commands.main import main
from careplan.commands.signature import MARK, signed

PLAN = str(Path(__file__).resolve().parents[1] / "examples" / "twelve-step-facilitation.careplan")
KINDS = (
    ("a.svg", ()),
    ("a.png", ()),
    ("a.pdf", ()),
    ("a.html", ()),
    ("one.html", ("--timeline",)),
    ("a.txt", ()),
    ("a.dot", ("--graph",)),
    ("a.mmd", ("--graph",)),
    ("graph.svg", ("--graph",)),
    ("week.svg", ("--week", "facilitation:1")),
)


@pytest.mark.parametrize(("name", "options"), KINDS)
def test_a_picture_is_written_over_the_last_one(name: str, options: tuple[str, ...], tmp_path: Path) -> None:
    target = tmp_path / name
    for _ in range(2):
        assert main(["render", PLAN, *options, "-o", str(target)]) == 0
    assert target.read_bytes().count(MARK.encode()) >= 1


@pytest.mark.parametrize("held", [b"<svg>mine</svg>", b"\x89PNG mine", b"notes", b"\xff\xfe\x00"])
def test_a_file_of_somebody_else_is_left_alone(
    held: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "mine.svg"
    target.write_bytes(held)
    assert main(["render", PLAN, "-o", str(target)]) == 2
    assert target.read_bytes() == held
    said = capsys.readouterr().err
    assert "careplan did not make it" in said
    assert said.count("\n") == 1
    assert main(["render", PLAN, "-o", str(target), "--force"]) == 0
    assert MARK in target.read_text("utf-8")


def test_an_empty_file_has_nothing_to_lose(tmp_path: Path) -> None:
    target = tmp_path / "empty.svg"
    target.touch()
    assert main(["render", PLAN, "-o", str(target)]) == 0


@pytest.mark.parametrize("name", ["plan.careplan", "plan.CAREPLAN", "link.svg"])
def test_not_even_force_writes_over_a_plan(name: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.careplan"
    plan.write_bytes(Path(PLAN).read_bytes())
    (tmp_path / "link.svg").symlink_to(plan)
    target = tmp_path / name
    assert main(["render", str(plan), "--format", "svg", "-o", str(target), "--force"]) == 2
    assert plan.read_bytes() == Path(PLAN).read_bytes()


def test_what_goes_to_the_standard_output_has_no_mark(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", PLAN, "--graph", "--format", "dot"]) == 0
    assert MARK not in capsys.readouterr().out


def test_a_marked_png_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    assert main(["render", PLAN, "-o", str(target)]) == 0
    data, at, parts = target.read_bytes(), 8, []
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        body = data[at + 4 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(body)
        parts.append(body[:4])
        at += 12 + length
    assert parts[:2] == [b"IHDR", b"tEXt"]
    assert parts[-1] == b"IEND"


def test_a_mark_is_set_once() -> None:
    once = signed("<svg><g/></svg>", "svg")
    assert signed(once, "svg") == once == f"<svg><!-- {MARK} --><g/></svg>"
