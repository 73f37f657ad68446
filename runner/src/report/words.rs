//! The words of every screen and sheet, in Japanese and English: states, causes, headings.
//!
//! Sentences stand in the catalogue; here stand the names of things.

use crate::events::view::{Standing, Status};
use crate::events::{Cause, EvidenceRole, Place, RunOutcome, Trigger};
use crate::text::Lang;

/// A state's icon and word. The icons are of JIS X 0208, which every Japanese font has; none relies on colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// One character.
    pub icon: &'static str,
    /// The word.
    pub word: &'static str,
    /// Its name for machines, and for style sheets.
    pub name: &'static str,
}

/// The mark of a state.
pub(super) fn standing(standing: Standing, lang: Lang) -> Mark {
    let (icon, name) = match standing {
        Standing::NotStarted => ("・", "not_started"),
        Standing::Running => ("→", "running"),
        Standing::Done => ("○", "done"),
        Standing::DoneBefore => ("＝", "done_before"),
        Standing::AlreadyThere => ("≡", "already_there"),
        Standing::Rejected => ("←", "rejected"),
        Standing::Failed => ("×", "failed"),
        Standing::ReadingReview => ("◇", "reading_review"),
        Standing::Inquiry => ("？", "inquiry"),
        Standing::ByHand => ("△", "by_hand"),
        Standing::Dropped => ("－", "dropped"),
        Standing::Rehearsed => ("▽", "rehearsed"),
    };
    Mark {
        icon,
        word: standing.word(lang),
        name,
    }
}

/// The mark of a run's state.
pub(super) fn status(status: Status, lang: Lang) -> Mark {
    let (icon, ja, en, name) = match status {
        Status::Running => ("→", "実行中", "running", "running"),
        Status::Interrupted => ("！", "中断", "interrupted", "interrupted"),
        Status::Ended(RunOutcome::Succeeded) => ("○", "完了", "completed", "succeeded"),
        Status::Ended(RunOutcome::Partial) => ("△", "要対応あり", "items open", "partial"),
        Status::Ended(RunOutcome::Failed) => ("×", "途中終了", "ended early", "failed"),
        Status::Ended(RunOutcome::Cancelled) => ("－", "停止", "stopped", "cancelled"),
    };
    Mark {
        icon,
        word: lang.pick(ja, en),
        name,
    }
}

/// The kind of a cause.
pub(super) fn cause(cause: Cause, lang: Lang) -> &'static str {
    let (ja, en) = match cause {
        Cause::Page => ("画面", "page"),
        Cause::Data => ("データ", "data"),
        Cause::System => ("相手システム", "other system"),
        Cause::Permission => ("権限", "permission"),
        Cause::Environment => ("環境", "this machine"),
    };
    lang.pick(ja, en)
}

/// Where a run works.
pub(super) fn place(place: Place, lang: Lang) -> &'static str {
    let (ja, en) = match place {
        Place::Practice => ("練習", "practice"),
        Place::Real => ("本番", "real"),
    };
    lang.pick(ja, en)
}

/// What started a run.
pub(super) fn trigger(trigger: Trigger, lang: Lang) -> &'static str {
    let (ja, en) = match trigger {
        Trigger::Manual => ("手動", "by hand"),
        Trigger::Schedule => ("予定", "by schedule"),
    };
    lang.pick(ja, en)
}

/// What a picture shows.
pub(super) fn picture(role: EvidenceRole, lang: Lang) -> &'static str {
    let (ja, en) = match role {
        EvidenceRole::Failure => ("止まったときの画面", "The page where it stopped"),
        EvidenceRole::BeforeCommit => ("登録を押す前の画面", "The page before the act"),
        EvidenceRole::Proof => ("登録できた印のある画面", "The page with the proof"),
        EvidenceRole::Asked => ("手順で撮った画面", "A page the scenario asked for"),
    };
    lang.pick(ja, en)
}

macro_rules! words {
    ($($name:ident: $ja:literal, $en:literal;)*) => {
        /// Headings and labels.
        pub(super) struct Words { $(pub $name: &'static str,)* }
        const JA: Words = Words { $($name: $ja,)* };
        const EN: Words = Words { $($name: $en,)* };
    };
}

words! {
    product: "夜勤", "yakin";
    report: "実行報告書", "Run report";
    run: "実行番号", "Run";
    number: "番号", "Run";
    settled: "済", "Done";
    attention: "要対応", "Open";
    left: "残り", "Left";
    bot: "ボット", "Bot";
    place: "場所", "Place";
    started: "開始", "Started";
    ended: "終了", "Ended";
    latest: "最後の記録", "Latest record";
    took: "時間", "Time";
    trigger: "起動", "Started by";
    for_day: "対象日", "For";
    status: "結果", "Result";
    nothing: "0 件", "no items";
    rehearsal: "下見", "rehearsal";
    registration: "登録について", "Registration";
    processing: "処理について", "Work done";
    registered: "登録したもの", "Registered by this run";
    registered_before: "前から登録のあったもの", "Registered before";
    not_registered: "登録していないもの", "Not registered";
    registered_unknown: "登録されたか不明のもの", "Not known";
    processed: "処理したもの", "Worked";
    processed_before: "前に処理したもの", "Worked before";
    not_processed: "処理していないもの", "Not worked";
    processed_unknown: "処理されたか不明のもの", "Not known";
    next: "次にすること", "What to do next";
    no_next: "することはありません。", "There is nothing to do.";
    stopped: "止まったもの", "What stopped";
    whole_run: "実行全体", "The whole run";
    rejected: "差し戻し", "Rejected";
    reason: "理由", "Reason";
    wanted: "していたこと", "Wanted";
    page_says: "画面の言葉", "Page says";
    cause: "原因", "Cause";
    registered_or_not: "登録", "Registered";
    do_next: "すること", "To do";
    pictures: "画像", "Pictures";
    forms: "下見した画面（登録は押していません）", "Rehearsed forms (nothing was registered)";
    items: "明細", "Items";
    row: "行", "Row";
    label: "件名（キー）", "Key";
    state: "状態", "State";
    receipt: "受付番号など", "Receipt";
    attempts: "回数", "Tries";
    steps: "手順と時間", "Steps and times";
    step: "手順", "Step";
    times: "回数", "Times";
    average: "平均", "Average";
    longest: "最長", "Longest";
    stopped_here: "ここで止まった件", "Items stopped here";
    inputs: "入力と環境", "Input and machine";
    file: "読んだファイル", "File read";
    format: "形式", "Format";
    rows: "読んだ行", "Rows read";
    fingerprint: "ファイルの指紋（SHA-256）", "Fingerprint (SHA-256)";
    bundle: "シナリオの指紋（SHA-256）", "Scenario’s fingerprint (SHA-256)";
    browser: "ブラウザ", "Browser";
    sessions: "ログイン回数", "Browser sessions";
    version: "夜勤の版", "Version of yakin";
    host: "実行した機械", "Machine";
    notes: "実行中のお知らせ", "Notes";
    unknown_events: "この版の夜勤では読めない記録", "Records this version cannot read";
    checked: "確認欄", "Checked by";
    checked_1: "担当", "Clerk";
    checked_2: "係長", "Chief";
    checked_3: "課長", "Manager";
    made: "作成", "Made";
    footer: "実行の記録から自動で作成しました。", "Made from the run’s stored records.";
    skip: "本文へ", "Skip to the content";
    to_do: "処理する件", "to do";
    set_aside: "今回は処理しない件", "left for later";
    begins: "を始めます", "begins";
    finished: "終わりました", "Ended";
    again: "やり直します", "Trying again";
    entries: "件", "";
    waiting: "人の確認待ち", "waiting";
    about_until: "終わる見込み", "done about";
    no_runs: "実行の記録はまだありません。", "There are no runs yet.";
}

impl Words {
    /// The words of a language.
    pub(super) fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::Ja => &JA,
            Lang::En => &EN,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_state_has_its_own_icon_and_word() {
        for lang in [Lang::Ja, Lang::En] {
            let marks = Standing::ALL.map(|word| standing(word, lang));
            let icons: BTreeSet<&str> = marks.iter().map(|mark| mark.icon).collect();
            let words: BTreeSet<&str> = marks.iter().map(|mark| mark.word).collect();
            let names: BTreeSet<&str> = marks.iter().map(|mark| mark.name).collect();
            assert_eq!([icons.len(), words.len(), names.len()], [marks.len(); 3]);
        }
    }

    #[test]
    fn the_words_are_those_of_the_table() {
        let words = Standing::ALL.map(|word| standing(word, Lang::Ja).word).join("・");
        assert_eq!(
            words,
            "未着手・実行中・済・済(重複)・済(既登録)・差し戻し・失敗・読取確認・登録照会・手作業中・対象外・下見済"
        );
    }
}
