//! The help texts of commands and their words, in both languages.

use clap::{Arg, ArgAction, Command};

use crate::text::Lang;

/// `command`, or `command word`: Japanese, English.
const HELP: &[(&str, &str, &str)] = &[
    (
        "yakin",
        "夜勤：市役所の夜の仕事をする RPA",
        "yakin: an RPA that works the city hall's nights",
    ),
    (
        "yakin office",
        "事務所のフォルダー（office.yaml のある所。省略すると今いる所から上へ探す）",
        "the office's folder (where office.yaml is; found upwards from here, if none)",
    ),
    (
        "yakin lang",
        "表示の言葉（ja または en）",
        "language to speak (ja or en)",
    ),
    ("yakin help", "説明を見る", "read this help"),
    ("yakin version", "版を見る", "show the version"),
    (
        "init",
        "新しい事務所のフォルダーを作る（練習用のシナリオ付き）",
        "make a new office folder, with a scenario for practice",
    ),
    ("init folder", "作る場所", "where to make it"),
    (
        "check",
        "シナリオの間違いを、実行せずに全部調べる",
        "find every mistake of scenarios without running them",
    ),
    (
        "check scenarios",
        "シナリオのファイルか id（省略すると全部）",
        "files or ids of scenarios (all, if none)",
    ),
    (
        "check fix",
        "キーボードの打ち間違い（全角の記号など）を、ファイルの中で直す",
        "mend slips of the keyboard (full-width signs and the like) in the files",
    ),
    (
        "check dry_run",
        "--fix で直る所を見るだけで、書き込まない",
        "only show what --fix would mend; write nothing",
    ),
    (
        "check watch",
        "ファイルが変わるたびに調べ直す（Ctrl-C で終わる）",
        "check again whenever a file changes (Ctrl-C ends it)",
    ),
    ("check json", "1行に1つの JSON で出す", "one JSON object a line"),
    ("run", "シナリオを実行する", "run a scenario"),
    ("run scenario", "シナリオのファイルか id", "a scenario's file or id"),
    (
        "run date",
        "何日の分として処理するか（省略すると今日）",
        "the day to work for (today, if none)",
    ),
    (
        "run real",
        "練習ではなく、本番のシステムで実行する",
        "run on the real system instead of the practice city",
    ),
    ("run show", "ブラウザーの画面を見せる", "show the browser's window"),
    (
        "run retry_rejected",
        "前に差し戻した件を、変わっていなくても、もう一度処理する",
        "work again what was rejected before, although nothing has changed",
    ),
    (
        "run pictures",
        "残す写真。off：なし、failures：失敗したとき、commits：登録の前と後も（省略するとこれ）",
        "pictures to keep: off, failures, or commits (before and after each; the default)",
    ),
    (
        "run driver",
        "別に動いている WebDriver のアドレス（http://…）",
        "address of a WebDriver that is already running (http://…)",
    ),
    (
        "run json",
        "起きたことを1行に1つの JSON で出す",
        "what happens as one JSON object a line",
    ),
    ("runs", "これまでの実行を見る", "see earlier runs"),
    (
        "runs bot",
        "このシナリオ（id）の実行だけ",
        "only this scenario's runs (by id)",
    ),
    (
        "runs limit",
        "新しいほうから何件見るか（省略すると 20）",
        "how many to show, newest first (20, if none)",
    ),
    ("runs json", "一覧を JSON で出す", "the list as JSON"),
    ("runs show", "1つの実行を詳しく読む", "read one run"),
    (
        "runs show run",
        "実行の番号（省略すると最後の実行）",
        "the run's number (the last run, if none)",
    ),
    ("runs show json", "JSON で出す", "as JSON"),
    (
        "runs cancel",
        "動いている実行を、いまのステップの後で止める",
        "end a running run after its current step",
    ),
    ("runs cancel run", "実行の番号", "the run's number"),
    ("report", "実行の報告書を作る", "make a report of a run"),
    (
        "report run",
        "実行の番号（省略すると最後の実行）",
        "the run's number (the last run, if none)",
    ),
    (
        "report html",
        "写真も入った1枚の HTML を書く",
        "write one self-contained page with pictures",
    ),
    ("report junit", "JUnit の XML を書く", "write JUnit XML"),
    ("steps", "使えるステップを見る", "see the steps there are"),
    (
        "steps name",
        "ステップか言葉の名前（例: browser.fill、commit）",
        "the name of a step or word (such as browser.fill or commit)",
    ),
    (
        "schema",
        "シナリオの JSON Schema を出す（エディター用）",
        "print the JSON Schema of scenarios (for editors)",
    ),
    (
        "secret",
        "利用者IDやパスワードを預ける・確かめる・捨てる",
        "keep, list and remove users and passwords",
    ),
    (
        "secret set",
        "預ける。値は入力を求めるので、ここには書かない",
        "set one; the value is asked for, never written here",
    ),
    (
        "secret set name",
        "名前（例: 受付.パスワード）",
        "its name (such as 受付.パスワード)",
    ),
    (
        "secret set host",
        "入力してよい相手（何度でも書ける。省略するとシステムの本番の接続先）",
        "a host it may be typed into (repeatable; the system's real one, if none)",
    ),
    (
        "secret set expires",
        "この日まで使える（省略すると期限なし）",
        "valid until this day (for ever, if none)",
    ),
    (
        "secret set stdin",
        "値を標準入力から1行読む",
        "read the value as one line from standard input",
    ),
    (
        "secret list",
        "名前と期限を見る（値は見えない）",
        "see names and expiry (never values)",
    ),
    ("secret remove", "捨てる", "remove one"),
    ("secret remove name", "名前", "its name"),
    (
        "practice",
        "練習市役所を動かす（Ctrl-C で止まる）",
        "run the practice city (Ctrl-C ends it)",
    ),
    (
        "practice port",
        "ポート番号（省略すると office.yaml の practice.port、0 なら空いている番号）",
        "port (practice.port of office.yaml, if none; 0 takes a free one)",
    ),
    (
        "practice deliver",
        "練習用の申請の表を inbox に届ける",
        "put practice requests into inbox",
    ),
    (
        "practice deliver date",
        "何日の分か（省略すると今日）",
        "for which day (today, if none)",
    ),
    (
        "practice deliver count",
        "受け付けられる請求の数（省略すると 20。ほかに、差し戻しになるものが3件入る）",
        "how many requests that can be registered (20, if none); three more are to be rejected",
    ),
];

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
    ("FOLDER", "フォルダー"),
    ("FILE", "ファイル"),
    ("SCENARIO", "シナリオ"),
    ("SCENARIOS", "シナリオ"),
    ("RUN", "実行番号"),
    ("PORT", "番号"),
    ("NAME", "名前"),
    ("ID", "id"),
    ("HOST", "相手"),
    ("DATE", "日付"),
    ("KIND", "種類"),
    ("N", "件数"),
    ("URL", "アドレス"),
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
        if let Some(text) = find(&format!("{name} {id}"), lang).or_else(|| find(&format!("yakin {id}"), lang)) {
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

fn find(name: &str, lang: Lang) -> Option<&'static str> {
    HELP.iter()
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
            let known = [format!("{name} {id}"), format!("yakin {id}")]
                .iter()
                .any(|key| find(key, Lang::En).is_some());
            if !known {
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
