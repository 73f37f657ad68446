//! Messages of runs and commands: who acts on them, and what was registered.

/// Messages that have a reader and an outcome in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// The first code, its number alone.
    from: u32,
    /// The last code.
    to: u32,
    /// What they are about: Japanese, English.
    pub about: (&'static str, &'static str),
    /// Who acts: Japanese, English.
    pub who: (&'static str, &'static str),
    /// What was or was not registered: Japanese, English; empty where the message says it.
    pub registered: (&'static str, &'static str),
}

type Said = (&'static str, &'static str);

const AUTHOR: Said = ("シナリオの作成者", "the scenario's author");
const OPERATOR: Said = ("運用担当", "the operator");
const TABLE: Said = ("元の表を作った人、または窓口", "whoever made the table, or the counter");
const CLERK: Said = ("この仕事の担当者", "the clerk in charge of the work");
const TYPIST: Said = ("命令を打った人", "whoever gave the command");
const NOBODY: Said = ("だれも何もしなくてかまいません", "nobody needs to do anything");

const BEFORE: Said = (
    "登録（commit）の前に起きた件は、登録していません。登録の途中に起きた件は「登録照会」になり、人が確かめるまで登録し直しません。",
    "What happened before the commit registered nothing. An item in the midst of its commit becomes an inquiry, and is not registered again before a person has looked.",
);
const NOT_THIS: Said = ("この件は登録していません。", "This item was not registered.");
const NOTHING: Said = (
    "この命令では、何も登録していません。",
    "This command registered nothing.",
);
const UNKNOWN: Said = (
    "登録されたかどうか分かりません。確かめるまで、手でも登録しないでください。",
    "Nobody knows whether it was registered. Until that is clear, do not register it by hand either.",
);
const DONE: Said = (
    "登録は済んでいます。やり直しは要りません。",
    "It was registered; nothing has to be repeated.",
);
const STAYS: Said = (
    "済んだ件は済んだままで、繰り返されません。",
    "What is done stays done and is not repeated.",
);
const ITSELF: Said = ("", "");

const fn family(from: u32, to: u32, about: Said, who: Said, registered: Said) -> Family {
    Family {
        from,
        to,
        about,
        who,
        registered,
    }
}

const VALUES: Said = ("値と式", "Values and expressions");
const FILES: Said = ("表とファイル", "Tables and files");
const PAGES: Said = ("画面とブラウザー", "Pages and the browser");
const RESULTS: Said = ("実行の結果", "What became of a run");
const PLUGINS: Said = ("プラグイン", "Plugins");
const RECORDS: Said = ("記録と鍵", "The records and their key");
const COMMANDS: Said = ("命令", "Commands");
const ITEMS: Said = ("件の処理", "Working through items");

/// The first that holds a code is its family: a narrow range stands before the wide one around it.
const FAMILIES: &[Family] = &[
    family(3000, 3029, VALUES, AUTHOR, BEFORE),
    family(3030, 3099, VALUES, TABLE, NOT_THIS),
    family(
        3100,
        3999,
        FILES,
        (
            "ファイルを置く人、またはシナリオの作成者",
            "whoever puts the file there, or the scenario's author",
        ),
        (
            "明細のファイルを読むときなら、何も登録していません。結果を書き出すときなら、登録は済んだままです。",
            "While the items were read, nothing was registered. While results were written, what was registered stays.",
        ),
    ),
    family(
        4000,
        4029,
        PAGES,
        (
            "シナリオの作成者（画面が変わったとき）、運用担当（相手のシステムが止まっているとき）",
            "the scenario's author (when the page has changed) or the operator (when the system is down)",
        ),
        BEFORE,
    ),
    family(4030, 4049, PAGES, OPERATOR, BEFORE),
    family(4060, 4061, PAGES, AUTHOR, ("処理は続いています。", "The work went on.")),
    family(4062, 4062, PAGES, OPERATOR, BEFORE),
    family(4063, 4063, PAGES, AUTHOR, ("処理は続いています。", "The work went on.")),
    family(4050, 4999, PAGES, AUTHOR, BEFORE),
    family(5004, 5004, RESULTS, CLERK, UNKNOWN),
    family(5900, 5900, RESULTS, OPERATOR, STAYS),
    family(5901, 5901, RESULTS, CLERK, UNKNOWN),
    family(5000, 5999, RESULTS, CLERK, ITSELF),
    family(6020, 6021, RECORDS, OPERATOR, NOTHING),
    family(6022, 6022, RECORDS, NOBODY, ITSELF),
    family(6000, 6999, RECORDS, OPERATOR, STAYS),
    family(7400, 7400, PLUGINS, TABLE, NOT_THIS),
    family(7402, 7402, PLUGINS, NOBODY, ITSELF),
    family(
        7401,
        7499,
        PLUGINS,
        (
            "プラグインを作った人、または運用担当",
            "whoever made the plugin, or the operator",
        ),
        BEFORE,
    ),
    family(7290, 7304, RECORDS, OPERATOR, ITSELF),
    family(7305, 7319, RECORDS, OPERATOR, NOTHING),
    family(7006, 7006, COMMANDS, OPERATOR, BEFORE),
    family(7000, 7999, COMMANDS, TYPIST, NOTHING),
    family(8001, 8005, ITEMS, TABLE, NOT_THIS),
    family(8006, 8008, ITEMS, CLERK, NOT_THIS),
    family(8009, 8009, ITEMS, AUTHOR, NOT_THIS),
    family(8010, 8012, ITEMS, CLERK, UNKNOWN),
    family(
        8013,
        8013,
        ITEMS,
        CLERK,
        (
            "前に登録したものが、そのまま残っています。",
            "What was registered before stays as it was.",
        ),
    ),
    family(8014, 8018, ITEMS, OPERATOR, BEFORE),
    family(8019, 8020, ITEMS, AUTHOR, BEFORE),
    family(8021, 8024, ITEMS, OPERATOR, BEFORE),
    family(8025, 8026, ITEMS, AUTHOR, DONE),
    family(8027, 8028, ITEMS, NOBODY, ITSELF),
    family(8029, 8029, ITEMS, AUTHOR, NOT_THIS),
    family(8030, 8032, ITEMS, NOBODY, ITSELF),
    family(8033, 8034, ITEMS, TABLE, NOT_THIS),
    family(8036, 8036, ITEMS, CLERK, UNKNOWN),
    family(8038, 8038, ITEMS, AUTHOR, BEFORE),
    family(8000, 8999, ITEMS, CLERK, ITSELF),
];

/// The family of a code such as `YK4001`.
pub(super) fn of(code: &str) -> Option<&'static Family> {
    let number: u32 = code.strip_prefix("YK")?.parse().ok()?;
    FAMILIES
        .iter()
        .find(|family| (family.from..=family.to).contains(&number))
}
