//! What the words of the language say of themselves: those that say what a step does besides the step table, and those
//! that may stand beside any action.

mod file;

pub use file::{OFFICE, SCENARIO, SYSTEM};

/// A word of the language.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The word.
    pub name: &'static str,
    /// What it does, in Japanese.
    pub ja: &'static str,
    /// What it does, in English.
    pub en: &'static str,
    /// A complete step, or a piece of a file, that shows it; checked by a test.
    pub example: &'static str,
}

/// The words of the language in their groups: those of steps, then those of files.
pub fn groups() -> [&'static [Word]; 5] {
    [CONTROL, BESIDE, SCENARIO, SYSTEM, OFFICE]
}

/// The word of that name that stands in a step.
pub fn of_step(name: &str) -> Option<&'static Word> {
    CONTROL.iter().chain(BESIDE).find(|word| word.name == name)
}

/// Words that say what a step does.
pub const CONTROL: &[Word] = &[
    Word {
        name: "if",
        ja: "条件が成り立てば then の手順を、成り立たなければ else の手順（あれば）を行います。条件に ${{ }} は要りません。",
        en: "Does the steps of `then` if the condition holds, else those of `else`, if any. A condition needs no ${{ }}.",
        example: "if: item.手数料 == 0\nthen: { log: 手数料はかかりません }\nelse: { log: 手数料がかかります }",
    },
    Word {
        name: "for_each",
        ja: "一覧の値の1つ1つについて、do の手順を行います。値は as でつけた名前（省略すると each）で使います。commit は中に置けません。",
        en: "Does the steps of `do` for each value of a list. The value has the name of `as` (`each`, if none). No commit inside.",
        example: "for_each: ${{ ['転入', '転出'] }}\nas: 異動\ndo:\n  - browser.see: ${{ 異動 }}",
    },
    Word {
        name: "repeat_until",
        ja: "条件が成り立つまで、または印（{ text: 最終ページ } など）が画面に見えるまで、do の手順をくり返します。1回終わるごとに確かめます。\
             max に回数の上限（1000 まで）を書きます。上限までくり返しても終わらなければ失敗です。何回目かは as でつけた名前で使えます。\
             commit は中に置けません。",
        en: "Does the steps of `do` again until a condition holds, or the page shows a sign such as { text: 最終ページ }; it is looked at \
             after each round. `max` is the most rounds (1000 at most); not to come to the end by then is a failure. The round's number \
             has the name of `as`. No commit inside.",
        example: "repeat_until: { text: 最終ページ }\nmax: 50\nas: 頁\ndo:\n  - browser.click: 次へ\n    when: 頁 > 1\n  \
                  - browser.read_table: 検索結果\n    name: 1ページを読む",
    },
    Word {
        name: "try",
        ja: "手順を試し、うまくいかなければ catch の手順に移ります。失敗の内容は error.message で読めます。finally の手順は、どちらでも最後に行います。\
             差し戻しや停止、登録できたか分からない件は、ここでは受け止めません。",
        en: "Tries steps, and does those of `catch` if one fails; error.message says what failed. The steps of `finally` are done \
             afterwards in any case. What rejects, stops, or leaves it unknown whether something was registered is not caught.",
        example: "try:\n  - browser.click: お知らせを閉じる\n    timeout: 3s\ncatch:\n  - log: お知らせはありません（${{ error.message }}）",
    },
    Word {
        name: "group",
        ja: "いくつかの手順を、1つの名前でまとめます。報告が読みやすくなります。",
        en: "Puts some steps under one name, so that reports are easier to read.",
        example: "group: 請求者の入力\ndo:\n  - browser.fill: [氏名, 生年月日]",
    },
    Word {
        name: "call",
        ja: "部品（scenarios/parts/ のファイルに書いた手順）を行います。with で入力の値を渡し、結果は as でつけた名前から「結果.住所」のように読みます。\
             部品から見えるのは、渡した値と run だけです。",
        en: "Does the steps of a part, a file in scenarios/parts/. `with` gives its inputs their values; what it gives back is read from \
             the name of `as`, as in 結果.住所. A part sees what it is given and `run`, nothing else.",
        example: "call: parts/住所入力\nwith:\n  郵便番号: ${{ item.郵便番号 }}\nas: 結果",
    },
    Word {
        name: "commit",
        ja: "取り消せない操作を、1件につき1回だけ行います。do に操作、proof に出来たときの画面の印、refused に断られたときの印、\
             already に前から登録があるときの印、verify に疑わしいときの見に行き方（自動で見に行かないなら none）を書きます。",
        en: "Does once an item what cannot be undone: `do` is the act, `proof` what the page then shows, `refused` what it shows when \
             it refuses, `already` when it was there before, `verify` how to look after a doubt (`none`: a person looks).",
        example: "commit: 請求の登録\ndo: { browser.click: 登録する }\nproof: { field: 受付番号, as: receipt }\n\
                  refused: { field: エラー内容 }\nverify: none",
    },
    Word {
        name: "reject",
        ja: "その件を、書いた理由で差し戻します。次の件に進みます。",
        en: "Sends the item back for the reason given, and goes on with the next.",
        example: "reject: 手数料が不足しています\nwhen: item.手数料 < 300",
    },
    Word {
        name: "stop",
        ja: "実行の全体を、書いた理由で止めます。残りの件は次の実行で処理します。",
        en: "Ends the whole run for the reason given. What is left is worked by the next run.",
        example: "stop: 台帳が締め切られています\nwhen: item.氏名 == '締切'",
    },
    Word {
        name: "log",
        ja: "実行の記録に1行書きます。",
        en: "Writes a line into the history.",
        example: "log: ${{ item.請求番号 }} の受付日は ${{ item.受付日 | 和暦 }}",
    },
    Word {
        name: "set",
        ja: "値に名前をつけます。その後の手順で使えます。",
        en: "Gives values names, for the steps after it.",
        example: "set:\n  高齢: ${{ (item.生年月日 | 年齢(run.date)) >= 65 }}",
    },
    Word {
        name: "ask",
        ja: "人にたずねて、答えを待ちます。その件は読取確認になり、画面の写真を残して、次の件に進みます。yakin review で質問を読んで答えると、\
             次の実行で、その件を始めから処理し、答えは as の名前で使えます。choices に選択肢を、なければ type に答えの種類（date など）を書けます。\
             id を付けると、手順を並べ替えても答えが生きます。commit の中と後には書けません。",
        en: "Asks a person and waits for the answer: the item becomes a reading review, a picture of the page is kept, and the run goes on \
             with the next one. `yakin review` shows the question and takes the answer; the next run works the item from its beginning, and \
             the answer has the name of `as`. `choices` are the answers there are; without them `type` (such as date) says how the answer \
             is read. With an `id` an answer outlives a change of the steps around it. Neither in a commit nor after it.",
        example: "ask: 同じ人ですか（${{ item.氏名 }}）\nchoices: [はい, いいえ]\nas: 答え",
    },
];

/// Words that may stand beside any action.
pub const BESIDE: &[Word] = &[
    Word {
        name: "id",
        ja: "その手順の、変わらない名前です。",
        en: "A stable name of the step.",
        example: "browser.click: 検索\nid: kensaku",
    },
    Word {
        name: "name",
        ja: "報告に出す、その手順の呼び名です。",
        en: "What reports call the step.",
        example: "browser.click: 次へ\nname: 入力の画面に進む",
    },
    Word {
        name: "when",
        ja: "条件が成り立つときだけ、その手順を行います。条件に ${{ }} は要りません。",
        en: "Does the step only if the condition holds. A condition needs no ${{ }}.",
        example: "browser.click: 代理人あり\nwhen: item.氏名 is not 空",
    },
    Word {
        name: "else",
        ja: "if や when の条件が成り立たないとき、または browser.see などで見るものが画面になかったときに行う手順です。",
        en: "Steps for when the condition of `if` or `when` does not hold, or the page does not show what was looked for.",
        example: "browser.see: { field: 住所, contains: 長崎市 }\nelse: { reject: 住所が市外です }",
    },
    Word {
        name: "as",
        ja: "その手順で読み取った値に名前をつけます。",
        en: "Gives a name to what the step has read.",
        example: "browser.read: { field: 世帯主 }\nas: 世帯主",
    },
    Word {
        name: "retry",
        ja: "うまくいかないとき、何回までやり直すかです（10 まで）。group や call に付けると、まとめてやり直します。commit の中には書けません。",
        en: "How often a step that failed is tried again (10 at most); beside `group` or `call`, all of its steps. Not inside a commit.",
        example: "browser.click: 再検索\nretry: 2",
    },
    Word {
        name: "timeout",
        ja: "画面を待つ時間です。30s、5分 のように書きます。items の中では1件にかけてよい時間（省略すると15分）、シナリオのいちばん上では\
             実行全体の時間で、過ぎると区切りのよいところで止まります。",
        en: "How long to wait for the page, such as 30s or 5m. Inside `items` how long one item may take (15m by default), at the top of\
             a scenario how long the whole run: it then ends at its next safe point.",
        example: "browser.see: 検索結果\ntimeout: 60s",
    },
    Word {
        name: "on_error",
        ja: "うまくいかないときにどうするかです。fail：その件を失敗にします（省略するとこれ）。continue：次の手順に進みます。",
        en: "What a failure means: `fail` ends the item as failed (the default), `continue` goes on with the next step.",
        example: "browser.click: お知らせを閉じる\non_error: continue",
    },
    Word {
        name: "evidence",
        ja: "その手順の後に画面の写真を残すかどうかです。always：残す、none：残さない。",
        en: "Whether a picture is kept after the step: `always` or `none`.",
        example: "browser.see: 検索結果\nevidence: always",
    },
    Word {
        name: "effect",
        ja: "「登録」などの名前のボタンでも、画面を開くだけで何も登録しないと、書いた人が請け合います。read だけ書けます。",
        en: "The author vouches that a button, though called 登録, only opens a page. `read` is its one value.",
        example: "browser.click: 登録画面へ\neffect: read",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::vocabulary;

    #[test]
    fn every_word_of_the_grammar_is_explained_once() {
        for (known, told) in [(vocabulary::WORDS, CONTROL), (vocabulary::MODIFIERS, BESIDE)] {
            let names: Vec<&str> = told.iter().map(|word| word.name).collect();
            assert_eq!(names.len(), told.len());
            let sorted = |names: &[&'static str]| names.iter().copied().collect::<BTreeSet<_>>();
            assert_eq!(sorted(&names), sorted(known));
        }
        for word in CONTROL.iter().chain(BESIDE) {
            let shows = |line: &str| line.starts_with(&format!("{}:", word.name));
            assert!(word.example.lines().any(shows), "{}", word.name);
        }
    }

    /// The file that an example of a group stands in.
    fn parse_errors(group: &str, example: &str) -> Vec<String> {
        let beside = match group {
            "scenario" => vec!["yakin: 1", "name: 例", "steps: { log: x }"],
            "system" => vec!["yakin: 1", "system: 受付", "url: http://127.0.0.1/"],
            _ => vec!["yakin: 1"],
        };
        let word = |line: &str| line.split(':').next().map(str::to_owned);
        let given: Vec<_> = example.lines().map(word).collect();
        let mut text: String = beside
            .into_iter()
            .filter(|line| !given.contains(&word(line)))
            .map(|line| format!("{line}\n"))
            .collect();
        text.push_str(example);
        let source = crate::diag::Source::new("scenarios/systems/受付.yaml", text);
        let found = match group {
            "office" => crate::scenario::office::parse(&source).1,
            _ => crate::scenario::parse(&source).found,
        };
        found.iter().map(|found| format!("{:?}", found.message)).collect()
    }

    #[test]
    fn every_word_of_a_file_has_an_example_that_can_be_read() {
        for (group, words) in [("scenario", SCENARIO), ("system", SYSTEM), ("office", OFFICE)] {
            for word in words {
                assert_eq!(parse_errors(group, word.example), Vec::<String>::new(), "{}", word.name);
                let shows = |line: &str| line.trim_start().starts_with(&format!("{}:", word.name));
                assert!(word.example.lines().any(shows), "{}", word.name);
            }
        }
    }

    #[test]
    fn no_word_of_a_file_is_without_help() {
        let unknown = |text: &str, file: &str| -> BTreeSet<String> {
            let source = crate::diag::Source::new(file, format!("{text}\nzzz: 1\n"));
            let found = match file {
                "office.yaml" => crate::scenario::office::parse(&source).1,
                _ => crate::scenario::parse(&source).found,
            };
            let message = found
                .iter()
                .find(|found| found.message.is(crate::text::codes::UNKNOWN_ENTRY));
            match message.and_then(|found| found.message.args.get("words")) {
                Some(crate::text::Arg::Open(words)) => words.split(", ").map(str::to_owned).collect(),
                other => panic!("{other:?}"),
            }
        };
        let scenario = "yakin: 1\nname: x\nsteps: { log: x }";
        let items = "yakin: 1\nname: x\nsteps: { log: x }\nitems:\n  from: { csv: a.csv }\n  key: x\n  zzz: 1\nzzy: 1";
        let system = "yakin: 1\nsystem: 受付\nurl: http://127.0.0.1/";
        for (text, file, words) in [
            (scenario, "scenarios/x.yaml", SCENARIO),
            (items, "scenarios/x.yaml", SCENARIO),
            (system, "scenarios/systems/受付.yaml", SYSTEM),
            ("yakin: 1", "office.yaml", OFFICE),
        ] {
            let words = words.iter().chain(SCENARIO).chain(BESIDE);
            let known: BTreeSet<String> = words.map(|word| word.name.to_owned()).collect();
            let asked = unknown(text, file);
            assert!(!asked.is_empty() && asked.is_subset(&known), "{asked:?}");
        }
    }
}
