//! Messages about what people said of items: inquiries answered, sheets of work by hand.

use super::messages;

messages! {
    /// An inquiry was answered: it is registered.
    DECIDED_REGISTERED = "YK8170" (item, person) {
        ja "「{item}」は、{person}が確かめ、「登録済み」と答えました。" / "";
        en "{person} looked for “{item}” and answered: registered." / "";
    }
    /// An inquiry was answered: it is not registered and is to be worked again.
    DECIDED_AGAIN = "YK8171" (item, person) {
        ja "「{item}」は、{person}が確かめ、「未登録」と答えました。次の実行で処理し直します。" / "";
        en "{person} looked for “{item}” and answered: not registered. The next run works it again." / "";
    }
    /// An inquiry was answered: it is not to be worked.
    DECIDED_DROPPED = "YK8172" (item, person) {
        ja "「{item}」は、{person}が「対象外」と答えました。処理しません。" / "";
        en "{person} answered that “{item}” is not to be worked." / "";
    }
    /// An item was handed out on a sheet.
    TAKEN_BY_HAND = "YK8173" (item, person, baton) {
        ja "「{item}」は、手作業バトン {baton} 番で渡しました（渡した人：{person}）。" / "";
        en "“{item}” was handed out on sheet no. {baton} by {person}." / "";
    }
    /// An item came back on a sheet: a person has registered it.
    DONE_BY_HAND = "YK8174" (item, person, baton) {
        ja "「{item}」は、{person}が手作業で登録しました（手作業バトン {baton} 番）。" / "";
        en "“{item}” was registered by hand by {person} (sheet no. {baton})." / "";
    }
    /// An item came back on a sheet: it is not to be worked.
    DROPPED_BY_HAND = "YK8175" (item, person, baton) {
        ja "「{item}」は、{person}が「登録しない」としました（手作業バトン {baton} 番）。" / "";
        en "{person} said that “{item}” is not to be registered (sheet no. {baton})." / "";
    }
    /// A sheet was released: the item is as it was before.
    GIVEN_BACK = "YK8176" (item, person, baton) {
        ja "「{item}」は、{person}が手作業バトン {baton} 番から戻しました。" / "";
        en "{person} took “{item}” back from sheet no. {baton}." / "";
    }
    /// There is no such inquiry.
    NO_INQUIRY = "YK7250" (number) {
        ja "登録照会 {number} はありません。" / "番号は yakin review で確かめてください。質問に答えるのは、yakin review answer です。";
        en "There is no inquiry {number}." / "See yakin review for the numbers. Questions are answered with yakin review answer.";
    }
    /// An inquiry that is not open any more.
    INQUIRY_OVER = "YK7251" (number, state, person) {
        ja "登録照会 {number} は、[[person|{person}がもう答えていて、]]いまは「{state}」です。この答えは記録しませんでした。" / "答えが食い違うなら、先に答えた人と、相手のシステムの画面で確かめてください。";
        en "Inquiry {number} [[person|was answered by {person} and ]]is “{state}” now. This answer was not kept." / "If the answers differ, look in the other system together with whoever was first.";
    }
    /// An answer to an inquiry that is none.
    NO_DECISION = "YK7252" (word) {
        ja "「{word}」という答えはありません。" / "「登録済み」「未登録」「対象外」のどれかで答えてください。";
        en "“{word}” is no answer." / "Answer with registered, not-registered or drop.";
    }
    /// A registered item without its receipt.
    RECEIPT_NEEDED = "YK7253" (number) {
        ja "「登録済み」には、相手のシステムの画面に出ている受付番号が要ります。" / "yakin review decide {number} 登録済み --receipt 〈受付番号〉 のように（〈〉の所に番号を）書いてください。番号が出ないシステムなら、--receipt なし と書きます。";
        en "“registered” needs the receipt that the other system shows." / "Write yakin review decide {number} registered --receipt RECEIPT; where the system gives none, --receipt none.";
    }
    /// A dropped item without a reason.
    REASON_NEEDED = "YK7254" (number) {
        ja "「対象外」には、理由が要ります。" / "yakin review decide {number} 対象外 --reason 理由 のように書いてください。";
        en "“drop” needs a reason." / "Write yakin review decide {number} drop --reason REASON.";
    }
    /// An option that does not go with the answer.
    DECISION_WORD = "YK7255" (word, answer) {
        ja "{word} は、「{answer}」の答えには使えません。" / "--receipt は「登録済み」に、--when は「未登録」に付けます。";
        en "{word} does not go with “{answer}”." / "--receipt belongs to registered, --when to not-registered.";
    }
    /// The other system may still be at work.
    TOO_EARLY = "YK7256" (seconds) {
        ja "相手のシステムが、まだ登録の途中かもしれません。この答えは記録しませんでした。" / "{seconds}秒ほど待ってから、もう一度画面で検索して、答えてください。";
        en "The other system may still be registering it. This answer was not kept." / "Wait for about {seconds} s, search again, and answer then.";
    }
    /// A time that is none of the two.
    NO_TIME = "YK7257" (word) {
        ja "--when に「{word}」は使えません。" / "「今すぐ」か「今夜」を書いてください。";
        en "--when does not take “{word}”." / "Write now or tonight.";
    }
    /// A receipt that another item has.
    RECEIPT_OF_ANOTHER = "YK7258" (receipt, other) {
        ja "受付番号「{receipt}」は、{other} のものです。この答えは記録しませんでした。" / "画面の受付番号を、もう一度確かめてください。";
        en "The receipt “{receipt}” is the one of {other}. This answer was not kept." / "Check the receipt on the page again.";
    }
    /// Items that are with people, at the beginning of a run.
    BATON_OUT = "YK8177" (count, items) {
        ja "手作業バトンで渡した {count} 件が、まだ戻っていません（{items}）。この件は処理しません。" / "yakin baton list で確かめ、記入した表を yakin baton read で取り込んでください。";
        en "Handed out to be worked by hand and not back yet: {count} ({items}). They are not worked." / "See yakin baton list, and take the filled sheet back with yakin baton read.";
    }
    /// A file that is no sheet of this office.
    BATON_UNKNOWN = "YK7270" (file) {
        ja "「{file}」は、この事務所が渡した手作業バトンの表ではありません。" / "yakin baton list で、渡した表のファイルを確かめてください。";
        en "“{file}” is no sheet that this office has handed out." / "See yakin baton list for the files.";
    }
    /// The file to be written is there.
    BATON_FILE_THERE = "YK7271" (file) {
        ja "「{file}」は、もうあります。上書きしません。" / "--out で別の名前を指定してください。";
        en "“{file}” is there already; it is not overwritten." / "Choose another name with --out.";
    }
    /// There is no such sheet.
    NO_BATON = "YK7272" (number) {
        ja "手作業バトン {number} 番はありません。" / "番号は yakin baton list で確かめてください。";
        en "There is no sheet no. {number}." / "See yakin baton list for the numbers.";
    }
    /// A release without a name or reason.
    BATON_RELEASE_NAMED = "YK7273" () {
        ja "戻すには、氏名と理由が要ります。" / "--by 氏名 --reason 理由 を付けてください。";
        en "Giving it back needs a name and a reason." / "Add --by NAME --reason REASON.";
    }
    /// A row of nobody's.
    BATON_ROW_FOREIGN = "YK7274" () {
        ja "この表で渡した行ではありません（追加した行か、別の表の行か、照合値が変わった行です）。取り込みませんでした。" / "渡した表の行に書いてください。";
        en "This row was not handed out on this sheet (added, of another sheet, or its check value has changed). It was not taken." / "Write into the rows that were handed out.";
    }
    /// A row that stands there twice.
    BATON_ROW_TWICE = "YK7275" (first) {
        ja "{first} 行目と同じ行です。取り込みませんでした。" / "行を写さず、渡した行に書いてください。";
        en "It is the same as row {first}. It was not taken." / "Do not copy rows; write into those that were handed out.";
    }
    /// A row that says something else now.
    BATON_ROW_CHANGED = "YK7276" (column, item) {
        ja "列「{column}」が、渡したとき（{item}）と違います。取り込みませんでした。" / "別の人の行に書いていないか確かめ、列の内容を元に戻してください。";
        en "The column “{column}” is not what was handed out ({item}). The row was not taken." / "See that it is the right person's row, and put the column back as it was.";
    }
    /// A row whose result is none of the words.
    BATON_NO_RESULT = "YK7277" () {
        ja "結果が「登録した」「登録しない」「戻す」のどれでもありません。取り込みませんでした。" / "一覧から選んでください。";
        en "The result is none of 登録した, 登録しない, 戻す. The row was not taken." / "Choose one from the list.";
    }
    /// A row without a name.
    BATON_NO_PERSON = "YK7278" () {
        ja "担当者の氏名がありません。取り込みませんでした。" / "氏名を書いてください。";
        en "The name of who did it is missing. The row was not taken." / "Write it.";
    }
    /// A registered row without a receipt.
    BATON_NO_RECEIPT = "YK7279" () {
        ja "「登録した」のに、受付番号がありません。取り込みませんでした。" / "受付番号を書いてください。番号が出ないシステムなら「なし」と書きます。";
        en "It was registered, and its receipt is missing. The row was not taken." / "Write it, or なし where the system gives none.";
    }
    /// A dropped row without a reason.
    BATON_NO_REASON = "YK7280" () {
        ja "「登録しない」の理由がありません。取り込みませんでした。" / "備考に理由を書いてください。";
        en "The reason for not registering it is missing. The row was not taken." / "Write it into the remarks.";
    }
    /// A row that came back before as something else.
    BATON_ROW_OTHER = "YK7281" (state, item) {
        ja "「{item}」は、前に「{state}」として取り込んでいます。変えませんでした。" / "食い違うときは、書いた人に確かめてください。";
        en "“{item}” was taken before as “{state}”. It was not changed." / "If that is wrong, ask whoever wrote it.";
    }
    /// A row that was released.
    BATON_ROW_RELEASED = "YK7282" (state, item) {
        ja "「{item}」は、この表から夜勤に戻してあります（戻したときの状態は「{state}」）。取り込みませんでした。" / "手作業でも登録したのなら、二重になっていないか、相手のシステムですぐに確かめてください。";
        en "“{item}” was given back to yakin (as “{state}”) and is not of this sheet any more. It was not taken." / "If it was registered by hand, look at once in the other system whether it is there twice.";
    }
    /// One receipt for two rows.
    BATON_SAME_RECEIPT = "YK7283" (receipt, other) {
        ja "受付番号「{receipt}」は、{other} の行と同じです。取り込みませんでした。" / "画面の受付番号を確かめて、書き直してください。";
        en "The receipt “{receipt}” is the one of {other}. The row was not taken." / "Check the receipt in the other system.";
    }
    /// A sheet that is not back.
    BATON_STILL_OUT = "YK7284" (baton, count, since) {
        ja "手作業バトン {baton} 番の {count} 件が、{since} から戻っていません。" / "記入した表を yakin baton read で取り込むか、yakin baton release で夜勤に戻してください。";
        en "Sheet no. {baton} is out since {since}; items not back: {count}." / "Take the filled sheet back with yakin baton read, or give the items back with yakin baton release.";
    }
}
