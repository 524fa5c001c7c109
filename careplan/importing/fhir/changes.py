"""What was changed in a PlanDefinition of ours since it was written, beside the words that were read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from careplan.export.fhir.definitions import definitions_bundle
from careplan.importing.fhir.documents import Documents, Json
from careplan.reading import read_text

_MOST = 20
_BOOKKEEPING = ("meta", "text", "date", "contained", "id")  # what servers add or change of their own


def changes(documents: Documents, text: str) -> Iterator[str]:
    """A line for each element that differs from what careplan writes of the plan that `text` says."""
    plan = read_text(text).plan
    if plan is None:
        return  # its errors are reported by the check
    url = str(documents.plan.get("url", ""))
    base = url.rsplit("/PlanDefinition/", 1)[0] if "/PlanDefinition/" in url else None
    ours = {e["resource"]["url"]: e["resource"] for e in definitions_bundle(plan, base)["entry"]}
    found = []
    for theirs in (documents.plan, *documents.activities):
        own = ours.get(theirs.get("url", ""))
        name = "the plan" if theirs is documents.plan else f"`{str(theirs.get('url')).split(':')[-1]}`"
        if own is None:
            found.append(f"{name}: careplan does not know this definition")
        else:
            found += _differences(own, theirs, name)
    yield from found[:_MOST]
    if len(found) > _MOST:
        yield f"{len(found) - _MOST} more differences from what careplan writes"
    if documents.others:
        yield f"resources of other kinds: {', '.join(documents.others)}"


def _differences(own: Json, theirs: Json, where: str) -> Iterator[str]:
    for key in dict.fromkeys((*own, *theirs)):
        if key in _BOOKKEEPING and where.count("›") == 0:
            continue
        ours, other = own.get(key), theirs.get(key)
        if ours == other:
            continue
        if key == "action" and isinstance(ours, list) and isinstance(other, list):
            yield from _actions(ours, other, where)
        else:
            what = "added" if ours is None else "taken out" if other is None else "changed"
            yield f"{where}: `{key}` was {what} outside of careplan; the plan's own words were kept"


def _actions(own: list[Any], theirs: list[Any], where: str) -> Iterator[str]:
    known = {str(action.get("id")): action for action in own}
    given = {str(action.get("id")): action for action in theirs}
    for id_ in dict.fromkeys((*known, *given)):
        if id_ not in given:
            yield f"{where} › `{id_}`: this action was taken out outside of careplan"
        elif id_ not in known:
            title = given[id_].get("title", id_)
            yield f"{where} › `{title}`: this action was added outside of careplan, and is left out"
        else:
            yield from _differences(known[id_], given[id_], f"{where} › `{id_}`")
