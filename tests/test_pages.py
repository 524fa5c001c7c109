"""Every diagnostic has a page, and the plans on the page are its tests."""

from __future__ import annotations

import pytest
from pages import Page, raised_names, read_pages

from careplan.diagnostics import worst
from careplan.reading import read_text

PAGES = read_pages()
OF_CHECKS = raised_names("plan/checks")
NEEDS_FILES = {"use-cycle", "use-too-deep", "use-outside", "no-plan"}
"""What one text alone cannot show; other tests raise it."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_bad_raises_just_this(page: Page) -> None:
    assert page.bad or page.name in NEEDS_FILES
    for plan in page.bad:
        found = read_text(plan).diagnostics
        assert {d.name for d in found} == {page.name}, [d.message for d in found]
        severity = worst(found)
        assert severity is not None
        assert severity.word == page.severity


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_good_raises_nothing(page: Page) -> None:
    assert page.good or page.name in NEEDS_FILES
    for plan in page.good:
        assert [d.message for d in read_text(plan).diagnostics] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_has_its_form(page: Page) -> None:
    lines = page.text.splitlines()
    assert lines[0] == f"# {page.name}"
    prose = page.text.split("```")[0].split("\n\n")[2:]
    assert len([part for part in prose if part.strip()]) >= 2, "what it finds, and why it matters"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_bad_plan_is_told(page: Page) -> None:
    for plan in page.bad:
        for found in read_text(plan).diagnostics:
            assert not found.message.endswith("."), found.message
            assert found.help or found.here or page.name not in OF_CHECKS
            assert found.span.line >= 1
            assert "None" not in found.message + found.help


def test_every_name_has_a_page_and_every_page_a_name() -> None:
    assert raised_names() == {page.name for page in PAGES}
