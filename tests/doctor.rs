//! `yakin doctor`, with things broken on purpose.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;
use yakin::clock::SystemClock;
use yakin::history::{Backend, Options, Store};
use yakin::value::Secret;

use crate::support::office::{command, eventually, yakin};

/// An office as `yakin init` makes it, and a folder of programs that stands first on the search path.
struct Ward {
    folder: tempfile::TempDir,
}

/// What the doctor said: the exit code, and of each finding its level, code, what and mend.
struct Told {
    code: i32,
    findings: Vec<[String; 4]>,
}

impl Told {
    fn of(code: i32, out: &str) -> Told {
        let text = |object: &Value, key: &str| object[key].as_str().unwrap_or_default().to_owned();
        let findings = out.lines().filter_map(|line| {
            let object: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            object["area"]
                .is_string()
                .then(|| ["level", "code", "what", "mend"].map(|key| text(&object, key)))
        });
        Told {
            code,
            findings: findings.collect(),
        }
    }

    /// The codes of what a night cannot run with.
    fn bad(&self) -> Vec<&str> {
        self.findings
            .iter()
            .filter(|[level, ..]| level == "bad")
            .map(|[_, code, ..]| code.as_str())
            .collect()
    }

    fn finding(&self, code: &str) -> &[String; 4] {
        let found = self.findings.iter().find(|[_, known, ..]| known == code);
        found.unwrap_or_else(|| panic!("no {code} in {:#?}", self.findings))
    }
}

impl Ward {
    fn new() -> Ward {
        let folder = tempfile::tempdir().unwrap();
        let ward = Ward { folder };
        std::fs::create_dir(ward.programs()).unwrap();
        let made = yakin(&["init", ward.office().to_str().unwrap()], None);
        assert_eq!(made.code, 0, "{made:?}");
        ward
    }

    fn office(&self) -> PathBuf {
        self.folder.path().join("市民課")
    }

    fn programs(&self) -> PathBuf {
        self.folder.path().join("programs")
    }

    /// A shell script in the place of a program.
    fn program(&self, name: &str, script: &str) {
        let path = self.programs().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        let made = Command::new("chmod").arg("755").arg(&path).status().unwrap();
        assert!(made.success());
    }

    /// Asks the doctor; only these folders are searched for programs.
    fn ask(&self, words: &[&str], path: &str) -> Told {
        let words = [&["doctor", "--json"], words].concat();
        let done = command(&words, Some(&self.office()))
            .env("PATH", path)
            .env("TZ", "Asia/Tokyo")
            .output()
            .unwrap();
        Told::of(done.status.code().unwrap_or(-1), &String::from_utf8_lossy(&done.stdout))
    }

    /// Asks with the ward's own programs before the system's.
    fn ask_with_own(&self) -> Told {
        let path = format!("{}:{}", self.programs().display(), std::env::var("PATH").unwrap());
        self.ask(&[], &path)
    }

    /// Asks about an office whose programs are none of the matter, and quickly: there are none.
    fn ask_without(&self) -> Told {
        self.ask(&[], self.programs().to_str().unwrap())
    }

    fn store(&self) -> Store {
        Store::open(&Options {
            folder: self.office().join(".yakin"),
            backend: Backend::Sqlite,
            clock: Arc::new(SystemClock::start()),
            is_alive: |_| false,
        })
        .unwrap()
    }
}

#[test]
fn an_office_that_is_well_can_run_its_night() {
    let ward = Ward::new();
    let told = ward.ask_with_own();
    // Also with a warning, such as a machine's own time zone: it can do its work.
    assert_eq!((told.code, told.bad()), (0, Vec::<&str>::new()), "{:#?}", told.findings);
    for code in [
        "YK7180", "YK7181", "YK7186", "YK7191", "YK7197", "YK7201", "YK7219", "YK7222",
    ] {
        assert_eq!(told.finding(code)[0], "good", "{code}");
    }
    assert_eq!(
        std::fs::read_dir(ward.office().join(".yakin/browser")).unwrap().count(),
        0,
        "nothing is left of the trial"
    );
}

#[test]
fn a_closed_network_is_told_which_driver_to_bring() {
    let ward = Ward::new();
    ward.program("chromium", "echo Chromium 156.0.8078.79");
    let told = ward.ask(&["--offline"], ward.programs().to_str().unwrap());
    assert_eq!((told.code, told.bad()), (3, vec!["YK7182"]));
    let mend = &told.finding("YK7182")[3];
    assert!(
        mend.contains("chromedriver 156.x (") && mend.contains("SHA256SUMS"),
        "{mend}"
    );
    assert!(!mend.contains("apt"), "{mend}");
    // People get the counts first.
    let page = command(&["doctor", "--offline"], Some(&ward.office()))
        .env("PATH", ward.programs())
        .output()
        .unwrap();
    let page = String::from_utf8_lossy(&page.stdout).into_owned();
    assert!(
        page.starts_with("○ よし ") && page.contains("× だめ ドライバー"),
        "{page}"
    );
}

#[test]
fn a_driver_of_another_version_is_told_before_anything_is_started() {
    let ward = Ward::new();
    ward.program("chromedriver", "echo ChromeDriver 99.0.1 '(abc)'");
    let told = ward.ask_with_own();
    assert_eq!((told.code, told.bad()), (3, vec!["YK7183"]));
    let [_, _, what, _] = told.finding("YK7183");
    assert!(what.contains("99.0.1"), "{what}");
    told.finding("YK7190");
}

#[test]
fn a_browser_that_does_not_start_gives_its_own_reason() {
    for (words, code) in [
        (
            "error while loading shared libraries: libnss3.so: cannot open shared object file",
            "YK7185",
        ),
        ("[1:1:FATAL] No usable sandbox! See the documentation", "YK7188"),
        ("Illegal instruction", "YK7187"),
    ] {
        let ward = Ward::new();
        let version = std::process::Command::new("chromedriver")
            .arg("--version")
            .output()
            .unwrap();
        let version = String::from_utf8_lossy(&version.stdout)
            .split(' ')
            .nth(1)
            .unwrap()
            .to_owned();
        let script =
            format!("[ \"$1\" = --version ] && {{ echo Chromium {version}; exit; }}\necho '{words}' >&2; exit 1");
        ward.program("chromium", &script);
        let told = ward.ask_with_own();
        assert_eq!((told.code, told.bad()), (3, vec![code]), "{:#?}", told.findings);
        if code == "YK7185" {
            assert!(told.finding(code)[2].contains("libnss3.so"));
        }
    }
}

#[test]
fn folders_that_cannot_be_used_are_named() {
    let ward = Ward::new();
    let office = ward.office();
    std::fs::remove_dir(office.join("outbox")).unwrap();
    std::fs::write(office.join("outbox"), "a file").unwrap();
    std::fs::remove_dir(office.join("inbox")).unwrap();
    // A file stands where the browser's folder must be.
    std::fs::create_dir(office.join(".yakin")).unwrap();
    std::fs::write(office.join(".yakin/browser"), "a file").unwrap();
    let told = ward.ask_with_own();
    assert_eq!((told.code, told.bad()), (3, vec!["YK7189", "YK7212"]));
    assert!(told.finding("YK7212")[2].contains("outbox"));
    assert!(told.finding("YK7211")[3].contains("mkdir -p inbox"));
    // It was made by hand, for everybody.
    assert!(told.finding("YK7213")[3].contains("chmod 700 .yakin"));
}

#[test]
fn secrets_that_end_or_are_missing_are_named_and_never_shown() {
    let ward = Ward::new();
    let office = ward.office();
    let file = office.join("office.yaml");
    let decisions = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        format!("{decisions}\ngrants:\n  juminhyo-yubin: {{ hosts: [uketsuke.city.example] }}\n"),
    )
    .unwrap();
    let hosts = ["uketsuke.city.example".to_owned()];
    let past = NaiveDate::from_ymd_opt(2026, 1, 31);
    let store = ward.store();
    store
        .set_secret(
            "受付.パスワード",
            &Secret::new("ひみつの言葉".to_owned()),
            &hosts,
            past,
            "t",
        )
        .unwrap();
    drop(store);
    let told = ward.ask_without();
    let about: Vec<&[String; 4]> = told
        .findings
        .iter()
        .filter(|[_, code, ..]| ["YK7215", "YK7217"].contains(&code.as_str()))
        .collect();
    assert_eq!(
        about.iter().map(|[level, ..]| level.as_str()).collect::<Vec<_>>(),
        ["bad", "bad"]
    );
    assert!(told.finding("YK7215")[2].contains("「受付.パスワード」の期限（2026-01-31）"));
    assert!(told.finding("YK7217")[2].contains("受付.ID"));
    assert!(!format!("{:?}", told.findings).contains("ひみつの言葉"));
}

#[test]
fn a_damaged_database_is_told() {
    let ward = Ward::new();
    drop(ward.store());
    let file = ward.office().join(".yakin/history.db");
    // The connection is closed a little after its thread; then everything stands in the file.
    eventually(|| !ward.office().join(".yakin/history.db-wal").exists());
    let mut bytes = std::fs::read(&file).unwrap();
    assert!(bytes.len() > 4096 * 8, "all tables stand in the file: {}", bytes.len());
    for byte in bytes.iter_mut().skip(4096 * 2) {
        *byte = 0x5a;
    }
    std::fs::write(&file, bytes).unwrap();
    let told = ward.ask_without();
    let records = |told: &Told| {
        told.findings
            .iter()
            .any(|[level, code, ..]| level == "bad" && (code.starts_with("YK60") || code == "YK7198"))
    };
    assert!(told.code == 3 && records(&told), "{:#?}", told.findings);
    std::fs::write(&file, "これはデータベースではない".repeat(100)).unwrap();
    let told = ward.ask_without();
    assert!(told.code == 3 && records(&told), "{:#?}", told.findings);
}

/// A server that takes the connection and says nothing: the doctor does not wait as long as the network would.
#[test]
fn a_database_that_does_not_answer_is_told() {
    let ward = Ward::new();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let storage = format!("yakin: 1\nstorage: postgres://yakin:himitsu@{address}/yakin\n");
    std::fs::write(ward.office().join("office.yaml"), storage).unwrap();
    let told = ward.ask_without();
    assert_eq!((told.code, told.finding("YK6009")[0].as_str()), (3, "bad"));
    assert!(!format!("{:?}", told.findings).contains("himitsu"));
}

#[test]
fn another_offices_key_is_told() {
    let ward = Ward::new();
    drop(ward.store());
    let key = ward.office().join(".yakin/office.key");
    std::fs::remove_file(&key).unwrap();
    std::fs::write(key, "ab".repeat(32)).unwrap();
    let told = ward.ask_without();
    assert!(
        told.bad().contains(&"YK6013") || told.bad().iter().any(|code| code.starts_with("YK60")),
        "{:#?}",
        told.findings
    );
    let open = told.findings.iter().find(|[_, code, ..]| code == "YK7213");
    assert!(open.is_some(), "others may read the key that was put there");
}

#[test]
fn mistakes_in_scenarios_are_counted() {
    let ward = Ward::new();
    std::fs::write(
        ward.office().join("scenarios/b.yaml"),
        "yakin: 1\nname: b\nsteps:\n  - browser.klick: x\n",
    )
    .unwrap();
    let told = ward.ask_without();
    let [level, _, what, _] = told.finding("YK7220");
    assert_eq!(level, "warning");
    assert!(
        what.contains("3 個のファイルのうち 1 個") && what.contains("scenarios/b.yaml"),
        "{what}"
    );
}

#[test]
fn outside_an_office_the_machine_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let done = command(&["--lang", "en", "doctor"], Some(folder.path()))
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        out.contains("only the machine was looked at") && out.contains("○ well    start"),
        "{out}"
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let named = yakin(&["--office", "nowhere", "doctor"], Some(folder.path()));
    assert_eq!(named.code, 2, "{named:?}");
}

/// A disk of one mebibyte, where this user may make one (in a user namespace); elsewhere the judgement's own tests have to do.
#[test]
fn a_full_disk_is_told() {
    let ward = Ward::new();
    let small = ward.folder.path().join("small");
    std::fs::create_dir(&small).unwrap();
    let mount = format!("mount -t tmpfs -o size=1M tmpfs '{}'", small.display());
    let may = Command::new("unshare").args(["-rm", "sh", "-c", &mount]).output();
    if !may.is_ok_and(|done| done.status.success()) {
        return;
    }
    let script = format!(
        "{mount} && cp -r '{}'/. '{}' && cd '{}' && '{}' doctor --json",
        ward.office().display(),
        small.display(),
        small.display(),
        env!("CARGO_BIN_EXE_yakin")
    );
    let path = format!(
        "{}:/usr/bin:/bin",
        programs_without_a_browser(ward.folder.path()).display()
    );
    let done = Command::new("unshare")
        .args(["-rm", "sh", "-c", &script])
        .env("PATH", path)
        .output()
        .unwrap();
    let told = Told::of(done.status.code().unwrap_or(-1), &String::from_utf8_lossy(&done.stdout));
    assert_eq!(told.code, 3);
    assert_eq!(told.finding("YK7209")[0], "bad");
}

/// Programs of another version, so that no trial is made.
fn programs_without_a_browser(folder: &Path) -> PathBuf {
    let ward = folder.join("programs");
    let script = ward.join("chromedriver");
    std::fs::write(&script, "#!/bin/sh\necho ChromeDriver 1.0\n").unwrap();
    let made = Command::new("chmod").arg("755").arg(&script).status().unwrap();
    assert!(made.success());
    ward
}
