"""PNG and PDF of a picture."""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from careplan.commands.main import main
from careplan.plan.model import Phase, Plan
from careplan.render.errors import RenderError
from careplan.render.raster import letters_not_shipped, svg_to_pdf, svg_to_png
from careplan.render.timeline import timeline

PLAN = Plan(name="p", title="A plan with a title", phases=(Phase(name="a", title="First"),))


def test_a_png_has_the_size_asked_for() -> None:
    pytest.importorskip("resvg_py")
    drawn = timeline(PLAN)
    png = svg_to_png(drawn.svg, scale=1.5)
    width, height = struct.unpack(">II", png[16:24])
    assert width == pytest.approx(1.5 * drawn.width, abs=2)
    assert height == pytest.approx(1.5 * drawn.height, abs=2)


def test_a_png_has_its_texts_without_fonts_of_the_system() -> None:
    pytest.importorskip("resvg_py")
    svg = timeline(PLAN).svg
    without = re.sub(r"<text\b.*?</text>", "", svg)
    assert len(svg_to_png(svg)) > 1.5 * len(svg_to_png(without))


def test_a_pdf_is_one_page_with_the_shipped_font() -> None:
    pytest.importorskip("typst")
    pdf = svg_to_pdf(timeline(PLAN).svg)
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert b"+Inter-Bold" in pdf


def test_a_wide_picture_lies_across_the_paper() -> None:
    pytest.importorskip("typst")
    wide = tuple(Phase(name=f"phase-{n}") for n in range(12))
    pdf = svg_to_pdf(timeline(Plan(name="p", phases=wide)).svg)
    width, height = (float(n) for n in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert width > height


@pytest.mark.parametrize(
    ("module", "extra", "make"), [("resvg_py", "png", svg_to_png), ("typst", "pdf", svg_to_pdf)]
)
def test_a_missing_extra_is_named(
    module: str, extra: str, make: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(RenderError, match=rf"pip install 'careplan\[{extra}\]'") as caught:
        make("<svg/>")
    assert "\n" not in str(caught.value)


def test_what_is_no_picture_is_said_in_one_line() -> None:
    pytest.importorskip("resvg_py")
    pytest.importorskip("typst")
    for make in (svg_to_png, svg_to_pdf):
        with pytest.raises(RenderError) as caught:
            make("no picture")
        assert "\n" not in str(caught.value)


def test_letters_that_the_shipped_font_lacks_are_named() -> None:
    plan = Plan(name="p", title="治疗 & Überleitung", phases=(Phase(name="a"),))
    assert letters_not_shipped(timeline(plan).svg) == ["治", "疗"]
    assert letters_not_shipped(timeline(PLAN).svg) == []


def test_a_command_says_which_letters_may_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("resvg_py")
    example = Path(__file__).resolve().parents[1] / "examples" / "twelve-step-facilitation.careplan"
    plan = tmp_path / "p.careplan"
    plan.write_text(example.read_text("utf-8").replace('"Facilitation session"', '"促进会谈"'), "utf-8")
    assert main(["render", str(plan), "-o", str(tmp_path / "p.png")]) == 0
    assert "own font lacks 促 进 会 谈;" in capsys.readouterr().err
    assert main(["render", str(plan), "-o", str(tmp_path / "p.svg")]) == 0
    assert "lacks" not in capsys.readouterr().err


def test_a_pdf_has_the_plans_title() -> None:
    pytest.importorskip("typst")
    pdf = svg_to_pdf(timeline(Plan(name="p", title='"A" \\ #b & <c>', phases=(Phase(name="a"),))).svg)
    assert b"/Title" in pdf


def test_a_large_picture_gets_a_larger_sheet() -> None:
    from careplan.render.raster import LEAST_SCALE, PAPERS, _paper

    assert _paper(1100, 1450)[0] == "a3"
    assert _paper(800, 1100)[0] == "a4"
    assert _paper(1100, 1450)[2] >= LEAST_SCALE
    assert set(PAPERS) == {"a4", "a3"}
