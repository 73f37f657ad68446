//! What a scenario asks of its office: hosts that must be granted, secrets that must be kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::diag::{Diagnostic, Span};
use crate::drivers::files::FileError;
use crate::plan::Args;
use crate::plan::arguments::{expanded, texts};
use crate::plan::check::inside;
use crate::plan::check::twins::{self, Work};
use crate::plan::files::{Files, unread};
use crate::scenario::address::{is_loopback, origin_of};
use crate::scenario::model::{Action, Scenario, Source, StepNode, System};
use crate::scenario::office::Grant;
use crate::scenario::vocabulary::nearest;
use crate::steps::{self, Listed};
use crate::text::{Message, codes};

/// How many days before its end a secret is told.
const SOON: i64 = 14;
/// Secrets of practice are nobody's concern.
const PRACTICE: &str = "練習";

/// What an office granted and keeps.
#[derive(Debug, Default)]
pub struct Around {
    /// What bots may do, by their ids.
    pub grants: BTreeMap<String, Grant>,
    /// The secrets it keeps, never their values; `None` when that is not known.
    pub secrets: Option<Vec<KeptSecret>>,
    /// The entries that the practice city has an account for: `ID` of `受付.ID`.
    pub practice: Vec<String>,
    /// Today, where the office stands.
    pub today: NaiveDate,
    /// Whether a table that is not there is told of.
    pub tables: bool,
    /// What the office's scenarios register, looked up when it is first asked for.
    pub works: OnceLock<Vec<Work>>,
}

/// A secret that an office keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSecret {
    /// Such as `受付.ID`.
    pub name: String,
    /// The last day it is valid.
    pub expires: Option<NaiveDate>,
}

/// Checks a scenario's requests.
pub(super) fn scenario(
    files: &dyn Files,
    around: &Around,
    scenario: &Scenario,
    system: Option<&System>,
) -> Vec<Diagnostic> {
    let id = &scenario.id.value;
    let grant = around.grants.get(id);
    let granted = |host: &String| grant.is_some_and(|grant| grant.hosts.contains(host));
    let own: Vec<String> = system
        .into_iter()
        .flat_map(|system| [&system.url, &system.practice_url])
        .flatten()
        .filter_map(|url| origin_of(&url.value))
        .collect();
    let allowed: Vec<&str> = scenario.allow.iter().map(|allow| allow.value.as_str()).collect();
    let request = |host: &str, span| {
        let message = Message::new(codes::HOST_REQUEST)
            .with("host", host)
            .with("id", id.clone());
        Diagnostic::warning(message, span)
    };
    let mut walk = Walk::default();
    for list in [&scenario.start, &scenario.before, &scenario.steps, &scenario.after] {
        walk.list(list);
    }
    let mut found = Vec::new();
    for allow in &scenario.allow {
        let is_host = allow.value.contains('.') && !allow.value.contains(['/', '\\']);
        if is_host && !is_loopback(&allow.value) && !granted(&allow.value) {
            found.push(request(&allow.value, allow.span));
        }
    }
    for (host, span) in &walk.hosts {
        let told = allowed.contains(&host.as_str());
        if !is_loopback(host) && !granted(host) && !own.contains(host) && !told {
            found.push(request(host, *span));
        }
    }
    found.extend(secrets(files, around, grant.is_some(), &walk.secrets));
    if around.tables {
        found.extend(absent(files, scenario));
    }
    let works = || around.works.get_or_init(|| twins::works(files)).as_slice();
    found.extend(twins::scenario(scenario, works));
    found
}

/// The table that a run would look for in vain. One whose name holds a day, or that has a sample to stand for it by day, comes
/// later.
fn absent(files: &dyn Files, scenario: &Scenario) -> Option<Diagnostic> {
    let items = scenario.items.as_ref()?;
    let (Source::Csv(path) | Source::Excel { file: path, .. }) = &items.from else {
        return None;
    };
    let written = path.source();
    if items.sample.is_some() || written.contains("${{") {
        return None;
    }
    match files.table(&written, &[]) {
        Err(error @ FileError::Missing { .. }) => {
            let message = unread(error, path.span).message;
            Some(Diagnostic::warning(message, path.span))
        }
        _ => None,
    }
}

/// Checks a system's requests.
pub(super) fn system(files: &dyn Files, around: &Around, system: &System) -> Vec<Diagnostic> {
    let mut walk = Walk::default();
    walk.list(&system.login);
    walk.list(&system.home);
    let name = &system.name.value;
    let is_real = around.grants.values().any(|grant| grant.secrets.contains(name));
    secrets(files, around, is_real, &walk.secrets)
}

/// What the secrets that are used lack. Before real work is granted nobody needs any; but where the office keeps
/// others of the system already, one that is missing is misspelt or forgotten.
fn secrets(files: &dyn Files, around: &Around, is_real: bool, used: &[(String, Span)]) -> Vec<Diagnostic> {
    let systems = files.systems();
    let kept_here = around.secrets.as_deref();
    let is_real = is_real && kept_here.is_some();
    let kept_here = kept_here.unwrap_or_default();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (name, span) in used {
        let system = name.split('.').next().unwrap_or_default();
        if system == PRACTICE || !told.insert(name) {
            continue;
        }
        let kept = kept_here.iter().find(|kept| kept.name == *name);
        let others = || {
            kept_here
                .iter()
                .filter(|kept| kept.name.split('.').next() == Some(system))
        };
        match kept {
            None if !systems.is_empty() && !systems.iter().any(|known| known == system) => {
                let message = Message::new(codes::SECRET_OF_NOBODY)
                    .with("name", name.clone())
                    .with_some("near", nearest(system, systems.iter().map(String::as_str)));
                found.push(Diagnostic::warning(message, *span));
            }
            None if let Some(near) = misspelt(around, name) => {
                let message = Message::new(codes::SECRET_UNKNOWN)
                    .with("name", name.clone())
                    .with("near", near);
                found.push(Diagnostic::warning(message, *span));
            }
            None if is_real || others().next().is_some() => {
                let message = Message::new(codes::SECRET_NOT_SET)
                    .with("name", name.clone())
                    .with_some("near", nearest(name, others().map(|kept| kept.name.as_str())));
                found.push(Diagnostic::hint(message, *span));
            }
            None => {}
            Some(kept) => found.extend(ending(kept, around.today, *span)),
        }
    }
    found
}

/// The secret that is meant by one which nobody keeps, in practice neither: it is nearly one of those that are there.
fn misspelt(around: &Around, name: &str) -> Option<String> {
    let (system, entry) = name.split_once('.')?;
    let kept = around.secrets.as_deref().unwrap_or_default();
    let in_practice = format!("{PRACTICE}.{name}");
    if around.practice.iter().any(|known| known == entry) || kept.iter().any(|kept| kept.name == in_practice) {
        return None;
    }
    let of_system = kept.iter().filter_map(|kept| {
        let name = kept
            .name
            .strip_prefix(PRACTICE)
            .map_or(kept.name.as_str(), |rest| rest.trim_start_matches('.'));
        name.strip_prefix(system)?.strip_prefix('.')
    });
    let known = around.practice.iter().map(String::as_str).chain(of_system);
    nearest(entry, known).map(|near| format!("{system}.{near}"))
}

fn ending(kept: &KeptSecret, today: NaiveDate, span: Span) -> Option<Diagnostic> {
    let day = kept.expires?;
    let left = (day - today).num_days();
    let message = Message::new(codes::SECRET_ENDS)
        .with("name", kept.name.clone())
        .with("day", day.to_string())
        .with_some("past", (left < 0).then_some("1"));
    match left {
        ..0 => Some(Diagnostic::warning(message, span)),
        0..=SOON => Some(Diagnostic::hint(message, span)),
        _ => None,
    }
}

/// The hosts and secrets of steps, with their places.
#[derive(Default)]
struct Walk {
    hosts: Vec<(String, Span)>,
    secrets: Vec<(String, Span)>,
}

impl Walk {
    fn list(&mut self, steps: &[StepNode]) {
        for step in steps {
            if let Action::Step { kind, args } = &step.action
                && let Some(def) = steps::find(&kind.value)
            {
                let args = expanded(def, args, Listed::Columns);
                if def.name == "browser.open" {
                    let addresses = texts(&args, "").into_iter();
                    self.hosts
                        .extend(addresses.filter_map(|(_, text, span)| Some((origin_of(constant(text))?, span))));
                }
                // What does not compile was told when the steps were built.
                let compiled = Args::compile(&args).ok();
                for expr in compiled.iter().flat_map(Args::expressions) {
                    let paths = expr.names().filter_map(|path| path.split_first());
                    self.secrets.extend(
                        paths
                            .filter(|(first, rest)| *first == "secrets" && !rest.is_empty())
                            .map(|(_, rest)| (rest.join("."), expr.span())),
                    );
                }
            }
            for (_, list) in inside(step) {
                self.list(list);
            }
        }
    }
}

/// The part of an address before its first expression, unless that expression is a part of the host.
fn constant(address: &str) -> &str {
    match address.split_once("${{") {
        Some((before, _)) if before.matches('/').count() > 2 => before,
        Some(_) => "",
        None => address,
    }
}
