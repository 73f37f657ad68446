//! `yakin kit`: made, carried, checked, installed and used where there is no network.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::read::GzDecoder;

use crate::support::guests;
use crate::support::office::{Ran, command, yakin};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A kit, made inside an office that has records and secrets.
fn kit(folder: &Path) -> PathBuf {
    let office = folder.join("office");
    assert_eq!(yakin(&["init", office.to_str().unwrap()], None).code, 0);
    let mut child = command(&["secret", "set", "受付.ID", "--stdin"], Some(&office));
    let mut child = child
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), "himitsu-no-ID-9731\n".as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    std::fs::write(office.join("inbox/本物.csv"), "氏名\n実在 花子の請求\n").unwrap();
    std::fs::write(folder.join("chromium.deb"), "a package").unwrap();
    let out = folder.join("kit.tar.gz");
    let browser = folder.join("chromium.deb");
    let made = yakin(
        &[
            "kit",
            "make",
            out.to_str().unwrap(),
            "--browser",
            browser.to_str().unwrap(),
        ],
        Some(&office),
    );
    assert_eq!(made.code, 0, "{made:?}");
    assert!(made.out.contains("SHA-256"), "{}", made.out);
    out
}

/// Everything of an archive, unpacked.
fn bytes_of(archive: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(archive).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

fn holds(bytes: &[u8], part: &str) -> bool {
    let mut rest = bytes;
    let (first, len) = (part.as_bytes()[0], part.len());
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        if rest[at..].starts_with(part.as_bytes()) {
            return true;
        }
        rest = &rest[(at + 1).min(rest.len())..];
        if rest.len() < len {
            break;
        }
    }
    false
}

/// Runs a script with no network but the machine itself, where this user may (in a user namespace); else only with proxies that
/// lead nowhere.
fn apart(script: &str) -> Output {
    let alone = Command::new("unshare")
        .args(["-rn", "sh", "-c", "ip link set lo up"])
        .output();
    let mut shell = if alone.is_ok_and(|done| done.status.success()) {
        let mut shell = Command::new("unshare");
        shell.args(["-rn", "sh", "-ec", &format!("ip link set lo up\n{script}")]);
        shell
    } else {
        let mut shell = Command::new("sh");
        shell.args(["-ec", script]);
        shell
    };
    for proxy in ["http_proxy", "https_proxy", "all_proxy"] {
        shell.env(proxy, "http://127.0.0.1:9");
    }
    shell
        .env("no_proxy", "127.0.0.1")
        .env("NO_COLOR", "1")
        .env_remove("YAKIN_LANG")
        .output()
        .unwrap()
}

#[test]
fn a_kit_is_installed_without_a_network_and_does_a_nights_work() {
    let folder = tempfile::tempdir().unwrap();
    let kit = kit(folder.path());

    let office = folder.path().join("office");
    let key = std::fs::read_to_string(office.join(".yakin/office.key")).unwrap();
    let bytes = bytes_of(&kit);
    assert!(holds(&bytes, "yakin@.service") && holds(&bytes, "a package"));
    for private in ["himitsu-no-ID-9731", "実在 花子", key.trim()] {
        assert!(!holds(&bytes, private), "{private}");
    }
    drop(bytes);

    let checked = yakin(&["kit", "check", kit.to_str().unwrap()], None);
    assert_eq!(checked.code, 0, "{checked:?}");
    let here = folder.path().display().to_string();
    // The script engine is the same file, so what the other tests compiled of it will do.
    drop(guests::javascript());
    let compiled = guests::compiled().display().to_string();
    let script = format!(
        "cd '{here}'\ntar xzf kit.tar.gz\ncd yakin-kit-*\n./bin/yakin kit check .\n\
         ./install.sh --prefix '{here}/opt' --office '{here}/night'\n\
         Y='{here}/opt/bin/yakin'\n$Y --version\n$Y init '{here}/night'\ncd '{here}/night'\n$Y check\n\
         $Y doctor --offline || [ $? = 1 ]\n$Y practice deliver --date 2026-11-23 --count 2\n\
         $Y run juminhyo-yubin --date 2026-11-23 || [ $? = 1 ]\n\
         ln -s '{compiled}' .yakin/plugins\n$Y plugin new waribiki\n$Y plugin test waribiki\n"
    );
    let done = apart(&script);
    let (out, err) = (text(&done.stdout), text(&done.stderr));
    assert!(done.status.success(), "{out}\n{err}");
    assert!(
        out.contains(&format!("（{here}/opt/bin/chromedriver）")),
        "the kit's own driver is used: {out}"
    );
    assert!(out.contains("済 2 件"), "{out}");
    assert!(
        out.contains("合格 3、不合格 0"),
        "a plugin in JavaScript runs in the kit's engine: {out}"
    );
    let unit = std::fs::read_to_string(folder.path().join("opt/lib/systemd/system/yakin@.service")).unwrap();
    assert!(
        unit.contains(&format!(
            "ExecStart={here}/opt/bin/yakin --office {here}/night run %I --real"
        )),
        "{unit}"
    );
    assert!(!unit.contains('@') || !unit.contains("@PREFIX@"), "{unit}");
    assert!(
        !folder.path().join("opt/browser").exists(),
        "packages are the system's to install"
    );
    a_change_is_noticed(folder.path());
}

/// A changed kit is refused before anything is copied.
fn a_change_is_noticed(folder: &Path) {
    let here = folder.display().to_string();
    let unpacked = Command::new("sh")
        .args([
            "-c",
            &format!("cd '{here}'/yakin-kit-* && echo x >>bin/chromedriver && pwd"),
        ])
        .output()
        .unwrap();
    let root = text(&unpacked.stdout).trim().to_owned();
    let checked: Ran = yakin(&["kit", "check", &root], None);
    assert_eq!(checked.code, 3, "{checked:?}");
    assert!(
        checked.out.contains("bin/chromedriver") && checked.out.contains("YK7227"),
        "{}",
        checked.out
    );
    let installed = Command::new("sh")
        .arg(format!("{root}/install.sh"))
        .args(["--prefix", &format!("{here}/other")])
        .output()
        .unwrap();
    assert!(!installed.status.success());
    assert!(
        text(&installed.stderr).contains("作ったときと違います"),
        "{}",
        text(&installed.stderr)
    );
    assert!(!folder.join("other").exists());
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("note.txt"), "no kit").unwrap();
    std::fs::write(folder.path().join("history.db"), "").unwrap();
    let told = |words: &[&str]| yakin(words, Some(folder.path()));
    let named = told(&["kit", "make", "scenario.yaml"]);
    assert!(named.code == 2 && named.err.contains(".tar.gz"), "{named:?}");
    let own = told(&["kit", "make", "k.tar.gz", "--browser", "history.db"]);
    assert!(own.code == 2 && own.err.contains("YK7224"), "{own:?}");
    let driver = told(&["kit", "make", "k.tar.gz", "--driver", "note.txt"]);
    assert!(driver.code == 2 && driver.err.contains("YK7184"), "{driver:?}");
    assert!(!folder.path().join("k.tar.gz").exists());
    let kit = told(&["kit", "check", "note.txt"]);
    assert!(kit.code == 3 && kit.err.contains("YK7226"), "{kit:?}");
}
