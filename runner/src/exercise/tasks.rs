//! The exercises, from looking at a page to mending a bot whose page has changed.

use super::{Both, Exercise, Facts, Point};
use crate::events::view::Standing;

/// The texts and files of an exercise.
macro_rules! files {
    ($number:literal, $file:literal) => {
        include_str!(concat!("../../templates/exercises/", $number, "/", $file))
    };
}

macro_rules! exercise {
    ($number:literal, $ja:literal, $en:literal, $files:expr, $points:expr) => {
        Exercise {
            number: $number,
            title: Both { ja: $ja, en: $en },
            task: Both {
                ja: files!($number, "task.ja.md"),
                en: files!($number, "task.en.md"),
            },
            start: files!($number, "start.yaml"),
            answer: files!($number, "answer.yaml"),
            files: $files,
            points: $points,
        }
    };
}

/// Every exercise, in the order in which they build on each other.
pub const ALL: &[Exercise] = &[
    exercise!(
        1,
        "画面を開いて見る",
        "Open a page and look",
        &[],
        &[FINISHED, LOOKED, PICTURED]
    ),
    exercise!(
        2,
        "様式に記入する",
        "Fill in a form",
        &[],
        &[FINISHED, FIVE_FIELDS, ADDRESS_SEEN, PICTURED, NOT_REGISTERED]
    ),
    exercise!(
        3,
        "表の行を1件ずつ",
        "Row by row",
        &[],
        &[FINISHED, ALL_ROWS, SIX_FIELDS, NOT_REGISTERED]
    ),
    exercise!(
        4,
        "登録する",
        "Register",
        &[],
        &[FINISHED, REGISTERED, NOTHING_TWICE, REFUSED, RECEIPTS]
    ),
    exercise!(
        5,
        "差し戻す",
        "Send back",
        &[],
        &[FINISHED, TOO_LOW, FAR_AWAY, REFUSED, ONLY_FIT]
    ),
    exercise!(
        6,
        "値の形を整える",
        "Bring values into shape",
        &[],
        &[FINISHED, NOTES, FEE_FILLED, ONLY_FIT]
    ),
    exercise!(
        7,
        "結果の表を作る",
        "A table of results",
        &[],
        &[FINISHED, WORKBOOK, COLUMNS, ONLY_FIT]
    ),
    exercise!(
        8,
        "誤りを直す",
        "Mend mistakes",
        &[],
        &[FINISHED, TOO_LOW, FAR_AWAY, REFUSED, ONLY_FIT]
    ),
    exercise!(
        9,
        "画面が変わった",
        "The page has changed",
        &[("scenarios/systems/新受付.yaml", files!(9, "新受付.yaml"))],
        &[FINISHED, RENEWED, TOO_LOW, FAR_AWAY, ONLY_FIT]
    ),
    exercise!(
        10,
        "部品を呼ぶ",
        "Call a part",
        &[("scenarios/parts/練習住所.yaml", files!(10, "練習住所.yaml"))],
        &[FINISHED, CALLS, PART_FILLS, FAR_AWAY, ONLY_FIT]
    ),
];

const FINISHED: Point = Point {
    says: Both {
        ja: "最後まで止まらずに動く",
        en: "it works to the end without a failure",
    },
    hint: Both {
        ja: "yakin run で動かし、yakin runs show で、止まった手順と、そのとき画面にあったものを読んでください。",
        en: "Run it with yakin run, and read with yakin runs show where it stopped and what the page had.",
    },
    holds: Facts::finished,
};

const LOOKED: Point = Point {
    says: Both {
        ja: "画面の文字を見て確かめている",
        en: "it looks at the page",
    },
    hint: Both {
        ja: "- browser.see: メインメニュー",
        en: "- browser.see: メインメニュー",
    },
    holds: |facts| facts.worked("browser.see"),
};

const PICTURED: Point = Point {
    says: Both {
        ja: "写真が残っている",
        en: "it keeps a picture",
    },
    hint: Both {
        ja: "- browser.screenshot:",
        en: "- browser.screenshot:",
    },
    holds: Facts::pictured,
};

const FIVE_FIELDS: Point = Point {
    says: Both {
        ja: "5つの欄に記入している",
        en: "it fills in the five fields",
    },
    hint: Both {
        ja: "請求番号・氏名・フリガナ・生年月日・郵便番号です。見出しは、画面の文字のとおりに書きます。",
        en: "They are 請求番号, 氏名, フリガナ, 生年月日 and 郵便番号, spelled as on the page.",
    },
    holds: |facts| {
        let filled = facts.filled();
        let wanted = ["請求番号", "氏名", "フリガナ", "生年月日", "郵便番号"];
        facts.worked("browser.fill") && wanted.iter().all(|name| filled.contains(*name))
    },
};

const SIX_FIELDS: Point = Point {
    says: Both {
        ja: "表の6つの列を、様式に記入している",
        en: "it fills in six columns of the table",
    },
    hint: Both {
        ja: "請求番号・氏名・生年月日・郵便番号・手数料は同じ名前の列から、フリガナは ${{ item.カナ | 全角カナ }} です。",
        en: "請求番号, 氏名, 生年月日, 郵便番号 and 手数料 have columns of their name; フリガナ is ${{ item.カナ | 全角カナ }}.",
    },
    holds: |facts| {
        let filled = facts.filled();
        let wanted = ["請求番号", "氏名", "フリガナ", "生年月日", "郵便番号", "手数料"];
        facts.worked("browser.fill") && wanted.iter().all(|name| filled.contains(*name))
    },
};

const ADDRESS_SEEN: Point = Point {
    says: Both {
        ja: "画面が入れた住所を見て確かめている",
        en: "it looks at the address that the page filled in",
    },
    hint: Both {
        ja: "- browser.see: { field: 住所, contains: 長崎市 }",
        en: "- browser.see: { field: 住所, contains: 長崎市 }",
    },
    holds: |facts| facts.worked("browser.see"),
};

const NOT_REGISTERED: Point = Point {
    says: Both {
        ja: "まだ何も登録していない",
        en: "nothing is registered yet",
    },
    hint: Both {
        ja: "「登録する」を押す手順は、練習4で書きます。",
        en: "Pressing 「登録する」 comes in exercise 4.",
    },
    holds: |facts| facts.register.is_empty(),
};

const ALL_ROWS: Point = Point {
    says: Both {
        ja: "見たことのない表の、全部の行を処理している",
        en: "it works every row of a table that it has never seen",
    },
    hint: Both {
        ja: "items: の from に、日付の入るファイル名 inbox/requests_${{ run.date | 日付(\"%Y%m%d\") }}.csv を書いてください。",
        en: "The file below items: from: must hold the day: inbox/requests_${{ run.date | 日付(\"%Y%m%d\") }}.csv",
    },
    holds: |facts| facts.count(Standing::Done) == facts.rows(),
};

const REGISTERED: Point = Point {
    says: Both {
        ja: "登録できる件を、全部登録している",
        en: "all that can be registered is registered",
    },
    hint: Both {
        ja: "commit: の do: に、押すボタン（登録する）を書いてください。",
        en: "Name the button (登録する) in do: of the commit.",
    },
    holds: Facts::fit_once,
};

const NOTHING_TWICE: Point = Point {
    says: Both {
        ja: "同じ請求番号を、二度登録していない",
        en: "nothing is registered twice",
    },
    hint: Both {
        ja: "key: 請求番号 とし、登録するボタンは commit: の中にだけ書いてください。",
        en: "The key is 請求番号, and the button stands in the commit alone.",
    },
    holds: |facts| !facts.register.is_empty() && facts.nothing_twice(),
};

const REFUSED: Point = Point {
    says: Both {
        ja: "相手のシステムに断られた件を、差し戻している",
        en: "what the other system refuses is sent back",
    },
    hint: Both {
        ja: "commit: に refused: { field: エラー内容 } を書いてください。",
        en: "The commit needs refused: { field: エラー内容 }.",
    },
    holds: |facts| facts.rejected(facts.fates.unknown),
};

const RECEIPTS: Point = Point {
    says: Both {
        ja: "出来た印の受付番号が、件と一緒に残っている",
        en: "the receipt is kept with each item",
    },
    hint: Both {
        ja: "proof: { field: 受付番号, as: receipt } と、items: の下の keep: { 受付番号: \"${{ receipt }}\" } です。",
        en: "proof: { field: 受付番号, as: receipt }, and keep: { 受付番号: \"${{ receipt }}\" } below items:.",
    },
    holds: |facts| {
        let items = facts.scenario.items.as_ref();
        items.is_some_and(|items| items.keep.iter().any(|(name, _)| name.value == "受付番号"))
            && facts.run.as_ref().is_some_and(|run| {
                run.items
                    .values()
                    .any(|item| run.standing(item) == Standing::Done && item.receipt.is_some())
            })
    },
};

const TOO_LOW: Point = Point {
    says: Both {
        ja: "手数料の足りない件を、差し戻している",
        en: "a fee that is too low is sent back",
    },
    hint: Both {
        ja: "items: の下の reject: に「手数料が不足しています: item.手数料 < 300」と書いてください。",
        en: "Below items:, reject: holds 「手数料が不足しています: item.手数料 < 300」.",
    },
    holds: |facts| facts.rejected(facts.fates.low),
};

const FAR_AWAY: Point = Point {
    says: Both {
        ja: "市外の住所の件を、差し戻している",
        en: "an address outside the city is sent back",
    },
    hint: Both {
        ja: "browser.see: { field: 住所, contains: 長崎市 } の次の行に else: { reject: 住所が市外です } と書いてください。",
        en: "Below browser.see: { field: 住所, contains: 長崎市 } stands else: { reject: 住所が市外です }.",
    },
    holds: |facts| facts.rejected(facts.fates.far),
};

const ONLY_FIT: Point = Point {
    says: Both {
        ja: "登録してよい件だけを、1回ずつ登録している",
        en: "exactly what may be registered is registered, once",
    },
    hint: Both {
        ja: "yakin runs show で、差し戻した件とその理由を確かめてください。",
        en: "Look with yakin runs show at what was sent back, and why.",
    },
    holds: Facts::only_fit,
};

const NOTES: Point = Point {
    says: Both {
        ja: "備考が「令和…年…月…日 受付」になっている",
        en: "備考 reads 「令和…年…月…日 受付」",
    },
    hint: Both {
        ja: "備考: ${{ item.受付日 | 和暦 }} 受付",
        en: "備考: ${{ item.受付日 | 和暦 }} 受付",
    },
    holds: |facts| {
        let wanted = format!("{} 受付", facts.received);
        let mut notes = facts.register.iter().map(|entry| entry.registration.note.trim());
        !facts.register.is_empty() && notes.all(|note| note == wanted)
    },
};

const FEE_FILLED: Point = Point {
    says: Both {
        ja: "手数料の欄に記入している",
        en: "the fee is filled in",
    },
    hint: Both {
        ja: "browser.fill: [請求番号, 氏名, 生年月日, 郵便番号, 手数料]",
        en: "browser.fill: [請求番号, 氏名, 生年月日, 郵便番号, 手数料]",
    },
    holds: |facts| facts.filled().contains("手数料"),
};

const WORKBOOK: Point = Point {
    says: Both {
        ja: "outbox に、全部の件の表（Excel）がある",
        en: "outbox has a workbook with every item",
    },
    hint: Both {
        ja: "after: の下に excel.write: を書き、rows: ${{ run.items }} としてください。",
        en: "Below after: stands excel.write: with rows: ${{ run.items }}.",
    },
    holds: |facts| facts.results.len() == facts.rows(),
};

const COLUMNS: Point = Point {
    says: Both {
        ja: "表に、請求番号・受付番号・状態・理由がある",
        en: "it has 請求番号, 受付番号, 状態 and 理由",
    },
    hint: Both {
        ja: "columns: [請求番号, 受付番号, 状態, 理由]",
        en: "columns: [請求番号, 受付番号, 状態, 理由]",
    },
    holds: |facts| {
        let mut wanted = ["請求番号", "受付番号", "状態", "理由"].iter();
        let receipts = facts.results.iter().filter_map(|row| row.get("受付番号"));
        wanted.all(|name| facts.results.first().is_some_and(|row| row.contains_key(*name)))
            && receipts.filter(|receipt| !receipt.is_empty()).count() == facts.fates.fit.len()
    },
};

const RENEWED: Point = Point {
    says: Both {
        ja: "新しい画面（新受付）で動いている",
        en: "it works on the new page (新受付)",
    },
    hint: Both {
        ja: "system: 新受付 のままにして、yakin look 新受付 /new で新しい名前を見てください。",
        en: "Leave system: 新受付 as it is, and see the new names with yakin look 新受付 /new.",
    },
    holds: |facts| {
        facts
            .scenario
            .system
            .as_ref()
            .is_some_and(|system| system.value == "新受付")
            && !facts.register.is_empty()
    },
};

/// The part that exercise 10 is about.
const PART: &str = "練習住所";

const CALLS: Point = Point {
    says: Both {
        ja: "部品「練習住所」を呼んでいる",
        en: "it calls the part 練習住所",
    },
    hint: Both {
        ja: "- call: parts/練習住所 の次の行に、字下げして with: { 郵便番号: \"${{ item.郵便番号 }}\" } と as: 調べた を書いてください。",
        en: "Below - call: parts/練習住所 stand with: { 郵便番号: \"${{ item.郵便番号 }}\" } and as: 調べた.",
    },
    holds: |facts| facts.calls(PART),
};

const PART_FILLS: Point = Point {
    says: Both {
        ja: "郵便番号の記入は、部品に任せている",
        en: "郵便番号 is filled in by the part alone",
    },
    hint: Both {
        ja: "郵便番号の browser.fill と、住所の browser.see は、部品がします。シナリオからは消してください。",
        en: "The part fills in 郵便番号 and waits for 住所: delete both steps from the scenario.",
    },
    holds: |facts| facts.worked("browser.fill") && !facts.filled().contains("郵便番号"),
};
