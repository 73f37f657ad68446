#!/usr/bin/env bash
# The language server that editors use for YAML, for the tests: put under target/ with its pinned versions (npm checks their
# hashes), and its path printed. What is there already is not fetched again.
set -euo pipefail
cd "$(dirname "$0")/.."

home=$PWD/target/editors
server=$home/node_modules/yaml-language-server/bin/yaml-language-server
lock=tests/editors/package-lock.json
if [ ! -x "$server" ] || ! cmp -s "$lock" "$home/package-lock.json"; then
  command -v npm >/dev/null || { echo "npm is missing: .ci/install.sh test installs it." >&2; exit 1; }
  mkdir -p "$home"
  cp tests/editors/package.json "$lock" "$home/"
  if ! (cd "$home" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2); then
    rm -f "$home/package-lock.json"
    echo "The language server could not be fetched by npm. Its tests are left out." >&2
    exit 1
  fi
fi
echo "$server"
