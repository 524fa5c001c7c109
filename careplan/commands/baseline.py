"""A baseline: findings that were there before, kept in a file, which a check does not report again.

It is JSON with a line for each finding: its file (from the baseline's folder), its name, the words of its
line, and its number among equal ones. So it survives moved lines, and reads well in a review.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from typing import NamedTuple

from careplan.files import FileProblem, printable, write_atomically
from careplan.report import Findings
from careplan.report.fingerprint import Key, keys
from careplan.report.root import relative
from careplan.rules.names import is_fundamental

FORMAT_VERSION = 1


class Baseline(NamedTuple):
    """The findings that a file holds; `known` None: every one, for a baseline that is being written."""

    file: str
    folder: str
    here: str
    known: frozenset[Key] | None

    def split(self, findings: Findings) -> tuple[Findings, tuple[Key, ...]]:
        """The findings that are not held, and the keys of those that are.

        What makes a plan meaningless is never held.
        """
        kept, held = [], []
        for d, key in zip(findings.diagnostics, keys(findings, self.path), strict=True):
            if (self.known is None or key in self.known) and not is_fundamental(d.name):
                held.append(key)
            else:
                kept.append(d)
        return findings._replace(diagnostics=tuple(kept)), tuple(held)

    def path(self, file: str) -> str:
        """The name of a file in the baseline."""
        return file if file.startswith("<") else relative(file, self.folder, self.here)

    def stale(self, held: Collection[Key], checked: Collection[str]) -> list[Key]:
        """What the baseline holds of the checked files, or of files that are gone, and was not found."""
        return [
            key
            for key in sorted(self.known or ())
            if key not in held
            and (key.file in checked or not os.path.exists(os.path.join(self.folder, key.file)))
        ]


def new_baseline(file: str) -> Baseline:
    """A baseline that holds whatever is found."""
    return Baseline(file, os.path.dirname(os.path.realpath(file)), os.path.realpath("."), None)


def read_baseline(file: str) -> Baseline:
    """The baseline in that file; FileProblem if it is none."""
    try:
        with open(file, encoding="utf-8") as text:
            content = json.load(text)
    except FileNotFoundError:
        raise FileProblem(file, "there is no such baseline; `--write-baseline` writes one") from None
    except OSError as trouble:
        raise FileProblem(file, f"this baseline cannot be read ({trouble.strerror})") from None
    except (ValueError, RecursionError):
        raise FileProblem(file, "this is no baseline: it is not JSON") from None
    return new_baseline(file)._replace(known=frozenset(_keys(file, content)))


def write_baseline(baseline: Baseline, held: Iterable[Key]) -> None:
    """Put the findings into the baseline's file in one step."""
    rows = ",\n".join("  " + json.dumps(key._asdict(), ensure_ascii=False) for key in sorted(set(held)))
    text = f'{{"format_version": {FORMAT_VERSION}, "findings": [\n{rows}\n]}}\n'
    write_atomically(baseline.file, text)


def told(key: Key) -> str:
    """An entry in a few words."""
    return printable(f"{key.file}: {key.name}" + (f" on `{key.line}`" if key.line else ""))


def _keys(file: str, content: object) -> Iterable[Key]:
    if not isinstance(content, dict) or not isinstance(content.get("findings"), list):
        raise FileProblem(file, "this is no baseline: it has no list of `findings`")
    if content.get("format_version") != FORMAT_VERSION:
        raise FileProblem(
            file,
            f"this baseline is of another version than {FORMAT_VERSION}; write it anew with --write-baseline",
        )
    for number, row in enumerate(content["findings"], 1):
        try:
            key = Key(**row)
        except TypeError:
            key = Key("", "", "", 0)
        if not key.file or tuple(map(type, key)) != (str, str, str, int):
            raise FileProblem(file, f"this is no baseline: finding {number} is not as careplan writes them")
        yield key
