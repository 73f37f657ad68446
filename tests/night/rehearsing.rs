//! Rehearsals of everything a scenario may hold, and what is led through them step by step.

use yakin::events::Kind;
use yakin::text::{Lang, codes};

use super::trying::Led;
use crate::support::office::{Office, Ran, SCENARIO, rows};

/// What a scenario wrote by `log`.
fn logged(ran: &Ran) -> Vec<String> {
    let view = ran.view();
    let lines = view.notes.iter().filter(|note| note.message.is(codes::LOG_LINE));
    lines.map(|note| note.message.what(Lang::Ja)).collect()
}

fn write(office: &Office, id: &str, steps: &str) {
    let text = format!("yakin: 1\nname: 下見の試し\n{}\n", steps.trim());
    office.write(&format!("scenarios/{id}.yaml"), text);
}

fn run(office: &Office, id: &str, words: &[&str]) -> Ran {
    office.yakin(&[&["run", id, "--date", "2026-11-23", "--json"], words].concat())
}

#[test]
fn a_commit_in_a_part_ends_the_item_wherever_it_was_called() {
    let office = Office::new();
    office.write(
        "scenarios/parts/登録.yaml",
        "yakin: 1\npart: 登録\ninputs: { 請求番号: code, 氏名: name, 生年月日: date, 郵便番号: postal, カナ: kana }\noutputs: { 番号: code }\nsteps:\n  \
         - browser.click: { link: 新規登録 }\n  - browser.fill:\n      請求番号: ${{ 請求番号 }}\n      氏名: ${{ 氏名 }}\n      \
         生年月日: ${{ 生年月日 }}\n      郵便番号: ${{ 郵便番号 }}\n      フリガナ: ${{ カナ | 全角カナ }}\n  \
         - repeat_until: { field: 住所, contains: 長崎市 }\n    max: 30\n    do: { log: 住所を待つ }\n  \
         - commit: 請求の登録\n    do: { browser.click: 登録する }\n    proof: { field: 受付番号, as: 番号 }\n    \
         refused: { field: エラー内容 }\n    verify: none\n",
    );
    let scenario = std::fs::read_to_string(office.root().join(SCENARIO)).unwrap();
    let (head, rest) = scenario.split_once("steps:\n").unwrap();
    let (_, after) = rest.split_once("\nafter:").unwrap();
    let with = ["請求番号", "氏名", "生年月日", "郵便番号", "カナ"]
        .map(|name| format!("          {name}: ${{{{ item.{name} }}}}\n"))
        .concat();
    let steps = format!(
        "steps:\n  - try:\n      - call: parts/登録\n        with:\n{with}        as: 結果\n    \
         catch:\n      - log: 受け止めた\n      - reject: 登録できません\n    finally: {{ log: 最後に }}\n  - log: 登録の後\n"
    );
    let head = head.replace("${{ receipt }}", "${{ 結果.番号 }}");
    office.write(SCENARIO, format!("{head}{steps}\nafter:{after}"));
    office.deliver(&rows(2));
    let ran = run(&office, "juminhyo-yubin", &["--rehearse"]);
    assert_eq!(
        (ran.code, ran.states()),
        (0, vec!["0001 下見済".to_owned(), "0002 下見済".to_owned()]),
        "{ran:?}"
    );
    assert!(
        logged(&ran).iter().all(|line| line == "住所を待つ"),
        "{:?}",
        logged(&ran)
    );
    assert!(ran.view().stops().is_empty(), "{:?}", ran.view().stops());
    let intended = |kind: &Kind| matches!(kind, Kind::CommitIntended { .. });
    assert!(!ran.events().iter().any(|event| intended(&event.kind)) && office.register().is_empty());
    let html = office.yakin(&["report", "--html", "a.html"]);
    assert_eq!(html.code, 0, "{html:?}");

    let night = office.night();
    assert_eq!(night.states(), ["0001 済", "0002 済"], "{night:?}");
    assert_eq!(logged(&night).iter().filter(|line| *line == "最後に").count(), 2);
}

#[test]
fn a_rehearsal_asks_nobody_and_says_that_a_run_would() {
    let office = Office::new();
    write(
        &office,
        "kiku",
        "
items: { from: { list: [本庁, 支所] }, columns: { 値: open } }
steps:
  - ask: 開いていますか
    when: item.値 == '本庁'
    choices: [はい, いいえ]
    as: 開庁
  - log: ${{ item.値 }}
",
    );
    let ran = run(&office, "kiku", &["--rehearse"]);
    assert_eq!(
        (ran.code, ran.states()),
        (1, vec!["本庁 読取確認 YK8141".to_owned(), "支所 下見済".to_owned()])
    );
    let told = office.yakin(&["run", "kiku", "--rehearse"]);
    let card = office.yakin(&["runs", "show"]).out.replace(['\n', ' '], "");
    for (words, said) in [
        (&told.out, "実際の実行では、ここで人に質問します。「開いていますか」"),
        (&told.out, "質問は残していません"),
        (&card, "tset:{開庁:答え}"),
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!told.out.contains("yakin review"), "{told:?}");
    assert_eq!(office.yakin(&["review"]).out, "人を待っている件はありません。\n");
    assert_eq!(office.yakin(&["review", "answer", "1", "はい"]).code, 2);

    // The way past the question that the rehearsal told of.
    let mut led = Led::start_of(&office, &["run", "kiku", "--step", "--limit", "1"]);
    led.wait_for("次:");
    led.say("t set: { 開庁: はい }");
    led.wait_for("できました");
    led.say("s");
    led.wait_for("次:");
    led.say("v");
    led.wait_for("開庁 = はい");
    led.say("c");
    assert_eq!(led.finish().0, 0);

    let night = run(&office, "kiku", &[]);
    assert_eq!(night.states(), ["本庁 読取確認 YK8103", "支所 済"]);
    // What was answered in earnest is known to a rehearsal, which leaves the answer to the next run.
    assert_eq!(office.yakin(&["review", "answer", "1", "はい"]).code, 0);
    for (words, state) in [(&["--rehearse"][..], "本庁 下見済"), (&[], "本庁 済")] {
        let ran = run(&office, "kiku", words);
        assert_eq!(
            (ran.code, ran.states(), logged(&ran)),
            (0, vec![state.to_owned()], vec!["本庁".to_owned()])
        );
    }
}

#[test]
fn a_rehearsal_takes_nothing_from_a_list_or_from_another_scenario() {
    let office = Office::new();
    write(
        &office,
        "saki",
        "items: { from: { list: [本庁, 支所] }, columns: { 値: open } }\nsteps:\n  - log: 先 ${{ item.値 }}",
    );
    write(
        &office,
        "ato",
        "items:\n  from: { scenario: saki }\nsteps:\n  - log: 後 ${{ item.値 }}",
    );
    let states = |id: &str, words: &[&str]| {
        let ran = run(&office, id, words);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.states()
    };
    let (rehearsed, done) = (["本庁 下見済", "支所 下見済"], ["本庁 済", "支所 済"]);
    assert_eq!(states("saki", &["--rehearse"]), rehearsed);
    assert!(states("ato", &[]).is_empty(), "what was rehearsed is not handed over");
    assert_eq!(states("saki", &["--rehearse"]), rehearsed);
    assert_eq!(states("saki", &[]), done);
    assert_eq!(
        states("saki", &["--rehearse"]),
        rehearsed,
        "what registers nothing is done anew"
    );
    assert_eq!(states("ato", &["--rehearse"]), rehearsed);
    assert_eq!(states("ato", &["--rehearse", "--only", "支所"]), ["支所 下見済"]);
    assert_eq!(states("ato", &[]), done);
    assert!(states("ato", &["--rehearse"]).is_empty());
}

#[test]
fn the_end_of_each_items_steps_waits_and_goes_on_with_steps_added_there() {
    let office = Office::new();
    write(
        &office,
        "kaku",
        "items: { from: { list: [本庁, 支所, 出張所] }, columns: { 値: open } }\nsteps:\n  - log: 一 ${{ item.値 }}",
    );
    let file = "scenarios/kaku.yaml";
    let mut led = Led::start_of(&office, &["run", "kaku", "--step"]);
    led.wait_for("次:");
    led.say("");
    assert!(led.wait_for("手順は終わりです").contains("本庁"));
    // Nothing was added, a letter that has no sense here, and the values: it stays.
    led.say("r");
    led.wait_for("手順は終わりです");
    led.say("s");
    led.wait_for("Enter 次の件へ");
    led.say("v");
    led.wait_for("item.値 = 本庁");
    office.edit(
        file,
        "- log: 一 ${{ item.値 }}",
        "- log: 一 ${{ item.値 }}\n  - log: 二 ${{ item.値 }}",
    );
    led.say("r");
    assert!(led.wait_for("次:").contains("kaku.yaml:6"), "the step that was added");
    led.say("");
    assert!(led.wait_for("手順は終わりです").contains("kaku.yaml:6"));
    led.say("");
    for line in ["kaku.yaml:5", "kaku.yaml:6"] {
        let next = led.wait_for("次:");
        assert!(next.contains(line) && next.contains("支所"), "{next}");
        led.say("");
    }
    led.wait_for("手順は終わりです");
    led.say("c");
    let (code, seen) = led.finish();
    assert_eq!((code, seen.matches("手順は終わりです").count()), (0, 4), "{seen}");
    for line in ["一 本庁", "二 本庁", "二 出張所"] {
        assert_eq!(seen.matches(&format!(" {line}\n")).count(), 1, "{line}: {seen}");
    }
    // It has no act: nobody is told that a run would register something.
    assert!(
        seen.contains("登録（`commit`）はありません") && !seen.contains("実行すると登録します"),
        "{seen}"
    );
}

#[test]
fn the_page_waits_before_the_act_and_steps_added_before_it_are_done_there() {
    let office = Office::new();
    office.deliver(&rows(1));
    let mut led = Led::start(&office, &["--step"]);
    for _ in 0..5 {
        led.wait_for("次:");
        led.say("");
    }
    assert!(led.wait_for("手順は終わりです").contains("請求の登録"));
    led.say("l");
    led.wait_for("登録する");
    led.say("r");
    led.wait_for("手順は終わりです");
    office.edit(
        SCENARIO,
        "  - commit: 請求の登録",
        "  - browser.see: { field: 氏名 }\n  - commit: 請求の登録",
    );
    led.say("r");
    assert!(led.wait_for("次:").contains("氏名"));
    led.say("");
    assert!(led.wait_for("次:").contains("請求の登録"));
    led.say("");
    led.wait_for("手順は終わりです");
    led.say("c");
    let (code, seen) = led.finish();
    assert!(code == 0 && seen.contains("下見済 1 件"), "{seen}");
    assert!(office.register().is_empty());
}

const PART: &str = "scenarios/parts/日付.yaml";

/// A part whose step fails unless its text is a date, called in a loop.
fn looping() -> Office {
    let office = Office::new();
    office.write(
        PART,
        "yakin: 1\npart: 日付\ninputs: { 文: open }\noutputs: { 和: open }\nsteps:\n  - log: 部品 ${{ 文 }}\n  - set:\n      和: ${{ 文 | 和暦 }}\n",
    );
    write(
        &office,
        "loop",
        "
steps:
  - for_each: ${{ ['きのう', 'あした'] }}
    as: 日
    do:
      - call: parts/日付
        with: { 文: \"${{ 日 }}\" }
        as: 結果
      - log: 前 ${{ 結果.和 }}
  - log: おわり
",
    );
    office
}

#[test]
fn a_part_is_mended_where_it_stopped_and_the_loop_around_it_goes_on_with_the_mended_steps() {
    let office = looping();
    let mut led = Led::start_of(&office, &["run", "loop", "--step"]);
    for place in [
        "scenarios/loop.yaml:4",
        "scenarios/loop.yaml:7",
        "scenarios/parts/日付.yaml:6",
    ] {
        let line = led.wait_for("次:");
        assert!(line.contains(place), "{place}: {line}");
        led.say("");
    }
    led.wait_for("次:");
    led.say("c");
    let failed = led.wait_for("失敗:");
    assert!(failed.contains("scenarios/parts/日付.yaml:7"), "{failed}");
    // Nothing is read while the part has a mistake, which is told with the part's own file.
    office.edit(PART, "文 | 和暦", "文 | 和れき");
    led.say("r");
    led.wait_for("日付.yaml:8");
    led.wait_for("誤りがある");
    office.edit(PART, "文 | 和れき", "文");
    office.edit("scenarios/loop.yaml", "前 ${{", "直した ${{");
    office.edit("scenarios/loop.yaml", "おわり", "ほんとうにおわり");
    led.say("r");
    let (code, seen) = led.finish();
    assert_eq!(code, 0, "{seen}");
    for line in ["直した きのう", "直した あした", "ほんとうにおわり"] {
        assert!(seen.contains(line), "{line}: {seen}");
    }
    assert!(!seen.contains("前 きのう") && !seen.contains("前 あした"), "{seen}");
}

#[test]
fn who_leads_is_asked_about_each_failure_once() {
    let office = Office::new();
    write(
        &office,
        "ukeru",
        "
items: { from: { list: [あした, きのう] }, columns: { 値: open } }
steps:
  - try:
      - set:
          日: ${{ item.値 | 和暦 }}
    catch:
      - set:
          次: ${{ error.code | 和暦 }}
    finally:
      - set:
          最後: ${{ item.値 }}
",
    );
    let mut led = Led::start_of(&office, &["run", "ukeru", "--step"]);
    led.wait_for("次:");
    led.say("c");
    for _ in ["あした", "きのう"] {
        assert!(led.wait_for("失敗:").contains("ukeru.yaml:6"));
        led.say("f");
        // What sees to it fails in its turn; the steps of the end do not make the old failure a new one.
        assert!(led.wait_for("失敗:").contains("ukeru.yaml:9"));
        led.say("f");
    }
    let (code, seen) = led.finish();
    assert_eq!((code, seen.matches("失敗:").count()), (1, 4), "{seen}");
}

#[test]
fn a_stopped_page_is_listed_and_parts_are_tried_on_it() {
    let office = Office::new();
    office.deliver(&rows(1));
    office.write(
        "scenarios/parts/見る.yaml",
        "yakin: 1\npart: 見る\ninputs: { 言葉: open }\noutputs: { 見た: open }\nsteps:\n  - browser.see: ${{ 言葉 }}\n    timeout: 1s\n  \
         - set: { 見た: \"${{ 言葉 }}を見た\" }\n",
    );
    office.write(
        "scenarios/parts/押す.yaml",
        "yakin: 1\npart: 押す\nsteps:\n  - browser.click: 登録する\n",
    );
    office.write(
        "scenarios/parts/誤り.yaml",
        "yakin: 1\npart: 誤り\nsteps:\n  - browser.clik: 登録\n",
    );
    let mut led = Led::start(&office, &["--step"]);
    led.wait_for("次:");
    led.say("ｌ");
    led.wait_for("- browser.open: /menu");
    led.wait_for("- browser.click: { link: 新規登録 }");
    let looked = office.yakin(&["look"]);
    assert!(
        looked.code == 0 && looked.out.contains("- browser.click: { link: 新規登録 }"),
        "{looked:?}"
    );
    let lines = office.yakin(&["look", "--json"]);
    let steps: Vec<serde_json::Value> = lines
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        steps
            .iter()
            .any(|step| step["step"] == "- browser.click: { link: 新規登録 }"),
        "{lines:?}"
    );
    assert_eq!(office.yakin(&["look", "--show"]).code, 2, "it is no page of its own");

    let tried = |step: &str| office.yakin(&["try", step]);
    let seen = tried("{ call: parts/見る, with: { 言葉: 新規登録 }, as: 結果 }");
    assert!(
        seen.code == 0 && seen.out.contains("結果: 見た=新規登録を見た"),
        "{seen:?}"
    );
    let unseen = tried("{ call: parts/見る, with: { 言葉: ない言葉 } }");
    assert!(unseen.code == 1 && unseen.out.contains("ない言葉"), "{unseen:?}");
    let act = tried("call: parts/押す");
    assert!(act.code == 1 && act.out.contains("YK8140"), "{act:?}");
    for (step, said) in [
        ("call: parts/見る", "言葉"),
        ("call: parts/みる", "見る"),
        ("call: parts/誤り", "scenarios/parts/誤り.yaml:4"),
    ] {
        let wrong = tried(step);
        assert!(wrong.code == 1 && wrong.out.contains(said), "{step}: {wrong:?}");
    }
    led.say("q");
    assert_eq!(led.finish().0, 4);
    assert!(office.register().is_empty());
    let nowhere = office.yakin(&["look"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("YK7133"), "{nowhere:?}");
}
