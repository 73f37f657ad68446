//! Words on the command line that cannot be understood, in the reader's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::text::{Lang, Message, codes};

use super::error::CliError;
use super::help;

/// What is wrong with the words; `None` when they only ask for help or the version.
pub(super) fn refused(error: &clap::Error, lang: Lang) -> Option<CliError> {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return None;
    }
    let about = |code| Message::new(code).with_some("usage", usage(error).map(|usage| help::spoken(&usage, lang)));
    // What stands for a value is no word to type: `<シナリオ>` is シナリオ.
    let word = |kind| texts(error, kind).join(" ").replace(['<', '>', '[', ']'], "");
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => about(codes::WORD_NO_COMMAND)
            .with("word", word(ContextKind::InvalidSubcommand))
            .with_some(
                "near",
                texts(error, ContextKind::SuggestedSubcommand).into_iter().next(),
            ),
        // The word may be a password and is not repeated.
        ErrorKind::UnknownArgument if is_value_of_secret(error) => Message::new(codes::SECRET_ON_LINE),
        ErrorKind::UnknownArgument => about(codes::WORD_UNKNOWN)
            .with("word", word(ContextKind::InvalidArg))
            .with_some("near", texts(error, ContextKind::SuggestedArg).into_iter().next()),
        ErrorKind::MissingRequiredArgument => about(codes::WORD_MISSING).with("word", word(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => about(codes::WORD_VALUE)
            .with("word", word(ContextKind::InvalidArg))
            .with("value", word(ContextKind::InvalidValue))
            .with_some("values", valid_values(error)),
        // Rare ones (two words that exclude each other, no UTF-8): the parser's own sentence.
        _ => about(codes::WORD_OTHER).with("detail", first_line(error)),
    };
    Some(CliError::usage(message))
}

/// `yakin secret set NAME VALUE`.
fn is_value_of_secret(error: &clap::Error) -> bool {
    let option = texts(error, ContextKind::InvalidArg)
        .iter()
        .any(|word| word.starts_with('-'));
    !option && usage(error).is_some_and(|usage| usage.starts_with("yakin secret set "))
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

fn valid_values(error: &clap::Error) -> Option<String> {
    let values = texts(error, ContextKind::ValidValue).join(", ");
    (!values.is_empty()).then_some(values)
}

/// `yakin run <SCENARIO>`, without the heading that the parser puts before it.
fn usage(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else {
        return None;
    };
    let usage = usage.to_string();
    let line = usage.lines().next()?;
    Some(line.trim_start_matches("Usage:").trim().to_owned())
}

fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.trim_start_matches("error:").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;

    fn said(words: &[&str], lang: Lang) -> String {
        let error = help::localize(Cli::command(), lang)
            .try_get_matches_from(words)
            .expect_err("words that are wrong");
        let said = refused(&error, lang).expect("an error").message.render(lang);
        format!("{} / {}", said.what, said.mend)
    }

    #[test]
    fn wrong_words_are_told_in_the_readers_language() {
        for (words, ja, en) in [
            (
                vec!["yakin", "rnu"],
                "「rnu」という命令はありません。もしかして「runs」ですか。",
                "“rnu”",
            ),
            (
                vec!["yakin", "run"],
                "「シナリオ」が足りません。 / 書き方：yakin run <シナリオ>",
                "yakin run <SCENARIO>",
            ),
            (
                vec!["yakin", "run", "x", "--reel"],
                "「--reel」という指定はありません。もしかして「--real」ですか。",
                "“--reel”",
            ),
            (
                vec!["yakin", "run", "x", "--pictures", "all"],
                "「--pictures 種類」に「all」は使えません。使えるもの：off, failures, commits",
                "failures",
            ),
            (
                vec!["yakin", "runs", "--limit", "many"],
                "「--limit 件数」に「many」は使えません。",
                "many",
            ),
            (
                vec!["yakin", "runs", "show", "x"],
                "「実行番号」に「x」は使えません。",
                "“RUN” does not take “x”",
            ),
        ] {
            let (in_japanese, in_english) = (said(&words, Lang::Ja), said(&words, Lang::En));
            assert!(in_japanese.contains(ja), "{in_japanese}");
            assert!(in_english.contains(en), "{in_english}");
        }
    }

    #[test]
    fn a_password_on_the_command_line_is_refused_and_not_repeated() {
        for lang in [Lang::Ja, Lang::En] {
            let told = said(&["yakin", "secret", "set", "受付.パスワード", "hunter2"], lang);
            assert!(!told.contains("hunter2"), "{told}");
            assert!(
                told.starts_with(lang.pick("値はここに書かないでください", "Do not write the value")),
                "{told}"
            );
        }
        let told = said(&["yakin", "secret", "set", "受付.パスワード", "--hots", "x"], Lang::Ja);
        assert!(told.contains("「--hots」"), "{told}");
    }

    #[test]
    fn help_is_no_mistake() {
        for words in [&["yakin", "run", "--help"][..], &["yakin", "--version"], &["yakin"]] {
            let error = help::localize(Cli::command(), Lang::Ja)
                .try_get_matches_from(words)
                .expect_err("no command to run");
            assert!(refused(&error, Lang::Ja).is_none(), "{words:?}");
        }
    }
}
