//! Messages 1030–1069: slips of the keyboard, and files of other programs.

use super::messages;

messages! {
    // 1030: keyboard traps.
    /// `：`.
    WIDE_COLON = "YK1030" () {
        ja "コロンが全角「：」です。" / "半角の「:」と、その後に半角の空白を書いてください。";
        en "The colon is a full-width one “：”." / "Write a half-width “:” and a blank after it.";
    }
    /// `　`.
    WIDE_BLANK = "YK1031" () {
        ja "全角の空白が入っています。" / "半角の空白に直してください。";
        en "There is a full-width blank." / "Write half-width blanks.";
    }
    /// `｛ ｝`.
    WIDE_BRACE = "YK1032" () {
        ja "かっこが全角「｛ ｝」です。" / "半角の「{ }」に直してください。";
        en "The brackets are full-width ones “｛ ｝”." / "Write half-width “{ }”.";
    }
    /// `＃`.
    WIDE_HASH = "YK1033" () {
        ja "全角の「＃」は、メモの始まりになりません。" / "メモは半角の「#」で始めてください。値の一部なら、値の全体を \" \" で囲んでください。";
        en "A full-width “＃” does not begin a comment." / "Begin a comment with a half-width “#”; if it belongs to the value, put the whole value into \" \".";
    }
    /// `“ ”`.
    WIDE_QUOTE = "YK1034" () {
        ja "引用符が全角「“ ”」です。値の一部として扱われます。" / "半角の \" \" に直してください。値の一部なら、値の全体を \" \" で囲んでください。";
        en "The quotes are full-width ones “ ” and are taken as part of the value." / "Write half-width \" \"; if they belong to the value, put the whole value into \" \".";
    }
    /// `－`.
    WIDE_DASH = "YK1035" () {
        ja "行の始めの「-」が全角です。" / "半角の「-」と、その後に半角の空白を書いてください。";
        en "The dash at the line's beginning is a full-width one." / "Write a half-width “-” and a blank after it.";
    }
    /// A tab in the indentation.
    TAB_INDENT = "YK1036" () {
        ja "字下げにタブが使われています。" / "半角の空白2つずつに直してください。";
        en "The line is indented by a tab." / "Indent by two blanks.";
    }
    /// `name:value`.
    NO_BLANK = "YK1037" () {
        ja "コロン「:」の後に空白がありません。" / "「:」の後に半角の空白を1つ入れてください。";
        en "There is no blank after the colon." / "Put one blank after “:”.";
    }
    /// `{ a: ${{ x }} }`.
    EXPRESSION_IN_BRACES = "YK1038" () {
        ja "{ } や [ ] の中の `${{ }}` が、引用符で囲まれていません。" / "値の全体を \" \" で囲むか、{ } を使わずに行を分けて書いてください。";
        en "A `${{ }}` inside { } or [ ] stands without quotes." / "Put the whole value into \" \", or write it on lines of its own.";
    }
    /// `＄｛｛ x ｝｝`.
    WIDE_EXPRESSION = "YK1039" () {
        ja "`${{ }}` が全角で書かれているので、文字としてそのまま使われます。" / "半角の `${{ }}` に直してください。";
        en "A `${{ }}` is written with full-width signs and would be taken as text." / "Write half-width `${{ }}`.";
    }
    /// `{{ item.x }}`.
    BARE_EXPRESSION = "YK1040" () {
        ja "`{{ }}` の前に `$` がないので、値に置きかわりません。" / "`${{ }}` と書いてください。";
        en "`{{ }}` without `$` is not replaced by a value." / "Write `${{ }}`.";
    }

    // 1050: keyboard traps, and what --fix mends.
    /// Letters, figures or signs in full width.
    WIDE_LETTERS = "YK1050" () {
        ja "半角で書く文字や記号が、全角になっています。" / "半角に直してください。";
        en "Letters or signs that must be half-width are full-width ones." / "Write them half-width.";
    }
    /// A value begins with a sign that means something else.
    RESERVED_SIGN = "YK1051" () {
        ja "値が、特別な意味を持つ記号（@ ` % & * ! | > など）で始まっています。" / "文字として書くときは、値の全体を \" \" で囲んでください。";
        en "The value begins with a sign that has a meaning of its own (@ ` % & * ! | > and others)." / "If it is meant as text, put the whole value into \" \".";
    }
    /// ` #` inside an expression.
    HASH_IN_EXPRESSION = "YK1052" () {
        ja "`${{ }}` の中の「 #」から後ろが、メモとして切り捨てられます。" / "値の全体を \" \" または ' ' で囲んでください。";
        en "Everything after “ #” inside `${{ }}` is cut off as a comment." / "Put the whole value into \" \" or ' '.";
    }
    /// Signs that cannot be seen.
    INVISIBLE_SIGN = "YK1053" () {
        ja "目に見えない文字か、半角の空白に見える別の文字が入っています。ホームページやメールから写すと入ることがあります。" / "その文字を消して、書き直してください。";
        en "There is a sign that cannot be seen, or one that only looks like a blank; text copied from web pages and mails brings them along." / "Delete it and write the place anew.";
    }
    /// `，`, `、` or `､`.
    WIDE_COMMA = "YK1054" () {
        ja "{ } や [ ] の中の区切りが、全角のカンマ「，」か読点「、」になっています。" / "半角の「,」と、その後に半角の空白を書いてください。";
        en "Two parts inside { } or [ ] are separated by a full-width comma “，” or by “、”." / "Write a half-width “,” and a blank after it.";
    }
    /// A control character.
    CONTROL_SIGN = "YK1055" () {
        ja "文字ではないもの（制御文字）が入っています。ファイルが壊れているか、ほかのソフトのデータが混ざっています。" / "その文字を消してください。";
        en "There is a control character, which is no text: the file is damaged, or data of another program got into it." / "Delete it.";
    }

    /// An entry of a step stands beside it.
    ENTRY_OUTSIDE = "YK1056" (name, owner, blanks) {
        ja "「{name}」が {owner}: の中に入っていません。字下げが足りません。" / "{owner}: の中に書くなら、行の頭の空白を、いまより{blanks}つ多くしてください。";
        en "“{name}” does not stand inside {owner}: it is indented too little." / "If it belongs into {owner}, put {blanks} more blanks before it.";
    }
    /// An entry of `items` stands inside another one.
    ENTRY_INSIDE = "YK1058" (name, owner, blanks, flow) {
        ja "「{name}:」が {owner}: の中に入っています。[[blanks|字下げが多すぎます。]]" / "[[blanks|`{name}:` は `{owner}:` と同じ深さに書いてください（行の頭の空白を、`{owner}:` の行と同じ数にします）。]][[flow|`{owner}:` のかっこ { } から出し、次の行に、`{owner}:` と同じ深さで書いてください。]]";
        en "“{name}:” stands inside {owner}:[[blanks|, because it is indented too much]]." / "[[blanks|Write `{name}:` as deep as `{owner}:`, with as many blanks before it.]][[flow|Take it out of the braces of `{owner}:`, and write it on a line of its own, as deep as `{owner}:`.]]";
    }
    /// A comparison in words.
    EXPRESSION_WORDS = "YK1057" (text, instead) {
        ja "式「{text}」が読み取れません。" / "比べるときや、空かどうかを聞くときは、`{instead}` のように書きます。";
        en "The expression “{text}” cannot be read." / "Write a comparison, or whether there is nothing, as `{instead}`.";
    }

    // 1060: files of other programs.
    /// A workbook or another program's file.
    DOCUMENT_WORKBOOK = "YK1060" () {
        ja "これはシナリオではなく、Excel などほかのソフトのファイルです。" / "scenarios の中の、名前が .yaml で終わるファイルを選んでください。";
        en "This is no scenario but a file of Excel or another program." / "Choose a file in scenarios whose name ends in .yaml.";
    }
    /// A table.
    DOCUMENT_TABLE = "YK1061" () {
        ja "これはシナリオではなく、表（CSV など）です。" / "scenarios の中の、名前が .yaml で終わるファイルを選んでください。表は、シナリオの items に書いて使います。";
        en "This is no scenario but a table (CSV)." / "Choose a file in scenarios whose name ends in .yaml; a table is named in its `items`.";
    }

    // 1070: what is not there: a sign, a line.
    /// Entries without the line that they belong to.
    LINE_LOST = "YK1070" (word, other, blanks, none) {
        ja "上の行が抜けていませんか。この行から下が、どの項目の中身なのか分かりません。" / "この行の上に、[[blanks|空白 {blanks} 個の字下げで、]][[none|字下げせずに、]]`{word}` [[other|（または `{other}`）]]の行を書いてください。";
        en "Is a line missing above? It is not clear what this line and those below belong to." / "Above it, write the line `{word}`[[other| (or `{other}`)]][[blanks|, indented by {blanks} blanks]][[none|, not indented]].";
    }
    /// `browser.click { link: x }`.
    COLON_MISSING = "YK1071" () {
        ja "名前の後に、コロン「:」がありません。" / "`browser.click: { link: 次へ }` のように、手順などの名前のすぐ後に、半角の「:」と空白を書いてください。";
        en "There is no colon behind the name." / "Write a colon and a blank behind the name, as in `browser.click: { link: Next }`.";
    }
    /// `${{ run.date | 日付("%Y) }}`.
    EXPRESSION_QUOTE = "YK1072" (text) {
        ja "式「{text}」の中の引用符が、片方しかありません。" / "文字の始めと終わりの両方に、同じ引用符（\" または '）を書いてください。";
        en "A quote in the expression “{text}” is open to the end." / "Put the same quote (\" or ') at both ends of the text.";
    }
    /// `item.受付No.`.
    HEADING_SIGNS = "YK1073" (name) {
        ja "列の名前「{name}」には、そのままでは式に書けない記号や空白が入っています。" / "`item[\"{name}\"]` のように、[ ] と引用符で囲んでください。";
        en "The heading “{name}” holds signs or blanks that cannot stand in an expression as they are." / "Put it into brackets and quotes: `item[\"{name}\"]`.";
    }
}
