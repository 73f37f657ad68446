//! Messages 1000–2999: what is wrong with a file that people write.

use super::messages;

messages! {
    // 1000: the file itself.
    /// A file is larger than any scenario.
    DOCUMENT_TOO_BIG = "YK1000" (limit_kib) {
        ja "ファイルが大きすぎます（上限 {limit_kib} KiB）。" / "シナリオのファイルを選んでいるか、確かめてください。";
        en "The file is too big (limit {limit_kib} KiB)." / "Check that this is the scenario's file.";
    }
    /// A file's bytes are no text.
    DOCUMENT_ENCODING = "YK1001" () {
        ja "ファイルの文字が読めません。" / "メモ帳などで開き、文字コード「UTF-8」で保存し直してください。";
        en "The file's characters cannot be read." / "Open it in an editor and save it as UTF-8.";
    }
    /// A file holds nothing.
    DOCUMENT_EMPTY = "YK1002" () {
        ja "ファイルに何も書かれていません。" / "`yakin: 1`、`name:`、`steps:` の順に書き始めてください。";
        en "Nothing stands in the file." / "Begin with `yakin: 1`, `name:` and `steps:`.";
    }

    // 1010: YAML.
    /// YAML refuses it, and nothing more can be said.
    YAML_SYNTAX = "YK1010" () {
        ja "この行の書き方が読み取れません。" / "字下げ、コロンの後の空白、引用符とかっこの閉じ忘れを確かめてください。前の行が原因のこともあります。";
        en "This line cannot be read." / "Check the indentation, the blank after the colon, and that quotes and brackets are closed. The line before may be the cause.";
    }
    /// A quote is not closed, or something stands after it.
    YAML_QUOTE = "YK1011" () {
        ja "引用符が閉じていないか、閉じた後に文字が続いています。" / "値の始めと終わりを、同じ引用符（\" または '）で囲んでください。";
        en "A quote is not closed, or something follows it." / "Put the same quote (\" or ') at both ends of the value.";
    }
    /// A bracket is not closed.
    YAML_BRACKET = "YK1012" () {
        ja "かっこ { } や [ ] の中が読み取れません。" / "かっこの閉じ忘れと、区切りのカンマを確かめてください。記号を含む値は \" \" で囲んでください。";
        en "What stands inside { } or [ ] cannot be read." / "Check that the brackets are closed and parts are separated by commas. Put a value with signs in it into \" \".";
    }
    /// A second colon in a line.
    YAML_COLON = "YK1013" () {
        ja "1行の中に「: 」が2つあります。" / "`do:` などの後に手順を書いたのなら、`do: { browser.click: 次へ }` のように { } で囲みます。文字の中の「: 」なら、値の全体を \" \" で囲みます。";
        en "There are two “: ” in one line." / "Where a step follows a word such as `do:`, put it into braces: `do: { browser.click: Next }`. Where text holds “: ”, put the whole value into \" \".";
    }
    /// The indentation does not fit.
    YAML_INDENT = "YK1014" () {
        ja "行の始めの空白の数が、前の行とそろっていません。" / "同じ並びの行は、半角の空白で同じ数だけ字下げしてください。";
        en "The blanks at the line's beginning do not fit the lines before." / "Indent lines that belong side by side by the same number of blanks.";
    }
    /// An unknown escape in double quotes.
    YAML_ESCAPE = "YK1015" () {
        ja "\" \" の中の「\\」が読み取れません。" / "フォルダの区切りなどで「\\」を書くときは、' ' で囲むか「/」を使ってください。";
        en "A “\\” inside \" \" cannot be read." / "Use ' ' instead, or write “/” between folders.";
    }
    /// Too many lists and maps inside each other.
    YAML_DEPTH = "YK1016" (limit) {
        ja "入れ子が深すぎます（上限 {limit} 段）。" / "手順を `group` などに分けて、浅くしてください。";
        en "It is nested too deep (limit {limit})." / "Divide the steps so that they are less deep.";
    }
    /// `&name`.
    YAML_ANCHOR = "YK1017" () {
        ja "「&」で始まる値は使えません。" / "文字として書くときは、\" \" で囲んでください。";
        en "A value cannot begin with “&”." / "If the sign is meant as text, put the value into \" \".";
    }
    /// `*name`.
    YAML_ALIAS = "YK1018" () {
        ja "「*」で始まる値は使えません。" / "文字として書くときは、\" \" で囲んでください。";
        en "A value cannot begin with “*”." / "If the sign is meant as text, put the value into \" \".";
    }
    /// `!tag`.
    YAML_TAG = "YK1019" () {
        ja "「!」で始まる値は使えません。" / "文字として書くときは、\" \" で囲んでください。";
        en "A value cannot begin with “!”." / "If the sign is meant as text, put the value into \" \".";
    }
    /// `---` in the middle.
    YAML_DOCUMENTS = "YK1020" () {
        ja "「---」の後に、2つ目の文書があります。" / "1つのファイルには、1つのシナリオだけを書いてください。";
        en "A second document follows after “---”." / "Write one scenario into one file.";
    }
    /// A name stands twice in one map.
    YAML_DUPLICATE = "YK1021" (name, line) {
        ja "「{name}」が2回書かれています（1回目は {line} 行目）。" / "1つにまとめてください：この下に書いた行を {line} 行目の「{name}」の下へ移してから、空になった「{name}」の行を消します。同じことを2回書いたのなら、片方を消します。";
        en "“{name}” is written twice (first in line {line})." / "Make them one: move the lines below this one to those of line {line}, then delete the “{name}” that is left empty. If both say the same, delete one.";
    }
    /// A name that is no text.
    YAML_KEY = "YK1022" () {
        ja "項目の名前が文字ではありません。" / "「名前: 値」の形で書いてください。`${{ }}` で始まる名前は使えません。";
        en "The name of an entry is no text." / "Write “name: value”. A name cannot begin with `${{ }}`.";
    }
    /// Text where a name and a value must stand.
    YAML_NO_NAME = "YK1023" () {
        ja "「名前: 値」の形になっていません。" / "半角のコロンと空白で、名前と値を分けてください。";
        en "This is not of the form “name: value”." / "Separate name and value by a colon and a blank.";
    }

    // 1100: names and values.
    /// A map holds a name that nobody asks for.
    UNKNOWN_ENTRY = "YK1100" (name, owner, near, top, home, words) {
        ja "[[owner|{owner} に]]「{name}」という項目はありません。" / "[[near|「{near}」ではありませんか。]][[top|「{name}:」は、行の頭から（字下げなしで）書く項目です。]][[home|「{name}:」は、「{home}:」の中に書く項目です。]]使える項目: {words}";
        en "[[owner|{owner} has]] no entry called “{name}”." / "[[near|Did you mean “{near}”? ]][[top|“{name}:” stands at the left margin, without blanks before it. ]][[home|“{name}:” belongs into “{home}:”. ]]Entries: {words}";
    }
    /// A name that must be there is not.
    MISSING_ENTRY = "YK1101" (name, owner, line, above, below, blanks, flow, example) {
        ja "[[owner|{owner} に]]「{name}」がありません。" / "[[above|{line} 行目のすぐ上に、]][[below|{line} 行目のすぐ下に、]][[blanks|行の頭に半角の空白を {blanks} 個入れて、]][[flow|{line} 行目の中かっこの中に、「, 」で区切って、]]「{name}: 」を書き足してください。[[example|写せる見本: `{example}`]]";
        en "“{name}” is missing[[owner| in {owner}]]." / "Add “{name}: ”[[above| right above line {line}]][[below| right below line {line}]][[blanks|, with {blanks} blanks before it]][[flow| inside the braces of line {line}, after a comma]].[[example| An example: `{example}`]]";
    }
    /// A value has another shape than asked for.
    WRONG_SHAPE = "YK1102" (name, wanted) {
        ja "「{name}」の値の形が違います。{wanted}が必要です。" / "「{name}」の書き方を、見本と比べてください。";
        en "The value of “{name}” has the wrong shape: {wanted} is wanted." / "Compare “{name}” with an example.";
    }
    /// The shape of a text.
    SHAPE_TEXT = "YK1103" () { ja "1つの文字列" / ""; en "one text" / ""; }
    /// The shape of a map.
    SHAPE_MAP = "YK1104" () { ja "「名前: 値」の並び" / ""; en "entries “name: value”" / ""; }
    /// The shape of a flag.
    SHAPE_FLAG = "YK1119" () { ja "「はい」か「いいえ」" / ""; en "yes or no" / ""; }
    /// The shape of a list.
    SHAPE_LIST = "YK1105" () { ja "「- 」で始まる並び" / ""; en "a list of lines that begin with “- ”" / ""; }
    /// A value is missing.
    EMPTY_VALUE = "YK1106" (name) {
        ja "「{name}」の値がありません。" / "「{name}: 」の後に値を書いてください。";
        en "“{name}” has no value." / "Write a value after “{name}: ”.";
    }
    /// Another format version.
    BAD_VERSION = "YK1107" (text, version) {
        ja "書式の版「{text}」は、このプログラムでは読めません。" / "`yakin: {version}` と書いてください。";
        en "Format version “{text}” cannot be read by this program." / "Write `yakin: {version}`.";
    }
    /// An id that cannot be one.
    BAD_ID = "YK1108" (text, limit) {
        ja "id「{text}」は使えません。" / "文字、数字、「-」「_」だけで、{limit} 文字までにしてください。";
        en "“{text}” cannot be an id." / "Use letters, digits, “-” and “_”, at most {limit} of them.";
    }
    /// Not a length of time.
    BAD_DURATION = "YK1109" (name, text) {
        ja "「{name}」の「{text}」は、時間の長さとして読めません。" / "`30s`、`5分`、`1時間` のように書いてください。";
        en "“{text}” in “{name}” is no length of time." / "Write it as `30s`, `5m` or `1h`.";
    }
    /// Not a number, or out of bounds.
    BAD_NUMBER = "YK1110" (name, text, from, to) {
        ja "「{name}」の「{text}」は使えません。" / "{from} から {to} までの数を書いてください。";
        en "“{text}” cannot stand in “{name}”." / "Write a whole number from {from} to {to}.";
    }
    /// None of a few words.
    BAD_CHOICE = "YK1111" (name, text, near, words) {
        ja "「{name}」に「{text}」は使えません。" / "[[near|「{near}」ではありませんか。]]使える値: {words}";
        en "“{text}” cannot stand in “{name}”." / "[[near|Did you mean “{near}”? ]]Values: {words}";
    }
    /// Not a time of the day.
    BAD_TIME = "YK1112" (name, text) {
        ja "「{name}」の「{text}」は、時刻として読めません。" / "`22:00` のように書いてください。翌日の2時は `26:00` とも書けます。";
        en "“{text}” in “{name}” is no time of the day." / "Write it as `22:00`.";
    }
    /// Not hours.
    BAD_HOURS = "YK1113" (text) {
        ja "利用時間「{text}」が読めません。" / "`06:00-23:30` のように書いてください。";
        en "The hours “{text}” cannot be read." / "Write them as `06:00-23:30`.";
    }
    /// Not a schedule.
    BAD_SCHEDULE = "YK1114" (text, word) {
        ja "予定「{text}」の「{word}」が読めません。" / "たとえば「開庁日 22:00 から 02:00 まで」「毎月25日（休日なら前開庁日）21:00」「毎週月・水曜 6:30」のように書いてください。";
        en "“{word}” in the schedule “{text}” cannot be read." / "Write it as “business days at 22:00, until 02:00”, “day 25 of every month at 21:00, if closed, the open day before” or “every Monday and Wednesday at 6:30”.";
    }
    /// Not a crontab line.
    BAD_CRON = "YK1115" (text, word) {
        ja "cron「{text}」[[word|の「{word}」]]が読めません。" / "「分 時 日 月 曜日」の5つを半角の空白で区切ってください（例: 毎日22時は `0 22 * * *`、月曜の6時半は `30 6 * * 1`、毎月1日の9時は `0 9 1 * *`）。日と曜日は、どちらか一方だけにしてください。";
        en "[[word|“{word}” in ]]the crontab line “{text}” cannot be read." / "Write five fields “minute hour day month weekday” (every day at 22:00 is `0 22 * * *`, Mondays at 6:30 `30 6 * * 1`, the first at 9:00 `0 9 1 * *`); give either day or weekday.";
    }
    /// A schedule map with no start, or two.
    SCHEDULE_START = "YK1116" () {
        ja "予定の始まりが決まりません。" / "`at:`（時刻）か `cron:` の、どちらか一方を書いてください。";
        en "The schedule has no single start." / "Write either `at:` (a time) or `cron:`.";
    }
    /// A column's type that does not exist.
    COLUMN_TYPE = "YK1117" (name, text, near, words) {
        ja "列「{name}」の種類「{text}」はありません。" / "[[near|「{near}」ではありませんか。]]使える種類: {words}";
        en "The column “{name}” cannot be a “{text}”." / "[[near|Did you mean “{near}”? ]]Types: {words}";
    }
    /// Items from nowhere, or from two places.
    ITEMS_SOURCE = "YK1118" () {
        ja "明細をどこから読むか、決まりません。" / "`from:` の下に、`csv: ファイル`、`excel: ファイル`、`list: 一覧`、`scenario: シナリオの id` のどれか1つを書いてください。";
        en "It is not clear where the items come from." / "Write one of `csv: FILE`, `excel: FILE`, `list: ROWS` and `scenario: ID` under `from:`.";
    }

    // 1200: steps.
    /// No steps where some must be.
    NO_STEPS = "YK1200" (name) {
        ja "「{name}」に手順がありません。" / "「- browser.open: /menu」のように、手順を1つ以上書いてください。";
        en "There is no step in “{name}”." / "Write at least one, such as “- browser.open: /menu”.";
    }
    /// A step that is neither map nor text.
    STEP_SHAPE = "YK1201" () {
        ja "手順の形になっていません。" / "「- browser.click: 登録画面へ」のように、1つの動作を書いてください。";
        en "This is not a step." / "Write one action, such as “- browser.click: Next”.";
    }
    /// A step that is only text.
    STEP_NO_COLON = "YK1202" (text) {
        ja "手順「{text}」に、コロン「:」がありません。" / "「- 動作: 相手」の形で書いてください（例: 「- browser.click: 次へ」）。";
        en "The step “{text}” has no colon." / "Write “- action: target”, such as “- browser.click: Next”.";
    }
    /// A step without an action.
    STEP_NO_ACTION = "YK1203" (words) {
        ja "何をする手順か、書かれていません。" / "`browser.click` のような動作か、次の言葉のどれか1つを書いてください: {words}";
        en "The step does not say what to do." / "Write one action such as `browser.click`, or one of: {words}";
    }
    /// A step with two actions.
    STEP_TWO_ACTIONS = "YK1204" (first, second) {
        ja "1つの手順に、動作が2つあります（{first} と {second}）。" / "「{second}」の前に「- 」を付けて、別の手順に分けてください。";
        en "One step has two actions ({first} and {second})." / "Put “- ” before “{second}” to make it a step of its own.";
    }
    /// A name that expressions could not use.
    BAD_VARIABLE = "YK1206" (text) {
        ja "「{text}」は、値の名前に使えません。" / "文字で始め、文字、数字、「_」だけで書いてください。";
        en "“{text}” cannot be the name of a value." / "Begin with a letter; use letters, digits and “_”.";
    }

    // 1300: expressions.
    /// `${{` without `}}`.
    EXPRESSION_UNCLOSED = "YK1300" () {
        ja "`${{` が閉じていません。" / "式の終わりに `}}` を書いてください。";
        en "`${{` is not closed." / "Write `}}` after the expression.";
    }
    /// Nothing between the braces.
    EXPRESSION_EMPTY = "YK1301" () {
        ja "式がありません。" / "`${{ item.氏名 }}` のように書いてください。";
        en "There is no expression." / "Write one, such as `${{ item.氏名 }}`.";
    }
    /// Not an expression.
    EXPRESSION_SYNTAX = "YK1302" (text) {
        ja "式「{text}」が読み取れません。" / "かっこ、引用符、記号を確かめてください。「かつ」は and、「または」は or、「空」は is 空、「その他を含む」は `\"その他\" in item.続柄` と書き、文字は半角の \" で囲みます。記号を含む列は `item[\"住所（方書）\"]` のように書きます。";
        en "The expression “{text}” cannot be read." / "Check brackets, quotes and signs. Conditions are joined by and / or; whether there is nothing is `is 空`, whether a text is in another `\"x\" in item.y`; texts stand in half-width quotes. A column with signs in its heading is written `item[\"住所（方書）\"]`.";
    }
    /// A full-width sign in an expression.
    EXPRESSION_WIDE = "YK1303" (text, sign) {
        ja "式「{text}」に全角の記号「{sign}」があります。" / "列の名前の一部なら `item[\"…\"]` のように \" \" で囲んでください。そうでなければ、半角に直してください。";
        en "The full-width sign “{sign}” stands in the expression “{text}”." / "If it belongs to a heading, write `item[\"…\"]`; otherwise write a half-width one.";
    }
    /// `=` for `==`.
    EXPRESSION_EQUALS = "YK1304" (text) {
        ja "式「{text}」が読み取れません。" / "「等しい」は `==` と2つ続けて書いてください。「空」は `is 空` です。";
        en "The expression “{text}” cannot be read." / "Write `==` for “equals”, and `is 空` for “is empty”.";
    }
    /// `<>` for `!=`.
    EXPRESSION_UNEQUAL = "YK1307" (text) {
        ja "式「{text}」が読み取れません。" / "「等しくない」は `!=` と書いてください。";
        en "The expression “{text}” cannot be read." / "Write `!=` for “is not”.";
    }
    /// A filter that does not exist.
    UNKNOWN_FILTER = "YK1305" (name, near) {
        ja "「| {name}」という変換はありません。" / "[[near|「{near}」ではありませんか。]]使える変換は `yakin explain 1305` で見られます。";
        en "There is no filter “| {name}”." / "[[near|Did you mean “{near}”? ]]`yakin explain 1305` lists them.";
    }
    /// A value's name as a text.
    PLAIN_EXPRESSION = "YK1306" (text, instead) {
        ja "「{text}」という文字が、そのまま使われます。" / "その値を使うなら、`{instead}` と書いてください。";
        en "The text “{text}” is used as it stands." / "To use that value, write `{instead}`.";
    }

    // 2000: steps against the step table.
    /// A step kind that does not exist.
    UNKNOWN_STEP = "YK2000" (name, near) {
        ja "「{name}」という動作はありません。" / "[[near|「{near}」ではありませんか。]]`yakin steps` で、使える動作の一覧が見られます。";
        en "There is no step called “{name}”." / "[[near|Did you mean “{near}”? ]]`yakin steps` lists them.";
    }
    /// An argument that the step does not take.
    ARGUMENT_UNKNOWN = "YK2001" (step, name, near, words) {
        ja "{step} に「{name}」という項目はありません。" / "[[near|「{near}」ではありませんか。]][[words|使える項目: {words}]]";
        en "{step} has no entry called “{name}”." / "[[near|Did you mean “{near}”? ]][[words|Entries: {words}]]";
    }
    /// An argument that is missing.
    ARGUMENT_MISSING = "YK2002" (step, name, example) {
        ja "{step} に「{name}」がありません。" / "「{name}: 」を書き足してください。`yakin steps {step}` で書き方が見られます。[[example|見本: {example}]]";
        en "{step} lacks “{name}”." / "Add “{name}: ”. `yakin steps {step}` shows how.[[example| Example: {example}]]";
    }
    /// An argument of the wrong sort.
    ARGUMENT_WRONG = "YK2003" (step, name, wanted, example) {
        ja "{step} の[[name|「{name}」の]]値が使えません[[wanted|。{wanted}が必要です]]。" / "`yakin steps {step}` で書き方が見られます。[[example|見本: {example}]]";
        en "A value[[name| of “{name}”]] in {step} cannot be used[[wanted|: {wanted} is wanted]]." / "`yakin steps {step}` shows how.[[example| Example: {example}]]";
    }
    /// Two arguments of which only one may stand.
    ARGUMENTS_TOGETHER = "YK2011" (step, first, second) {
        ja "{step} に「{first}」と「{second}」は一緒に書けません。" / "どちらか1つを消してください。";
        en "“{first}” and “{second}” cannot stand together in {step}." / "Delete one of them.";
    }
    /// An argument that is none of a few words.
    ARGUMENT_CHOICE = "YK2004" (step, text, near, words) {
        ja "{step} に「{text}」は使えません。" / "[[near|「{near}」ではありませんか。]]使える値: {words}";
        en "{step} does not take “{text}”." / "[[near|Did you mean “{near}”? ]]Values: {words}";
    }
    /// A sign that is none.
    SIGN_WRONG = "YK2005" (name) {
        ja "「{name}」が、画面の印として読めません。" / "`text: 登録しました`、`field: 受付番号`、`row: …` と `field:`、`url: /done` のどれかで書いてください。";
        en "“{name}” is not a sign that a page can show." / "Write `text: …`, `field: …`, `row: …` with `field:`, or `url: …`.";
    }
    /// A system without a file.
    UNKNOWN_SYSTEM = "YK2006" (name, near) {
        ja "システム「{name}」のファイルがありません。" / "[[near|「{near}」ではありませんか。]]`scenarios/systems/{name}.yaml` を作るか、名前を直してください。";
        en "There is no file for the system “{name}”." / "[[near|Did you mean “{near}”? ]]Make `scenarios/systems/{name}.yaml`, or correct the name.";
    }
    /// A system's file that declares another name.
    SYSTEM_NAME = "YK2007" (name, file) {
        ja "システムの名前「{name}」が、ファイル名「{file}」と違います。" / "どちらかに合わせてください。";
        en "The system's name “{name}” is not that of its file “{file}”." / "Make them the same.";
    }
    /// A system was checked as a scenario, or the other way round.
    NOT_A_SCENARIO = "YK2008" () {
        ja "これはシナリオではなく、システムのファイルです。" / "`scenarios/` の下の、シナリオのファイルを選んでください。";
        en "This is a system's file, not a scenario." / "Choose a scenario's file under `scenarios/`.";
    }
    /// A scenario stands where a system must.
    NOT_A_SYSTEM = "YK2009" () {
        ja "これはシステムのファイルではありません。" / "`system:` と `url:` を書いてください。";
        en "This is not a system's file." / "Write `system:` and `url:`.";
    }
    /// A step needs a browser and there is no system.
    NO_SYSTEM = "YK2010" (step) {
        ja "{step} の「/」で始まるアドレスが、どのシステムのものか決まりません。" / "`system: 名前` を書くか、`http://` から始まるアドレスを書いてください。";
        en "It is not clear to which system the address in {step} belongs." / "Write `system: NAME`, or an address that begins with `http://`.";
    }

    // 2100: names of values.
    /// A name that nothing has.
    UNKNOWN_NAME = "YK2100" (name, near, quoted, empty, receipt, words) {
        ja "「{name}」という値はありません。" / "[[near|「{near}」ではありませんか。]][[quoted|文字なら、半角の \" で囲んで {quoted} と書きます。]][[empty|空かどうかは、`is 空`・`is not 空` と書きます。]][[receipt|受付番号は、`proof:` の印に `as: receipt` を付けると使えます（`proof: { field: 受付番号, as: receipt }` のように）。]][[words|使える名前: {words}]]";
        en "No value is called “{name}”." / "[[near|Did you mean “{near}”? ]][[quoted|A text stands in quotes: {quoted}. ]][[empty|Whether there is nothing is asked by `is 空` and `is not 空`. ]][[receipt|The receipt has a value once the sign of `proof:` has `as: receipt`. ]][[words|Names: {words}]]";
    }
    /// A column that the table does not have.
    UNKNOWN_COLUMN = "YK2101" (name, near, words) {
        ja "「{name}」という列はありません。" / "[[near|「{near}」ではありませんか。]]列: {words}";
        en "There is no column “{name}”." / "[[near|Did you mean “{near}”? ]]Columns: {words}";
    }
    /// A name is used before it gets its value.
    NAME_TOO_EARLY = "YK2102" (name, line) {
        ja "「{name}」は、まだ決まっていません（{line} 行目で決まります）。" / "{line} 行目より後の手順で使ってください。";
        en "“{name}” has no value yet (it gets one in line {line})." / "Use it in a step after line {line}.";
    }
    /// A name that a look after a crash does not know.
    NAME_LOST = "YK2103" (name) {
        ja "`verify` の中では「{name}」が使えません。中断の後に見に行くとき、この値は残っていません。" / "`item` の列か `run` の値だけで探せるように書いてください。";
        en "“{name}” cannot be used in `verify`: it is gone when a broken run is looked into." / "Look by columns of `item` or values of `run` only.";
    }
    /// `item` where there is none.
    NO_ITEM = "YK2104" (name) {
        ja "ここでは明細の値「{name}」が使えません。" / "明細の値は `steps` の中で使ってください。`after` では `run.items` を使います。";
        en "“{name}” of an item cannot be used here." / "Use it in `steps`; in `after`, use `run.items`.";
    }
    /// Two steps give the same name.
    NAME_TWICE = "YK2105" (name, line) {
        ja "「{name}」という名前が、{line} 行目ですでに使われています。" / "別の名前にしてください。";
        en "The name “{name}” is taken already in line {line}." / "Choose another name.";
    }
    /// A name that the program keeps for itself.
    NAME_RESERVED = "YK2106" (name) {
        ja "「{name}」は、決まった意味がある名前です。" / "別の名前にしてください。";
        en "“{name}” has a fixed meaning." / "Choose another name.";
    }
    /// A key column that the table does not have.
    KEY_COLUMN = "YK2107" (name, near, words) {
        ja "`key` の列「{name}」がありません。" / "[[near|「{near}」ではありませんか。]]列: {words}";
        en "The `key` column “{name}” does not exist." / "[[near|Did you mean “{near}”? ]]Columns: {words}";
    }
    /// A declared column that the sample does not have.
    DECLARED_COLUMN = "YK2108" (name, file, stops, near, words) {
        ja "列「{name}」が、表（{file}）にありません。" / "[[near|「{near}」ではありませんか。]][[stops|このまま動かすと、始めに止まります。]]列: {words}";
        en "The table ({file}) has no column “{name}”." / "[[near|Did you mean “{near}”? ]][[stops|A run would stop at its beginning. ]]Columns: {words}";
    }
    /// Columns whose type was guessed.
    GUESSED_COLUMNS = "YK2109" (columns, hidden) {
        ja "種類が書かれていない列があります。次のように扱います: {columns}[[hidden|（個人情報として隠すもの: {hidden}）]]" / "違うときは `columns:` に書いてください。";
        en "Some columns have no type and are taken as: {columns}[[hidden| (hidden as personal: {hidden})]]" / "Write them into `columns:` if that is wrong.";
    }
    /// A secret where it might be seen.
    SECRET_PLACE = "YK2110" (name) {
        ja "ここでは「{name}」が使えません。人の目に触れるおそれがあります。" / "`secrets` の値は、画面に入力する手順（`browser.fill` など）だけで使ってください。";
        en "“{name}” cannot be used here: it might be seen." / "Use `secrets` only in steps that type into a page, such as `browser.fill`.";
    }
    /// `run.items` before the items came to their ends.
    RUN_ITEMS = "YK2111" () {
        ja "`run.items` は、すべての件が終わるまで決まりません。" / "`after:` の下に書く手順でだけ使えます。`after:` の行が抜けていませんか。ファイルの最後に、行の頭から `after:` と書き、この手順をその下に置いてください。";
        en "`run.items` has no value before every item has come to its end." / "Only the steps below `after:` can use it. Is the line `after:` missing? Write it at the end of the file, without blanks before it, and put this step below it.";
    }
    /// Columns of which nothing is known before the work's own file is there.
    COLUMNS_UNKNOWN = "YK2112" () {
        ja "列の名前が分からないので、`item.…` の書き間違いを調べられません。" / "同じ見出しのファイルを1つ事務所に置き、`sample: scenarios/samples/見本.csv` のように書くと、実行する前に調べられます。";
        en "The names of the columns are not known, so a misspelt `item.…` is not found." / "Put a file with the same headings into the office and name it, such as `sample: scenarios/samples/sample.csv`; then it is found before a run.";
    }

    // 2200: what may be done where.
    /// A second commit on one path.
    COMMIT_TWICE = "YK2200" (line) {
        ja "1件の中で、`commit` が2回行われることがあります（1回目は {line} 行目）。" / "`commit` は、1件につき1つにしてください。2つの登録は、2つのシナリオに分けます。";
        en "An item may come to two commits (the first in line {line})." / "Have one commit an item; divide two registrations into two scenarios.";
    }
    /// A commit in a loop.
    COMMIT_REPEATED = "YK2201" (word) {
        ja "`{word}` の中に `commit` があります。同じ登録が繰り返されるおそれがあります。" / "`commit` を `{word}` の外に出してください。";
        en "A `commit` stands inside `{word}` and might be done again." / "Move the `commit` out of `{word}`.";
    }
    /// A commit that belongs to no item.
    COMMIT_PLACE = "YK2202" (place) {
        ja "`{place}` の中に `commit` は置けません。" / "`commit` は `steps` の中に置いてください。";
        en "A `commit` cannot stand in `{place}`." / "Put it into `steps`.";
    }
    /// An irreversible step outside a commit.
    IRREVERSIBLE = "YK2203" (step) {
        ja "{step} は取り消せない動作ですが、`commit` の外にあります。" / "`commit` の `do:` の中に移してください。";
        en "{step} cannot be undone and stands outside `commit`." / "Move it into the `do:` of a `commit`.";
    }
    /// A click that sounds irreversible.
    RISKY_CLICK = "YK2204" (text) {
        ja "「{text}」を押す手順が、`commit` の外にあります。登録などが二重に行われるおそれがあります。" / "登録するボタンなら `commit` の `do:` の中に移し、画面を開くだけなら `effect: read` を付けてください。";
        en "The click on “{text}” stands outside `commit` and might register something twice." / "If it registers, move it into the `do:` of a `commit`; if it only opens a page, add `effect: read`.";
    }
    /// A step after the end.
    NEVER_DONE = "YK2205" (word) {
        ja "この手順は行われません。前の `{word}` で終わります。" / "`{word}` に `when:` で条件を付けるか、この手順を消してください。";
        en "This step is never done: `{word}` before it ends everything." / "Give `{word}` a condition with `when:`, or delete this step.";
    }
    /// A modifier that its action cannot have.
    MODIFIER = "YK2206" (name, word) {
        ja "`{word}` に「{name}」は付けられません。" / "「{name}」の行を消してください。";
        en "`{word}` cannot have “{name}”." / "Delete the line “{name}”.";
    }
    /// `reject` where no item is.
    REJECT_PLACE = "YK2207" (place) {
        ja "`{place}` の中で `reject` は使えません。差し戻す明細がありません。" / "全体を止めるときは `stop` を使ってください。";
        en "`reject` cannot stand in `{place}`: there is no item to send back." / "Use `stop` to end the run.";
    }
    /// A locator that a changed page breaks.
    BRITTLE = "YK2208" (looked_for, score, reason, seen, around, less, sort) {
        ja "「{looked_for}」は、画面が変わると見つからなくなりやすい書き方です（丈夫さ {score} / 100: {reason}）。" / "[[seen|画面に見えている文字で書いてください（例: `button: 次へ`、`field: 受付番号`）。]][[around|`nth` の代わりに、`within:` でまわりの見出しや行を書いてください。]][[less|いつも変わらない部分の文字だけを書いてください。]][[sort|`button:`、`link:`、`field:` のように、何であるかを書いてください。]]";
        en "“{looked_for}” is easily lost when the page changes (robustness {score} of 100: {reason})." / "[[seen|Write what is seen on the page, such as `button: 次へ` or `field: 受付番号`.]][[around|Instead of `nth`, name the heading or row around it with `within:`.]][[less|Write only the words that never change.]][[sort|Say what it is: `button:`, `link:`, `field:`.]]";
    }
    /// A part of a commit's act that may be done twice, or not at all.
    ACT_REPEATED = "YK2209" (word) {
        ja "`commit` の `do` の中に「{word}」があります。取り消せない操作が、繰り返されたり、途中で飛ばされたりするおそれがあります。" / "`do` には、1回だけ行う操作を書き、「{word}」は `commit` の前の手順に移してください。";
        en "“{word}” stands in the `do` of a `commit`: an act that cannot be undone might be repeated, or done in part." / "Write into `do` what is done exactly once, and move “{word}” to the steps before the `commit`.";
    }
    /// `look: first` without a way to look.
    LOOK_FIRST_BLIND = "YK2210" () {
        ja "「look: first」とありますが、`verify` に、見に行く手順がありません。" / "`verify:` に、見に行く手順（`look`）と、有る印（`present`）・無い印（`absent`）を書くか、「look: first」を消してください。";
        en "There is `look: first`, and `verify` does not say how to look." / "Write under `verify:` how to look (`look`) and the signs `present` and `absent`, or delete `look: first`.";
    }

    // 2300: the office.
    /// Not a time zone.
    BAD_TIMEZONE = "YK2300" (text) {
        ja "時間帯「{text}」はありません。" / "`Asia/Tokyo` のように書いてください。";
        en "There is no time zone “{text}”." / "Write it as `Asia/Tokyo`.";
    }
    /// Not a place for the history.
    BAD_STORAGE = "YK2301" () {
        ja "履歴の保存先が読めません。" / "`sqlite`（この事務所の .yakin の中）か、`postgres://` で始まるアドレスを書いてください。";
        en "The place for the history cannot be read." / "Write `sqlite` (kept in this office's .yakin) or an address that begins with `postgres://`.";
    }
    /// No day, or no stretch over the year's end.
    BAD_CLOSED_DAY = "YK2303" (name, text) {
        ja "「{name}」の「{text}」は、休みの日として読めません。" / "`year_end: 12/29-1/3`、`closed: [6/23, 2026-08-14]` のように書いてください。";
        en "“{text}” in “{name}” is no closed day." / "Write it as `year_end: 12/29-1/3` or `closed: [6/23, 2026-08-14]`.";
    }
    /// Not a number of days.
    BAD_DAYS = "YK2302" (name, text) {
        ja "「{name}」の「{text}」は、日数として読めません。" / "`30日`、`3か月`、`1年` のように書いてください。";
        en "“{text}” in “{name}” is no number of days." / "Write it as `30d` or `1y`.";
    }
}
