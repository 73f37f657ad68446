//! Progress while a run works: a bar in a terminal, plain lines otherwise, and the result at the end.

use std::io::{self, Write};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::events::view::{RunView, Standing};
use crate::events::{Event, ItemFinished, ItemsTaken, Kind, RunStarted, StepRef};

use super::card;
use super::layout::{cut, plain};
use super::reader::Reader;
use super::words;

/// How progress is shown.
#[derive(Debug)]
pub struct Options {
    /// Who reads.
    pub reader: Reader,
    /// Where the bar is drawn, in a terminal; without it there are plain lines only.
    pub bar: Option<ProgressDrawTarget>,
    /// Whether colours may be used (they never carry meaning alone). Off when `NO_COLOR` is set.
    pub colour: bool,
    /// Without a bar, how much time passes at least between the lines of two items that ended well; others always have theirs.
    pub pace: Duration,
}

/// Takes a run's events one by one and tells them.
#[derive(Debug)]
pub struct Console<W> {
    out: W,
    view: RunView,
    target: Option<ProgressDrawTarget>,
    bar: Option<ProgressBar>,
    reader: Reader,
    colour: bool,
    pace: Duration,
    /// When the last line of an item was written.
    told: Option<DateTime<Utc>>,
    first_item: Option<DateTime<Utc>>,
}

impl<W: Write> Console<W> {
    /// A console that writes its lines to `out`.
    pub fn new(out: W, options: Options) -> Console<W> {
        Console {
            out,
            view: RunView::default(),
            target: options.bar,
            bar: None,
            reader: options.reader,
            colour: options.colour,
            pace: options.pace,
            told: None,
            first_item: None,
        }
    }

    /// Tells one event.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        self.view.apply(event);
        match &event.kind {
            Kind::RunStarted(header) => self.started(event, header),
            Kind::ItemsTaken(taken) => self.taken(event, taken),
            Kind::ItemStarted(_) => {
                self.first_item.get_or_insert(event.at);
                self.refresh(event.at);
                Ok(())
            }
            Kind::StepStarted(_) => {
                if let Some(bar) = &self.bar {
                    // How long this step has been waiting, not the run.
                    bar.reset_elapsed();
                }
                self.say_current();
                Ok(())
            }
            Kind::StepAt { step, .. } => match self.bar {
                Some(_) => {
                    self.say_current();
                    Ok(())
                }
                None => {
                    let line: Vec<String> = self.doing(Some(step)).into_iter().chain(self.far()).collect();
                    self.line(event, &line.join(" "))
                }
            },
            Kind::ItemFinished(finished) => self.item(event, finished),
            Kind::StepRetrying { step, failure, .. } => {
                let what = self.reader.what(&failure.message);
                let again = self.reader.aside(self.reader.words().again, &what);
                let line = self.doing(Some(step)).into_iter().chain([again]);
                self.line(event, &line.collect::<Vec<_>>().join(" "))
            }
            Kind::Noted(message) => self.line(event, &self.reader.what(message)),
            Kind::RunFinished(_) => self.ended(event),
            // The view has made a note of it.
            Kind::DoubtTaken { .. } | Kind::Disproved { .. } | Kind::Decided(_) => match self.view.notes.last() {
                Some(note) => self.line(event, &self.reader.what(&note.message)),
                None => Ok(()),
            },
            Kind::SessionOpened { .. } | Kind::StepFinished(_) | Kind::CommitIntended { .. } | Kind::Unknown(_) => {
                Ok(())
            }
        }
    }

    /// The view that the events have made so far.
    pub fn view(&self) -> &RunView {
        &self.view
    }

    fn started(&mut self, event: &Event, header: &RunStarted) -> io::Result<()> {
        let words = self.reader.words();
        let mut place = words::place(header.place, self.reader.lang).to_owned();
        if header.rehearsal {
            place = format!("{place}・{}", words.rehearsal);
        }
        let name = self.reader.aside(&plain(&header.name), &place);
        let line = format!("{name} {} {} {}", words.run, event.run.0, words.begins);
        self.line(event, &line)
    }

    fn taken(&mut self, event: &Event, taken: &ItemsTaken) -> io::Result<()> {
        let words = self.reader.words();
        let source = self.reader.aside(&plain(&taken.source), &plain(&taken.format));
        let to_do = taken.to_do.saturating_sub(taken.set_aside);
        let mut parts = vec![
            format!("{} {}", words.rows, taken.rows),
            format!("{} {to_do}", words.to_do),
        ];
        if taken.set_aside > 0 {
            parts.push(format!("{} {}", words.set_aside, taken.set_aside));
        }
        if taken.done_before > 0 {
            let word = words::standing(Standing::DoneBefore, self.reader.lang).word;
            parts.push(format!("{word} {}", taken.done_before));
        }
        let parts = parts.join(self.reader.lang.pick("、", ", "));
        // A scenario without items reads no table.
        let line = match taken.source.is_empty() {
            true => parts,
            false => format!("{source} {parts}"),
        };
        self.line(event, &line)?;
        if let Some(target) = self.target.take() {
            self.bar = Some(bar(target, to_do, self.colour));
        }
        Ok(())
    }

    fn item(&mut self, event: &Event, finished: &ItemFinished) -> io::Result<()> {
        self.refresh(event.at);
        let counts = self.view.counts();
        let standing = Standing::of(finished.state);
        let ended = counts.ended() - counts.of(Standing::DoneBefore);
        let total = counts.total() - counts.of(Standing::DoneBefore) - self.set_aside();
        let routine = standing.settled();
        if routine && (self.bar.is_some() || (self.is_soon(event.at) && ended != total)) {
            return Ok(());
        }
        self.told = Some(event.at);
        let mark = words::standing(standing, self.reader.lang);
        let mut line = format!(
            "[{ended}/{total}] {} {}",
            plain(&finished.item.label),
            self.painted(mark.word, standing)
        );
        if let Some(receipt) = &finished.receipt {
            line = format!("{line} {}", plain(receipt));
        }
        if let Some(failure) = &finished.failure {
            line = format!("{line} {}", self.reader.what(&failure.message));
        }
        self.line(event, &self.reader.aside(&line, &self.reader.span(finished.took_ms)))
    }

    /// Whether the last item's line is so new that one more would flood a log.
    fn is_soon(&self, now: DateTime<Utc>) -> bool {
        let since = self.told.and_then(|told| (now - told).to_std().ok());
        since.is_some_and(|since| since < self.pace)
    }

    fn ended(&mut self, event: &Event) -> io::Result<()> {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        let words = self.reader.words();
        let took = self.reader.span(self.view.took_ms());
        self.line(event, &self.reader.aside(words.finished, &took))?;
        writeln!(self.out, "{}", card::headline(&self.view, self.reader))?;
        writeln!(self.out, "{}", card::verdict(&self.view, self.reader))?;
        if let Some(failure) = self.view.failure() {
            let said = self.reader.say(&failure.message);
            writeln!(self.out, "{}", said.what)?;
            if !said.mend.is_empty() {
                writeln!(self.out, "{}", said.mend)?;
            }
        }
        let advice = card::advice(&self.view, self.reader);
        if !advice.is_empty() {
            writeln!(self.out, "{}:", words.next)?;
            for (number, sentence) in advice.iter().enumerate() {
                writeln!(self.out, "  {}. {sentence}", number + 1)?;
            }
        }
        self.out.flush()
    }

    /// One line with its time; above the bar, if there is one.
    fn line(&mut self, event: &Event, text: &str) -> io::Result<()> {
        let line = format!("{} {text}", self.reader.clock(event.at));
        let out = &mut self.out;
        let mut write = || {
            writeln!(out, "{line}")?;
            out.flush()
        };
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Brings the bar up to date.
    fn refresh(&mut self, now: DateTime<Utc>) {
        let Some(bar) = &self.bar else { return };
        let words = self.reader.words();
        let counts = self.view.counts();
        bar.set_position(counts.ended() - counts.of(Standing::DoneBefore));
        let mut parts = Vec::new();
        for standing in [Standing::Rejected, Standing::Failed] {
            let count = counts.of(standing);
            if count > 0 {
                parts.push(format!("{} {count}", words::standing(standing, self.reader.lang).word));
            }
        }
        if counts.waiting() > 0 {
            parts.push(format!("{} {}", words.waiting, counts.waiting()));
        }
        if let Some(end) = self.estimated_end(now) {
            parts.push(format!("{} {}", words.about_until, self.reader.clock(end)));
        }
        bar.set_prefix(parts.join("  "));
        self.say_current();
    }

    /// The item and step at work, under the bar.
    fn say_current(&self) {
        if let Some(bar) = &self.bar {
            let doing = self.doing(self.view.current.as_ref()).into_iter();
            let doing: Vec<String> = doing.chain(self.far()).collect();
            bar.set_message(cut(&doing.join("  "), 76));
        }
    }

    /// The item at work, and a step by its title.
    fn doing(&self, step: Option<&StepRef>) -> Vec<String> {
        let item = self.view.current_item().map(|item| plain(&item.item.label));
        let title = step.and_then(|step| self.view.steps.title(&step.outline)).map(plain);
        item.into_iter().chain(title).collect()
    }

    /// How far the step at work says it is.
    fn far(&self) -> Option<String> {
        let (done, total) = self.view.far?;
        let of = if total > 0 { format!("/{total}") } else { String::new() };
        Some(
            format!("… {done}{of} {}", self.reader.words().entries)
                .trim_end()
                .to_owned(),
        )
    }

    /// When the work will be done if it goes on as it did; not told before three items are.
    fn estimated_end(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let counts = self.view.counts();
        let ended = i32::try_from(counts.ended() - counts.of(Standing::DoneBefore)).ok()?;
        let left = i32::try_from(counts.total() - counts.ended() - self.set_aside()).ok()?;
        if ended < 3 || left == 0 {
            return None;
        }
        let per_item: TimeDelta = (now - self.first_item?) / ended;
        now.checked_add_signed(per_item.checked_mul(left)?)
    }

    /// Items that are left to another run.
    fn set_aside(&self) -> u64 {
        self.view.taken.as_ref().map_or(0, |taken| taken.set_aside)
    }

    fn painted(&self, word: &str, standing: Standing) -> String {
        let colour = match standing {
            _ if !self.colour => return word.to_owned(),
            Standing::Done | Standing::DoneBefore | Standing::AlreadyThere | Standing::Rehearsed => 32,
            Standing::Failed | Standing::Inquiry => 31,
            Standing::Rejected | Standing::ReadingReview | Standing::ByHand => 33,
            Standing::NotStarted | Standing::Running | Standing::Dropped => return word.to_owned(),
        };
        format!("\u{1b}[{colour}m{word}\u{1b}[0m")
    }
}

fn bar(target: ProgressDrawTarget, length: u64, colour: bool) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), target);
    let template = if colour {
        "{spinner:.cyan} [{bar:32.cyan}] {pos}/{len}  {prefix}\n  {msg}  {elapsed}"
    } else {
        "{spinner} [{bar:32}] {pos}/{len}  {prefix}\n  {msg}  {elapsed}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    // It turns also while a step waits long for its page.
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

#[cfg(test)]
mod tests;
