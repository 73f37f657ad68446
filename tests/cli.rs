//! The commands around a night: what they lay down, what they never overwrite, what they say.

use crate::support::office::yakin;

/// An empty folder that is an office, with default decisions.
fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("office.yaml"), "yakin: 1\n").unwrap();
    folder
}

#[test]
fn a_table_that_lies_in_the_inbox_is_never_overwritten() {
    let office = office();
    let deliver = ["practice", "deliver", "--date", "2026-11-23", "--count", "3"];
    let first = yakin(&deliver, Some(office.path()));
    assert_eq!(first.code, 0, "{first:?}");
    let file = office.path().join("inbox/requests_20261123.csv");
    std::fs::write(&file, "今日の本物の請求").unwrap();

    let again = yakin(&deliver, Some(office.path()));
    assert_eq!((again.code, again.out.as_str()), (2, ""), "{again:?}");
    assert!(again.err.contains("inbox/requests_20261123.csv"), "{}", again.err);
    assert!(again.err.contains("--date"), "how to go on: {}", again.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "今日の本物の請求");
}
