//! A page as lines of YAML: what can be filled, pressed and read, ready to be pasted into a scenario.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::yaml;
use crate::drivers::browser::{By, Described, FieldKind, Locator, Robustness, Thing, ThingKind, Way, Weakness};
use crate::plan::RISKY_WORDS;
use crate::text::Lang;

/// What is known of a page besides what it shows.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The language of the comments.
    pub lang: Lang,
    /// The system that the page belongs to, if it is known.
    pub system: Option<&'a str>,
    /// The system's address without a slash at its end.
    pub base: Option<&'a str>,
}

/// The groups in which a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 入力欄.
    Fields,
    /// ボタン・リンク.
    Presses,
    /// 読めるもの.
    Reads,
}

/// One thing of a page as a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where it is shown.
    pub group: Group,
    /// What a person calls it.
    pub name: String,
    /// The step, one or more lines, without a comment.
    pub step: String,
    /// For a field that goes into a form's `browser.fill`: its heading and value as one entry.
    pub entry: Option<String>,
    /// How well it will outlast a changed page, 0 to 100.
    pub score: u8,
    /// What it is, what weakens it, what to take care of.
    pub comment: String,
    /// The entries of a list, the headings of a table.
    pub entries: Vec<String>,
    /// Where a link leads to: within the system as `browser.open` takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<String>,
}

/// Entries of a list that are shown.
const ENTRIES: usize = 8;
/// Columns before which no comment begins, and behind which it does where a step is longer.
const COLUMNS: std::ops::RangeInclusive<usize> = 28..=52;

/// Every thing of a page as a step; what no way leads to is left out.
pub fn lines(page: &Described, around: &Surroundings<'_>) -> Vec<Line> {
    page.things
        .iter()
        .filter_map(|thing| Some(line(thing, thing.ways.first()?, around)))
        .collect()
}

fn line(thing: &Thing, way: &Way, around: &Surroundings<'_>) -> Line {
    let judged = way.robustness();
    let (group, step, entry) = match thing.kind {
        ThingKind::Field => {
            let kind = thing.field.unwrap_or(FieldKind::Text);
            let (step, entry) = field_step(thing, &way.locator, &example(thing, kind, around));
            (Group::Fields, step, entry)
        }
        ThingKind::Button | ThingKind::Link | ThingKind::Press => {
            let step = format!("- browser.click: {}", yaml::locator(&way.locator));
            (Group::Presses, step, None)
        }
        ThingKind::Value | ThingKind::ReadOnly => {
            let step = format!("- browser.read: {}", yaml::locator(&way.locator));
            (Group::Reads, step, None)
        }
        ThingKind::Table => {
            let step = format!("- browser.read_table: {}", yaml::locator(&way.locator));
            (Group::Reads, step, None)
        }
        ThingKind::Text => (
            Group::Reads,
            format!("- browser.see: {}", yaml::flow(&thing.name)),
            None,
        ),
    };
    Line {
        group,
        name: thing.name.clone(),
        step,
        entry,
        score: judged.score,
        comment: comment(thing, judged, around),
        leads_to: leads_to(thing, around).map(str::to_owned),
        entries: thing.entries.clone(),
    }
}

/// The step that puts a value into one field, and its entry when it may stand in a form with others.
pub(super) fn field_step(thing: &Thing, locator: &Locator, value: &str) -> (String, Option<String>) {
    let kind = thing.field.unwrap_or(FieldKind::Text);
    if kind == FieldKind::Box {
        return (format!("- browser.check: {}", target(locator)), None);
    }
    if let (By::Label(heading), None) = (&locator.by, locator.nth) {
        let entry = format!("{}:{}", yaml::flow(heading), spaced(value));
        return match (&locator.within, &locator.frame) {
            (None, None) => (format!("- browser.fill:\n    {entry}"), Some(entry)),
            (within, frame) => {
                let mut step = format!("- browser.fill:\n    fields:\n      {entry}");
                if let Some(within) = within {
                    step += &format!("\n    within: {}", yaml::locator(within));
                }
                if let Some(frame) = frame {
                    step += &format!("\n    frame: {}", yaml::flow(frame));
                }
                (step, None)
            }
        };
    }
    let step = match kind {
        FieldKind::List | FieldKind::Choice => {
            format!(
                "- browser.select: {{ from: {}, option: {} }}",
                target(locator),
                yaml::flow(value)
            )
        }
        _ => format!(
            "- browser.type: {{ into: {}, text: {} }}",
            target(locator),
            yaml::flow(value)
        ),
    };
    (step, None)
}

/// A field as the target of a step: a heading alone is a plain text.
pub(super) fn target(locator: &Locator) -> String {
    match (&locator.by, &locator.within, locator.nth, &locator.frame) {
        (By::Label(heading), None, None, None) => yaml::flow(heading),
        _ => yaml::locator(locator),
    }
}

/// What could stand in a field: an entry of its list, the secret, or nothing. Never what it holds.
fn example(thing: &Thing, kind: FieldKind, around: &Surroundings<'_>) -> String {
    match (kind, around.system) {
        (FieldKind::List | FieldKind::Choice, _) => thing.entries.first().cloned().unwrap_or_default(),
        (FieldKind::Password, Some(system)) => format!("${{{{ secrets.{system}.パスワード }}}}"),
        _ => String::new(),
    }
}

fn spaced(value: &str) -> String {
    match value {
        "" => String::new(),
        value => format!(" {}", yaml::scalar(value)),
    }
}

/// Where a link leads to, within the system if it does.
fn leads_to<'t>(thing: &'t Thing, around: &Surroundings<'_>) -> Option<&'t str> {
    let address = thing.leads_to.as_deref()?;
    let path = around.base.and_then(|base| address.strip_prefix(base));
    Some(path.filter(|path| path.starts_with('/')).unwrap_or(address))
}

fn comment(thing: &Thing, judged: Robustness, around: &Surroundings<'_>) -> String {
    let lang = around.lang;
    let mut parts = vec![what(thing, lang)];
    if thing.required {
        parts.push(lang.pick("必須", "required").to_owned());
        if thing.holds {
            parts.push(lang.pick("初めから値がある", "holds a value already").to_owned());
        }
    }
    parts.extend(thing.rows.map(|rows| match lang {
        Lang::Ja => format!("{rows}行"),
        Lang::En => format!("rows: {rows}"),
    }));
    parts.push(match lang {
        Lang::Ja => format!("{}点", judged.score),
        Lang::En => format!("{}/100", judged.score),
    });
    if judged.score < Robustness::GOOD {
        parts.extend(judged.weakness.map(|weakness| weak(weakness, lang).to_owned()));
    }
    let acts = matches!(thing.kind, ThingKind::Button | ThingKind::Press);
    if acts && RISKY_WORDS.iter().any(|word| thing.name.contains(word)) {
        parts.push(
            lang.pick(
                "取り消せない操作は commit の do に書く",
                "what cannot be undone belongs under `do` of a commit",
            )
            .to_owned(),
        );
    }
    parts.extend(leads_to(thing, around).map(|path| format!("→ {path}")));
    parts.retain(|part| !part.is_empty());
    parts.join(lang.pick("　", "  "))
}

/// What a thing is, in the words of a form.
fn what(thing: &Thing, lang: Lang) -> String {
    let listed = |name: &str| {
        let mut shown: Vec<&str> = thing.entries.iter().take(ENTRIES).map(String::as_str).collect();
        if thing.entries.len() > ENTRIES {
            shown.push("…");
        }
        match shown.as_slice() {
            [] => name.to_owned(),
            shown => format!("{name}: {}", shown.join(" ")),
        }
    };
    match (thing.kind, thing.field) {
        (ThingKind::Field, Some(FieldKind::List)) => listed(lang.pick("リスト", "list")),
        (ThingKind::Field, Some(FieldKind::Choice)) => listed(lang.pick("丸ボタン", "radio buttons")),
        (ThingKind::Field, Some(FieldKind::Box)) => lang.pick("チェック", "checkbox").to_owned(),
        (ThingKind::Field, Some(FieldKind::Password)) => lang.pick("パスワード", "password").to_owned(),
        (ThingKind::Field, Some(FieldKind::Date)) => lang.pick("日付", "date").to_owned(),
        (ThingKind::Field, Some(FieldKind::DateParts)) => lang
            .pick("日付（元号・年・月・日の欄）", "date in several fields")
            .to_owned(),
        (ThingKind::Field, Some(FieldKind::Parts)) => lang
            .pick("分かれた欄（ハイフンで区切る）", "several fields, parted by hyphens")
            .to_owned(),
        (ThingKind::Field, Some(FieldKind::File)) => lang.pick("ファイルの欄", "file").to_owned(),
        (ThingKind::Field, Some(FieldKind::Text) | None) => lang.pick("文字", "text").to_owned(),
        (ThingKind::Button, _) => lang.pick("ボタン", "button").to_owned(),
        (ThingKind::Link, _) => lang.pick("リンク", "link").to_owned(),
        (ThingKind::Press, _) => lang.pick("押せる所", "can be pressed").to_owned(),
        (ThingKind::Value | ThingKind::Text, _) => String::new(),
        (ThingKind::ReadOnly, _) => lang.pick("画面が入れる欄", "filled by the page").to_owned(),
        (ThingKind::Table, _) => listed(lang.pick("表", "table")),
    }
}

fn weak(weakness: Weakness, lang: Lang) -> &'static str {
    match weakness {
        Weakness::Structure => lang.pick("画面の作りで指している", "hangs on how the page is built"),
        Weakness::Counted => lang.pick("順番で指している", "counts among equals"),
        Weakness::Generated => lang.pick("機械が付けた名前", "a name made up by a program"),
        Weakness::Changing => lang.pick("変わりそうな数字がある", "holds a number that may change"),
        Weakness::Long => lang.pick("長い文", "a long text"),
        Weakness::Anywhere => lang.pick("画面のどこでも当てはまる", "may stand anywhere on the page"),
    }
}

/// The page as text that can be pasted below `steps:` as it is.
pub fn render(page: &Described, around: &Surroundings<'_>) -> String {
    let lang = around.lang;
    let address = page.url.split(['?', '#']).next().unwrap_or_default();
    let mut out = format!("# {}  {address}\n", page.title);
    if let Some(dialog) = &page.dialog {
        out = String::from("# ") + lang.pick("ダイアログ", "dialog") + "\n";
        let text = yaml::flow(dialog.lines().next().unwrap_or_default());
        out += &format!("- browser.dialog: {{ answer: accept, text: {text} }}\n");
        return out;
    }
    let path = around.base.and_then(|base| address.strip_prefix(base));
    if let Some(path) = path.filter(|path| path.starts_with('/')) {
        out += &format!("- browser.open: {}\n", yaml::scalar(path));
    }
    let lines = lines(page, around);
    for (group, title) in [
        (Group::Fields, lang.pick("入力欄", "fields")),
        (Group::Presses, lang.pick("ボタン・リンク", "buttons and links")),
        (
            Group::Reads,
            lang.pick("読めるもの（見出しと値、表）", "what can be read"),
        ),
    ] {
        let members: Vec<&Line> = lines.iter().filter(|line| line.group == group).collect();
        if !members.is_empty() {
            out += &format!("\n# {title}\n");
            write_group(&members, &mut out);
        }
    }
    out.push_str(&remarks(page, lang));
    out
}

/// The lines of a group; fields that need no more than their headings stand in one `browser.fill`.
fn write_group(lines: &[&Line], out: &mut String) {
    let width = |line: &&Line| match &line.entry {
        Some(entry) => entry.width() + 4,
        None => line.step.lines().next().unwrap_or_default().width(),
    };
    let fits = |width: &usize| width <= COLUMNS.end();
    let widest = lines.iter().map(width).filter(fits).max().unwrap_or_default();
    let column = widest.max(*COLUMNS.start());
    let commented = |step: &str, comment: &str| {
        let gap = column.saturating_sub(step.width()) + 2;
        format!("{step}{:gap$}# {comment}\n", "")
    };
    let mut in_form = false;
    for line in lines {
        if let Some(entry) = &line.entry {
            if !in_form {
                out.push_str("- browser.fill:\n");
            }
            out.push_str(&commented(&format!("    {entry}"), &line.comment));
        } else {
            let mut rows = line.step.lines();
            let first = rows.next().unwrap_or_default();
            let mut text = commented(first, &line.comment);
            for row in rows {
                text += row;
                text.push('\n');
            }
            out.push_str(&text);
        }
        in_form = line.entry.is_some();
    }
}

/// What was not shown, and where things are looked for.
fn remarks(page: &Described, lang: Lang) -> String {
    let mut told = Vec::new();
    let has = |kinds: &[ThingKind]| page.things.iter().any(|thing| kinds.contains(&thing.kind));
    if has(&[ThingKind::Value, ThingKind::ReadOnly, ThingKind::Table]) {
        told.push(
            lang.pick(
                "読んだ値には、次の行（browser と同じ深さ）に as: 名前 を付けると、後で ${{ 名前 }} で使える",
                "name what is read by `as: NAME` on the next line, as deep as `browser`; then it is ${{ NAME }}",
            )
            .to_owned(),
        );
    }
    if has(&[ThingKind::Table]) {
        told.push(
            lang.pick(
                "表の1つの値は - browser.read: { row: 行を決める文字, field: 列の見出し }",
                "one value of a table: - browser.read: { row: TEXT OF ITS ROW, field: HEADING OF ITS COLUMN }",
            )
            .to_owned(),
        );
    }
    if !page.frames.is_empty() {
        let names = page.frames.join(lang.pick("、", ", "));
        told.push(match lang {
            Lang::Ja => format!("枠: {names}（枠の中のものも、そのまま指せる）"),
            Lang::En => format!("frames: {names} (what is in them is found as it is)"),
        });
    }
    let count = |number: u32, ja: &str, en: &str| match lang {
        Lang::Ja => format!("{ja} {number} 個"),
        Lang::En => format!("{number} {en}"),
    };
    if page.closed_frames > 0 {
        told.push(count(
            page.closed_frames,
            "中を見られない枠（ほかのサイト）",
            "frame(s) of other sites, which cannot be looked into",
        ));
    }
    if !page.disabled.is_empty() {
        let names = page.disabled.join(lang.pick("、", ", "));
        told.push(format!(
            "{}: {names}",
            lang.pick("今は使えないもの", "cannot be used now")
        ));
    }
    if page.hidden > 0 {
        told.push(count(page.hidden, "隠れていて見えないもの", "hidden"));
    }
    if page.more > 0 {
        told.push(count(page.more, "ほかに、書ききれなかったもの", "more, left out"));
    }
    let unnamed = page.things.iter().filter(|thing| thing.ways.is_empty()).count();
    if unnamed > 0 {
        let unnamed = u32::try_from(unnamed).unwrap_or(u32::MAX);
        told.push(count(unnamed, "指し方が見つからないもの", "without any way to them"));
    }
    let lines: String = told.iter().map(|line| format!("# {line}\n")).collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thing(kind: ThingKind, name: &str, by: By, how: &str) -> Thing {
        Thing {
            kind,
            ways: vec![Way {
                locator: by.into(),
                how: how.to_owned(),
            }],
            name: name.to_owned(),
            field: None,
            entries: Vec::new(),
            required: false,
            holds: false,
            rows: None,
            leads_to: None,
        }
    }

    fn field(kind: FieldKind, name: &str, entries: &[&str]) -> Thing {
        Thing {
            field: Some(kind),
            entries: entries.iter().map(|entry| (*entry).to_owned()).collect(),
            ..thing(ThingKind::Field, name, By::Label(name.to_owned()), "heading")
        }
    }

    fn changed(mut thing: Thing, change: impl Fn(&mut Locator)) -> Thing {
        change(&mut thing.ways[0].locator);
        thing
    }

    fn page() -> Described {
        let text = |text: &str| text.to_owned();
        let many: Vec<String> = (1..=10).map(|n| n.to_string()).collect();
        Described {
            title: text("転入届 - 受付システム"),
            url: text("http://127.0.0.1:8080/uketsuke/entry?name=山田"),
            frames: vec![text("menu"), text("main")],
            closed_frames: 1,
            things: vec![
                field(FieldKind::Text, "請求番号", &[]),
                field(FieldKind::DateParts, "生年月日", &[]),
                field(FieldKind::List, "区分", &["転入", "転出", "転居"]),
                field(FieldKind::Choice, "性別", &["男", "女"]),
                Thing {
                    entries: many,
                    required: true,
                    holds: true,
                    ..field(FieldKind::List, "通数：枚", &[])
                },
                field(FieldKind::Password, "パスワード", &[]),
                field(FieldKind::Box, "同意する", &[]),
                changed(field(FieldKind::Text, "氏名", &[]), |way| {
                    way.within = Some(Box::new(By::Any("請求者".to_owned()).into()));
                    way.frame = Some("main".to_owned());
                }),
                changed(field(FieldKind::List, "区", &["東", "西"]), |way| way.nth = Some(2)),
                Thing {
                    name: String::new(),
                    ..changed(field(FieldKind::Text, "", &[]), |way| {
                        way.by = By::Css("#txt01".to_owned())
                    })
                },
                field(FieldKind::Parts, "電話番号", &[]),
                thing(ThingKind::Button, "登録する", By::Any(text("登録する")), "button"),
                Thing {
                    leads_to: Some(text("http://127.0.0.1:8080/uketsuke/list")),
                    ..thing(ThingKind::Link, "登録の一覧", By::Link(text("登録の一覧")), "link")
                },
                changed(
                    thing(ThingKind::Button, "選択", By::Button(text("選択")), "button"),
                    |way| way.nth = Some(3),
                ),
                thing(ThingKind::Text, "転入届", By::Text(text("転入届")), "text"),
                thing(ThingKind::Value, "受付番号", By::Field(text("受付番号")), "heading"),
                thing(ThingKind::ReadOnly, "住所", By::Field(text("住所")), "heading"),
                Thing {
                    entries: vec![text("受付番号"), text("氏名")],
                    rows: Some(1),
                    ..thing(ThingKind::Table, "", By::Any(text("受付番号")), "table")
                },
                Thing {
                    ways: Vec::new(),
                    ..thing(ThingKind::Button, "", By::Any(String::new()), "button")
                },
            ],
            hidden: 2,
            disabled: vec![text("旧番号")],
            more: 1,
            ..Described::default()
        }
    }

    fn around(lang: Lang) -> Surroundings<'static> {
        Surroundings {
            lang,
            system: Some("受付"),
            base: Some("http://127.0.0.1:8080/uketsuke"),
        }
    }

    #[test]
    fn a_page_becomes_lines_that_can_be_pasted() {
        let text = render(&page(), &around(Lang::Ja));
        insta::assert_snapshot!(text);
        let steps: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        assert_eq!(steps.as_sequence().expect("a list of steps").len(), 14);
        assert!(!text.contains("山田"), "what an address asks for may name a person");
        assert!(render(&page(), &around(Lang::En)).contains("can be read"));
    }

    #[test]
    fn each_thing_is_a_step_of_its_own() {
        for line in lines(&page(), &around(Lang::En)) {
            let steps: serde_yaml::Value = serde_yaml::from_str(&line.step).expect("YAML");
            assert_eq!(steps.as_sequence().map(Vec::len), Some(1), "{}", line.step);
        }
    }

    #[test]
    fn an_open_dialog_is_what_can_be_answered() {
        let page = Described {
            dialog: Some("登録しますか\n番号 1".to_owned()),
            ..Described::default()
        };
        let text = render(&page, &around(Lang::Ja));
        assert_eq!(
            text,
            "# ダイアログ\n- browser.dialog: { answer: accept, text: 登録しますか }\n"
        );
    }
}
