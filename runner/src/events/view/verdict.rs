//! What a person is told about a run as a whole: how it ended, what was registered, what to do next.

use super::{Counts, ItemView, RunView, Standing, Status};
use crate::events::{Decided, ItemState, ItemsTaken, RunOutcome, StepOutline};
use crate::text::{Code, Message, codes};

impl RunView {
    /// How the run ended, as a sentence that follows the counts and does not repeat them.
    pub fn verdict(&self) -> Message {
        let counts = self.counts();
        Message::new(match self.status() {
            Status::Running => codes::RUN_GOES_ON,
            Status::Interrupted => codes::RUN_INTERRUPTED,
            Status::Ended(RunOutcome::Cancelled) => codes::RUN_CANCELLED,
            Status::Ended(RunOutcome::Failed) => codes::RUN_ENDED_EARLY,
            Status::Ended(_) if self.rehearsal() => codes::RUN_REHEARSED,
            Status::Ended(RunOutcome::Succeeded) if self.limited() => codes::RUN_LIMITED,
            Status::Ended(RunOutcome::Partial)
                if counts.unsettled() == 0 && self.items.values().any(ItemView::is_decided) =>
            {
                codes::RUN_DECIDED
            }
            // Also when only rows that it left alone wait for somebody.
            Status::Ended(RunOutcome::Partial) => codes::RUN_LEFT_SOME,
            Status::Ended(RunOutcome::Succeeded) => match (counts.total(), counts.unsettled()) {
                (0, _) => codes::RUN_HAD_NOTHING,
                (_, 0) => codes::RUN_ALL_SETTLED,
                _ => codes::RUN_LEFT_SOME,
            },
        })
    }

    /// What to do next, the most urgent first. Empty when nobody has to do anything.
    pub fn advice(&self) -> Vec<Message> {
        let counts = self.counts();
        let mut advice = Vec::new();
        if self.status() == Status::Interrupted {
            advice.push(Message::new(codes::NEXT_INTERRUPTED));
        }
        for (standing, code) in ADVICE {
            let code = match standing {
                Standing::ReadingReview if self.rehearsal() => codes::NEXT_ASKED_REHEARSED,
                _ => code,
            };
            let count = match standing {
                Standing::Inquiry => counts.of(standing).saturating_sub(self.looked_for()),
                _ => counts.of(standing),
            };
            advise(&mut advice, count, code);
        }
        advise(&mut advice, self.looked_for(), codes::NEXT_LOOK);
        if self.rehearsal() {
            advice.extend(self.after_rehearsal(&counts).map(Message::new));
            if self.over() && self.items.values().any(ItemView::is_veiled) {
                advice.push(Message::new(codes::NEXT_SEE_MORE));
            }
        } else if self.over() {
            advise(&mut advice, counts.of(Standing::NotStarted), codes::NEXT_NOT_STARTED);
            advice.extend(self.after_undone(&counts));
        }
        advice
    }

    /// What to say of the steps after the items, where the run ended before they were done.
    fn after_undone(&self, counts: &Counts) -> Option<Message> {
        let whole = matches!(
            self.status(),
            Status::Ended(RunOutcome::Succeeded | RunOutcome::Partial) | Status::Running
        );
        let has_after = self
            .header
            .as_ref()?
            .outline
            .iter()
            .any(|step| step.path.starts_with("after/"));
        // What another run was to work cannot be resumed, and neither can a run that left nothing.
        let left = counts.of(Standing::NotStarted) + counts.of(Standing::Failed) + self.looked_for();
        let run = self.run.filter(|_| left > 0 && !self.limited());
        let message = Message::new(codes::NEXT_AFTER).with_some("run", run.map(|run| run.0.to_string()));
        (!whole && has_after && self.taken.is_some()).then_some(message)
    }

    /// What to do after a rehearsal that is over.
    fn after_rehearsal(&self, counts: &Counts) -> Option<Code> {
        let nothing_new = |taken: &ItemsTaken| taken.to_do == 0 && taken.done_before > 0 && !taken.source.is_empty();
        if !self.over() {
            None
        } else if counts.of(Standing::Rehearsed) == 0 {
            let all_done = self.taken.as_ref().is_some_and(nothing_new);
            all_done.then_some(codes::NEXT_REHEARSE_DONE)
        } else if self.registers() {
            Some(codes::NEXT_REHEARSED)
        } else {
            Some(codes::NEXT_REHEARSED_READING)
        }
    }

    /// Why an item is not simply done; also of one whose run broke off and could not say.
    pub fn reason(&self, item: &ItemView) -> Option<Message> {
        let said = item.failure.as_ref().map(|failure| failure.message.clone());
        said.or_else(|| {
            let title = item
                .intended
                .as_ref()
                .filter(|_| self.standing(item) == Standing::Inquiry)?;
            let code = match self.looks() {
                true => codes::ITEM_LOOKED_FOR,
                false => codes::ITEM_BROKE_OFF,
            };
            Some(Message::new(code).with("title", title))
        })
    }

    /// Whether the scenario says how to look after a doubt, so that the bot's next run does.
    fn looks(&self) -> bool {
        let look = |step: &StepOutline| step.path.contains("/look/");
        self.header
            .as_ref()
            .is_some_and(|header| header.outline.iter().any(look))
    }

    /// How many items the bot's next run looks for by itself: this one broke off between intent and result.
    fn looked_for(&self) -> u64 {
        let broke_off = |item: &&ItemView| item.state == ItemState::Committing && self.over();
        match self.looks() {
            true => self.items.values().filter(broke_off).count() as u64,
            false => 0,
        }
    }

    /// Whether this item was registered, as a sentence.
    pub fn registration(&self, item: &ItemView) -> Message {
        let standing = self.standing(item);
        Message::new(match standing {
            _ if self.rehearsal() => codes::NOT_REGISTERED_REHEARSAL,
            Standing::Done => codes::REGISTERED,
            Standing::DoneBefore | Standing::AlreadyThere => codes::REGISTERED_BEFORE,
            Standing::Inquiry => codes::REGISTERED_UNKNOWN,
            Standing::ByHand => codes::REGISTERED_BY_HAND,
            Standing::Running if item.intended.is_some() => codes::REGISTERED_UNKNOWN,
            _ => codes::NOT_REGISTERED,
        })
    }
}

/// What a person has done, as a sentence.
pub(super) fn told(decided: &Decided) -> Message {
    let code = match (decided.state, decided.baton) {
        (ItemState::Done, None) => codes::DECIDED_REGISTERED,
        (ItemState::Dropped, None) => codes::DECIDED_DROPPED,
        (_, None) => codes::DECIDED_AGAIN,
        (ItemState::ByHand, Some(_)) => codes::TAKEN_BY_HAND,
        (ItemState::Done, Some(_)) => codes::DONE_BY_HAND,
        (ItemState::Dropped, Some(_)) => codes::DROPPED_BY_HAND,
        (_, Some(_)) => codes::GIVEN_BACK,
    };
    let message = Message::new(code)
        .with("item", decided.item.label.as_str())
        .with("person", decided.by.as_str());
    match decided.baton {
        Some(baton) => message.with_int("baton", baton),
        None => message,
    }
}

/// What to do about the items that stand somewhere, the most urgent first.
const ADVICE: [(Standing, Code); 5] = [
    (Standing::Inquiry, codes::NEXT_INQUIRY),
    (Standing::Failed, codes::NEXT_FAILED),
    (Standing::ReadingReview, codes::NEXT_READING),
    (Standing::Rejected, codes::NEXT_REJECTED),
    (Standing::ByHand, codes::NEXT_BY_HAND),
];

fn advise(advice: &mut Vec<Message>, count: u64, code: Code) {
    if count > 0 {
        advice.push(Message::new(code).with_int("count", i64::try_from(count).unwrap_or(i64::MAX)));
    }
}
