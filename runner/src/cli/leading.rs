//! `yakin run --step` and `--until`: a rehearsal led from the terminal.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::diag::{Severity, human};
use crate::drivers::browser::Described;
use crate::events::{Failure, StepOutline};
use crate::history::Store;
use crate::plan::{self, OfficeFiles, Plan};
use crate::record::Surroundings;
use crate::rules::width::to_halfwidth_ascii;
use crate::run::{Answer, Guide, Stop, Why, Wish};
use crate::text::{Lang, Message, codes};

use super::error::CliError;
use super::look;
use super::office::Desk;
use super::standing::{Errand, Letter, Standing};
use super::until;

/// What somebody types where a rehearsal has stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    Do,
    Skip,
    Fail,
    Variables,
    Page,
    Look,
    Reload,
    Try(String),
    Continue,
    Leave,
    /// Anything else: the letters are explained.
    Help,
}

/// What a line means. Full-width letters are what a Japanese keyboard gives.
fn typed(line: &str) -> Typed {
    let line = line.trim();
    let (word, rest) = line.split_once([' ', '　']).unwrap_or((line, ""));
    match (to_halfwidth_ascii(word).to_ascii_lowercase().as_str(), rest.trim()) {
        ("t", step) if !step.is_empty() => Typed::Try(step.to_owned()),
        ("", "") => Typed::Do,
        ("s", "") => Typed::Skip,
        ("f", "") => Typed::Fail,
        ("v", "") => Typed::Variables,
        ("p", "") => Typed::Page,
        ("l", "") => Typed::Look,
        ("r", "") => Typed::Reload,
        ("c", "") => Typed::Continue,
        ("q", "") => Typed::Leave,
        _ => Typed::Help,
    }
}

/// Why it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    Before,
    Failed,
    Reached,
    Ended,
}

/// The terminal that leads.
pub(super) struct Terminal {
    lang: Lang,
    root: PathBuf,
    file: String,
    bot: String,
    system: Option<String>,
    /// The system's address, once it is known.
    base: Option<String>,
    store: Arc<Store>,
    /// Whether it stops before every step now.
    stepping: bool,
    until: Option<String>,
    /// Whether somebody is asked at all: without, it only shows where it has come to.
    asks: bool,
    /// Whether it goes on step by step where it was to stop.
    steps: bool,
    waits: Waits,
    /// What is wished where nobody is asked, the last first.
    unasked: Vec<Wish>,
    lines: mpsc::UnboundedReceiver<String>,
    standing: Option<Standing>,
    /// Who waits elsewhere for an answer.
    asked_by: Option<Letter>,
    reached: bool,
    /// Whether it has asked nothing yet.
    new: bool,
}

/// What was asked of a rehearsal on the command line.
pub(super) struct Asked<'a> {
    pub(super) step: bool,
    pub(super) until: Option<&'a str>,
    pub(super) show: bool,
}

impl Terminal {
    pub(super) async fn new(desk: &Desk, plan: &Plan, asked: &Asked<'_>) -> Result<Terminal, CliError> {
        let until = asked.until.map(|word| until::find(plan, word)).transpose()?;
        let asks = asked.step || asked.show;
        let standing = match asks {
            true => Some(Standing::open(&desk.room.own()).await?),
            false => None,
        };
        Ok(Terminal {
            lang: desk.room.lang,
            root: desk.room.root.clone(),
            file: plan.file.clone(),
            bot: plan.scenario.id.value.clone(),
            system: plan.system.as_ref().map(|system| system.system.name.value.clone()),
            base: None,
            store: desk.store.clone(),
            stepping: asked.step && until.is_none(),
            until,
            asks,
            steps: asked.step,
            waits: Waits::Before,
            unasked: Vec::new(),
            lines: lines(asks),
            standing,
            asked_by: None,
            reached: false,
            new: true,
        })
    }

    /// Where the system of this rehearsal is.
    pub(super) fn works_at(&mut self, base: Option<&str>) {
        self.base = base.map(str::to_owned);
    }

    /// What is to be said at the end.
    pub(super) fn close(&self) {
        if self.until.is_some() && !self.reached {
            let said = Message::new(codes::UNTIL_NOT_REACHED).render(self.lang);
            println!("{}", said.what);
        }
    }

    fn prompt(&mut self) {
        let keys = match (self.waits, self.lang) {
            (Waits::Reached, Lang::Ja) if !self.steps => "Enter 終わる  v 変数  p 画面  l 画面の一覧  t ステップ 試す",
            (Waits::Reached, Lang::En) if !self.steps => "Enter end  v values  p page  l list the page  t STEP try",
            (Waits::Ended, Lang::Ja) => {
                "Enter 次の件へ（なければ終わる）  r ファイルを読み直して、続きに書いた手順から  v 変数  p 画面  l 画面の一覧  t ステップ 試す  c 続けて実行  q やめる"
            }
            (Waits::Ended, Lang::En) => {
                "Enter next item (or the end)  r read the file again and do the steps added below  v values  p page  l list the page  t STEP try  c go on  q leave"
            }
            (Waits::Before | Waits::Reached, Lang::Ja) => {
                "Enter 実行  s 飛ばす  v 変数  p 画面  l 画面の一覧  r ファイルを読み直す  t ステップ 試す  c 続けて実行  q やめる"
            }
            (Waits::Failed, Lang::Ja) => {
                "Enter もう一度  s 飛ばす  f 失敗のまま進む  v 変数  p 画面  l 画面の一覧  r ファイルを読み直す  t ステップ 試す  q やめる"
            }
            (Waits::Before | Waits::Reached, Lang::En) => {
                "Enter do it  s skip  v values  p page  l list the page  r read the file again  t STEP try  c go on  q leave"
            }
            (Waits::Failed, Lang::En) => {
                "Enter again  s skip  f let it fail  v values  p page  l list the page  r read the file again  t STEP try  q leave"
            }
        };
        println!("  [{keys}]");
        if std::mem::take(&mut self.new) {
            let hint = self.lang.pick(
                "別の端末から yakin try 'ステップ' でこの画面を試し、yakin look で、貼れる YAML の一覧を見られます。",
                "From another terminal, yakin try 'STEP' works on this page, and yakin look lists it as YAML to paste.",
            );
            println!("  {hint}");
        }
        self.ask();
    }

    fn ask(&self) {
        use std::io::Write as _;
        print!("> ");
        let _ = std::io::stdout().flush();
    }

    /// What a line asks for; none when it only had to be explained.
    fn heard(&mut self, line: &str) -> Option<Wish> {
        Some(match typed(line) {
            Typed::Do => Wish::Do,
            Typed::Skip if self.waits != Waits::Ended => Wish::Skip,
            Typed::Fail if self.waits == Waits::Failed => Wish::Fail,
            Typed::Variables => Wish::Variables,
            Typed::Page => Wish::Page,
            Typed::Look => Wish::Look { all: false },
            Typed::Continue => {
                self.stepping = false;
                Wish::Do
            }
            Typed::Leave => Wish::Leave,
            Typed::Reload => return self.reload(),
            Typed::Try(text) => match plan::trial(&OfficeFiles::new(&self.root), &text) {
                Ok(step) => Wish::Try(Box::new(step)),
                Err(findings) => {
                    print!("{}", human::render(&findings, self.lang));
                    self.ask();
                    return None;
                }
            },
            Typed::Skip | Typed::Fail | Typed::Help => {
                self.prompt();
                return None;
            }
        })
    }

    /// The scenario as it stands in its file now. While it has mistakes they are told, and nothing else happens.
    fn reload(&self) -> Option<Wish> {
        let loaded = plan::load(&OfficeFiles::new(&self.root), &self.file);
        if loaded.findings.count(Severity::Error) + loaded.findings.count(Severity::Warning) > 0 {
            print!("{}", human::render(&loaded.findings, self.lang));
        }
        let said = match loaded.plan {
            Some(plan) if plan.scenario.id.value == self.bot => return Some(Wish::Mended(Box::new(plan))),
            Some(_) => Message::new(codes::RELOAD_ID),
            None => Message::new(codes::RELOAD_WRONG),
        };
        let said = said.render(self.lang);
        println!("  {} {}", said.what, said.mend);
        self.ask();
        None
    }

    /// What somebody asks for from elsewhere.
    fn received(&mut self, letter: Letter) -> Option<Wish> {
        let line = self.lang.pick("別の端末から:", "from another terminal:");
        let step = match &letter.errand {
            Errand::Step(step) => step,
            Errand::Look { all, .. } => {
                println!("\n  {line} yakin look");
                let wish = Wish::Look { all: *all };
                self.asked_by = Some(letter);
                return Some(wish);
            }
        };
        println!("\n  {line} {}", step.trim());
        match plan::trial(&OfficeFiles::new(&self.root), step) {
            Ok(step) => {
                self.asked_by = Some(letter);
                Some(Wish::Try(Box::new(step)))
            }
            Err(findings) => {
                letter.answer(false, human::render(&findings, self.lang));
                self.ask();
                None
            }
        }
    }

    fn failure(&self, failure: &Failure) -> String {
        let said = failure.message.render(self.lang);
        let mut lines = vec![format!("  {}（{}）", said.what, said.code)];
        if let Some(words) = &failure.page_says {
            lines.push(format!("  {} 「{words}」", self.lang.pick("画面の言葉:", "page says:")));
        }
        if !said.mend.is_empty() {
            lines.push(format!("  {} {}", self.lang.pick("直し方:", "what to do:"), said.mend));
        }
        lines.join("\n")
    }

    /// What a page offers, to be pasted; as JSON where somebody elsewhere wants that.
    fn listed(&self, page: &Described) -> String {
        let around = Surroundings {
            lang: self.lang,
            system: self.system.as_deref(),
            base: self.base.as_deref(),
        };
        let asked = self.asked_by.as_ref().map(|letter| &letter.errand);
        look::listed(page, &around, matches!(asked, Some(Errand::Look { json: true, .. })))
    }

    fn told(&self, answer: &Answer) -> (bool, String) {
        match answer {
            Answer::Variables(values) => {
                let lines: Vec<String> = values
                    .iter()
                    .map(|(name, value)| format!("  {name} = {value}"))
                    .collect();
                (true, lines.join("\n"))
            }
            Answer::Page {
                title,
                url,
                lines,
                picture,
            } => {
                let mut told = vec![format!("  {title}"), format!("  {url}")];
                told.extend(lines.iter().map(|line| format!("    {line}")));
                let place = picture
                    .as_ref()
                    .and_then(|picture| self.store.evidence_place(&picture.sha256));
                if let Some(place) = place {
                    told.push(format!("  {} {}", self.lang.pick("写真:", "picture:"), place.display()));
                }
                (true, told.join("\n"))
            }
            Answer::Looked(page) => (true, self.listed(page)),
            Answer::Tried { notes, value } => {
                let mut told = vec![format!("  {}", self.lang.pick("できました。", "It worked."))];
                told.extend(notes.iter().map(|note| format!("  {}", note.what(self.lang))));
                if let Some(value) = value {
                    told.push(format!("  {} {value}", self.lang.pick("結果:", "result:")));
                }
                (true, told.join("\n"))
            }
            Answer::Failed(failure) => {
                let heading = self.lang.pick("できませんでした。", "It did not work.");
                (false, format!("  {heading}\n{}", self.failure(failure)))
            }
        }
    }
}

impl Guide for Terminal {
    fn stops_before(&mut self, _: &StepOutline) -> bool {
        self.asks && self.stepping
    }

    fn stops_after(&mut self, step: &StepOutline) -> bool {
        self.until.as_ref() == Some(&step.path) && !self.reached
    }

    fn stops_at_end(&mut self) -> bool {
        self.asks && self.stepping
    }

    fn show(&mut self, stop: &Stop) {
        let StepOutline { title, file, line, .. } = &stop.step;
        let (waits, icon, word) = match stop.why {
            Why::Before => (Waits::Before, "▶", self.lang.pick("次:", "next:")),
            Why::Reached => (Waits::Reached, "■", self.lang.pick("ここまで:", "as far as:")),
            Why::Ended => {
                let word = self
                    .lang
                    .pick("この件の手順は終わりです:", "this item's steps are done:");
                (Waits::Ended, "■", word)
            }
            Why::Failed(_) => (Waits::Failed, "×", self.lang.pick("失敗:", "failed:")),
        };
        self.waits = waits;
        let item = stop
            .item
            .as_ref()
            .map(|item| format!("  {}", item.label))
            .unwrap_or_default();
        println!("{icon} {word} {title}（{file}:{line}）{item}");
        for value in &stop.values {
            println!("    {value}");
        }
        match &stop.why {
            Why::Failed(failure) => println!("{}", self.failure(failure)),
            Why::Reached => {
                self.reached = true;
                self.stepping = self.steps;
                self.unasked = vec![Wish::Do, Wish::Variables, Wish::Page];
            }
            Why::Before | Why::Ended => {}
        }
        if self.asks {
            self.prompt();
        }
    }

    fn wish(&mut self) -> Pin<Box<dyn Future<Output = Wish> + Send + '_>> {
        Box::pin(async move {
            if !self.asks {
                // Nobody is asked: where it was to stop the page and the values are told, and what fails stays failed.
                return self.unasked.pop().unwrap_or(Wish::Fail);
            }
            loop {
                let letter = async {
                    match self.standing.as_mut() {
                        Some(standing) => standing.letter().await,
                        None => std::future::pending().await,
                    }
                };
                let wish = tokio::select! {
                    line = self.lines.recv() => match line {
                        Some(line) => self.heard(&line),
                        None => {
                            let said = Message::new(codes::STEP_NO_INPUT).render(self.lang);
                            println!("{}", said.what);
                            Some(Wish::Leave)
                        }
                    },
                    letter = letter => self.received(letter),
                };
                if let Some(wish) = wish {
                    return wish;
                }
            }
        })
    }

    fn answer(&mut self, answer: Answer) {
        let (well, told) = self.told(&answer);
        match self.asked_by.take() {
            // A long list is only for the one who asked for it.
            Some(letter) if matches!(letter.errand, Errand::Look { .. }) => letter.answer(well, format!("{told}\n")),
            asked => {
                println!("{told}");
                if let Some(letter) = asked {
                    letter.answer(well, format!("{told}\n"));
                }
            }
        }
        if self.asks {
            self.ask();
        }
    }
}

/// The lines that are typed, read on a thread of its own; a wait for one can so be given up.
fn lines(wanted: bool) -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    if wanted {
        std::thread::spawn(move || {
            for line in std::io::stdin().lines() {
                let Ok(line) = line else { return };
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
    }
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_in_either_width_is_a_command_and_anything_else_is_explained() {
        for (line, meant) in [
            ("", Typed::Do),
            ("  ", Typed::Do),
            ("s", Typed::Skip),
            ("Ｓ", Typed::Skip),
            ("ｖ", Typed::Variables),
            ("P", Typed::Page),
            ("ｌ", Typed::Look),
            ("r", Typed::Reload),
            ("c", Typed::Continue),
            ("q", Typed::Leave),
            ("f", Typed::Fail),
            ("t browser.click: 登録", Typed::Try("browser.click: 登録".to_owned())),
            ("ｔ　browser.click: 登録", Typed::Try("browser.click: 登録".to_owned())),
            ("t", Typed::Help),
            ("s 3", Typed::Help),
            ("はい", Typed::Help),
            ("?", Typed::Help),
        ] {
            assert_eq!(typed(line), meant, "{line}");
        }
    }
}
