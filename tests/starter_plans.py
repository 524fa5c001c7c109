"""The starter plan, and slips in it; `write` puts a text into a file of the working folder."""

from __future__ import annotations

from pathlib import Path

from careplan.commands.new import templates

PLAN = templates()["starter"].read_text("utf-8")
HYPHEN = PLAN.replace("lasts 8 to 12 weeks", "lasts 8-12 weeks")
ERROR = PLAN.replace("discharge as completed", "discharge as complete")
LINE = ERROR[: ERROR.index("discharge as complete\n")].count("\n") + 1
assert len({PLAN, HYPHEN, ERROR}) == 3


def warnings(times: int) -> str:
    """A plan with that many equal warnings, each on a line of its own and the lines alike."""
    return PLAN + "\n" + "".join(f"fact spare-{n} one of a, b\n" for n in range(times))


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
