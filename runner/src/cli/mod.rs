//! The commands: parse words, find the office, put the layers together, print. Nothing is decided here.

/// As the standard one, except that a closed pipe (`yakin steps | head`) is nobody's mistake: these four hide the
/// standard ones, which panic then, from the modules below.
macro_rules! print {
    ($($said:tt)*) => {{
        use std::io::Write as _;
        let _ = write!(std::io::stdout(), $($said)*);
    }};
}
macro_rules! println {
    ($($said:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($said)*);
    }};
}
macro_rules! eprint {
    ($($said:tt)*) => {{
        use std::io::Write as _;
        let _ = write!(std::io::stderr(), $($said)*);
    }};
}
macro_rules! eprintln {
    ($($said:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($said)*);
    }};
}

mod around;
mod authored;
mod backup;
mod baton;
mod cancel;
mod check;
mod doctor;
mod draft;
mod error;
mod exercise;
pub mod exit;
mod explain;
#[cfg(feature = "failpoints")]
mod failpoints;
mod forecast;
mod fault;
mod help;
mod history;
mod init;
mod inquiry;
mod kit;
mod leading;
mod look;
mod office;
mod page;
mod plugin;
mod practice;
mod record;
mod resume;
mod review;
mod run;
mod scenarios;
mod schema;
mod scores;
mod secret;
mod standing;
mod steps;
mod trying;
mod until;
mod usage;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::text::furigana::with_readings;
use crate::text::{Lang, Message};

use error::CliError;

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "yakin", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    #[arg(long, global = true, value_name = "FOLDER")]
    office: Option<PathBuf>,
    #[arg(long, global = true, value_name = "ja|en")]
    lang: Option<String>,
    #[arg(long, global = true)]
    furigana: bool,
}

/// One command.
#[derive(Debug, Subcommand)]
enum Command {
    Init(init::InitArgs),
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    Run(run::RunArgs),
    Resume(resume::ResumeArgs),
    Try(trying::TryArgs),
    Runs(history::RunsArgs),
    Report(history::ReportArgs),
    Review(review::ReviewArgs),
    Baton(baton::BatonArgs),
    Steps(steps::StepsArgs),
    Look(look::LookArgs),
    Draft(draft::DraftArgs),
    Record(record::RecordArgs),
    Schedule(forecast::ScheduleArgs),
    Schema(schema::SchemaArgs),
    Secret(secret::SecretArgs),
    Plugin(plugin::PluginArgs),
    Practice(practice::PracticeArgs),
    Doctor(doctor::DoctorArgs),
    Backup(backup::BackupArgs),
    Restore(backup::RestoreArgs),
    Kit(kit::KitArgs),
    Exercise(exercise::ExerciseArgs),
}

/// What a command needs besides its own words.
pub(super) struct Context {
    /// The office the user named, if any.
    office: Option<PathBuf>,
    /// The language the user asked for; without one the office's is spoken.
    lang: Option<Lang>,
    /// Whether colours and moving bars are welcome.
    terminal: bool,
    /// Whether help pages show how their words are read.
    furigana: bool,
}

impl Context {
    /// A help page as this reader wants it.
    fn page(&self, text: &str, lang: Lang) -> String {
        if self.furigana && lang == Lang::Ja {
            with_readings(text)
        } else {
            text.to_owned()
        }
    }
}

/// Does what the words ask and returns the exit code.
pub fn main(words: impl IntoIterator<Item = OsString>) -> u8 {
    let words: Vec<OsString> = words.into_iter().collect();
    let asked = asked_language(&words);
    fault::guarded(asked.unwrap_or_default(), || {
        #[cfg(feature = "failpoints")]
        let _armed = failpoints::arm();
        obey(words, asked)
    })
}

fn obey(words: Vec<OsString>, asked: Option<Lang>) -> u8 {
    let lang = asked.unwrap_or_default();
    let matches = match help::localize(Cli::command(), lang).try_get_matches_from(words) {
        Ok(matches) => matches,
        Err(error) => match usage::refused(&error, lang) {
            Some(refused) => return told(&refused, lang),
            None => {
                let text = error.render();
                return if error.use_stderr() {
                    eprint!("{}", help::spoken(&text.to_string(), lang));
                    exit::USAGE
                } else {
                    print!("{}", help::spoken(&text.to_string(), lang));
                    exit::SETTLED
                };
            }
        },
    };
    dispatch(&matches, asked).unwrap_or_else(|error| told(&error, lang))
}

/// Says why a command could not do its work, and gives its exit code.
fn told(error: &CliError, lang: Lang) -> u8 {
    let said = error.message.render(lang);
    eprintln!("{} [{}] {}", lang.pick("エラー", "error"), said.code, said.what);
    if !said.mend.is_empty() {
        eprintln!("  {} {}", lang.pick("直し方:", "what to do:"), said.mend);
    }
    error.exit
}

/// Says what does not keep a command from its work.
fn warn(message: &Message, lang: Lang) {
    let said = message.render(lang);
    eprintln!("{} [{}] {}", lang.pick("注意", "warning"), said.code, said.what);
    if !said.mend.is_empty() {
        eprintln!("  {}", said.mend);
    }
}

fn dispatch(matches: &ArgMatches, lang: Option<Lang>) -> Result<u8, CliError> {
    use std::io::IsTerminal;
    let cli = Cli::from_arg_matches(matches).map_err(|error| error::unparsed(&error))?;
    let context = Context {
        office: cli.common.office,
        lang,
        terminal: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        furigana: cli.common.furigana,
    };
    match cli.command {
        Command::Init(args) => init::init(&context, &args),
        Command::Check(args) => check::check(&context, &args),
        Command::Explain(args) => explain::explain(&context, &args),
        Command::Run(args) => run::run(&context, &args),
        Command::Resume(args) => resume::resume(&context, &args),
        Command::Try(args) => trying::try_step(&context, &args),
        Command::Runs(args) => history::runs(&context, &args),
        Command::Report(args) => history::report(&context, &args),
        Command::Baton(args) => baton::baton(&context, &args),
        Command::Review(args) => review::review(&context, &args),
        Command::Steps(args) => steps::steps(&context, &args),
        Command::Look(args) => look::look(&context, &args),
        Command::Draft(args) => draft::draft(&context, &args),
        Command::Record(args) => record::record(&context, &args),
        Command::Schedule(args) => forecast::schedule(&context, &args),
        Command::Schema(args) => schema::schema(&context, &args),
        Command::Secret(args) => secret::secret(&context, &args),
        Command::Plugin(args) => plugin::plugin(&context, &args),
        Command::Practice(args) => practice::practice(&context, &args),
        Command::Doctor(args) => doctor::doctor(&context, &args),
        Command::Backup(args) => backup::backup(&context, &args),
        Command::Restore(args) => backup::restore(&context, &args),
        Command::Kit(args) => kit::kit(&context, &args),
        Command::Exercise(args) => exercise::exercise(&context, &args),
    }
}

/// The language must be known before the words are parsed, so that their errors are in it too.
fn asked_language(words: &[OsString]) -> Option<Lang> {
    let named = words.iter().enumerate().find_map(|(index, word)| {
        let word = word.to_str()?;
        match word.strip_prefix("--lang=") {
            Some(value) => Some(value.to_owned()),
            None if word == "--lang" => words.get(index + 1)?.to_str().map(str::to_owned),
            None => None,
        }
    });
    // `plugin new --lang js` speaks of another language.
    let named = named.filter(|name| !plugin::WRITTEN_IN.contains(&name.as_str()));
    named
        .or_else(|| std::env::var("YAKIN_LANG").ok())
        .map(|name| Lang::from_locale(&name))
}

/// The runtime of commands that talk to browsers and the network.
fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}
