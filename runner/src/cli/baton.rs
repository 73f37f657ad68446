//! `yakin baton`: work that people take over on a sheet, and bring back.

mod taking;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::drivers::files::{self, Form};
use crate::events::Place;
use crate::events::view::Standing;
use crate::history::{Baton, BatonRow, Order, Wanted};
use crate::platform::files::{create_private, create_private_folder};
use crate::steps::StepError;
use crate::text::{Lang, Message, codes};

use super::error::{At, CliError};
use super::history::find;
use super::office::Desk;
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
        BatonCommand::Read { file } => taking::read(&desk, file),
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
