#!/bin/sh
# Installs this kit. Nothing is fetched: every hash is checked first, then files are copied.
#   ./install.sh [--prefix /opt/yakin] [--office /srv/yakin] [--user yakin] [--units FOLDER]
set -eu

prefix=/opt/yakin
office=/srv/yakin
user=yakin
units=
say() { printf '%s\n' "$1" "  $2"; }
fail() {
  say "エラー: $1" "error: $2" >&2
  exit 1
}
while [ $# -gt 0 ]; do
  case $1 in
  --prefix | --office | --user | --units)
    [ $# -ge 2 ] || fail "$1 の後に値がありません。" "$1 needs a value."
    eval "${1#--}=\$2"
    shift 2
    ;;
  *) fail "「$1」という指定はありません。" "$1 is not known." ;;
  esac
done
[ -n "$units" ] || units=$prefix/lib/systemd/system
case $prefix$office$user$units in
*[!A-Za-z0-9/._-]*) fail "置き場所と利用者の名前は、英数字と / . _ - で書いてください。" "Places and user: letters, digits, / . _ - only." ;;
esac
case $prefix in /*) ;; *) prefix=$(pwd)/$prefix ;; esac
case $office in /*) ;; *) office=$(pwd)/$office ;; esac
case $units in /*) ;; *) units=$(pwd)/$units ;; esac
cd "$(dirname "$0")"

command -v sha256sum >/dev/null || fail "sha256sum がないので、ハッシュを確かめられません。" "sha256sum is missing: hashes cannot be checked."
sha256sum -c SHA256SUMS >/dev/null 2>&1 ||
  fail "ファイルが、作ったときと違います。使わずに、写し直してください（sha256sum -c SHA256SUMS で、どれかが分かります）。" \
    "A file is not what was packed. Do not use it; copy the kit again (sha256sum -c SHA256SUMS tells which)."
made_for=$(sed -n 's/^  "arch": "\(.*\)",$/\1/p' MANIFEST.json)
[ "$made_for" = "$(uname -m)" ] ||
  fail "このキットは $made_for 用です。この機械は $(uname -m) です。" "The kit is for $made_for; this machine is $(uname -m)."

# Only what the list names is copied; packages are installed by the system's own tool.
packages=
while read -r _ file; do
  case $file in
  *.deb)
    packages=yes
    continue
    ;;
  bin/* | browser/* | models/* | docs/*) ;;
  *) continue ;;
  esac
  mkdir -p "$prefix/$(dirname "$file")"
  # A program that runs cannot be written over, but it can be replaced.
  cp "$file" "$prefix/$file.new"
  if [ -x "$file" ]; then chmod 755 "$prefix/$file.new"; else chmod 644 "$prefix/$file.new"; fi
  mv -f "$prefix/$file.new" "$prefix/$file"
done <SHA256SUMS
mkdir -p "$units"
for unit in yakin@.service yakin@.timer; do
  sed -e "s|@PREFIX@|$prefix|g" -e "s|@OFFICE@|$office|g" -e "s|@USER@|$user|g" "units/$unit" >"$units/$unit"
done
"$prefix/bin/yakin" --version >/dev/null ||
  fail "入れましたが、yakin が動きません。この機械の C ライブラリーが古いのかもしれません（./bin/yakin kit check . で分かります）。" \
    "Installed, but yakin does not start; this machine's C library may be too old."

say "入れました: $prefix" "installed: $prefix"
say "次にすること:" "next:"
step() { printf '    %-60s # %s / %s\n' "$1" "$2" "$3"; }
[ -z "$packages" ] || step "sudo dpkg -i $(pwd)/browser/*.deb" "ブラウザーを入れる" "install the browser"
step "export PATH=$prefix/bin:\$PATH" "命令の置き場所を教える" "where the command is"
step "yakin init $office" "事務所を作る" "make an office"
step "yakin --office $office doctor --offline" "足りないものを調べる" "see what is missing"
step "sudo systemctl link $units/yakin@.service $units/yakin@.timer" "毎晩動かす準備" "make it known to systemd"
step "sudo systemctl enable --now yakin@ID.timer" "ID のボットを毎晩動かす" "run the bot ID each night"
