//! The help texts of commands and their words, in both languages.

mod desk;
mod night;
mod office;

use clap::{Arg, ArgAction, Command};

use crate::text::Lang;

/// Commands that take the words of another one, with the same help.
const LIKE: &[(&str, &str)] = &[("resume", "run")];

/// `command`, or `command word`: Japanese, English.
type Help = (&'static str, &'static str, &'static str);

/// The command tree with its help in a language.
pub(super) fn localize(command: Command, lang: Lang) -> Command {
    let flag = |name: &'static str, short, action| Arg::new(name).long(name).short(short).action(action);
    let command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help).global(true))
        .arg(flag("version", 'V', ArgAction::Version));
    apply(command, "", lang)
}

/// What a word stands for, in usage lines: as the parser knows it, Japanese.
const PLACES: &[(&str, &str)] = &[
    ("CODE", "番号"),
    ("FOLDER", "フォルダー"),
    ("FILE", "ファイル"),
    ("KEYFILE", "鍵のファイル"),
    ("PERSON", "名前"),
    ("SCENARIO", "シナリオ"),
    ("SCENARIOS", "シナリオ"),
    ("RUN", "実行番号"),
    ("PORT", "番号"),
    ("NAME", "名前"),
    ("ID", "id"),
    ("HOST", "相手"),
    ("DATE", "日付"),
    ("KIND", "種類"),
    ("KEY", "キー"),
    ("STEP", "ステップ"),
    ("N", "件数"),
    ("NUMBER", "番号"),
    ("URL", "アドレス"),
    ("ANSWER", "答え"),
    ("RECEIPT", "受付番号"),
    ("WHAT", "実行番号かシナリオ"),
    ("TIME", "いつ"),
    ("REASON", "理由"),
    ("PLACE", "画面"),
    ("SYSTEM", "システム"),
    ("TABLE", "表"),
    ("PATH", "アドレス"),
    ("HEADING=VALUE", "見出し=値"),
    ("BUTTON", "ボタン"),
    ("FUNCTION", "関数"),
    ("ARGUMENTS", "引数"),
    ("LANGUAGE", "言葉"),
];

/// What the parser itself says in a language, such as `yakin run [OPTIONS] <SCENARIO>`.
pub(super) fn spoken(text: &str, lang: Lang) -> String {
    text.replace("[OPTIONS]", lang.pick("[指定]", "[OPTIONS]"))
}

/// The help itself, where the parser has words of its own only in English.
const TEMPLATE: &str = "{about}\n\n使い方: {usage}\n\n{all-args}";

fn apply(mut command: Command, path: &str, lang: Lang) -> Command {
    if lang == Lang::Ja {
        command = command
            .help_template(TEMPLATE)
            .subcommand_help_heading("命令")
            .subcommand_value_name("命令");
    }
    let name = if path.is_empty() {
        "yakin".to_owned()
    } else {
        path.to_owned()
    };
    if let Some(text) = find(&name, lang) {
        command = command.about(text);
    }
    let arguments: Vec<clap::Id> = command
        .get_arguments()
        .map(|argument| argument.get_id().clone())
        .collect();
    for id in arguments {
        if let Some(text) = of_word(&name, id.as_str(), lang) {
            command = command.mut_arg(id, |argument| described(argument, text, lang));
        }
    }
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in subcommands {
        let inner = if path.is_empty() {
            sub.clone()
        } else {
            format!("{path} {sub}")
        };
        command = command.mut_subcommand(sub, |sub| apply(sub, &inner, lang));
    }
    command
}

/// A word with its help; defaults and possible values stand in the help's own words.
fn described(argument: Arg, text: &'static str, lang: Lang) -> Arg {
    let heading = match (lang, argument.is_positional()) {
        (Lang::Ja, true) => "対象",
        (Lang::Ja, false) => "指定",
        (Lang::En, true) => "Arguments",
        (Lang::En, false) => "Options",
    };
    let valued = argument.get_action().takes_values();
    let argument = match place(&argument) {
        Some(name) if lang == Lang::Ja && valued => argument.value_name(name),
        _ => argument,
    };
    argument
        .help(text)
        .help_heading(heading)
        .hide_default_value(valued)
        .hide_possible_values(valued)
}

/// The Japanese of what stands for an argument's value.
fn place(argument: &Arg) -> Option<&'static str> {
    let written = match argument.get_value_names() {
        Some([name]) => name.to_string(),
        _ => argument.get_id().as_str().to_uppercase(),
    };
    PLACES.iter().find(|(name, _)| *name == written).map(|(_, ja)| *ja)
}

/// The help of a command's word: its own, else that of the command it is like, else that of every command.
fn of_word(command: &str, word: &str, lang: Lang) -> Option<&'static str> {
    let like = LIKE.iter().filter(|(name, _)| *name == command).map(|(_, like)| *like);
    let mut owners = std::iter::once(command).chain(like).chain(["yakin"]);
    owners.find_map(|owner| find(&format!("{owner} {word}"), lang))
}

fn find(name: &str, lang: Lang) -> Option<&'static str> {
    [desk::HELP, night::HELP, office::HELP]
        .into_iter()
        .flatten()
        .find(|(key, _, _)| *key == name)
        .map(|(_, ja, en)| lang.pick(ja, en))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn missing(command: &Command, path: &str, into: &mut Vec<String>) {
        let name = if path.is_empty() { "yakin" } else { path };
        if find(name, Lang::Ja).is_none() {
            into.push(name.to_owned());
        }
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            if of_word(name, id, Lang::En).is_none() {
                into.push(format!("{name} {id}"));
            }
        }
        for sub in command.get_subcommands() {
            let inner = if path.is_empty() {
                sub.get_name().to_owned()
            } else {
                format!("{path} {}", sub.get_name())
            };
            missing(sub, &inner, into);
        }
    }

    /// The help of a command and of those below it.
    fn helps(command: &mut Command, into: &mut String) {
        into.push_str(&command.render_long_help().to_string());
        command.get_subcommands_mut().for_each(|sub| helps(sub, into));
    }

    #[test]
    fn japanese_help_has_no_english_of_the_parsers_own() {
        let mut command = localize(super::super::Cli::command(), Lang::Ja);
        command.build();
        let mut text = String::new();
        helps(&mut command, &mut text);
        let text = spoken(&text, Lang::Ja);
        assert!(text.contains("使い方: yakin run [指定] <シナリオ>"), "{text}");
        for english in [
            "Usage",
            "Commands:",
            "Options",
            "OPTIONS",
            "Arguments",
            "COMMAND",
            "Print",
            "<FILE>",
            "<N",
        ] {
            assert!(!text.contains(english), "{english}: {text}");
        }
        let between = |open, close| {
            let parts = text.split(open).skip(1);
            parts.filter_map(move |part: &str| part.split_once(close).map(|(place, _)| place))
        };
        let english = |place: &&str| !place.is_empty() && place.bytes().all(|byte| byte.is_ascii_uppercase());
        let unknown = between('<', '>').chain(between('[', ']')).find(english);
        assert_eq!(unknown, None, "{text}");
    }

    #[test]
    fn every_command_and_word_has_its_help() {
        let mut names = Vec::new();
        missing(&super::super::Cli::command(), "", &mut names);
        assert_eq!(names, Vec::<String>::new());
        super::super::Cli::command().debug_assert();
    }
}
