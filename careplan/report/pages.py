"""The pages of the findings: what each finds, why it matters and what to do, in Markdown."""

from __future__ import annotations

import re


def page_of(name: str) -> str:
    """The page of a finding; empty if it has none."""
    from careplan.rules.names import structure_pages
    from careplan.rules.packs import all_rules

    return structure_pages().get(name) or next((rule.page for rule in all_rules() if rule.name == name), "")


def first_sentence(page: str) -> str:
    """What the page finds, in its first sentence."""
    for paragraph in page.split("\n\n"):
        text = " ".join(paragraph.split())
        if text and not text.startswith(("#", "severity:")):
            return re.split(r"(?<=[.!?])\s", text)[0]
    return ""
