#!/usr/bin/env bash
# Runs one of the scripts beside it with a Python that has extism, in a virtual environment below cargo's target folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${CARGO_TARGET_DIR:-$here/../../../target}
home=$target/bench-python
if [ ! -x "$home/bin/python" ]; then
  python3 -m venv "$home" >&2
  "$home/bin/pip" install --quiet --disable-pip-version-check extism==1.1.1 >&2
fi
if [[ "$1" == *extism* ]]; then
  rustup target list --installed | grep -q wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown >&2
  CARGO_TARGET_DIR=$target/guests cargo build --quiet --locked --release --target wasm32-unknown-unknown \
    --manifest-path "$here/extism/Cargo.toml" >&2
fi
EXTISM_GUEST=$target/guests/wasm32-unknown-unknown/release/extism_add.wasm exec "$home/bin/python" "$1"
