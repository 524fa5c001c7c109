"""What a word of the language says, for the terminal, from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.vocabulary import Block, Line, Word, all_words, example, find


def word_text(word: str) -> str | None:
    """Everything that the vocabulary has on `word`; None if it has nothing."""
    rows = find(word)
    if not rows:
        return None
    said: dict[tuple[str, str], list[str]] = {}
    for block, row in rows:
        key = ("\n".join(_said(row)), row.says)
        said.setdefault(key, []).append(block)
    return "\n".join(text + _where(blocks) for (text, _), blocks in said.items())


def words() -> list[str]:
    """Every word that can be explained."""
    return all_words()


def _said(row: Block | Line | Word) -> Iterator[str]:
    if isinstance(row, Block):
        yield f"{row.word} (a block)\n\n  {row.says}\n\n" + _example(row.rule)
        if row.lines:
            yield "  Its lines: " + ", ".join(line.words.split(",")[0] for line in row.lines) + "\n"
    else:
        yield f"{row.words}\n\n  {row.says}\n"
        if isinstance(row, Line):
            yield "".join(_example(rule) for rule in row.rules)


def _example(rule: str) -> str:
    lines = example(rule).split("\n")
    return "".join(f"    {line}\n" for line in lines if line.strip())


def _where(blocks: list[str]) -> str:
    named = [block for block in blocks if block]
    return f"\n  A line of: {', '.join(named)}\n" if named else ""
