#!/usr/bin/env bash
# Installs what is missing on Debian or Ubuntu: `install.sh demo` for the demo, `install.sh test` for the tests too.
set -euo pipefail
what=${1:-demo}

missing=()
need() { # need COMMAND PACKAGE
  command -v "$1" >/dev/null || missing+=("$2")
}
need cc build-essential
need curl curl
need chromium chromium
need chromedriver chromium-driver
# Japanese glyphs, so that pictures of pages can be read.
fc-list :lang=ja 2>/dev/null | grep -q . || missing+=(fontconfig fonts-ipafont-gothic)
if [ "$what" = test ]; then
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  # For the editors' language server.
  need node nodejs
  need npm npm
fi
if ! command -v cargo >/dev/null && [ ! -f "$HOME/.cargo/env" ]; then
  command -v rustup >/dev/null || missing+=(rustup)
fi
if [ ${#missing[@]} -gt 0 ]; then
  sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "installing: ${missing[*]}"
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # Ubuntu's chromium package is a snap; Debian's own name works on both where it exists.
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "nothing is missing"
fi
if ! command -v cargo >/dev/null && command -v rustup >/dev/null; then
  rustup toolchain install "$(sed -n 's/^channel = "\(.*\)"/\1/p' "$(dirname "$0")/../rust-toolchain.toml")" \
    --profile minimal --component clippy,rustfmt
fi
if [ "$what" = test ]; then
  "$(dirname "$0")/editors.sh" || echo "tests/editors.rs will be left out"
fi
