//! How many items stand where, in the words that every screen uses.

use crate::events::ItemState;
use crate::text::Lang;

/// What people call the state of an item: the one table of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// 未着手.
    NotStarted,
    /// 実行中.
    Running,
    /// 済.
    Done,
    /// 済(重複): the same key was done by an earlier run.
    DoneBefore,
    /// 済(既登録): the target had it already.
    AlreadyThere,
    /// 差し戻し.
    Rejected,
    /// 失敗.
    Failed,
    /// 読取確認.
    ReadingReview,
    /// 登録照会.
    Inquiry,
    /// 手作業中.
    ByHand,
    /// 対象外.
    Dropped,
    /// 下見済: a rehearsal came as far as the irreversible act.
    Rehearsed,
}

impl Standing {
    /// Every word, in the order in which counts are listed.
    pub const ALL: [Standing; 12] = [
        Standing::NotStarted,
        Standing::Running,
        Standing::Done,
        Standing::DoneBefore,
        Standing::AlreadyThere,
        Standing::Rejected,
        Standing::Failed,
        Standing::ReadingReview,
        Standing::Inquiry,
        Standing::ByHand,
        Standing::Dropped,
        Standing::Rehearsed,
    ];

    /// The word for a state as the ledger keeps it.
    pub fn of(state: ItemState) -> Standing {
        match state {
            ItemState::New => Standing::NotStarted,
            ItemState::Claimed | ItemState::Committing => Standing::Running,
            ItemState::Done => Standing::Done,
            ItemState::AlreadyThere => Standing::AlreadyThere,
            ItemState::Rejected => Standing::Rejected,
            ItemState::Failed => Standing::Failed,
            ItemState::ReadingReview => Standing::ReadingReview,
            ItemState::Inquiry => Standing::Inquiry,
            ItemState::ByHand => Standing::ByHand,
            ItemState::Dropped => Standing::Dropped,
            ItemState::Rehearsed => Standing::Rehearsed,
        }
    }

    /// The office's word for it: one table for every screen, sheet and message.
    pub fn word(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Standing::NotStarted => ("未着手", "not started"),
            Standing::Running => ("実行中", "running"),
            Standing::Done => ("済", "done"),
            Standing::DoneBefore => ("済(重複)", "done before"),
            Standing::AlreadyThere => ("済(既登録)", "already there"),
            Standing::Rejected => ("差し戻し", "rejected"),
            Standing::Failed => ("失敗", "failed"),
            Standing::ReadingReview => ("読取確認", "reading review"),
            Standing::Inquiry => ("登録照会", "inquiry"),
            Standing::ByHand => ("手作業中", "by hand"),
            Standing::Dropped => ("対象外", "dropped"),
            Standing::Rehearsed => ("下見済", "rehearsed"),
        };
        lang.pick(ja, en)
    }

    /// Whether a person has to do something before the item can come to an end.
    pub fn waits(self) -> bool {
        matches!(self, Standing::ReadingReview | Standing::Inquiry | Standing::ByHand)
    }

    /// Whether the item is at its end and nobody has to do anything.
    pub fn settled(self) -> bool {
        matches!(
            self,
            Standing::Done | Standing::DoneBefore | Standing::AlreadyThere | Standing::Dropped | Standing::Rehearsed
        )
    }

    /// How urgently a person should look, most urgent first: the order of lists.
    pub fn urgency(self) -> u8 {
        match self {
            Standing::Inquiry => 0,
            Standing::Failed => 1,
            Standing::ReadingReview => 2,
            Standing::Rejected => 3,
            Standing::ByHand => 4,
            Standing::Running => 5,
            Standing::NotStarted => 6,
            Standing::Dropped => 7,
            Standing::AlreadyThere => 8,
            Standing::DoneBefore => 9,
            Standing::Done => 10,
            Standing::Rehearsed => 11,
        }
    }
}

/// How many items stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u64; Standing::ALL.len()]);

/// What was registered in the target, as far as anybody can prove.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Registered {
    /// By this run.
    pub now: u64,
    /// Before it: by an earlier run, or by somebody else.
    pub before: u64,
    /// Certainly not by this run.
    pub not: u64,
    /// Nobody can say without looking, or a person has it in hand.
    pub unknown: u64,
}

impl FromIterator<(Standing, u64)> for Counts {
    fn from_iter<I: IntoIterator<Item = (Standing, u64)>>(counts: I) -> Counts {
        let mut sum = Counts::default();
        for (standing, count) in counts {
            sum.add(standing, count);
        }
        sum
    }
}

impl Counts {
    /// How many items stand there.
    pub fn of(&self, standing: Standing) -> u64 {
        self.0.get(standing as usize).copied().unwrap_or(0)
    }

    pub(super) fn add(&mut self, standing: Standing, count: u64) {
        if let Some(place) = self.0.get_mut(standing as usize) {
            *place = place.saturating_add(count);
        }
    }

    /// Every word with its count, in order; also those with none.
    pub fn iter(&self) -> impl Iterator<Item = (Standing, u64)> {
        Standing::ALL.into_iter().map(|standing| (standing, self.of(standing)))
    }

    /// The words that have any.
    pub fn present(&self) -> impl Iterator<Item = (Standing, u64)> {
        self.iter().filter(|(_, count)| *count > 0)
    }

    /// All items.
    pub fn total(&self) -> u64 {
        self.sum(|_| true)
    }

    /// Items that are at their end for this run: neither 未着手 nor 実行中.
    pub fn ended(&self) -> u64 {
        self.sum(|standing| !matches!(standing, Standing::NotStarted | Standing::Running))
    }

    /// Items that wait for a person.
    pub fn waiting(&self) -> u64 {
        self.sum(Standing::waits)
    }

    /// Items that are at their end and need nobody.
    pub fn settled(&self) -> u64 {
        self.sum(Standing::settled)
    }

    /// Items about which somebody still has to do something.
    pub fn unsettled(&self) -> u64 {
        self.sum(|standing| !standing.settled())
    }

    fn sum(&self, wanted: impl Fn(Standing) -> bool) -> u64 {
        let counts = self.iter().filter(|(standing, _)| wanted(*standing));
        counts.fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// What was registered. `uncommitted`: of those that are done, how many came to an end without the irreversible act.
    pub(super) fn registered(&self, uncommitted: u64) -> Registered {
        let now = self.of(Standing::Done).saturating_sub(uncommitted);
        let before = self.sum(|standing| matches!(standing, Standing::DoneBefore | Standing::AlreadyThere));
        let unknown = self.sum(|standing| matches!(standing, Standing::Running | Standing::Inquiry | Standing::ByHand));
        Registered {
            now,
            before,
            not: self
                .total()
                .saturating_sub(now.saturating_add(before).saturating_add(unknown)),
            unknown,
        }
    }

    /// What a rehearsal registers: nothing.
    pub(super) fn registered_by_nobody(&self) -> Registered {
        let before = self.of(Standing::DoneBefore);
        Registered {
            before,
            not: self.total().saturating_sub(before),
            ..Registered::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_their_places() {
        for (place, standing) in Standing::ALL.into_iter().enumerate() {
            assert_eq!(standing as usize, place);
        }
    }

    #[test]
    fn each_word_has_its_own_urgency() {
        let mut seen: Vec<u8> = Standing::ALL.into_iter().map(Standing::urgency).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), Standing::ALL.len());
    }

    #[test]
    fn registered_parts_make_the_whole() {
        let mut counts = Counts::default();
        for (place, standing) in Standing::ALL.into_iter().enumerate() {
            counts.add(standing, 1 << place);
        }
        for parts in [
            counts.registered(0),
            counts.registered(1),
            counts.registered_by_nobody(),
        ] {
            assert_eq!(parts.now + parts.before + parts.not + parts.unknown, counts.total());
        }
        assert_eq!(counts.registered(0).now, 1 << 2);
        assert_eq!(counts.registered(1).now, (1 << 2) - 1);
        assert_eq!(counts.registered(0).before, (1 << 3) + (1 << 4));
        assert_eq!(counts.registered(0).unknown, (1 << 1) + (1 << 8) + (1 << 9));
        assert_eq!(counts.registered_by_nobody().now, 0);
    }

    #[test]
    fn counts_never_overflow() {
        let mut counts = Counts::default();
        counts.add(Standing::Done, u64::MAX);
        counts.add(Standing::Done, 5);
        counts.add(Standing::Failed, u64::MAX);
        assert_eq!(counts.total(), u64::MAX);
        assert_eq!(counts.registered(0).not, 0);
    }
}
