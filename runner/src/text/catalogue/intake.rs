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
    UPSTREAM_CYCLE = "YK2335" (path) {
        ja "シナリオが、回りまわって自分の済んだ件を処理することになっています（{path}）。" / "元になる明細を、どれか1つでファイルか一覧から読んでください。";
        en "The scenario would work on what it has finished itself ({path})." / "One of them must take its items from a file or a list.";
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
}
