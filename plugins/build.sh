#!/usr/bin/env bash
# Builds the guests in Rust, and puts the script engine beside yakin and the plugins into this folder.
#   plugins/build.sh            for cargo's target folder of this repository
#   plugins/build.sh --no-hostile   without what only the tests need
set -euo pipefail
cd "$(dirname "$0")"
target=${CARGO_TARGET_DIR:-$PWD/../target}
mkdir -p "$target"
target=$(cd "$target" && pwd)

if ! rustc --print target-libdir --target wasm32-wasip2 2>/dev/null | xargs -r test -d; then
  command -v rustup >/dev/null || { echo "The Rust target wasm32-wasip2 is missing, and there is no rustup to add it." >&2; exit 1; }
  rustup target add wasm32-wasip2
fi

packages=(-p yakin-javascript -p zengin -p meibo)
[ "${1:-}" = "--no-hostile" ] || packages+=(-p plain -p hostile)
CARGO_TARGET_DIR=$target/guests cargo build --locked --release --target wasm32-wasip2 "${packages[@]}"

built=$target/guests/wasm32-wasip2/release
for plugin in zengin meibo; do cp "$built/$plugin.wasm" .; done
# Before yakin itself is built the folders are not there yet; it is put there all the same.
for profile in debug release; do
  mkdir -p "$target/$profile"
  cp "$built/yakin_javascript.wasm" "$target/$profile/yakin-javascript.wasm"
done
