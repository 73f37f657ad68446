//! The help texts of `look` and `record`.

/// `command`, or `command word`: Japanese, English.
pub(super) const HELP: &[(&str, &str, &str)] = &[
    (
        "look",
        "画面を開いて、入力欄・ボタン・読めるものを、そのまま貼れる YAML で一覧する",
        "open a page and list its fields, buttons and texts as YAML that can be pasted",
    ),
    (
        "look place",
        "画面のアドレス（http://…）か、システムの名前（例: 受付）",
        "a page's address (http://…) or a system's name (such as 受付)",
    ),
    (
        "look path",
        "システムの中のアドレス（例: /new。省略するとログインした後の画面）",
        "an address within the system (such as /new; the page after the login, if none)",
    ),
    (
        "look real",
        "練習ではなく、本番のシステムの画面を見る（許可が要る）",
        "look at the real system instead of the practice city (needs a grant)",
    ),
    (
        "look driver",
        "別に動いている WebDriver のアドレス（http://…）",
        "address of a WebDriver that is already running (http://…)",
    ),
    ("look show", "ブラウザーの画面を見せる", "show the browser's window"),
    (
        "look all",
        "短い文も全部（browser.see に使う）",
        "every short text too (for browser.see)",
    ),
    ("look json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "record",
        "ブラウザーでした仕事を記録して、シナリオにする",
        "record what you do in the browser and write it as a scenario",
    ),
    (
        "record place",
        "始める画面のアドレス（http://…）か、システムの名前（例: 受付。ログインは自動）",
        "the address of the page to begin on (http://…), or a system's name (such as 受付; logs in by itself)",
    ),
    (
        "record path",
        "システムの中のアドレス（例: /new。省略するとログインした後の画面）",
        "an address within the system (such as /new; the page after the login, if none)",
    ),
    (
        "record real",
        "練習ではなく、本番のシステムで記録する（許可が要る）",
        "record on the real system instead of the practice city (needs a grant)",
    ),
    (
        "record driver",
        "別に動いている WebDriver のアドレス（http://…）",
        "address of a WebDriver that is already running (http://…)",
    ),
    (
        "record items",
        "入力するものが並んだ表（例: inbox/x.csv）。入力した値が列の名前になり、全部の行を処理するボットになる",
        "the table that is typed in (such as inbox/x.csv): values become its columns, and the bot works every row",
    ),
    (
        "record out",
        "書くファイル（例: tennyu。省略すると scenarios/kiroku-日付.yaml）。あるファイルは上書きしない",
        "the file to write (such as tennyu; scenarios/kiroku-DATE.yaml, if none); never overwrites",
    ),
    (
        "record headless",
        "画面を出さずに記録する（試験用）",
        "record without a window (for tests)",
    ),
];
