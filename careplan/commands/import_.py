"""`careplan import`: a plan of another program, in the language."""

from __future__ import annotations

import sys

import click

from careplan.commands.group import VerbCommand


@click.command(
    "import",
    cls=VerbCommand,
    examples=(
        "careplan import plan.json --from fhir                          # to look at",
        "careplan import plan.json --from fhir -o my-plan.careplan",
    ),
)
@click.argument("file", metavar="FILE")
@click.option("--from", "origin", type=click.Choice(["fhir"]), required=True, help="What the file holds.")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; - or nothing: the standard output.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def import_(file: str, origin: str, output: str | None, force: bool) -> int:  # noqa: ARG001 - one origin so far
    """Bring a plan into the language: formatted and checked, with all that could not be brought over.

    FILE is a FHIR R4 PlanDefinition, or a Bundle that holds one with its ActivityDefinitions; - is the
    standard input. A plan that careplan exported comes back as it was. What is missing is told on the error
    stream; the exit code is 1 if the plan has errors that a person must mend first.
    """
    from careplan.commands.importing import brought_in, read_document, written
    from careplan.commands.trouble import at_work_on
    from careplan.importing.imported import ImportProblem

    document = read_document(file)
    with at_work_on(file):
        try:
            text, left_out, errors = brought_in(document)
        except ImportProblem as problem:
            raise click.ClickException(f"{file}: {problem}") from problem
    written(text, output, force)
    for line in left_out:
        print(f"not carried: {line}", file=sys.stderr)
    print(errors, end="", file=sys.stderr)
    return 1 if errors else 0
