"""Microseconds of a fresh extism plugin and one call of the same function."""

import os
import statistics
import time
from pathlib import Path

import extism
from extism.extism import CompiledPlugin

compiled = CompiledPlugin({"wasm": [{"data": Path(os.environ["EXTISM_GUEST"]).read_bytes()}]})
figures = []
for _ in range(300):
    began = time.perf_counter()
    with extism.Plugin(compiled) as plugin:
        answer = plugin.call("add", b'{"a":1,"b":2}', parse=bytes)
    figures.append((time.perf_counter() - began) * 1e6)
    assert answer == b"3"
print(f"{statistics.median(figures):.1f}")
