//! Commands of the author's desk: writing, checking, trying, learning.

use super::Help;

pub(super) const HELP: &[Help] = &[
    (
        "init",
        "新しい事務所のフォルダーを作る（練習用のシナリオ付き）",
        "make a new office folder, with a scenario for practice",
    ),
    ("init folder", "作る場所", "where to make it"),
    (
        "check",
        "シナリオの間違いを、実行せずに全部調べる",
        "find every mistake of scenarios without running them",
    ),
    (
        "check fix",
        "キーボードの打ち間違い（全角の記号など）を、ファイルの中で直す",
        "mend slips of the keyboard (full-width signs and the like) in the files",
    ),
    (
        "check dry_run",
        "--fix で直る所を見るだけで、書き込まない",
        "only show what --fix would mend; write nothing",
    ),
    (
        "check watch",
        "ファイルが変わるたびに調べ直す（Ctrl-C で終わる）",
        "check again whenever a file changes (Ctrl-C ends it)",
    ),
    (
        "check scenarios",
        "シナリオのファイルか id（省略すると、システムと部品も全部）",
        "files or ids of scenarios (if none: all, with systems and parts)",
    ),
    ("check json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "check scores",
        "ボタンや欄の指し方の丈夫さ（0〜100）を、行ごとに見る",
        "how well each locator will outlast a changed page (0 to 100), line by line",
    ),
    (
        "explain",
        "番号（YK2101 など）の意味と直し方を読む",
        "read what a code such as YK2101 means and how to mend it",
    ),
    (
        "explain codes",
        "番号か、含まれる言葉（いくつでも。省略すると全部の一覧）",
        "codes, or a word in them (several if you like; a list of all, if none)",
    ),
    ("explain json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "plugin",
        "プラグイン（JavaScript などで書いた手順）を作る・試す・見る",
        "make, try and look at plugins: steps written in JavaScript, Python or Rust",
    ),
    (
        "plugin list",
        "プラグインと、そのハッシュ・手順・許していることを見る",
        "see the plugins with their hashes, steps and grants",
    ),
    (
        "plugin new",
        "そのまま動くひな形を作る",
        "make one that works, to be changed",
    ),
    ("plugin new name", "プラグインの名前", "its name"),
    (
        "plugin new lang",
        "何で書くか（js・python・rust。省略すると js）",
        "what to write it in (js, python, rust; js, if none)",
    ),
    (
        "plugin build",
        "Rust か Python のプラグインを組み立てる",
        "build one that is written in Rust or Python",
    ),
    ("plugin build name", "プラグインの名前", "its name"),
    (
        "plugin check",
        "使えるかを調べ、手順の説明を見る",
        "find out whether they can be used, and read the help of their steps",
    ),
    (
        "plugin check names",
        "プラグインの名前（省略すると全部）",
        "names of plugins (all, if none)",
    ),
    (
        "plugin try",
        "関数を1つ、試しに動かす",
        "do a function to see what it does",
    ),
    (
        "plugin try function",
        "関数（例: tesuryo.計算）",
        "the function (such as tesuryo.計算)",
    ),
    (
        "plugin try arguments",
        "引数（例: '{ 種類: 住民票の写し, 通数: 2 }'。JSON でもよい）",
        "its arguments (such as '{ price: 1000 }'; JSON will do)",
    ),
    (
        "plugin try rows",
        "この表（CSV・Excel・JSON）の行ごとに動かす",
        "do it for each row of this table (CSV, Excel, JSON)",
    ),
    (
        "plugin try timeout",
        "ここまで待つ（例: 30s。省略すると10秒）",
        "wait this long (such as 30s; 10 seconds, if none)",
    ),
    (
        "plugin test",
        "plugins/名前.test.yaml の例どおりに動くかを調べる",
        "see whether the examples in plugins/NAME.test.yaml hold",
    ),
    (
        "plugin test names",
        "プラグインの名前（省略すると全部）",
        "names of plugins (all, if none)",
    ),
    ("steps", "使えるステップを見る", "see the steps there are"),
    (
        "steps name",
        "ステップか言葉の名前（例: browser.fill、commit）",
        "the name of a step or word (such as browser.fill or commit)",
    ),
    (
        "schema",
        "シナリオの JSON Schema を出す（エディター用）",
        "print the JSON Schema of scenarios (for editors)",
    ),
    (
        "schema kind",
        "どのファイルのものか。scenario：シナリオとシステム（省略するとこれ）、office：office.yaml",
        "of which files: scenario (with systems; the default), or office (office.yaml)",
    ),
    (
        "schema write",
        "この事務所の .vscode に書く（夜勤を新しくした後に。自分で変えた settings.json には触らない）",
        "write them into this office's .vscode (after an upgrade; settings.json of your own are left alone)",
    ),
    (
        "look",
        "画面を開いて、入力欄・ボタン・読めるものを、そのまま貼れる YAML で一覧する（対象なしなら、yakin run --step で止まっている画面）",
        "open a page and list its fields, buttons and texts as YAML that can be pasted (without a place: where `yakin run --step` has stopped)",
    ),
    (
        "look place",
        "画面のアドレス（http://…）か、システムの名前（例: 受付。省略すると、止まっている下見の画面）",
        "a page's address (http://…) or a system's name (such as 受付; the page of a stopped rehearsal, if none)",
    ),
    (
        "look path",
        "システムの中のアドレス（例: /new）か、メニューのリンクの名前（例: 新規登録。押して進む）。省略するとログインした後の画面",
        "an address within the system (such as /new) or the name of a link on its menu, which is followed; the page after the login, if none",
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
    (
        "look fill",
        "見る前に、欄に値を入れる（何度でも書ける。例: --fill 請求番号=0081201-0001）",
        "fill a field before looking (may be repeated, such as --fill 請求番号=0081201-0001)",
    ),
    (
        "look press",
        "見る前に、ボタンを押す（値を入れた後。例: --press 検索する。押した後の画面にある見出しや表の列が分かる）",
        "press a button before looking, after the fields (such as --press 検索する): shows what stands on the page behind it",
    ),
    ("look show", "ブラウザーの画面を見せる", "show the browser's window"),
    (
        "look all",
        "短い文も全部（browser.see に使う）",
        "every short text too (for browser.see)",
    ),
    ("look json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "draft",
        "表と画面から、シナリオの下書きを書く（例: yakin draft inbox/denwa.csv 受付 新規登録）",
        "write the draft of a scenario from a table and a page (such as yakin draft inbox/denwa.csv 受付 新規登録)",
    ),
    (
        "draft table",
        "処理する表（例: inbox/denwa.csv）。列を、同じ意味の見出しの入力欄に結び付ける",
        "the table to be worked off (such as inbox/denwa.csv): its columns go into the fields of the same meaning",
    ),
    (
        "draft place",
        "システムの名前（例: 受付。ログインは自動）",
        "a system's name (such as 受付; logs in by itself)",
    ),
    (
        "draft path",
        "入力する画面。メニューのリンクの名前（例: 新規登録）か、システムの中のアドレス（例: /new）",
        "the page with the form: the name of a link on the menu (such as 新規登録) or an address within the system (such as /new)",
    ),
    (
        "draft press",
        "1件の終わりに押すボタン（例: 登録する）。省略すると、登録か検索のボタンを選ぶ。本番では、登録のボタンは押さない",
        "the button that ends an item (such as 登録する); without it the one that registers or searches. On a real system nothing is registered",
    ),
    (
        "draft out",
        "書くファイル（例: denwa。省略すると表と同じ名前）。あるファイルは上書きしない",
        "the file to write (such as denwa; named like the table, if none); never overwrites",
    ),
    (
        "draft replace",
        "前の下書きを書き直す（前のファイルは .old を付けて残す）",
        "write the draft anew (the old file is kept with .old behind its name)",
    ),
    (
        "draft real",
        "練習ではなく、本番のシステムの画面を見る（許可が要る）",
        "look at the real system instead of the practice city (needs a grant)",
    ),
    (
        "draft driver",
        "別に動いている WebDriver のアドレス（http://…）",
        "address of a WebDriver that is already running (http://…)",
    ),
    ("draft show", "ブラウザーの画面を見せる", "show the browser's window"),
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
    (
        "try",
        "ステップを1つだけ試す（例: yakin try 'browser.see: 新規登録' 受付 新規登録。場所なしなら、yakin run --step で止まっている画面で）",
        "try one step, on a page of a system or where `yakin run --step` has stopped",
    ),
    (
        "try step",
        "YAML のステップ1つ（例: 'browser.click: 新規登録'）",
        "one step in YAML (such as 'browser.click: 新規登録')",
    ),
    (
        "try place",
        "試す画面。システムの名前（例: 受付。ログインまで済ませる）か、アドレス（http://…）",
        "the page: a system's name (such as 受付; logs in first) or an address (http://…)",
    ),
    (
        "try path",
        "システムの中のアドレス（例: /new）か、メニューのリンクの名前（例: 新規登録）",
        "an address within the system (such as /new) or the name of a link on its menu",
    ),
    (
        "try real",
        "練習ではなく、本番のシステムで試す（許可が要る）",
        "try it on the real system instead of the practice city (needs a grant)",
    ),
    (
        "try driver",
        "別に動いている WebDriver のアドレス（http://…）",
        "address of a WebDriver that is already running (http://…)",
    ),
    (
        "try url",
        "新しいブラウザーで開く画面のアドレス",
        "the address of a page to open in a new browser",
    ),
    ("try show", "ブラウザーの画面を見せる", "show the browser's window"),
    (
        "try yes",
        "登録かもしれないボタンでも押す",
        "press also a button that may register something",
    ),
    (
        "exercise",
        "練習問題を始める・採点する（番号なしなら一覧）",
        "begin an exercise or have it marked (all of them, without a number)",
    ),
    ("exercise number", "練習問題の番号", "the exercise's number"),
    (
        "exercise mark",
        "書いたシナリオを、見たことのない表で動かして採点する",
        "run the scenario on a table that it has never seen, and mark it",
    ),
    ("exercise answer", "答えの例を見る", "show a scenario that does it"),
];
