//! `yakin record`: what a clerk does in the browser becomes a scenario.

use std::io::BufRead;
use std::time::Duration;

use clap::Args;

use crate::drivers::browser::{self, Act, BrowserError, Recorded, Recorder, Session};
use crate::drivers::files::Table;
use crate::platform::time::pause;
use crate::platform::{processes, programs};
use crate::record::{self, Recording};
use crate::steps::StepError;
use crate::text::{Lang, Message, codes};

use super::authored;
use super::error::CliError;
use super::office::{Desk, Room};
use super::page::{Page, PageArgs};
use super::{Context, exit, runtime, warn};

#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    #[arg(value_name = "PLACE")]
    place: String,
    #[command(flatten)]
    page: PageArgs,
    #[arg(long, value_name = "TABLE")]
    items: Option<String>,
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    #[arg(long, hide = true)]
    headless: bool,
}

/// How often the browser is asked what was done.
const POLL: Duration = Duration::from_millis(150);

pub(super) fn record(context: &Context, args: &RecordArgs) -> Result<u8, CliError> {
    let desk = Desk::open(context)?;
    let out = match args.out.as_deref() {
        Some(named) => authored::out_file(&desk.room, named)?,
        None => authored::file_of_today(&desk.room),
    };
    let items = args.items.as_deref();
    let items = items.map(|file| authored::table(&desk.room, file)).transpose()?;
    if !args.headless && !programs::has_screen() {
        return Err(CliError::failed(Message::new(codes::RECORD_NO_SCREEN)));
    }
    runtime()?.block_on(async {
        let page = Page::find(&desk, &args.place, &args.page).await?;
        let heard = listened(&desk, &page, !args.headless).await;
        let result = heard.and_then(|actions| {
            let system = page.system.as_ref().map(|system| system.name.value.as_str());
            let base = page.base.as_deref();
            let opened = page.opened();
            let work = Work {
                out: &out,
                actions: &actions,
                system: system.map(|name| (name, base)),
                opened: opened.as_deref(),
                items: items.as_ref(),
            };
            written(&desk.room, &work)
        });
        page.close().await;
        result
    })
}

/// What goes into the file.
struct Work<'a> {
    out: &'a str,
    actions: &'a [Recorded],
    system: Option<(&'a str, Option<&'a str>)>,
    opened: Option<&'a str>,
    items: Option<&'a (String, Table)>,
}

/// Opens the browser and hears what is done in it, until its end is asked for or it is closed.
async fn listened(desk: &Desk, page: &Page, show: bool) -> Result<Vec<Recorded>, CliError> {
    let lang = desk.room.lang;
    let mut spec = page.spec(desk, show)?;
    spec.hear = true;
    // Leftovers that cannot be swept now are no reason not to work.
    if let Err(error) = browser::sweep_orphans(&spec.profiles).await {
        warn(&StepError::Browser(error).failure().message, lang);
    }
    let mut session = Session::start(&spec).await?;
    let actions = in_session(desk, page, &mut session).await;
    session.quit().await?;
    actions
}

async fn in_session(desk: &Desk, page: &Page, session: &mut Session) -> Result<Vec<Recorded>, CliError> {
    let lang = desk.room.lang;
    page.keep(session);
    let mark = getrandom::u64().map_err(|error| CliError::from(std::io::Error::from(error)))?;
    let mut recorder = session.record(&format!("{mark:016x}")).await?;
    page.go(desk, session).await?;
    // The way to the page was ours.
    let mut actions: Vec<Recorded> = session.recorded(&mut recorder).await?;
    let last_page = actions
        .iter()
        .rposition(|action| matches!(action.act, Act::Page { .. }));
    actions.drain(..last_page.unwrap_or(actions.len()));
    println!("{}", greeting(lang));
    let ended = hear(session, &mut recorder, &mut actions, lang).await;
    match ended {
        Ok(()) => {
            // A page that is just going away says nothing more.
            let _ = session.end_of_recording().await;
            if let Ok(last) = session.recorded(&mut recorder).await {
                tell(&last, lang);
                actions.extend(last);
            }
            Ok(actions)
        }
        Err(error) if error.is_session_dead() => Ok(actions),
        Err(error) => Err(error.into()),
    }
}

/// Hears until Enter or Ctrl-C; an error when the browser was closed.
async fn hear(
    session: &mut Session,
    recorder: &mut Recorder,
    actions: &mut Vec<Recorded>,
    lang: Lang,
) -> Result<(), BrowserError> {
    let (enter, entered) = tokio::sync::oneshot::channel();
    // A thread of its own, which ends with the program: reading from a terminal cannot be given up.
    std::thread::spawn(move || {
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line).is_ok_and(|read| read > 0) {
            // Nobody listens any more when the recording is over.
            let _ = enter.send(());
        }
    });
    let ending = async {
        tokio::select! {
            () = processes::asked_to_end() => {}
            Ok(()) = entered => {}
        }
    };
    tokio::pin!(ending);
    loop {
        let heard = session.recorded(recorder).await?;
        tell(&heard, lang);
        actions.extend(heard);
        tokio::select! {
            () = &mut ending => return Ok(()),
            () = pause(POLL) => {}
        }
    }
}

fn greeting(lang: Lang) -> &'static str {
    lang.pick(
        "記録を始めました。ブラウザーで、いつもの仕事を1件（表の行を2、3件続けても）してください。\n終わったら、ここで Enter を押すか、ブラウザーを閉じてください。パスワードは記録しません。",
        "Recording. Do one piece of your work in the browser (or two or three rows of your table).\nThen press Enter here or close the browser. Passwords are not recorded.",
    )
}

/// Says what was heard, without any value.
fn tell(actions: &[Recorded], lang: Lang) {
    for action in actions {
        let line = match (&action.act, lang) {
            (Act::Fill { name, .. }, Lang::Ja) => format!("「{name}」に入力"),
            (Act::Fill { name, .. }, Lang::En) => format!("filled “{name}”"),
            (Act::Click { name, .. }, Lang::Ja) => format!("「{name}」を押した"),
            (Act::Click { name, .. }, Lang::En) => format!("pressed “{name}”"),
            (Act::Dialog { accepted, .. }, _) => {
                let answer = if *accepted {
                    "OK"
                } else {
                    lang.pick("キャンセル", "Cancel")
                };
                format!("{} {answer}", lang.pick("確認の窓:", "dialog:"))
            }
            (Act::Key { key }, _) => format!("{} {key}", lang.pick("キー:", "key:")),
            (Act::Page { heading, .. }, _) if !heading.is_empty() => {
                format!("{} {heading}", lang.pick("画面:", "page:"))
            }
            (Act::Page { .. } | Act::Shown { .. }, _) => continue,
        };
        println!("  {line}");
    }
}

/// Writes the file, prints it, checks it, and says what to look over.
fn written(room: &Room, work: &Work<'_>) -> Result<u8, CliError> {
    let id = authored::id_of(work.out);
    let sample = work.items.map(|_| format!("{}/{id}.csv", authored::SAMPLES));
    let recording = Recording {
        actions: work.actions,
        id: &id,
        system: work.system,
        opened: work.opened,
        items: work.items.map(|(file, table)| (file.as_str(), table)),
        sample: sample.as_deref(),
    };
    let written = record::write(&recording).ok_or_else(|| CliError::usage(Message::new(codes::RECORD_NOTHING)))?;
    if let (Some(sample), Some((_, table))) = (&sample, work.items) {
        authored::create(&room.root.join(sample), &authored::headings(table))?;
    }
    let is_right = authored::lay(room, work.out, &written)?;
    println!("{}", saved(room.lang, work.out, &id));
    Ok(if is_right { exit::SETTLED } else { exit::USAGE })
}

fn saved(lang: Lang, file: &str, id: &str) -> String {
    match lang {
        Lang::Ja => format!("{file} に書きました。見直したら: yakin run {id}"),
        Lang::En => format!("Written to {file}. Once you have looked it over: yakin run {id}"),
    }
}
