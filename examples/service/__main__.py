"""Starts the service: `python examples/service --plans examples`."""

from __future__ import annotations

import argparse
from pathlib import Path

import uvicorn
from clinic.app import make_app
from clinic.plans import plans_in


def main() -> None:
    """Read the plans, open the database, and serve until stopped."""
    parser = argparse.ArgumentParser(prog="service", description="What is due for whom, by care plans.")
    parser.add_argument("--plans", type=Path, required=True, help="a folder of .careplan files")
    parser.add_argument("--database", type=Path, default=Path("clinic.sqlite"), help="made if need be")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    wanted = parser.parse_args()
    plans, problems = plans_in(wanted.plans)
    for problem in problems:
        print(f"left out: {problem}", flush=True)
    if not plans:
        parser.error(f"no plan in {wanted.plans} can be used")
    app = make_app(plans, wanted.database)
    print(
        f"{len(plans)} plans; listening on http://{wanted.host}:{wanted.port} (stop with Ctrl+C)", flush=True
    )
    uvicorn.run(app, host=wanted.host, port=wanted.port, log_level="warning")


if __name__ == "__main__":
    main()
