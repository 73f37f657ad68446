//! What the words at the left margin of a file say of themselves, and those inside `items:`.

use super::Word;

/// Words of a scenario's file.
pub const SCENARIO: &[Word] = &[
    Word {
        name: "yakin",
        ja: "書き方の版です。どのファイルにも「yakin: 1」と書きます。",
        en: "The version of the format: every file has `yakin: 1`.",
        example: "yakin: 1",
    },
    Word {
        name: "id",
        ja: "シナリオの、変わらない名前です。済んだ件の記録はこれに結び付くので、使い始めたら変えません。省略するとファイルの名前です。",
        en: "The scenario's stable name: what was done is remembered under it, so it is never changed. By default the file's name.",
        example: "id: juminhyo-yubin",
    },
    Word {
        name: "name",
        ja: "シナリオの呼び名です。画面や報告に出ます。",
        en: "What people call the scenario, on screens and in reports.",
        example: "name: 住民票郵送請求の登録",
    },
    Word {
        name: "purpose",
        ja: "何のためのシナリオかを、1行で書きます。",
        en: "What the scenario is for, in one line.",
        example: "purpose: 郵送請求の台帳を受付システムへ登録する",
    },
    Word {
        name: "system",
        ja: "使うシステムの名前です。scenarios/systems/ にある、同じ名前のファイルを使います。",
        en: "The system it works in: the file of that name in scenarios/systems/.",
        example: "system: 受付",
    },
    Word {
        name: "schedule",
        ja: "いつ動かすかを、1つの文で書きます。日：開庁日、平日（土日祝を除く毎日）、毎日、毎週月・水曜、毎月25日、毎月末日、毎月第2・第4火曜、\
             毎月3営業日目、毎月最終開庁日、月末の前営業日、月末から2営業日前、毎年4月1日、年度初め（最初の開庁日）。休日に当たるとき：休日なら\
             前開庁日・翌開庁日・休む。時刻：22:00、21:00 と 23:00、22:00 から 02:00 まで（02:00 より後には始めない）、06:30 までに終える。\
             cron の1行や、cron at on start_by finish_by if_closed の表でも書けます。",
        en: "When it runs, as one sentence. Days: business days, weekdays (no holidays), every day, every Monday and Wednesday, day 25 \
             of every month, the last day of every month, the 2nd and 4th Tuesday of every month, business day 3 of every month, the \
             last business day of every month, 2 business days before the end of every month, every year on 4/1, the first business \
             day of the fiscal year; if closed, the open day before (or after, or: not at all). Times: at 21:00 and 23:00, until 02:00 \
             (not started later), finished by 06:30. A crontab line, or a map of cron, at, on, start_by, finish_by and if_closed \
             does as well.",
        example: "schedule: 毎月25日（休日なら前開庁日）22:00 から 02:00 まで、06:30 までに終える",
    },
    Word {
        name: "items",
        ja: "仕事の1件ずつです。steps は1件ごとに行い、済んだ件は二度と行いません。items がなければ、1日に1件とみなします。",
        en: "The units of work: `steps` are done for each, and never again for one that is done. Without it there is one a day.",
        example: "items:\n  from: { csv: inbox/requests.csv }\n  columns: { 請求番号: code, 氏名: name, 手数料: amount }\n  key: 請求番号",
    },
    Word {
        name: "from",
        ja: "明細のあるところです。csv と excel はファイル、list はここに書く行の一覧か start で作った一覧の名前、scenario はほかのシナリオの済んだ件\
             （済と済(既登録)。終わった順。その列のほかに、keep で残した値も列になります）。どれか1つを書きます。値だけの一覧の列の名前は key\
             （書かなければ 値）です。",
        en: "Where the items stand, one of: `csv` or `excel`, a file; `list`, rows that are written here or the name of a list that \
             `start` makes; `scenario`, what another scenario has finished (done, or already there), in the order of its end, with \
             what it keeps as further columns. The one column of a list of values is called as `key` says, else 値.",
        example: "items:\n  from:\n    list:\n      - { 窓口: 本庁, 電話: 095-822-8888 }\n      - { 窓口: 支所, 電話: 095-850-1111 }\n  key: 窓口",
    },
    Word {
        name: "columns",
        ja: "列の種類です。code 番号、name 氏名、kana フリガナ、date 日付、postal 郵便番号、amount 金額、number 数、phone 電話、address 住所、\
             account 口座、my_number 個人番号、flag はい・いいえ、text 文章、open だれのことでもない文字。書かない列は、見出しと中身から決めます。",
        en: "The types of columns: code, name, kana, date, postal, amount, number, phone, address, account, my_number, flag, text, and \
             open (text that names nobody). One that is not written is guessed from its heading and cells.",
        example: "items:\n  from: { csv: inbox/requests.csv }\n  columns: { 請求番号: code, 生年月日: date, 手数料: amount }\n  key: 請求番号",
    },
    Word {
        name: "key",
        ja: "1件を見分ける列です。同じ値の件は、前の月のファイルにあっても二度と行いません。いくつかの列を並べることもできます。\
             from が scenario なら、省略するとそのシナリオの key です。",
        en: "The column that tells one item from another: the same value is never done twice, not even from last month's file. \
             Several may be listed. With `scenario`, the other scenario's key, if none.",
        example: "items:\n  from: { csv: inbox/kenshin.csv }\n  key: [宛名番号, 年度]",
    },
    Word {
        name: "sample",
        ja: "同じ見出しの見本のファイルです。実行する前に、列の名前の書き間違いを調べるために使います。",
        en: "A file with the same headings, so that a misspelt column is found before a run.",
        example: "items:\n  from: { csv: \"inbox/requests_${{ run.date }}.csv\" }\n  sample: scenarios/samples/requests.csv\n  key: 請求番号",
    },
    Word {
        name: "ledger",
        ja: "済んだ件を覚えておく台帳の名前です。いくつかのシナリオで1つの台帳を使うときに書きます。省略するとシナリオの id です。",
        en: "The name of the ledger of what is done, for scenarios that share one. By default the scenario's id.",
        example: "items:\n  from: { csv: inbox/requests.csv }\n  key: 請求番号\n  ledger: 郵送請求",
    },
    Word {
        name: "reject",
        ja: "items の中では、行だけで分かる差し戻しの理由と条件です。画面を開く前に調べます。",
        en: "Inside `items`: reasons to reject that need only the row, with their conditions. Looked at before a page is opened.",
        example: "items:\n  from: { csv: inbox/requests.csv }\n  key: 請求番号\n  reject:\n    手数料が不足しています: item.手数料 < 300",
    },
    Word {
        name: "keep",
        ja: "件といっしょに残す値です。結果の表と、この件を引き継ぐシナリオで、列になります。",
        en: "Values that are kept with the item: columns of the results, and of a scenario that works on them.",
        example: "items:\n  from: { csv: inbox/requests.csv }\n  key: 請求番号\n  keep: { 登録日: \"${{ run.date | 和暦 }}\" }",
    },
    Word {
        name: "start",
        ja: "1回の実行の始めに、1回だけ行う手順です。",
        en: "Steps that are done once, when a run begins.",
        example: "start:\n  - log: ${{ run.date | 和暦 }} の分を始めます",
    },
    Word {
        name: "before",
        ja: "ログインのたびに、ログインの後で行う手順です。",
        en: "Steps that are done after every login.",
        example: "system: 受付\nbefore:\n  - browser.click: { link: 窓口業務 }",
    },
    Word {
        name: "steps",
        ja: "1件ごとに行う手順です。",
        en: "Steps that are done for every item.",
        example: "system: 受付\nsteps:\n  - browser.open: /menu\n  - browser.click: { link: 検索 }",
    },
    Word {
        name: "after",
        ja: "試す件がなくなったときに、1回だけ行う手順です。結果は run.items で使えます。",
        en: "Steps that are done once, when no item is left to try. `run.items` are the results.",
        example: "after:\n  - excel.write: { file: outbox/結果.xlsx, rows: \"${{ run.items }}\" }",
    },
    Word {
        name: "allow",
        ja: "システムのほかに使いたい相手先です。本番で使うには、運用担当が office.yaml の grants で許します。",
        en: "Hosts it wants to reach besides its system's. For real work the operator grants them in office.yaml.",
        example: "allow: [www.post.example]",
    },
];

/// Words of a system's file.
pub const SYSTEM: &[Word] = &[
    Word {
        name: "system",
        ja: "システムの名前です。ファイルの名前と同じにします。",
        en: "The system's name, the same as its file's.",
        example: "system: 受付",
    },
    Word {
        name: "url",
        ja: "システムのアドレスです。本番と、練習のときに使うものを書きます。practice/ で始まるのは練習市役所です。",
        en: "The system's addresses: 本番 (real work) and 練習 (practice). One that begins with practice/ is in the practice city.",
        example: "url: { 本番: https://uketsuke.city.example, 練習: practice/uketsuke }",
    },
    Word {
        name: "hours",
        ja: "システムを使える時間です。",
        en: "When the system may be used.",
        example: "hours: 06:00-23:30",
    },
    Word {
        name: "writers",
        ja: "1つの利用者IDで、同時に登録してよい数です。省略すると1です。",
        en: "How many bots may write at one time with one account; one, if none.",
        example: "writers: 1",
    },
    Word {
        name: "settle",
        ja: "登録にかかる、もっとも長い時間です。",
        en: "How long its slowest registration takes.",
        example: "settle: 60s",
    },
    Word {
        name: "login",
        ja: "ログインの手順です。画面を開き直すたびに行います。失敗しても、2度目は試しません。",
        en: "The steps of the login, for every session. One that failed is not tried twice.",
        example: "login:\n  - browser.open: /login\n  - browser.fill:\n      利用者ID: ${{ secrets.受付.ID }}\n      パスワード: ${{ secrets.受付.パスワード }}\n  - browser.click: ログイン",
    },
    Word {
        name: "home",
        ja: "1件ごとの始めに行う、最初の画面に戻る手順です。",
        en: "Steps before every item, back to the first page.",
        example: "home:\n  - browser.open: /menu",
    },
    Word {
        name: "guards",
        ja: "思わぬ画面に出る文字と、そのときにすることです。wait：待ってやり直す、login：ログインし直す、stop：実行を止める。",
        en: "Texts of unexpected pages and what to do: `wait` and try again, `login` again, `stop` the run.",
        example: "guards: { メンテナンス中: wait, 再度ログインしてください: login, パスワードの有効期限: stop }",
    },
];

/// Words of `office.yaml`.
pub const OFFICE: &[Word] = &[
    Word {
        name: "section",
        ja: "課や係の名前です。",
        en: "The section's name.",
        example: "section: 市民課",
    },
    Word {
        name: "zone",
        ja: "つながっているネットワークの名前です（LGWAN など）。",
        en: "The network it works in, such as LGWAN.",
        example: "zone: LGWAN",
    },
    Word {
        name: "timezone",
        ja: "時刻の地域です。省略すると Asia/Tokyo です。",
        en: "The time zone; Asia/Tokyo, if none.",
        example: "timezone: Asia/Tokyo",
    },
    Word {
        name: "language",
        ja: "画面と報告の言葉です。ja か en です。",
        en: "The language of screens and reports, ja or en.",
        example: "language: ja",
    },
    Word {
        name: "storage",
        ja: "記録の置き場所です。sqlite（省略するとこれ）か、PostgreSQL のアドレスです。",
        en: "Where the history is kept: sqlite (the default) or the address of a PostgreSQL.",
        example: "storage: postgres://yakin@db.example/yakin",
    },
    Word {
        name: "calendar",
        ja: "閉庁日です。土日と国民の祝日のほかに、year_end 年末年始（省略すると 12/29-1/3）、closed ほかの休み（毎年なら 6/23、1回だけなら 2026-08-14）。holidays は内閣府が公表した祝日の CSV で、そこにある年は計算せずにこれを使います。",
        en: "Closed days besides weekends and holidays: year_end (12/29-1/3, if none), closed (6/23 of every year, 2026-08-14 once). holidays is the published list; its years are not computed.",
        example: "calendar: { year_end: 12/29-1/3, closed: [6/23, 2026-08-14] }",
    },
    Word {
        name: "grants",
        ja: "本番で動かしてよいシナリオの id と、接続してよい相手、使ってよい秘密です。",
        en: "The scenarios that may do real work, by id, with the hosts and secrets they may use.",
        example: "grants:\n  juminhyo-yubin: { hosts: [uketsuke.city.example], secrets: [受付] }",
    },
    Word {
        name: "plugins",
        ja: "プラグインに許すことです。clock 時計、read 読んでよいフォルダー、write 書いてよいフォルダー。sha256 は、確かめたファイルのハッシュです（yakin plugin list で分かります）。ファイルが変わると、許しはなくなります。",
        en: "What plugins may do: clock, read (folders), write (folders). sha256 is the hash of the file that was looked at (yakin plugin list shows it); a changed file loses its grants.",
        example: "plugins:\n  furikomi: { sha256: 0f3c5d2e8a9b47160f3c5d2e8a9b47160f3c5d2e8a9b47160f3c5d2e8a9b4716, write: [outbox] }",
    },
    Word {
        name: "retention",
        ja: "記録を残す期間です。evidence 写真、failures 失敗のときの写真、items 明細、events 実行の記録、runs 実行の一覧。",
        en: "How long things are kept: evidence (pictures), failures (pictures of them), items, events, runs.",
        example: "retention: { evidence: 30日, failures: 90日, items: 90日 }",
    },
    Word {
        name: "practice",
        ja: "練習市役所のポート番号です。",
        en: "The port of the practice city.",
        example: "practice: { port: 8137 }",
    },
];
