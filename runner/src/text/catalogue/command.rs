//! Messages 7000–7999: what commands say.

use super::messages;

messages! {
    /// A fault in yakin.
    INTERNAL_FAULT = "YK7006" (detail) {
        ja "yakin の中で思わぬことが起きました。（{detail}）" / "この番号と文を添えて、運用担当に知らせてください。";
        en "Something unexpected happened inside yakin. ({detail})" / "Report this code and text to whoever runs yakin.";
    }
    /// A file or folder of the command.
    FILE_TROUBLE = "YK7007" (cause) {
        ja "ファイルを読み書きできません。{cause}" / "置き場所と権限を確かめてください。";
        en "A file cannot be read or written: {cause}" / "Check its place and permissions.";
    }
    /// A file or folder of the command, by its name.
    FILE_TROUBLE_AT = "YK7031" (path, cause) {
        ja "「{path}」を読み書きできません。{cause}" / "置き場所の名前と権限を確かめてください。";
        en "“{path}” cannot be read or written: {cause}" / "Check the name of its place, and its permissions.";
    }
    /// What the system said of a file: its folder is missing.
    IO_NO_FOLDER = "YK7032" () { ja "フォルダーがありません。" / ""; en "there is no such folder." / ""; }
    /// What the system said of a file: no permission.
    IO_PERMISSION = "YK7033" () { ja "権限がありません。" / ""; en "no permission." / ""; }
    /// What the system said of a file: a file stands where a folder must.
    IO_NO_DIRECTORY = "YK7034" () {
        ja "フォルダーでなければならない所に、ファイルがあります。" / "";
        en "a file stands where a folder must." / "";
    }
    /// What the system said of a file: it is a folder.
    IO_DIRECTORY = "YK7035" () { ja "それはフォルダーです。" / ""; en "it is a folder." / ""; }
    /// What the system said of a file: the disk is full.
    IO_FULL = "YK7036" () { ja "ディスクに空きがありません。" / ""; en "there is no room on the disk." / ""; }
    /// What the system said of a file, in its own words.
    IO_OTHER = "YK7037" (detail) { ja "（{detail}）" / ""; en "{detail}" / ""; }
    /// A report without a place to write it.
    REPORT_NOWHERE = "YK7038" () {
        ja "報告書をどの形で、どこに書くかが決まっていません。" / "`--html 報告.html` か `--junit 報告.xml` を付けてください。両方でもかまいません。";
        en "It is not said in which form the report is wanted, and where." / "Add `--html report.html` or `--junit report.xml`, or both.";
    }
    /// No such scenario.
    NO_SCENARIO = "YK7008" (name, near, file) {
        ja "シナリオ「{name}」が見つかりません。[[near|この事務所にあるのは、{near} です。]][[file|「{file}」というファイルならあります。名前の終わりが .txt になっています（Windows では見えないことがあります）。]]" / "[[file|エクスプローラーの「表示」で「ファイル名拡張子」を表示にし、最後の「.txt」を消してください（終わりは .yaml）。]]シナリオの id かファイルの名前を確かめてください。";
        en "There is no scenario “{name}”.[[near| This office has: {near}]][[file| There is a file “{file}”: its name ends in .txt, which Windows may not show.]]" / "[[file|Let the file explorer show file name extensions, and take off “.txt” so that the name ends in .yaml. ]]Check its id or file name.";
    }
    /// No such run.
    NO_RUN = "YK7009" (run) {
        ja "[[run|{run}番の]]実行の記録がありません。" / "yakin runs で、番号を確かめてください。";
        en "There is no run[[run| no. {run}]]." / "See the numbers with: yakin runs";
    }
    /// The real system was not granted.
    REAL_NOT_GRANTED = "YK7010" (bot, host) {
        ja "「{bot}」は、{host} で仕事をすることを許可されていません。" / "運用担当が、office.yaml の grants に {bot} と {host} を書いてください（office.yaml の中に見本があります）。練習なら --real を外してください。";
        en "“{bot}” has not been granted {host}." / "The operator writes {bot} and {host} into `grants` in office.yaml (an example stands there). For practice, leave out --real.";
    }
    /// No address for this place.
    NO_ADDRESS = "YK7011" (system, place) {
        ja "システム「{system}」に、{place}の接続先（url）がありません。" / "scenarios/systems の定義に書いてください。";
        en "The system “{system}” has no address for {place}." / "Write it into its file in scenarios/systems.";
    }
    /// A program is missing.
    PROGRAM_MISSING = "YK7012" (program) {
        ja "「{program}」が見つかりません。" / "Debian・Ubuntu では apt install chromium chromium-driver で入ります。別の場所にあるときは、そのフォルダーを PATH に加えてください。";
        en "“{program}” cannot be found." / "On Debian or Ubuntu: apt install chromium chromium-driver. If it is elsewhere, add its folder to the PATH.";
    }
    /// The folder is not empty.
    FOLDER_IN_USE = "YK7013" (folder, file) {
        ja "「{folder}」には、もう {file} があります。上書きしませんでした。" / "別のフォルダーを指定してください。";
        en "“{folder}” already has {file}; nothing was overwritten." / "Choose another folder.";
    }
    /// An empty secret.
    SECRET_EMPTY = "YK7014" () {
        ja "入力が空なので、登録しませんでした。" / "もう一度実行して、入力してください。";
        en "Nothing was typed, so nothing was set." / "Run it again and type the secret.";
    }
    /// A secret as a word of the command.
    SECRET_ON_LINE = "YK7039" () {
        ja "値はここに書かないでください（命令の履歴に残ります）。" / "名前だけを書いて実行すると、値の入力を求めます。いま書いた値は、念のため変えてください。";
        en "Do not write the value here: it stays in the shell's history." / "Give the name alone; the value is asked for. Change the one you have just written, to be safe.";
    }
    /// A secret typed in two ways.
    SECRET_DIFFERS = "YK7040" () {
        ja "2回の入力が違うので、登録しませんでした。" / "もう一度実行して、同じ値を2回入力してください。";
        en "The two entries differ, so nothing was set." / "Run it again and type the same twice.";
    }
    /// A secret that has expired before it is set.
    SECRET_PAST = "YK7041" (day) {
        ja "期限の {day} は、もう過ぎています。" / "これから先の日を書くか、--expires を外してください。";
        en "The day it expires, {day}, is past." / "Write a day to come, or leave out --expires.";
    }
    /// A secret of a system that the office does not have.
    SECRET_NO_SYSTEM = "YK7042" (system, near) {
        ja "「{system}」というシステムはありません。[[near|もしかして「{near}」ですか。]]" / "シナリオから使うには、名前を「システム名.項目」（例: 受付.パスワード）にしてください。";
        en "There is no system “{system}”.[[near| Did you mean “{near}”?]]" / "Name it “SYSTEM.ENTRY”, such as 受付.パスワード, so that its scenarios find it.";
    }
    /// No such secret.
    NO_SECRET = "YK7015" (name) {
        ja "秘密「{name}」は登録されていません。" / "yakin secret list で名前を確かめてください。";
        en "There is no secret “{name}”." / "See the names with: yakin secret list";
    }
    /// A date that cannot be read.
    BAD_DATE = "YK7016" (text) {
        ja "「{text}」は日付として読めません。" / "2026-11-23 や R8.11.23 のように書いてください。";
        en "“{text}” is not a date." / "Write it as 2026-11-23 or R8.11.23.";
    }
    /// No such step.
    NO_STEP = "YK7017" (name, near) {
        ja "「{name}」というステップはありません。[[near|もしかして「{near}」ですか。]]" / "yakin steps で一覧を見られます。";
        en "There is no step called “{name}”.[[near| Did you mean “{near}”?]]" / "See them all with: yakin steps";
    }
    /// The practice city could not start.
    PRACTICE_FAILED = "YK7018" (detail) {
        ja "練習市役所を始められません。（{detail}）" / "--port で別の番号を指定するか、動いている練習市役所を止めてください。";
        en "The practice city cannot start. ({detail})" / "Choose another --port, or stop the one that is running.";
    }
    /// The practice city's register is no register.
    PRACTICE_DAMAGED = "YK7043" () {
        ja "練習の記録（.yakin/practice.json）が壊れています。" / "消すと、空の練習市役所から始まります。";
        en "The practice city's records (.yakin/practice.json) are damaged." / "Delete the file: the practice city then begins empty.";
    }
    /// A run that cannot be asked to end.
    RUN_OVER = "YK7019" (run) {
        ja "{run}番の実行は、もう終わっています。" / "";
        en "Run no. {run} has ended." / "";
    }
    /// The office file has mistakes.
    OFFICE_WRONG = "YK7020" () {
        ja "office.yaml に間違いがあります。" / "上に出ている所を直してください。";
        en "office.yaml has mistakes." / "Correct what is listed above.";
    }
    /// A word that is no command.
    WORD_NO_COMMAND = "YK7021" (word, near, usage) {
        ja "「{word}」という命令はありません。[[near|もしかして「{near}」ですか。]]" / "yakin --help で、命令の一覧を見られます。[[usage|書き方：{usage}]]";
        en "There is no command “{word}”.[[near| Did you mean “{near}”?]]" / "See the commands with: yakin --help[[usage| (usage: {usage})]]";
    }
    /// An option or word too many.
    WORD_UNKNOWN = "YK7022" (word, near, usage) {
        ja "「{word}」という指定はありません。[[near|もしかして「{near}」ですか。]]" / "命令の後に --help を付けると、使える指定を見られます。[[usage|書き方：{usage}]]";
        en "“{word}” is not known here.[[near| Did you mean “{near}”?]]" / "Put --help after the command to see what it takes.[[usage| Usage: {usage}]]";
    }
    /// A word that is missing.
    WORD_MISSING = "YK7023" (word, usage) {
        ja "「{word}」が足りません。" / "[[usage|書き方：{usage}]]";
        en "“{word}” is missing." / "[[usage|Usage: {usage}]]";
    }
    /// A word whose value cannot be used.
    WORD_VALUE = "YK7024" (word, value, values, usage) {
        ja "「{word}」に「{value}」は使えません。[[values|使えるもの：{values}]]" / "命令の後に --help を付けると、説明を見られます。[[usage|書き方：{usage}]]";
        en "“{word}” does not take “{value}”.[[values| It takes: {values}]]" / "Put --help after the command to read about it.[[usage| Usage: {usage}]]";
    }
    /// Words that do not go together.
    WORD_OTHER = "YK7025" (detail, usage) {
        ja "この命令の書き方が違います。（{detail}）" / "命令の後に --help を付けると、書き方を見られます。[[usage|書き方：{usage}]]";
        en "The command is not written as it should be. ({detail})" / "Put --help after the command to see how.[[usage| Usage: {usage}]]";
    }
    /// The named office folder is not there.
    NO_OFFICE = "YK7026" (folder) {
        ja "事務所のフォルダー「{folder}」がありません。" / "--office の名前を確かめてください。新しく作るなら、yakin init {folder} です。";
        en "There is no office folder “{folder}”." / "Check --office; to make a new one: yakin init {folder}";
    }
    /// The command was given outside an office.
    NOT_AN_OFFICE = "YK7029" (folder) {
        ja "ここは事務所ではありません（[[folder|{folder} に ]]office.yaml がありません）。" / "事務所のフォルダーに移るか、yakin init で作ってください。";
        en "This is no office (there is no office.yaml[[folder| in {folder}]])." / "Go into the office's folder, or make one with: yakin init";
    }
    /// Two scenarios with one id.
    SAME_ID = "YK7030" (id, first, second) {
        ja "id「{id}」が {first} と {second} の2つにあります。" / "写したほうの id を変えてください。同じ id のシナリオは、同じ台帳を使ってしまいます。";
        en "The id “{id}” stands in two files, {first} and {second}." / "Change the id of the copy: scenarios with one id would share one ledger.";
    }
    /// A run that nobody works any more.
    RUN_DEAD = "YK7028" (run) {
        ja "{run}番の実行は途中で切れていて、動かしているものがありません。止めるものはありません。" / "同じボットを yakin run で動かすと、後始末をして、残りの件を続けます。登録されたか分からない件は「登録照会」になります。";
        en "Run no. {run} was cut off; nobody works it, so there is nothing to stop." / "The next `yakin run` of the same bot ends it and goes on with what is left. What may have been registered waits as an inquiry.";
    }
    /// A run that is still at work cannot be gone on with.
    RESUME_LIVE = "YK7322" (run) {
        ja "{run}番の実行は、まだ動いています。" / "終わるのを待つか、yakin runs cancel {run} で止めてください。";
        en "Run no. {run} is still at work." / "Wait for its end, or stop it with: yakin runs cancel {run}";
    }
    /// A rehearsal leaves nothing.
    RESUME_REHEARSAL = "YK7323" (run) {
        ja "{run}番の実行は下見です。下見は何も残しません。" / "もう一度下見をするには、yakin run に --rehearse を付けて実行してください。";
        en "Run no. {run} was a rehearsal, which leaves nothing." / "Rehearse again with: yakin run … --rehearse";
    }
    /// A run of some items only.
    RESUME_LIMITED = "YK7324" (run) {
        ja "{run}番の実行は、--only や --limit で選んだ件だけのものでした。どれを選んだかは残っていません。" / "同じ --only や --limit を付けて yakin run を実行してください。済んだ件は飛ばします。";
        en "Run no. {run} was asked for some of its items only (--only, --limit), and which ones is not kept." / "Use `yakin run` with the same options; what is done is skipped.";
    }
    /// Nothing is left of it.
    RESUME_NOTHING = "YK7325" (run) {
        ja "{run}番の実行は、何も残していません。" / "済んだ件は yakin runs show {run} で読めます。新しい件は yakin run で処理します。";
        en "Run no. {run} has left nothing." / "Read what it did with `yakin runs show {run}`; new work is done by `yakin run`.";
    }
    /// What is left waits for people.
    RESUME_PEOPLE = "YK7326" (run, count) {
        ja "{run}番の実行が残した {count} 件は、人の答えを待っています。" / "yakin review で答えるか、手作業の分は yakin baton list で確かめてください。";
        en "What run no. {run} has left ({count}) waits for people." / "Answer with `yakin review`; see what was handed out with `yakin baton list`.";
    }
    /// Several runs ended half way.
    RESUME_WHICH = "YK7327" (runs) {
        ja "途中で終わった実行が、いくつかあります：{runs}" / "どれを続けるか、yakin resume の後に番号を書いてください。";
        en "Several runs have ended half way: {runs}" / "Write the number of the one to go on with after `yakin resume`.";
    }
    /// A forced stop without a reason.
    STOP_REASON_NEEDED = "YK7321" (run) {
        ja "すぐに止める理由が書かれていません。{run}番の実行は、止めていません。" / "--reason の後に、なぜすぐに止めるのかを書いてください。";
        en "No reason is given for the forced stop; run no. {run} goes on." / "Write after --reason why it has to stop at once.";
    }
    /// A run that does not do as it is told.
    RUN_HANGS = "YK7320" (run, host, pid) {
        ja "{run}番の実行を止められません。プログラムが答えません（{host} の、プロセス番号 {pid}）。"
            / "そのパソコンで、タスクマネージャー（Linux では kill {pid}）を使って、このプロセスを終わらせてください。何も失われません。同じボットの次の実行が後始末をして、登録の途中だった件を確かめます。";
        en "Run no. {run} cannot be stopped: its program does not answer (process {pid} on {host})."
            / "End that process there with the Task Manager (Linux: kill {pid}). Nothing is lost: the bot's next run clears up and finds out about what was being registered.";
    }
    /// A table lies in the inbox already.
    DELIVERED_ALREADY = "YK7027" (file) {
        ja "「{file}」は、もうあります。上書きしませんでした。" / "そのまま yakin run で使うか、--date で別の日の分を届けてください。要らないものなら、消してから届けてください。";
        en "“{file}” is there already; nothing was overwritten." / "Use it as it is with `yakin run`, deliver for another day with --date, or delete it first if nobody needs it.";
    }
    /// An exercise that there is not.
    NO_EXERCISE = "YK7230" (number, last) {
        ja "練習問題 {number} はありません。" / "1 から {last} までの番号を書いてください。一覧は yakin exercise です。";
        en "There is no exercise {number}." / "Choose a number from 1 to {last}; yakin exercise lists them.";
    }
    /// Nothing to mark yet.
    EXERCISE_NOT_BEGUN = "YK7231" (number) {
        ja "練習問題 {number} は、まだ始めていません。" / "yakin exercise {number} で、問題を読んで始めてください。";
        en "Exercise {number} was not begun." / "Begin it with: yakin exercise {number}";
    }
    /// An answer with mistakes.
    EXERCISE_MISTAKES = "YK7232" () {
        ja "誤りがあるので、まだ採点できません。" / "上に出ている所を直して、もう一度採点してください。";
        en "There are mistakes in it, so it cannot be marked yet." / "Mend what is listed above and have it marked again.";
    }
    /// An answer that could not be run.
    EXERCISE_NOT_RUN = "YK7233" () {
        ja "採点のために動かそうとしましたが、始まりませんでした。" / "上に出ている理由を見てください。シナリオは、いつもの yakin run で動くか確かめられます。";
        en "It was to be run for the marking, but could not be begun." / "The reason stands above. See whether yakin run works.";
    }
    /// No such message.
    NO_CODE = "YK7110" (code, near) {
        ja "「{code}」という番号はありません。[[near|もしかして「{near}」ですか。]]" / "yakin explain で、番号の一覧を見られます。";
        en "There is no code “{code}”.[[near| Did you mean “{near}”?]]" / "See them all with: yakin explain";
    }
    /// Scores of a file that cannot be read.
    SCORES_UNREAD = "YK7111" (path) {
        ja "「{path}」が読めないので、点数を出せません。" / "先に yakin check {path} で、間違いを直してください。";
        en "“{path}” cannot be read, so there are no scores." / "Mend it first: yakin check {path}";
    }
    /// A step that a rehearsal is to stop after is not there.
    UNTIL_UNKNOWN = "YK7120" (word, near) {
        ja "「{word}」というステップは、このシナリオにありません。[[near|もしかして「{near}」ですか。]]" / "--until には、ステップの id か、名前（の一部）か、ファイルの行番号を書いてください。";
        en "This scenario has no step “{word}”.[[near| Did you mean “{near}”?]]" / "Give --until a step's id, its name or a part of it, or its line in the file.";
    }
    /// Several steps are meant.
    UNTIL_AMBIGUOUS = "YK7121" (word, steps) {
        ja "「{word}」に当たるステップがいくつもあります（{steps}）。" / "行番号で書いてください。";
        en "“{word}” is several steps ({steps})." / "Give the line number instead.";
    }
    /// A step of an act.
    UNTIL_IN_COMMIT = "YK7122" (step) {
        ja "「{step}」は `commit` の中にあるので、下見では行いません。" / "`commit` の行を書くと、登録の直前で止まります。";
        en "“{step}” stands inside `commit`, which a rehearsal does not do." / "Give the line of the `commit`: it stops just before the act.";
    }
    /// It never came to that step.
    UNTIL_NOT_REACHED = "YK7123" () {
        ja "--until のステップまでは来ませんでした。" / "";
        en "It did not come to the step of --until." / "";
    }
    /// Nothing more is typed.
    STEP_NO_INPUT = "YK7124" () {
        ja "キーボードからの入力がないので、ここで止めます。" / "";
        en "Nothing can be typed here, so it ends." / "";
    }
    /// A scenario that was read again has mistakes.
    RELOAD_WRONG = "YK7125" () {
        ja "ファイルに誤りがあるので、前の内容のまま待っています。" / "直したら、もう一度 r を押してください。";
        en "The file has mistakes; the rehearsal waits as it was." / "Mend them and type r again.";
    }
    /// A scenario that was read again is another one.
    RELOAD_ID = "YK7126" () {
        ja "シナリオの id が変わっているので、読み直しませんでした。" / "id を元に戻すか、q でやめて、始め直してください。";
        en "The scenario's id has changed; it was not read again." / "Put the id back, or leave with q and begin again.";
    }
    /// No rehearsal waits.
    TRY_NOWHERE = "YK7127" () {
        ja "ステップを試せる画面が開いていません。" / "画面を書いてください（例: yakin try 'ステップ' 受付 新規登録。ログインしてから試します）。シナリオの途中で試すなら、別の端末で yakin run シナリオ --step を始めて止まらせます。";
        en "No page is open to try a step on." / "Name a page, such as `yakin try 'STEP' 受付 /new` (it logs in first). To try it in the midst of a scenario, begin `yakin run SCENARIO --step` in another terminal and let it stop.";
    }
    /// A rehearsal ended while a step was tried.
    TRY_NO_ANSWER = "YK7128" () {
        ja "答えが返る前に、下見が終わりました。" / "";
        en "The rehearsal ended before it answered." / "";
    }
    /// No place to look at, and no rehearsal waits.
    LOOK_NOWHERE = "YK7133" () {
        ja "見る画面が決まっていません。止まっている下見もありません。" / "yakin look 受付 のように、システムの名前か画面のアドレスを書いてください。書かずに見られるのは、yakin run シナリオ --step が止まっている間だけです。";
        en "There is no page to look at, and no rehearsal waits." / "Name a system or give an address, as in: yakin look 受付. Without one it shows where `yakin run SCENARIO --step` has stopped.";
    }
    /// A page that nobody has granted.
    TRY_NOT_GRANTED = "YK7129" (url) {
        ja "{url} は、この事務所に許可されていない相手です。" / "この機械の中の画面か、office.yaml の grants にある相手だけを開けます。";
        en "This office has not been granted {url}." / "Only pages of this machine and of hosts in `grants` of office.yaml can be opened.";
    }
    /// A button that may register.
    TRY_RISKY = "YK7130" (host) {
        ja "登録かもしれないボタンなので、押しませんでした（{host}）。" / "押してよければ --yes を、画面を開くだけのボタンなら `effect: read` を付けてください。";
        en "The button may register something; it was not pressed ({host})." / "Add --yes to press it, or `effect: read` to the step if it only opens a page.";
    }
    /// Something that is no single step.
    TRY_ONE_STEP = "YK7131" () {
        ja "--url で試せるのは、browser. で始まるようなステップ1つだけです。" / "if や commit などは、yakin run シナリオ --step の中で確かめてください。";
        en "With --url one plain step can be tried, such as browser.click." / "See `if`, `commit` and the like in `yakin run SCENARIO --step`.";
    }
    /// Values that only a run has.
    TRY_NO_VALUES = "YK7132" () {
        ja "--url で試すステップでは、${{ item.… }} などの値を使えません。" / "値をそのまま書くか、yakin run シナリオ --step で止めた所で試してください。";
        en "A step tried with --url has no values such as ${{ item.… }}." / "Write the value itself, or try it where `yakin run SCENARIO --step` has stopped.";
    }
    /// A word of `check` that is a folder.
    FOLDER_NO_SCENARIO = "YK7100" (folder) {
        ja "「{folder}」はフォルダーです。" / "シナリオのファイルか id を書いてください。省略すると、事務所のシナリオを全部調べます。";
        en "“{folder}” is a folder." / "Name a scenario's file or id; without one, all of the office's scenarios are checked.";
    }
    /// A file that somebody changed while it was being mended.
    CHANGED_MEANWHILE = "YK7101" (file) {
        ja "「{file}」は、調べている間に書き換えられました。直しませんでした。" / "エディターで保存してから、もう一度実行してください。";
        en "“{file}” was changed while it was being looked at; it was left as it is." / "Save it in the editor, then run the command again.";
    }
}
