//! `yakin draft`: a scenario from a table and the page that its rows are typed into.

use clap::Args;

use crate::drivers::browser::{Described, Session};
use crate::drivers::files::Table;
use crate::plan::{Files, OfficeFiles};
use crate::record::{Draft, DraftError, Drafting, Written};
use crate::scenario::vocabulary::join;
use crate::text::{Lang, Message, codes};

use super::error::{At, CliError};
use super::office::Desk;
use super::page::{Page, PageArgs};
use super::{Context, authored, exit, runtime};

#[derive(Debug, Args)]
pub(super) struct DraftArgs {
    #[arg(value_name = "TABLE")]
    table: String,
    #[arg(value_name = "SYSTEM")]
    place: String,
    #[command(flatten)]
    page: PageArgs,
    #[arg(long, value_name = "BUTTON")]
    press: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    #[arg(long)]
    replace: bool,
    #[arg(long)]
    show: bool,
}

/// The practice city's own people, as a new office has them.
const SAMPLE: &str = "scenarios/samples/requests.csv";
/// How many rows are tried at most until the page answers as hoped.
const TRIES: usize = 5;

pub(super) fn draft(context: &Context, args: &DraftArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    let (file, table) = authored::table(&desk.room, &args.table)?;
    let named = args.out.clone().unwrap_or_else(|| authored::id_of(&file));
    let out = authored::named_file(&named);
    let is_there = desk.room.root.join(&out).exists();
    if is_there && !args.replace {
        return Err(CliError::usage(Message::new(codes::DRAFT_EXISTS).with("file", out)));
    }
    let (written, registers) = runtime()?.block_on(learnt(&desk, args, (&out, &file, &table)))?;
    if is_there {
        let old = desk.room.root.join(&out);
        std::fs::rename(&old, desk.room.root.join(format!("{out}.old"))).at(&old)?;
    }
    let is_right = authored::lay(&desk.room, &out, &written)?;
    println!("{}", next(desk.room.lang, &out, &authored::id_of(&out), registers));
    Ok(if is_right { exit::SETTLED } else { exit::USAGE })
}

/// Looks at the page, tries what may be tried there, and writes the scenario.
async fn learnt(
    desk: &Desk,
    args: &DraftArgs,
    (out, file, table): (&str, &str, &Table),
) -> Result<(Written, bool), CliError> {
    let (place, id) = (args.place.as_str(), authored::id_of(out));
    let page = Page::follow(desk, place, &args.page, &[]).await?;
    let entrance = page.entrance();
    let written = async {
        let form = page
            .on(desk, args.show, async |session| described(session).await)
            .await?;
        let mut draft = Draft::new(Drafting {
            id: &id,
            system: place,
            entrance: entrance.as_deref(),
            items: (file, table),
            form: &form,
            press: args.press.as_deref(),
            lang: desk.room.lang,
        })
        .map_err(|error| unfit(&error))?;
        tried(desk, &page, args, &mut draft).await?;
        Ok((draft.write(), draft.registers()))
    }
    .await;
    page.close().await;
    written
}

/// Does with the first rows what a run would do: searches here, registers only where it is gone afterwards.
async fn tried(desk: &Desk, page: &Page, args: &DraftArgs, draft: &mut Draft<'_>) -> Result<(), CliError> {
    if !draft.registers() {
        return page
            .on(desk, args.show, async |session| {
                try_rows(desk, page, session, draft).await
            })
            .await;
    }
    if !page.is_practice() {
        return Ok(());
    }
    let apart = Page::apart(desk, &args.place, &args.page).await?;
    let done = apart.on(desk, args.show, async |session| {
        try_rows(desk, &apart, session, draft).await
    });
    let done = done.await;
    apart.close().await;
    done
}

async fn try_rows(desk: &Desk, page: &Page, session: &mut Session, draft: &mut Draft<'_>) -> Result<(), CliError> {
    let mut trial = Trial { desk, page, session };
    if draft.registers() {
        let empty = trial.pressed(draft).await?;
        draft.complained(&empty);
    }
    for row in 0..draft.rows().min(TRIES) {
        let fills = draft.fills(row);
        if trial.row(draft, &fills).await? {
            return Ok(());
        }
    }
    // What a success looks like does not depend on whose it is.
    let sample = OfficeFiles::new(&desk.room.root).table(SAMPLE, &[]);
    if let (true, Ok(sample)) = (draft.registers(), sample) {
        let fills = draft.fills_of(&sample, 0);
        trial.row(draft, &fills).await?;
    }
    Ok(())
}

/// The page while rows are tried on it.
struct Trial<'a> {
    desk: &'a Desk,
    page: &'a Page,
    session: &'a mut Session,
}

impl Trial<'_> {
    /// Types a row and sends it. Whether it brought what was hoped for.
    async fn row(&mut self, draft: &mut Draft<'_>, fills: &[String]) -> Result<bool, CliError> {
        self.begin().await?;
        // What one row cannot be typed for another may.
        if self.go_on(fills).await.is_err() {
            return Ok(false);
        }
        let filled = self.filled(draft).await?;
        let after = self.pressed(draft).await?;
        Ok(draft.tried(&filled, after))
    }

    /// To the form, as a run gets there.
    async fn begin(&mut self) -> Result<(), CliError> {
        let entrance: Vec<String> = self.page.entrance().into_iter().collect();
        self.page.again(self.desk, self.session, (true, &entrance)).await
    }

    async fn go_on(&mut self, steps: &[String]) -> Result<(), CliError> {
        self.page.again(self.desk, self.session, (false, steps)).await
    }

    /// The form once the page has filled what it fills by itself.
    async fn filled(&mut self, draft: &Draft<'_>) -> Result<Described, CliError> {
        for step in draft.waits() {
            // A row for which the page fills nothing is no reason to give up.
            let _ = self.go_on(&[step]).await;
        }
        described(self.session).await
    }

    /// Presses the button, agrees to what is asked, and looks.
    async fn pressed(&mut self, draft: &mut Draft<'_>) -> Result<Described, CliError> {
        self.go_on(&[draft.press()]).await?;
        let after = described(self.session).await?;
        let Some(question) = after.dialog.clone() else {
            return Ok(after);
        };
        draft.asked(&question);
        self.go_on(&["browser.dialog: { answer: accept }".to_owned()]).await?;
        described(self.session).await
    }
}

async fn described(session: &mut Session) -> Result<Described, CliError> {
    Ok(session.describe(true).await?)
}

fn unfit(error: &DraftError) -> CliError {
    let (code, names) = match error {
        DraftError::NoButton(names) => (codes::DRAFT_NO_BUTTON, names),
        DraftError::NoColumn(names) => (codes::DRAFT_NO_COLUMN, names),
    };
    let named = (!names.is_empty()).then(|| join(names.iter().map(String::as_str)));
    CliError::usage(Message::new(code).with_some("names", named))
}

/// What to do with a draft.
fn next(lang: Lang, file: &str, id: &str, registers: bool) -> String {
    let rehearsal = match registers {
        true => lang.pick("（下見。登録の手前で止まる）", "(stops before anything is registered)"),
        false => lang.pick(
            "（下見。結果は「下見」フォルダーに出る）",
            "(its results go into a folder of their own)",
        ),
    };
    match lang {
        Lang::Ja => format!(
            "{file} に下書きを書きました。★ の所を見直して保存したら、次の順に:\n  yakin check {id}\n  yakin run {id} --rehearse   {rehearsal}\n  yakin run {id}"
        ),
        Lang::En => format!(
            "The draft is in {file}. Once you have looked over what is marked ★:\n  yakin check {id}\n  yakin run {id} --rehearse   {rehearsal}\n  yakin run {id}"
        ),
    }
}
