"""`careplan explain`: the page of a finding or a pack, what a word of the language says, or the rule book."""

from __future__ import annotations

import sys

import click

from careplan.commands.group import VerbCommand


@click.command(
    cls=VerbCommand,
    examples=(
        "careplan explain phase-without-exit",
        "careplan explain otp-federal",
        "careplan explain lasts",
        "careplan explain --list",
        "careplan explain --all --format markdown > rules.md",
    ),
)
@click.argument("words", nargs=-1, metavar="NAME")
@click.option("--list", "list_", is_flag=True, help="List everything that can be explained.")
@click.option("--all", "all_", is_flag=True, help="The whole rule book: every pack and every finding.")
@click.option(
    "--format", "format_", type=click.Choice(("text", "markdown")), default="text", help="text or markdown."
)
def explain(words: tuple[str, ...], list_: bool, all_: bool, format_: str) -> int:
    """Explain a finding of `careplan check`, a pack of rules, or a word of the language.

    A finding's page says what it finds, why that matters, what it rests on and what to do, with a plan that
    has the fault and one that does not. A pack's page says for whom it is, its version and since when it is
    in force, and lists its rules.
    """
    if list_:
        for each, summary in sorted(_everything().items()):
            print(f"{each:32} {summary}".rstrip())
        return 0
    name = " ".join(words).removeprefix("error[").removesuffix("]")
    if not name and not all_:
        raise click.UsageError("say what to explain, for example: careplan explain phase-without-exit")
    page = _book() if all_ else _page(name)
    if page and format_ == "text":
        from careplan.commands.output import wants_colour
        from careplan.commands.page import page_text

        page = page_text(page, wants_colour(sys.stdout))
    text = page or _word(name)
    if text is None:
        raise click.UsageError(_unknown(name))
    sys.stdout.write(text)
    return 0


def _book() -> str:
    from careplan.report.rulebook import rule_book

    return rule_book()


def _page(name: str) -> str:
    """The page of a finding or a pack, in Markdown; empty if there is none."""
    from careplan.report.rulebook import finding_page, pack_page

    return finding_page(name) or pack_page(name)


def _word(name: str) -> str | None:
    from careplan.commands.word import word_text

    return word_text(name)


def _everything() -> dict[str, str]:
    """Every name that has a page or a row, and a few words on it."""
    from careplan.commands.word import words
    from careplan.report.pages import first_sentence, page_of
    from careplan.rules.names import STRUCTURE, severities
    from careplan.rules.packs import packs

    named = {STRUCTURE: "a pack of rules, in force for every plan"}
    named |= {name: f"a pack of rules: {pack.title}" for name, pack in packs().items()}
    pages = {name: first_sentence(page_of(name)) for name in severities()}
    return {**dict.fromkeys(words(), "a word of the language"), **named, **pages}


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name.lower(), _everything(), 3, 0.6)
    meant = f"; did you mean {' or '.join(f'`{c}`' for c in close)}?" if close else ""
    return f"there is no page on `{name}`{meant or '; `careplan explain --list` lists all'}"
