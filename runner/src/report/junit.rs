//! JUnit XML, for tools that read test results: a run is a suite, an item a case.
//!
//! Done and 下見済 pass; 差し戻し is a failure (the work was right to stop); 失敗 is an error; what waits for a person or was not
//! begun is skipped, with the reason.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use crate::events::view::{ItemView, RunView, Standing};
use crate::events::{Failure, RunOutcome};

use super::reader::Reader;
use super::words;

/// A run as JUnit XML.
///
/// # Errors
/// When the XML cannot be written.
pub fn run(view: &RunView, reader: Reader) -> Result<String, SerializeError> {
    let header = view.header.as_ref();
    let called = header.map_or("yakin", |header| header.name.as_str());
    let rehearsed = view.rehearsal().then(|| reader.aside(called, reader.words().rehearsal));
    let name = rehearsed.as_deref().unwrap_or(called);
    let bot = header.map_or("yakin", |header| header.bot.as_str());
    let took = Duration::from_millis(view.took_ms());
    let mut report = Report::new(name);
    let mut suite = TestSuite::new(name);
    report.set_time(took);
    suite.set_time(took);
    if let Some(started) = view.started {
        let started = started.with_timezone(&reader.zone).fixed_offset();
        report.set_timestamp(started);
        suite.set_timestamp(started);
    }
    for (property, value) in properties(view, reader) {
        suite.add_property(Property::new(property, value));
    }
    suite.add_test_cases(view.items.values().map(|item| case(view, item, bot, reader)));
    if let Some(case) = run_case(view, bot, reader) {
        suite.add_test_case(case);
    }
    report.add_test_suite(suite);
    report.to_string()
}

fn properties(view: &RunView, reader: Reader) -> Vec<(&'static str, String)> {
    let mut properties = vec![("status", words::status(view.status(), reader.lang).name.to_owned())];
    if let Some(run) = view.run {
        properties.push(("run", run.0.to_string()));
    }
    if view.rehearsal() {
        properties.push(("rehearsal", true.to_string()));
    }
    if let Some(header) = &view.header {
        properties.push(("date", header.date.to_string()));
        properties.push(("bundle", header.bundle.clone()));
        properties.push(("version", header.version.clone()));
        properties.push(("host", header.host.clone()));
    }
    let counts = view.counts();
    let counts = counts.present();
    properties.extend(counts.map(|(standing, count)| (words::standing(standing, reader.lang).name, count.to_string())));
    properties
}

fn case(view: &RunView, item: &ItemView, bot: &str, reader: Reader) -> TestCase {
    let standing = view.standing(item);
    let mark = words::standing(standing, reader.lang);
    let mut status = match standing {
        Standing::Done | Standing::DoneBefore | Standing::AlreadyThere | Standing::Rehearsed => {
            TestCaseStatus::success()
        }
        Standing::Rejected => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Standing::Failed => TestCaseStatus::non_success(NonSuccessKind::Error),
        Standing::NotStarted
        | Standing::Running
        | Standing::ReadingReview
        | Standing::Inquiry
        | Standing::ByHand
        | Standing::Dropped => TestCaseStatus::skipped(),
    };
    status.set_type(mark.word);
    match &item.failure {
        Some(failure) => explain(&mut status, failure, reader),
        None => {
            let reason = view.reason(item).map(|reason| reader.what(&reason));
            status.set_message(reason.unwrap_or_else(|| mark.word.to_owned()));
        }
    }
    let mut case = TestCase::new(item.item.label.clone(), status);
    case.set_classname(bot);
    case.set_time(Duration::from_millis(item.took_ms));
    if let Some(started) = item.started {
        case.set_timestamp(started.with_timezone(&reader.zone).fixed_offset());
    }
    if let Some(receipt) = &item.receipt {
        case.add_property(Property::new("receipt", receipt.clone()));
    }
    case
}

/// A run that ended early is an error of its own, so that a suite of passed items does not look sound.
fn run_case(view: &RunView, bot: &str, reader: Reader) -> Option<TestCase> {
    use crate::events::view::Status;
    let ended_badly = matches!(
        view.status(),
        Status::Interrupted | Status::Ended(RunOutcome::Failed | RunOutcome::Cancelled)
    );
    if !ended_badly {
        return None;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type(words::status(view.status(), reader.lang).word);
    match view.failure() {
        Some(failure) => explain(&mut status, failure, reader),
        None => {
            status.set_message(reader.what(&view.verdict()));
        }
    }
    let mut case = TestCase::new(reader.words().whole_run, status);
    case.set_classname(bot);
    Some(case)
}

fn explain(status: &mut TestCaseStatus, failure: &Failure, reader: Reader) {
    let said = reader.say(&failure.message);
    let mut lines = vec![format!(
        "{}: {}",
        reader.words().cause,
        words::cause(failure.cause, reader.lang)
    )];
    if let Some(says) = &failure.page_says {
        lines.push(format!("{}: {says}", reader.words().page_says));
    }
    if !said.mend.is_empty() {
        lines.push(format!("{}: {}", reader.words().do_next, said.mend));
    }
    status.set_message(format!("{} ({})", said.what, said.code));
    status.set_description(lines.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::sample::{Ending, Night, broken_night};
    use crate::report::sample::JA;

    #[test]
    fn a_run_as_junit() {
        let mut night = Night::begin();
        night.take(5).work(1, Ending::Done).work(2, Ending::OutsideCity);
        night.work(3, Ending::Broken).work(4, Ending::Unproven);
        let events = night.end_run(RunOutcome::Partial, None).events();
        insta::assert_snapshot!("junit_ja", run(&RunView::fold(&events), JA).expect("XML"));
    }

    #[test]
    fn a_run_that_broke_off_is_an_error() {
        let mut view = RunView::fold(&broken_night(Ending::LeftClaimed));
        view.interrupted = true;
        let xml = run(&view, JA).expect("XML");
        assert!(xml.contains(r#"errors="1""#), "{xml}");
        assert!(xml.contains("中断"), "{xml}");
    }
}
