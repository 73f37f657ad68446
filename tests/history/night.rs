//! A scripted night on the level of the ports: what a run asks of its store, with a register that counts how often
//! each key was really registered.

use std::collections::BTreeMap;
use std::sync::Mutex;

use yakin::events::{EvidenceRole, ItemFinished, ItemId, ItemRef, ItemState, Kind, RunOutcome};
use yakin::history::Store;
use yakin::ports::{
    Again, Enrolled, EventSink, EvidenceStore, Finish, Intake, Lease, Ledger, Move, NewItem, NewRun, PortError,
    Question, Receipt, TargetNote,
};

use super::fixture::{DEAD, ended, intend, item, run_of, values};

/// The other system. It allows doubles, so that ours would show.
#[derive(Default)]
pub(super) struct Register(Mutex<BTreeMap<String, u32>>);

impl Register {
    fn add(&self, key: &str) {
        *self.0.lock().expect("not poisoned").entry(key.to_owned()).or_default() += 1;
    }

    pub(super) fn times(&self, key: &str) -> u32 {
        self.0.lock().expect("not poisoned").get(key).copied().unwrap_or(0)
    }
}

/// What becomes of each key when nothing disturbs the night.
pub(super) const ENDS: [(&str, ItemState); 6] = [
    ("1-shared", ItemState::Inquiry),
    ("2-shared", ItemState::Inquiry),
    ("3-plain", ItemState::Done),
    ("4-refused", ItemState::Rejected),
    ("5-asked", ItemState::ReadingReview),
    ("6-failed-once", ItemState::Done),
];

/// Whether a key is registered once on its way to its end.
pub(super) fn is_registered(state: ItemState) -> bool {
    matches!(state, ItemState::Done | ItemState::Inquiry)
}

/// One bot, its ledger and its register.
pub(super) struct Office<'a> {
    pub(super) bot: String,
    pub(super) register: &'a Register,
}

impl Office<'_> {
    fn key(&self, name: &str) -> String {
        format!("{} {name}", self.bot)
    }

    fn intake(&self) -> Intake<'_> {
        Intake {
            ledger: &self.bot,
            source: "inbox/a.csv",
            lasting: false,
            again: Again::Unrefused,
            commits: true,
            anew: false,
        }
    }

    /// Works until nothing is left to try; gives up after the first failure of the store, as a run does.
    pub(super) fn nights(&self, store: &Store) -> Result<(), PortError> {
        while !self.night(store)? {}
        Ok(())
    }

    /// One run; whether it left nothing to try.
    fn night(&self, store: &Store) -> Result<bool, PortError> {
        let opened = store.open_run(&NewRun {
            target: Some(yakin::ports::Target {
                name: self.bot.clone(),
                writers: Some(1),
            }),
            // Nobody lives under this number: the next run ends this one at once if it is cut off.
            ..run_of(&self.bot, DEAD)
        })?;
        let lease = opened.lease;
        store.browser_at(lease, None)?;
        for doubt in store.doubts(lease, &self.bot)? {
            let known = doubt.left.item;
            let name = ENDS
                .iter()
                .map(|(name, _)| *name)
                .find(|name| self.key(name) == known.label);
            let name = name.expect("a key of ours");
            if self.register.times(&known.label) > 0 {
                self.prove(store, lease, &known, name)?;
            } else {
                let disproved = Kind::Disproved {
                    item: reference(&known),
                };
                store.advance(lease, known.id, &Move::Disprove, &[disproved])?;
            }
        }
        let rows: Vec<NewItem> = (1..)
            .zip(ENDS)
            .map(|(row, (name, _))| item(row, &self.key(name), "山田花子"))
            .collect();
        let mut left = false;
        for (known, (name, _)) in store.enroll(lease, self.intake(), &rows)?.iter().zip(ENDS) {
            if known.workable {
                left |= !self.work(store, lease, known, name)?;
            }
            store.renew(lease)?;
        }
        store.leftovers(lease, self.intake())?;
        store.removed(lease, self.intake())?;
        store.waiting(lease, &self.bot)?;
        store.note_target(lease, &TargetNote::Well)?;
        store.close_run(lease, RunOutcome::Partial, &[ended(RunOutcome::Partial)])?;
        Ok(!left)
    }

    /// Works an item; whether it came to its end.
    fn work(&self, store: &Store, lease: Lease, known: &Enrolled, name: &str) -> Result<bool, PortError> {
        let started = Kind::ItemStarted(reference(known));
        store.advance(lease, known.id, &Move::Claim, &[started])?;
        store.record(
            lease,
            &[Kind::Noted(yakin::text::Message::new(yakin::text::codes::RUN_DIED))],
        )?;
        match name {
            "4-refused" => {
                self.end(store, lease, known, ItemState::Rejected, None)?;
                return Ok(true);
            }
            "5-asked" => {
                let question = Question {
                    mark: "steps/2".to_owned(),
                    text: "住所が読めますか".to_owned(),
                    choices: vec!["はい".to_owned()],
                    kind: None,
                    picture: None,
                };
                let finish = finish(ItemState::ReadingReview, None);
                let told = finished(known, ItemState::ReadingReview);
                store.advance(lease, known.id, &Move::Ask { question, finish }, &[told])?;
                return Ok(true);
            }
            "6-failed-once" if known.attempts == 0 => {
                self.end(store, lease, known, ItemState::Failed, None)?;
                return Ok(false);
            }
            _ => {}
        }
        store.keep(lease, known.label.as_bytes(), "image/png", EvidenceRole::BeforeCommit)?;
        let intended = Kind::CommitIntended {
            item: reference(known),
            title: "請求の登録".to_owned(),
        };
        store.advance(lease, known.id, &intend(), &[intended])?;
        // Only an intent that was answered for leads to the act.
        self.register.add(&known.label);
        self.prove(store, lease, known, name)?;
        Ok(true)
    }

    fn prove(&self, store: &Store, lease: Lease, known: &Enrolled, name: &str) -> Result<(), PortError> {
        let text = if name.ends_with("shared") { "shared" } else { name };
        let receipt = Receipt {
            scope: self.bot.clone(),
            text: text.to_owned(),
        };
        match self.end(store, lease, known, ItemState::Done, Some(receipt)) {
            Err(PortError::SameReceipt { other, label }) => {
                let other_item = ItemRef {
                    id: other,
                    row: 0,
                    label,
                };
                let contested = [
                    told(other_item, ItemState::Inquiry),
                    finished(known, ItemState::Inquiry),
                ];
                store.contest(lease, (known.id, other), "YK6001", &contested).map(drop)
            }
            result => result,
        }
    }

    fn end(
        &self,
        store: &Store,
        lease: Lease,
        known: &Enrolled,
        state: ItemState,
        receipt: Option<Receipt>,
    ) -> Result<(), PortError> {
        let step = Move::Finish(finish(state, receipt));
        store
            .advance(lease, known.id, &step, &[finished(known, state)])
            .map(drop)
    }
}

fn finish(state: ItemState, receipt: Option<Receipt>) -> Finish {
    Finish {
        state,
        reason: None,
        kept: values(&[("受付番号", "R8-1")]),
        receipt,
    }
}

fn reference(known: &Enrolled) -> ItemRef {
    ItemRef {
        id: known.id,
        row: known.row,
        label: known.label.clone(),
    }
}

fn finished(known: &Enrolled, state: ItemState) -> Kind {
    told(reference(known), state)
}

fn told(item: ItemRef, state: ItemState) -> Kind {
    Kind::ItemFinished(ItemFinished {
        item,
        state,
        failure: None,
        receipt: None,
        took_ms: 0,
    })
}

/// The state of each key now, by its label.
pub(super) fn states(store: &Store, bot: &str) -> BTreeMap<String, ItemState> {
    let filter = yakin::history::RunFilter {
        bot: Some(bot.to_owned()),
        at_most: 100,
        ..Default::default()
    };
    let mut states = BTreeMap::new();
    for run in store.runs(&filter).expect("runs") {
        for row in store.items(run.run).expect("items") {
            let _: ItemId = row.id;
            states.insert(row.label, row.state);
        }
    }
    states
}

/// Checks that every key has come to its end and was registered as often as it should.
pub(super) fn assert_ended(store: &Store, office: &Office<'_>, why: &str) {
    let states = states(store, &office.bot);
    assert_eq!(states.len(), ENDS.len(), "{why}: {states:?}");
    for (name, end) in ENDS {
        let key = office.key(name);
        assert_eq!(states.get(&key), Some(&end), "{why}: {key} {states:?}");
        let times = u32::from(is_registered(end));
        assert_eq!(office.register.times(&key), times, "{why}: {key} was registered");
    }
}

/// Checks that every rule about what is stored holds.
pub(super) fn assert_sound(store: &Store, why: &str) {
    let found = store.inspect().expect("readable");
    assert_eq!(found.violations, [], "{why}");
}
