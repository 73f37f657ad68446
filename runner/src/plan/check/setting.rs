//! Whether a scenario fits what is around it: its system, the system's hours, the files it writes.

use crate::diag::{self, Diagnostic, Spanned};
use crate::drivers::files::{self, FileError};
use crate::plan::check::{Columns, inside};
use crate::plan::files::{Files, unread};
use crate::plan::parts::Library;
use crate::rules::headings::{self, Found};
use crate::scenario::expr::uses::Side;
use crate::scenario::expr::{Condition, Template, said_empty};
use crate::scenario::model::{Action, Items, Scenario, Source, StartAt, StepNode, System, TimeOfDay, is_within};
use crate::scenario::tree::{Node, NodeKind};
use crate::scenario::vocabulary::{join, nearest};
use crate::steps::Needs;
use crate::text::{Message, codes};
use crate::value::ColumnType;

/// The columns that results have besides the items' own: `run.items` in ARCHITECTURE.md.
const RESULT_COLUMNS: &[&str] = &["状態", "理由"];

/// A schedule that begins when its system is closed.
pub(super) fn hours(scenario: &Scenario, system: &System) -> Option<Diagnostic> {
    let (schedule, hours) = (scenario.schedule.as_ref()?, system.hours.as_ref()?);
    let (open, close) = hours.value;
    let starts = match &schedule.value.at {
        StartAt::Times(times) => times.clone(),
        StartAt::Cron(line) => vec![time_of(line)?],
    };
    let minute = |time: TimeOfDay| u32::from(time.hour % 24) * 60 + u32::from(time.minute);
    let start = *starts.iter().find(|start| !is_within(hours.value, minute(**start)))?;
    let message = Message::new(codes::START_OUTSIDE_HOURS)
        .with("time", clock(start))
        .with("system", system.name.value.clone())
        .with("hours", format!("{}-{}", clock(open), clock(close)));
    Some(Diagnostic::warning(message, schedule.span))
}

/// The time of a crontab line that starts once a day.
fn time_of(line: &str) -> Option<TimeOfDay> {
    let fields = line.split_whitespace();
    // Six fields begin with the seconds.
    let seconds = fields.clone().count().saturating_sub(5);
    let mut fields = fields.skip(seconds);
    let minute = fields.next()?.parse().ok()?;
    let hour = fields.next()?.parse().ok()?;
    Some(TimeOfDay { hour, minute })
}

fn clock(time: TimeOfDay) -> String {
    format!("{:02}:{:02}", time.hour, time.minute)
}

/// A system that no step of a scenario needs.
pub(super) fn unused_system(scenario: &Scenario, library: &Library) -> Option<Diagnostic> {
    let system = scenario.system.as_ref()?;
    let lists = [&scenario.start, &scenario.before, &scenario.steps, &scenario.after];
    let message = Message::new(codes::SYSTEM_UNUSED).with("name", system.value.clone());
    (!lists.into_iter().any(|list| browses(list, library))).then(|| Diagnostic::hint(message, system.span))
}

/// Whether steps need a browser, or the parts they call do.
pub(super) fn browses(steps: &[StepNode], library: &Library) -> bool {
    steps.iter().any(|step| {
        let own = match &step.action {
            Action::Step { kind, .. } => library
                .row(&kind.value)
                .map_or(true, |row| row.needs() == Needs::Browser),
            // What is wrong with a part is told elsewhere.
            Action::Call(call) => library.get(&call.part.value).is_none_or(|part| part.shape.browses),
            _ => false,
        };
        own || inside(step).into_iter().any(|(_, list)| browses(list, library))
    })
}

/// A file that items are read from: its path, and whether its folder is there.
pub(super) fn items_file(files: &dyn Files, items: &Items) -> Option<Diagnostic> {
    let (Source::Csv(file) | Source::Excel { file, .. }) = &items.from else {
        return None;
    };
    if let Some(error) = path(file) {
        return Some(unread(error, file.span));
    }
    // What stands before the first expression.
    let written = file.source();
    let constant = written.split("${{").next()?;
    let (folders, _) = constant.rsplit_once(['/', '\\'])?;
    let mut parent = String::new();
    for folder in folders
        .split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".")
    {
        let known = files.folders(&parent)?;
        if !known.iter().any(|known| known == folder) {
            let message = Message::new(codes::FOLDER_MISSING)
                .with("folder", format!("{parent}{folder}"))
                .with_some("near", nearest(folder, known.iter().map(String::as_str)));
            return Some(Diagnostic::hint(message, file.span));
        }
        parent.push_str(folder);
        parent.push('/');
    }
    None
}

/// Checks the files that steps write, and what they write into them.
pub(super) fn results(items: Option<&Items>, columns: &Columns, steps: &[StepNode]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for step in steps {
        if let Action::Step { kind, args } = &step.action
            && kind.value == "excel.write"
        {
            found.extend(written_file(args));
            found.extend(sheet(args));
            if let Some(items) = items {
                written_columns(items, columns, args, &mut found);
            }
        }
        for (_, list) in inside(step) {
            found.extend(results(items, columns, list));
        }
    }
    found
}

fn written_file(args: &Node) -> Option<Diagnostic> {
    let node = args.get("file")?;
    let template = Template::compile(node.text()?, node.span).ok()?;
    let ends = template.source();
    let error = path(&template).or_else(|| {
        let known = ends.ends_with("}}") || ends.to_ascii_lowercase().ends_with(".xlsx");
        (!known).then_some(FileError::Ending { path: ends })
    })?;
    Some(unread(error, node.span))
}

/// What is wrong with a path, whatever its expressions give.
fn path(template: &Template) -> Option<FileError> {
    if template.source().starts_with("${{") {
        return None;
    }
    let written: String = template
        .source()
        .split("${{")
        .enumerate()
        .map(|(at, part)| match part.split_once("}}") {
            Some((_, behind)) if at > 0 => format!("0{behind}"),
            _ => part.to_owned(),
        })
        .collect();
    files::check_path(&written).err().map(|error| match error {
        FileError::Path { problem, .. } => FileError::Path {
            path: template.source(),
            problem,
        },
        other => other,
    })
}

fn sheet(args: &Node) -> Option<Diagnostic> {
    let node = args.get("sheet")?;
    let text = node.text().filter(|text| !text.contains("${{"))?;
    let taken = text.chars().count() <= 31 && !text.contains([':', '\\', '/', '?', '*', '[', ']']);
    (!taken).then(|| Diagnostic::error(Message::new(codes::SHEET_NAME).with("text", text), node.span))
}

/// Values that stand under `reject:` where a condition belongs: the line `keep:` above them may have been lost.
pub(super) fn rejecting(items: &Items, columns: &Columns) -> Vec<Diagnostic> {
    let value = |condition: &Condition| match Side::of(condition.source().trim())? {
        Side::Path(path) => match path.as_slice() {
            [item, column] if item == "item" && columns.kind(column).is_none_or(|kind| kind == ColumnType::Flag) => {
                None
            }
            // 「料金が空」 is a condition, in words: told as that.
            [.., word] if said_empty(word).is_some() => None,
            _ => Some(condition.source().trim().to_owned()),
        },
        Side::Text(_) | Side::Number(_) => None,
    };
    let told = |(reason, condition): &(Spanned<String>, Condition)| {
        let message = Message::new(codes::REJECT_VALUE)
            .with("reason", reason.value.clone())
            .with("text", value(condition)?);
        Some(Diagnostic::warning(message, reason.span))
    };
    items.reject.iter().filter_map(told).collect()
}

/// What is kept under a name that the table of results has already: its own, or a column's.
pub(super) fn kept(items: &Items, columns: &Columns) -> Vec<Diagnostic> {
    let of_table = |(name, _): &&(Spanned<String>, Template)| columns.has(&name.value);
    let doubled = items.keep.iter().filter(of_table).map(|(name, _)| {
        let message = Message::new(codes::KEEP_COLUMN).with("name", name.value.clone());
        Diagnostic::hint(message, name.span)
    });
    let taken = items
        .keep
        .iter()
        .filter(|(name, _)| RESULT_COLUMNS.contains(&name.value.as_str()));
    taken
        .map(|(name, _)| {
            let message = Message::new(codes::KEEP_TAKEN)
                .with("name", name.value.clone())
                .with("words", join(RESULT_COLUMNS));
            Diagnostic::error(message, name.span)
        })
        .chain(doubled)
        .collect()
}

/// The columns of a table of all items; of other rows nothing is known.
fn written_columns(items: &Items, columns: &Columns, args: &Node, found: &mut Vec<Diagnostic>) {
    let all_items = args
        .get("rows")
        .and_then(Node::text)
        .is_some_and(|text| text.replace(' ', "") == "${{run.items}}");
    let (Some(headings), true, Some(NodeKind::List(wanted))) =
        (&columns.headings, all_items, args.get("columns").map(|node| &node.kind))
    else {
        return;
    };
    let kept = items.keep.iter().map(|(name, _)| name.value.as_str());
    let there: Vec<&str> = headings
        .iter()
        .map(String::as_str)
        .chain(kept)
        .chain(RESULT_COLUMNS.iter().copied())
        .collect();
    for node in wanted {
        let Some(name) = node
            .text()
            .filter(|name| !name.contains("${{") && headings::find(there.iter().copied(), name) == Found::None)
        else {
            continue;
        };
        let message = Message::new(codes::RESULT_COLUMN)
            .with("name", name)
            .with_some("near", nearest(name, there.iter().copied()))
            .with("words", join(&there));
        // Without a sample the table may have columns that nobody has declared.
        found.push(if columns.sampled {
            Diagnostic::error(message, node.span)
        } else {
            Diagnostic::warning(message, node.span)
        });
    }
}

/// An id that is written and is not the name of the file: often that of the file it was copied from. Who names a ledger
/// or another bot has thought of it.
pub(super) fn id_apart(source: &diag::Source, scenario: &Scenario) -> Option<Diagnostic> {
    let name = source.file().rsplit('/').next()?;
    let file = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?;
    let id = &scenario.id;
    let written = source.slice(id.span).trim_matches(['"', '\'']) == id.value;
    let chained = |items: &Items| items.ledger.is_some() || matches!(items.from, Source::Scenario(_));
    let named = scenario.items.as_ref().is_some_and(chained);
    let message = Message::new(codes::ID_APART)
        .with("id", id.value.clone())
        .with("file", file);
    (written && !named && id.value != file).then(|| Diagnostic::hint(message, id.span))
}
