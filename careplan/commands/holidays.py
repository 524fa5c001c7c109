"""Closed days: those of a country and state from the `holidays` package, or from a file of dates."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

YEARS = 25
"""How many years from admission on are looked up."""
_PLACE = re.compile(r"([A-Za-z]{2})(?:-([A-Za-z0-9]{1,3}))?")


def holidays_of(said: str, start: date) -> dict[date, str]:
    """The closed days that `--holidays` names, with their names."""
    if Path(said).exists():
        return _from_file(said)
    place = _PLACE.fullmatch(said)
    if place is None:
        raise click.UsageError(f"`--holidays {said}` is neither a file nor a country such as US or US-IL")
    return _of_country(place[1].upper(), (place[2] or "").upper() or None, start)


def _of_country(country: str, state: str | None, start: date) -> dict[date, str]:
    try:
        import holidays
    except ImportError:
        raise click.UsageError(
            "the holidays of a country need one more package: pip install 'careplan[calendar]'; "
            "or name a file with a date and a name on each line"
        ) from None
    try:
        found = holidays.country_holidays(country, subdiv=state, years=range(start.year, start.year + YEARS))
    except NotImplementedError as unknown:
        known = holidays.list_supported_countries()
        if country not in known:
            raise click.UsageError(f"the holidays of `{country}` are not known") from unknown
        states = ", ".join(known[country])
        raise click.UsageError(f"`{country}` has no part `{state}`; it has: {states}") from unknown
    return dict(found)


def _from_file(path: str) -> dict[date, str]:
    """Dates with their names, one a line: `2026-07-03 Independence Day`; `#` begins a remark."""
    from careplan.files import read_source

    found: dict[date, str] = {}
    for number, line in enumerate(read_source(Path(path)).text.splitlines(), start=1):
        words = line.split("#", 1)[0].strip()
        if not words:
            continue
        day, _, name = words.replace(",", " ", 1).partition(" ")
        try:
            found[date.fromisoformat(day)] = name.strip().strip('"') or "a closed day"
        except ValueError:
            raise click.UsageError(
                f"{path}, line {number}: `{day}` is no date; a line reads `2026-07-03 Independence Day`"
            ) from None
    return found
