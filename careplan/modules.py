"""Finding the modules of a folder: rules and checks are found by being there."""

from __future__ import annotations

import os
from os import PathLike


def modules_in(folder: str | PathLike[str]) -> list[str]:
    """The names of the modules in a folder of the package, in order; none where there is no such folder."""
    if not os.path.isdir(folder):
        return []
    files = [name for name in sorted(os.listdir(folder)) if name.endswith(".py") and name != "__init__.py"]
    return [name.removesuffix(".py") for name in files]
