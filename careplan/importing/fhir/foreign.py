"""A PlanDefinition of somebody else's, as far as the language goes.

Top actions that hold others become phases, in their order in time; the actions within them become services,
tests or medication. Nothing is made up: where FHIR says no length, the phase is left when the team says so,
and no minutes count as clinical hours until a person has said that they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.importing.fhir.activities import Activities
from careplan.importing.fhir.documents import Documents
from careplan.importing.fhir.order import in_order
from careplan.importing.fhir.seen import Seen, passed_over
from careplan.importing.fhir.timing import whole_days
from careplan.importing.imported import Block, Imported, ImportProblem, Names
from careplan.plan.words.sizes import duration_range_words, duration_words
from careplan.plan.words.texts import listed_words, quoted

_JUDGEMENT = "the team agrees that this phase is complete"


def foreign_plan(documents: Documents) -> Imported:
    """The plan's text, and what it could not bring over."""
    return _Import(documents).run()


class _Import:
    def __init__(self, documents: Documents) -> None:
        self.root = Seen(documents.plan)
        self.documents = documents
        self.names = Names()
        self.lost: list[str] = []
        self.sources: list[Block] = []
        self.activities = Activities(documents, self.names, self.lost)
        self.judged = ""  # the measure that says that a phase is complete, if one is needed

    def run(self) -> Imported:
        """Everything, in the order in which a plan is read."""
        title = self.root.words("title") or self.root.words("name") or self.root.words("id")
        name = self.names.new(title, "plan")
        self.root.value("title")
        plan = Block(f"plan {name}" + (f" {quoted(title)}" if title else ""), self._head())
        plan.lines += self._cites(self.root.parts("relatedArtifact"))
        phases = self._phases()
        plan.lines.append(f"start in {self.first}")
        outcome = Block(f"outcome {self.end} {quoted('Came to the end of the plan')}", ["planned"])
        blocks = [*self.sources, *self._judgement(), *self.activities.blocks, *phases, outcome]
        uses = 'use "library/measures"\n\n' if self.activities.uses_library else ""
        text = uses + "".join(block.text for block in (plan, *blocks))
        roots = (self.root, *self.activities.roots)
        self.activities.tell_uncounted()
        if self.documents.others:
            self.lost.append(f"resources of other kinds: {', '.join(self.documents.others)}")
        return Imported(name, text, (*dict.fromkeys(self.lost), *passed_over(*roots)))

    def _head(self) -> Iterator[str]:
        version = self.root.words("version")
        if re.fullmatch(r"\d+\.\d+\.\d+", version):
            yield f"version {version}"
        elif version:
            self.lost.append(f"the version `{version}`: the language writes versions as 1.0.0")
        status = self.root.words("status")
        if status in ("draft", "active", "retired"):
            yield f"status {status}"
        yield from self._effective(self.root.part("effectivePeriod"))
        authors = [each.words("name") for each in self.root.parts("author")]
        authors = [author for author in (*authors, self.root.words("publisher")) if author]
        if authors:
            yield f"author {listed_words(dict.fromkeys(authors))}"
        for key in ("subtitle", "description", "purpose", "usage", "copyright"):
            yield from self._notes(self.root, key)
        for goal in self.root.parts("goal"):
            words = goal.concept("description")
            if words:
                self.lost.append(
                    f"the goal “{words}” became a note: a goal needs what is to be reached, with `reach`"
                )
                yield f"note {quoted(f'Goal: {words}')}"

    def _effective(self, period: Seen) -> Iterator[str]:
        days = [period.words(key)[:10] for key in ("start", "end")]
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", days[0]):
            yield f"effective {days[0]}" + (f" to {days[1]}" if len(days[1]) == 10 else "")
        elif any(days):
            self.lost.append("the time in which the plan is in force: it has no first day")

    def _notes(self, part: Seen, key: str) -> Iterator[str]:
        text = str(part.value(key) or "")
        yield from (
            f"note {quoted(paragraph)}" for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()
        )

    def _cites(self, artifacts: list[Seen]) -> Iterator[str]:
        for each in artifacts:
            type_, words = each.words("type"), each.words("display") or each.words("citation")
            url = (
                each.words("url")
                or str((each.value("document") or {}).get("url", ""))
                or each.words("resource")
            )
            words = words or each.words("label") or url
            if type_ not in ("citation", "documentation", "justification", "derived-from") or not words:
                self.lost.append(f"a related artifact ({type_}): {words or 'without words'}")
                continue
            name = self.names.new(each.words("label") or words, "source")
            self.sources.append(
                Block(f"source {name} {quoted(words)}", [f"url {quoted(url)}"] if url else [])
            )
            yield f"cite {name}"

    # ---- phases

    def _phases(self) -> list[Block]:
        actions = self.root.parts("action")
        if not actions:
            raise ImportProblem("this PlanDefinition has no actions: there is no plan in it to bring over")
        groups = _groups(actions)
        ordered, cyclic = in_order(groups)
        if cyclic:
            self.lost.append("the order of the phases: it goes in a circle; they stand as in the file")
        names = [self.names.new(_title(group) or "phase", "phase") for group in ordered]
        self.first = names[0]
        self.end = self.names.new("completed", "outcome")
        return [
            self._phase(group, name, following)
            for group, name, following in zip(ordered, names, (*names[1:], None), strict=True)
        ]

    def _phase(self, group: Seen | list[Seen], name: str, following: str | None) -> Block:
        title = _title(group)
        block = Block(f"phase {name}" + (f" {quoted(title)}" if title else ""))
        inside = group
        length = None
        if isinstance(group, Seen):
            inside = group.parts("action")
            length = self._length(group, title)
            block.lines += self._about(group, title)
        if length is not None:
            block.lines.append(f"lasts {length[0]}")
        assert isinstance(inside, list)
        for action in inside:
            block.lines += self.activities.lines(action, name, length[1] if length else None)
        way = f"move to {following}" if following else f"discharge as {self.end}"
        if length is not None:
            block.lines.append(f"at end {way}")
        else:
            self.judged = self.judged or self.names.new("phase-is-complete", "measure")
            block.lines += [f"assess {self.judged} as needed", f"{way} when {self.judged}"]
            self.lost.append(
                f"`{name}`: FHIR says no length, so it is left when {_JUDGEMENT}; add `lasts …` if it has one"
            )
        return block

    def _about(self, group: Seen, title: str) -> Iterator[str]:
        for key in ("description", "textEquivalent"):
            words = group.words(key)
            if words and words != title:
                yield f"note {quoted(words)}"
        yield from self._cites(group.parts("documentation"))
        yield from self.activities.conditions(group, f"the phase “{title}”")

    def _length(self, group: Seen, title: str) -> tuple[str, int] | None:
        """The length in words, and its maximum in days."""
        exact, ends = group.part("timingDuration"), group.part("timingRange")
        bounds = group.part("timingTiming").part("repeat").part("boundsDuration")
        if exact or bounds:
            days, problem = whole_days(exact or bounds)
            if days is not None:
                return duration_words(days), days
            self.lost.append(f"how long the phase “{title}” lasts: {problem}")
        elif ends:
            low, _ = whole_days(ends.part("low"))
            high, problem = whole_days(ends.part("high"))
            if high is not None:
                return (duration_range_words(low, high) if low else f"up to {duration_words(high)}"), high
            self.lost.append(f"how long the phase “{title}” lasts: {problem}")
        return None

    def _judgement(self) -> Iterator[Block]:
        if self.judged:
            yield Block(f"measure {self.judged} {quoted(_JUDGEMENT.capitalize())} yes or no")


def _groups(actions: list[Seen]) -> list[Seen | list[Seen]]:
    """The phases: an action that holds others, or a run of actions that hold none."""
    groups: list[Seen | list[Seen]] = []
    for action in actions:
        if action.content.get("action"):
            groups.append(action)
        elif groups and isinstance(groups[-1], list):
            groups[-1].append(action)
        else:
            groups.append([action])
    return groups


def _title(group: Seen | list[Seen]) -> str:
    if isinstance(group, list):
        return "Care"
    return group.words("title") or group.words("description")[:60] or group.words("id")
