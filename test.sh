#!/usr/bin/env bash
# Installs what the tests need and runs them all. Prints the CPU seconds of each part.
#   ./test.sh            everything
#   ./test.sh --no-install   the same without touching the system's packages
#   ./test.sh --long         also plugins in Python and new ones in Rust (fetches componentize-py and crates)
set -euo pipefail
cd "$(dirname "$0")"
TIMEFORMAT='   %R s elapsed, %U s user + %S s system CPU'
part() { echo; echo "== $1"; shift; time "$@"; }

[ "${1:-}" = "--no-install" ] || part "install what is missing" .ci/install.sh test
# On a network without npm packages nothing but this one module is left out, and the end says so.
[ -x target/editors/node_modules/yaml-language-server/bin/yaml-language-server ] || export YAKIN_TEST_NO_EDITOR=1
. .ci/rust.sh

cleanup() { .ci/postgres.sh stop >/dev/null 2>&1 || true; }
trap cleanup EXIT
echo; echo "== a private PostgreSQL"
YAKIN_TEST_POSTGRES=$(.ci/postgres.sh start)
export YAKIN_TEST_POSTGRES

part "build the guests" plugins/build.sh
part "test the guests" env CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/guests" \
  cargo test --locked --lib --manifest-path plugins/Cargo.toml -p zengin -p meibo
part "format" cargo fmt --all -- --check
part "lints" cargo clippy --locked --all-targets --features failpoints -- -D warnings
if command -v cargo-deny >/dev/null; then
  part "licences, duplicates, sources" cargo deny --offline check licenses bans sources
  part "the same of the guests" cargo deny --offline --manifest-path plugins/Cargo.toml check --config deny.toml licenses bans sources
fi
part "build the tests" cargo test --locked --features failpoints --no-run
part "tests" cargo test --locked --features failpoints
if [ "${1:-}" = "--long" ]; then
  tools=${CARGO_TARGET_DIR:-target}/componentize
  [ -x "$tools/bin/componentize-py" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet componentize-py==0.25.1; }
  export PATH="$(cd "$tools/bin" && pwd):$PATH"
  YAKIN_TEST_TOOLCHAINS=1 part "plugins in Python and Rust" cargo test --locked --features failpoints --test all plugin::toolchains
fi
echo
if [ -n "${YAKIN_TEST_NO_EDITOR:-}" ]; then echo "LEFT OUT: editors.rs (its language server could not be fetched)"; fi
echo "all parts passed"
