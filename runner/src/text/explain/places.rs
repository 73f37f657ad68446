//! Messages without their arguments: 「〈列〉」 stands where a run would say which.

use crate::text::{Entry, Lang, Sentence, template};

/// What a message says, with the names of its arguments in their places. What is said only sometimes is left out.
pub fn title(entry: &Entry, lang: Lang) -> String {
    filled(sentence(entry, lang).what, lang)
}

/// What a message says about mending, in the same way.
pub fn mend(entry: &Entry, lang: Lang) -> String {
    filled(sentence(entry, lang).mend, lang)
}

fn sentence(entry: &Entry, lang: Lang) -> Sentence {
    match lang {
        Lang::Ja => entry.ja,
        Lang::En => entry.en,
    }
}

fn filled(text: &str, lang: Lang) -> String {
    let always = template::unconditional(text);
    let said = template::fill(&always, &|argument| {
        let word = name(argument, lang).unwrap_or(argument);
        Some(match lang {
            Lang::Ja => format!("〈{word}〉"),
            Lang::En => format!("<{word}>"),
        })
    });
    said.trim().to_owned()
}

/// What an argument is called.
pub(super) fn name(argument: &str, lang: Lang) -> Option<&'static str> {
    NAMES
        .iter()
        .find(|(known, _, _)| *known == argument)
        .map(|(_, ja, en)| lang.pick(ja, en))
}

/// Arguments of messages: Japanese, English.
const NAMES: &[(&str, &str, &str)] = &[
    ("above", "上に書くこと", "that it goes above"),
    ("address", "アドレス", "address"),
    ("always", "いつも", "always"),
    ("amount", "金額", "amount"),
    ("answer", "答え", "answer"),
    ("around", "まわり", "around"),
    ("asked", "書こうとしたファイル", "file that was to be written"),
    ("backup", "バックアップの種類", "the backup's kind"),
    ("baton", "バトンの番号", "sheet's number"),
    ("below", "下に書くこと", "that it goes below"),
    ("blanks", "空白の数", "blanks"),
    ("bot", "シナリオのid", "scenario's id"),
    ("bring", "用意するもの", "what to bring"),
    ("browser", "ブラウザーの版", "browser's version"),
    ("by", "重なっているもの", "what lies over it"),
    ("cause", "原因", "cause"),
    ("chain", "回り方", "the way round"),
    ("character", "文字", "character"),
    ("choices", "選択肢", "choices"),
    ("code", "エラーの番号", "error's code"),
    ("column", "列", "column"),
    ("columns", "列", "columns"),
    ("command", "命令", "command"),
    ("count", "数", "number"),
    ("date", "日付", "date"),
    ("day", "日付", "day"),
    ("days", "日数", "days"),
    ("detail", "詳細", "detail"),
    ("driver", "動かすプログラムの版", "driver's version"),
    ("empty", "空を聞くこと", "that emptiness is asked for"),
    ("engine", "エンジン", "engine"),
    ("era", "元号", "era"),
    ("example", "見本", "example"),
    ("expected", "あるはずの値", "expected value"),
    ("field", "欄", "field"),
    ("fields", "画面の見出し", "headings of the page"),
    ("file", "ファイル", "file"),
    ("files", "ファイル", "files"),
    ("filter", "変換", "filter"),
    ("first", "1つ目", "first"),
    ("flow", "中かっこの中に書くこと", "that it goes into the braces"),
    ("folder", "フォルダー", "folder"),
    ("folders", "フォルダー", "folders"),
    ("found", "見つかったもの", "what was found"),
    ("free", "空き", "free space"),
    ("from", "下限", "least"),
    ("heading", "見出し", "heading"),
    ("headings", "見出し", "headings"),
    ("held", "残った文字の数", "characters kept"),
    ("here", "この機械のもの", "what is here"),
    ("hidden", "隠す列", "hidden columns"),
    ("home", "書く場所", "where it belongs"),
    ("host", "接続先", "host"),
    ("hours", "利用時間", "hours"),
    ("id", "id", "id"),
    ("instead", "正しい書き方", "the right form"),
    ("item", "件", "item"),
    ("items", "件", "items"),
    ("journal", "記録の方式", "journal"),
    ("kind", "種類", "kind"),
    ("known", "使えるもの", "what it takes"),
    ("last", "最後", "last"),
    ("ledger", "台帳", "ledger"),
    ("left", "左の値", "left value"),
    ("less", "短く", "less"),
    ("library", "部品", "library"),
    ("limit", "上限", "limit"),
    ("limit_kib", "上限", "limit"),
    ("line", "行番号", "line"),
    ("lines", "行番号", "lines"),
    ("list", "一覧", "list"),
    ("live", "動いている実行", "live runs"),
    ("looked_for", "探したもの", "what was looked for"),
    ("made_for", "対象", "what it is for"),
    ("minutes", "分", "minutes"),
    ("mode", "権限", "mode"),
    ("name", "名前", "name"),
    ("names", "名前", "names"),
    ("near", "似た名前", "similar name"),
    ("never", "決して", "never"),
    ("none", "字下げなし", "none"),
    ("now", "今", "now"),
    ("number", "番号", "number"),
    ("office", "事務所", "office"),
    ("options", "選択肢", "options"),
    ("origin", "接続先", "host"),
    ("other", "もう一方", "the other"),
    ("others", "ほかの数", "number of others"),
    ("owner", "項目", "entry"),
    ("part", "部品", "part"),
    ("past", "過ぎた", "past"),
    ("path", "ファイル", "file"),
    ("percent", "割合", "percent"),
    ("person", "答えた人", "who answered"),
    ("pictures", "枚", "pictures"),
    ("pid", "プロセス番号", "process"),
    ("place", "場所", "place"),
    ("places", "場所", "places"),
    ("position", "何文字目", "position"),
    ("postal", "郵便番号", "postal code"),
    ("problem", "違い", "problem"),
    ("processes", "プロセス", "processes"),
    ("program", "プログラム", "program"),
    ("question", "質問", "question"),
    ("quoted", "引用符で囲んだ文字", "text in quotes"),
    ("reason", "理由", "reason"),
    ("receipt", "受付番号", "receipt"),
    ("right", "右の値", "right value"),
    ("row", "行番号", "row"),
    ("rows", "行", "rows"),
    ("rule", "決まり", "rule"),
    ("run", "実行番号", "run"),
    ("runs", "回", "runs"),
    ("said", "詳しい理由", "the reason"),
    ("scenario", "シナリオ", "scenario"),
    ("schema", "記録の形", "schema"),
    ("score", "点数", "score"),
    ("second", "2つ目", "second"),
    ("seconds", "秒数", "seconds"),
    ("seen", "見える文字", "what is seen"),
    ("setting", "かっこの中", "setting"),
    ("sheet", "シート", "sheet"),
    ("sheets", "シート", "sheets"),
    ("shown", "表示", "what it shows"),
    ("sign", "記号", "sign"),
    ("since", "いつから", "since when"),
    ("size", "大きさ", "size"),
    ("sort", "種類", "sort"),
    ("state", "状態", "state"),
    ("step", "動作", "step"),
    ("steps", "手順", "steps"),
    ("stops", "止まること", "that it stops"),
    ("system", "システム", "system"),
    ("taken", "取った時", "when it was taken"),
    ("target", "相手のシステム", "system"),
    ("text", "書かれた文字", "text"),
    ("there", "あるもの", "what there is"),
    ("time", "時刻", "time"),
    ("title", "題名", "title"),
    ("titles", "題名", "titles"),
    ("to", "上限", "most"),
    ("too_few", "足りない", "too few"),
    ("too_many", "多すぎる", "too many"),
    ("top", "左端に書くこと", "that it stands at the margin"),
    ("unnamed", "名前がない", "unnamed"),
    ("until", "終わりの条件", "what ends it"),
    ("url", "アドレス", "address"),
    ("usage", "書き方", "usage"),
    ("value", "値", "value"),
    ("values", "使える値", "values"),
    ("version", "版", "version"),
    ("wanted", "求めるもの", "what is wanted"),
    ("word", "言葉", "word"),
    ("words", "言葉", "words"),
    ("wrong", "間違い", "what is wrong"),
    ("zone", "時間帯", "time zone"),
];
