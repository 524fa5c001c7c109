"""Make the shipped fonts and their table of widths from the full Inter fonts (development only).

    pip install fonttools
    apt-get download fonts-inter && dpkg -x fonts-inter_*.deb inter
    python tools/make_fonts.py inter/usr/share/fonts/opentype/inter

Layout features (kerning, ligatures) are left out on purpose: the width of a text is then exactly the sum of
the widths in the table, in every renderer.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "careplan" / "render" / "fonts"
STYLES = ("Regular", "Bold")
RANGES = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x17F),  # Latin-1 Supplement and Latin Extended-A
    (0x218, 0x21B),  # Romanian
    (0x370, 0x3FF),  # Greek
    (0x400, 0x45F),  # Cyrillic
    (0x490, 0x491),  # Ukrainian
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2010, 0x2027),  # dashes, quotation marks, bullets
    (0x202F, 0x2044),  # narrow spaces, per mille, primes
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20AC, 0x20AC),  # euro
    (0x2122, 0x2122),  # trade mark
    (0x2150, 0x215F),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2212, 0x2265),  # minus, infinity, comparisons
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2713, 0x2717),  # ticks and crosses
)


def subset(source: Path, target: Path) -> dict[str, int]:
    """Write the subset of one font; its advance widths by character, in thousandths of the font size."""
    font = TTFont(source)
    options = Options(layout_features=[], name_IDs=["*"], hinting=False, desubroutinize=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
    subsetter.subset(font)
    font.save(target)
    scale = 1000 / font["head"].unitsPerEm
    advances = font["hmtx"]
    return {chr(code): round(advances[name][0] * scale) for code, name in sorted(font.getBestCmap().items())}


def main(folder: Path) -> None:
    """Make every style."""
    widths = {
        style.lower(): subset(folder / f"Inter-{style}.otf", FONTS / f"Inter-{style}.otf") for style in STYLES
    }
    characters = "".join(widths["regular"])
    table = {"characters": characters, **{style: list(table.values()) for style, table in widths.items()}}
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    (FONTS / "widths.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
