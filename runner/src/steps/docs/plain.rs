//! Steps and words of the language by what a clerk calls them.

use super::{columns, describe, first_sentence, indented, table};
use crate::rules::width::to_halfwidth_ascii;
use crate::scenario::words;
use crate::text::Lang;

/// What people say for a step or a word, where its help does not say it so.
const PLAIN: &[(&[&str], &[&str])] = &[
    (
        &["クリック", "クリックする", "押す", "ボタン", "リンク"],
        &["browser.click"],
    ),
    (
        &["記入", "記入する", "入力", "入力する", "入れる", "書き込む"],
        &["browser.fill"],
    ),
    (&["打つ", "キー入力"], &["browser.type", "browser.press"]),
    (
        &["選択", "選択する", "選ぶ", "プルダウン"],
        &["browser.select", "browser.fill"],
    ),
    (&["確認", "確認する", "待つ", "見る"], &["browser.see"]),
    (
        &["読む", "読み取る", "読み取り", "読取"],
        &["browser.read", "browser.read_table"],
    ),
    (&["開く", "画面を開く"], &["browser.open"]),
    (&["エクセル", "excel", "書き出す", "書き出し"], &["excel.write"]),
    (&["登録", "登録する", "申請", "送信", "確定"], &["commit"]),
    (
        &["繰り返し", "繰り返す", "くり返し", "くり返す", "ループ"],
        &["for_each", "repeat_until"],
    ),
    (&["条件", "もし", "分岐"], &["if", "when"]),
    (&["差し戻し", "差し戻す", "差戻し"], &["reject"]),
    (&["質問", "たずねる", "尋ねる"], &["ask"]),
    (&["部品"], &["call"]),
    (&["台帳"], &["ledger", "key"]),
    (&["明細", "1件", "件"], &["items"]),
    (&["予定", "スケジュール", "いつ"], &["schedule"]),
    (&["列", "列の種類"], &["columns"]),
    (&["見本", "サンプル"], &["sample"]),
    (&["手順"], &["steps"]),
    (&["やり直し", "やり直す", "再試行"], &["retry"]),
    (&["写真", "スクリーンショット"], &["browser.screenshot", "evidence"]),
];

/// Steps and words by what they are called in plain words, one told whole, several as a list. `None` when nothing is
/// called so.
pub fn about(word: &str, lang: Lang) -> Option<String> {
    let word = to_halfwidth_ascii(word.trim()).to_lowercase();
    let listed = PLAIN.iter().find(|(plain, _)| plain.contains(&word.as_str()));
    let names: Vec<&str> = match listed {
        Some((_, names)) => names.to_vec(),
        None => mentioning(&word),
    };
    match names.as_slice() {
        [] => None,
        [name] => describe(name, lang),
        many => {
            let lines: Vec<(&str, &str)> = many
                .iter()
                .map(|name| (*name, first_sentence(help(name, lang))))
                .collect();
            let more = lang.pick("詳しく: yakin steps 名前", "More: yakin steps NAME");
            Some(format!("{}\n{more}\n", indented(&columns(&lines))))
        }
    }
}

/// The steps and words whose first sentence says a word.
fn mentioning(word: &str) -> Vec<&'static str> {
    if word.chars().count() < 2 {
        return Vec::new();
    }
    let steps = table().map(|def| (def.name, def.help.ja, def.help.en));
    let words = words::groups()
        .into_iter()
        .flatten()
        .map(|word| (word.name, word.ja, word.en));
    let mut names: Vec<&str> = Vec::new();
    for (name, ja, en) in steps.chain(words) {
        if [ja, en]
            .iter()
            .any(|help| first_sentence(help).to_lowercase().contains(word))
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

fn help(name: &str, lang: Lang) -> &'static str {
    let step = table()
        .find(|def| def.name == name)
        .map(|def| lang.pick(def.help.ja, def.help.en));
    let word = || words::groups().into_iter().flatten().find(|word| word.name == name);
    step.or_else(|| word().map(|word| lang.pick(word.ja, word.en)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_find_what_they_mean() {
        for (word, begins) in [
            ("クリック", "browser.click\n"),
            ("記入", "browser.fill\n"),
            ("登録", "commit\n"),
            ("スクロールバー", ""),
        ] {
            assert!(about(word, Lang::Ja).unwrap_or_default().starts_with(begins), "{word}");
        }
        assert_eq!(about("スクロールバー", Lang::Ja), None);
        let many = about("台帳", Lang::Ja).expect("a list");
        assert!(many.contains("ledger ") && many.contains("key "), "{many}");
        assert!(about("キャンセル", Lang::Ja).is_some_and(|told| told.contains("browser.dialog")));
    }

    #[test]
    fn every_plain_word_stands_once_and_for_what_there_is() {
        let mut seen = std::collections::BTreeSet::new();
        for (plain, names) in PLAIN {
            assert!(plain.iter().all(|word| seen.insert(word)), "{plain:?}");
            for name in *names {
                assert!(
                    describe(name, Lang::Ja).is_some() && !help(name, Lang::En).is_empty(),
                    "{name}"
                );
            }
        }
    }
}
