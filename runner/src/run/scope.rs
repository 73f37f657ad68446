//! The names that expressions see while a run is at work, and how sensitive each value is.

use std::cell::RefCell;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::events::mask::mask_text;
use crate::ports::{PortError, SecretInfo, Vault};
use crate::rules::headings::{self, Found};
use crate::scenario::expr::Scope;
use crate::value::{Class, Classed, ColumnType, Value, Veil};

use super::part::give_back;

/// The variables of a run.
pub(super) struct Variables {
    /// Names of the run: `date`, `time`, `id`, and `items` once they are settled.
    pub(super) run: IndexMap<String, Value>,
    /// The item at work.
    pub(super) item: Option<Row>,
    frames: Vec<Names>,
    /// What waits for the part at work, the outermost first.
    callers: Vec<Caller>,
    vault: Arc<dyn Vault>,
    used: RefCell<Vec<SecretInfo>>,
    vault_failed: RefCell<Option<PortError>>,
}

/// What has a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bound {
    /// A value.
    Value(Classed),
    /// What a part gave back: values with a class each.
    Row(Row),
    /// A secret of the vault, by its name. It is looked up where it is typed and stands nowhere else.
    Secret(Vec<String>),
}

/// Names with what has them.
pub(super) type Names = IndexMap<String, Bound>;

/// A part at work: what becomes of it when it ends.
#[derive(Debug, Clone)]
pub(super) struct Open {
    /// The name of its result.
    pub(super) save_as: Option<String>,
    /// What it gives back.
    pub(super) outputs: Vec<(String, ColumnType)>,
}

/// The names of whoever called a part.
#[derive(Clone)]
struct Caller {
    frames: Vec<Names>,
    item: Option<Row>,
    open: Open,
}

/// A row's values with the classes of its columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    pub(super) values: IndexMap<String, Value>,
    pub(super) classes: IndexMap<String, Class>,
}

impl Row {
    fn class(&self, column: &str) -> Class {
        self.classes.get(column).copied().unwrap_or(Class::Personal)
    }

    pub(super) fn put(&mut self, name: &str, found: Classed) {
        self.values.insert(name.to_owned(), found.value);
        self.classes.insert(name.to_owned(), found.class);
    }

    /// The row as one value, as sensitive as its most sensitive part.
    pub(super) fn whole(&self) -> Classed {
        Classed {
            value: Value::Map(self.values.clone()),
            class: self
                .values
                .keys()
                .map(|column| self.class(column))
                .max()
                .unwrap_or_default(),
        }
    }

    fn lookup(&self, path: &[String]) -> Option<Classed> {
        let Some((name, rest)) = path.split_first() else {
            return Some(self.whole());
        };
        // The table's heading may be written with blanks or in another width.
        let Found::One(place) = headings::find(self.values.keys().map(String::as_str), name) else {
            return None;
        };
        let (column, value) = self.values.get_index(place)?;
        let value = walk(value, rest)?;
        Some(Classed {
            value,
            class: self.class(column),
        })
    }

    /// Covers everything of the row that must not be written as it stands.
    pub(super) fn cover_with(&self, veil: &mut Veil) {
        for (column, value) in &self.values {
            veil.add(value, self.class(column));
        }
    }
}

impl Variables {
    pub(super) fn new(vault: Arc<dyn Vault>) -> Variables {
        Variables {
            run: IndexMap::new(),
            item: None,
            frames: vec![Names::new()],
            callers: Vec::new(),
            vault,
            used: RefCell::default(),
            vault_failed: RefCell::default(),
        }
    }

    /// Forgets everything that the last item left.
    pub(super) fn begin_item(&mut self, row: Row) {
        self.frames.truncate(1);
        self.frames.push(Names::new());
        self.item = Some(row);
    }

    /// Back to the names of the run alone.
    pub(super) fn end_item(&mut self) {
        self.frames.truncate(1);
        self.item = None;
    }

    /// Gives a value a name in the innermost frame.
    pub(super) fn bind(&mut self, name: &str, value: Classed) {
        self.bind_as(name, Bound::Value(value));
    }

    /// Gives something a name in the innermost frame.
    pub(super) fn bind_as(&mut self, name: &str, bound: Bound) {
        if let Some(frame) = self.frames.last_mut() {
            frame.insert(name.to_owned(), bound);
        }
    }

    /// Leaves everything of the caller behind, until the part ends: there are only the names that it is given.
    pub(super) fn enter(&mut self, given: Names, open: Open) {
        let caller = Caller {
            frames: std::mem::replace(&mut self.frames, vec![given]),
            item: self.item.take(),
            open,
        };
        self.callers.push(caller);
    }

    /// Back to the caller. The names that the part had.
    pub(super) fn leave(&mut self) -> Names {
        let Some(caller) = self.callers.pop() else {
            return Names::new();
        };
        self.item = caller.item;
        let frames = std::mem::replace(&mut self.frames, caller.frames);
        frames.into_iter().next_back().unwrap_or_default()
    }

    /// The names as they will be when every part at work has ended, as far as they are known by now: what an item keeps is
    /// stored with the proof of its commit, which may stand in a part.
    pub(super) fn after_parts(&self) -> Variables {
        let mut after = Variables {
            run: self.run.clone(),
            item: self.item.clone(),
            frames: self.frames.clone(),
            callers: self.callers.clone(),
            ..Variables::new(self.vault.clone())
        };
        while let Some(Open { save_as, outputs }) = after.callers.last().map(|caller| caller.open.clone()) {
            let names = after.leave();
            let mut row = Row::default();
            for (output, kind) in outputs {
                if let Ok(found) = give_back(&names, &output, kind) {
                    row.put(&output, found);
                }
            }
            if let Some(name) = save_as {
                after.bind_as(&name, Bound::Row(row));
            }
        }
        after
    }

    /// The name in the vault that a path means: its own, or that of a secret a part was given.
    pub(super) fn secret_behind(&self, path: &[String]) -> Vec<String> {
        match path {
            [first, rest @ ..] if first == "secrets" => rest.to_vec(),
            [name] => match self.frames.iter().rev().find_map(|frame| frame.get(name)) {
                Some(Bound::Secret(path)) => path.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// Gives a value a name, or takes the name away, and returns what had it in the innermost frame.
    pub(super) fn swap(&mut self, name: &str, bound: Option<Bound>) -> Option<Bound> {
        let frame = self.frames.last_mut()?;
        match bound {
            Some(bound) => frame.insert(name.to_owned(), bound),
            None => frame.shift_remove(name),
        }
    }

    /// The names that steps have given values to, those of a part's callers too; an inner one hides an outer one. Secrets
    /// are looked up where they are typed and are not among them.
    pub(super) fn known(&self) -> Vec<(String, Classed)> {
        let callers = self.callers.iter().flat_map(|caller| caller.frames.iter());
        let mut known = IndexMap::new();
        for (name, bound) in callers.chain(&self.frames).flatten() {
            match bound {
                Bound::Value(found) => known.insert(name.clone(), found.clone()),
                Bound::Row(row) => known.insert(name.clone(), row.whole()),
                Bound::Secret(_) => None,
            };
        }
        known.into_iter().collect()
    }

    /// Every name with its value, as it may be shown; secrets are no names of their own.
    pub(super) fn listed(&self) -> Vec<(String, String)> {
        let row = self.item.iter().flat_map(|row| {
            let values = row.values.iter();
            values.map(|(name, value)| (format!("item.{name}"), masked(value, row.class(name))))
        });
        let run = self.run.iter().filter(|(name, _)| *name != "items");
        let run = run.map(|(name, value)| (format!("run.{name}"), masked(value, Class::Open)));
        let bound = self.frames.iter().flatten().filter_map(|(name, bound)| {
            let found = match bound {
                Bound::Value(found) => found.clone(),
                Bound::Row(row) => row.whole(),
                Bound::Secret(_) => return None,
            };
            Some((name.clone(), masked(&found.value, found.class)))
        });
        run.chain(row).chain(bound).collect()
    }

    /// What the item's steps have given names to, each with its class; what a part gave back by the names of its outputs.
    pub(super) fn read(&self) -> Vec<(&str, &Value, Class)> {
        let mut read = Vec::new();
        for (name, bound) in self.frames.iter().skip(1).flatten() {
            match bound {
                Bound::Value(found) => read.push((name.as_str(), &found.value, found.class)),
                Bound::Row(row) => {
                    let outputs = row.values.iter();
                    read.extend(outputs.map(|(output, value)| (output.as_str(), value, row.class(output))));
                }
                Bound::Secret(_) => {}
            }
        }
        read
    }

    /// Covers what has a name and must not be written as it stands.
    pub(super) fn cover_with(&self, veil: &mut Veil) {
        for bound in self.frames.iter().flat_map(IndexMap::values) {
            match bound {
                Bound::Value(value) => cover(veil, value),
                Bound::Row(row) => row.cover_with(veil),
                Bound::Secret(_) => {}
            }
        }
    }

    /// Covers the same with every cell of every table.
    pub(super) fn cover_all(&self, veil: &mut Veil) {
        for bound in self.frames.iter().flat_map(IndexMap::values) {
            match bound {
                Bound::Value(found) => veil.add(&found.value, found.class),
                Bound::Row(row) => row.cover_with(veil),
                Bound::Secret(_) => {}
            }
        }
    }

    /// The secrets that were looked up since the last call. Only arguments of steps may hold any: the plan sees to it.
    pub(super) fn take_used_secrets(&self) -> Vec<SecretInfo> {
        std::mem::take(&mut *self.used.borrow_mut())
    }

    /// Why the vault could not be asked since the last call: then a secret that seems to be missing may well be there.
    pub(super) fn take_vault_failure(&self) -> Option<PortError> {
        self.vault_failed.take()
    }

    fn secret(&self, path: &[String]) -> Option<Classed> {
        if path.is_empty() {
            return None;
        }
        let name = path.join(".");
        let (secret, info) = self.vault.reveal(&name).unwrap_or_else(|error| {
            self.vault_failed.replace(Some(error));
            None
        })?;
        let text = secret.expose().to_owned();
        self.used.borrow_mut().push(info);
        Some(Classed::new(text, Class::Secret))
    }
}

/// Covers one value. A table's cells are covered where they stand, under their headings; a number of a few digits says nothing
/// without its name, and covering it would make every sentence unreadable.
pub(super) fn cover(veil: &mut Veil, value: &Classed) {
    let says_nothing = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    match &value.value {
        Value::List(_) | Value::Map(_) => {}
        single if says_nothing(&single.to_text()) => {}
        single => veil.add(single, value.class),
    }
}

fn masked(value: &Value, class: Class) -> String {
    mask_text(&value.to_text(), class)
}

fn walk(mut value: &Value, path: &[String]) -> Option<Value> {
    for name in path {
        value = match value {
            Value::Map(map) => map.get(name)?,
            Value::List(list) => list.get(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value.clone())
}

impl Scope for Variables {
    fn lookup(&self, path: &[String]) -> Option<Classed> {
        let (first, rest) = path.split_first()?;
        for frame in self.frames.iter().rev() {
            match frame.get(first) {
                Some(Bound::Value(found)) => {
                    return walk(&found.value, rest).map(|value| Classed {
                        value,
                        class: found.class,
                    });
                }
                Some(Bound::Row(row)) => return row.lookup(rest),
                Some(Bound::Secret(path)) => return if rest.is_empty() { self.secret(path) } else { None },
                None => {}
            }
        }
        match first.as_str() {
            "item" => self.item.as_ref()?.lookup(rest),
            "run" => {
                let class = if rest.first().is_some_and(|name| name == "items") {
                    Class::Personal
                } else {
                    Class::Open
                };
                match rest.split_first() {
                    None => Some(Classed {
                        value: Value::Map(self.run.clone()),
                        class: Class::Personal,
                    }),
                    Some((name, rest)) => walk(self.run.get(name)?, rest).map(|value| Classed { value, class }),
                }
            }
            "secrets" => self.secret(rest),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Secret;

    struct Everything;

    impl Vault for Everything {
        fn reveal(&self, name: &str) -> Result<Option<(Secret, SecretInfo)>, PortError> {
            let info = SecretInfo {
                name: name.to_owned(),
                hosts: vec!["127.0.0.1:1".to_owned()],
                expires: None,
                set_at: chrono::DateTime::UNIX_EPOCH,
            };
            Ok(Some((Secret::new(format!("{name}の値")), info)))
        }

        fn list(&self) -> Result<Vec<SecretInfo>, PortError> {
            Ok(Vec::new())
        }
    }

    fn path(text: &str) -> Vec<String> {
        text.split('.').map(str::to_owned).collect()
    }

    fn text(variables: &Variables, name: &str) -> Option<String> {
        variables.lookup(&path(name)).map(|found| found.value.to_text())
    }

    fn variables() -> Variables {
        let mut variables = Variables::new(Arc::new(Everything));
        let mut row = Row::default();
        row.put("氏名", Classed::new("森", Class::Personal));
        variables.begin_item(row);
        variables.bind("数", Classed::open("1"));
        variables
    }

    fn open(save_as: &str) -> Open {
        Open {
            save_as: Some(save_as.to_owned()),
            outputs: vec![
                ("住所".to_owned(), ColumnType::Address),
                ("件数".to_owned(), ColumnType::Number),
            ],
        }
    }

    #[test]
    fn a_part_sees_what_it_is_given_and_leaves_nothing_behind() {
        let mut variables = variables();
        let given = Names::from([("郵便番号".to_owned(), Bound::Value(Classed::open("850-0003")))]);
        variables.enter(given, open("結果"));
        for (name, seen) in [("郵便番号", Some("850-0003")), ("数", None), ("item.氏名", None)] {
            assert_eq!(text(&variables, name).as_deref(), seen, "{name}");
        }
        variables.bind("住所", Classed::open("長崎市"));
        assert_eq!(variables.leave().len(), 2);
        for (name, seen) in [
            ("郵便番号", None),
            ("住所", None),
            ("数", Some("1")),
            ("item.氏名", Some("森")),
        ] {
            assert_eq!(text(&variables, name).as_deref(), seen, "{name}");
        }
    }

    #[test]
    fn what_is_kept_sees_the_results_of_parts_that_are_still_at_work() {
        let mut variables = variables();
        variables.enter(Names::new(), open("外"));
        variables.enter(Names::new(), open("内"));
        variables.bind("住所", Classed::open("長崎市"));
        variables.bind("件数", Classed::open("３"));
        let after = variables.after_parts();
        assert_eq!(text(&after, "外.住所"), None, "the outer part has not set it");
        assert_eq!(text(&after, "item.氏名").as_deref(), Some("森"));
        variables.leave();
        variables.bind("住所", Classed::open("諫早市"));
        let after = variables.after_parts();
        assert_eq!(text(&after, "外.住所").as_deref(), Some("諫早市"));
        assert_eq!(text(&variables, "住所").as_deref(), Some("諫早市"), "nothing has moved");
    }

    #[test]
    fn a_result_is_as_sensitive_as_what_is_read_of_it() {
        let mut variables = variables();
        let mut row = Row::default();
        row.put("住所", Classed::new("長崎市", Class::Personal));
        row.put("件数", Classed::open("3"));
        variables.bind_as("結果", Bound::Row(row));
        for (name, class) in [
            ("結果.住所", Class::Personal),
            ("結果.件数", Class::Open),
            ("結果", Class::Personal),
        ] {
            let found = variables.lookup(&path(name)).expect(name);
            assert_eq!(found.class, class, "{name}");
        }
    }

    #[test]
    fn a_column_is_found_however_its_heading_is_written() {
        let mut variables = variables();
        let mut row = Row::default();
        row.put("氏　名", Classed::new("森", Class::Personal));
        row.put("ｶﾅ", Classed::new("モリ", Class::Personal));
        row.put("備 考", Classed::open("甲"));
        row.put("備　考", Classed::open("乙"));
        variables.begin_item(row);
        let found = variables.lookup(&path("item.氏名")).expect("a column");
        assert_eq!((found.value.to_text().as_str(), found.class), ("森", Class::Personal));
        assert_eq!(text(&variables, "item.カナ").as_deref(), Some("モリ"));
        assert_eq!(text(&variables, "item.備　考").as_deref(), Some("乙"));
        assert_eq!(
            text(&variables, "item.備考"),
            None,
            "nobody can tell which one is meant"
        );
        let expression = crate::scenario::expr::Expr::compile("item.氏名 ~ '様'", crate::diag::Span::default());
        let said = expression
            .expect("an expression")
            .evaluate(&variables)
            .expect("a value");
        assert_eq!((said.value.to_text().as_str(), said.class), ("森様", Class::Personal));
    }

    #[test]
    fn what_has_a_name_is_covered_but_for_small_numbers_and_tables() {
        let mut variables = variables();
        variables.bind("住所", Classed::new("長崎市桜町", Class::Personal));
        variables.bind("件数", Classed::new("12", Class::Personal));
        variables.bind(
            "表",
            Classed::new(Value::List(vec![Value::from("済")]), Class::Personal),
        );
        let mut veil = Veil::default();
        variables.cover_with(&mut veil);
        assert_eq!(veil.cover("長崎市桜町 12 件 済"), "＊＊＊ 12 件 済");
    }

    #[test]
    fn a_secret_keeps_its_hosts_through_every_part() {
        let mut variables = variables();
        let behind = variables.secret_behind(&path("secrets.受付.ID"));
        variables.enter(Names::from([("外".to_owned(), Bound::Secret(behind))]), open("結果"));
        let behind = variables.secret_behind(&path("外"));
        variables.enter(Names::from([("内".to_owned(), Bound::Secret(behind))]), open("結果"));
        assert!(
            variables.take_used_secrets().is_empty(),
            "nothing was looked up on the way"
        );
        let found = variables.lookup(&path("内")).expect("a secret");
        assert_eq!(
            (found.value.to_text().as_str(), found.class),
            ("受付.IDの値", Class::Secret)
        );
        let used = variables.take_used_secrets();
        assert_eq!(
            used.iter().map(|info| info.name.as_str()).collect::<Vec<_>>(),
            ["受付.ID"]
        );
        assert!(variables.lookup(&path("内.文字")).is_none());
    }
}
