"""`careplan new`: a plan to start from."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from careplan.commands.group import VerbCommand

STARTER = "starter"


@click.command(
    cls=VerbCommand,
    examples=("careplan new my-plan.careplan", "careplan new my-plan.careplan --from matrix-iop"),
)
@click.argument("path", required=False, metavar="FILE")
@click.option("--from", "template", default=STARTER, metavar="NAME", help="Which plan to start from.")
@click.option("--list", "list_", is_flag=True, help="List the plans to start from, and write nothing.")
def new(path: str | None, template: str, list_: bool) -> int:
    """Write a plan to start from: a short one that says what each line is for, or a copy of an example.

    It asks nothing and never overwrites a file. Change what it says; then check it.
    """
    from careplan.files import SUFFIX, read_source, write_new

    known = templates()
    if list_:
        for name in known:
            print(name)
        return 0
    if path is None:
        raise click.UsageError("say which file to write, for example: careplan new my-plan.careplan")
    if template not in known:
        raise click.UsageError(f"there is no plan `{template}` to start from; there are: {', '.join(known)}")
    target = Path(path if path.endswith(SUFFIX) else path + SUFFIX)
    text = read_source(known[template]).text
    write_new(target, re.sub(r"^plan [a-z0-9-]+", f"plan {plan_name(target)}", text, count=1, flags=re.M))
    print(f"wrote {target}; next: careplan check {target}", file=sys.stderr)
    return 0


def templates() -> dict[str, Path]:
    """The plans to start from, by name: the starter, then the examples."""
    package = Path(__file__).resolve().parents[1]
    beside, above = package / "examples", package.parent / "examples"  # installed; in a checkout
    examples = sorted((beside if beside.is_dir() else above).glob("*.careplan"))
    return {STARTER: package / "commands" / f"{STARTER}.careplan", **{p.stem: p for p in examples}}


def plan_name(path: Path) -> str:
    """A plan's name made of a file's: kebab-case, beginning with a letter."""
    words = re.findall(r"[a-z0-9]+", path.stem.lower())
    name = "-".join(words)
    return name if name[:1].isalpha() else f"plan-{name}".rstrip("-")
