"""Widths of texts in the shipped font, and breaking them into lines."""

from __future__ import annotations

import struct
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careplan.render.text import is_covered, shorten_to, text_width, wrap

SOME = st.text("abc WiÜ≥-/1 wk\u00a0治", max_size=80)


def _tables(style: str) -> dict[str, bytes]:
    data = files("careplan.render.fonts").joinpath(f"Inter-{style}.otf").read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    records = (struct.unpack(">4s4xLL", data[12 + 16 * n : 28 + 16 * n]) for n in range(count))
    return {name.decode(): data[start : start + length] for name, start, length in records}


def _glyph(cmap: bytes, letter: str) -> int:
    """The glyph of a letter, by the format 4 subtable of the font's character map."""
    count = struct.unpack(">H", cmap[2:4])[0]
    starts = [struct.unpack(">L", cmap[8 + 8 * n : 12 + 8 * n])[0] for n in range(count)]
    table = next(cmap[s:] for s in starts if struct.unpack(">H", cmap[s : s + 2])[0] == 4)
    twice = struct.unpack(">H", table[6:8])[0]
    columns: list[Any] = [
        struct.unpack(f">{twice // 2}{kind}", table[14 + at + pad : 14 + at + pad + twice])
        for kind, at, pad in (("H", 0, 0), ("H", twice, 2), ("h", 2 * twice, 2), ("H", 3 * twice, 2))
    ]
    for n, (end, start, delta, offset) in enumerate(zip(*columns, strict=True)):
        if start <= ord(letter) <= end:
            if not offset:
                return (ord(letter) + delta) & 0xFFFF
            at = 14 + 3 * twice + 2 + 2 * n + offset + 2 * (ord(letter) - start)
            return (struct.unpack(">H", table[at : at + 2])[0] + delta) & 0xFFFF
    raise KeyError(letter)


@pytest.mark.parametrize(("style", "bold"), [("Regular", False), ("Bold", True)])
def test_the_table_says_what_the_font_says(style: str, bold: bool) -> None:
    tables = _tables(style)
    units = struct.unpack(">H", tables["head"][18:20])[0]
    metrics = struct.unpack(">H", tables["hhea"][34:36])[0]
    for letter in "aMi W→≥éß0▲½Ω":
        glyph = min(_glyph(tables["cmap"], letter), metrics - 1)
        advance = struct.unpack(">H", tables["hmtx"][4 * glyph : 4 * glyph + 2])[0]
        assert text_width(letter, 1000, bold) == pytest.approx(1000 * advance / units, abs=1)


def test_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in files("careplan.render.fonts").joinpath("OFL.txt").read_text("utf-8")


@given(SOME, st.floats(20, 400), st.booleans())
def test_lines_fit_and_lose_nothing(text: str, most: float, bold: bool) -> None:
    lines = wrap(text, 11, most, bold)
    assert all(text_width(line, 11, bold) <= most + 1e-6 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(SOME, st.integers(0, 60))
def test_what_is_shortened_ends_with_a_whole_word(text: str, letters: int) -> None:
    short = shorten_to(text, letters)
    assert len(short) <= letters
    kept, words = short.split(), text.split()
    assert kept[:-1] == words[: max(len(kept) - 1, 0)]
    assert not kept or words[len(kept) - 1].rstrip(",;:-–—") == kept[-1].rstrip(",;:-–—")


def test_names_are_shortened_by_words() -> None:
    assert shorten_to("Stabilisation and early recovery", 20) == "Stabilisation"
    assert shorten_to("Outpatient, second round of skills", 14) == "Outpatient"
    assert shorten_to("Stabilisation", 5) == ""


def test_numbers_stay_with_their_units() -> None:
    words = "uds negative for 4 wk and attendance ≥ 80% over 4 wk"
    for most in range(60, 320, 7):
        for line in wrap(words, 10, most):
            assert not line.endswith((" 4", "≥"))


def test_what_the_font_covers() -> None:
    assert is_covered("Ärzte, Łódź, ≥ 80% → Ω Кризис")
    assert not is_covered("治療")
