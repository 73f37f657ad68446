//! Words of the work itself, which stand in messages, reports and guides and are no words of the language.

use crate::rules::width::to_halfwidth_ascii;
use crate::text::Lang;

/// A word and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// What it is called: in Japanese first, in English second, then other names.
    pub names: &'static [&'static str],
    /// What it means, in Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
    /// Words of the language and commands that have to do with it.
    pub see: &'static [&'static str],
}

impl Term {
    /// What it is called and what it means.
    pub fn told(&self, lang: Lang) -> String {
        let [ja, en, ..] = self.names else { return String::new() };
        let (name, other) = match lang {
            Lang::Ja => (ja, en),
            Lang::En => (en, ja),
        };
        let see = match self.see {
            [] => String::new(),
            see => format!(
                "{}{}\n",
                lang.pick("関係する言葉: ", "See also: "),
                see.join(lang.pick("、", ", "))
            ),
        };
        format!(
            "{}\n\n{}\n{see}",
            lang.pick(&format!("{name}（{other}）"), &format!("{name} ({other})")),
            lang.pick(self.ja, self.en)
        )
    }
}

/// The term that a word is a name of.
pub fn term(word: &str) -> Option<&'static Term> {
    let asked = to_halfwidth_ascii(word.trim()).to_lowercase();
    TERMS.iter().find(|term| term.names.contains(&asked.as_str()))
}

const TERMS: &[Term] = &[
    // What works, and where.
    Term {
        names: &["ボット", "bot"],
        ja: "1つのシナリオのファイルのとおりに働くものです。1つのファイルが1つのボットで、済んだ件の台帳を1つ持ちます。",
        en: "What works as one scenario's file says. One file is one bot, with one ledger of what is done.",
        see: &["id", "ledger"],
    },
    Term {
        names: &["シナリオ", "scenario"],
        ja: "業務の手順書です。scenarios フォルダーの YAML ファイルに、どの表の1件ずつを、どの画面に、どう入力するかを書きます。",
        en: "The procedure of a piece of work: a YAML file in the folder scenarios that says which table is worked, and how each of its items is entered.",
        see: &["items", "steps"],
    },
    Term {
        names: &["事務所", "office"],
        ja: "office.yaml のあるフォルダーです。シナリオ、表（inbox）、結果（outbox）、記録（.yakin）が、みなこの中にあります。",
        en: "The folder with office.yaml. Scenarios, tables (inbox), results (outbox) and records (.yakin) all lie in it.",
        see: &["yakin init"],
    },
    Term {
        names: &["練習市役所", "practice city", "練習", "practice"],
        ja: "夜勤の中にある、まねの市役所のシステムです。住民はみな架空の人で、何を登録しても本物には影響しません。--real を付けない実行は、ここで行います。",
        en: "Mock systems of a city hall inside yakin, with invented residents: nothing that is registered there is real. A run without --real works there.",
        see: &["yakin practice", "yakin run"],
    },
    Term {
        names: &["秘密", "secret"],
        ja: "利用者IDやパスワードです。シナリオには書かずに夜勤に預け、${{ secrets.受付.パスワード }} のように名前で使います。",
        en: "A user or a password. It is kept by yakin and not written into a scenario, which uses it by its name, as in ${{ secrets.受付.パスワード }}.",
        see: &["yakin secret set"],
    },
    // How it is done once and no more.
    Term {
        names: &["台帳", "ledger"],
        ja: "どの件が済んだかの覚えです。key の値ごとに1行で、ボットが自分で付けます。台帳で済んでいる件は、表にまた出てきても登録しません。",
        en: "What remembers which items are done: a line for each key, kept by the bot itself. What is done there is not registered again, although it stands in a table once more.",
        see: &["key", "ledger"],
    },
    Term {
        names: &["キー", "key", "鍵"],
        ja: "1件を見分ける列です（請求番号など）。同じキーの件は、二度登録しません。",
        en: "The column that tells one item from another, such as a request's number. Nothing is registered twice under one key.",
        see: &["台帳"],
    },
    Term {
        names: &["受付番号", "receipt"],
        ja: "登録できたときに、相手のシステムが画面に出す番号です。commit の印に as: receipt と書いて読み取ると、登録の証拠になり、結果の表にも入れられます。",
        en: "The number that the other system shows when it has registered an item. Read by `as: receipt` in a sign of commit, it is the evidence of the registration and can stand in the table of results.",
        see: &["commit", "keep"],
    },
    Term {
        names: &["コミット", "commit"],
        ja: "1件につき1回だけの、取り消せない操作（登録、送信など）です。どの画面になれば登録できたかも、ここに書きます。",
        en: "The one act of an item that cannot be undone, such as a registration; with it stands what the page shows when it is done.",
        see: &["印", "受付番号", "登録照会"],
    },
    Term {
        names: &["印", "sign"],
        ja: "画面に見えるはずの文字や欄です。出来た印（proof）、断られた印（refused）、有る印（present）、無い印（absent）があります。",
        en: "What the page is to show: done (`proof`), refused (`refused`), there (`present`), not there (`absent`).",
        see: &["commit", "browser.see"],
    },
    Term {
        names: &["下見", "rehearsal", "rehearse"],
        ja: "登録の直前までを本当に行い、画面の写真を残して、登録は押さずに次の件へ進むことです。台帳は変わりません。ファイルは「下見」フォルダーの中に書き、前の下見の同じ名前のファイルは置きかえます。",
        en: "Each item is worked up to its registration, a picture is kept, and nothing is registered. The ledger stays as it is. Files go into the folder 下見, where they replace those of the rehearsal before.",
        see: &["yakin run --rehearse"],
    },
    Term {
        names: &["点数", "score", "丈夫さ"],
        ja: "画面の部品の指し方が、画面の変更にどれだけ強いかの点です（100 が最も丈夫）。見えている文字で指すと高く、順番や画面の作りに頼ると低くなります。",
        en: "How well the way of naming a part of a page survives a change of the page (100 is best). Words that are seen score high; counting and the page's structure score low.",
        see: &["yakin check --scores"],
    },
    Term {
        names: &["手作業バトン", "baton", "バトン"],
        ja: "残った件を Excel の表で人に渡し、手で処理した結果を表で受け取ることです。渡している間、夜勤はその件を処理しません。",
        en: "What is left is handed to people on an Excel sheet, and comes back on it. Meanwhile yakin leaves these items alone.",
        see: &["yakin baton give", "yakin baton read"],
    },
    // Where an item stands.
    Term {
        names: &["未着手", "not started"],
        ja: "まだ始めていない件です。次の実行で最初に処理します。",
        en: "Not begun yet; the next run works it first.",
        see: &[],
    },
    Term {
        names: &["実行中", "running"],
        ja: "いま処理している件、または実行です。",
        en: "At work now.",
        see: &["yakin runs"],
    },
    Term {
        names: &["済", "done"],
        ja: "この実行で、最後まで処理できた件です。commit があれば、登録できたことを画面で確かめてあります。",
        en: "Worked to its end by this run; with a commit, its registration was seen on the page.",
        see: &[],
    },
    Term {
        names: &["済(重複)", "done before"],
        ja: "前の実行で済んでいたので、今回は何もしなかった件です。台帳に同じキーがあります。登録は二重になっていません。",
        en: "Done by an earlier run, so nothing was done now: its key stands in the ledger. It was not registered twice.",
        see: &["ledger", "key"],
    },
    Term {
        names: &["済(既登録)", "already there"],
        ja: "登録しようとしたら、相手のシステムにもう登録があった件です（already の印）。夜勤は登録していません。",
        en: "The other system had it already (the sign `already`); yakin has not registered it.",
        see: &["commit"],
    },
    Term {
        names: &["差し戻し", "rejected", "差戻し", "reject"],
        ja: "登録せずに、理由を付けて返した件です。表や書類を直すと、次の実行で調べ直します。",
        en: "Sent back with a reason, and not registered. Once the table or the document is corrected, the next run looks again.",
        see: &["reject"],
    },
    Term {
        names: &["失敗", "failed"],
        ja: "画面や機械の都合で、処理できなかった件です。登録はしていません。次の実行で、もう一度処理します。",
        en: "It could not be worked because of a page or a machine. It was not registered; the next run tries again.",
        see: &["retry"],
    },
    Term {
        names: &["読取確認", "reading review"],
        ja: "人の答えを待っている件です（ask の質問）。答えると、次の実行で始めから処理します。",
        en: "It waits for a person's answer to a question of `ask`; then the next run works it from its beginning.",
        see: &["ask", "yakin review"],
    },
    Term {
        names: &["登録照会", "inquiry"],
        ja: "登録されたかどうかを、夜勤では確かめられなかった件です。人が相手のシステムで調べて、yakin review で答えます。それまで夜勤は登録しません。",
        en: "Nobody can tell whether it was registered. A person looks in the other system and answers with yakin review; until then yakin does not register it.",
        see: &["yakin review", "commit"],
    },
    Term {
        names: &["手作業中", "by hand"],
        ja: "手作業バトンで人に渡してあり、まだ戻っていない件です。",
        en: "Handed to a person on a sheet, and not back yet.",
        see: &["yakin baton list"],
    },
    Term {
        names: &["対象外", "dropped"],
        ja: "処理しないと人が決めた件です。",
        en: "A person has decided that it is not to be worked.",
        see: &["yakin review"],
    },
    Term {
        names: &["下見済", "rehearsed"],
        ja: "下見で、登録の直前まで進めた件です。登録はしていません。",
        en: "A rehearsal worked it up to its registration; it was not registered.",
        see: &["yakin run --rehearse"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_by_any_of_its_names_and_told_whole() {
        let mut seen = std::collections::BTreeSet::new();
        for known in TERMS {
            for name in known.names {
                assert!(seen.insert(*name), "{name} stands twice");
                assert_eq!(term(name), Some(known), "{name}");
            }
            for lang in [Lang::Ja, Lang::En] {
                assert!(known.told(lang).contains(lang.pick(known.ja, known.en)), "{known:?}");
            }
        }
        assert_eq!(
            term("済（重複）").map(|term| term.names),
            Some(&["済(重複)", "done before"][..])
        );
        assert_eq!(term("スクロールバー"), None);
    }
}
