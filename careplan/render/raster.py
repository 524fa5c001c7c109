"""Pictures as PNG and PDF, with the shipped font and without any program of the system."""

from __future__ import annotations

import json
import re
from html import unescape
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from careplan.render.errors import RenderError
from careplan.render.page import SIZE
from careplan.render.text import is_covered, not_covered

FONT_FILES = ("Inter-Regular.otf", "Inter-Bold.otf")
TITLE = re.compile(r"<title\b[^>]*>([^<]*)</title>")
TAG = re.compile(r"<[^>]*>")

# Paper in points: the smallest on which the picture's letters stay readable is taken.
PAPERS = {"a4": (595.28, 841.89), "a3": (841.89, 1190.55)}
PAPER_MARGIN = 24.0
LEAST_SCALE = 0.6  # points per pixel: the smallest letters are then 6 points high


def svg_to_png(svg: str, scale: float = 2.0) -> bytes:
    """The picture as a PNG with `scale` pixels per SVG pixel. Raises RenderError."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise RenderError(_missing("PNG", "png")) from None
    with as_file(files("careplan.render.fonts")) as folder:
        try:
            return bytes(
                svg_to_bytes(
                    svg_string=svg,
                    zoom=scale,
                    background="#ffffff",
                    # Letters that the shipped font lacks are looked for on this machine.
                    skip_system_fonts=_is_covered(svg),
                    font_files=[str(Path(folder) / name) for name in FONT_FILES],
                    sans_serif_family="Inter",
                )
            )
        except ValueError as problem:
            raise RenderError(f"the picture could not be turned into a PNG: {problem}") from None


def svg_to_pdf(svg: str) -> bytes:
    """The picture as a PDF of one page, A4 or if need be A3, upright or across. Raises RenderError."""
    try:
        import typst
    except ImportError:
        raise RenderError(_missing("PDF", "pdf")) from None
    width, height = _size(svg)
    with as_file(files("careplan.render.fonts")) as fonts, TemporaryDirectory() as folder:
        Path(folder, "picture.svg").write_text(svg, encoding="utf-8")
        Path(folder, "page.typ").write_text(_about(svg) + _page(width, height), encoding="utf-8")
        try:
            made = typst.compile(
                str(Path(folder, "page.typ")),
                font_paths=[str(fonts)],
                ignore_system_fonts=_is_covered(svg),
            )
        except typst.TypstError as problem:
            raise RenderError(f"the picture could not be turned into a PDF: {problem}") from None
    return bytes(made)


def _missing(what: str, extra: str) -> str:
    return f"{what} files need an extra part of careplan: install it with `pip install 'careplan[{extra}]'`"


def letters_not_shipped(svg: str) -> list[str]:
    """The letters of the picture that only a font of the machine can draw, in the order they come."""
    return [] if _is_covered(svg) else not_covered(unescape(TAG.sub("", svg)))


def _is_covered(svg: str) -> bool:
    return svg.isascii() or is_covered(TAG.sub("", svg))


def _size(svg: str) -> tuple[float, float]:
    found = SIZE.search(svg)
    if found is None:
        raise RenderError("the picture does not say how large it is")
    return float(found[1]), float(found[2])


def _about(svg: str) -> str:
    """The document's title for readers of the screen and lists of files, and what made it."""
    found = TITLE.search(svg)
    title = json.dumps(unescape(found[1]) if found else "A plan", ensure_ascii=False)
    return f'#set document(title: {title}, keywords: ("Made by careplan",))\n'


def _page(width: float, height: float) -> str:
    """A page with the picture as large as fits."""
    paper, across, scale = _paper(width, height)
    size = f'paper: "{paper}", flipped: {"true" if across else "false"}, margin: {PAPER_MARGIN}pt'
    picture = f'image("picture.svg", width: {width * scale:.2f}pt, height: {height * scale:.2f}pt)'
    return f"#set page({size})\n#align(center, {picture})\n"


def _paper(width: float, height: float) -> tuple[str, bool, float]:
    """The paper, whether it lies across, and points per pixel."""
    best = ("a4", False, 0.0)
    for name, (short, long) in PAPERS.items():
        for across in (False, True):
            wide, high = (long, short) if across else (short, long)
            scale = min((wide - 2 * PAPER_MARGIN) / width, (high - 2 * PAPER_MARGIN) / height)
            if scale > best[2]:
                best = (name, across, scale)
        if best[2] >= LEAST_SCALE:
            break
    return best
