//! A whole night, and the nights after it.

use encoding_rs::SHIFT_JIS;
use yakin::events::view::Standing;
use yakin::practice::{Entry, Resident, SEED, residents, samples};

use crate::support::office::{Office, REQUESTS, count, day, number, results, rows, states};

/// Whether the register says of a request what its row says, and the city of the person.
fn same(entry: &Entry, row: &str, people: &[Resident]) -> bool {
    let cells: Vec<&str> = row.split(',').collect();
    let form = &entry.registration;
    let bare = |text: &str| text.replace(['-', ' ', '　'], "");
    // Two persons may have one name.
    let known = |person: &&Resident| person.name == cells[1] && person.birth == form.birth;
    let person = people.iter().find(known);
    form.request_no == cells[0]
        && bare(&form.name) == bare(cells[1])
        && person.is_some_and(|person| bare(&person.postal) == bare(&form.postal))
        && form.address.contains("長崎市")
        && !entry.cancelled
}

#[test]
fn fifty_are_registered_three_are_not_and_nothing_is_done_twice() {
    let office = Office::new();
    let file = samples::requests_csv(day(), 50);
    office.write(REQUESTS, &file);
    let first = office.night();
    assert_eq!(first.code, 1, "{first:?}");
    let view = first.view();
    assert_eq!(count(&view, Standing::Done), 50);
    let rejected: Vec<String> = states(&view)
        .into_iter()
        .filter(|state| !state.ends_with("済"))
        .collect();
    let expected = ["0014 差し戻し YK8006", "0027 差し戻し YK8006", "0040 差し戻し YK8008"];
    assert_eq!(rejected, expected);

    // The register holds exactly the rows that were accepted, each once, each as its row says.
    let (text, _, _) = SHIFT_JIS.decode(&file);
    let away = ["0014", "0027", "0040"];
    let accepted: Vec<&str> = text
        .lines()
        .skip(1)
        .filter(|row| !away.contains(&&row[8..12]))
        .collect();
    let register = office.register();
    let people = residents(SEED);
    assert_eq!(register.len(), 50);
    for (entry, row) in register.iter().zip(&accepted) {
        assert!(same(entry, row, &people), "{row}: {entry:?}");
    }

    // The sheet for the clerk: every row, its number with the leading zeros, its receipt.
    let results = results(&office);
    assert_eq!(results.len(), 53);
    assert_eq!(results[0], [number(1).as_str(), register[0].receipt.as_str(), "済", ""]);
    assert_eq!(
        results[13],
        [number(14).as_str(), "", "差し戻し", "手数料が不足しています"]
    );
    assert!(results[39][3].contains("該当する住民がいません"), "{:?}", results[39]);

    // What the supervisor reads.
    let shown = office.yakin(&["runs", "show"]).out;
    for words in [
        "済 50 件、差し戻し 3 件（全 53 件）",
        "住所が市外です",
        "相手のシステムに断られました。「該当する住民がいません」",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }

    let again = office.night();
    assert_eq!(again.code, 1, "three rows still wait for somebody: {again:?}");
    assert_eq!(count(&again.view(), Standing::DoneBefore), 50);
    assert!(again.view().items.is_empty(), "nothing was worked");
    assert_eq!(again.view().sessions, 0, "no browser was opened");
    assert_eq!(office.register(), register);
}

#[test]
fn a_row_that_changed_after_it_was_done_is_said_and_a_corrected_one_is_worked() {
    let office = Office::new();
    let mut rows = rows(3);
    let good = rows[2].clone();
    rows[2] = good.replace(good.split(',').nth(5).unwrap(), "200");
    office.deliver(&rows);
    let first = office.night();
    assert_eq!(first.states(), ["0001 済", "0002 済", "0003 差し戻し YK8006"]);

    rows[0] = rows[0].replacen("850", "851", 1);
    rows[2] = good;
    office.deliver(&rows);
    let second = office.night();
    assert_eq!(second.code, 1, "the changed row is somebody's matter: {second:?}");
    assert_eq!(second.states(), ["0003 済"]);
    assert_eq!(second.notes(), ["YK8013"]);
    assert_eq!(office.registered(), ["0001", "0002", "0003"]);

    // Once the row is as it was, nothing is left to anybody.
    rows[0] = rows[0].replacen("851", "850", 1);
    office.deliver(&rows);
    assert_eq!(office.night().code, 0);
}
