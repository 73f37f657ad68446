//! A draft as text: what a clerk reads from top to bottom, with a word at each place that is theirs to decide.

use unicode_width::UnicodeWidthStr;

use super::super::columns::From;
use super::super::work::Proof;
use super::super::write::{Written, dated, type_name};
use super::super::yaml;
use super::Draft;
use super::reads::{Read, reads};
use crate::text::{Lang, Message, codes};
use crate::value::ColumnType;

/// Before this column no comment begins.
const COLUMN: usize = 44;

/// Writes a draft.
pub(super) fn write(draft: &Draft<'_>) -> Written {
    let mut page = Page {
        draft,
        text: String::new(),
        notes: Vec::new(),
        lang: draft.about.lang,
    };
    let reads = match draft.registers() {
        true => Vec::new(),
        false => reads(draft),
    };
    page.head();
    page.items(&reads);
    page.steps();
    match draft.registers() {
        true => page.commit(),
        false => page.look_up(&reads),
    }
    page.after();
    Written {
        text: page.text,
        notes: page.notes,
    }
}

/// The text while it is written.
pub(super) struct Page<'a> {
    pub(super) draft: &'a Draft<'a>,
    pub(super) text: String,
    pub(super) notes: Vec<Message>,
    pub(super) lang: Lang,
}

impl Page<'_> {
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A line with a word beside it.
    pub(super) fn said(&mut self, text: &str, ja: &str, en: &str) {
        let gap = COLUMN.saturating_sub(text.width()).max(1);
        let word = self.lang.pick(ja, en);
        self.line(&format!("{text}{:gap$}# {word}", ""));
    }

    pub(super) fn remark(&mut self, indent: usize, ja: &str, en: &str) {
        let word = self.lang.pick(ja, en);
        self.line(&format!("{:indent$}# {word}", ""));
    }

    /// The number of the next line.
    pub(super) fn here(&self) -> usize {
        self.text.lines().count() + 1
    }

    pub(super) fn note(&mut self, message: Message) {
        self.notes.push(message);
    }

    fn head(&mut self) {
        let about = self.draft.about;
        let heading = match about.form.heading.as_str() {
            "" => about.id,
            heading => heading,
        };
        let name = match self.lang {
            Lang::Ja => format!("{heading}（{}）", about.id),
            Lang::En => format!("{heading} ({})", about.id),
        };
        self.remark(
            0,
            "下書き。★ の所を読んで、違っていれば直す。# から後ろは覚え書き",
            "A draft. Read what stands at ★ and mend it where it is wrong.",
        );
        self.line("yakin: 1");
        self.said(
            &format!("id: {}", yaml::scalar(about.id)),
            "記録の名札。使い始めたら変えない",
            "its name in the records; never change it once it is in use",
        );
        self.said(
            &format!("name: {}", yaml::flow(&name)),
            "★ 仕事の名前",
            "★ what the work is called",
        );
        self.line(&format!("system: {}\n", yaml::scalar(about.system)));
    }

    fn items(&mut self, reads: &[Read]) {
        let (file, table) = self.draft.about.items;
        let kind = match file.to_ascii_lowercase().ends_with(".xlsx") {
            true => "excel",
            false => "csv",
        };
        self.said("items:", "表の1行が、1件", "one item for each row of the table");
        self.line(&format!("  from: {{ {kind}: {} }}", yaml::flow(file)));
        let daily = dated(file);
        if daily != yaml::scalar(file) {
            let (ja, en) = (
                format!("毎日届く表なら  from: {{ {kind}: \"{}\" }}", daily.replace('"', "'")),
                format!(
                    "for a table of every day  from: {{ {kind}: \"{}\" }}",
                    daily.replace('"', "'")
                ),
            );
            self.remark(2, &ja, &en);
        }
        self.said(
            "  columns:",
            "★ 「列: 種類」。伏せなくてよい列は open にする",
            "★ column: type; open is what needs not be hidden",
        );
        for (heading, kind) in table.headings.iter().zip(&self.draft.rows.types) {
            if !heading.is_empty() {
                self.line(&format!("    {}: {}", yaml::flow(heading), type_name(*kind)));
            }
        }
        self.key();
        self.rejections();
        let mut kept: Vec<(String, String)> = Vec::new();
        let receipt = match &self.draft.learnt.proof {
            Some(Proof::Field(heading)) => Some(heading.as_str()),
            Some(Proof::Text(_)) => None,
            Some(Proof::None) | None => Some(self.lang.pick("受付番号", "receipt")),
        };
        if let Some(heading) = receipt.filter(|_| self.draft.registers()) {
            kept.push((heading.to_owned(), "receipt".to_owned()));
        }
        kept.extend(reads.iter().map(|read| (read.name.clone(), read.name.clone())));
        for read in reads {
            kept.extend(read.compared.as_deref().map(|column| self.comparison(read, column)));
        }
        if !kept.is_empty() {
            self.said("  keep:", "結果の表に残すもの", "what the table of results will tell");
        }
        for (heading, name) in kept {
            self.line(&format!("    {}: ${{{{ {name} }}}}", yaml::flow(&heading)));
        }
        self.line("");
    }

    /// What the page shows beside what the table says; blanks between the parts of a name do not count.
    fn comparison(&self, read: &Read, column: &str) -> (String, String) {
        let bare = |value: &str| format!("({value} | 空白を除く)");
        let (same, other) = (self.lang.pick("一致", "same"), self.lang.pick("不一致", "differs"));
        let heading = match self.lang {
            Lang::Ja => format!("{column}の照合"),
            Lang::En => format!("{column} compared"),
        };
        let (shown, told) = (bare(&read.name), bare(&item(column)));
        (heading, format!("\"{same}\" if {shown} == {told} else \"{other}\""))
    }

    fn key(&mut self) {
        let key = self.draft.rows.key();
        if let Some((first, second)) = self.draft.rows.twice(&key) {
            let message = Message::new(codes::DRAFT_KEY_TWICE)
                .with("column", key.join(self.lang.pick("、", ", ")))
                .with("first", first.to_string())
                .with("second", second.to_string());
            self.note(message);
        }
        let line = match key.as_slice() {
            [one] => format!("  key: {}", yaml::scalar(one)),
            several => {
                let names: Vec<String> = several.iter().map(|name| yaml::flow(name)).collect();
                self.notes
                    .push(about_line(Message::new(codes::RECORDED_KEY), self.here()));
                format!("  key: [{}]", names.join(", "))
            }
        };
        match self.draft.registers() {
            true => self.said(
                &line,
                "★ 1行ごとに違う値の列。同じ値の件は、二度としない",
                "★ tells one row from all others; no value is worked twice",
            ),
            false => self.said(&line, "★ 1行ごとに違う値の列", "★ tells one row from all others"),
        }
    }

    /// Rows that lack what the form asks for are sent back by their looks alone; the first rule is the pattern for others.
    fn rejections(&mut self) {
        let key = self.draft.rows.key();
        let needed = self.draft.pairing.pairs.iter().filter(|pair| pair.field.required);
        let needed = needed.map(|pair| pair.from.column.as_str());
        let needed: Vec<&str> = needed.filter(|column| !key.iter().any(|name| name == column)).collect();
        let Some(first) = needed.first() else { return };
        self.said(
            "  reject:",
            "★ 行を見ただけで差し戻すもの。「理由: 条件」",
            "★ rows that are sent back by their looks. reason: condition",
        );
        let empty = self.lang.pick("が書かれていません", " is missing");
        for column in &needed {
            let reason = yaml::flow(&format!("{column}{empty}"));
            self.line(&format!("    {reason}: {} is 空", item(column)));
        }
        let types = self.draft.rows.headings().iter().zip(&self.draft.rows.types);
        let amount = types.clone().find(|(_, kind)| **kind == ColumnType::Amount);
        let (reason, condition) = match amount {
            Some((column, _)) => (
                format!("{column}{}", self.lang.pick("が足りません", " is too little")),
                format!("{} < 300", item(column)),
            ),
            None => (
                format!("{first}{}", self.lang.pick("が「未」です", " is not done")),
                format!("{} == \"未\"", item(first)),
            ),
        };
        self.remark(
            4,
            "足せる条件の例（頭の「# 」を消すと働く）",
            "an example (it counts once the “# ” before it is gone)",
        );
        self.line(&format!("    # {}: {condition}", yaml::flow(&reason)));
    }

    fn after(&mut self) {
        self.line("");
        self.said(
            "after:",
            "終わりに1回。結果を Excel の表にする",
            "once at the end: the results as an Excel table",
        );
        self.line("  - excel.write:");
        self.line(&format!(
            "      file: outbox/{}_${{{{ run.date }}}}.xlsx",
            self.draft.about.id
        ));
        self.line("      rows: ${{ run.items }}");
    }
}

pub(super) fn about_line(message: Message, line: usize) -> Message {
    message.with("line", line.to_string())
}

/// A column of the item in an expression.
fn item(column: &str) -> String {
    let from = From {
        column: column.to_owned(),
        filter: None,
    };
    from.expression()
}
