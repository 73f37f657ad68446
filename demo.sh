#!/usr/bin/env bash
# 夜勤の一晩を、練習市役所で最初から最後まで見せます。 / Shows a night's work end to end in the practice city.
# Debian または Ubuntu、root か sudo で。 / On Debian or Ubuntu, as root or with sudo.
set -euo pipefail
cd "$(dirname "$0")"
TOP=$(pwd)
say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '\n== %s\n' "$*"; }

say "足りないものを入れます / installing what is missing"
.ci/install.sh demo
. .ci/rust.sh

say "yakin を組み立てます（初めは数分）/ building yakin (some minutes at first)"
cargo build --release --locked
plugins/build.sh --no-hostile
yakin() { "$TOP/target/release/yakin" "$@"; }

OFFICE=$TOP/target/demo
rm -rf "$OFFICE"
say "新しい事務所を作ります / a new office"
yakin init "$OFFICE"
cd "$OFFICE"

say "練習市役所を開きます / the practice city opens"
yakin practice --port 0 >practice.log &
CITY=$!
trap 'kill $CITY 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  [ -s .yakin/practice.address ] && break
  sleep 0.1
done
ADDRESS=$(head -n 1 .yakin/practice.address)
echo "$ADDRESS/uketsuke"

say "郵送請求の表（CP932、53行）が届きます / a table of 53 requests arrives"
yakin practice deliver --count 50

say "シナリオを調べます / checking the scenario"
yakin check juminhyo-yubin

say "夜の仕事：住民票郵送請求の登録 / the night's work"
yakin run juminhyo-yubin || [ $? -eq 1 ]

say "受付システムの台帳にある件数 / what the system's register holds"
curl -fsS "$ADDRESS/uketsuke/register/count"; echo

say "もう一度実行しても、二重に登録しません / a second run registers nothing twice"
yakin run juminhyo-yubin || [ $? -eq 1 ]
curl -fsS "$ADDRESS/uketsuke/register/count"; echo

say "翌朝、管理者が読みます / what the supervisor reads next morning"
yakin runs
yakin runs show 1
yakin report 1 --html report.html --junit report.xml

say "見る場所 / where to look"
echo "報告書 report:      $OFFICE/report.html"
echo "結果の表 results:   $(ls "$OFFICE"/outbox/*.xlsx)"
echo "シナリオ scenario:  $OFFICE/scenarios/juminhyo-yubin.yaml"
echo "事務所 office:      $OFFICE"
