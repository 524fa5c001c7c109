"""A FHIR resource that remembers what was read of it, so that an import can tell what it passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from careplan.importing.fhir.documents import Json
from careplan.plan.words import counted

_BOOKKEEPING = frozenset(
    "resourceType id meta text implicitRules language contained url identifier name date experimental".split()
)
_MOST = 30


class Seen:
    """An element and its path; reading a part marks it."""

    def __init__(self, content: Json, path: str = ""):
        self.content = content
        self.path = path
        self._read: set[str] = set()
        self._parts: dict[str, list[Seen]] = {}

    def value(self, key: str) -> Any:
        """The part as it is, or None; all of it counts as read."""
        self._read.add(key)
        return self.content.get(key)

    def words(self, key: str) -> str:
        """The part as one line of text; empty if it is none."""
        value = self.value(key)
        return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""

    def part(self, key: str) -> Seen:
        """The element within; an empty one if it is not there."""
        found = self.parts(key)
        return found[0] if found else Seen({}, key)

    def parts(self, key: str) -> list[Seen]:
        """The elements within."""
        self._read.add(key)
        if key not in self._parts:
            value = self.content.get(key, [])
            items = value if isinstance(value, list) else [value]
            path = f"{self.path}.{key}".strip(".")
            self._parts[key] = [Seen(item, path) for item in items if isinstance(item, dict)]
        return self._parts[key]

    def concept(self, key: str) -> str:
        """The words of a concept, or of its first code."""
        part = self.part(key)
        codings = part.parts("coding")
        displays = [each.words("display") or each.words("code") for each in codings]
        for each in codings:
            each.value("system")
        return part.words("text") or next(iter(displays), "")

    def __bool__(self) -> bool:
        return bool(self.content)

    def unread(self) -> Iterator[str]:
        """The paths of everything in here that was not read."""
        for key in self.content:
            if key not in self._read and key not in _BOOKKEEPING:
                yield f"{self.path}.{key}".strip(".")
        for parts in self._parts.values():
            for part in parts:
                yield from part.unread()


def passed_over(*roots: Seen) -> Iterator[str]:
    """What was not read, each kind of element in a line of its own."""
    counts = Counter(path for root in roots for path in root.unread())
    for path, count in list(counts.items())[:_MOST]:
        times = f" ({counted(count, 'time')})" if count > 1 else ""
        yield f"FHIR's `{path}`{times}: the language has no place for it"
    if len(counts) > _MOST:
        yield f"{len(counts) - _MOST} more kinds of elements that the language has no place for"
