# Sourced by the scripts: makes cargo known when rustup has just put it under the home folder.
if ! command -v cargo >/dev/null && [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
if ! command -v cargo >/dev/null; then
  echo "Rust がありません。rustup（https://rustup.rs）で入れてから、もう一度実行してください。" >&2
  echo "Rust is missing: install it with rustup (https://rustup.rs), then run this again." >&2
  exit 1
fi
# Guests of the sandbox are built for this target.
if command -v rustup >/dev/null && ! rustup target list --installed | grep -q '^wasm32-wasip2$'; then
  rustup target add wasm32-wasip2
fi
