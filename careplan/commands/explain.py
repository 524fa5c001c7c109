"""`careplan explain`: the page of a finding, or what a word of the language says."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from careplan.commands.group import VerbCommand

_PAGES = Path(__file__).resolve().parents[1] / "pages"


@click.command(
    cls=VerbCommand,
    examples=("careplan explain phase-without-exit", "careplan explain lasts", "careplan explain --list"),
)
@click.argument("words", nargs=-1, metavar="NAME")
@click.option("--list", "list_", is_flag=True, help="List everything that can be explained.")
def explain(words: tuple[str, ...], list_: bool) -> int:
    """Explain a finding of `careplan check` or a word of the language.

    A finding's page says what it finds, why that matters and what to do, with a plan that has the fault and
    one that does not.
    """
    if list_:
        for each, summary in sorted(_everything().items()):
            print(f"{each:32} {summary}".rstrip())
        return 0
    name = " ".join(words).removeprefix("error[").removesuffix("]")
    if not name:
        raise click.UsageError("say what to explain, for example: careplan explain phase-without-exit")
    text = _page(name)
    if text is None:
        raise click.UsageError(_unknown(name))
    sys.stdout.write(text)
    return 0


def _page(name: str) -> str | None:
    """The text on `name` for a terminal; None if there is none."""
    from careplan.commands.output import wants_colour
    from careplan.commands.page import page_text

    file = _PAGES / f"{name}.md"
    if name in _page_names():
        return page_text(file.read_text("utf-8"), wants_colour(sys.stdout))
    from careplan.commands.word import word_text

    return word_text(name)


def _page_names() -> list[str]:
    return sorted(path.stem for path in _PAGES.glob("*.md"))


def _everything() -> dict[str, str]:
    """Every name that has a page or a row, and a few words on it."""
    from careplan.commands.word import words
    from careplan.report.pages import first_sentence

    pages = {name: first_sentence((_PAGES / f"{name}.md").read_text("utf-8")) for name in _page_names()}
    return {**dict.fromkeys(words(), "a word of the language"), **pages}


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name.lower(), _everything(), 3, 0.6)
    meant = f"; did you mean {' or '.join(f'`{c}`' for c in close)}?" if close else ""
    return f"there is no page on `{name}`{meant or '; `careplan explain --list` lists all'}"
