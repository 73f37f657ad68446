//! Messages 1240–1269 and 2330–2359: what is wrong with items that stand in no file, with schedules and questions.

use super::messages;

messages! {
    // 1240: items that stand in no file; schedules.
    /// A list that is neither rows nor one expression.
    LIST_SHAPE = "YK1240" () {
        ja "`list:` が一覧になっていません。" / "行を「- 」で並べるか、`start:` で作った一覧の名前を `list: ${{ 未処理 }}` のように、それだけ書いてください。";
        en "`list:` is no list." / "Write its rows with “- ”, or nothing but the name of a list that `start:` makes, such as `list: ${{ open }}`.";
    }
    /// Rows with headings and texts in one list.
    LIST_MIXED = "YK1241" () {
        ja "列の名前のない行が混ざっています。" / "どの行も「列の名前: 値」で書くか、どの行も値だけで書いてください。";
        en "This row has no column names; others have." / "Give every row as “column: value”, or every row as a value alone.";
    }
    /// A list of texts with several columns as its key.
    LIST_ONE_COLUMN = "YK1242" () {
        ja "値だけの一覧には列が1つしかないので、`key:` に書ける名前も1つです。" / "名前を1つにするか、行を「列の名前: 値」で書いてください。";
        en "A list of values has one column, so `key:` can name only one." / "Name one, or give the rows as “column: value”.";
    }
    /// A schedule without a day.
    SCHEDULE_NO_DAY = "YK1243" (text) {
        ja "予定「{text}」に、どの日に動かすかがありません。" / "「開庁日」「毎日」「毎週月曜」「毎月25日」などを、時刻の前に書いてください。";
        en "The schedule “{text}” names no day." / "Write “business days”, “every day”, “every Monday” or “day 25 of every month” before the time.";
    }
    /// A schedule without a time.
    SCHEDULE_NO_TIME = "YK1244" (text) {
        ja "予定「{text}」に、始める時刻がありません。" / "「開庁日 22:00」のように、時刻を書いてください。";
        en "The schedule “{text}” has no time to start at." / "Write one, such as “business days at 22:00”.";
    }
    /// A schedule that says something twice.
    SCHEDULE_TWICE = "YK1245" (text, word) {
        ja "予定「{text}」の「{word}」は、前に書いたことと重なっています。" / "どちらかを消してください。始める時刻は「21:00 と 23:00」のように並べられます。";
        en "“{word}” in the schedule “{text}” was said before." / "Remove one of them. Several starts may be given as “at 21:00 and 23:00”.";
    }
    /// A day or time that does not exist.
    SCHEDULE_NUMBER = "YK1246" (text, word) {
        ja "予定「{text}」の「{word}」は、ありません。" / "日は1日から31日、週は第1から第5、営業日は1営業日目から23営業日目、時刻は 00:00 から 29:59 までです。";
        en "There is no “{word}” (in the schedule “{text}”)." / "Days go from 1 to 31, weeks from 1st to 5th, business days from 1 to 23, times from 00:00 to 29:59.";
    }
    /// A rule for closed days that does not fit the days.
    SCHEDULE_CLOSED = "YK1247" () {
        ja "「休日なら…」が、動かす日に合いません。" / "開庁日や営業日には要りません。毎日や平日は、前後の日に移すと重なるので、「開庁日」と書いてください。";
        en "“If closed” does not fit the days." / "Business days need none; every day or weekdays would be moved onto each other: write “business days”.";
    }
    /// Times of a schedule that are not in order.
    SCHEDULE_ORDER = "YK1248" () {
        ja "予定の時刻の順が合いません。" / "「始める時刻、これより後は始めない時刻（から…まで）、終える時刻（…までに終える）」の順に、24時間の中に収めてください。";
        en "The times of the schedule are not in order." / "Start, latest start (until …) and end (finished by …) must follow each other within 24 hours.";
    }
    /// Days besides a crontab line that says its own.
    SCHEDULE_CRON_DAYS = "YK1249" () {
        ja "`cron:` は日を自分で決めるので、`on:` には 開庁日・平日・毎日 だけを書けます。" / "`cron:` をやめて `at:` で時刻を書くか、`on:` を直してください。";
        en "`cron:` says its days itself; beside it `on:` may be business days, weekdays or every day." / "Write the time as `at:` instead, or change `on:`.";
    }
    /// A day that not every month has.
    SCHEDULE_SHORT_MONTH = "YK1250" (day) {
        ja "{day}日のない月には、動きません。" / "月の最後の日なら「毎月末日」と書いてください。";
        en "A month without a day {day} has no run." / "If the month's end is meant, write “the last day of every month”.";
    }
    /// A question with one answer.
    ASK_ONE_CHOICE = "YK1251" () {
        ja "選択肢が1つしかありません。" / "2つ以上書くか、`choices:` を消して自由に答えてもらいます。";
        en "There is only one choice." / "Write two or more, or remove `choices:` so that any answer will do.";
    }
    /// An answer that stands there twice.
    ASK_CHOICE_TWICE = "YK1252" (text) {
        ja "選択肢「{text}」が2つあります。" / "どちらかを消してください（全角と半角の違いは、区別しません）。";
        en "The choice “{text}” stands there twice." / "Remove one (width and case do not count).";
    }
    /// Choices and a type.
    ASK_CHOICES_TYPE = "YK1253" () {
        ja "`choices:` があるときは、`type:` は要りません。" / "選んでもらうなら `type:` を、書いてもらうなら `choices:` を消してください。";
        en "`type:` is of no use beside `choices:`." / "Remove one of them.";
    }

    // 2330: items of lists and of other scenarios; questions.
    /// A declared column that the rows do not have.
    ROWS_LACK_COLUMN = "YK2330" (name, near, words) {
        ja "列「{name}」が、明細の行にありません。" / "[[near|「{near}」ではありませんか。]]行にある列: {words}";
        en "The rows have no column “{name}”." / "[[near|Did you mean “{near}”? ]]Their columns: {words}";
    }
    /// A row with a column that the first one does not have, and that looks like one it has.
    ROW_OTHER_COLUMN = "YK2331" (name, near) {
        ja "この行の列「{name}」は、最初の行にありません。「{near}」ではありませんか。" / "別の列なら、最初の行にも「{name}:」を書いてください（値は空でかまいません）。";
        en "The first row has no column “{name}”, which this one has. Did you mean “{near}”?" / "If it is another column, write “{name}:” into the first row too; its value may be empty.";
    }
    /// A sample where the columns are known without it.
    SAMPLE_UNUSED = "YK2332" () {
        ja "列の名前は `from:` から分かるので、`sample:` は使いません。" / "`sample:` の行を消してください。";
        en "`sample:` is not used: `from:` tells the columns." / "Remove the line.";
    }
    /// A list whose columns only a run knows.
    LIST_COLUMNS_UNKNOWN = "YK2333" () {
        ja "`start:` で作る一覧の列の名前は、実行するまで分かりません。`item.…` の書き間違いも、それまで見つかりません。" / "`columns:` に列の名前と種類を書くか、同じ見出しのファイルを `sample:` に書くと、実行する前に調べられます。";
        en "The columns of a list that `start:` makes are not known before a run, so a misspelt `item.…` is not found." / "Declare them in `columns:`, or name a file with the same headings as `sample:`.";
    }
    /// A scenario to take items from that is not there.
    NO_UPSTREAM = "YK2334" (name, near, words) {
        ja "シナリオ「{name}」がありません。" / "[[near|「{near}」ではありませんか。]]`id:`（なければファイルの名前）を書いてください。[[words|今あるもの: {words}]]";
        en "There is no scenario “{name}”." / "[[near|Did you mean “{near}”? ]]Write its `id:` (the file's name if it has none).[[words| There are: {words}]]";
    }
    /// Scenarios that feed on each other.
    UPSTREAM_CYCLE = "YK2335" (chain) {
        ja "シナリオが、回りまわって自分の済んだ件を処理することになっています（{chain}）。" / "元になる明細を、どれか1つでファイルか一覧から読んでください。";
        en "The scenario would work on what it has finished itself ({chain})." / "One of them must take its items from a file or a list.";
    }
    /// A scenario without items to hand on.
    UPSTREAM_NO_ITEMS = "YK2336" (name) {
        ja "シナリオ「{name}」には `items:` がないので、引き継ぐ件がありません。" / "`items:` のあるシナリオを書いてください。";
        en "The scenario “{name}” has no `items:` to hand on." / "Name one that has.";
    }
    /// A ledger shared with the scenario that hands on.
    UPSTREAM_LEDGER = "YK2337" (name, ledger) {
        ja "シナリオ「{name}」と同じ台帳「{ledger}」では、渡された件がもう済んでいることになります。" / "`ledger:` を消すか、別の名前にしてください。";
        en "“{name}” uses the same ledger “{ledger}”, in which everything it hands on is done already." / "Remove `ledger:`, or give it another name.";
    }
    /// A scenario whose columns are not known.
    UPSTREAM_COLUMNS_UNKNOWN = "YK2338" (name) {
        ja "シナリオ「{name}」の列の名前が分からないので、`item.…` の書き間違いを調べられません。" / "「{name}」の `items:` に、`columns:` か `sample:` を書いてください。";
        en "The columns of “{name}” are not known, so a misspelt `item.…` is not found." / "Give its `items:` a `columns:` or a `sample:`.";
    }
    /// A question outside the steps of an item.
    ASK_PLACE = "YK2340" (place) {
        ja "「{place}」の中では、人にたずねられません。" / "`ask` は1件ごとの手順（`steps:`）の、`commit` より前に書いてください。";
        en "Nobody can be asked inside “{place}”." / "Write `ask` into `steps:`, before the `commit`.";
    }
    /// A question when everything is done.
    ASK_AFTER_COMMIT = "YK2341" (line) {
        ja "{line} 行目の `commit` の後では、人にたずねられません。" / "登録の前にたずねてください。登録した件は、待たせて始めからやり直すことができません。";
        en "Nobody can be asked after the `commit` of line {line}." / "Ask before it: what is registered cannot wait and begin again.";
    }
    /// Two questions with one id.
    ASK_SAME_ID = "YK2342" (id, line) {
        ja "質問の `id`「{id}」が、{line} 行目の質問と同じです。" / "答えは `id` に結び付くので、別の名前にしてください。";
        en "The question has the `id` “{id}” of the one in line {line}." / "An answer hangs on it; choose another.";
    }
}
