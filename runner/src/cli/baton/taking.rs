//! A filled sheet, read back row by row.

use std::collections::HashMap;
use std::path::Path;

use super::super::error::{At, CliError};
use super::super::exit;
use super::super::inquiry::{is_none, kept_as, plan_of};
use super::super::office::{Desk, who};
use super::{BACK, CHECK, NOT, PERSON, RECEIPT, REGISTERED, REMARK, RESULT, cell, check, columns};
use crate::drivers::files::{self, Row, Table};
use crate::events::ItemState;
use crate::events::view::Standing;
use crate::history::{Answer, BatonRow, Returned};
use crate::ports::PortError;
use crate::rules::width::fold_answer;
use crate::steps::StepError;
use crate::text::{Code, Lang, Message, codes};

/// What was read of a sheet.
#[derive(Default)]
struct Tally {
    taken: u64,
    before: u64,
    back: u64,
    blank: u64,
    /// What is wrong, by row.
    said: Vec<(u64, Message)>,
}

/// Takes a filled sheet back.
pub(super) fn read(desk: &Desk, file: &Path) -> Result<u8, CliError> {
    let table = open(file)?;
    let place = Places::of(&table)?;
    let number = place.number(&table).ok_or_else(|| unknown(file))?;
    let batons = desk.store.batons(false)?;
    let baton = batons
        .iter()
        .find(|baton| baton.number == number)
        .ok_or_else(|| unknown(file))?;
    let rows = desk.store.baton_rows(number, &who())?;
    let kept = kept_as(plan_of(desk, &baton.bot).as_ref(), None);
    let expected: HashMap<String, &BatonRow> = rows.iter().map(|row| (check(number, row), row)).collect();
    let columns = columns(&rows);
    let mut tally = Tally::default();
    let mut seen: HashMap<i64, u64> = HashMap::new();
    for line in &table.rows {
        let at = |column: usize| line.cells.get(column).map_or("", |cell| cell.trim());
        let Some(row) = expected.get(at(place.check)) else {
            tally.say(line, codes::BATON_ROW_FOREIGN);
            continue;
        };
        if let Some(first) = seen.insert(row.place, line.number) {
            let first = i64::try_from(first).unwrap_or(i64::MAX);
            tally.said.push((
                line.number,
                Message::new(codes::BATON_ROW_TWICE).with_int("first", first),
            ));
            continue;
        }
        if let Some(column) = columns.iter().find(|name| !same(&table, line, name, &cell(row, name))) {
            let message = Message::new(codes::BATON_ROW_CHANGED).with("column", (*column).to_owned());
            tally.said.push((line.number, message.with("item", row.label.as_str())));
            continue;
        }
        take(desk, (number, row), &place.entry(line), &kept, (line, &mut tally))?;
    }
    let missing = rows
        .iter()
        .filter(|row| row.state.is_none() && !seen.contains_key(&row.place))
        .count();
    Ok(told(desk, number, &tally, missing))
}

fn open(file: &Path) -> Result<Table, CliError> {
    let path = file.canonicalize().at(file)?;
    let (folder, name) = match (path.parent(), path.file_name().and_then(std::ffi::OsStr::to_str)) {
        (Some(folder), Some(name)) => (folder, name),
        _ => return Err(unknown(file)),
    };
    let wanted = [CHECK, RESULT, RECEIPT, PERSON, REMARK];
    files::read_xlsx(folder, name, None, &wanted)
        .map_err(|error| CliError::usage(StepError::File(error).failure().message))
}

fn unknown(file: &Path) -> CliError {
    CliError::usage(Message::new(codes::BATON_UNKNOWN).with("file", file.display().to_string()))
}

/// Whether a cell still says what was handed out.
fn same(table: &Table, line: &Row, column: &str, expected: &str) -> bool {
    let place = table
        .headings
        .iter()
        .position(|heading| heading.trim() == column.trim());
    let lines = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    place
        .and_then(|place| line.cells.get(place))
        .is_some_and(|cell| lines(cell) == lines(expected))
}

/// Where the columns stand.
struct Places {
    check: usize,
    entries: [usize; 4],
}

/// What a person has written into a row.
struct Entry {
    result: String,
    receipt: String,
    person: String,
    remark: String,
}

impl Places {
    fn of(table: &Table) -> Result<Places, CliError> {
        let places = table
            .columns(&[CHECK, RESULT, RECEIPT, PERSON, REMARK])
            .map_err(|error| CliError::usage(StepError::File(error).failure().message))?;
        match places.as_slice() {
            [check, entries @ ..] => Ok(Places {
                check: *check,
                entries: entries.try_into().unwrap_or_default(),
            }),
            [] => Err(unknown(Path::new(&table.path))),
        }
    }

    /// The number of the sheet: that of most rows, for some may have come from another one.
    fn number(&self, table: &Table) -> Option<i64> {
        let mut counts: HashMap<i64, usize> = HashMap::new();
        for line in &table.rows {
            let check = line.cells.get(self.check).map(|cell| cell.trim());
            if let Some(number) = check.and_then(|check| check.split('-').next()?.parse().ok()) {
                *counts.entry(number).or_default() += 1;
            }
        }
        counts
            .into_iter()
            .max_by_key(|(number, count)| (*count, *number))
            .map(|(number, _)| number)
    }

    fn entry(&self, line: &Row) -> Entry {
        let [result, receipt, person, remark] = self.entries.map(|column| {
            let cell = line.cells.get(column).map_or("", |cell| cell.trim());
            cell.to_owned()
        });
        Entry {
            result: fold_answer(&result),
            receipt,
            person,
            remark,
        }
    }
}

impl Tally {
    fn say(&mut self, line: &Row, code: Code) {
        self.said.push((line.number, Message::new(code)));
    }
}

/// Takes one row back, if it says clearly what became of it.
fn take(
    desk: &Desk,
    (number, row): (i64, &BatonRow),
    entry: &Entry,
    kept: &str,
    (line, tally): (&Row, &mut Tally),
) -> Result<(), CliError> {
    let state = match entry.result.as_str() {
        REGISTERED => ItemState::Done,
        NOT => ItemState::Dropped,
        BACK | "" if row.state.is_some() => {
            tally.before += 1;
            return Ok(());
        }
        BACK => {
            tally.back += 1;
            return Ok(());
        }
        "" if entry.receipt.is_empty() => {
            tally.blank += 1;
            return Ok(());
        }
        _ => {
            tally.say(line, codes::BATON_NO_RESULT);
            return Ok(());
        }
    };
    let missing = match state {
        _ if entry.person.is_empty() => Some(codes::BATON_NO_PERSON),
        ItemState::Done if entry.receipt.is_empty() => Some(codes::BATON_NO_RECEIPT),
        ItemState::Dropped if entry.remark.is_empty() => Some(codes::BATON_NO_REASON),
        _ => None,
    };
    if let Some(code) = missing {
        tally.say(line, code);
        return Ok(());
    }
    let receipt = Some(entry.receipt.clone()).filter(|receipt| state == ItemState::Done && !is_none(receipt));
    let answer = Answer {
        state,
        receipt: receipt.map(|receipt| (kept.to_owned(), receipt)),
        reason: Some(entry.remark.clone()).filter(|remark| !remark.is_empty()),
        by: entry.person.clone(),
    };
    match desk.store.return_baton_row((number, row.place), &answer, &who()) {
        Ok(Returned::Taken) => tally.taken += 1,
        Ok(Returned::Before) => tally.before += 1,
        Ok(Returned::Otherwise(state)) => {
            let settled = matches!(state, ItemState::Done | ItemState::Dropped);
            let code = if settled {
                codes::BATON_ROW_OTHER
            } else {
                codes::BATON_ROW_RELEASED
            };
            let state = Standing::of(state).word(desk.room.lang);
            tally.said.push((
                line.number,
                Message::new(code).with("state", state).with("item", row.label.as_str()),
            ));
        }
        Err(PortError::SameReceipt { label, .. }) => {
            let message = Message::new(codes::BATON_SAME_RECEIPT).with("receipt", entry.receipt.as_str());
            tally.said.push((line.number, message.with("other", label)));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn told(desk: &Desk, number: i64, tally: &Tally, missing: usize) -> u8 {
    let lang = desk.room.lang;
    let Tally {
        taken,
        before,
        back,
        blank,
        ..
    } = tally;
    println!(
        "{}",
        match lang {
            Lang::Ja => format!(
                "手作業バトン {number} 番：取り込み {taken} 件、前に取り込み済み {before} 件、戻す {back} 件、未記入 {blank} 件。"
            ),
            Lang::En =>
                format!("Sheet no. {number}: {taken} taken, {before} taken before, {back} given back, {blank} blank."),
        }
    );
    for (row, message) in &tally.said {
        let said = message.render(lang);
        let row = match lang {
            Lang::Ja => format!("{row} 行目"),
            Lang::En => format!("row {row}"),
        };
        println!("  {row}: [{}] {} {}", said.code, said.what, said.mend);
    }
    if missing > 0 {
        println!(
            "{}",
            match lang {
                Lang::Ja => format!("  渡した行のうち {missing} 件が、この表にありません。手作業中のままです。"),
                Lang::En => format!("  Missing from this sheet: {missing}. They stay handed out."),
            }
        );
    }
    if *back > 0 {
        println!(
            "{}",
            match lang {
                Lang::Ja => format!(
                    "  「戻す」の行は、まだ手作業中です。夜勤に戻すには: yakin baton release {number} --by 氏名 --reason 理由"
                ),
                Lang::En => format!(
                    "  Rows given back are still out. To let yakin work them: yakin baton release {number} --by NAME --reason REASON"
                ),
            }
        );
    }
    match tally.said.is_empty() && missing == 0 && *back == 0 && *blank == 0 {
        true => exit::SETTLED,
        false => exit::SOME_LEFT,
    }
}
