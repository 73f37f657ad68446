//! The help texts of commands and their words, in both languages.

mod pages;

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
    (
        "yakin furigana",
        "説明の漢字に、読みを付ける（steps・explain・exercise）",
        "show how the words of Japanese help pages are read",
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
        "シナリオのファイルか id（省略すると、システムと部品も全部）",
        "files or ids of scenarios (if none: all, with systems and parts)",
    ),
    ("check json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "check scores",
        "ボタンや欄の指し方の丈夫さ（0〜100）を、行ごとに見る",
        "how well each locator will outlast a changed page (0 to 100), line by line",
    ),
    (
        "explain",
        "番号（YK2101 など）の意味と直し方を読む",
        "read what a code such as YK2101 means and how to mend it",
    ),
    (
        "explain codes",
        "番号か、含まれる言葉（いくつでも。省略すると全部の一覧）",
        "codes, or a word in them (several if you like; a list of all, if none)",
    ),
    ("explain json", "1行に1つの JSON で出す", "one JSON object a line"),
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
        "run rehearse",
        "下見：登録の直前まで行い、写真を残して、登録せずに次の件へ進む（台帳は変わらない）",
        "rehearse: work each item up to its registration, picture the form, and register nothing",
    ),
    (
        "run only",
        "この件だけ（キーか、その一部か、「3行目」。何度でも書ける）",
        "this item only (its key, a part of it, or “row 3”; repeatable)",
    ),
    (
        "run limit",
        "はじめの何件だけ処理するか。残りは未着手のまま",
        "work only so many, the first ones; the others stay not started",
    ),
    (
        "run until",
        "下見：このステップ（id、名前、行番号）まで行って止まる。登録の操作は行わない",
        "rehearse: stop after this step (its id, name or line); no act is done",
    ),
    (
        "run step",
        "下見：1ステップずつ、尋ねながら行う。ファイルを直して続けられる。登録の操作は行わない",
        "rehearse step by step, asking before each; the file may be mended meanwhile; no act is done",
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
    (
        "try",
        "ステップを1つだけ試す（yakin run --step で止まっている画面か、--url の画面で）",
        "try one step on the page where `yakin run --step` has stopped, or on --url",
    ),
    (
        "try step",
        "YAML のステップ1つ（例: 'browser.click: 新規登録'）",
        "one step in YAML (such as 'browser.click: 新規登録')",
    ),
    (
        "try url",
        "新しいブラウザーで開く画面のアドレス",
        "the address of a page to open in a new browser",
    ),
    ("try show", "ブラウザーの画面を見せる", "show the browser's window"),
    (
        "try yes",
        "登録かもしれないボタンでも押す",
        "press also a button that may register something",
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
    (
        "review",
        "人の答えを待っている質問と、登録照会を見る",
        "see the questions that wait for an answer, and the inquiries",
    ),
    ("review json", "JSON で出す", "as JSON"),
    (
        "review answer",
        "質問に答える（次の実行で、その件を始めから処理する）",
        "answer a question (the next run works its item from the beginning)",
    ),
    (
        "review answer number",
        "質問の番号（yakin review で見る）",
        "the question's number (see yakin review)",
    ),
    (
        "review answer answer",
        "答え（省略すると、入力を求める）",
        "the answer (asked for, if none)",
    ),
    (
        "review answer by",
        "答えた人の氏名（省略すると、このコンピューターの利用者）",
        "who answers (this computer's user, if none)",
    ),
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
        "schema kind",
        "どのファイルのものか。scenario：シナリオとシステム（省略するとこれ）、office：office.yaml",
        "of which files: scenario (with systems; the default), or office (office.yaml)",
    ),
    (
        "schema write",
        "この事務所の .vscode に書く（夜勤を新しくした後に。自分で変えた settings.json には触らない）",
        "write them into this office's .vscode (after an upgrade; settings.json of your own are left alone)",
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
    (
        "doctor",
        "夜の仕事に要るものがそろっているかを調べ、足りないものの入れ方・持ち込み方を言う",
        "look at everything that a night needs, and say how to get what is missing",
    ),
    (
        "doctor offline",
        "網につながらない機械として、持ち込むものを言う",
        "say what to bring, as for a closed network",
    ),
    ("doctor json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "kit",
        "網につながらない機械へ持ち込む一式を作る・確かめる",
        "make or check the archive for machines without a network",
    ),
    (
        "kit make",
        "yakin と chromedriver と手引きを、ハッシュ付きの1つのファイルにまとめる",
        "pack yakin, chromedriver and the guides into one file with its hashes",
    ),
    ("kit make out", "作るファイル（.tar.gz）", "the file to make (.tar.gz)"),
    (
        "kit make driver",
        "入れる chromedriver（省略すると、いま使っているもの）",
        "the chromedriver to pack (the one in use, if none)",
    ),
    (
        "kit make browser",
        "入れるブラウザーのパッケージ（.deb）かフォルダー（いくつでも）",
        "packages (.deb) or folders of the browser to pack (any number)",
    ),
    (
        "kit make models",
        "入れる文字認識のモデルのフォルダー",
        "a folder of recognition models to pack",
    ),
    (
        "kit check",
        "ハッシュを確かめ、この機械に合うかを調べる",
        "check its hashes, and whether it fits this machine",
    ),
    (
        "kit check kit",
        "キットのファイルか、広げたフォルダー",
        "the kit's file, or the folder it was unpacked into",
    ),
    ("kit check json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "exercise",
        "練習問題を始める・採点する（番号なしなら一覧）",
        "begin an exercise or have it marked (all of them, without a number)",
    ),
    ("exercise number", "練習問題の番号", "the exercise's number"),
    (
        "exercise mark",
        "書いたシナリオを、見たことのない表で動かして採点する",
        "run the scenario on a table that it has never seen, and mark it",
    ),
    ("exercise answer", "答えの例を見る", "show a scenario that does it"),
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
    ("CODE", "番号"),
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
    ("KEY", "キー"),
    ("STEP", "ステップ"),
    ("N", "件数"),
    ("NUMBER", "番号"),
    ("URL", "アドレス"),
    ("ANSWER", "答え"),
    ("PLACE", "画面"),
    ("TABLE", "表"),
    ("PATH", "アドレス"),
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
        .chain(pages::HELP)
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
