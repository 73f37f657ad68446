//! An office whose browser is scripted, and the built program that works there until it is killed.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use yakin::clock::SystemClock;
use yakin::history::{Backend, Options, Store};
use yakin::platform::processes;

use super::driver::Driver;
use super::system::System;
use super::trap::{Moment, Snare, Trap};
use crate::support::office;

const SYSTEM: &str = "yakin: 1
system: 窓口
url: { 本番: \"http://127.0.0.1:9\", 練習: \"http://127.0.0.1:9\" }
settle: SETTLE
login:
  - browser.open: /login
  - browser.click: ログイン
  - browser.see: メインメニュー
home:
  - browser.open: /menu
guards: { メンテナンス中: wait, 再度ログインしてください: login }
";

const SCENARIO: &str = "yakin: 1
id: todoke
name: 届出の登録
system: 窓口
items:
  from:
    csv: inbox/todoke.csv
  columns: { 番号: code, 氏名: name }
  key: 番号
  keep:
    受付番号: ${{ receipt }}
steps:
  - browser.click: 新規
  - browser.fill: [番号, 氏名]
  - commit: 届出の登録
    timeout: 300ms
    do: { browser.click: 登録する }
    proof: { field: 受付番号, as: receipt }
    refused: { field: エラー内容 }
";

const VERIFY: &str = "    verify:
      look: { browser.open: \"/search?no=${{ item.番号 }}\" }
      present: { row: \"${{ item.番号 }}\", field: 受付番号, as: receipt }
      absent: { text: 該当するデータはありません }
";

/// How a run of the program ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// It was killed.
    Killed,
    /// By itself, with this code; what it said to the standard error.
    ByItself(i32, String),
}

/// What ends a run before its time.
#[derive(Debug, Clone, Copy)]
pub(super) enum Death {
    /// A failpoint, at the how manieth time.
    Point(&'static str, u64),
    /// The driver.
    Driver(Moment),
}

/// One office with its system and its driver.
pub(super) struct Workplace {
    folder: tempfile::TempDir,
    pub(super) system: Arc<System>,
    snare: Arc<Snare>,
    address: String,
    backend: Backend,
    /// Protections that are switched off, in the notation of `FAILPOINTS`.
    pub(super) off: &'static str,
    /// Whether it is real work, with the one place for a writer in the system.
    pub(super) real: bool,
}

/// The key of the nth item, from 1.
pub(super) fn key(nth: usize) -> String {
    format!("T{nth:04}")
}

impl Workplace {
    /// Must be called inside a runtime: the driver lives there.
    pub(super) async fn new(system: System, items: usize, verify: bool, backend: Backend) -> Workplace {
        let (system, snare) = (Arc::new(system), Arc::new(Snare::default()));
        let driver = Driver {
            system: system.clone(),
            snare: snare.clone(),
        };
        let place = Workplace {
            folder: folder(),
            system,
            snare,
            address: driver.listen().await,
            backend,
            off: "",
            real: false,
        };
        let verify = if verify { VERIFY } else { "    verify: none\n" };
        let rows: String = (1..=items).map(|nth| format!("{},山田太郎\n", key(nth))).collect();
        let storage = match &place.backend {
            Backend::Sqlite => "sqlite",
            Backend::Postgres(url) => url,
        };
        place.write(
            "office.yaml",
            &format!("yakin: 1\nsection: 市民課\nstorage: {storage}\n"),
        );
        let settle = format!("{}ms", place.system.slowest.as_millis() + 250);
        place.write("scenarios/systems/窓口.yaml", &SYSTEM.replace("SETTLE", &settle));
        place.write("scenarios/todoke.yaml", &format!("{SCENARIO}{verify}"));
        place.write("inbox/todoke.csv", &format!("番号,氏名\n{rows}"));
        place
    }

    fn write(&self, file: &str, content: &str) {
        let path = self.folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Runs the scenario until it ends or dies.
    pub(super) async fn run(&self, death: Option<Death>) -> Ended {
        let words = [
            "run",
            "todoke",
            "--date",
            "2026-11-23",
            "--pictures",
            "off",
            "--driver",
            &self.address,
        ];
        let mut command = tokio::process::Command::from(office::command(&words, Some(self.folder.path())));
        if self.real {
            command.arg("--real");
        }
        command.stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        if !self.off.is_empty() {
            command.env("FAILPOINTS", self.off);
        }
        if let Some(Death::Point(point, times)) = death {
            command.env("YAKIN_KILL_AT", format!("{point}#{times}"));
        }
        let trap = Trap::laid(match death {
            Some(Death::Driver(moment)) => Some(moment),
            _ => None,
        });
        *self.snare.lock().unwrap() = trap.clone();
        let mut child = command.spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let said = tokio::spawn(async move {
            let mut said = Vec::new();
            tokio::io::AsyncReadExt::read_to_end(&mut stderr, &mut said)
                .await
                .unwrap();
            String::from_utf8_lossy(&said).into_owned()
        });
        let ended = tokio::select! {
            ended = child.wait() => ended.unwrap(),
            () = trap.sprung() => {
                child.start_kill().unwrap();
                child.wait().await.unwrap()
            }
            () = yakin::platform::time::pause(Duration::from_secs(300)) => panic!("a run hangs: {death:?}"),
        };
        match ended.code() {
            Some(code) => Ended::ByItself(code, said.await.unwrap()),
            None => Ended::Killed,
        }
    }

    /// The office's history.
    pub(super) fn store(&self) -> Store {
        Store::open(&Options {
            folder: self.folder.path().join(".yakin"),
            backend: self.backend.clone(),
            clock: Arc::new(SystemClock::start()),
            is_alive: processes::is_alive,
        })
        .unwrap()
    }
}

/// In memory where there is such a place: what a killed program wrote is there either way, and nothing waits for a disk.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}
