//! The exercises of the tutorial are marked by what an answer does: the answers that the program knows get all points,
//! and what an exercise starts from does not.

use std::path::Path;

use yakin::exercise::{ALL, Exercise};

use crate::support::office::{Ran, yakin};

fn office(folder: &Path) {
    let made = yakin(&["init", folder.to_str().unwrap()], None);
    assert_eq!(made.code, 0, "{made:?}");
}

fn begin(exercise: &Exercise, office: &Path) {
    let began = yakin(&["exercise", &exercise.number.to_string()], Some(office));
    assert_eq!(began.code, 0, "{began:?}");
    assert!(began.out.contains(exercise.title.ja), "{began:?}");
}

fn mark(exercise: &Exercise, office: &Path) -> Ran {
    yakin(&["exercise", &exercise.number.to_string(), "--mark"], Some(office))
}

#[test]
fn every_answer_gets_all_points_and_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    office(folder.path());
    for exercise in ALL {
        begin(exercise, folder.path());
        std::fs::write(folder.path().join(exercise.file()), exercise.answer).unwrap();
        let marked = mark(exercise, folder.path());
        assert_eq!(marked.code, 0, "{}: {marked:?}", exercise.number);
        assert!(!marked.out.contains('×'), "{marked:?}");
    }
    let listed = yakin(&["exercise"], Some(folder.path()));
    assert_eq!(listed.out.matches('○').count(), ALL.len(), "{listed:?}");
    assert!(
        !folder.path().join(".yakin/marking").exists(),
        "nothing is left of the marking"
    );
    let runs = yakin(&["runs"], Some(folder.path()));
    assert!(
        !runs.out.contains("練習1"),
        "the office's own history knows nothing of it: {runs:?}"
    );
}

#[test]
fn what_an_exercise_starts_from_is_not_enough() {
    let folder = tempfile::tempdir().unwrap();
    office(folder.path());
    // The others start from an earlier answer or from a file with mistakes.
    for exercise in ALL.iter().filter(|exercise| [1, 5].contains(&exercise.number)) {
        begin(exercise, folder.path());
        let marked = mark(exercise, folder.path());
        assert_eq!(marked.code, 1, "{}: {marked:?}", exercise.number);
        assert!(
            marked.out.contains('×') && marked.out.contains("手がかり"),
            "{marked:?}"
        );
    }
    let broken = Exercise::find(8).unwrap();
    begin(broken, folder.path());
    let marked = mark(broken, folder.path());
    assert_eq!(marked.code, 2, "{marked:?}");
    assert!(marked.err.contains("YK7232"), "{marked:?}");
}

#[test]
fn an_exercise_that_was_begun_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    office(folder.path());
    let first = Exercise::find(1).unwrap();
    let early = mark(first, folder.path());
    assert!(early.code == 2 && early.err.contains("YK7231"), "{early:?}");
    begin(first, folder.path());
    let file = folder.path().join(first.file());
    std::fs::write(&file, "自分で書いたもの").unwrap();
    begin(first, folder.path());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "自分で書いたもの");
    let none = yakin(&["exercise", "99"], Some(folder.path()));
    assert!(none.code == 2 && none.err.contains("YK7230"), "{none:?}");
}
