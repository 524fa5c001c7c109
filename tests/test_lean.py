"""`careplan check`, in a process of its own, finds the same without pydantic as with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ("examples", "careplan/library", "tests/corpus/good", "tests/corpus/plans", "tests/corpus/reports")
WITH_PYDANTIC = (
    "import sys, careplan.plan.model; from careplan.commands.main import main;"
    "sys.exit(main(['check', *sys.argv[1:]]))"
)


def printed(*command: str) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, *command], capture_output=True, text=True, cwd=ROOT, check=False)
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("folder", CORPORA)
def test_the_same_is_found(folder: str) -> None:
    lean = printed("-m", "careplan", "check", folder, "--format", "json", "--jobs", "1")
    whole = printed("-c", WITH_PYDANTIC, folder, "--format", "json", "--jobs", "1")
    assert lean == whole


def test_no_pydantic_is_loaded_to_check_and_all_of_it_for_the_rest() -> None:
    code, told = printed("-X", "importtime", "-m", "careplan", "check", "examples/matrix-iop.careplan")
    assert (code, "pydantic" in told) == (0, False)
    code, told = printed("-X", "importtime", "-m", "careplan", "show", "examples/matrix-iop.careplan")
    assert (code, "pydantic" in told) == (0, True)
    code, told = printed(
        "-c", "import careplan; print(careplan.load('examples/matrix-iop.careplan').model_dump()['name'])"
    )
    assert (code, told.strip()) == (0, "matrix-iop")


def test_lean_models_are_frozen_values() -> None:
    code, told = printed(
        "-c",
        "from careplan import lean; lean.turn_on();"
        "from careplan.plan.model import Test;"
        "a, b = (Test(subject='days', operator='>=', value=n) for n in (3.0, 3.0));"
        "assert a == b and hash(a) == hash(b) and a != b.model_copy(update={'value': 4.0});"
        "assert dict(a)['percent'] is False\n"
        "wrongs = (lambda: setattr(a, 'value', 1), lambda: Test(subject='days'), lambda: Test(nonsense=1))\n"
        "for wrong in wrongs:\n"
        "    try: wrong()\n"
        "    except TypeError: print('refused')",
    )
    assert (code, told.split()) == (0, ["refused"] * 3)
