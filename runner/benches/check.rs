//! How long a clerk waits for `yakin check` of a long scenario. A program that only says its version stands beside it, for what
//! starting a program costs anyway.
//!
//! `cargo bench --bench check`; `README.md` beside it says how to read the figures.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The program under test, as an office gets it.
const YAKIN: &str = env!("CARGO_BIN_EXE_yakin");
const LINES: usize = 300;
const ROUNDS: usize = 51;
/// Scenarios of a large office.
const SCENARIOS: usize = 1_000;
const OFFICE_ROUNDS: usize = 5;
/// Longest time that a check of all of them may take, in milliseconds.
const GOAL: f64 = 5_000.0;

const HEAD: &str = "yakin: 1
id: nagai
name: 長い手順書
system: 受付
items:
  from:
    csv: inbox/requests_${{ run.date | 日付(\"%Y%m%d\") }}.csv
  sample: scenarios/samples/requests.csv
  columns: { 請求番号: code, 氏名: name, カナ: kana, 生年月日: date, 郵便番号: postal, 手数料: amount }
  key: 請求番号
steps:
";

/// One form of many; `{n}` counts them.
const FORM: &str = "  - browser.click: { link: 新規登録{n} }
  - browser.fill: [請求番号, 氏名, 生年月日, 郵便番号]
  - browser.fill:
      フリガナ: ${{ item.カナ | 全角カナ }}
      備考: \"{n}: ${{ item['氏名'] }}様、${{ item.生年月日 | 和暦 }}\"
  - browser.see: { field: 住所, contains: 長崎市 }
    else: { reject: 住所が市外です }
  - if: item.手数料 > 300
    then:
      - browser.select:
          from: 請求通数
          option: 2通
    else:
      - log: 1通です
";

const TAIL: &str = "  - commit: 請求の登録
    do: { browser.click: 登録する }
    proof: { field: 受付番号, as: receipt }
    verify: none
";

fn scenario() -> String {
    let room = LINES - HEAD.lines().count() - TAIL.lines().count();
    let forms: String = (1..=room / FORM.lines().count())
        .map(|n| FORM.replace("{n}", &n.to_string()))
        .collect();
    let missing = room % FORM.lines().count();
    [HEAD, &forms, &"  - log: 確認\n".repeat(missing), TAIL].concat()
}

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let office = folder.path().join("office");
    milliseconds(Command::new(YAKIN).arg("init").arg(&office), 0)?;
    let text = scenario();
    // The same scenario with a mistake in every form, which are all to be said with their lines.
    let wrong = text
        .replace("item.カナ", "item.かな")
        .replace("id: nagai", "id: machigai");
    let files = [("nagai", &text), ("machigai", &wrong)];
    for (id, text) in files {
        fs::write(office.join(format!("scenarios/{id}.yaml")), text)?;
    }
    let many = folder.path().join("many");
    milliseconds(Command::new(YAKIN).arg("init").arg(&many), 0)?;
    for number in 1..SCENARIOS {
        let text = text
            .replace("id: nagai", &format!("id: bot{number}"))
            .replace("登録画面", &format!("画面{number}"));
        let short: Vec<&str> = text
            .lines()
            .take(HEAD.lines().count() + 5 * FORM.lines().count())
            .collect();
        let text = format!("{}\n{TAIL}", short.join("\n"));
        fs::write(many.join(format!("scenarios/bot{number}.yaml")), text)?;
    }
    let (mut start, mut right, mut mistaken) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        start.push(milliseconds(Command::new(YAKIN).arg("--version"), 0)?);
        right.push(milliseconds(&mut check(&office, "nagai"), 0)?);
        mistaken.push(milliseconds(&mut check(&office, "machigai"), 2)?);
    }
    let mut all = Vec::new();
    for _ in 0..OFFICE_ROUNDS {
        all.push(milliseconds(
            Command::new(YAKIN).args(["check", "--office"]).arg(&many),
            0,
        )?);
    }
    println!(
        "{} lines, {ROUNDS} rounds; ms to the end of the process",
        text.lines().count()
    );
    println!("{:<28}{:>8}{:>8}", "", "median", "best");
    for (name, times) in [
        ("yakin --version", start),
        ("yakin check, no mistake", right),
        ("yakin check, many mistakes", mistaken),
    ] {
        let (median, best) = summary(times);
        println!("{name:<28}{median:>8.1}{best:>8.1}");
    }
    let (median, best) = summary(all);
    println!("yakin check, {SCENARIOS} scenarios, {OFFICE_ROUNDS} rounds (goal: {GOAL:.0} ms)");
    println!("{:<28}{median:>8.1}{best:>8.1}", "");
    Ok(())
}

fn check(office: &Path, id: &str) -> Command {
    let mut command = Command::new(YAKIN);
    command.args(["check", id, "--office"]).arg(office);
    command
}

/// Runs a command, which must end with this code.
fn milliseconds(command: &mut Command, code: i32) -> Outcome<f64> {
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    let took = began.elapsed().as_secs_f64() * 1e3;
    if output.status.code() == Some(code) {
        return Ok(took);
    }
    let said = String::from_utf8_lossy(&output.stdout);
    Err(format!("{command:?} ended with {}: {said}", output.status).into())
}

/// The median and the smallest.
fn summary(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |index: usize| times.get(index).copied().unwrap_or(f64::NAN);
    (at(times.len() / 2), at(0))
}
