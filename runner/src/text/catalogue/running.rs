//! Messages 5000–5999: what became of a run and its items.

use super::messages;

messages! {
    /// The run stopped between an item's intent and its result.
    ITEM_BROKE_OFF = "YK5004" (title) {
        ja "「{title}」の途中で実行が止まりました。"
            / "相手システムの画面で検索して、登録があるかどうかを確かめてください。";
        en "The run stopped in the midst of “{title}”."
            / "Search for it in the system and see whether it is there.";
    }
    /// The same, where the bot's next run looks for it.
    ITEM_LOOKED_FOR = "YK5005" (title) {
        ja "「{title}」の途中で実行が止まりました。登録されたかどうかは、次の実行が、始めに確かめに行きます。"
            / "もう一度実行してください。急ぐときは、相手システムの画面で検索し、yakin review で答えてもかまいません。";
        en "The run stopped in the midst of “{title}”. The next run looks first whether it was registered."
            / "Run it again. If it is urgent, search for it in the system and answer with yakin review.";
    }

    /// Verdict: it goes on.
    RUN_GOES_ON = "YK5101" () {
        ja "処理を続けています。" / "";
        en "The work goes on." / "";
    }
    /// Verdict: it broke off.
    RUN_INTERRUPTED = "YK5102" () {
        ja "処理の途中で止まりました（中断）。終わりの記録がありません。" / "";
        en "It stopped in the middle of its work (interrupted) and left no word of its end." / "";
    }
    /// Verdict: a person ended it.
    RUN_CANCELLED = "YK5103" () {
        ja "止めるように頼まれたので、途中で終わりました。登録したものはそのままです。" / "";
        en "It ended early because a person asked for it. What was registered stays registered." / "";
    }
    /// Somebody had it stopped at once.
    STOPPED_AT_ONCE = "YK5184" (by, reason) {
        ja "{by} さんが、すぐに止めました（強制停止）。理由：{reason}" / "";
        en "{by} had it stopped at once. Reason: {reason}" / "";
    }
    /// Verdict: a failure ended it.
    RUN_ENDED_EARLY = "YK5104" () {
        ja "処理を続けられなくなり、途中で終わりました。" / "";
        en "It could not go on and ended early." / "";
    }
    /// Verdict: there was nothing to do.
    RUN_HAD_NOTHING = "YK5105" () {
        ja "処理するものはありませんでした。" / "";
        en "There was nothing to do." / "";
    }
    /// Verdict: everything is settled.
    RUN_ALL_SETTLED = "YK5106" () {
        ja "最後まで処理しました。残っているものはありません。" / "";
        en "It worked to the end. Nothing is left." / "";
    }
    /// Verdict: it worked to the end, and left something to people.
    RUN_LEFT_SOME = "YK5107" () {
        ja "最後まで処理しました。人の対応が要るものが残っています。" / "";
        en "It worked to the end. Some items need a person." / "";
    }

    /// Verdict: a rehearsal came to its end.
    RUN_REHEARSED = "YK5108" () {
        ja "下見を最後まで行いました。登録はしていません。" / "";
        en "The rehearsal came to its end. Nothing was registered." / "";
    }

    /// Next: run again.
    NEXT_INTERRUPTED = "YK5121" () {
        ja "もう一度実行してください。済んだものは飛ばし、続きから処理します。" / "";
        en "Run it again. What is done is skipped; it goes on from there." / "";
    }
    /// Next: inquiries.
    NEXT_INQUIRY = "YK5122" (count) {
        ja "登録照会の {count} 件は、相手システムの画面で検索し、登録があるかどうかを確かめて、yakin review で答えてください。答えがあるまで、夜勤はこの件を登録しません。" / "";
        en "Inquiry ({count}): search for it in the system, see whether it is registered, and answer with yakin review. Until then yakin will not register it." / "";
    }
    /// Next: what broke off and is looked for.
    NEXT_LOOK = "YK5183" (count) {
        ja "登録照会の {count} 件は、次の実行が、始めに相手システムを見に行って確かめます。それまで、手で登録しないでください。" / "";
        en "Inquiry ({count}): the next run looks in the system whether it was registered. Do not register it by hand before that." / "";
    }
    /// Next: failed items.
    NEXT_FAILED = "YK5123" (count) {
        ja "失敗の {count} 件は、原因を取り除いてください。次の実行で、もう一度処理します。" / "";
        en "Failed ({count}): remove the cause. The next run works them again." / "";
    }
    /// Next: readings.
    NEXT_READING = "YK5124" (count) {
        ja "読取確認の {count} 件は、yakin review で質問を読み、答えてください。次の実行で、始めから処理します。" / "";
        en "Reading review ({count}): read the questions with yakin review and answer them. The next run works them from their beginning." / "";
    }
    /// Next: rejected items.
    NEXT_REJECTED = "YK5125" (count) {
        ja "差し戻しの {count} 件は、理由を見て、元の書類や表（シナリオの間違いなら、シナリオ）を直してください。直すと、次の実行で調べ直します。" / "";
        en "Rejected ({count}): see the reason and correct the document or the list, or the scenario where it is wrong. The next run looks again." / "";
    }
    /// Next: items that a person has.
    NEXT_BY_HAND = "YK5126" (count) {
        ja "手作業中の {count} 件は、渡した表が戻るのを待っています（yakin baton list）。" / "";
        en "By hand ({count}): a person is working on it, and the sheet has to come back (yakin baton list)." / "";
    }
    /// Next: items that were not begun.
    NEXT_NOT_STARTED = "YK5127" (count) {
        ja "未着手の {count} 件は、次の実行で最初に処理します。" / "";
        en "Not started ({count}): the next run works them first." / "";
    }

    /// Next: the steps after the items were not done.
    NEXT_AFTER = "YK5185" (run) {
        ja "`after:` の手順（結果の表など）は、まだ終わっていません。もう一度同じシナリオを実行する[[run|か、yakin resume {run} で続ける]]と、最後に行います。前に済んだ件も、表に入ります。" / "";
        en "The steps under `after:`, such as the table of results, are not done yet. Run the scenario again[[run|, or go on with yakin resume {run}]]: they are done at its end, and what was done before is in the table too." / "";
    }
    /// Rounds came to their bound.
    REPEATED_IN_VAIN = "YK5128" (count, until) {
        ja "{count} 回くり返しても、{until} ところまで進みませんでした。" / "終わりの条件（または画面の文字）が正しいか確かめ、足りないときは `max:` を増やしてください。";
        en "After {count} rounds `repeat_until` has not come to its end ({until})." / "Check what is to end the rounds; if they were too few, give `max:` more.";
    }
    /// How many rounds it took.
    REPEATED = "YK5129" (count) {
        ja "{count} 回くり返しました。" / "";
        en "Rounds: {count}." / "";
    }
    /// A failure that the scenario sees to.
    CAUGHT = "YK5130" (cause) {
        ja "うまくいかなかったので、`catch` の手順に移りました。{cause}" / "";
        en "It failed, so the steps of `catch` were done. {cause}" / "";
    }
    /// A value that a part's input cannot take.
    INPUT_REFUSED = "YK5131" (part, name, said) {
        ja "部品「{part}」の入力「{name}」の種類に、値が合いません。{said}" / "元の書類や表の値を直してください。値が正しければ、部品の `inputs:` の種類を見直してください。";
        en "The value does not fit the input “{name}” of the part “{part}”. {said}" / "Correct it where it comes from; if it is right, change the type under the part's `inputs:`.";
    }
    /// A value that a part's output cannot take.
    OUTPUT_REFUSED = "YK5132" (part, name, said) {
        ja "部品「{part}」の結果「{name}」の種類に、値が合いません。{said}" / "読み取る場所が正しいか、部品の `outputs:` の種類が合っているかを確かめてください。";
        en "The value does not fit the output “{name}” of the part “{part}”. {said}" / "Check where it is read from, and the type under the part's `outputs:`.";
    }
    /// A part that came to its end without an output.
    OUTPUT_MISSING = "YK5133" (part, name) {
        ja "部品「{part}」が、結果「{name}」を決めないまま終わりました。" / "どの場合でも「{name}」が決まるように、部品の手順を直してください。";
        en "The part “{part}” ended without a value for its output “{name}”." / "Mend the part's steps so that “{name}” gets a value on every way.";
    }

    /// The system is closed at this time of the day.
    OUTSIDE_HOURS = "YK5134" (system, hours, now) {
        ja "いま（{now}）は「{system}」の利用時間（{hours}）の外なので、実行を終えました。" / "利用時間の中で、もう一度実行してください。残りはそのときに処理します。";
        en "It is {now}, outside the hours of “{system}” ({hours}), so the run was ended." / "Run again within the hours. What is left is worked then.";
    }

    /// An item was registered.
    REGISTERED = "YK5141" () {
        ja "登録しました。" / "";
        en "It was registered." / "";
    }
    /// An item was registered before.
    REGISTERED_BEFORE = "YK5142" () {
        ja "前から登録がありました。今回は登録していません。" / "";
        en "It was registered before; this run did not register it." / "";
    }
    /// An item was not registered.
    NOT_REGISTERED = "YK5143" () {
        ja "登録していません。" / "";
        en "It was not registered." / "";
    }
    /// Nobody knows whether an item was registered.
    REGISTERED_UNKNOWN = "YK5144" () {
        ja "登録されたかどうか分かりません。確かめる前に、手で登録しないでください。" / "";
        en "It is not known whether it was registered. Do not register it by hand before that is clear." / "";
    }
    /// A person has the item.
    REGISTERED_BY_HAND = "YK5145" () {
        ja "担当者が作業しています。" / "";
        en "A person is working on it." / "";
    }
    /// A rehearsal registers nothing.
    NOT_REGISTERED_REHEARSAL = "YK5146" () {
        ja "下見なので、登録していません。" / "";
        en "This was a rehearsal; it was not registered." / "";
    }

    /// Rows that a run leaves alone.
    ROWS_HELD = "YK5150" (count) {
        ja "このうち {count} 行は、前の実行で差し戻したままか、人が確かめているもので、今回は処理していません（下の「お知らせ」をご覧ください）。" / "";
        en "Of these rows, {count} had been rejected before or wait for a person; this run did not work them." / "";
    }
    /// Items that a list does not hold.
    ITEMS_UNLISTED = "YK5151" (count) {
        ja "今回処理しなかったもの（前に済んだもの、前に差し戻したままのもの、まだ始めていないもの）{count} 件は載せていません。" / "";
        en "What was done before or not started ({count}) is not listed." / "";
    }
    /// A picture that is no longer there.
    PICTURE_GONE = "YK5152" () {
        ja "この画像は保存期間が過ぎたか、読み出せないため、載せていません。" / "";
        en "This picture is past its retention or cannot be read, so it is not shown." / "";
    }
    /// A picture that is left out of a sheet.
    PICTURE_LEFT_OUT = "YK5153" () {
        ja "画像が多いため、載せていません。" / "";
        en "There are many pictures; this one is left out." / "";
    }
    // 5160–5179: finding out what became of an act.
    /// An act is in doubt; the run waits and looks.
    LOOKING = "YK5160" (item, seconds) {
        ja "{item} は、登録されたかどうか分かりません。相手のシステムの処理が終わるのを {seconds} 秒待ってから、確かめに行きます。" / "";
        en "It is not known whether {item} was registered. After {seconds} s, when the other system has surely finished, yakin looks." / "";
    }
    /// It did not happen.
    DISPROVED = "YK5161" (item) {
        ja "{item} は、確かめたところ、登録されていませんでした。もう一度登録します。" / "";
        en "{item} was looked for and had not been registered. It is registered again." / "";
    }
    /// Looking did not tell.
    LOOK_UNCLEAR = "YK5162" (title, cause) {
        ja "「{title}」が登録されたかどうか、確かめられませんでした。{cause}"
            / "相手のシステムの画面で検索し、登録があるかどうかを確かめて、yakin review で答えてください。";
        en "Whether “{title}” was registered could not be found out. {cause}"
            / "Search for it in the other system, and answer with yakin review.";
    }
    /// Neither sign.
    LOOK_NEITHER = "YK5163" () {
        ja "検索の画面に、有る印（`present`）も無い印（`absent`）も出ませんでした。" / "";
        en "The page showed neither the sign `present` nor the sign `absent`." / "";
    }
    /// Both signs.
    LOOK_BOTH = "YK5164" () {
        ja "検索の画面に、有る印（`present`）と無い印（`absent`）の両方が出ました。" / "";
        en "The page showed both the sign `present` and the sign `absent`." / "";
    }
    /// Several hits.
    LOOK_SEVERAL = "YK5165" (count) {
        ja "検索の画面に、{count} 件見つかりました。二重に登録されているかもしれません。" / "";
        en "The page showed {count} of them: it may be registered more than once." / "";
    }
    /// The old browser may be at work still.
    BROWSER_MAY_LIVE = "YK5166" (host) {
        ja "前の実行のブラウザー（{host}）が終わったことを、確かめられません。" / "";
        en "It cannot be made sure that the earlier run's browser ({host}) has ended." / "";
    }
    /// It was lost too often.
    LOST_AGAIN = "YK5168" (title, count) {
        ja "「{title}」を {count} 回試みましたが、そのたびに登録されていませんでした。"
            / "相手のシステムの画面で、手で登録できるかどうかを確かめてください。次の実行で、もう一度試みます。";
        en "“{title}” was tried {count} times and was not registered any time."
            / "Try by hand whether the other system takes it. The next run tries again.";
    }
    /// One receipt, two items.
    SAME_RECEIPT = "YK5169" (other) {
        ja "画面に出た受付番号は、{other} のものと同じでした。前の画面が残っていたのかもしれず、どちらの登録も確かとは言えないので、実行を止めました。"
            / "両方の件を相手のシステムで検索し、登録があるかどうかを確かめて、yakin review で答えてください。";
        en "The receipt on the page is the one that {other} was given. An old page may have been shown, so neither is certain, and the run was stopped."
            / "Search for both in the other system, and answer with yakin review.";
    }
    /// Looking before the first act did not tell.
    LOOK_FIRST_UNCLEAR = "YK5170" (title, cause) {
        ja "「{title}」の前に確かめられませんでした。{cause}" / "検索の画面と、`verify` の印を確かめてください。";
        en "It could not be found out before “{title}” whether it is there already. {cause}" / "Check the search page and the signs under `verify`.";
    }
    /// The schedule's `finish_by` has come.
    TIME_IS_UP = "YK5180" (time) {
        ja "終わりの時刻（{time}）になったので、区切りのよいところで実行を終えました。" / "残りは、次の実行が始めに処理します。毎回残るときは、始まりを早めるか、件数を分けてください。";
        en "It is {time}, when the run is to end; it ended at a safe point." / "The next run works the rest first. If that happens every time, begin earlier or divide the work.";
    }
    /// The run's own limit.
    RUN_TOO_LONG = "YK5181" (minutes) {
        ja "実行にかけてよい時間（{minutes} 分）を過ぎたので、区切りのよいところで終えました。" / "残りは、次の実行が始めに処理します。時間は、シナリオのいちばん上の `timeout:` です。";
        en "The run took longer than its {minutes} min; it ended at a safe point." / "The next run works the rest first. The limit is `timeout:` at the top of the scenario.";
    }
    /// An item's limit.
    ITEM_TOO_LONG = "YK5182" (minutes) {
        ja "1件にかけてよい時間（{minutes} 分）を過ぎたので、この件をやめました。" / "相手のシステムの重さを確かめてください。時間は、`items:` の中の `timeout:` です。次の実行で、もう一度処理します。";
        en "The item took longer than its {minutes} min and was given up." / "See whether the other system is slow. The limit is `timeout:` inside `items:`. The next run works it again.";
    }
    /// Verdict: what was left has been decided by people.
    RUN_DECIDED = "YK5171" () {
        ja "この実行に残っていた件は、人の答えで、すべて決まりました。" / "";
        en "People have answered for everything that this run left." / "";
    }
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
