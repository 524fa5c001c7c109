"""One picture on a web page of its own, for a browser or a printer."""

from __future__ import annotations

import re
from html import escape

SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')
ACROSS = 1.2  # a picture so many times as wide as it is high is printed across the sheet
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 0; background: #fff; }}
main {{ max-width: {width:.0f}px; margin: 0 auto; overflow-x: auto; }}
svg {{ display: block; min-width: {least:.0f}px; width: 100%; height: auto; }}
@page {{ size: A4 {across}; margin: 8mm; }}
@media print {{ main {{ overflow: visible; }} svg {{ min-width: 0; max-height: {high}mm; }} }}
</style>
</head>
<body>
<main>
{svg}</main>
</body>
</html>
"""
LEAST = 900.0  # pixels: a wide picture is scrolled in a narrow window, not made too small to read


def picture_page(svg: str, title: str) -> str:
    """A self-contained HTML page with just this picture, which says its `width` and `height` in pixels."""
    found = SIZE.search(svg)
    width, height = (float(found[1]), float(found[2])) if found else (LEAST, LEAST)
    across = width > ACROSS * height
    return PAGE.format(
        title=escape(title),
        width=width,
        least=min(width, LEAST),
        across="landscape" if across else "portrait",
        high=192 if across else 279,
        svg=svg[svg.index("<svg") :],
    )
