//! Commands around a run: doing it, reading of it, answering it.

use super::Help;

pub(super) const HELP: &[Help] = &[
    ("run", "シナリオを実行する", "run a scenario"),
    ("run scenario", "シナリオのファイルか id", "a scenario's file or id"),
    (
        "run date",
        "何日の分として処理するか（省略すると今日）",
        "the day to work for (today, if none)",
    ),
    (
        "run real",
        "練習ではなく、本番のシステムで実行する",
        "run on the real system instead of the practice city",
    ),
    ("run show", "ブラウザーの画面を見せる", "show the browser's window"),
    (
        "run retry_rejected",
        "前に差し戻した件を、変わっていなくても、もう一度処理する",
        "work again what was rejected before, although nothing has changed",
    ),
    (
        "run login_again",
        "前の実行で断られた利用者IDとパスワードを、そのまま、もう一度試す（確かめてから）",
        "try a login again as it is although the system refused it before (make sure first)",
    ),
    (
        "run rehearse",
        "下見：登録の直前まで行い、写真を残して、登録せずに次の件へ進む（台帳は変わらない）",
        "rehearse: work each item up to its registration, picture the form, and register nothing",
    ),
    (
        "run only",
        "この件だけ（キーか、その一部か、「3行目」。何度でも書ける）",
        "this item only (its key, a part of it, or “row 3”; repeatable)",
    ),
    (
        "run limit",
        "はじめの何件だけ処理するか。残りは未着手のまま",
        "work only so many, the first ones; the others stay not started",
    ),
    (
        "run until",
        "下見：このステップ（id、名前、行番号）まで行って止まる。登録の操作は行わない",
        "rehearse: stop after this step (its id, name or line); no act is done",
    ),
    (
        "run step",
        "下見：1ステップずつ、尋ねながら行う。ファイルを直して続けられる。登録の操作は行わない",
        "rehearse step by step, asking before each; the file may be mended meanwhile; no act is done",
    ),
    (
        "run pictures",
        "残す写真。off：なし、failures：失敗したとき、commits：登録の前と後も（省略するとこれ）",
        "pictures to keep: off, failures, or commits (before and after each; the default)",
    ),
    (
        "run driver",
        "別に動いている WebDriver のアドレス（http://…）",
        "address of a WebDriver that is already running (http://…)",
    ),
    (
        "run json",
        "起きたことを1行に1つの JSON で出す",
        "what happens as one JSON object a line",
    ),
    (
        "resume",
        "途中で終わった実行の、残りだけを続ける",
        "go on with what a run has left, and with nothing else",
    ),
    (
        "resume run",
        "実行の番号（省略すると、途中で終わった実行）",
        "the run's number (the one that ended half way, if none)",
    ),
    (
        "resume login_again",
        "断られたログインを、もう一度試す",
        "try a login that was refused once more",
    ),
    (
        "schedule",
        "ボットが動く予定の日時を一覧する",
        "list when the bots are due",
    ),
    (
        "schedule scenario",
        "このボットだけ（省略すると、予定のある全部）",
        "this bot only (all that have a schedule, if none)",
    ),
    (
        "schedule days",
        "きょうから何日分か（省略すると 14）",
        "how many days from today on (14, if none)",
    ),
    (
        "schedule year",
        "--html の年度（例: 2027 は 2027年4月から。省略すると今年度）",
        "the fiscal year of --html (2027 begins in April 2027; this one, if none)",
    ),
    (
        "schedule html",
        "1年度の予定を、印刷できる1枚のページにする",
        "a whole fiscal year as one page that can be printed",
    ),
    ("schedule json", "1行に1つの JSON で出す", "one JSON object a line"),
    ("runs", "これまでの実行を見る", "see earlier runs"),
    (
        "runs bot",
        "このシナリオ（id）の実行だけ",
        "only this scenario's runs (by id)",
    ),
    (
        "runs limit",
        "新しいほうから何件見るか（省略すると 20）",
        "how many to show, newest first (20, if none)",
    ),
    ("runs json", "一覧を JSON で出す", "the list as JSON"),
    ("runs show", "1つの実行を詳しく読む", "read one run"),
    (
        "runs show run",
        "実行の番号（省略すると最後の実行）",
        "the run's number (the last run, if none)",
    ),
    ("runs show json", "JSON で出す", "as JSON"),
    (
        "runs cancel",
        "動いている実行を、いまのステップの後で止める",
        "end a running run after its current step",
    ),
    ("runs cancel run", "実行の番号", "the run's number"),
    (
        "runs cancel force",
        "待たずに、すぐ止める（登録の途中なら、その件は登録されたか分からなくなる）",
        "stop at once, without waiting (an item in the midst of its registration is then in doubt)",
    ),
    (
        "runs cancel reason",
        "すぐ止める理由（記録に残る。住民の名前は書かない）",
        "why it is stopped at once (kept in the record; write no resident's name)",
    ),
    ("report", "実行の報告書を作る", "make a report of a run"),
    (
        "report run",
        "実行の番号（省略すると最後の実行）",
        "the run's number (the last run, if none)",
    ),
    (
        "report html",
        "写真も入った1枚の HTML を書く",
        "write one self-contained page with pictures",
    ),
    ("report junit", "JUnit の XML を書く", "write JUnit XML"),
    (
        "review",
        "人の答えを待っている質問と、登録照会を見る",
        "see the questions that wait for an answer, and the inquiries",
    ),
    ("review json", "JSON で出す", "as JSON"),
    (
        "review answer",
        "質問に答える（次の実行で、その件を始めから処理する）",
        "answer a question (the next run works its item from the beginning)",
    ),
    (
        "review answer number",
        "質問の番号（yakin review で見る）",
        "the question's number (see yakin review)",
    ),
    (
        "review answer answer",
        "答え（省略すると、入力を求める）",
        "the answer (asked for, if none)",
    ),
    (
        "review answer by",
        "答えた人の氏名（省略すると、このコンピューターの利用者）",
        "who answers (this computer's user, if none)",
    ),
    (
        "review answered",
        "質問ではなく、登録照会と手作業へのこれまでの答えを、だれがいつ答えたかと一緒に見る",
        "see the earlier answers about inquiries and work by hand, with who gave them and when",
    ),
    (
        "review decide",
        "登録照会に答える（登録済み・未登録・対象外）",
        "answer an inquiry (registered, not-registered, drop)",
    ),
    (
        "review decide number",
        "登録照会の番号（yakin review で見る）",
        "the inquiry's number (see yakin review)",
    ),
    (
        "review decide answer",
        "登録済み、未登録（もう一度処理する）、対象外（処理しない）のどれか",
        "registered, not-registered (work it again) or drop (do not work it)",
    ),
    (
        "review decide receipt",
        "登録済みのとき：相手のシステムの画面に出ている受付番号（番号が出ないなら「なし」）",
        "with registered: the receipt that the other system shows (“none” where it gives none)",
    ),
    (
        "review decide when",
        "未登録のとき：いつ処理し直すか（今すぐ、今夜。省略すると今夜）",
        "with not-registered: when to work it again (now, tonight; tonight, if none)",
    ),
    (
        "review decide reason",
        "理由（対象外のときは必ず）",
        "the reason (always with drop)",
    ),
    (
        "review decide by",
        "答えた人の氏名（省略すると、このコンピューターの利用者）",
        "who answers (this computer's user, if none)",
    ),
    (
        "baton",
        "手作業バトン：残った件を表で人に渡し、結果を受け取る",
        "hand what is left to people on a sheet, and take it back",
    ),
    (
        "baton give",
        "残った件（未着手・失敗・登録照会）を Excel の表にして渡す",
        "hand out what is left (not started, failed, inquiry) on an Excel sheet",
    ),
    (
        "baton give what",
        "実行番号か、シナリオ",
        "a run's number, or a scenario",
    ),
    (
        "baton give out",
        "表を書くファイル（省略すると outbox の中）",
        "the file to write (in outbox, if none)",
    ),
    (
        "baton give rejected",
        "差し戻した件も渡す",
        "hand out rejected items too",
    ),
    (
        "baton give real",
        "シナリオの本番の件を渡す（省略すると練習の件）",
        "hand out a scenario's real items (its practice items, if not given)",
    ),
    ("baton give by", "渡す人の氏名", "who hands it out"),
    (
        "baton read",
        "記入した表を取り込む（途中でも、何度でもよい）",
        "take a filled sheet back (parts of it, and as often as you like)",
    ),
    ("baton read file", "記入した表のファイル", "the filled sheet"),
    (
        "baton list",
        "渡した表と、戻っていない件数を見る",
        "see the sheets and what is not back yet",
    ),
    ("baton list json", "JSON で出す", "as JSON"),
    (
        "baton release",
        "戻っていない件を、渡す前の状態で夜勤に戻す",
        "give what is not back to the bot, as it was",
    ),
    (
        "baton release number",
        "手作業バトンの番号（yakin baton list で見る）",
        "the sheet's number (see yakin baton list)",
    ),
    ("baton release by", "戻す人の氏名", "who gives it back"),
    ("baton release reason", "戻す理由", "why"),
];
