//! A whole night and the one after it.

use encoding_rs::SHIFT_JIS;
use yakin::events::view::Standing;
use yakin::practice::samples;

use crate::support::office::{HEADINGS, Office, REQUESTS, count, day, rows};

#[test]
fn fifty_are_registered_three_are_not_and_nothing_is_done_twice() {
    let office = Office::new();
    office.write(REQUESTS, samples::requests_csv(day(), 50));
    let first = office.night();
    println!("{}", first.err);
    println!("{:?}", first.states());
    assert_eq!(first.code, 1);
    assert_eq!(count(&first.view(), Standing::Done), 50);
    let show = office.yakin(&["runs", "show"]);
    println!("{}", show.out);
    let again = office.night();
    println!("{}", office.yakin(&["runs", "show"]).out);
    println!("{}", again.code);
    panic!();
}
