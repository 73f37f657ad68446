//! `yakin baton`: work that people take over on a sheet, and bring back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::drivers::files::{self, Form, Row, Table};
use crate::events::view::Standing;
use crate::events::{ItemState, Place};
use crate::history::{Answer, Baton, BatonRow, Order, Returned, Wanted};
use crate::platform::files::{create_private, create_private_folder};
use crate::ports::PortError;
use crate::rules::width::fold_answer;
use crate::steps::StepError;
use crate::text::{Lang, Message, codes};

use super::error::{At, CliError};
use super::history::find;
use super::inquiry::{is_none, kept_as, plan_of};
use super::office::{Desk, who};
use super::{Context, exit};

/// Headings of what people fill in. They are known by their marks: a table may have a column of the same name.
const RESULT: &str = "【記入】結果";
const RECEIPT: &str = "【記入】受付番号";
const PERSON: &str = "【記入】氏名（担当者）";
const REMARK: &str = "【記入】備考";
/// Headings of what says which row it is.
const NUMBER: &str = "行";
const STATE: &str = "渡したときの状態";
const CHECK: &str = "照合値（変えないでください）";
/// The answers.
const REGISTERED: &str = "登録した";
const NOT: &str = "登録しない";
const BACK: &str = "戻す";
/// The sheet of rows.
const SHEET: &str = "手作業";

#[derive(Debug, Args)]
pub(super) struct BatonArgs {
    #[command(subcommand)]
    command: BatonCommand,
}

#[derive(Debug, Subcommand)]
enum BatonCommand {
    Give {
        #[arg(value_name = "WHAT")]
        what: String,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        #[arg(long)]
        rejected: bool,
        #[arg(long)]
        real: bool,
        #[arg(long, value_name = "NAME")]
        by: String,
    },
    Read {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    List {
        #[arg(long)]
        json: bool,
    },
    Release {
        #[arg(value_name = "NUMBER")]
        number: i64,
        #[arg(long, value_name = "NAME")]
        by: String,
        #[arg(long, value_name = "REASON")]
        reason: String,
    },
}

pub(super) fn baton(context: &Context, args: &BatonArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    match &args.command {
        BatonCommand::Give {
            what,
            out,
            rejected,
            real,
            by,
        } => {
            let place = if *real { Place::Real } else { Place::Practice };
            let order = Order {
                wanted: wanted(&desk, what, place)?,
                rejected: *rejected,
                by: by.clone(),
                file: file_of,
                chosen: out.as_ref().map(|file| file.display().to_string()),
            };
            give(&desk, &order)
        }
        BatonCommand::Read { file } => read(&desk, file),
        BatonCommand::List { json } => list(&desk, *json),
        BatonCommand::Release { number, by, reason } => release(&desk, *number, (reason, by)),
    }
}

fn file_of(number: i64) -> String {
    format!("outbox/手作業バトン_{number}.xlsx")
}

/// A run by its number, else a bot.
fn wanted(desk: &Desk, what: &str, place: Place) -> Result<Wanted, CliError> {
    if let Ok(number) = what.parse() {
        return Ok(Wanted::Run(find(desk, Some(number))?.run));
    }
    let path = desk.room.scenario(what)?;
    let bots = desk.room.bots()?;
    let bot = bots.iter().find(|bot| bot.path == path).map(|bot| bot.id().to_owned());
    Ok(Wanted::Bot(bot.unwrap_or_else(|| what.to_owned()), place))
}

fn give(desk: &Desk, order: &Order) -> Result<u8, CliError> {
    let lang = desk.room.lang;
    if let Some(file) = &order.chosen
        && Path::new(file).exists()
    {
        return Err(CliError::usage(
            Message::new(codes::BATON_FILE_THERE).with("file", file.as_str()),
        ));
    }
    let Some(baton) = desk.store.give_baton(order)? else {
        println!("{}", lang.pick("渡す件はありません。", "There is nothing to hand out."));
        return Ok(exit::SETTLED);
    };
    let path = match &order.chosen {
        Some(file) => std::env::current_dir()?.join(file),
        None => desk.room.root.join(&baton.file),
    };
    if let Err(error) = write(desk, &baton, &path) {
        // Nobody has the sheet: the bot keeps the work.
        let reason = error.message.what(lang);
        desk.store.release_baton(baton.number, &reason, &order.by)?;
        return Err(error);
    }
    match lang {
        Lang::Ja => {
            println!(
                "手作業バトン {} 番で、{} 件を渡しました。夜勤は、戻るまでこの件を処理しません。",
                baton.number, baton.items
            );
            println!("  渡す表: {}", path.display());
            println!("  個人情報の入ったファイルです。渡す相手だけが開ける所に置いてください。");
            println!("  記入が済んだら: yakin baton read {}", path.display());
        }
        Lang::En => {
            println!(
                "Sheet no. {}: {} handed out. yakin leaves them alone until they come back.",
                baton.number, baton.items
            );
            println!("  The sheet: {}", path.display());
            println!("  It holds personal data: put it where only whoever needs it can open it.");
            println!("  When it is filled in: yakin baton read {}", path.display());
        }
    }
    Ok(exit::SETTLED)
}

fn write(desk: &Desk, baton: &Baton, path: &Path) -> Result<(), CliError> {
    let rows = desk.store.baton_rows(baton.number, &baton.by)?;
    let form = form(desk, baton, &rows);
    let bytes =
        files::form_workbook(&form).map_err(|error| CliError::failed(StepError::File(error).failure().message))?;
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        create_private_folder(folder).at(folder)?;
    }
    create_private(path, &bytes).at(path)
}

/// The columns of the rows, in the order in which they appear.
fn columns(rows: &[BatonRow]) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for name in rows.iter().flat_map(|row| row.payload.keys()) {
        // What is no heading begins with a mark that no heading has.
        if !name.starts_with('\u{1f}') && !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    columns
}

fn cell(row: &BatonRow, column: &str) -> String {
    row.payload
        .get(column)
        .map(crate::value::Value::to_text)
        .unwrap_or_default()
}

fn check(number: i64, row: &BatonRow) -> String {
    format!("{number}-{}-{}", row.place, row.check)
}

fn form(desk: &Desk, baton: &Baton, rows: &[BatonRow]) -> Form {
    let columns = columns(rows);
    let own = [NUMBER, STATE, CHECK].map(str::to_owned);
    let headings = own.into_iter().chain(columns.iter().map(|name| (*name).to_owned()));
    let line = |row: &BatonRow| {
        let own = [
            row.place.to_string(),
            Standing::of(row.before).word(Lang::Ja).to_owned(),
            check(baton.number, row),
        ];
        own.into_iter()
            .chain(columns.iter().map(|name| cell(row, name)))
            .collect()
    };
    Form {
        guide: ("はじめに".to_owned(), guide(desk, baton)),
        sheet: SHEET.to_owned(),
        headings: headings.collect(),
        rows: rows.iter().map(line).collect(),
        entries: vec![
            (RESULT.to_owned(), [REGISTERED, NOT, BACK].map(str::to_owned).to_vec()),
            (RECEIPT.to_owned(), Vec::new()),
            (PERSON.to_owned(), Vec::new()),
            (REMARK.to_owned(), Vec::new()),
        ],
    }
}

fn guide(desk: &Desk, baton: &Baton) -> Vec<String> {
    let given = desk.room.reader().instant(baton.at);
    let lines = [
        format!("手作業バトン {} 番（{}、{} 件）", baton.number, baton.name, baton.items),
        format!("渡した人：{}　　渡した日時：{given}", baton.by),
        String::new(),
        "この表の件は、夜勤（自動処理）から外してあります。この表が戻るまで、夜勤は登録しません。".to_owned(),
        String::new(),
        format!("1. 「{SHEET}」のシートを開き、1 行ずつ、相手のシステムで手作業で登録してください。"),
        "2. 「渡したときの状態」が「登録照会」の行は、もう登録されているかもしれません。先に検索して、あれば登録せず、その受付番号を書いてください。".to_owned(),
        format!("3. 登録した行は、「{RESULT}」で「{REGISTERED}」を選び、受付番号と、登録した人の氏名を書きます。番号が出ないシステムなら、受付番号に「なし」と書きます。"),
        format!("4. 登録しないことにした行は、「{NOT}」を選び、備考に理由を書きます。"),
        format!("5. 自分では登録せずに返す行は、「{BACK}」を選びます。返した行を夜勤に戻すのは、表を渡した人です。"),
        "6. 何も書かない行は、済んだことにはなりません。途中の表を返しても、後の行は続けられます。".to_owned(),
        "7. 左の列（色のない列）は変えないでください。変わった行は取り込みません。".to_owned(),
        "8. 個人情報の入った表です。仕事が済んだら、消してください。".to_owned(),
        String::new(),
        "運用担当：yakin baton read このファイル　で取り込みます。".to_owned(),
    ];
    lines.to_vec()
}

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

fn read(desk: &Desk, file: &Path) -> Result<u8, CliError> {
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
    fn say(&mut self, line: &Row, code: crate::text::Code) {
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

fn list(desk: &Desk, json: bool) -> Result<u8, CliError> {
    let lang = desk.room.lang;
    let batons = desk.store.batons(false)?;
    if json {
        let lines = batons.iter().map(|baton| {
            serde_json::json!({
                "number": baton.number, "bot": baton.bot, "name": baton.name, "file": baton.file,
                "by": baton.by, "at": baton.at, "items": baton.items, "out": baton.out,
            })
        });
        println!("{}", serde_json::Value::Array(lines.collect()));
        return Ok(exit::SETTLED);
    }
    if batons.is_empty() {
        println!(
            "{}",
            lang.pick("手作業バトンはありません。", "There are no sheets of work by hand.")
        );
    }
    for baton in &batons {
        println!("{}", line(desk, baton));
        println!("    {}", baton.file);
    }
    Ok(exit::SETTLED)
}

fn line(desk: &Desk, baton: &Baton) -> String {
    let Baton {
        number,
        name,
        by,
        items,
        out,
        ..
    } = baton;
    let at = desk.room.reader().instant(baton.at);
    match desk.room.lang {
        Lang::Ja => format!("手作業バトン {number} 番  {name}  {items} 件中 {out} 件が戻っていません（{at} {by}）"),
        Lang::En => format!("Sheet no. {number}  {name}  {out} of {items} not back yet ({at} {by})"),
    }
}

/// What is said of sheets that are still out, before anything else.
pub(super) fn outstanding(desk: &Desk) -> Result<String, CliError> {
    let batons = desk.store.batons(true)?;
    let lines = batons.iter().map(|baton| format!("△ {}\n", line(desk, baton)));
    Ok(lines.collect())
}

fn release(desk: &Desk, number: i64, (reason, by): (&str, &str)) -> Result<u8, CliError> {
    if reason.trim().is_empty() || by.trim().is_empty() {
        return Err(CliError::usage(Message::new(codes::BATON_RELEASE_NAMED)));
    }
    if !desk.store.batons(false)?.iter().any(|baton| baton.number == number) {
        return Err(CliError::usage(
            Message::new(codes::NO_BATON).with_int("number", number),
        ));
    }
    let count = desk.store.release_baton(number, reason, by)?;
    println!(
        "{}",
        match desk.room.lang {
            Lang::Ja => format!("{count} 件を夜勤に戻しました。渡した表では、もう登録しないでください。"),
            Lang::En =>
                format!("{count} given back to yakin. Nothing on that sheet may be registered by hand any more."),
        }
    );
    Ok(exit::SETTLED)
}
