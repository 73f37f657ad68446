//! Messages 8000–8999: what a run says about items, rows and acts.

use super::messages;

messages! {
    /// The file the items come from is not there.
    WORK_FILE_MISSING = "YK8001" (file) {
        ja "処理するファイル「{file}」がありません。" / "ファイルが届いているか、置き場所と名前が合っているかを確かめて、もう一度実行してください。";
        en "The file to work on, “{file}”, is not there." / "Check that the file has arrived and that its folder and name are right, then run again.";
    }
    /// The key of a row is empty.
    KEY_EMPTY = "YK8004" (column) {
        ja "鍵の列「{column}」が空です。" / "元の表に番号を入れて、もう一度実行してください。鍵のない行は登録しません。";
        en "The key column “{column}” is empty." / "Fill it in the table and run again. A row without its key is never registered.";
    }
    /// The key of a row is no longer the number that somebody wrote.
    KEY_SPOILED = "YK8033" (column, text) {
        ja "番号「{text}」は Excel が形を変えたもののようです。" / "元の表の列「{column}」を、元の番号に直してください（Excel では、列の表示形式を「文字列」にしてから入れます）。";
        en "The number “{text}” seems to have been changed by Excel." / "Put the right number into column “{column}” of the table (in Excel, make the column's format “Text” first).";
    }
    /// Two rows have the same key.
    KEY_TWICE = "YK8005" (item, row, first) {
        ja "{row}行目（{item}）は、{first}行目と番号が同じで内容が違うので、登録していません。" / "どちらが正しいか確かめ、番号を直してください。";
        en "Row {row} ({item}) has the number of row {first} and says something else, so it was not registered." / "Find out which is right, and correct the number.";
    }
    /// A row that stands in the file twice.
    ROW_TWICE = "YK8034" (item, row, first) {
        ja "{row}行目（{item}）は、{first}行目と同じ内容なので、1件として扱います。" / "";
        en "Row {row} ({item}) says the same as row {first}; they are one request." / "";
    }
    /// Rejected before, and nothing has changed since.
    REJECTED_BEFORE = "YK8035" (run, count, items) {
        ja "実行 {run} で差し戻した {count} 件は、差し戻しのままです（{items}）。理由は yakin runs show {run} で読めます。" / "行かシナリオを直すと、次の実行で調べ直します。相手のシステムが断った件は、行を直すか、yakin run に --retry-rejected を付けると、もう一度登録を試みます。";
        en "What run {run} rejected stays rejected ({count}: {items}); yakin runs show {run} tells why." / "Mend the row or the scenario, and the next run looks again. What the other system refused is tried again when its row is mended, or with yakin run --retry-rejected.";
    }
    /// Items of earlier runs, in no file of tonight.
    WAITING_BEFORE = "YK8036" (count, items) {
        ja "前の実行の {count} 件は、登録されたかどうかの確認を待っています（{items}）。" / "相手のシステムで調べて、yakin review で答えてください。答えるまで、これらは自動では処理しません。";
        en "{count} of earlier runs still wait for somebody to look whether they were registered ({items})." / "Look them up in the other system and answer with yakin review. Until then they are not worked again.";
    }
    /// The scenario rejects the item.
    REJECTED = "YK8006" (reason) {
        ja "{reason}" / "内容を確かめ、直して出し直すか、手で処理してください。";
        en "{reason}" / "Check it; correct and submit it again, or handle it by hand.";
    }
    /// A rejecting condition cannot be worked out.
    CONDITION_UNCLEAR = "YK8007" (reason, cause, scenario) {
        ja "「{reason}」に当たるかどうかを確かめられません。{cause}" / "[[scenario|シナリオの `reject:` の式を直してください。どの件でも同じことになります。]]その列が空でないか、読める形かを確かめてください。";
        en "It cannot be decided whether “{reason}” applies. {cause}" / "[[scenario|Correct the expression under `reject:` in the scenario: it fails for every item. ]]Check that the column is filled and readable.";
    }
    /// The other system refuses.
    REFUSED = "YK8008" (words) {
        ja "相手のシステムに断られました。「{words}」" / "画面の言葉に従って、内容を直してください。登録はされていません。";
        en "The other system refused: “{words}”" / "Follow its words and correct the entry. Nothing was registered.";
    }
    /// A sign of the result stands on the page before the act.
    PROOF_STANDS = "YK8009" (words) {
        ja "登録する前から、登録の結果を示すはずの印（{words}）が画面に出ています。" / "前の画面が残っているか、いつも出ている文字を印にしています。シナリオの home か、commit の印（proof・refused・already）を見直してください。登録はしていません。";
        en "A sign that should tell the result ({words}) stands on the page before the act." / "An earlier page is still shown, or the sign is always there. Check `home` or the signs of `commit`. Nothing was registered.";
    }
    /// Nobody can tell whether the act happened.
    DOUBT = "YK8010" (title, cause) {
        ja "「{title}」ができたかどうか、画面から確かめられませんでした。[[cause|{cause}]]" / "登録されているかどうかを、相手のシステムで調べて、yakin review で答えてください。答えるまで、この件は自動では処理しません。";
        en "It could not be seen whether “{title}” was done.[[cause| {cause}]]" / "Look it up in the other system and answer with yakin review. Until then this item is not worked again.";
    }
    /// An item that still waits for a person.
    STILL_IN_DOUBT = "YK8012" (item, row) {
        ja "{row}行目（{item}）は、登録されたかどうかの確認を待っています。" / "相手のシステムで調べてください。調べるまで、この件は自動では処理しません。";
        en "Row {row} ({item}) still waits for somebody to look whether it was registered." / "Look it up in the other system. Until then this item is not worked again.";
    }
    /// A row that was done and has changed since.
    CHANGED_SINCE = "YK8013" (item, row) {
        ja "{row}行目（{item}）は登録済みの番号ですが、前に処理したときと内容が違います。自動では登録し直しません。" / "別の請求なら番号を直し、同じ請求の訂正なら相手のシステムで直してください。";
        en "Row {row} ({item}) has a number that was registered before, but says something else now. It is not registered again." / "If it is another request, correct its number; if it is a correction, make it in the other system.";
    }
    /// A run that goes on with the work of an earlier one.
    RESUMES = "YK8180" (run) {
        ja "{run}番の実行が残した件だけを、続きから処理します。ほかの件には触りません。" / "";
        en "It goes on with what run no. {run} has left, and leaves everything else alone." / "";
    }
    /// The same, without its file.
    RESUMES_WITHOUT_FILE = "YK8181" () {
        ja "入力のファイルがもうないので、台帳に残っている内容で処理します。" / "";
        en "Its file is gone; the rows are worked as the ledger has them." / "";
    }
    /// Two items would be registered under one late key.
    LATE_KEY_TAKEN = "YK8182" (other) {
        ja "この件と同じ番号が、「{other}」の件で、もう登録されているか、登録の途中です。二度登録しないように、差し戻しました。"
            / "同じ届出なら、何もしなくてかまいません。別の届出なら、commit の key が見分けられる番号かどうかを確かめてください。";
        en "The item “{other}” has the same number, and is registered or being registered. This one is sent back, so that nothing is registered twice."
            / "If it is the same request, nothing is to be done. If it is another one, see whether the key of the commit tells them apart.";
    }
    /// A late key without anything in it.
    LATE_KEY_EMPTY = "YK8183" () {
        ja "commit の key が空でした。番号がないと、二度登録していないかを見分けられません。" / "この件の番号が画面や行にあるかを確かめてください。";
        en "The key of the commit is empty. Without a number nobody can tell whether it is registered twice." / "See whether the page or the row has a number for this item.";
    }
    /// The login failed.
    LOGIN_FAILED = "YK8014" (system, cause) {
        ja "「{system}」にログインできませんでした。{cause}" / "パスワードを送った後で止まりました。画面の言葉が、利用者IDかパスワードの誤りなら、yakin secret set で入れ直してください。そうでなければ、`login:` の手順を今の画面に合わせてください。口座が止まらないよう、この実行では2度目は試しません。";
        en "Logging in to “{system}” failed. {cause}" / "It stopped after the password was sent. If the page says that user or password is wrong, set them again with `yakin secret set`; otherwise mend the steps of `login:`. It is not tried twice in a run, so that the account is not locked.";
    }
    /// A step of the login failed before the password was sent.
    LOGIN_STOPPED = "YK8038" (system, cause) {
        ja "「{system}」のログインの手順が、パスワードを送る前に止まりました。{cause}" / "`scenarios/systems/{system}.yaml` の `login:` を、今のログイン画面に合わせて直してください。利用者IDとパスワードはまだ送っていないので、口座が止まる心配はありません。";
        en "The login steps of “{system}” stopped before the password was sent. {cause}" / "Mend `login:` in `scenarios/systems/{system}.yaml` to fit the login page as it is. Nothing was sent yet, so the account cannot have been locked.";
    }
    /// A guard: the system is down for now.
    GUARD_WAIT = "YK8015" (words) {
        ja "相手のシステムが「{words}」と表示しています。" / "使えるようになってから、もう一度実行してください。";
        en "The other system says “{words}”." / "Run again when it is available.";
    }
    /// A guard: the session is over.
    GUARD_LOGIN = "YK8016" (words) {
        ja "ログインが切れました。画面の言葉：「{words}」" / "ログインし直して続けます。続くときは、同じ利用者IDをほかで使っていないか確かめてください。";
        en "The login is over. The page says “{words}”." / "It logs in again. If this goes on, check whether the account is used elsewhere.";
    }
    /// A guard: only a person can go on.
    GUARD_STOP = "YK8017" (words) {
        ja "相手のシステムが「{words}」と表示したので、実行を止めました。" / "画面の言葉に従って対応してから、もう一度実行してください。";
        en "The other system says “{words}”, so the run was ended." / "Do what it asks for, then run again.";
    }
    /// The same cause stopped items in a row.
    SAME_CAUSE = "YK8018" (count, cause) {
        ja "続けて{count}件が同じ原因で止まったので、実行を終えました。{cause}" / "原因を直してから、もう一度実行してください。残りはそのときに処理します。";
        en "The same cause stopped {count} in a row, so the run was ended. {cause}" / "Mend the cause and run again. What is left is worked then.";
    }
    /// A name that has no value.
    NAME_UNDEFINED = "YK8019" (name) {
        ja "「{name}」という名前の値がありません。" / "列名や as の名前の書き間違いがないか、シナリオを確かめてください。";
        en "There is no value called “{name}”." / "Check the scenario for a misspelt column or `as` name.";
    }
    /// An expression failed.
    EXPRESSION_FAILED = "YK8020" (detail) {
        ja "式を計算できませんでした。{detail}" / "値の形と、使っているフィルターを確かめてください。";
        en "An expression could not be worked out. {detail}" / "Check the value's form and the filters used.";
    }
    /// The scenario stops the run.
    STOPPED = "YK8021" (reason) {
        ja "シナリオの指示で実行を止めました。{reason}" / "理由を確かめてから、もう一度実行してください。";
        en "The scenario stopped the run. {reason}" / "Look into the reason, then run again.";
    }
    /// A secret is not there.
    SECRET_MISSING = "YK8022" (name) {
        ja "秘密「{name}」が登録されていません。" / "yakin secret set {name} で登録してください。";
        en "The secret “{name}” has not been set." / "Set it with: yakin secret set {name}";
    }
    /// A secret may not be typed here.
    SECRET_HOST = "YK8023" (name, host) {
        ja "秘密「{name}」は、「{host}」の画面には入力できません。" / "正しい画面なら、yakin secret set {name} --host {host} で入力先を許可してください。";
        en "The secret “{name}” may not be typed into a page of “{host}”." / "If the page is right, allow it with: yakin secret set {name} --host {host}";
    }
    /// A secret has expired.
    SECRET_EXPIRED = "YK8024" (name, host) {
        ja "秘密「{name}」は期限が切れています。[[host|（入力先 {host}）]]" / "新しいパスワードを yakin secret set {name} で登録してください。";
        en "The secret “{name}” has expired.[[host| (for {host})]]" / "Set the new one with: yakin secret set {name}";
    }
    /// A step after the commit failed.
    FAILED_AFTER_COMMIT = "YK8025" (item, cause) {
        ja "「{item}」は登録できましたが、その後のステップでつまずきました。{cause}" / "登録のやり直しは要りません。後のステップの内容だけ確かめてください。";
        en "“{item}” was registered, but a later step failed. {cause}" / "Nothing need be registered again; check only what the later step does.";
    }
    /// A kept value could not be worked out.
    KEEP_FAILED = "YK8026" (name) {
        ja "残すはずの「{name}」を取れませんでした。" / "シナリオの keep と、出来た印の as を確かめてください。";
        en "“{name}” could not be kept." / "Check `keep` and the `as` of the proof.";
    }
    /// A line that the scenario wrote.
    LOG_LINE = "YK8027" (text) {
        ja "{text}" / "";
        en "{text}" / "";
    }
    /// No picture could be taken.
    NO_PICTURE = "YK8028" (cause) {
        ja "画面の写真を撮れませんでした。{cause}" / "";
        en "No picture of the page could be taken. {cause}" / "";
    }
    /// A commit outside an item.
    COMMIT_WITHOUT_ITEM = "YK8029" () {
        ja "commit は、件ごとの手順（steps）の中でだけ使えます。" / "commit を steps の中へ移してください。";
        en "`commit` can be used only inside the steps of an item." / "Move it into `steps`.";
    }
    /// An item is tried again.
    TRYING_AGAIN = "YK8030" (item, seconds, cause) {
        ja "「{item}」を、{seconds}秒おいてから、もう一度はじめから試します。{cause}" / "";
        en "“{item}” is tried again from its beginning in {seconds} s. {cause}" / "";
    }
    /// What earlier runs left is worked first.
    LEFTOVERS = "YK8031" (count, items) {
        ja "前の実行で終わらなかった {count} 件を、前の表の内容で先に処理します（{items}）。" / "登録してはいけないものがあれば、その表から行を消し、その表の日付（--date）で実行してください。";
        en "What earlier runs did not finish ({count}: {items}) is worked first, as their tables had it." / "If any must not be registered, take its row out of that table and run for that table's day (--date).";
    }
    /// Rows that somebody took out of the table.
    REMOVED = "YK8037" (count, items) {
        ja "前の実行で終わらなかった {count} 件は、この表から消えているので、処理しません（{items}）。" / "間違って消したのなら、表に戻してください。次の実行で処理します。";
        en "What earlier runs did not finish ({count}: {items}) was taken out of this table and is not worked." / "If that was a mistake, put the rows back; the next run works them.";
    }
    /// What should be a list is none.
    ITEMS_NO_LIST = "YK8100" (text) {
        ja "明細の一覧「{text}」が、一覧になっていません。" / "`start:` の手順で、表や一覧を読む `browser.read_table` などの結果に `as:` で名前を付けてください。";
        en "The list of items “{text}” is no list." / "Name the result of a step of `start:` that reads a table or list, such as `browser.read_table`, with `as:`.";
    }
    /// A list without a column that the scenario needs.
    ITEMS_NO_COLUMN = "YK8101" (wanted, headings) {
        ja "明細の一覧に、列「{wanted}」がありません。" / "一覧にある列は「{headings}」です。シナリオの key と columns を確かめてください。";
        en "The list of items has no column “{wanted}”." / "Its columns are “{headings}”. Check `key` and `columns`.";
    }
    /// A list with two columns of one heading.
    ITEMS_MANY_COLUMNS = "YK8102" (heading) {
        ja "明細の一覧に、列「{heading}」が2つあります。" / "列の名前を変えてください。";
        en "The list of items has two columns “{heading}”." / "Rename one of them.";
    }
    /// The scenario asks a person.
    ASKED = "YK8103" (question) {
        ja "人に確かめることがあります。「{question}」" / "yakin review で質問を読み、yakin review answer で答えてください。次の実行で、始めから処理します。登録はしていません。";
        en "There is something to ask a person: “{question}”" / "Read it with yakin review and answer it with yakin review answer. The next run works the item from its beginning. Nothing was registered.";
    }
    /// A row whose question is not answered yet.
    STILL_ASKED = "YK8104" (item, row) {
        ja "{row}行目（{item}）は、質問の答えを待っています。" / "yakin review で質問を読み、答えてください。";
        en "Row {row} ({item}) still waits for an answer." / "Read the question with yakin review and answer it.";
    }
    /// Items of earlier runs whose questions are not answered yet.
    ASKED_BEFORE = "YK8105" (count, items) {
        ja "前の実行の {count} 件は、質問の答えを待っています（{items}）。" / "yakin review で質問を読み、答えてください。";
        en "Questions of earlier runs still wait for an answer ({count}: {items})." / "Read them with yakin review and answer.";
    }
    /// There is no such question.
    NO_QUESTION = "YK8110" (number) {
        ja "質問 {number} はありません。" / "番号は yakin review で確かめてください。登録照会に答えるのは、yakin review decide です。";
        en "There is no question {number}." / "See yakin review for the numbers. Inquiries are answered with yakin review decide.";
    }
    /// A question that was answered.
    ANSWERED_BEFORE = "YK8111" (number, person) {
        ja "質問 {number} には、{person} がもう答えています。" / "";
        en "Question {number} was answered by {person}." / "";
    }
    /// An answer that is none of the choices.
    NOT_A_CHOICE = "YK8112" (choices) {
        ja "答えが選択肢にありません。" / "「{choices}」のどれかで答えてください。";
        en "The answer is none of the choices." / "Answer with one of “{choices}”.";
    }
    /// An answer that cannot be read.
    BAD_ANSWER = "YK8113" (cause) {
        ja "答えが読めません。{cause}" / "答え直してください。";
        en "The answer cannot be read. {cause}" / "Answer again.";
    }
    /// No answer.
    ANSWER_EMPTY = "YK8114" (number) {
        ja "答えが空です。" / "yakin review answer {number} 答え のように書いてください。";
        en "The answer is empty." / "Write yakin review answer {number} ANSWER.";
    }
    /// Another bot has an item of a ledger that both use.
    TAKEN_BY_ANOTHER = "YK8032" (item) {
        ja "「{item}」は、同じ台帳を使うほかの bot が処理しているので、この実行では処理しません。" / "";
        en "“{item}” is being worked by another bot with the same ledger; this run leaves it alone." / "";
    }
    /// Verdict: a run that was asked for some of its work has done it.
    RUN_LIMITED = "YK8130" () {
        ja "頼まれた分だけ処理しました。ほかの件は未着手のままです。" / "";
        en "It worked what it was asked for. The other items are not started." / "";
    }
    /// Next: a rehearsal that went well.
    NEXT_REHEARSED = "YK8131" () {
        ja "登録を押す前の画面の写真（yakin report --html 下見.html）を確かめてください。よければ、--rehearse や --step を付けずに実行すると登録します。「下見済」は、記入までできたという意味で、相手のシステムが受け付けるかどうかは、登録して初めて分かります。" / "";
        en "Look at the pictures of the filled forms (yakin report --html rehearsal.html). If they are right, run it without --rehearse or --step to register. “Rehearsed” means that the form was filled; whether the system takes it is known only by registering." / "";
    }
    /// Next: a rehearsal of a bot that does nothing irreversible went well.
    NEXT_REHEARSED_READING = "YK8144" () {
        ja "このボットに登録（`commit`）はありません。読み取った値や、「下見」フォルダーに書いたファイルを確かめ、よければ、--rehearse や --step を付けずに実行してください（書きかけなら、登録の手順を書き終えるまで、まだ外さないでください）。" / "";
        en "This bot registers nothing (it has no `commit`). Look at what it read and at the files in the folder 下見. If they are right, run it without --rehearse or --step (not before it is finished, if it is to register)." / "";
    }
    /// Next: a rehearsal that found everything done.
    NEXT_REHEARSE_DONE = "YK8145" () {
        ja "全部の件が済んでいるので、下見する件がありませんでした。済んだ件の下見を見るには、--only 番号（例：--only 0001）を付けて実行してください。" / "";
        en "Everything is done, so there was nothing to rehearse. To rehearse an item that is done, add --only and its number (such as --only 0001)." / "";
    }
    /// Next: how to see what a rehearsal hides.
    NEXT_SEE_MORE = "YK8150" () {
        ja "「＊＊」は、住民に関わる値を伏せた所です（結果の表には、そのまま書かれます）。住民を指さない値なら、columns: の種類か、browser.read の type: を open（番号は code）にすると、伏せずに見せます。画面は --show を付けると見えます。" / "";
        en "“＊＊” stands for a value about a resident (tables of results hold it as it is). What tells of nobody is shown once its type, in columns: or of browser.read, is open (code for numbers). The pages themselves are shown by --show." / "";
    }
    /// A file was written.
    FILE_WRITTEN = "YK8151" (file, rows) {
        ja "「{file}」に {rows} 行を書き出しました。" / "";
        en "Wrote “{file}” (rows: {rows})." / "";
    }
    /// A file was written under another name, so that an older one stays.
    FILE_WRITTEN_BESIDE = "YK8152" (file, rows, asked) {
        ja "「{asked}」は前からあるので残し、「{file}」に {rows} 行を書き出しました。" / "";
        en "“{asked}” was there before and stays; wrote “{file}” instead (rows: {rows})." / "";
    }
    /// A name that several headings answer to.
    COLUMN_AMBIGUOUS = "YK8153" (name, found) {
        ja "「{name}」に当たる列が2つ以上あります（「{found}」）。見出しの空白・全角と半角・改行の違いは、区別しません。" / "どの列のことか分かるように、表の見出しを書き分けるか、見出しと同じ字で書いてください。";
        en "Several columns answer to “{name}” (“{found}”). Blanks, width and line breaks in headings do not count." / "Give them different headings, or write the name exactly as its heading.";
    }
    /// Another scenario registers the same table in the same system.
    SAME_WORK = "YK8154" (other, file, from, system, ledger) {
        ja "ボット「{other}」（{file}）も、同じ表「{from}」を[[system|「{system}」に]]登録します。済んだ件は、ボットごとに別々の台帳に残るので、両方を動かすと、同じ件が二重に登録されます。" / "どちらか一方だけを使ってください。両方を使うなら、この items: に `ledger: {ledger}` と書いて、済んだ件の台帳を1つにします。";
        en "The bot “{other}” ({file}) registers the same table “{from}”[[system| in “{system}”]]. Each bot has a ledger of its own of what is done: with both, everything is registered twice." / "Use only one of them, or write `ledger: {ledger}` into these items, so that both share one ledger.";
    }
    /// What a rehearsal writes.
    REHEARSAL_FILES = "YK8132" (folder) {
        ja "下見なので、ファイルは「{folder}」フォルダーの中に書きます（前の下見のものは置きかえます）。" / "";
        en "This is a rehearsal: files are written below the folder “{folder}”." / "";
    }
    /// A button that a rehearsal does not press.
    REHEARSAL_STOPS = "YK8138" (title) {
        ja "「{title}」は `commit` の外にあります。登録かもしれないので、下見はここまでにします。" / "登録するボタンなら `commit` の `do:` の中に移し、登録でないなら `effect: read` を付けてください。";
        en "“{title}” stands outside `commit` and might register something: the rehearsal stops before it." / "If it registers, move it into the `do:` of a `commit`; if not, add `effect: read`.";
    }
    /// The scenario was read again.
    MENDED = "YK8139" () {
        ja "シナリオのファイルを読み直しました。同じ所から続けます。" / "";
        en "The scenario's file was read again. It goes on from the same place." / "";
    }
    /// A commit, tried alone.
    TRY_COMMIT = "YK8140" () {
        ja "登録する操作（`commit` や、登録のような名前のボタン）は、下見の中では試せません。" / "登録まで行うのは、--rehearse も --step も付けない実行だけです。";
        en "An act that registers (`commit`, or a button with such a name) cannot be tried in a rehearsal." / "Only a run without --rehearse and --step registers.";
    }
    /// A question that a rehearsal comes to.
    ASKED_REHEARSED = "YK8141" (question, name) {
        ja "実際の実行では、ここで人に質問します。「{question}」" / "下見なので、質問は残していません。[[name|答えた後も見るには、--step でこの質問の前に止め、t set: { {name}: 答え } と打ってから、s で飛ばしてください。]]";
        en "A real run asks a person here: “{question}”" / "This is a rehearsal: no question was stored.[[name| To see what follows an answer, stop before it with --step, type t set: { {name}: ANSWER } and pass over it with s.]]";
    }
    /// Next: questions that a rehearsal came to.
    NEXT_ASKED_REHEARSED = "YK8142" (count) {
        ja "実際の実行なら、{count} 件は人への質問になり、答えを待ちます。下見なので、質問は残していません。" / "";
        en "In a real run {count} would wait for a person's answer. This was a rehearsal: no question was stored." / "";
    }
    /// A look before any browser was opened.
    NO_PAGE_YET = "YK8143" () {
        ja "まだブラウザーの画面が開いていません。" / "画面を使うステップまで進めてから、もう一度見てください。";
        en "No page is open in the browser yet." / "Go on to a step that uses a page and look again.";
    }
    /// A key that nothing has.
    ONLY_UNKNOWN = "YK8133" (word, near) {
        ja "「{word}」に当たる件が、この表にありません。[[near|あるのは、{near} などです。]]" / "--only には、キーか、その一部か、「3行目」のような行を書いてください。";
        en "Nothing in this table is “{word}”.[[near| There is, for example: {near}]]" / "Give --only a key, a part of one, or a row as “row 3”.";
    }
    /// A part of several keys.
    ONLY_AMBIGUOUS = "YK8134" (word, count, near) {
        ja "「{word}」に当たる件が {count} 件あります（{near}）。" / "1件に決まるように、キーをもっと長く書くか、「3行目」のような行で書いてください。--only は何度でも書けます。";
        en "“{word}” is {count} of them ({near})." / "Write more of the key, or a row as “row 3”. --only may be given several times.";
    }
    /// A settled item that a run was asked for.
    ONLY_DONE = "YK8135" (item) {
        ja "「{item}」は、もう済んでいるので、処理しません。" / "";
        en "“{item}” is done already and is not worked again." / "";
    }
    /// An item that a run may not work, and was asked for.
    ONLY_HELD = "YK8136" (item) {
        ja "「{item}」は、差し戻したままか、人の確認を待っているので、処理しません。" / "";
        en "“{item}” was rejected before or waits for a person; it is not worked." / "";
    }
    /// An item that a run would not work, rehearsed because it was asked for.
    ONLY_ALL_THE_SAME = "YK8137" (item) {
        ja "「{item}」は、済んだか、人の対応を待っているので、本番の実行では飛ばします。頼まれたので、下見だけします。" / "";
        en "A run would skip “{item}”: it is done or waits for a person. It is rehearsed because it was asked for." / "";
    }
}
