//! Databases of every earlier version come to the newest one with everything in them.

use sha2::{Digest, Sha256};
use yakin::events::ItemState;
use yakin::ports::{Intake, Ledger, Vault};

use super::fixture::*;
use super::night::assert_sound;

/// The first schema, as it was released.
const SCHEMA_1: &str = include_str!("../../runner/migrations/0001_start.sql");
/// Rows of that time. Nobody may change them: that they are old is what they are for.
const ROWS_1: &str = include_str!("../fixtures/schema-1.sql");
/// The office key that they were sealed with.
const KEY_1: &str = "5726020ff40b99d339c8d695da11b5639d7aa2dd3ee34d98727cd7852e2cbeb2";

/// Lays down a database of the first version.
fn lay_down(fixture: &Fixture) {
    let own = fixture.folder.path().join(".yakin");
    std::fs::create_dir_all(&own).expect("a folder");
    std::fs::write(own.join("office.key"), KEY_1).expect("the key");
    let checksum: String = Sha256::digest(SCHEMA_1.replace("\r\n", "\n"))
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    fixture.create();
    fixture
        .sql("CREATE TABLE migration (version BIGINT PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)");
    fixture.sql(&format!(
        "INSERT INTO migration (version, checksum, applied_at) VALUES (1, '{checksum}', 0)"
    ));
    fixture.sql(SCHEMA_1);
    // The pictures of that night, by their content.
    for (name, _) in super::night::ENDS {
        let content = format!("bot {name}");
        let sha256: String = Sha256::digest(&content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let folder = own.join("evidence").join(&sha256[..2]);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{sha256}.png")), content).expect("a picture");
    }
    let (open, close) = fixture.bytes_literal();
    let rows: Vec<String> = ROWS_1
        .split("{hex ")
        .enumerate()
        .map(|(index, part)| match index {
            0 => part.to_owned(),
            _ => format!("{open}{}", part.replacen('}', close, 1)),
        })
        .collect();
    fixture.sql(&rows.concat());
}

fn the_first_version_comes_to_the_newest(fixture: &Fixture) {
    lay_down(fixture);
    let store = fixture.open();
    assert_sound(&store, "migrated");

    // What was ended stays so, with what was kept of it.
    let lease = opened(&store, "bot").lease;
    let rows: Vec<_> = (1..)
        .zip(super::night::ENDS)
        .map(|(row, (name, _))| item(row, &format!("bot {name}"), "山田花子"))
        .collect();
    let intake = Intake {
        ledger: "bot",
        ..FROM_A
    };
    let known = store.enroll(lease, intake, &rows).expect("enrolled");
    for (known, (name, end)) in known.iter().zip(super::night::ENDS) {
        assert_eq!((known.state, known.workable), (end, false), "{name}");
    }
    let kept = store.kept(lease, &[known[2].id]).expect("opened");
    assert_eq!(kept[&known[2].id], values(&[("受付番号", "R8-1")]));
    let questions = store.reviews("佐藤").expect("opened");
    assert_eq!(questions.len(), 1);
    assert_eq!(questions[0].question.text, "住所が読めますか");
    closed(&store, lease);

    // What nobody can prove goes to a person: what its intent was, was not written down then.
    let lease = opened(&store, "morning").lease;
    let doubts = store.doubts(lease, "morning").expect("taken over");
    let found: Vec<_> = doubts
        .iter()
        .map(|doubt| (doubt.left.item.label.as_str(), &doubt.intent))
        .collect();
    assert_eq!(found, [("B-1", &None)]);
    assert_eq!(
        doubts[0].left.payload,
        values(&[("請求番号", "B-1"), ("氏名", "鈴木一郎")])
    );
    let intake = Intake {
        ledger: "morning",
        source: "inbox/c.csv",
        ..FROM_A
    };
    let left = store.leftovers(lease, intake).expect("taken");
    let left: Vec<_> = left
        .iter()
        .map(|left| (left.item.label.as_str(), left.item.state))
        .collect();
    assert_eq!(left, [("B-2", ItemState::New), ("B-3", ItemState::New)]);

    let (secret, _) = store.reveal("受付.ID").expect("opened").expect("there");
    assert_eq!(secret.expose(), "yakin01");
    assert!(store.audit().expect("the chain holds").len() > 3);
    assert_sound(&store, "worked on");
}

#[test]
fn on_sqlite() {
    the_first_version_comes_to_the_newest(&Fixture::sqlite());
}

#[test]
fn on_postgres() {
    if let Some(fixture) = Fixture::postgres() {
        the_first_version_comes_to_the_newest(&fixture);
    }
}
