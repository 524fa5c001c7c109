"""Ids, addresses and code systems. All are made of the plan's own names: the same plan, the same ids."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import NamedTuple

URN = "urn:careplan"
LINE = f"{URN}:line"
"""Extension: one line of the language that FHIR has no place for."""
BLOCK = f"{URN}:block"
"""Extension: a whole block of the language that FHIR has no place for."""
VALUES = f"{URN}:values"
"""Extension: the end of a block's header, such as what values a measure can have."""
KIND = f"{URN}:kind"
"""Code system: which block or line of a plan an action or a definition is."""
LEVEL = f"{URN}:level"
"""Code system: levels of care, as the plan's rule packs number them."""
EXPRESSION = f"{URN}:expression-language"
"""Extension: the language of an expression that is none of the three that FHIR names."""
LANGUAGE = "text/x-careplan"
"""The language of an expression: a condition in the words of the plan."""

SYSTEMS = {
    "atc": "http://www.whocc.no/atc",
    "cpt": "http://www.ama-assn.org/go/cpt",
    "hcpcs": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "icd-10-cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "loinc": "http://loinc.org",
    "ndc": "http://hl7.org/fhir/sid/ndc",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "snomed": "http://snomed.info/sct",
}
"""The addresses of code systems by their names in the language."""

_LONGEST_ID = 64


def system_address(name: str) -> str:
    """The address of a code system; one that is not known here gets an address of our own."""
    return SYSTEMS.get(name, f"{URN}:code-system:{name}")


def system_name(address: str) -> str | None:
    """The language's name of the code system at an address; None if it has none."""
    own = f"{URN}:code-system:"
    known = {where: name for name, where in SYSTEMS.items()}
    return address.removeprefix(own) if address.startswith(own) else known.get(address)


def resource_id(*parts: str) -> str:
    """An id of at most 64 letters, digits, hyphens and dots: `oud-step-down.process-group`."""
    whole = ".".join(re.sub(r"[^A-Za-z0-9-]", "-", part) for part in parts)
    if len(whole) <= _LONGEST_ID:
        return whole
    return f"{whole[: _LONGEST_ID - 11]}-{hashlib.sha256(whole.encode()).hexdigest()[:10]}"


def machine_name(*parts: str) -> str:
    """A name for programs, as FHIR wants it: `OudStepDown`; it begins with a letter."""
    words = [word for part in parts for word in re.split(r"[^A-Za-z0-9]+", part) if word]
    name = "".join(word[0].upper() + word[1:] for word in words)
    return (name if name[:1].isalpha() else f"P{name}")[:255]


def stable_uuid(*parts: str) -> str:
    """A UUID that depends on `parts` and nothing else."""
    return str(uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, URN), "\x1f".join(parts)))


class Home(NamedTuple):
    """Where the definitions of one plan live: `base` is a server's address, such as https://clinic.example/fhir.

    Without it, definitions have names of our own (urn:careplan:…) in the place of addresses.
    """

    plan: str
    version: str | None
    base: str | None = None

    def id(self, name: str | None = None) -> str:
        """The id of the plan's definition, or of the one of its element `name`."""
        return resource_id(self.plan) if name is None else resource_id(self.plan, name)

    def url(self, kind: str, name: str | None = None) -> str:
        """The canonical address of a definition."""
        if self.base is not None:
            return f"{self.base.rstrip('/')}/{kind}/{self.id(name)}"
        return ":".join((URN, kind, self.plan, *((name,) if name else ())))

    def canonical(self, kind: str, name: str | None = None) -> str:
        """The address with the plan's version, as other resources refer to it."""
        return self.url(kind, name) + (f"|{self.version}" if self.version else "")
