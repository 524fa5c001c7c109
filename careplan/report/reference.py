"""The language reference, as Markdown, from the vocabulary and the grammar."""

from __future__ import annotations

from collections.abc import Iterator

from careplan.vocabulary import (
    BLOCKS,
    CONDITIONS,
    HOW_OFTEN,
    STORIES,
    UNITS,
    WHERE,
    Block,
    Line,
    Word,
    example,
)

_INTRODUCTION = """\
# The careplan language

<!-- Written by `python -m careplan.report.reference` from careplan/vocabulary.py and the grammar. -->

One line is one sentence, led by its keyword. A block is a header line and the lines after it, up to the
next header; indentation and blank lines mean nothing. A line that begins with `and` or `or`, or that follows
a line ending in a comma, continues the one before. Remarks begin with `#`. Files end in `.careplan`, are
UTF-8, and hold one `plan`, or none: then they are a library for others to `use`.

Names are in lower case, joined by hyphens; texts for people stand in quotes. `to` makes every range, and both
ends belong to it. Every number has its unit, except counts, scores and levels.
"""

_MEANING = """\
## What time means

[Each rule with an example](time.md); in short:

- Day 1 of a phase is the day on which it is entered. Week n is its days 7n-6 to 7n. Day 1 of the plan is
  admission. Weekdays are calendar weekdays.
- On any day: services and assessments fall due; attendance and results are recorded; courses of medication
  start, step on or stop; then the ways out are tried: `anytime` first, then the phase's own in the order
  written, and on the last day `at end`. At most one is taken; the next phase begins on the next day.
- `step down`, `move` and a planned `discharge` wait for the minimum and for a review day (and the last day);
  `step up` and an unplanned `discharge` are decided every day.
- Counts, streaks, attendance and the latest result belong to the visit to the phase. `for 4 weeks`,
  `falls by` and `taking … for` belong to the whole stay; `since admission` widens the others.
- What was never measured is unknown, and never fires a way out.
- A test `at start` stands for the first that the same line would bring in week 1: `assess phq-9 at start,
  every 4 weeks` is once in weeks 1, 5 and 9. One `at end` is left out where the line's rhythm
  brings one in the same week.
- What decides on today's sessions (`while`, `when`, `after`) is what was known on the evening before.
- `once in weeks 2, 6 and 10` is once for each item of the list, a range such as `5 to 6` being one item.
- A floating service sits on fixed weekdays by its count: 1 Wed; 2 Tue Thu; 3 Mon Wed Fri; 4 Mon Tue Thu Fri;
  5 Mon to Fri; 6 Mon to Sat; 7 all.
- In a scenario, `on day N` records exactly that, due or not; `from …` and `in …` answer the tests that fall
  due and make none. Of two lines about one measure and one day the later wins; when its time is over, the
  earlier one holds again. Results that are listed answer the due tests in order, and may not be more than
  these. A due test that no line answers was not offered: it has no result, and is not missing. Sessions
  that no line speaks of are attended.
- Expectations are read in order. `expect phase P on day N`: is in P on that day. `expect phase P by …`:
  enters P up to then, after the point at which the expectation before it was met; admission counts as
  entering the first phase.
- A claim ranges over every fact that the plan admits, every weekday of admission, every result (or none) of
  each due test, and every due session attended or missed. It is looked at once a day, before the ways out
  are tried. `always` is broken where its condition is false, `never` where it is true; what is unknown
  breaks neither.
- `restart` begins the phase anew. `resume` goes on at the first day of the week after the one that was left;
  the time away does not count.
"""


def reference() -> str:
    """The whole reference page."""
    parts = [_INTRODUCTION, "## Blocks\n"]
    parts += [_block(block) for block in BLOCKS]
    for title, words in (
        ("How often", HOW_OFTEN),
        ("Where in the week, which weeks, and for whom", WHERE),
        ("Conditions", CONDITIONS),
        ("Scenarios and claims", STORIES),
        ("Units", UNITS),
    ):
        parts.append(f"## {title}\n\n" + "\n".join(_rows(words)) + "\n")
    parts.append(_MEANING)
    return "\n".join(parts)


def _block(block: Block) -> str:
    lines = [f"### `{block.word}`", "", block.says, "", f"```careplan\n{example(block.rule)}\n```"]
    if block.lines:
        lines += ["", "| line | says | for example |", "|---|---|---|", *map(_line, block.lines)]
    return "\n".join(lines) + "\n"


def _line(line: Line) -> str:
    examples = "<br>".join(f"`{example(rule)}`" for rule in line.rules)
    name = line.words if line.words.startswith("the ") else f"`{line.words}`"
    return f"| {name} | {line.says} | {examples} |"


def _rows(words: tuple[Word, ...]) -> Iterator[str]:
    yield "| words | say |"
    yield "|---|---|"
    for word in words:
        yield f"| `{word.words}` | {word.says} |"


def main() -> None:
    """Print the reference."""
    print(reference(), end="")


if __name__ == "__main__":
    main()
