//! Facts to findings: pure, and therefore tested by many cases.

mod deep;
mod machine;
mod office;

use crate::text::{Code, Lang, Message};

use super::facts::Facts;

pub use deep::inspected;
pub use machine::pair;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The browser.
    Browser,
    /// Its driver.
    Driver,
    /// A trial start of both.
    Trial,
    /// Japanese fonts.
    Fonts,
    /// Memory.
    Memory,
    /// Models of the text recognition.
    Models,
    /// The database with its records.
    Store,
    /// Clocks and time zones.
    Clock,
    /// Room on disks.
    Disk,
    /// The office's folders.
    Folders,
    /// Secrets.
    Secrets,
    /// Work that people have taken over.
    ByHand,
    /// Scenarios.
    Scenarios,
    /// What dead runs left.
    Leftovers,
    /// The files of a kit.
    Kit,
}

impl Area {
    /// What people call it.
    pub fn name(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Area::Browser => ("ブラウザー", "browser"),
            Area::Driver => ("ドライバー", "driver"),
            Area::Trial => ("起動", "start"),
            Area::Fonts => ("日本語の字", "fonts"),
            Area::Memory => ("メモリー", "memory"),
            Area::Models => ("文字認識", "recognition"),
            Area::Store => ("記録", "records"),
            Area::Clock => ("時計", "clock"),
            Area::Disk => ("ディスク", "disk"),
            Area::Folders => ("フォルダー", "folders"),
            Area::Secrets => ("秘密", "secrets"),
            Area::ByHand => ("手作業", "by hand"),
            Area::Scenarios => ("シナリオ", "scenarios"),
            Area::Leftovers => ("残り物", "leftovers"),
            Area::Kit => ("キット", "kit"),
        };
        lang.pick(ja, en)
    }

    /// Its name for machines.
    pub fn key(self) -> &'static str {
        self.name(Lang::En)
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// ○: well.
    Good,
    /// △: a night can run, but somebody should look.
    Warning,
    /// ×: a night cannot run.
    Bad,
}

impl Level {
    /// The sign and the word, so that neither colour nor sign alone tells.
    pub fn sign(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Level::Good => ("○ よし", "○ well   "),
            Level::Warning => ("△ 注意", "△ warning"),
            Level::Bad => ("× だめ", "× bad    "),
        };
        lang.pick(ja, en)
    }

    /// Its name for machines.
    pub fn key(self) -> &'static str {
        match self {
            Level::Good => "good",
            Level::Warning => "warning",
            Level::Bad => "bad",
        }
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// About what.
    pub area: Area,
    /// How bad.
    pub level: Level,
    /// What, and what to do.
    pub message: Message,
}

impl Finding {
    /// A finding.
    pub fn new(area: Area, level: Level, message: Message) -> Finding {
        Finding { area, level, message }
    }
}

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds one.
    pub fn add(&mut self, area: Area, level: Level, message: Message) {
        self.0.push(Finding::new(area, level, message));
    }

    /// Adds many.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Finding>) {
        self.0.extend(more);
    }

    /// One after another.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// How many are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|finding| finding.level == level).count()
    }

    /// The worst level; well when nothing was found.
    pub fn worst(&self) -> Level {
        self.0.iter().map(|finding| finding.level).max().unwrap_or(Level::Good)
    }

    fn good(&mut self, area: Area, code: Code) {
        self.add(area, Level::Good, Message::new(code));
    }
}

/// Judges everything that was seen.
pub fn judge(facts: &Facts) -> Findings {
    let mut found = Findings::default();
    machine::judge(&facts.machine, &mut found);
    if let Some(office) = &facts.office {
        office::judge(office, &mut found);
    }
    found
}

/// Bytes as people read them: `1.5 GiB`, `300 MiB`.
fn bytes(number: u64) -> String {
    const MEBI: u64 = 1024 * 1024;
    let mebis = number / MEBI;
    if mebis >= 1024 {
        format!("{}.{} GiB", mebis / 1024, mebis % 1024 * 10 / 1024)
    } else {
        format!("{mebis} MiB")
    }
}

#[cfg(test)]
fn codes_of(found: &Findings) -> Vec<(Level, String)> {
    found
        .iter()
        .map(|finding| (finding.level, finding.message.code.to_string()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codes;

    #[test]
    fn the_worst_decides_and_nothing_is_well() {
        let mut found = Findings::default();
        assert_eq!(found.worst(), Level::Good);
        found.good(Area::Fonts, codes::CARE_FONTS);
        found.add(Area::Trial, Level::Bad, Message::new(codes::CARE_NO_SANDBOX));
        found.add(Area::Trial, Level::Warning, Message::new(codes::CARE_NOT_TRIED));
        assert_eq!(found.worst(), Level::Bad);
        assert_eq!(
            [Level::Good, Level::Warning, Level::Bad].map(|level| found.count(level)),
            [1, 1, 1]
        );
    }

    #[test]
    fn bytes_are_told_in_the_unit_that_fits() {
        for (number, told) in [
            (0, "0 MiB"),
            (1024 * 1024 * 1023, "1023 MiB"),
            (1024 * 1024 * 1024, "1.0 GiB"),
            (1024 * 1024 * 1536, "1.5 GiB"),
        ] {
            assert_eq!(bytes(number), told);
        }
    }
}
