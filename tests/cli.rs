//! The commands around a night: what they lay down, what they never overwrite, what they say.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::support::office::{Office, command, yakin};

/// An empty folder that is an office, with default decisions.
fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("office.yaml"), "yakin: 1\n").unwrap();
    folder
}

#[test]
fn a_table_that_lies_in_the_inbox_is_never_overwritten() {
    let office = office();
    let deliver = ["practice", "deliver", "--date", "2026-11-23", "--count", "3"];
    let first = yakin(&deliver, Some(office.path()));
    assert_eq!(first.code, 0, "{first:?}");
    let file = office.path().join("inbox/requests_20261123.csv");
    std::fs::write(&file, "今日の本物の請求").unwrap();

    let again = yakin(&deliver, Some(office.path()));
    assert_eq!((again.code, again.out.as_str()), (2, ""), "{again:?}");
    assert!(again.err.contains("inbox/requests_20261123.csv"), "{}", again.err);
    assert!(again.err.contains("--date"), "how to go on: {}", again.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "今日の本物の請求");
}

#[test]
fn a_new_office_speaks_the_language_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for (lang, language, told) in [("en", "language: en", "checked"), ("ja", "language: ja", "調べました")] {
        let office = folder.path().join(lang);
        let made = yakin(&["--lang", lang, "init", office.to_str().unwrap()], None);
        assert_eq!(made.code, 0, "{made:?}");
        let decisions = std::fs::read_to_string(office.join("office.yaml")).unwrap();
        assert!(decisions.contains(language), "{decisions}");
        let comments: String = decisions.lines().filter(|line| line.starts_with('#')).collect();
        // 受付 is the name of a system.
        assert_eq!(comments.replace("受付", "").is_ascii(), lang == "en", "{comments}");
        let readme = std::fs::read_to_string(office.join("README.md")).unwrap();
        assert_eq!(readme.starts_with("# The folder"), lang == "en", "{readme}");
        let checked = yakin(&["check"], Some(&office));
        assert!(checked.code == 0 && checked.out.contains(told), "{checked:?}");
    }
}

#[test]
fn a_damaged_register_of_the_practice_city_says_how_to_begin_anew() {
    let office = office();
    std::fs::create_dir(office.path().join(".yakin")).unwrap();
    std::fs::write(office.path().join(".yakin/practice.json"), "[{\"receipt\":").unwrap();
    let ran = yakin(&["practice", "--port", "0"], Some(office.path()));
    assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{ran:?}");
    assert!(
        ran.err.contains("（.yakin/practice.json）が壊れています"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("消すと") && !ran.err.contains("--port"), "{}", ran.err);
}

/// What the owner, the group and the others may do.
#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn what_yakin_keeps_for_itself_is_for_its_owner_alone() {
    let listed = office();
    let ran = yakin(&["secret", "list"], Some(listed.path()));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(mode(&listed.path().join(".yakin")), 0o700);
    assert_eq!(mode(&listed.path().join(".yakin/office.key")), 0o600);

    let practice = office();
    let mut city = command(&["practice", "--port", "0"], Some(practice.path()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut opened = String::new();
    BufReader::new(city.stdout.as_mut().unwrap())
        .read_line(&mut opened)
        .unwrap();
    let modes = [".yakin", ".yakin/practice.address"].map(|path| mode(&practice.path().join(path)));
    city.kill().unwrap();
    city.wait().unwrap();
    assert_eq!(modes, [0o700, 0o600], "{opened}");
}

/// A scenario of one line.
fn scenario(office: &Path, file: &str, id: &str) {
    let path = office.join("scenarios").join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let id = if id.is_empty() {
        String::new()
    } else {
        format!("id: {id}\n")
    };
    std::fs::write(path, format!("yakin: 1\n{id}name: {file}\nsteps:\n  - log: {file}\n")).unwrap();
}

#[test]
fn outside_an_office_nothing_is_made_and_nothing_is_done() {
    let folder = tempfile::tempdir().unwrap();
    for words in [
        &["check"][..],
        &["run", "csv"],
        &["runs"],
        &["report", "--html", "x.html"],
        &["secret", "list"],
        &["practice", "deliver"],
        &["--office", ".", "runs"],
    ] {
        let ran = yakin(words, Some(folder.path()));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}: {ran:?}");
        assert!(ran.err.contains("ここは事務所ではありません"), "{words:?}: {}", ran.err);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    for words in [&["steps"][..], &["schema"], &["--help"]] {
        assert_eq!(yakin(words, Some(folder.path())).code, 0, "{words:?}");
    }
}

#[test]
fn two_scenarios_with_one_id_are_told_and_neither_is_run() {
    let office = office();
    scenario(office.path(), "csv.yaml", "csv");
    scenario(office.path(), "a-copy.yaml", "csv");
    let told = "id「csv」が csv.yaml と a-copy.yaml の2つにあります。";
    for words in [
        &["check"][..],
        &["check", "csv"],
        &["check", "a-copy"],
        &["run", "csv"],
        &["run", "a-copy.yaml"],
    ] {
        let ran = yakin(words, Some(office.path()));
        let said = format!("{}{}", ran.out, ran.err);
        assert_eq!((ran.code, said.matches(told).count()), (2, 1), "{words:?}: {ran:?}");
    }
    // The one that is called as its id is the first: the records hang on it.
    let ran = yakin(&["check"], Some(office.path()));
    assert!(ran.out.contains("scenarios/a-copy.yaml:2:"), "{ran:?}");
    scenario(office.path(), "a-copy.yaml", "");
    let ran = yakin(&["check"], Some(office.path()));
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn a_file_is_found_by_its_name_before_anything_is_by_its_id() {
    let office = office();
    for (file, id) in [("甲.yaml", "otsu"), ("otsu.yaml", "hei"), ("税/丁.yml", "tei")] {
        scenario(office.path(), file, id);
        // What is wrong with a file tells which one was looked at.
        let path = office.path().join("scenarios").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text.replace("log:", "lgo:")).unwrap();
    }
    for (word, file) in [
        ("甲", "甲.yaml"),
        ("甲.yaml", "甲.yaml"),
        ("scenarios/甲", "甲.yaml"),
        ("scenarios/甲.yaml", "甲.yaml"),
        ("otsu", "otsu.yaml"),
        ("hei", "otsu.yaml"),
        ("丁", "税/丁.yml"),
        ("税/丁.yml", "税/丁.yml"),
        ("tei", "税/丁.yml"),
    ] {
        let ran = yakin(&["check", word], Some(office.path()));
        assert!(ran.out.contains(&format!("scenarios/{file}:5")), "{word}: {ran:?}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let ran = yakin(&["init", "file/office"], Some(folder.path()));
    assert_eq!(ran.code, 3, "{ran:?}");
    let told = "「file/office/inbox」を読み書きできません。フォルダーでなければならない所に、ファイルがあります。";
    assert!(ran.err.contains(told) && !ran.err.contains("os error"), "{ran:?}");
}

#[test]
fn a_report_asks_where_it_shall_be_written() {
    let office = office();
    let ran = yakin(&["report", "1"], Some(office.path()));
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--html") && ran.err.contains("--junit"), "{ran:?}");
}

#[test]
fn a_secret_of_a_past_day_or_of_no_system_is_told() {
    let office = office();
    let ran = yakin(
        &["secret", "set", "受付.ID", "--expires", "2020-01-01", "--stdin"],
        Some(office.path()),
    );
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains("2020-01-01 は、もう過ぎています"), "{ran:?}");
    let ran = yakin(&["secret", "set", "受付.ID", "--stdin"], Some(office.path()));
    assert!(
        ran.err
            .starts_with("注意 [YK7042] 「受付」というシステムはありません。"),
        "{ran:?}"
    );
}

#[test]
fn lists_are_joined_as_the_reader_writes_them() {
    let office = office();
    scenario(office.path(), "a.yaml", "alpha");
    scenario(office.path(), "b.yaml", "beta");
    let ran = yakin(&["--lang", "en", "run", "gamma"], Some(office.path()));
    assert!(ran.err.contains("This office has: alpha, beta"), "{ran:?}");
}

/// The scenario of the guide with slips of the keyboard in it, as an old editor saved it.
fn slipped(office: &Path) -> (std::path::PathBuf, Vec<u8>, Vec<u8>) {
    let made = yakin(&["init", office.to_str().unwrap()], None);
    assert_eq!(made.code, 0, "{made:?}");
    let file = office.join(crate::support::office::SCENARIO);
    let right = std::fs::read_to_string(&file).unwrap().replace('\n', "\r\n");
    let wrong = right
        .replace("name: 住", "name：住")
        .replace("  - browser.fill: [請求番号, 氏名", "　－browser.fill:[請求番号，氏名")
        .replace("  rows: ${{ run.items }}", "  rows: ＄｛｛ run.items ｝｝");
    let cp932 = |text: &str| encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
    std::fs::write(&file, cp932(&wrong)).unwrap();
    (file, cp932(&wrong), cp932(&right))
}

#[test]
fn slips_are_shown_then_mended_and_every_other_byte_stays() {
    let folder = tempfile::tempdir().unwrap();
    let office = folder.path().join("office");
    let (file, wrong, right) = slipped(&office);
    let checked = yakin(&["check"], Some(&office));
    assert_eq!(checked.code, 2, "{checked:?}");

    let shown = yakin(&["check", "--fix", "--dry-run"], Some(&office));
    assert_eq!(shown.code, 2, "{shown:?}");
    for line in [
        "   3 - name：住民票郵送請求の登録",
        "   3 + name: 住民票郵送請求の登録",
        "の 3 行が直ります",
    ] {
        assert!(shown.out.contains(line), "{line}: {}", shown.out);
    }
    assert_eq!(std::fs::read(&file).unwrap(), wrong);

    let fixed = yakin(&["check", "--fix"], Some(&office));
    assert_eq!(fixed.code, 0, "{fixed:?}");
    assert!(
        fixed.out.contains("1 個のファイルの 3 行を直しました。"),
        "{}",
        fixed.out
    );
    assert_eq!(std::fs::read(&file).unwrap(), right);
    let again = yakin(&["check", "--fix"], Some(&office));
    assert!(again.out.contains("自動で直せる所はありません。"), "{}", again.out);
}

#[test]
fn what_cannot_be_mended_is_left_and_told() {
    let office = office();
    scenario(office.path(), "a.yaml", "a");
    let file = office.path().join("scenarios/a.yaml");
    let text =
        std::fs::read_to_string(&file).unwrap() + "  - browser.clik: 全角：の値\n  - tegami: 出す\n  － log: 終わり\n";
    std::fs::write(&file, &text).unwrap();
    let fixed = yakin(&["check", "a", "--fix"], Some(office.path()));
    assert_eq!(fixed.code, 2, "{fixed:?}");
    assert!(fixed.out.contains("「tegami」という動作はありません"), "{}", fixed.out);
    let mended = text.replace("clik:", "click:").replace("－ log", "- log");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), mended);
}

#[cfg(unix)]
#[test]
fn a_watched_office_is_checked_again_when_a_file_changes() {
    let office = office();
    scenario(office.path(), "a.yaml", "a");
    let file = office.path().join("scenarios/a.yaml");
    let mut child = command(&["check", "--watch"], Some(office.path()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut until = |wanted: &str| loop {
        let line = lines.next().expect("it ended before that").unwrap();
        if line.contains(wanted) {
            break;
        }
    };
    until("直すところはありません");
    until("Ctrl-C");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("name: ", "name：")).unwrap();
    until("誤り 1 件");
    until("YK1030");
    until("Ctrl-C");
    let done = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(done.success());
    assert_eq!(child.wait().unwrap().code(), Some(2), "the code of the last check");
}

#[test]
fn a_folder_is_no_scenario() {
    let office = office();
    scenario(office.path(), "a.yaml", "a");
    let ran = yakin(&["check", "scenarios"], Some(office.path()));
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("「scenarios」はフォルダーです"), "{}", ran.err);
}

#[test]
fn two_bots_that_register_one_table_in_one_system_are_told() {
    let office = office();
    std::fs::create_dir_all(office.path().join("scenarios")).unwrap();
    let work = |file: &str, more: &str| {
        let text = format!(
            "yakin: 1\nid: {file}\nname: 試し\nsystem: 受付\nitems:\n  from: {{ csv: inbox/a.csv }}\n  columns: {{ 番号: code }}\n  key: 番号\n{more}\
             steps:\n  - commit: 登録\n    do: {{ browser.click: 登録する }}\n    proof: {{ field: 受付番号 }}\n    verify: none\n"
        );
        std::fs::write(office.path().join(format!("scenarios/{file}.yaml")), text).unwrap();
    };
    work("ko", "");
    work("otsu", "");
    let told = |file: &str| yakin(&["check", file], Some(office.path())).out.contains("YK8154");
    assert!(told("ko") && told("otsu"));
    work("otsu", "  ledger: ko\n");
    assert!(!told("ko") && !told("otsu"), "they share what is done");
}

#[test]
fn the_days_of_a_schedule_are_told_by_the_offices_calendar() {
    let office = Office::new();
    let told = office.yakin(&["schedule"]);
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.out.contains("自分では始めません"), "{told:?}");

    let office_file = office.root().join("office.yaml");
    let text = std::fs::read_to_string(&office_file).unwrap();
    office.write("祝日.csv", "国民の祝日・休日月日,名称\n2031/01/06,特別な休み\n");
    office.write(
        "office.yaml",
        format!("{text}\ncalendar: {{ closed: [2030-06-03], holidays: 祝日.csv }}\n"),
    );
    office.write(
        "scenarios/getsuji.yaml",
        "yakin: 1\nid: getsuji\nname: 月次\nschedule: 毎月1営業日目 6:00\nsteps:\n  - log: x\n",
    );
    let page = office.yakin(&["schedule", "getsuji", "--year", "2030", "--html", "yotei.html"]);
    assert_eq!(page.code, 0, "{page:?}");
    let page = std::fs::read_to_string(office.root().join("yotei.html")).unwrap();
    assert!(page.contains("令和12年度 年間の予定"), "{page}");
    // 3 June 2030 is a Monday behind a weekend, and closed by the ordinance: the 4th is the first open day.
    let june = page.split("2030年6月").nth(1).unwrap();
    let fourth = june.split("<span class=\"number\">4</span>").nth(1).unwrap();
    assert!(fourth.starts_with("<span class=\"marks\""), "{june}");
    // 4 January 2031 is a Saturday; by the list the 6th is a holiday too.
    let january = page.split("2031年1月").nth(1).unwrap();
    let seventh = january.split("<span class=\"number\">7</span>").nth(1).unwrap();
    assert!(seventh.starts_with("<span class=\"marks\""), "{january}");

    office.write("祝日.csv", "名称\nなし\n");
    let refused = office.yakin(&["schedule"]);
    assert!(refused.code == 2 && refused.err.contains("YK7334"), "{refused:?}");
}

#[test]
fn no_office_is_made_inside_another() {
    let office = Office::new();
    let refused = office.yakin(&["init", "jimusho"]);
    assert!(refused.code == 2 && refused.err.contains("YK7331"), "{refused:?}");
    assert!(!office.root().join("jimusho").exists());
    let meant = office.root().join("jimusho");
    let made = office.yakin(&["init", meant.to_str().unwrap()]);
    assert_eq!(made.code, 0, "a whole path is meant: {made:?}");
}
