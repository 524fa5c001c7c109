"""The rule book, as Markdown: every pack, and the page of every finding, with its sources and their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from careplan.plan.words import listed, number_words
from careplan.report.pages import first_sentence
from careplan.rules.facts import CONFIRM, facts
from careplan.rules.names import STRUCTURE, structure_pages
from careplan.rules.packs import Pack, all_rules, packs, packs_of, rules_of
from careplan.rules.rule import Rule

_FACT = re.compile(r"source: fact `([^`]+)`")
_ADDRESS = re.compile(r"source: (.+), (https?://\S+)")
_LEAVE_OUT = "not reported: "

_INTRODUCTION = f"""\
# The rule book

<!-- Written by `careplan explain --all --format markdown`. -->

What `careplan check` finds, pack by pack. The packs `{STRUCTURE}` and `clarity` are in force for every plan,
the others for plans whose `follows` line names them, and where a clinic's settings do. A page says what a
finding is, why it matters, what it rests on and what it leaves alone, and shows a plan with the fault and one
without.

Each number stands in one table with its source and how sure it is. A number that was read at its source may
be an error; one whose primary text is known and was not read is a warning at most, and both the page and the
finding say that it is {CONFIRM}. Nothing here is clinical or legal advice.
"""


def finding_page(name: str) -> str:
    """The page of a finding, of a rule or of the structure; empty if there is none of that name."""
    if name in structure_pages():
        return structure_pages()[name]
    return next((_rule_page(rule) for rule in all_rules() if rule.name == name), "")


def pack_page(name: str) -> str:
    """A pack: for whom it is, its version and dates, and what its rules find; empty if there is none."""
    if name == STRUCTURE:
        found = {n: first_sentence(page) for n, page in structure_pages().items()}
        what = "What the language and the checks of a whole plan find. In force for every plan."
        return f"# {STRUCTURE}\n\n{what}\n\n{_items(found)}\n"
    pack = packs().get(name)
    if pack is None:
        return ""
    rules = {rule.name: first_sentence(rule.page) for rule in rules_of(name)}
    whether = "In force for every plan." if pack.always else f"In force for plans that say `follows {name}`."
    return f"# {name}\n\n{pack.title}. {whether}\n\n{_described(pack)}\n\n{_items(rules)}\n"


def rule_book() -> str:
    """Everything: the packs, then the pages of the rules by folder, then those of the structure."""
    parts = [_INTRODUCTION, "## Packs\n", *_pack_table(), ""]
    folders = dict.fromkeys(rule.folder for rule in all_rules())
    for folder in sorted(folders, key=lambda name: (name != "clarity", name)):
        rules = [rule for rule in all_rules() if rule.folder == folder]
        parts += [f"## {_folder_title(rules[0])}\n", *(_nested(_rule_page(rule)) for rule in rules)]
    parts += [f"## `{STRUCTURE}`: what the language and the checks of a whole plan find\n"]
    parts += [_nested(page) for page in structure_pages().values()]
    return "\n".join(parts)


def _rule_page(rule: Rule) -> str:
    prose, fence, plans = rule.page.partition("```")
    body: list[str] = []
    sources: list[str] = []
    for paragraph in re.split(r"\n\s*\n", prose.strip()):
        if paragraph.startswith("source: "):
            sources += [_source(line) for line in paragraph.split("\n")]
        elif paragraph.startswith(_LEAVE_OUT):
            body.append("Not reported:\n\n" + _bullets(_split(paragraph.removeprefix(_LEAVE_OUT))))
        else:
            body.append(paragraph)
    if sources:
        body.insert(-1, "It rests on:\n\n" + _bullets(sources))
    head = [f"# {rule.name}", f"severity: {rule.severity.word}", _packs_line(rule)]
    return "\n\n".join([*head, *body, fence + plans.strip()]) + "\n"


def _packs_line(rule: Rule) -> str:
    names = packs_of(rule)
    versions = (f"`{name}` (version {packs()[name].version}, {packs()[name].jurisdiction})" for name in names)
    return f"pack{'s' if len(names) > 1 else ''}: {', '.join(versions)}"


def _source(line: str) -> str:
    """A source with what was read there: a number of the table, or a text."""
    if number := _FACT.fullmatch(line):
        fact = facts()[number[1]]
        said = f"{number_words(fact.value)} {fact.unit}: {fact.source}"
        return f"{said}, {'read at' if fact.mark == 'verified' else f'{CONFIRM}:'} <{fact.url}>"
    if address := _ADDRESS.fullmatch(line):
        read = "" if CONFIRM in address[1] else ", read at"
        return f"{address[1]}{read} <{address[2]}>"
    return line.removeprefix("source: ")


def _split(text: str) -> list[str]:
    """The parts between semicolons, as sentences have them."""
    return [part.strip().rstrip(".") for part in " ".join(text.split()).split("; ")]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _items(of: dict[str, str]) -> str:
    return _bullets(f"`{name}`: {words}" for name, words in of.items())


def _described(pack: Pack) -> str:
    return f"Jurisdiction: {pack.jurisdiction}. Version {pack.version}. In force: {_dates(pack)}."


def _dates(pack: Pack) -> str:
    ends = [("from", pack.effective_from), ("to", pack.effective_to)]
    return " ".join(f"{word} {day}" for word, day in ends if day) or "no date in its sources"


def _pack_table() -> Iterator[str]:
    yield "| pack | stands for | jurisdiction | version | in force |"
    yield "|---|---|---|---|---|"
    yield f"| `{STRUCTURE}` | The language, and the plan as a whole | everywhere | 1 | always |"
    for name, pack in packs().items():
        when = "always" if pack.always else _dates(pack)
        yield f"| `{name}` | {pack.title} | {pack.jurisdiction} | {pack.version} | {when} |"


def _folder_title(rule: Rule) -> str:
    if rule.folder in packs():
        return f"`{rule.folder}`: {packs()[rule.folder].title}"
    return f"Shared by {listed(f'`{name}`' for name in packs_of(rule))}"


def _nested(page: str) -> str:
    return f"##{page}" if page.startswith("# ") else page
