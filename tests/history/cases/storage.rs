//! Events, evidence, the schema and the connection.

#![expect(
    clippy::panic,
    reason = "a case fails by panicking, and is no test function by itself"
)]

use std::sync::Barrier;

use sha2::{Digest, Sha256};
use yakin::events::{Cause, EvidenceRole, Failure, Kind, RunOutcome};
use yakin::history::StoreError;
use yakin::ports::{EventSink, EvidenceStore, Ledger, Move, PortError, Vault};
use yakin::text::{Arg, Message, codes};
use yakin::value::Class;

use super::super::fixture::*;

pub(crate) fn events_are_masked_and_survive_packing(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let failure = Failure {
        cause: Cause::Data,
        message: Message::new(codes::STORE_FAILED).with_classed("detail", "山田花子", Class::Personal),
        page_says: None,
    };
    let note = Kind::Noted(Message::new(codes::RUN_DIED).with_said("host", failure.message));
    let mut seq = 1;
    for _ in 0..5 {
        let kinds = vec![note.clone(); 450];
        for event in store.record(lease, &kinds).expect("recorded") {
            seq += 1;
            assert_eq!(event.seq, seq);
        }
    }
    let live = store.run_events(lease.run, 1, usize::MAX).expect("events");
    let Kind::Noted(Message { args, .. }) = &live[1].kind else {
        panic!("{:?}", live[1]);
    };
    let Some(Arg::Said(said)) = args.get("host") else {
        panic!("{args:?}");
    };
    assert_eq!(
        said.args.get("detail"),
        Some(&Arg::Classed("山＊＊".to_owned(), Class::Personal))
    );

    let last = store.close_run(lease, RunOutcome::Succeeded, &[ended(RunOutcome::Succeeded)]);
    let all: Vec<_> = live.into_iter().chain(last.expect("closed")).collect();
    assert_eq!(fixture.number("SELECT COUNT(*) FROM event"), 0, "packed");
    assert_eq!(fixture.number("SELECT COUNT(*) FROM event_chunk"), 3);
    assert_eq!(store.run_events(lease.run, 1, usize::MAX).expect("events"), all);
    for (from, at_most) in [(1, 1), (999, 3), (1001, 1), (2252, 5), (2253, 5), (3, 2000)] {
        let part: Vec<_> = all
            .iter()
            .filter(|event| event.seq >= from)
            .take(at_most)
            .cloned()
            .collect();
        assert_eq!(
            store.run_events(lease.run, from, at_most).expect("events"),
            part,
            "{from} {at_most}"
        );
    }
}

pub(crate) fn unknown_events_are_kept_as_they_are(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let unknown = Kind::Unknown(serde_json::json!({"teleported": {"to": "庁舎 2 階", "n": 1}}));
    store.record(lease, std::slice::from_ref(&unknown)).expect("recorded");
    assert_eq!(
        store.run_events(lease.run, 2, usize::MAX).expect("events")[0].kind,
        unknown
    );
    closed(&store, lease);
    assert_eq!(store.run_events(lease.run, 2, 1).expect("events")[0].kind, unknown);
}

pub(crate) fn evidence_is_kept_by_its_content(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let picture = b"\x89PNG a picture";
    let kept = store
        .keep(lease, picture, "image/png", EvidenceRole::Proof)
        .expect("kept");
    let hash: String = Sha256::digest(picture)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(kept.sha256, hash);
    assert_eq!(kept.bytes, 14);
    let again = store
        .keep(lease, picture, "image/png", EvidenceRole::Proof)
        .expect("kept");
    assert_eq!(again, kept);
    assert_eq!(fixture.number("SELECT COUNT(*) FROM evidence"), 1);
    assert_eq!(
        store.evidence_bytes(&kept.sha256).expect("readable").as_deref(),
        Some(picture.as_slice())
    );
    for absent in [
        "0".repeat(64),
        "../office.key".to_owned(),
        String::new(),
        "あ".repeat(22),
    ] {
        assert_eq!(store.evidence_bytes(&absent).expect("readable"), None, "{absent}");
    }
    let file = fixture
        .folder
        .path()
        .join(".yakin/evidence")
        .join(&kept.sha256[..2])
        .join(format!("{}.png", kept.sha256));
    assert_eq!(store.evidence_place(&kept.sha256), Some(file.clone()));
    std::fs::write(file, "another picture").expect("written");
    assert!(matches!(store.evidence_bytes(&kept.sha256), Err(PortError::Sealed)));
}

pub(crate) fn a_newer_schema_is_refused(fixture: &Fixture) {
    drop(fixture.open());
    fixture.sql("INSERT INTO migration (version, checksum, applied_at) VALUES (6, 'x', 0)");
    assert!(matches!(
        fixture.try_open(),
        Err(StoreError::NewerSchema { found: 6, known: 5 })
    ));
    fixture.sql("DELETE FROM migration WHERE version = 2");
    fixture.sql("UPDATE migration SET checksum = 'x'");
    assert!(matches!(
        fixture.try_open(),
        Err(StoreError::OtherSchema { version: 1 })
    ));
}

pub(crate) fn a_lost_connection_is_opened_again(fixture: &Fixture) {
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    fixture.cut_connections();
    store.renew(lease).expect("renewed");
    let known = only(&store, lease, item(1, "A-1", "山田花子"));
    fixture.cut_connections();
    moved(&store, lease, known.id, &Move::Claim);
}

pub(crate) fn many_may_open_a_new_store_at_one_time(fixture: &Fixture) {
    let start = Barrier::new(6);
    let open = || {
        start.wait();
        fixture.open().list().expect("readable")
    };
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(open);
        }
    });
}

pub(crate) fn the_ports_may_be_called_inside_a_runtime(fixture: &Fixture) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let store = fixture.open();
        let lease = opened(&store, "bot").lease;
        closed(&store, lease);
    });
}

pub(crate) fn a_store_says_how_it_is(fixture: &Fixture) {
    let store = fixture.open();
    for _ in 0..2 {
        let health = store.health().expect("healthy");
        assert!(health.engine.contains("SQL"), "{health:?}");
        assert!(health.schema >= 1 && health.damages.is_empty(), "{health:?}");
        assert!(health.journal.is_none_or(|journal| journal == "wal"));
    }
}
