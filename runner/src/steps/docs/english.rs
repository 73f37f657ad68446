//! The help of arguments in English. The Japanese stands beside the argument and goes into the JSON Schema, whose readers
//! are clerks at an editor.

/// The English of an argument's help.
pub(super) fn of(help: &str) -> Option<&'static str> {
    HELP.iter().find(|(ja, _)| *ja == help).map(|(_, en)| *en)
}

/// Japanese as it stands in the schema, English.
pub(super) const HELP: &[(&str, &str)] = &[
    // Locators.
    ("ボタンの文字", "the text of a button"),
    ("リンクの文字", "the text of a link"),
    ("入力欄の見出し", "the label of a field"),
    (
        "見出しに属する値（入力欄、となりのセル、「見出し：」の後の文字）",
        "what belongs to a heading: a field, the neighbouring cell, the text after “heading:”",
    ),
    ("画面の文字", "text on the page"),
    (
        "WAI-ARIA の役割（button、heading など）。name とともに使う",
        "a WAI-ARIA role (button, heading); goes with name",
    ),
    ("role の要素の名前", "the accessible name, beside role"),
    ("入力欄の中の薄い見本の文字", "the pale sample text in a field"),
    ("data-testid の値", "the value of data-testid"),
    (
        "CSS セレクター（ほかで指せないときだけ）",
        "a CSS selector (only if nothing else will do)",
    ),
    (
        "XPath（ほかで指せないときだけ）",
        "an XPath (only if nothing else will do)",
    ),
    ("フレームの名前・id・題名", "a frame's name, id or title"),
    (
        "この要素のまわりの中だけで探す",
        "look only in the surroundings of this element",
    ),
    (
        "同じものがいくつかあるとき、上から何番目か（1から）",
        "which one from the top, if there are several (from 1)",
    ),
    // Signs.
    ("画面のどこかの行にある文字", "text in some line of the page"),
    (
        "見出し。その見出しに属する値を見る",
        "a heading; the value that belongs to it is looked at",
    ),
    (
        "表の行を決める文字（いずれかのセルの値）。field とともに使う",
        "the value of some cell, which tells the row of a table; goes with field",
    ),
    ("画面のアドレスに含まれる文字", "text in the page's address"),
    ("値がこれと同じ", "the value is this"),
    ("値がこれを含む", "the value holds this"),
    // Steps.
    ("欄の見出しと、入れる値", "headings of fields, and their values"),
    (
        "文字の入れ方。auto はまとめて入れ、keys は1文字ずつキーで打ちます。",
        "how to fill: auto puts the text in at once, keys types it key by key",
    ),
    ("入力欄。", "the field"),
    (
        "打つ文字。今ある文字の後に続きます。",
        "the text to type, after what is there",
    ),
    (
        "選択肢の欄、または丸ボタンの組の見出し。",
        "the heading of a list or of a group of radios",
    ),
    ("選ぶものの文字。", "the text of the entry"),
    ("いいえ なら外す", "no takes the tick away"),
    (
        "キーの名前（Enter、Tab、F1、ctrl+a など）。",
        "the key (Enter, Tab, F1, ctrl+a)",
    ),
    (
        "キーを押す入力欄。なければ、今カーソルのあるところで押します。",
        "the field to press it in; without, where the cursor is",
    ),
    ("値の種類（列の種類と同じ）", "the type of the value (as of columns)"),
    (
        "accept（OK）か dismiss（キャンセル）。",
        "accept (OK) or dismiss (Cancel)",
    ),
    (
        "窓にあるはずの文字。違う窓なら、答えずに失敗します。",
        "what the dialog must say; another dialog is not answered, and the step fails",
    ),
    ("窓に打つ文字。", "the text to type into the dialog"),
    (
        "はい で、すべてのフレームを探すように戻す",
        "yes goes back to looking in all frames",
    ),
    ("窓の題名に含まれる文字", "text in the window's title"),
    ("窓のアドレスに含まれる文字", "text in the window's address"),
    (
        "ファイル（例：outbox/結果.xlsx）。前の実行のものが同じ名前であれば、それを残し、結果_2.xlsx のように番号を付けます。",
        "the file (such as outbox/結果.xlsx); where an earlier run has written one, this one gets a number: 結果_2.xlsx",
    ),
    (
        "行の一覧。${{ run.items }} は、この実行のすべての件です。",
        "a list of rows; ${{ run.items }} are all items of this run",
    ),
    (
        "書き出す列を、順に。なければ、行にあるすべての列です。",
        "the columns in their order; without, all that the rows have",
    ),
    ("シートの名前。", "the sheet's name"),
    (
        "はい で、前の実行のファイルを残さずに置きかえる",
        "yes replaces the file of an earlier run",
    ),
];
