//! Trying a scenario out: rehearsals, chosen items, one step at a time. Nothing of it registers anything.

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use yakin::events::view::Standing;
use yakin::events::{EvidenceRole, Kind};

use crate::support::office::{Office, Ran, SCENARIO, command, count, rows};

const ON_THE_DAY: [&str; 4] = ["run", "juminhyo-yubin", "--date", "2026-11-23"];

fn run(office: &Office, words: &[&str]) -> Ran {
    office.yakin(&[&ON_THE_DAY[..], words].concat())
}

/// Three rows, the second of which pays too little.
fn three(office: &Office) {
    let mut rows = rows(3);
    let fee = rows[1].split(',').nth(5).unwrap().to_owned();
    rows[1] = rows[1].replace(&fee, "200");
    office.deliver(&rows);
}

fn intends(ran: &Ran) -> bool {
    let events = ran.events();
    events
        .iter()
        .any(|event| matches!(event.kind, Kind::CommitIntended { .. }))
}

#[test]
fn a_rehearsal_fills_the_forms_and_leaves_everything_as_it_was() {
    let office = Office::new();
    three(&office);
    let ran = run(&office, &["--rehearse", "--json"]);
    assert_eq!(ran.code, 1, "one would be rejected: {ran:?}");
    assert_eq!(ran.states(), ["0001 下見済", "0002 差し戻し YK8006", "0003 下見済"]);
    assert!(!intends(&ran) && office.register().is_empty());
    let view = ran.view();
    assert!(view.rehearsal());
    for item in view.items.values().filter(|item| item.failure.is_none()) {
        let roles: Vec<_> = item.pictures.iter().map(|picture| picture.evidence.role).collect();
        assert_eq!(roles, [EvidenceRole::BeforeCommit]);
    }
    assert!(!office.root().join("outbox/結果_2026-11-23.xlsx").exists());
    assert!(office.root().join("下見/outbox/結果_2026-11-23.xlsx").exists());

    let list = office.yakin(&["runs", "--bot", "juminhyo-yubin"]).out;
    assert!(list.contains("練習・下見") && list.contains("下見 2"), "{list}");
    let shown = office.yakin(&["runs", "show"]).out;
    assert!(
        shown.contains("登録はしていません") && shown.contains(".png"),
        "{shown}"
    );
    let made = office.yakin(&["report", "--html", "a.html", "--junit", "a.xml"]);
    assert_eq!(made.code, 0, "{made:?}");
    let html = std::fs::read_to_string(office.root().join("a.html")).unwrap();
    assert!(html.contains("下見した画面") && html.matches("data:image/png").count() == 2);
    let junit = std::fs::read_to_string(office.root().join("a.xml")).unwrap();
    assert!(
        junit.contains("（下見）") && junit.contains(r#"name="rehearsed" value="2""#),
        "{junit}"
    );

    // The night finds everything new, and what it does is its own.
    let night = office.night();
    assert_eq!(night.states(), ["0001 済", "0002 差し戻し YK8006", "0003 済"]);
    assert_eq!(night.view().counts().of(Standing::DoneBefore), 0);
    assert!(night.notes().is_empty(), "nothing was left over: {:?}", night.notes());
    assert_eq!(office.registered(), ["0001", "0003"]);

    // What is done is passed over as the night would, unless somebody asks for it by name.
    let again = run(&office, &["--rehearse", "--json"]);
    assert_eq!(count(&again.view(), Standing::DoneBefore), 2);
    assert!(again.view().items.is_empty());
    let named = run(&office, &["--rehearse", "--json", "--only", "0001"]);
    assert_eq!(
        (named.code, named.states()),
        (1, vec!["0001 下見済".to_owned()]),
        "{named:?}"
    );
    assert_eq!(office.registered(), ["0001", "0003"]);
}

#[test]
fn a_rehearsal_comes_to_no_act_wherever_it_stands() {
    let office = Office::new();
    office.deliver(&rows(1));
    let scenario = std::fs::read_to_string(office.root().join(SCENARIO)).unwrap();
    let (head, rest) = scenario.split_once("  - commit:").unwrap();
    let (commit, after) = rest.split_once("\nafter:").unwrap();
    let indented: String = format!("- commit:{commit}")
        .lines()
        .map(|line| format!("          {}\n", line.strip_prefix("  ").unwrap_or(line)))
        .collect();
    let inside = format!(
        "{head}  - if: item.手数料 > 0\n    then:\n      - group: まとめ\n        do:\n{indented}\nafter:{after}"
    );
    office.write(SCENARIO, inside);
    let ran = run(&office, &["--rehearse", "--json"]);
    assert_eq!(ran.states(), ["0001 下見済"], "{ran:?}");
    assert!(!intends(&ran) && office.register().is_empty());

    // A draft whose author has not yet put the act into a commit.
    let bare = format!("{head}  - browser.click: 登録する\n\nafter:{after}");
    office.write(SCENARIO, bare.replace("${{ receipt }}", "${{ run.date }}"));
    let ran = run(&office, &["--rehearse", "--json"]);
    assert_eq!(ran.states(), ["0001 下見済"], "{ran:?}");
    let told = ran.view().notes.iter().any(|note| note.message.code == "YK8138");
    assert!(told && office.register().is_empty(), "{ran:?}");
}

#[test]
fn chosen_items_are_worked_and_the_others_wait_for_the_next_run() {
    let office = Office::new();
    office.deliver(&rows(4));
    let one = run(&office, &["--only", "0003", "--json"]);
    assert_eq!((one.code, one.states()), (0, vec!["0003 済".to_owned()]), "{one:?}");
    assert_eq!(count(&one.view(), Standing::NotStarted), 3);
    let first = run(&office, &["--limit", "1", "--json"]);
    assert_eq!(first.states(), ["0001 済"]);
    let row = run(&office, &["--only", "3行目", "--only", "0003"]);
    assert!(row.code == 0 && row.out.contains("もう済んでいる"), "{row:?}");
    let none = run(&office, &["--only", "9999"]);
    assert!(none.code == 3 && none.out.contains("0081123-0001"), "{none:?}");
    assert_eq!(office.registered(), ["0003", "0001", "0002"]);
    assert_eq!(office.night().states(), ["0004 済"]);
}

/// A rehearsal that is led through a pipe.
pub(super) struct Led {
    child: Child,
    input: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
    seen: String,
}

impl Led {
    pub(super) fn start(office: &Office, words: &[&str]) -> Led {
        Led::start_of(office, &[&ON_THE_DAY[..], words].concat())
    }

    pub(super) fn start_of(office: &Office, words: &[&str]) -> Led {
        let mut child = command(words, Some(&office.root()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Led {
            child,
            input,
            lines,
            seen: String::new(),
        }
    }

    /// Waits for a line with these words.
    pub(super) fn wait_for(&mut self, words: &str) -> String {
        loop {
            let Some(line) = self.lines.next() else {
                panic!("it ended before 「{words}」:\n{}", self.seen);
            };
            let line = line.unwrap();
            self.seen += &line;
            self.seen.push('\n');
            if line.contains(words) {
                return line;
            }
        }
    }

    pub(super) fn say(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Says nothing more and waits for the end.
    pub(super) fn finish(mut self) -> (i32, String) {
        self.input = None;
        for line in self.lines.by_ref() {
            self.seen += &line.unwrap();
            self.seen.push('\n');
        }
        (self.child.wait().unwrap().code().unwrap_or(-1), self.seen)
    }
}

#[test]
fn a_scenario_is_mended_while_its_rehearsal_waits() {
    let office = Office::new();
    office.deliver(&rows(1));
    office.edit(SCENARIO, "link: 新規登録", "link: 新規とうろく");
    let mut led = Led::start(&office, &["--step"]);
    led.wait_for("次:");
    led.say("v");
    let name = led.wait_for("item.氏名");
    assert!(name.contains("＊＊"), "{name}");
    led.say("p");
    led.wait_for("写真:");
    led.say("c");
    led.wait_for("失敗:");

    let tried = office.yakin(&["try", "browser.see: 新規登録"]);
    assert!(tried.code == 0 && tried.out.contains("できました"), "{tried:?}");
    let wrong = office.yakin(&["try", "browser.clik: 新規登録"]);
    assert!(wrong.code == 1 && wrong.out.contains("browser.click"), "{wrong:?}");
    let missing = office.yakin(&["try", "{ browser.click: { button: ない }, timeout: 1s }"]);
    assert_eq!(missing.code, 1, "{missing:?}");
    let risky = office.yakin(&["try", "browser.click: 登録する"]);
    assert!(risky.code == 1 && risky.out.contains("YK8140"), "{risky:?}");

    // A mistake in the file is told, and it goes on waiting.
    office.edit(SCENARIO, "link: 新規とうろく", "lnik: 新規登録");
    led.say("r");
    led.wait_for("誤りがある");
    office.edit(SCENARIO, "lnik: 新規登録", "link: 新規登録");
    led.say("r");
    let (code, seen) = led.finish();
    assert_eq!(code, 0, "{seen}");
    assert!(seen.contains("下見済 1 件"), "{seen}");
    assert!(office.register().is_empty());
    assert_eq!(
        office.yakin(&["try", "browser.see: x"]).code,
        2,
        "nothing stands any more"
    );
}

#[test]
fn who_leads_may_leave_and_nobody_there_is_no_reason_to_hang() {
    let office = Office::new();
    office.deliver(&rows(1));
    let left = run(&office, &["--step"]);
    assert!(left.code == 4 && left.out.contains("入力がない"), "{left:?}");
    let mut led = Led::start(&office, &["--step"]);
    led.wait_for("次:");
    led.say("q");
    assert_eq!(led.finish().0, 4);
    assert!(office.register().is_empty());

    let until = run(&office, &["--until", "新規登録"]);
    assert_eq!(until.code, 0, "{until:?}");
    assert!(
        until.out.contains("ここまで:") && until.out.contains("item.請求番号"),
        "{until:?}"
    );
    assert!(
        !until.out.contains("下見/"),
        "the steps of the end are not done: {until:?}"
    );
    let unknown = run(&office, &["--until", "新規とうろく"]);
    assert!(unknown.code == 2 && unknown.err.contains("YK7120"), "{unknown:?}");
    let act = run(&office, &["--until", "「登録する」を押す"]);
    assert!(act.code == 2 && act.err.contains("YK7122"), "{act:?}");
}

#[test]
fn a_step_is_tried_on_a_page_of_its_own() {
    let office = Office::new();
    let login = format!("{}/uketsuke/login", office.city.base_url());
    let seen = office.yakin(&["try", "--url", &login, "browser.see: ログイン"]);
    assert!(seen.code == 0 && seen.out.contains("できました"), "{seen:?}");
    let risky = office.yakin(&["try", "--url", &login, "browser.click: 登録する"]);
    assert!(risky.code == 2 && risky.err.contains("YK7130"), "{risky:?}");
    let away = office.yakin(&["try", "--url", "https://example.com/", "browser.see: x"]);
    assert!(away.code == 2 && away.err.contains("YK7129"), "{away:?}");
}
