from __future__ import annotations

import os
import pickle
import stat
import sys
import tracemalloc
from pathlib import Path

import pytest

from careplan.files import (
    LARGEST,
    FileProblem,
    find_plans,
    read_source,
    write_atomically,
    write_new,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")

UNREADABLE = {
    "empty": (b"", "is empty"),
    "blank": (b"\n \t\r\n", "is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "is empty"),
    "zero bytes": (b"plan a\nphase b\0\n", "not a text file (it has a zero byte on line 2)"),
    "latin-1": (
        "plan a\n# Café\n".encode("latin-1"),
        "byte 0xe9, perhaps `é` in Latin-1, at line 2, column 6",
    ),
    "cut utf-8": ("plan a\n# Café".encode()[:-1], "byte 0xc3"),
    "utf-16": ("plan a".encode("utf-16"), "UTF-16"),
    "utf-16 without mark": ("plan a\nphase b".encode("utf-16-be"), "UTF-16"),
    "pdf": (b"%PDF-1.7\n", "a PDF"),
    "docx": (b"PK\x03\x04\x14\0\x06\0", "a Word, Excel or zip file"),
    "rtf": (b"{\\rtf1\\ansi plan a}", "rich text"),
}


def problem(path: Path) -> str:
    """The one line on a file that cannot be read."""
    with pytest.raises(FileProblem) as caught:
        read_source(path)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"{path}: ")
    return line


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_file_that_is_no_plan_text_has_one_clear_line(tmp_path: Path, kind: str) -> None:
    content, said = UNREADABLE[kind]
    path = tmp_path / "x.careplan"
    path.write_bytes(content)
    assert said in problem(path)


def test_missing_file_and_a_near_name(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "nowhere" / "a.careplan")
    (tmp_path / "intensive.careplan").write_text("plan a")
    assert f"did you mean `{tmp_path / 'intensive.careplan'}`?" in problem(tmp_path / "intensiv.careplan")


def test_folder(tmp_path: Path) -> None:
    assert "this is a folder" in problem(tmp_path)


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert "cannot be read" in problem(tmp_path / ("x" * 300))


@posix
def test_pipe_and_device_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not an ordinary file" in problem(tmp_path / "pipe")
    assert "not an ordinary file" in problem(Path("/dev/zero"))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "x.careplan"
    path.write_text("plan a")
    path.chmod(0)
    assert "may not be read" in problem(path)


def test_permission_error_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert "may not be read" in problem(tmp_path / "x.careplan")


def test_a_hundred_megabytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.careplan"
    with path.open("wb") as out:
        out.truncate(100_000_000)
    tracemalloc.start()
    try:
        assert "has 100 MB; a plan has at most 10 MB" in problem(path)
        assert tracemalloc.get_traced_memory()[1] < 2 * LARGEST
    finally:
        tracemalloc.stop()


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.careplan"
    path.write_bytes(b"#" * LARGEST)
    assert len(read_source(path).text) == LARGEST
    path.write_bytes(b"#" * (LARGEST + 1))
    assert "at most 10 MB" in problem(path)


def test_text_comes_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "x.careplan"
    path.write_bytes(b"\xef\xbb\xbfplan a\r\n# \xe4\xbd\xa0\n")
    source = read_source(path)
    assert source.text == "\ufeffplan a\r\n# 你\n"
    assert source.name == str(path)


def test_a_strange_name_is_told_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        read_source(tmp_path / "a\nb\x1b[31m\udcff.careplan")
    assert str(caught.value).isprintable()
    str(caught.value).encode()


def test_a_problem_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(FileProblem("a.careplan", "this file is empty")))
    assert str(again) == "a.careplan: this file is empty"


def plant(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("plan a")


def found(folder: Path, *paths: Path) -> list[str]:
    return [p.relative_to(folder).as_posix() for p in find_plans(paths or [folder])]


def test_plans_of_a_folder_in_order_without_what_is_not_the_users(tmp_path: Path) -> None:
    plant(tmp_path, "b.careplan", "a/z.careplan", "a/y.careplan", "c/d/e.careplan", "notes.txt")
    plant(tmp_path, ".git/x.careplan", "node_modules/x.careplan", "env/x.careplan", "env/pyvenv.cfg")
    plant(tmp_path, "a/.hidden.careplan", ".venv/x.careplan")
    assert found(tmp_path) == ["a/y.careplan", "a/z.careplan", "b.careplan", "c/d/e.careplan"]


def test_each_plan_comes_once_and_files_as_given(tmp_path: Path) -> None:
    plant(tmp_path, "a.careplan", "notes.txt")
    paths = [tmp_path / "notes.txt", tmp_path, tmp_path / "a.careplan", tmp_path / "." / "a.careplan"]
    assert found(tmp_path, *paths) == ["notes.txt", "a.careplan"]


@posix
def test_links_in_a_circle_end(tmp_path: Path) -> None:
    plant(tmp_path, "a/x.careplan")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "a" / "lost.careplan").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path) == ["a/lost.careplan", "a/x.careplan"]


def test_a_folder_without_plans_is_told(tmp_path: Path) -> None:
    plant(tmp_path, "a/notes.txt", "b/x.careplan")
    with pytest.raises(FileProblem, match=r"no file in this folder ends in \.careplan"):
        found(tmp_path, tmp_path / "a")
    problems: list[FileProblem] = []
    assert list(find_plans([tmp_path / "a", tmp_path / "b"], problems.append)) == [tmp_path / "b/x.careplan"]
    assert [p.path for p in problems] == [str(tmp_path / "a")]


def test_writing_replaces_and_keeps_the_permissions(tmp_path: Path) -> None:
    path = tmp_path / "x.careplan"
    path.write_text("old")
    path.chmod(0o640)
    write_atomically(path, "new\n", was="old")
    assert path.read_bytes() == b"new\n"
    assert stat.S_IMODE(path.stat().st_mode) == (0o640 if sys.platform != "win32" else 0o666)
    assert os.listdir(tmp_path) == ["x.careplan"]


@posix
def test_writing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_atomically(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.careplan"
    path.write_text("changed in the editor")
    with pytest.raises(FileProblem, match="has changed since it was read"):
        write_atomically(path, "new", was="old")
    assert path.read_text() == "changed in the editor"
    assert os.listdir(tmp_path) == ["x.careplan"]


def test_if_writing_fails_the_file_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.careplan"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileProblem, match=r"cannot be written \(no space left"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["x.careplan"]


def test_targets_that_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="this is a folder"):
        write_atomically(tmp_path, "x")
    with pytest.raises(FileProblem, match="there is no folder"):
        write_atomically(tmp_path / "nowhere" / "x.svg", "x")
    if sys.platform != "win32":
        with pytest.raises(FileProblem, match="not an ordinary file"):
            write_atomically("/dev/null", "x")
        assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "x.careplan"
    write_new(path, "plan a\n")
    with pytest.raises(FileProblem, match="is there already"):
        write_new(path, "plan b\n")
    assert path.read_bytes() == b"plan a\n"


def test_a_link_to_itself_and_a_closed_folder_do_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "a.careplan", "closed/b.careplan", "z.careplan")
    (tmp_path / "loop.careplan").symlink_to("loop.careplan")
    scan = os.scandir

    def refusing(folder: Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    problems: list[FileProblem] = []
    names = [path.name for path in find_plans([tmp_path], problems.append)]
    assert names == ["a.careplan", "loop.careplan", "z.careplan"]
    assert [Path(p.path).name for p in problems] == ["closed"]
