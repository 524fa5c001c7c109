"""The activities of a foreign PlanDefinition: services, tests of the standard library, and medication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careplan.export.fhir.names import system_name
from careplan.importing.fhir.documents import Documents, Json
from careplan.importing.fhir.medicines import course, drug_of
from careplan.importing.fhir.seen import Seen
from careplan.importing.fhir.standard import measure_of
from careplan.importing.fhir.timing import minutes_of, rate, whole_days
from careplan.importing.imported import Block, Names, remark
from careplan.plan.words.sizes import minutes_words, range_words
from careplan.plan.words.texts import quoted

_CODE = re.compile(r"\d+(\.\d+)?(-[0-9A-Za-z][0-9A-Za-z-]*)?|[A-Z][0-9A-Z.]*[0-9][0-9A-Z.]*")


class Activities:
    """What is given and measured; each is declared once, and its lines stand in the phases."""

    def __init__(self, documents: Documents, names: Names, lost: list[str]) -> None:
        self.documents = documents
        self.names = names
        self.lost = lost
        self.blocks: list[Block] = []
        self.roots: list[Seen] = []
        self.uses_library = False
        self._known: dict[str, list[str]] = {}  # the names of services by their title
        self._given: set[tuple[str, str]] = set()  # a phase, and a service that has a line in it
        self._uncounted: list[str] = []
        self._definitions: dict[int, Seen] = {}

    def lines(self, action: Seen, phase: str, longest: int | None) -> Iterator[str]:
        """The lines of a phase that an action comes to; of one that holds others, theirs."""
        inner = action.parts("action")
        if inner:
            title = action.words("title") or action.words("id")
            self.lost.append(
                f"the group “{title}”: a phase has no groups, and its activities stand one by one"
            )
            yield from self.conditions(action, f"the group “{title}”")
            for each in inner:
                yield from self.lines(each, phase, longest)
            return
        definition = self._definition(action)
        definition.value("status")
        title = _title(action, definition)
        yield from self.conditions(action, f"“{title}”")
        codes = [*_codes(action.value("code") or []), *_codes([definition.value("code") or {}])]
        if definition.words("kind") in (
            "MedicationRequest",
            "MedicationAdministration",
            "MedicationStatement",
        ):
            free = not action.content.get("condition")
            yield from self._medicine(definition, title, phase, free)
            return
        often = self._often(action, definition, title, longest)
        if often is None:
            yield remark(f"FHIR activity, not brought over: {title}")
            return
        measure = measure_of(codes)
        if measure is not None:
            self.uses_library = True
            self.names.taken.add(measure)
            yield f"assess {measure} {often}"
            return
        yield f"{self._service(action, definition, title, phase, codes)} {often}"

    def conditions(self, action: Seen, what: str) -> Iterator[str]:
        """Conditions, as remarks: the language cannot say what another system computes."""
        for each in action.parts("condition"):
            expression = each.part("expression")
            words = [expression.words(key) for key in ("description", "language", "expression", "reference")]
            said = "; ".join(filter(None, words)) or "without words"
            self.lost.append(f"a condition of {what} became a remark: {said[:120]}")
            yield remark(f"FHIR condition ({each.words('kind')}): {said}")

    # ---- parts

    def _definition(self, action: Seen) -> Seen:
        canonical = action.words("definitionCanonical")
        found = self.documents.activity(canonical)
        if found is None:
            if canonical:
                self.lost.append(f"the definition {canonical} is not in the file")
            return Seen({}, "ActivityDefinition")
        return self._seen(found)

    def _seen(self, definition: Json) -> Seen:
        if id(definition) not in self._definitions:
            self._definitions[id(definition)] = Seen(definition, "ActivityDefinition")
            self.roots.append(self._definitions[id(definition)])
        return self._definitions[id(definition)]

    def _service(
        self, action: Seen, definition: Seen, title: str, phase: str, codes: list[tuple[str, str]]
    ) -> str:
        for name in self._known.get(title, ()):
            if (phase, name) not in self._given:  # two lines of one service would have to share their weeks
                self._given.add((phase, name))
                return name
        name = self.names.new(title, "service")
        self._known.setdefault(title, []).append(name)
        self._given.add((phase, name))
        lines = ["hours not counted", *_notes(action, definition, title)]
        minutes = _session_minutes(action, definition)
        if minutes is not None:
            lines.insert(0, f"length {minutes_words(minutes)}")
        for each in (*action.parts("participant"), *definition.parts("participant")):
            each.value("type")
        roles = [
            each.concept("role") for each in (*action.parts("participant"), *definition.parts("participant"))
        ]
        lines += [f"staff {quoted(role)}" for role in dict.fromkeys(filter(None, roles))]
        for system, code in dict.fromkeys(codes):
            if _CODE.fullmatch(code):
                lines.append(f"code {system} {code}")
            else:
                self.lost.append(f"of “{title}”: the code {system} {code}")
        self.blocks.append(Block(f"therapy {name} {quoted(title)}", lines))
        self._uncounted.append(name)
        return name

    def tell_uncounted(self) -> None:
        """Say of which services a person has to say whether they count as clinical hours."""
        if self._uncounted:
            self.lost.append(
                "whether minutes are clinical hours, FHIR does not say; take out `hours not counted` where so"
                f": {', '.join(self._uncounted)}"
            )

    def _often(self, action: Seen, definition: Seen, title: str, longest: int | None) -> str | None:
        timing = action.part("timingTiming") or definition.part("timingTiming")
        repeat = timing.part("repeat")
        said = rate(repeat)
        self.lost += [f"of “{title}”: {lost}" for lost in said.lost]
        if said.words is not None:
            return " ".join(filter(None, (said.words, self._weeks(action, repeat, title, longest))))
        if said.lost:
            return None
        words = timing.concept("code")
        self.lost.append(
            f"“{title}”: no timing that the language knows{f' ({words})' if words else ''}; it stands as "
            "`once`: correct it"
        )
        return "once"

    def _weeks(self, action: Seen, repeat: Seen, title: str, longest: int | None) -> str:
        """`in weeks 3 to 6`, from how long a timing goes on, and how long after the phase's start."""
        length, _ = (
            whole_days(repeat.part("boundsDuration")) if repeat.content.get("boundsDuration") else (None, "")
        )
        later = 0
        for related in action.parts("relatedAction"):
            offset, relationship = related.part("offsetDuration"), related.words("relationship")
            days, problem = whole_days(offset) if offset else (None, "")
            related.value("actionId")
            if relationship == "after-start" and days is not None:
                later = days
            else:
                self.lost.append(f"of “{title}”: it stands {relationship} another action {problem}".rstrip())
        last = later + length if length is not None else longest
        if (later == 0 and length is None) or last is None or (longest is not None and last > longest):
            return ""
        if later == 0 and last == longest:
            return ""
        unit = 7 if later % 7 == 0 and last % 7 == 0 else 1
        word = "week" if unit == 7 else "day"
        first, end = later // unit + 1, last // unit
        return f"in {word if first == end else word + 's'} {range_words(first, end)}"

    def _medicine(self, definition: Seen, title: str, phase: str, free: bool) -> Iterator[str]:
        """A course that is plain in every part; `free`: no condition of another system's holds it back."""
        product = definition.part("productCodeableConcept")
        drug = drug_of(product)
        doses = course(definition.parts("dosage"))
        why = "its doses are not plain amounts at plain times" if free else "its condition cannot be said"
        why = "it is not in the formulary" if drug is None else why
        if drug is None or not doses or not free:
            self.lost.append(f"the medication “{title}”: {why}; it became a remark")
            yield remark(f"FHIR medication, not brought over: {title}")
            return
        name = self.names.new(title, "medication")
        lines = [f"drug {drug}", f"start in {phase}", *doses, f"stop at end of {phase}"]
        self.blocks.append(Block(f"medication {name} {quoted(title)}", lines))


def _title(action: Seen, definition: Seen) -> str:
    words = [action.words("title"), definition.words("title"), action.words("description")]
    words += [definition.words("description"), action.words("textEquivalent"), action.words("id")]
    return next((each[:80] for each in words if each), "Activity")


def _notes(action: Seen, definition: Seen, title: str) -> list[str]:
    said = (action.words("description"), definition.words("description"), action.words("textEquivalent"))
    return [f"note {quoted(words)}" for words in dict.fromkeys(said) if words and words != title]


def _session_minutes(action: Seen, definition: Seen) -> int | None:
    repeat = (action.part("timingTiming") or definition.part("timingTiming")).part("repeat")
    minutes = minutes_of(repeat.value("duration"), repeat.words("durationUnit"))
    for part in (action.part("timingDuration"), definition.part("timingDuration")):
        minutes = minutes or minutes_of(part.value("value"), part.words("code") or part.words("unit"))
        part.value("system")
        part.value("unit")
    return minutes


def _codes(concepts: list[Json]) -> list[tuple[str, str]]:
    """The codes of concepts, each with the language's name of its system."""
    found = []
    for coding in (coding for concept in concepts for coding in concept.get("coding", [])):
        system = system_name(str(coding.get("system", "")))
        if system is not None and "code" in coding:
            found.append((system, str(coding["code"])))
    return found
