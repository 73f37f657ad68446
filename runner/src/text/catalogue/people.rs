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
        ja "「登録済み」には、相手のシステムの画面に出ている受付番号が要ります。" / "yakin review decide {number} 登録済み --receipt 受付番号 のように書いてください。番号が出ないシステムなら、--receipt なし と書きます。";
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
}
