"""The figures of the README: ratios against named peers, each measured in one run.

python -m pip install -e '.[bench]'
python benchmarks/run.py [--rounds 9] [--json FILE] [NAME ...]
"""

from __future__ import annotations

import argparse
import compileall
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import cases
import plans


def main() -> int:
    """Run the chosen cases and print a line for each; 1 if an aim is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="the cases to run (default: all)")
    parser.add_argument("--rounds", type=int, default=9, help="how often each pair is timed")
    parser.add_argument("--json", type=Path, help="write the results to this file too")
    arguments = parser.parse_args()
    # An installed package has its bytecode; a checkout in which a file was just edited may not.
    compileall.compile_dir(plans.ROOT / "careplan", quiet=1)
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for name, case in chosen(arguments.names):
            result = case(Path(folder), arguments.rounds)
            results.append({"name": name, **result._asdict()})
            verdict = "ok  " if result.value <= result.aim else "MISS"
            print(
                f"{verdict} {name:<22} {result.value:7.2f}  (aim {result.aim:g})  {result.what}", flush=True
            )
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    return int(any(r["value"] > r["aim"] for r in results))


def chosen(names: list[str]) -> Iterator[tuple[str, Callable[[Path, int], cases.Result]]]:
    """The cases of these names, or all."""
    for name, case in cases.CASES.items():
        if not names or name in names:
            yield name, case


if __name__ == "__main__":
    raise SystemExit(main())
