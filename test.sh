#!/usr/bin/env bash
# Installs what the tests need and runs them all. Prints the CPU seconds of each part.
#   ./test.sh            everything
#   ./test.sh --no-install   the same without touching the system's packages
set -euo pipefail
cd "$(dirname "$0")"
TIMEFORMAT='   %R s elapsed, %U s user + %S s system CPU'
part() { echo; echo "== $1"; shift; time "$@"; }

if [ "${1:-}" = "--no-install" ]; then
  # Only here, and only when it is not there already: everywhere else a missing language server fails its tests.
  [ -x target/editors/node_modules/yaml-language-server/bin/yaml-language-server ] || export YAKIN_TEST_NO_EDITOR=1
else
  part "install what is missing" .ci/install.sh test
fi
. .ci/rust.sh

cleanup() { .ci/postgres.sh stop >/dev/null 2>&1 || true; }
trap cleanup EXIT
echo; echo "== a private PostgreSQL"
YAKIN_TEST_POSTGRES=$(.ci/postgres.sh start)
export YAKIN_TEST_POSTGRES

part "format" cargo fmt --all -- --check
part "lints" cargo clippy --locked --all-targets -- -D warnings
if command -v cargo-deny >/dev/null; then
  part "licences, duplicates, sources" cargo deny --offline check licenses bans sources
fi
part "build the tests" cargo test --locked --no-run
part "tests" cargo test --locked
echo
if [ -n "${YAKIN_TEST_NO_EDITOR:-}" ]; then echo "left out: editors.rs (the language server is not installed)"; fi
echo "all parts passed"
