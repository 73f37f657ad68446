//! An office in a folder of its own, a practice city that it works in, and the built `yakin` that works there.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use chrono::NaiveDate;
use encoding_rs::SHIFT_JIS;
use yakin::drivers::files::read_xlsx;
use yakin::events::view::{RunView, Standing};
use yakin::events::{Event, Kind};
use yakin::practice::{self, City, Entry, Faults, PASSWORD, RunningCity, USER_ID, samples};
use yakin::text::codes;

use super::chromium::block_on;

/// The scenario that `yakin init` lays down.
pub(crate) const SCENARIO: &str = "scenarios/juminhyo-yubin.yaml";
/// The file that it works on.
pub(crate) const REQUESTS: &str = "inbox/requests_20261123.csv";
/// Its headings.
pub(crate) const HEADINGS: &str = "請求番号,氏名,カナ,生年月日,郵便番号,手数料,受付日";

/// The day that every run of these tests works for.
pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// An office and its city. Both are gone when it is dropped.
pub(crate) struct Office {
    folder: tempfile::TempDir,
    pub(crate) city: RunningCity,
}

/// How a command ended and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The events that a run with `--json` printed, folded.
    pub(crate) fn view(&self) -> RunView {
        RunView::fold(&self.events())
    }

    /// The events that a run with `--json` printed.
    pub(crate) fn events(&self) -> Vec<Event> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{self:?}")))
            .collect()
    }

    /// The codes of what the run said by itself; that it wrote its results goes without saying.
    pub(crate) fn notes(&self) -> Vec<String> {
        let written = [codes::FILE_WRITTEN, codes::FILE_WRITTEN_BESIDE];
        let view = self.view();
        let notes = view.notes.iter().map(|note| &note.message);
        let notes = notes.filter(|message| !written.iter().any(|code| message.is(*code)));
        notes.map(|message| message.code.to_string()).collect()
    }

    /// The states of the run's items by label, as people call them; `-` before a reason's code.
    pub(crate) fn states(&self) -> Vec<String> {
        states(&self.view())
    }
}

/// What became of each item: `0001 済`, `0002 失敗 YK4001`.
pub(crate) fn states(view: &RunView) -> Vec<String> {
    let items = view.items.values().map(|item| {
        let reason = item.failure.as_ref().map(|failure| failure.message.code.to_string());
        let label = item.item.label.rsplit('-').next().unwrap_or_default();
        let word = view.standing(item).word(yakin::text::Lang::Ja);
        format!("{label} {word} {}", reason.unwrap_or_default())
            .trim_end()
            .to_owned()
    });
    items.collect()
}

/// The results of the night as a person finds them in Excel: one text a row.
pub(crate) fn results(office: &Office) -> Vec<Vec<String>> {
    let root = office.root();
    let numbered = (2..).map(|number| format!("outbox/結果_2026-11-23_{number}.xlsx"));
    let written = std::iter::once("outbox/結果_2026-11-23.xlsx".to_owned()).chain(numbered);
    // Each run has left its own; the last one counts.
    let newest = written.take_while(|file| root.join(file).exists()).last().unwrap();
    let table = read_xlsx(&root, &newest, None, &["請求番号"]).unwrap();
    let wanted = ["請求番号", "受付番号", "状態", "理由"];
    let places = table.columns(&wanted).unwrap();
    let cells = |row: &[String]| places.iter().map(|place| row[*place].clone()).collect();
    table.rows.iter().map(|row| cells(&row.cells)).collect()
}

/// The number of the day's nth request.
pub(crate) fn number(nth: usize) -> String {
    format!("0081123-{nth:04}")
}

/// How many items of a run stand there.
pub(crate) fn count(view: &RunView, standing: Standing) -> u64 {
    view.counts().of(standing)
}

impl Office {
    /// A new office whose city is in good health.
    pub(crate) fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("市民課");
        let made = yakin(&["init", root.to_str().unwrap()], None);
        assert_eq!(made.code, 0, "{made:?}");
        std::fs::create_dir_all(root.join(".yakin")).unwrap();
        let options = practice::Options {
            state: Some(root.join(".yakin/practice.json")),
            ..practice::Options::default()
        };
        let city = block_on(async { City::start(options).await.unwrap() });
        let address = format!("{}\n{}\n", city.base_url(), std::process::id());
        std::fs::write(root.join(".yakin/practice.address"), address).unwrap();
        Office { folder, city }
    }

    /// The office's folder. Its name is Japanese, as many are.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("市民課")
    }

    /// Writes a file of the office.
    pub(crate) fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Changes a text in the office's scenario, which must be there.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.root().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }

    /// Puts these rows into the day's file, in CP932.
    pub(crate) fn deliver(&self, rows: &[String]) {
        let text: String = std::iter::once(HEADINGS)
            .chain(rows.iter().map(String::as_str))
            .map(|line| format!("{line}\r\n"))
            .collect();
        self.write(REQUESTS, SHIFT_JIS.encode(&text).0);
    }

    /// What goes wrong with the city from now on.
    pub(crate) fn faults(&self, faults: &Faults) {
        let host = self.city.base_url().replace("http://", "");
        let body = serde_json::to_string(faults).unwrap();
        let mut stream = TcpStream::connect(&host).unwrap();
        write!(
            stream,
            "POST /uketsuke/faults HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }

    /// What the city has registered.
    pub(crate) fn register(&self) -> Vec<Entry> {
        match std::fs::read(self.root().join(".yakin/practice.json")) {
            Ok(json) => serde_json::from_slice(&json).unwrap(),
            Err(_) => Vec::new(),
        }
    }

    /// The ends of the request numbers in the register, in its order: `0001`.
    pub(crate) fn registered(&self) -> Vec<String> {
        let register = self.register();
        let numbers = register.iter().map(|entry| &entry.registration.request_no);
        numbers.map(|no| no.rsplit('-').next().unwrap().to_owned()).collect()
    }

    /// Runs `yakin` in the office.
    pub(crate) fn yakin(&self, words: &[&str]) -> Ran {
        yakin(words, Some(&self.root()))
    }

    /// Runs the office's scenario for the day and returns its events.
    pub(crate) fn night(&self) -> Ran {
        self.yakin(&NIGHT)
    }

    /// Runs the office's scenario for the day with a program that ends itself at a failpoint (`NAME#TIMES`).
    #[cfg(feature = "failpoints")]
    pub(crate) fn night_killed_at(&self, point: &str) -> Ran {
        ran(command(&NIGHT, Some(&self.root())).env("YAKIN_KILL_AT", point))
    }

    /// Starts the office's scenario for the day.
    pub(crate) fn start_night(&self) -> AtWork {
        let mut child = command(&NIGHT, Some(&self.root()))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        AtWork {
            child,
            lines,
            seen: String::new(),
        }
    }

    /// Makes the practice city the office's real system, at any time of the day.
    pub(crate) fn with_a_real_system(&self) {
        let system = "scenarios/systems/受付.yaml";
        let real = format!("本番: {}/uketsuke", self.city.base_url());
        self.edit(system, "本番: https://uketsuke.city.example", &real);
        self.edit(system, "hours: 06:00-23:30", "hours: 00:00-24:00");
        self.secret(&["受付.ID"], USER_ID);
        self.secret(&["受付.パスワード"], PASSWORD);
    }

    /// Types a secret in.
    pub(crate) fn secret(&self, words: &[&str], value: &str) {
        let mut child = command(&[&["secret", "set", "--stdin"], words].concat(), Some(&self.root()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(value.as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }
}

const NIGHT: [&str; 6] = [
    "run",
    "juminhyo-yubin",
    "--date",
    "2026-11-23",
    "--json",
    "--pictures=failures",
];

/// A run that is under way.
pub(crate) struct AtWork {
    pub(crate) child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    seen: String,
}

impl AtWork {
    /// Waits until the run has said something.
    pub(crate) fn wait_for(&mut self, wanted: impl Fn(&Kind) -> bool) {
        loop {
            let line = self.lines.next().expect("the run ended before that").unwrap();
            let event: Event = serde_json::from_str(&line).unwrap();
            self.seen += &line;
            self.seen.push('\n');
            if wanted(&event.kind) {
                return;
            }
        }
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let done = Command::new("kill")
            .args([format!("-{name}"), self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(done.success());
    }

    /// Waits for the end.
    pub(crate) fn finish(mut self) -> Ran {
        for line in self.lines.by_ref() {
            self.seen += &line.unwrap();
            self.seen.push('\n');
        }
        let done = self.child.wait_with_output().unwrap();
        Ran {
            // A killed program has no code of its own.
            code: done.status.code().unwrap_or(-1),
            out: self.seen,
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }
}

/// The built program with its words, not started.
pub(crate) fn command(words: &[&str], folder: Option<&Path>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yakin"));
    command
        .args(words)
        .env_remove("YAKIN_LANG")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    command
}

/// Runs the built program.
pub(crate) fn yakin(words: &[&str], folder: Option<&Path>) -> Ran {
    ran(&mut command(words, folder))
}

fn ran(command: &mut Command) -> Ran {
    let done = command.output().unwrap();
    Ran {
        code: done.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
    }
}

/// The first rows of a day's requests, all of which the city accepts; ten at most.
pub(crate) fn rows(count: usize) -> Vec<String> {
    assert!(count <= 10, "the eleventh is one that must not get through");
    let bytes = samples::requests_csv(day(), 40);
    let (text, _, _) = SHIFT_JIS.decode(&bytes);
    text.lines().skip(1).take(count).map(str::to_owned).collect()
}

/// Waits until something is so; the city does some things after it has answered.
pub(crate) fn eventually(so: impl Fn() -> bool) {
    let patience = (0..400).any(|_| {
        std::thread::park_timeout(std::time::Duration::from_millis(50));
        so()
    });
    assert!(patience, "it never came");
}
