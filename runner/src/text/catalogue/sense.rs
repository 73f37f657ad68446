//! Messages 2220–2255: what is written well and would not do what was meant.

use super::messages;

messages! {
    // 2220: expressions.
    /// A filter's brackets hold what it does not take.
    FILTER_USE = "YK2220" (name, said, too_few, too_many, example) {
        ja "「| {name}」のかっこの中が違います。[[said|{said}]][[too_few|書くべきものが足りません。]][[too_many|書くものが多すぎます。]]" / "書き方の見本: `{example}`";
        en "What stands in the brackets of “| {name}” does not fit.[[said| {said}]][[too_few| Something is missing.]][[too_many| There is too much.]]" / "An example: `{example}`";
    }
    /// A test that does not exist.
    UNKNOWN_TEST = "YK2221" (name, near, words) {
        ja "「is {name}」という確かめ方はありません。" / "[[near|「{near}」ではありませんか。]]使えるもの: {words}";
        en "There is no test “is {name}”." / "[[near|Did you mean “{near}”? ]]There are: {words}";
    }
    /// A function is called.
    NO_FUNCTION = "YK2222" (name, near, instead) {
        ja "式の中で「{name}( )」のような関数は使えません。" / "値の形を変えるときは「| 変換」を使います。[[near|「| {near}」ではありませんか。]][[instead|たとえば `{instead}` と書きます。]]";
        en "Functions such as “{name}( )” cannot be used in expressions." / "A value is changed by “| filter”.[[near| Did you mean “| {near}”?]][[instead| For example: `{instead}`]]";
    }
    /// Two values that are never equal, or have no order.
    NEVER_EQUAL = "YK2223" (left, right, instead, rule) {
        ja "「{left}」と「{right}」は種類が違うので、正しく比べられません。" / "[[instead|`{instead}` と書いてください。]][[rule|金額・数の列は `300` のような数と、日付の列は `\"2026-11-23\"` の形と、そのほかの列は `\"甲\"` のような文字と比べます。]]";
        en "“{left}” and “{right}” are of different kinds and cannot be compared." / "[[instead|Write `{instead}`.]][[rule|Compare amounts and numbers with a number such as `300`, dates with the form `\"2026-11-23\"`, everything else with a text such as `\"甲\"`.]]";
    }
    /// A condition without a value in it.
    CONSTANT_CONDITION = "YK2224" (text, always, never) {
        ja "条件「{text}」は、値を使っていません。[[always|いつも成り立ちます。]][[never|決して成り立ちません。]]" / "`item.手数料 < 300` のように、値を使って書いてください。";
        en "The condition “{text}” uses no value.[[always| It always holds.]][[never| It never holds.]]" / "Use a value, as in `item.手数料 < 300`.";
    }
    /// A name that has a value only under a condition.
    NAME_SOMETIMES = "YK2225" (name, line) {
        ja "「{name}」は、条件しだいで決まる値です（{line} 行目）。ここでは値がないことがあります。" / "条件が成り立たないときの値も `else` で決めるか、この手順にも同じ条件を付けてください。";
        en "“{name}” may have no value here: it is given only under a condition (line {line})." / "Give it a value in `else` too, or put the same condition on this step.";
    }
    /// A name that nothing reads.
    NAME_UNUSED = "YK2226" (name) {
        ja "「{name}」は、どこにも使われていません。" / "`${{ {name} }}` で使うか、`keep:` で結果に残すか、名前を消してください。";
        en "Nothing uses “{name}”." / "Use it by `${{ {name} }}`, keep it in the results by `keep:`, or delete the name.";
    }

    // 2227: the table.
    /// A column that looks like My Number.
    MY_NUMBER_COLUMN = "YK2227" (name) {
        ja "列「{name}」は、個人番号（マイナンバー）のようです。" / "個人番号なら、`columns:` に `{name}: my_number` と書いてください。要らない列なら、表から除いてください。";
        en "The column “{name}” looks like 個人番号 (My Number)." / "If it is, write `{name}: my_number` into `columns:`; if the work does not need it, leave it out of the table.";
    }
    /// A key that is not unique in the sample.
    KEY_NOT_UNIQUE = "YK2228" (name, count) {
        ja "見本では、`key` の「{name}」が同じ行が {count} 組あります。同じ `key` の2件目は登録されません。" / "1件ごとに違う列にするか、`key: [番号, 枝番]` のように並べてください。";
        en "In the sample “{name}” is no key: {count} of its values stand in several rows, and only the first of such rows would be registered." / "Choose a column that differs for every item, or several: `key: [番号, 枝番]`.";
    }
    /// A sample without rows.
    SAMPLE_EMPTY = "YK2229" (path) {
        ja "見本「{path}」に行がないので、列の種類や `key` の重なりを調べられません。" / "実際と同じ形の行を、架空の人で数行入れてください。";
        en "The sample “{path}” has no rows, so that neither types nor keys can be looked into." / "Add a few rows as they really come, with invented people.";
    }

    // 2231: signs.
    /// A proof that may stand on the page before the act.
    PROOF_BEFORE = "YK2231" (text, line) {
        ja "出来た印の「{text}」は、登録する前の画面にもあるようです（{line} 行目）。" / "登録した後の画面にだけ出る文字か欄（受付番号、「登録しました」など）にしてください。";
        en "The proof “{text}” seems to stand on the page before the act too (line {line})." / "Choose what only the page after the act shows, such as a receipt number or 「登録しました」.";
    }
    /// A sign of one character.
    SIGN_SHORT = "YK2232" (text) {
        ja "印の文字「{text}」が短すぎて、関係のない所でも見つかるおそれがあります。" / "「登録しました」のように、その画面にだけ出る、もう少し長い文字にしてください。";
        en "The sign's text “{text}” is so short that it may be seen in other places too." / "Write more of what only that page shows, such as 「登録しました」.";
    }
    /// A sign that the draft left open.
    SIGN_UNWRITTEN = "YK2270" (text) {
        ja "印にする見出しが、まだ書かれていません（「{text}」のままです）。" / "登録なら登録できた画面にだけ、検索なら見つかった画面にだけ出る見出し（受付番号など）を書いてください。分からないときは、練習市役所か試験用のシステムで1件してみて、出た画面を見ます。";
        en "The sign is not written yet (it is still “{text}”)." / "Write a heading that only the page after a registration (or only the page of a find) has, such as 受付番号. To see it, try one item in the practice city or a test system.";
    }

    // 2233: systems, hosts, secrets, files.
    /// A start outside the system's hours.
    START_OUTSIDE_HOURS = "YK2233" (time, system, hours) {
        ja "始まりの {time} は、システム「{system}」の利用時間（{hours}）の外です。" / "予定を利用時間の中に移すか、システムの `hours:` を確かめてください。";
        en "The start, {time}, lies outside the hours of the system “{system}” ({hours})." / "Move the schedule into the hours, or check `hours:` of the system.";
    }
    /// A system that no step uses.
    SYSTEM_UNUSED = "YK2234" (name) {
        ja "システム「{name}」を使う手順が、1つもありません。" / "手順を書き足すか、`system:` の行を消してください。";
        en "No step uses the system “{name}”." / "Add the steps, or delete the line `system:`.";
    }
    /// A host that was not granted.
    HOST_REQUEST = "YK2235" (host, id) {
        ja "接続先「{host}」は、このシナリオに許可されていません。" / "必要なら、運用担当に頼んで office.yaml の `grants:` の下に、次の行を書いてください: `{id}: { hosts: [\"{host}\"] }`（すでに行があれば、hosts に加えます）。";
        en "The host “{host}” is not granted to this scenario." / "If it is needed, ask the operator to write under `grants:` of office.yaml: `{id}: { hosts: [\"{host}\"] }` (or to add it to the hosts that stand there).";
    }
    /// A secret that the office does not keep.
    SECRET_NOT_SET = "YK2236" (name, near) {
        ja "秘密「{name}」を、この事務所はまだ預かっていません（本番で要ります。練習では要りません）。" / "[[near|「{near}」ではありませんか。]]`yakin secret set {name}` で預けてください。値はファイルに書きません。";
        en "This office does not keep the secret “{name}” yet (the real run needs it; practice does not)." / "[[near|Did you mean “{near}”? ]]Set it with `yakin secret set {name}`; its value is never written into a file.";
    }
    /// A secret that expires.
    SECRET_ENDS = "YK2237" (name, day, past) {
        ja "秘密「{name}」の期限は {day} です[[past|（過ぎています）]]。" / "システムでパスワードを変えたら、`yakin secret set {name} --expires 日付` で預け直してください。";
        en "The secret “{name}” is valid until {day}[[past| and has expired]]." / "When it was changed in the system, set it again: `yakin secret set {name} --expires DATE`.";
    }
    /// A folder that the office does not have.
    FOLDER_MISSING = "YK2238" (folder, near) {
        ja "フォルダー「{folder}」が、この事務所にありません。" / "[[near|「{near}」ではありませんか。]]フォルダーを作るか、名前を直してください。";
        en "This office has no folder “{folder}”." / "[[near|Did you mean “{near}”? ]]Make the folder, or correct its name.";
    }
    /// A column to be written that no item has.
    RESULT_COLUMN = "YK2239" (name, near, words) {
        ja "書き出す列「{name}」が、件にありません。" / "[[near|「{near}」ではありませんか。]]あるもの: {words}。読み取った値は、`keep:` に書くと書き出せます。";
        en "The items have no “{name}” to write." / "[[near|Did you mean “{near}”? ]]There are: {words}. A value that was read can be written if `keep:` names it.";
    }
    /// A sheet's name that Excel refuses.
    SHEET_NAME = "YK2240" (text) {
        ja "「{text}」は、Excel のシートの名前に使えません。" / "31文字までにし、: \\ / ? * [ ] を使わないでください。";
        en "Excel does not take “{text}” as the name of a sheet." / "Use at most 31 characters and none of : \\ / ? * [ ].";
    }
    /// A secret of a system that the office does not have.
    SECRET_OF_NOBODY = "YK2241" (name, near) {
        ja "秘密「{name}」の前半が、この事務所のどのシステムの名前でもありません。" / "[[near|「{near}」ではありませんか。]]「システム名.項目」の形で書いてください。";
        en "The first part of the secret “{name}” is no system of this office." / "[[near|Did you mean “{near}”? ]]Write “SYSTEM.ENTRY”.";
    }

    // 2242: why a locator may not last; parts of YK2208.
    /// It says where in the page's structure it stands.
    WEAK_STRUCTURE = "YK2242" () { ja "画面の作りに頼っている" / ""; en "it hangs on how the page is built" / ""; }
    /// It counts among equals.
    WEAK_COUNTED = "YK2243" () { ja "何番目かを数えている" / ""; en "it counts among several" / ""; }
    /// It holds a name that a program has made up.
    WEAK_GENERATED = "YK2244" () {
        ja "プログラムが自動で付けた名前に頼っている" / "";
        en "it holds a name that a program has made up" / "";
    }
    /// Its words may be others tomorrow.
    WEAK_CHANGING = "YK2245" () {
        ja "日によって変わりそうな数や日付が入っている" / "";
        en "its words hold a number or date that may change" / "";
    }
    /// Its words are many.
    WEAK_LONG = "YK2246" () { ja "文字が長く、一部でも変わると合わない" / ""; en "its words are many, and one of them will change" / ""; }
    /// It looks anywhere on the page.
    WEAK_ANYWHERE = "YK2247" () { ja "画面のどこにある文字でもよいことになっている" / ""; en "it fits words anywhere on the page" / ""; }

    /// A system's file where no scenario finds it.
    SYSTEM_PLACE = "YK2248" (path, name) {
        ja "システムのファイルが「{path}」にあるので、どのシナリオからも使えません。" / "`scenarios/systems/{name}.yaml` に移してください。";
        en "The system's file stands in “{path}”, where no scenario finds it." / "Move it to `scenarios/systems/{name}.yaml`.";
    }
    /// A kept value under a name that results have already.
    KEEP_TAKEN = "YK2249" (name, words) {
        ja "`keep:` に「{name}」という名前は使えません。結果の表には、夜勤が同じ名前の列（{words}）を付けます。" / "「登録の有無」のように、別の名前にしてください。";
        en "`keep:` cannot use the name “{name}”: every table of results has columns of these names already ({words})." / "Choose another name.";
    }

    // 2250: what goes into filters.
    /// A column goes through a filter that can do nothing with its type.
    FILTER_INPUT = "YK2250" (name, value, kind, date, amount, postal, list, example) {
        ja "「| {name}」は、[[date|日付]][[amount|金額や数]][[postal|郵便番号]][[list|一覧]]に使う変換です。「{value}」の種類は {kind} です。" / "値の種類に合う変換を選んでください。列の種類が違うときは、`columns:` の「{kind}」を直します。書き方の見本: `{example}`";
        en "“| {name}” is for [[date|dates]][[amount|amounts and numbers]][[postal|postal codes]][[list|lists]]; “{value}” is of the type {kind}." / "Choose a filter that fits the value, or correct the column's type in `columns:`. An example: `{example}`";
    }
    /// A column in a filter's brackets that can do nothing with its type; part of another message.
    FILTER_SETTING_KIND = "YK2251" (value, kind) {
        ja "ここに「{value}」（種類は {kind}）は書けません。" / "";
        en "“{value}” (of the type {kind}) cannot stand there." / "";
    }
    /// A sample that is another table.
    OTHER_TABLE = "YK2252" (file, columns, words) {
        ja "見本「{file}」に、`columns:` に書いた列が1つもありません。別の表のようです。" / "`sample:` のファイルを選び直すか、`columns:` を直してください。書かれている列: {columns}。見本の列: {words}";
        en "The sample “{file}” has none of the columns in `columns:`; it seems to be another table." / "Choose another file for `sample:`, or correct `columns:`. Written: {columns}. In the sample: {words}";
    }
    /// A secret that neither the office nor the practice city has.
    SECRET_UNKNOWN = "YK2253" (name, near) {
        ja "秘密「{name}」は、この事務所にも練習市役所にもありません。" / "「{near}」ではありませんか。練習だけで使うものは `yakin secret set 練習.{name}` で預けられます。";
        en "Neither this office nor the practice city has a secret “{name}”." / "Did you mean “{near}”? One for practice alone is set with `yakin secret set 練習.{name}`.";
    }

    // 2254: what is rejected and kept.
    /// A value where `reject:` wants a condition.
    REJECT_VALUE = "YK2254" (reason, text) {
        ja "`reject:` の「{reason}」に、条件ではなく、値「{text}」だけが書かれています。値があれば、いつも差し戻します。" / "`reject:` は「理由: 条件」です。結果に残す値なら、この行の上に `keep:` の行が抜けていないか確かめてください。値があることが条件なら `{text} is not 空` と書きます。";
        en "Under `reject:`, “{reason}” has the value “{text}” and no condition: whatever has one is rejected." / "`reject:` is “reason: condition”. If this is to be kept, see whether the line `keep:` above it is missing. If having a value is the condition, write `{text} is not 空`.";
    }
    /// A kept value under the name of a column.
    KEEP_COLUMN = "YK2255" (name) {
        ja "`keep:` の「{name}」は、表の列と同じ名前です。結果の表では、表の値の代わりに、この値が入ります。" / "表の列は、`keep:` に書かなくても結果の表に出ます。そのままの値ならこの行を消し、別の値なら「新しい{name}」のように、別の名前にしてください。";
        en "`keep:` has the name of a column, “{name}”: in the table of results its value takes the place of the column's." / "Columns stand in the table of results anyway. Delete the line if the value is the column's own, or choose another name.";
    }
    /// A condition that rows without a value pass.
    REJECT_PASSES_EMPTY = "YK2256" (reason, name, count, instead) {
        ja "`reject:` の「{reason}」は、「{name}」が空の行を差し戻しません（いまの表に {count} 行あります）。" / "空欄も差し戻すなら `{instead}` と書きます。空欄の行は進めてよいなら、このままでかまいません。";
        en "Under `reject:`, “{reason}” lets rows pass in which “{name}” is empty (the table has {count} of them now)." / "To reject these too, write `{instead}`. If they may pass, leave it as it is.";
    }
    /// Cells that a run could not read.
    CELL_UNREADABLE = "YK2258" (file, row, column, said, others) {
        ja "表「{file}」の {row} 行目、列「{column}」は、このままでは読めません。{said}[[others|始めの 20 行に、ほかにも {others} 行あります。]]（中身は「0」と「○」に変えて示しています）" / "表のその列を直すか、`columns:` の「{column}」の種類を直してください（住民のことでなければ open、住民のことなら text なら、書いてあるまま読めます）。このまま動かすと、その行は差し戻しになります。";
        en "Row {row} of the table “{file}” cannot be read in column “{column}”. {said}[[others| So it is in {others} more of the first 20 rows.]] (What stands there is shown as “0” and “○”.)" / "Mend that column of the table, or the type of “{column}” in `columns:` (open, or text where it is about residents, takes it as it stands). A run would reject such rows.";
    }
    /// An id that is not the file's name.
    ID_APART = "YK2257" (id, file) {
        ja "`id:` が「{id}」で、ファイルの名前「{file}」と違います。" / "写して作ったボットなら、`id:` を「{file}」に直してください（同じ id のボットは、同じ記録を使います）。前から使っている id なら、このままにしてください。";
        en "The `id:` is “{id}”, and the file is called “{file}”." / "In a copy of another bot, change `id:` to “{file}” (bots of one id share their records). An id that has been in use stays as it is.";
    }
}
