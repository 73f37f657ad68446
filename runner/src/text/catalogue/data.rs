//! Messages 3000–3999: values, tables and files.

use super::messages;

messages! {
    /// A text is no date.
    NOT_A_DATE = "YK3001" (text, position, found) {
        ja "「{text}」を日付として読めません[[found|（{position}文字目の「{found}」）]]。"
            / "令和8年11月23日、R8.11.23、2026-11-23、20261123 のような形に直してください。";
        en "“{text}” is not a date[[found| (character {position}: “{found}”)]]."
            / "Write it like 令和8年11月23日, R8.11.23, 2026-11-23 or 20261123.";
    }
    /// A month or day that the calendar does not have.
    NO_SUCH_DAY = "YK3002" (text) {
        ja "「{text}」という日はありません。" / "月と日を確かめてください。";
        en "“{text}” is no day of the calendar." / "Check month and day.";
    }
    /// A year of which nobody knows the era.
    ERA_MISSING = "YK3003" (text) {
        ja "「{text}」の年が、どの元号の年か分かりません。" / "元号か西暦をつけてください（例：R8.11.23、2026-11-23）。";
        en "Nobody can tell the era of the year in “{text}”." / "Add the era or write the western year (R8.11.23, 2026-11-23).";
    }
    /// A day or year that its era does not have.
    NOT_IN_ERA = "YK3004" (text, era) {
        ja "「{text}」は{era}にはない日です。" / "元号と年を確かめてください。";
        en "“{text}” does not lie in {era}." / "Check era and year.";
    }
    /// A day before the solar calendar.
    OLD_CALENDAR = "YK3005" (text) {
        ja "「{text}」は旧暦の日です（明治5年まで）。" / "日付として扱えません。文字のまま使うには、列の種類を text にしてください。";
        en "“{text}” is a day of the old calendar (up to 1872)." / "It cannot be used as a date; to use it as text, make the column's type text.";
    }
    /// A pattern by which no date can be written.
    BAD_DATE_PATTERN = "YK3006" (item) {
        ja "日付の書式に「{item}」は使えません。" / "%Y（西暦年）、%m（月）、%d（日）、%EY（令和8年）などを使ってください。";
        en "“{item}” cannot be used in a date's pattern." / "Use %Y (year), %m (month), %d (day), %EY (令和8年) and the like.";
    }
    /// A month and a day alone.
    YEAR_MISSING = "YK3007" (text) {
        ja "「{text}」には年がありません（例：令和8年12月1日、2026-12-01）。" / "年を付けて書き直してください。Excel は 12/1 と入れると「12月1日」にします。2026/12/1 と入れ、年も見える表示形式にして保存してください。";
        en "“{text}” has no year (write it like 令和8年12月1日 or 2026-12-01)." / "Write it with its year. Excel makes 12月1日 of 12/1: type 2026/12/1, and save the column in a format that shows the year.";
    }
    /// A text is no amount or count.
    NOT_AN_AMOUNT = "YK3010" (text, position, found) {
        ja "「{text}」を数や金額として読めません[[found|（{position}文字目の「{found}」）]]。"
            / "1200、1,200円 のように書いてください。0（ゼロ）が英字の O になっていないかも確かめてください。";
        en "“{text}” is not a number or amount[[found| (character {position}: “{found}”)]]."
            / "Write it like 1200 or 1,200円, and check that no letter O stands for a zero.";
    }
    /// An amount that nothing can hold.
    AMOUNT_TOO_LARGE = "YK3011" (text) {
        ja "「{text}」は金額として大きすぎます。" / "けた数を確かめてください。";
        en "“{text}” is too large an amount." / "Check how many digits it has.";
    }
    /// A text is no postal code.
    NOT_A_POSTAL_CODE = "YK3012" (text) {
        ja "「{text}」は郵便番号の形（数字7けた）ではありません。" / "850-0003 のように書いてください。先頭の 0 が消えていないかも確かめてください。";
        en "“{text}” is not a postal code (7 digits)." / "Write it like 850-0003, and check that no zero at its start was lost.";
    }
    /// A text is neither yes nor no.
    NOT_A_MARK = "YK3013" (text) {
        ja "「{text}」が「はい」か「いいえ」か分かりません。" / "○ か ×、はい か いいえ、有 か 無 で書いてください。";
        en "“{text}” is neither yes nor no." / "Write ○ or ×, はい or いいえ, 有 or 無.";
    }
    /// A number whose check digit is wrong; the number itself is never said.
    BAD_CHECK_DIGIT = "YK3014" () {
        ja "番号のけた数か検査数字が合いません。" / "1けたの読み違いか打ち違いです。元の書類で確かめてください。";
        en "The number's length or check digit is wrong." / "One digit was misread or mistyped: compare it with the paper.";
    }
    /// A text that another rule refuses.
    NOT_IN_SHAPE = "YK3015" (text) {
        ja "「{text}」は決まった形になっていません。" / "書き方を確かめてください。";
        en "“{text}” does not have the shape it should have." / "Check how it is written.";
    }
    /// A filter was given a list or map.
    FILTER_NEEDS_TEXT = "YK3020" (filter) {
        ja "「{filter}」は、文字・数・日付に使うものです。" / "一覧ではなく、その中の1つの値に使ってください。";
        en "“{filter}” takes a text, a number or a date." / "Use it on one value of the list, not on the list.";
    }
    /// A filter was given a setting that it does not know.
    FILTER_SETTING = "YK3021" (filter, setting, known) {
        ja "「{filter}」のかっこの中に「{setting}」は書けません。" / "書けるもの：{known}";
        en "“{filter}” does not take “{setting}”." / "It takes: {known}";
    }
    /// A filter's result would be too long.
    FILTER_TOO_LONG = "YK3022" (filter) {
        ja "「{filter}」の結果が長くなりすぎます。" / "元の文字か、かっこの中の数を短くしてください。";
        en "The result of “{filter}” would be too long." / "Shorten the text or the number in its brackets.";
    }
    /// A comparison with an empty value.
    EMPTY_COMPARED = "YK3023" (value) {
        ja "「{value}」が空なので、比べられません。" / "空でもよいときは、`is 空` で先に確かめるか、`| 空なら(0)` のように代わりの値を書いてください。";
        en "“{value}” is empty and cannot be compared." / "If it may be empty, ask `is 空` first, or name a value to take instead: `| 空なら(0)`.";
    }
    /// Arithmetic with an empty value.
    EMPTY_COUNTED = "YK3024" (value) {
        ja "「{value}」が空なので、計算できません。" / "空でもよいときは、`| 空なら(0)` のように代わりの値を書いてください。文字をつなぐときは `~` を使います。";
        en "“{value}” is empty and cannot be counted with." / "If it may be empty, name a value to take instead: `| 空なら(0)`. Texts are joined by `~`.";
    }
    /// A comparison of values of two kinds.
    KINDS_APART = "YK3025" (left, right) {
        ja "「{left}」と「{right}」は、文字と数のように種類が違うので、大小を比べられません。" / "文字を数として比べるときは `| 数値` を付けるか、列の種類（amount、number など）を `columns:` に書いてください。";
        en "“{left}” and “{right}” are of different kinds, such as a text and a number: neither is the greater." / "To compare a text as a number, add `| 数値`, or give the column its type (amount, number) in `columns:`.";
    }
    /// A cell does not hold what its column's type says.
    CELL_REFUSED = "YK3030" (column, said) {
        ja "列「{column}」の値が、列の種類に合いません。{said}" / "元の表のこの列を直すか、窓口に確かめてください。";
        en "The cell of column “{column}” does not fit the column's type. {said}" / "Mend the cell in the table it came from, or ask who wrote it.";
    }
    /// A cell that shows an Excel error.
    CELL_SHOWS_ERROR = "YK3031" (column, shown) {
        ja "列「{column}」が {shown} になっています。" / "Excel で開いて、式を直してから保存してください。";
        en "Column “{column}” shows {shown}." / "Open the table in Excel, mend the formula and save.";
    }
    /// A value of a step cannot be worked out.
    VALUE_REFUSED = "YK3032" (name, said) {
        ja "「{name}」の値を作れません。{said}" / "表のこの値か、シナリオの「{name}」の式を直してください。";
        en "The value for “{name}” cannot be worked out. {said}" / "Mend the value in the table, or the expression of “{name}” in the scenario.";
    }

    /// A path with nothing in it.
    PATH_EMPTY = "YK3100" () {
        ja "ファイルの名前がありません。" / "inbox/requests.csv のように書いてください。";
        en "There is no file name." / "Write it like inbox/requests.csv.";
    }
    /// A path that begins at a disk.
    PATH_ABSOLUTE = "YK3101" (path) {
        ja "「{path}」は使えません。ファイルは、この仕事のフォルダーの中から選びます。"
            / "C: や / から始めず、inbox/requests.csv のように書いてください。";
        en "“{path}” cannot be used: files are named from the office's folder." / "Do not begin with a drive or /; write it like inbox/requests.csv.";
    }
    /// A path that leads out of the office's folder.
    PATH_OUTSIDE = "YK3102" (path) {
        ja "「{path}」は、この仕事のフォルダーの外を指しています。" / "ファイルをフォルダーの中に置いて、その名前を書いてください。";
        en "“{path}” lies outside the office's folder." / "Put the file into the folder and name it there.";
    }
    /// A path with a character that file names do not have.
    PATH_CHARACTER = "YK3103" (path, character) {
        ja "「{path}」の「{character}」は、ファイルの名前に使えません。" / "名前からこの文字を除いてください。";
        en "“{path}” holds “{character}”, which no file name may hold." / "Leave that character out.";
    }
    /// A path into the program's own folder.
    PATH_RESERVED = "YK3104" (path) {
        ja "「{path}」は、夜勤が記録をしまう場所です。" / "ほかのフォルダー（inbox や outbox）を使ってください。";
        en "“{path}” is where yakin keeps its records." / "Use another folder, such as inbox or outbox.";
    }
    /// There is no such file.
    FILE_MISSING = "YK3110" (path, near) {
        ja "ファイル「{path}」がありません。[[near|同じフォルダーにあるもの：「{near}」]]" / "ファイルを置くか、シナリオの名前を直してください。";
        en "There is no file “{path}”.[[near| In the same folder: “{near}”]]" / "Put the file there, or mend its name in the scenario.";
    }
    /// A folder stands where a file should.
    FILE_IS_FOLDER = "YK3111" (path) {
        ja "「{path}」はフォルダーです。" / "ファイルの名前まで書いてください。";
        en "“{path}” is a folder." / "Name the file in it.";
    }
    /// No right to a file.
    FILE_NO_ACCESS = "YK3112" (path) {
        ja "ファイル「{path}」を開く権限がありません。" / "夜勤を動かしている利用者に、読み書きの権限をつけてもらってください。";
        en "No right to open “{path}”." / "Have the user that runs yakin given the right to read and write it.";
    }
    /// A file that another program has open.
    FILE_IN_USE = "YK3113" (path) {
        ja "ファイル「{path}」は、ほかのソフト（Excel など）で開かれています。" / "閉じてから、もう一度動かしてください。";
        en "“{path}” is open in another program (Excel, for instance)." / "Close it there and run again.";
    }
    /// The disk is full.
    DISK_FULL = "YK3114" (path) {
        ja "ディスクに空きがなく、「{path}」を書けません。" / "不要なファイルを片づけてから、もう一度動かしてください。";
        en "The disk is full: “{path}” cannot be written." / "Make room on the disk and run again.";
    }
    /// Reading or writing failed otherwise.
    FILE_FAILED = "YK3115" (path, detail) {
        ja "ファイル「{path}」の読み書きに失敗しました（{detail}）。" / "ネットワークの共有なら、つながっているかを確かめてください。";
        en "Reading or writing “{path}” failed ({detail})." / "If it lies on a network share, check that the share is reachable.";
    }
    /// A file that is too large.
    FILE_TOO_LARGE = "YK3116" (path, size, limit) {
        ja "ファイル「{path}」は大きすぎます（{size} MB。{limit} MB まで）。" / "表を分けるか、不要な列や画像を除いてください。";
        en "“{path}” is too large ({size} MB; at most {limit} MB)." / "Split the table, or take out columns or pictures that are not needed.";
    }
    /// Bytes that are no Japanese text.
    FILE_ENCODING = "YK3120" (path, line) {
        ja "ファイル「{path}」の文字が読めません[[line|（{line}行目）]]。" / "元のシステムから CSV（Shift_JIS か UTF-8）でもう一度出力してください。";
        en "The characters of “{path}” cannot be read[[line| (line {line})]]." / "Export it again as CSV in Shift_JIS or UTF-8.";
    }
    /// A NUL character: no text at all.
    FILE_NOT_TEXT = "YK3121" (path) {
        ja "ファイル「{path}」は CSV ではありません（文字でない中身があります）。" / "Excel のファイルなら csv: の代わりに excel: と書いてください。";
        en "“{path}” is not CSV: it holds more than text." / "If it is an Excel file, write excel: instead of csv:.";
    }
    /// Nothing in the file.
    NO_HEADINGS = "YK3122" (path) {
        ja "ファイル「{path}」に見出しの行がありません（中身が空です）。" / "列の見出しの行があるファイルを置いてください。";
        en "“{path}” has no heading row: it is empty." / "Put a file there that has a row of headings.";
    }
    /// Wanted columns are not there.
    NO_COLUMN = "YK3123" (path, wanted, sheet, row, headings, others) {
        ja "ファイル「{path}」に列「{wanted}」がありません（[[sheet|シート「{sheet}」の]]{row}行目を見出しとして読みました）。[[headings|ある列：「{headings}」。]][[others|ほかに {others} 列あります（見出しではなく個人の情報かもしれないので、示しません）。]]" / "{row}行目が見出しかどうかと、見出しの名前、シナリオの列の名前を確かめてください。";
        en "“{path}” has no column “{wanted}” (row {row}[[sheet| of sheet “{sheet}”]] was read as the headings).[[headings| There are: “{headings}”.]][[others| Others: {others} (not told: they may be no headings but a person's data).]]" / "Check that row {row} holds the headings, and their names there and in the scenario.";
    }
    /// A heading stands twice.
    MANY_COLUMNS = "YK3124" (path, heading, found) {
        ja "ファイル「{path}」に、見出し「{heading}」に当たる列が2つ以上あります（「{found}」）。" / "どの列か分かるように、見出しを書き分けてください。";
        en "“{path}” has several columns “{heading}” (“{found}”)." / "Give them different headings.";
    }
    /// A row that does not fit the headings.
    RAGGED_ROW = "YK3125" (path, row, found, expected) {
        ja "ファイル「{path}」の{row}行目は、列の数が合いません（{found}列。見出しは{expected}列）。"
            / "値の中のカンマや改行で列がずれていないか、{row}行目とその前後を確かめてください。";
        en "The cells in row {row} of “{path}” do not fit the headings: {found} against {expected}." / "Check row {row} and its neighbours for commas or line breaks inside a value.";
    }
    /// A quoted cell that never ends.
    OPEN_QUOTE = "YK3126" (path, row) {
        ja "ファイル「{path}」の{row}行目の \" が閉じていません。" / "{row}行目の \" を2つそろえるか、除いてください。";
        en "A \" in row {row} of “{path}” is not closed." / "Close it, or take it out.";
    }
    /// No xlsx workbook.
    NOT_XLSX = "YK3127" (path) {
        ja "「{path}」は Excel ブック（.xlsx）として読めません。" / "Excel で開き、「名前を付けて保存」で「Excel ブック (.xlsx)」にしてください。";
        en "“{path}” cannot be read as an Excel workbook (.xlsx)." / "Open it in Excel and save it as “Excel workbook (.xlsx)”.";
    }
    /// A workbook with a password.
    XLSX_LOCKED = "YK3128" (path) {
        ja "「{path}」はパスワードで保護されています。" / "パスワードを外したものを置いてください。";
        en "“{path}” is protected by a password." / "Put one there without a password.";
    }
    /// No such sheet.
    NO_SHEET = "YK3129" (path, sheet, sheets) {
        ja "「{path}」にシート「{sheet}」がありません。あるシート：{sheets}" / "シートの名前を直してください。";
        en "“{path}” has no sheet “{sheet}”. There are: {sheets}" / "Mend the sheet's name.";
    }
    /// A workbook that Excel would not take.
    XLSX_UNWRITABLE = "YK3131" (path, detail) {
        ja "「{path}」を Excel ブックとして書けません（{detail}）。" / "シートの名前（31文字まで、: \\ / ? * [ ] は使えません）と、行の数を確かめてください。";
        en "“{path}” cannot be written as a workbook ({detail})." / "Check the sheet's name (31 characters, none of : \\ / ? * [ ]) and the number of rows.";
    }
    /// A result file whose name does not end in .xlsx.
    RESULT_NAME = "YK3132" (path) {
        ja "書き出すファイル「{path}」の名前は .xlsx で終わらせてください。" / "例：outbox/結果.xlsx";
        en "The name of the file to write, “{path}”, must end in .xlsx." / "For instance outbox/結果.xlsx";
    }
    /// CSV was named, and it is a workbook.
    WORKBOOK_NOT_CSV = "YK3133" (path) {
        ja "「{path}」は Excel ブックです。" / "シナリオの csv: を excel: に変えてください。見本（sample）なら、名前を .xlsx で終わらせてください。";
        en "“{path}” is an Excel workbook." / "Write excel: instead of csv: in the scenario. If it is the sample, let its name end in .xlsx.";
    }
    /// A workbook was named, and it is CSV.
    CSV_NOT_WORKBOOK = "YK3134" (path) {
        ja "「{path}」の中身は CSV のようです。" / "シナリオの excel: を csv: に変えてください。見本（sample）なら、名前を .csv で終わらせてください。";
        en "“{path}” seems to be CSV." / "Write csv: instead of excel: in the scenario. If it is the sample, let its name end in .csv.";
    }
    /// A workbook in the old form, or encrypted.
    OLD_WORKBOOK = "YK3135" (path) {
        ja "「{path}」は、古い形式（.xls）か、パスワードつきの Excel ブックです。"
            / "Excel で開き、パスワードを外し、「名前を付けて保存」で「Excel ブック (.xlsx)」にして、シナリオには excel: と書いてください。";
        en "“{path}” is an Excel workbook of the old form (.xls), or one with a password."
            / "Open it in Excel, take the password off, save it as “Excel workbook (.xlsx)”, and write excel: in the scenario.";
    }
    /// A column to be written that no row has.
    NO_SUCH_VALUE = "YK3140" (column, there) {
        ja "書き出す列「{column}」が、どの行にもありません。あるもの：{there}" / "columns の名前を直してください。";
        en "No row has a value “{column}” to write. There are: {there}" / "Mend the names under columns.";
    }
}
