//! Messages 7150–7179 and 7330–7339: pages that are looked at, recorded and drafted, and the days of schedules.

use super::messages;

messages! {
    /// Neither an address nor a system.
    NO_PLACE = "YK7150" (name, near) {
        ja "「{name}」は、画面のアドレスでもシステムの名前でもありません。[[near|この事務所のシステムは、{near} です。]]" / "http:// か https:// で始まるアドレスか、scenarios/systems にあるシステムの名前を書いてください。";
        en "“{name}” is neither a page's address nor a system.[[near| This office has: {near}]]" / "Write an address that begins with http:// or https://, or a system of scenarios/systems.";
    }
    /// An address outside of this machine without `--real`.
    PLACE_IS_REAL = "YK7151" (host) {
        ja "{host} は、この機械の外にある画面です。" / "本番の画面を開くなら --real を付けてください。練習なら、システムの名前（例：yakin look 受付 /new）を書いてください。";
        en "{host} is outside of this machine." / "Add --real to open a real page. For practice write a system's name (such as: yakin look 受付 /new).";
    }
    /// A real page that no bot was granted.
    PLACE_NOT_GRANTED = "YK7152" (host) {
        ja "{host} を開くことは、どのボットにも許可されていません。" / "運用担当が、office.yaml の grants に、使うボットの id と {host} を書いてください。";
        en "No bot of this office has been granted {host}." / "The operator writes {host} and the id of the bot that will use it into `grants` in office.yaml.";
    }
    /// A system whose file has mistakes.
    PLACE_UNUSABLE = "YK7153" (system) {
        ja "システム「{system}」の定義に間違いがあり、画面を開けません。" / "scenarios/systems のファイルを直してください。yakin check で全部の間違いが分かります。";
        en "The declaration of the system “{system}” has mistakes; its pages cannot be opened." / "Mend its file in scenarios/systems; yakin check finds every mistake.";
    }
    /// A login with steps that only a run can do.
    VISIT_UNFIT = "YK7154" () {
        ja "ログインの手順に、ここではできないステップがあります。" / "システムの login には、画面を開く・入力する・押す・見るステップだけを書いてください。";
        en "The login has a step that cannot be done here." / "A system's login should only open, fill, click and see.";
    }
    /// A recording without a screen.
    RECORD_NO_SCREEN = "YK7155" () {
        ja "この機械には、ブラウザーを見せる画面がありません。" / "画面のある機械で yakin record を実行してください。リモートの接続なら、画面を転送する設定（DISPLAY）を確かめてください。";
        en "This machine has no screen to show a browser on." / "Run yakin record on a machine with a screen; over a remote connection see that it forwards one (DISPLAY).";
    }
    /// The file to be written is there.
    RECORD_EXISTS = "YK7156" (file) {
        ja "「{file}」は、もうあります。上書きしません。" / "--out で別の名前を指定してください。";
        en "“{file}” is there already; it is not overwritten." / "Choose another name with --out.";
    }
    /// Nothing was done.
    RECORD_NOTHING = "YK7157" () {
        ja "記録する操作がありませんでした。ファイルは書いていません。" / "ブラウザーの中で、いつもの仕事を1件してから終えてください。";
        en "Nothing was done that could be recorded; no file was written." / "Do one piece of your work in the browser before you end.";
    }
    /// Typed values stand in the file.
    RECORDED_TYPED = "YK7158" (lines) {
        ja "入力した値が、そのまま書かれています（{lines} 行目）。住民の氏名などがあれば、このファイルも個人情報です。" / "申請の表があるなら、yakin record に --items 表.csv を付けて記録すると、値の代わりに列の名前が入り、表の全部の行を処理できます。";
        en "What was typed stands there as it is (line {lines}). If it names residents, this file is personal data too." / "With --items TABLE.csv the columns of the table take the place of the values, and every row is worked.";
    }
    /// Typed values that the table does not have.
    RECORDED_FIXED = "YK7159" (lines) {
        ja "表に見つからなかった値が、そのまま書かれています（{lines} 行目）。" / "どの行でも同じ値でよければ、そのままにしてください。行ごとに違うなら、列の名前に直してください（例：item.備考 を `${{ }}` で囲む）。";
        en "Values that are not in the table stand there as they are (line {lines})." / "Leave them if every row needs the same; otherwise write the column (such as item.備考 in `${{ }}`).";
    }
    /// Weak locators.
    RECORDED_WEAK = "YK7160" (lines) {
        ja "画面の作りや順番で指している所があります（{lines} 行目）。画面が変わると動かなくなります。" / "yakin look で、見出しや文字で指せないか確かめてください。";
        en "Some things are found by how the page is built or by counting (line {lines}); a changed page breaks them." / "See with yakin look whether words lead there too.";
    }
    /// No irreversible act.
    RECORDED_NO_ACT = "YK7161" () {
        ja "登録のボタンを押した所が見つかりませんでした。" / "取り消せない操作（登録・送信など）があるなら、そこを commit に書き直してください。見るだけの仕事なら、このままで使えます。";
        en "No press was found that registers anything." / "If one cannot be undone, write it as a commit. If the work only looks, it is fine as it is.";
    }
    /// The proof was guessed.
    RECORDED_PROOF = "YK7162" (line, sign) {
        ja "{line} 行目：登録できた印を「{sign}」と見ました。" / "登録できたときだけ画面に出るものか、確かめてください。";
        en "Line {line}: “{sign}” was taken for the proof of the registration." / "Make sure that the page shows it only after a registration.";
    }
    /// No proof was seen.
    RECORDED_NO_PROOF = "YK7163" (line) {
        ja "{line} 行目：登録できた印が分かりませんでした。" / "登録できたときだけ画面に出る見出し（受付番号など）を書いてください。書くまで、yakin check が誤りと言い、動きません。";
        en "Line {line}: nothing was seen that proves the registration." / "Write a heading there that only a registration brings; until then yakin check calls it a mistake and nothing runs.";
    }
    /// A column of another name.
    RECORDED_COLUMN = "YK7164" (line, field, column) {
        ja "{line} 行目：「{field}」には、列「{column}」の値を入れたと見ました。" / "違っていたら、列の名前を直してください。";
        en "Line {line}: “{field}” was taken to hold the column “{column}”." / "Mend the column if that is wrong.";
    }
    /// A password.
    RECORDED_SECRET = "YK7165" (line, name) {
        ja "{line} 行目：利用者IDやパスワードは書いていません。" / "yakin secret set {name} で預けてください。";
        en "Line {line}: users and passwords are not written down." / "Keep it with: yakin secret set {name}";
    }
    /// Other work was left out.
    RECORDED_OTHERS = "YK7166" (count) {
        ja "最初の登録と違う仕事が {count} 回ありましたが、書いていません。" / "別の仕事は、別に記録してください。";
        en "Other work than the first registration was done (times: {count}); it was left out." / "Record other work by itself.";
    }
    /// The same work several times, without a table.
    RECORDED_AGAIN = "YK7167" () {
        ja "同じ登録を何回か記録しましたが、最初の1件だけを書きました。" / "--items 表.csv を付けて記録すると、表の全部の行を処理するボットになります。";
        en "The same registration was recorded several times; only the first one was written." / "Record with --items TABLE.csv for a bot that works every row of a table.";
    }
    /// Rows that a person registered while recording.
    RECORDED_BY_HAND = "YK7168" (rows) {
        ja "記録しながら登録した行（{rows}）は、システムにもう登録されています。" / "そのまま実行すると、もう一度登録されます。実行する前に、その行を表から消してください（練習なら、練習市役所をはじめの状態に戻しても構いません）。";
        en "The rows registered while recording ({rows}) are in the system already." / "A run would register them again: take them out of the table first (or, in practice, reset the practice city).";
    }
    /// Nothing matches the table.
    RECORDED_NO_COLUMN = "YK7169" () {
        ja "入力した値は、表のどの行にも見つかりませんでした。" / "表にある申請を入力して、もう一度記録してください。";
        en "Nothing that was typed stands in the table." / "Record again with a request that is in the table.";
    }
    /// No single column tells rows apart.
    RECORDED_KEY = "YK7170" (line) {
        ja "{line} 行目：行を区別できる番号の列が1つに決まりませんでした。" / "同じ申請を二度登録しないための列です。番号の列に直してください。";
        en "Line {line}: no single column tells one row from another." / "This is what keeps a request from being registered twice: name the numbering column.";
    }
    /// Headings that differ and were taken for one thing.
    DRAFT_PAIRED = "YK7174" (line, pairs) {
        ja "{line} 行目から：見出しの違う欄に、同じ意味と見た列を入れます（画面 ← 表）：{pairs}。" / "違っていたら、列の名前を直してください。";
        en "From line {line}: fields take columns that seem to mean the same (page ← table): {pairs}." / "Mend the column where that is wrong.";
    }
    /// A field that must be filled and has no column.
    DRAFT_MISSING = "YK7175" (line, field) {
        ja "{line} 行目：必須の欄「{field}」に入れる列が、表に見つかりません。" / "表の見出しを画面の見出しに合わせて保存し、同じ命令に --replace を付けて書き直させるか、ここに、列の名前か、どの件でも同じ値を書いてください。";
        en "Line {line}: no column was found for the field “{field}”, which must be filled." / "Give the column the field's name in the table and write the draft anew with --replace; or write a column here, or a value that is the same for all.";
    }
    /// A year whose holidays are not known.
    SCHEDULE_UNKNOWN = "YK7333" (detail) {
        ja "その年の祝日が分からないので、予定を出せません（{detail}）。" / "内閣府が公表した祝日の CSV を事務所に置き、office.yaml の `calendar: { holidays: ファイル }` に書いてください。";
        en "The holidays of that year are not known, so no schedule can be told ({detail})." / "Put the published list of holidays into the office and name it in office.yaml: `calendar: { holidays: FILE }`.";
    }
    /// A list of holidays without a day.
    NO_HOLIDAYS = "YK7334" (file) {
        ja "「{file}」の1列目に、日付が1つもありません。" / "内閣府が公表した祝日の CSV（1列目が日付）を置いてください。";
        en "The first column of “{file}” holds no day." / "Put the published list of holidays there (days in its first column).";
    }
    /// Fields that keep what they hold.
    DRAFT_PRESET = "YK7335" (names) {
        ja "画面に初めから値のある必須の欄（{names}）は、表に合う列がないので、その値のまま登録します。" / "表の値を入れるなら、browser.fill に「見出し: 列」を足してください。";
        en "Fields that must be filled and hold something already ({names}) have no column: they are registered as they are." / "Add “heading: column” to browser.fill where the table shall decide.";
    }
    /// Columns that go nowhere.
    DRAFT_UNUSED = "YK7336" (names) {
        ja "表のこの列は、どの欄にも入れていません：{names}。" / "入れる欄があれば、browser.fill に足してください。差し戻しの条件や備考に使うだけなら、このままで構いません。";
        en "These columns of the table go into no field: {names}." / "Add them to browser.fill where they belong. Leave them if only a condition or a remark uses them.";
    }
    /// The number of two rows.
    DRAFT_KEY_TWICE = "YK7337" (column, first, second) {
        ja "表の {first} 行目と {second} 行目で、「{column}」が同じです。" / "同じ番号の行は、1件だけ処理して、残りは処理しません。表の番号を直してください。";
        en "Rows {first} and {second} of the table have the same “{column}”." / "Of rows with one number only one is worked. Mend the number in the table.";
    }
    /// The draft is there.
    DRAFT_EXISTS = "YK7330" (file) {
        ja "「{file}」は、もうあります。上書きしません。" / "書き直すなら --replace を付けます（今のファイルは、後ろに .old を付けて残します）。--out で別の名前にすると、別のボットになります。済んだ件の記録（台帳）も別になるので、同じ表を両方で動かすと、二重に登録されます。";
        en "“{file}” is there already; it is not overwritten." / "Write it anew with --replace (the old file is kept with .old behind its name). Another name by --out makes another bot with records of its own: the same table, worked by both, is registered twice.";
    }
    /// An office within an office.
    OFFICE_INSIDE = "YK7331" (folder) {
        ja "ここは、もう事務所（{folder}）の中です。事務所の中に、別の事務所は作りません。" / "この事務所を使うなら、作り直さずに、そのまま続けてください。別の事務所を作るなら、事務所の外のフォルダーに移ってから実行してください。";
        en "This is inside an office already ({folder}); no other is made in it." / "To use this one, simply go on. To make another, go to a folder outside of it first.";
    }
    /// No row was taken.
    DRAFT_REFUSED = "YK7176" (count) {
        ja "表の {count} 行を、試しの練習市役所に登録してみましたが、どれも受け付けられず、出来た印が分かりませんでした。" / "何が足りないかは、書き足して実行すると、差し戻しの理由に出ます。";
        en "Rows of the table (number: {count}) were tried in a practice city of their own; none was taken, so the proof is not known." / "What they lack is told as the reason of a rejection once the bot runs.";
    }
    /// No row was found.
    DRAFT_NOT_FOUND = "YK7177" (count) {
        ja "表の {count} 行で検索してみましたが、結果の画面が出ませんでした。" / "見つかるはずの番号を表の始めの行に置いて、同じ命令に --replace を付けて、もう一度実行してください。";
        en "Rows of the table (number: {count}) were searched for; no result was shown." / "Put a number that exists into the first row and run the same command again with --replace.";
    }
    /// Nothing to press.
    DRAFT_NO_BUTTON = "YK7178" (names) {
        ja "押すボタンが決まりません。" / "[[names|この画面にあるボタンは {names} です。--press ボタン名 で指定してください。]]登録や検索のボタンがない画面なら、画面の指定を確かめてください（yakin look で見られます）。";
        en "It is not clear which button to press." / "[[names|The buttons of this page: {names}. Name one with --press. ]]If this is no page to register or to search on, name another one (see it with yakin look).";
    }
    /// Nothing to fill.
    DRAFT_NO_COLUMN = "YK7179" (names) {
        ja "表の列の名前と、画面の見出しが、1つも合いません。" / "[[names|この画面の入力欄は {names} です。]]画面の指定が正しければ、表の1行目の見出しを、画面の見出しに合わせてください。";
        en "No column of the table is called like a field of the page." / "[[names|The fields of this page: {names}. ]]If it is the right page, give the columns the names of its fields.";
    }
    /// `look --fill` without a heading and a value.
    LOOK_FILL = "YK7171" (text) {
        ja "--fill「{text}」に「=」がありません。" / "--fill 見出し=値 の形で書いてください（例: --fill 請求番号=0081201-0001）。";
        en "--fill “{text}” has no “=”." / "Write --fill HEADING=VALUE.";
    }
    /// `look --fill` or `--press` at an address.
    LOOK_NO_SYSTEM = "YK7172" () {
        ja "--fill と --press は、システムの名前で見るときに使えます。" / "yakin look 受付 /search --fill 見出し=値 --press ボタン のように、アドレスの代わりにシステムの名前を書いてください。";
        en "--fill and --press need a system's name." / "Write yakin look SYSTEM /PATH --fill HEADING=VALUE --press BUTTON instead of an address.";
    }
    /// `look --press` of what may register something, outside the practice city.
    LOOK_RISKY = "YK7173" (host) {
        ja "登録かもしれないボタンなので、押しませんでした（{host}）。look が登録かもしれないボタンを押すのは、練習市役所だけです。" / "登録した後の画面の見出しは、手順書や、手で登録した時の画面で確かめてください。";
        en "The button may register something; it was not pressed ({host}). look presses such buttons in the practice city only." / "For what stands on the page after registering, see your manual or register once by hand.";
    }
}
