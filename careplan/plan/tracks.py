"""What facts make of something: one answer for each track that differs, with words for the track."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import product
from typing import NamedTuple, TypeVar

from careplan.plan.facts import MOST_ASSIGNMENTS, Facts, FactValue, deciding_facts, holds, regions
from careplan.plan.model import Condition, Plan

T = TypeVar("T", bound=Hashable)
EVERYONE_ELSE = "everyone else"


class Track(NamedTuple):
    """A set of fact values, and words for it such as `track is evening`; no words where nothing differs."""

    words: str
    facts: Facts


def by_track(
    plan: Plan, conditions: Iterable[Condition | None], compute: Callable[[Facts], T]
) -> list[tuple[Track, T]]:
    """The answers of `compute` for the facts that the conditions look at, equal answers told once.

    A fact that never changes the answer is left out of the words. What `admit when` rules out does not occur.
    """
    wanted = list(conditions)
    names = deciding_facts(plan, wanted)
    facts = {fact.name: fact for fact in plan.facts}
    choices = [regions(facts[name], [*wanted, plan.admit]) for name in names]
    answers: dict[tuple[int, ...], T] = {}
    for key in product(*(range(len(c)) for c in choices)):
        if len(answers) >= MOST_ASSIGNMENTS:
            break
        values = {n: c[i].value for n, c, i in zip(names, choices, key, strict=True)}
        if holds(plan.admit, values) is not False:
            answers[key] = compute(values)
    telling = [place for place in range(len(names)) if _differs(answers, place)]
    tracks: dict[T, tuple[list[str], dict[str, FactValue]]] = {}
    for key, answer in answers.items():
        words = ", ".join(choices[place][key[place]].words for place in telling)
        facts_of = {names[place]: choices[place][key[place]].value for place in range(len(names))}
        said, _ = tracks.setdefault(answer, ([], facts_of))
        if words not in said:
            said.append(words)
    labels = _words([said for said, _ in tracks.values()], len(telling))
    found = [
        (Track(said, values), answer)
        for said, (answer, (_, values)) in zip(labels, tracks.items(), strict=True)
    ]
    return sorted(found, key=lambda pair: pair[0].words == EVERYONE_ELSE)


def _words(groups: list[list[str]], facts: int) -> list[str]:
    """Words for each track from those for its combinations; the one that would be long is `everyone else`."""
    if len(groups) == 1:
        return [""]
    longest = max(groups, key=len)
    return [
        EVERYONE_ELSE if group is longest and len(group) > (2 if facts == 1 else 1) else _either(group, facts)
        for group in groups
    ]


def _either(words: list[str], facts: int) -> str:
    """`track is day or evening`: what the words begin with is said once."""
    first, *others = words
    subject, is_, _ = first.partition(" is ")
    if facts == 1 and is_ and all(other.startswith(subject + is_) for other in others):
        return " or ".join([first, *(other.removeprefix(subject + is_) for other in others)])
    return " or ".join(words)


def _differs(answers: dict[tuple[int, ...], T], place: int) -> bool:
    """Whether the fact at this place of the keys changes an answer while the others stay."""
    first: dict[tuple[int, ...], T] = {}
    for key, answer in answers.items():
        rest = (*key[:place], *key[place + 1 :])
        if first.setdefault(rest, answer) != answer:
            return True
    return False
