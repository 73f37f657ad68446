//! What nobody may read without the key or without a trace, and the office key itself.

use yakin::events::{ItemState, Kind};
use yakin::history::StoreError;
use yakin::ports::{Finish, Ledger, Move, PortError, Vault};
use yakin::text::{Message, codes};
use yakin::value::{Class, Secret, Value};

use super::super::fixture::*;

pub(crate) fn names_are_nowhere_in_the_database(fixture: &Fixture) {
    let names = ["山田花子", "R8-0001", "長崎市桜町", "himitsu-no-passphrase"];
    let store = fixture.open();
    let lease = opened(&store, "bot").lease;
    let mut row = item(1, "A-1", names[0]);
    row.payload.insert("住所".to_owned(), Value::from(names[2]));
    let known = only(&store, lease, row);
    moved(&store, lease, known.id, &Move::Claim);
    let done = Move::Finish(Finish {
        state: ItemState::Done,
        reason: None,
        kept: values(&[("受付番号", names[1])]),
        receipt: None,
    });
    let note = Message::new(codes::STORE_FAILED).with_classed("detail", names[0], Class::Personal);
    store
        .advance(lease, known.id, &done, &[Kind::Noted(note)])
        .expect("done");
    let secret = Secret::new(names[3].to_owned());
    store
        .set_secret("受付.パスワード", &secret, &[], None, "担当者")
        .expect("set");
    closed(&store, lease);
    drop(store);
    assert!(fixture.holds("A-1"), "what is not sealed is found");
    for name in names {
        assert!(!fixture.holds(name), "{name}");
    }
}

pub(crate) fn what_is_opened_is_written_down(fixture: &Fixture) {
    let store = fixture.open();
    let first = worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    let second = worked(&store, item(1, "A-2", "佐藤次郎"), ItemState::Done);
    store.unseal(&[first, second], "係長").expect("unsealed");
    let audit = store.audit().expect("whole");
    let written: Vec<(i64, &str, &str, &str)> = audit
        .iter()
        .map(|entry| {
            (
                entry.seq,
                entry.who.as_str(),
                entry.act.as_str(),
                entry.subject.as_str(),
            )
        })
        .collect();
    assert_eq!(
        written,
        [
            (1, "係長", "item.unsealed", "item 1"),
            (2, "係長", "item.unsealed", "item 2")
        ]
    );
}

pub(crate) fn a_changed_audit_is_noticed(fixture: &Fixture) {
    let store = fixture.open();
    let id = worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    for who in ["係長", "課長", "担当者"] {
        store.unseal(&[id], who).expect("unsealed");
    }
    for (change, back) in [
        (
            "UPDATE audit SET who = '部長' WHERE seq = 2",
            "UPDATE audit SET who = '課長' WHERE seq = 2",
        ),
        (
            "UPDATE audit SET seq = 9 WHERE seq = 1",
            "UPDATE audit SET seq = 1 WHERE seq = 9",
        ),
        (
            "UPDATE audit SET at = at + 1 WHERE seq = 3",
            "UPDATE audit SET at = at - 1 WHERE seq = 3",
        ),
    ] {
        store.audit().expect("whole");
        fixture.sql(change);
        assert!(store.audit().is_err(), "{change}");
        fixture.sql(back);
    }
    fixture.sql("DELETE FROM audit WHERE seq = 3");
    assert!(store.audit().is_err(), "the last entry is missing");
}

pub(crate) fn another_key_is_refused(fixture: &Fixture) {
    drop(fixture.open());
    let key = fixture.folder.path().join(".yakin/office.key");
    let text = std::fs::read_to_string(&key).expect("a key");
    std::fs::write(&key, "ab".repeat(32)).expect("written");
    assert!(matches!(fixture.try_open(), Err(StoreError::WrongKey { .. })));
    std::fs::write(&key, "torn").expect("written");
    assert!(matches!(fixture.try_open(), Err(StoreError::WrongKey { .. })));
    std::fs::remove_file(&key).expect("removed");
    assert!(matches!(fixture.try_open(), Err(StoreError::KeyMissing { .. })));
    assert!(!key.exists(), "a new key would not know the old items again");
    std::fs::write(&key, text).expect("written");
    fixture.open();
}

pub(crate) fn changed_sealed_data_is_an_error(fixture: &Fixture) {
    let store = fixture.open();
    let first = worked(&store, item(1, "A-1", "山田花子"), ItemState::Done);
    worked(&store, item(1, "A-2", "佐藤次郎"), ItemState::Done);
    fixture.sql("UPDATE item SET payload = (SELECT payload FROM item WHERE id = 2) WHERE id = 1");
    assert!(matches!(store.unseal(&[first], "係長"), Err(PortError::Sealed)));
    assert!(store.audit().expect("whole").is_empty(), "nothing was read");
}

pub(crate) fn secrets_come_and_go(fixture: &Fixture) {
    let store = fixture.open();
    assert!(store.reveal("受付.ID").expect("readable").is_none());
    let hosts = ["uketsuke.city.example".to_owned()];
    let expires = chrono::NaiveDate::from_ymd_opt(2027, 3, 31);
    for password in ["first", "second"] {
        let secret = Secret::new(password.to_owned());
        store
            .set_secret("受付.ID", &secret, &hosts, expires, "担当者")
            .expect("set");
        let (secret, info) = store.reveal("受付.ID").expect("readable").expect("there");
        assert_eq!(secret.expose(), password);
        assert_eq!((info.hosts.as_slice(), info.expires), (hosts.as_slice(), expires));
    }
    let listed = store.list().expect("listed");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].name, "受付.ID");
    assert!(store.remove_secret("受付.ID", "担当者").expect("removed"));
    assert!(!store.remove_secret("受付.ID", "担当者").expect("removed"));
    let acts: Vec<String> = store
        .audit()
        .expect("whole")
        .into_iter()
        .map(|entry| entry.act)
        .collect();
    assert_eq!(
        acts,
        [
            "secret.set",
            "secret.revealed",
            "secret.set",
            "secret.revealed",
            "secret.removed"
        ]
    );
    // One secret's sealed text is no other's.
    for name in ["受付.ID", "税.ID"] {
        let secret = Secret::new(name.to_owned());
        store.set_secret(name, &secret, &[], None, "担当者").expect("set");
    }
    fixture.sql("UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE name = '税.ID')");
    assert!(matches!(store.reveal("受付.ID"), Err(PortError::Sealed)));
}
