"""Elements of HTML as text: what people wrote in a plan is always escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape


class Html(str):
    """Text that is already HTML and is not escaped again."""

    __slots__ = ()


Child = str | Html | None | Iterable["Child"]

VOID = frozenset({"meta", "hr", "br", "link"})


def join(children: Child) -> Html:
    """Children one after another; plain text is escaped, None is nothing."""
    if children is None:
        return Html("")
    if isinstance(children, Html):
        return children
    if isinstance(children, str):
        return Html(escape(children, quote=False))
    return Html("".join(join(child) for child in children))


def tag(name: str, /, *children: Child, **attributes: str | None) -> Html:
    """One element; `class_` is the attribute class, `aria_label` is aria-label, None is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{join(children)}</{name}>\n")


def bullets(items: Iterable[Child], ordered: bool = False, class_: str | None = None) -> Html:
    """A list, or nothing where there are no items."""
    entries = [tag("li", item) for item in items]
    return tag("ol" if ordered else "ul", *entries, class_=class_) if entries else Html("")


def paragraphs(texts: Iterable[Child]) -> Html:
    """A paragraph for each text that is not empty."""
    return join([tag("p", text) for text in texts if text])


def table(heads: tuple[str, ...], rows: Iterable[tuple[Child, ...]], caption: str) -> Html:
    """A table with row headings; columns that are empty in every row are left out, as is an empty table."""
    kept_rows = list(rows)
    if not kept_rows:
        return Html("")
    columns = [i for i in range(len(heads)) if any(join(row[i]) for row in kept_rows)]
    head = tag("tr", *(tag("th", heads[i], scope="col") for i in columns))
    body = [
        tag("tr", *(tag("td", row[i]) if i else tag("th", row[i], scope="row") for i in columns))
        for row in kept_rows
    ]
    return tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body))


def link(target: str, text: Child) -> Html:
    """A link inside the page, or to a web address; other addresses are shown as text only."""
    if target.startswith(("#", "https://", "http://")):
        return Html(str(tag("a", text, href=target)).rstrip("\n"))
    return join(text)


def picture(svg: str, prefix: str, caption: str, class_: str) -> Html:
    """A figure with the SVG inside the page; its ids get a prefix, so that several can stand on one page."""
    drawing = svg[max(svg.find("<svg"), 0) :]
    ids = re.findall(r'\bid="([^"]+)"', drawing)
    for name in sorted(set(ids), key=len, reverse=True):
        safe = re.escape(name)
        drawing = re.sub(rf'\bid="{safe}"', f'id="{prefix}-{name}"', drawing)
        drawing = re.sub(rf'(href="|url\()#{safe}(?=["\)])', rf"\1#{prefix}-{name}", drawing)
    drawing = re.sub(
        r'(aria-(?:labelledby|describedby)=")([^"]+)',
        lambda m: m[1] + " ".join(f"{prefix}-{name}" for name in m[2].split()),
        drawing,
    )
    scroll = tag("div", Html(drawing), class_="scroll", tabindex="0", role="group", aria_label=caption)
    return tag("figure", tag("figcaption", caption), scroll, class_=class_)
