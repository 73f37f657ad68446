//! The steps of a draft: the form, what registers it or reads the answer, and the signs.

use super::super::sketch::field_step;
use super::super::work::Proof;
use super::super::yaml;
use super::matching::is_entry;
use super::reads::Read;
use super::text::{Page, about_line};
use crate::drivers::browser::{FieldKind, Robustness, Thing};
use crate::scenario::UNWRITTEN;
use crate::text::{Message, codes};

/// How many fields a remark names.
const NAMED: usize = 20;

impl Page<'_> {
    pub(super) fn steps(&mut self) {
        self.said("steps:", "1件ごとに、上から順に", "for each item, from top to bottom");
        if let Some(step) = self.draft.about.entrance {
            self.line(&format!("  - {step}"));
        }
        self.form();
        for name in &self.draft.learnt.filled {
            let step = format!("  - browser.see: {{ field: {} }}", yaml::flow(name));
            self.said(
                &step,
                "画面が入れる欄。入るまで待つ",
                "the page fills this one; waits for it",
            );
        }
    }

    /// The fields of the form: one `browser.fill` for those that stand in it by their headings, a step for each other.
    fn form(&mut self) {
        self.paired();
        let pairing = &self.draft.pairing;
        let (entries, alone): (Vec<_>, Vec<_>) = pairing.pairs.iter().partition(|pair| is_entry(pair.field, pair.way));
        if !entries.is_empty() || !pairing.missing.is_empty() {
            self.said(
                "  - browser.fill:",
                "★ 「画面の見出し: 値」",
                "★ heading on the page: value",
            );
        }
        for pair in entries {
            let value = format!("${{{{ {} }}}}", pair.from.expression());
            let line = format!("      {}: {}", yaml::flow(&pair.field.name), yaml::scalar(&value));
            self.line(&line);
        }
        for field in &pairing.missing {
            self.missing(field);
        }
        self.left_out();
        for pair in alone {
            let value = format!("${{{{ {} }}}}", pair.from.expression());
            let step = match pair.field.field {
                Some(FieldKind::Box) => {
                    format!(
                        "- browser.check: {{ {}, on: {} }}",
                        yaml::entries(&pair.way.locator).join(", "),
                        yaml::flow(&value)
                    )
                }
                _ => field_step(pair.field, &pair.way.locator, &value).0,
            };
            if pair.way.robustness().score < Robustness::GOOD {
                self.note(Message::new(codes::RECORDED_WEAK).with("lines", self.here().to_string()));
            }
            for line in step.lines() {
                self.line(&format!("  {line}"));
            }
        }
    }

    /// Says of headings that differ that they were taken for one thing.
    fn paired(&mut self) {
        let pairs = self.draft.pairing.pairs.iter().filter(|pair| !pair.same);
        let told = pairs.map(|pair| format!("{} ← {}", pair.field.name, pair.from.column));
        let told: Vec<String> = told.collect();
        if !told.is_empty() {
            let told = told.join(self.lang.pick("、", ", "));
            self.note(about_line(
                Message::new(codes::DRAFT_PAIRED).with("pairs", told),
                self.here(),
            ));
        }
    }

    /// A field that must be filled and has no column: `check` asks for it until somebody writes one.
    fn missing(&mut self, field: &Thing) {
        let message = Message::new(codes::DRAFT_MISSING).with("field", field.name.as_str());
        self.note(about_line(message, self.here()));
        let name = self.lang.pick("ここに列の名前", "COLUMN");
        let line = format!("      {}: ${{{{ item.{name} }}}}", yaml::flow(&field.name));
        self.said(
            &line,
            "★ 必須の欄。表に合う列が見つからない",
            "★ must be filled; no column was found",
        );
    }

    /// What was found on both sides and goes nowhere: nothing of it is passed over in silence.
    fn left_out(&mut self) {
        let pairing = &self.draft.pairing;
        let joined = |names: &[&str]| names.join(self.lang.pick("、", ", "));
        let named = |fields: &[&Thing]| fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
        let preset = named(&pairing.preset);
        let preset: Vec<&str> = preset.iter().map(String::as_str).collect();
        let mut notes = Vec::new();
        let registers = self.draft.registers();
        if registers && !preset.is_empty() {
            notes.push(Message::new(codes::DRAFT_PRESET).with("names", joined(&preset)));
        }
        if registers && !pairing.unused.is_empty() {
            notes.push(Message::new(codes::DRAFT_UNUSED).with("names", joined(&pairing.unused)));
        }
        // Ticks come last: there are many of them, and they are seldom meant.
        let mut others: Vec<&Thing> = pairing.preset.iter().chain(&pairing.others).copied().collect();
        others.sort_by_key(|field| field.field == Some(FieldKind::Box));
        let others = named(&others);
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let more = if others.len() > NAMED { "…" } else { "" };
        let others = joined(others.get(..NAMED).unwrap_or(&others));
        let unused = joined(&pairing.unused);
        self.notes.extend(notes);
        if !others.is_empty() {
            let (ja, en) = match registers {
                true => (
                    "ほかの欄（要れば、この上に足す）",
                    "other fields (add what is needed above)",
                ),
                false => (
                    "ほかの欄（足すと、両方が合うものだけを探す）",
                    "other fields (with one more, both must agree)",
                ),
            };
            self.remark(6, &format!("{ja}: {others}{more}"), &format!("{en}: {others}{more}"));
        }
        if !unused.is_empty() {
            let (ja, en) = match registers {
                true => (
                    "下書きのときに、どの欄にも合わなかった列",
                    "columns that fitted no field when this was drafted",
                ),
                false => ("検索には使わない列", "columns that the search does not use"),
            };
            self.remark(6, &format!("{ja}: {unused}"), &format!("{en}: {unused}"));
        }
    }

    pub(super) fn commit(&mut self) {
        let draft = self.draft;
        let heading = match draft.about.form.heading.as_str() {
            "" => draft.button.name.as_str(),
            heading => heading,
        };
        let line = format!("  - commit: {}", yaml::flow(heading));
        self.said(
            &line,
            "取り消せない操作。1件に1回だけ。下見は、この手前で止まる",
            "cannot be undone: once an item; rehearsals stop before it",
        );
        match &draft.learnt.dialog {
            None => self.line(&format!("    do: {{ {} }}", draft.press())),
            Some(question) => {
                let words = question.lines().next().unwrap_or_default();
                self.line("    do:");
                self.line(&format!("      - {}", draft.press()));
                self.line(&format!(
                    "      - browser.dialog: {{ answer: accept, text: {} }}",
                    yaml::flow(words)
                ));
            }
        }
        let line = self.here();
        let (ja, en) = (
            "★ 出来た印：登録できたときにだけ見えるもの",
            "★ shows only when it was registered",
        );
        let sign = match &draft.learnt.proof {
            Some(Proof::Field(heading)) => {
                self.said(
                    &format!("    proof: {{ field: {}, as: receipt }}", yaml::flow(heading)),
                    ja,
                    en,
                );
                Some(heading)
            }
            Some(Proof::Text(text)) => {
                self.said(&format!("    proof: {{ text: {} }}", yaml::flow(text)), ja, en);
                Some(text)
            }
            Some(Proof::None) | None => {
                let [japanese, english] = UNWRITTEN;
                let heading = self.lang.pick(japanese, english);
                let sign = format!("    proof: {{ field: {heading}, as: receipt }}");
                self.said(&sign, ja, en);
                None
            }
        };
        let note = match sign {
            Some(sign) => Message::new(codes::RECORDED_PROOF).with("sign", sign.as_str()),
            None => Message::new(codes::RECORDED_NO_PROOF),
        };
        self.note(about_line(note, line));
        match &draft.learnt.refused {
            Some(heading) => {
                let line = format!("    refused: {{ field: {} }}", yaml::flow(heading));
                self.said(
                    &line,
                    "断られた印：その言葉で差し戻す",
                    "the system refuses: its words are the reason",
                );
            }
            None => self.remark(
                4,
                "refused: { field: 断られたときにだけ見える見出し }   ← ★ あれば、# を消して書く",
                "refused: { field: the heading of its complaints }   ← ★ if there is one, take the # away",
            ),
        }
        self.said(
            "    verify: none",
            "どちらの印も見えないときは、人が確かめる",
            "when neither is seen a person finds out",
        );
        self.tries();
    }

    /// Says when no row brought the answer that was hoped for.
    fn tries(&mut self) {
        let draft = self.draft;
        let is_known = draft.is_learnt();
        if draft.learnt.in_vain > 0 && !is_known {
            let code = match draft.registers() {
                true => codes::DRAFT_REFUSED,
                false => codes::DRAFT_NOT_FOUND,
            };
            self.note(Message::new(code).with("count", draft.learnt.in_vain.to_string()));
        }
    }

    pub(super) fn look_up(&mut self, reads: &[Read]) {
        self.line(&format!("  - {}", self.draft.press()));
        let Some(first) = reads.first() else {
            let [japanese, english] = UNWRITTEN;
            let heading = self.lang.pick(japanese, english);
            self.line(&format!("  - browser.see: {{ field: {heading} }}"));
            self.remark(
                2,
                "★ 検索した後の画面を読む手順を、ここに書く（yakin look --fill … --press … で見る）",
                "★ write here what is read from the page of the result (see it with yakin look --fill … --press …)",
            );
            return self.tries();
        };
        let step = format!("  - browser.see: {}", first.target);
        self.said(&step, "見つかるまで待つ", "waits until it is there");
        self.line("    timeout: 3s");
        let reason = self.lang.pick("見つかりません", "not found");
        let line = format!("    else: {{ reject: {} }}", yaml::flow(reason));
        self.said(
            &line,
            "3秒待っても見えなければ、こう書いて次の件へ",
            "after 3 seconds this is written, and the next item is worked",
        );
        for read in reads {
            let target = match read.kind {
                None => read.target.clone(),
                Some(kind) => format!("{}, type: {kind} }}", read.target.trim_end_matches(" }")),
            };
            self.said(
                &format!("  - browser.read: {target}"),
                &format!("画面の「{}」を読む", read.heading),
                &format!("reads “{}”", read.heading),
            );
            self.line(&format!("    as: {}", read.name));
        }
        self.tries();
    }
}
