//! Messages 5000–5999.

use super::messages;

messages! {
    // 5900–5999: runs that ended without saying so.
    /// A run whose process died.
    RUN_DIED = "YK5900" (host) {
        ja "{host} での実行が途中で止まり、結果を残さずに終わりました。" / "済んだ件はそのままです。残りは次の実行が続けます。止まった原因（電源、再起動など）を確かめてください。";
        en "The run on {host} stopped without leaving a result." / "What is done stays done, and the next run goes on with the rest. Find out why it stopped (power, restart).";
    }
    /// An item whose registration was under way when its run died.
    ITEM_IN_DOUBT = "YK5901" () {
        ja "登録の途中で実行が止まったため、登録されたかどうか分かりません。" / "相手のシステムで、この件が登録されているかを確かめてください。";
        en "The run stopped while this item was being registered; nobody knows whether it was." / "Look in the other system whether it is registered.";
    }
}
