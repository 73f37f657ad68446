//! Rows that stand in no file, as a table: their cells are read, matched and judged as a file's are.

use indexmap::IndexMap;

use crate::drivers::files::{FileError, Row as Line, Table};
use crate::events::{Cause, Failure};
use crate::plan::Upstream;
use crate::ports::Finished;
use crate::scenario::expr::Template;
use crate::scenario::model::ListRow;
use crate::steps::StepError;
use crate::text::{Message, codes};
use crate::value::Value;

use super::halt::{failure, said_of_expression};
use super::items::FIRST;
use super::scope::Variables;

/// The format of lists, and of what another scenario has finished.
const LIST: &str = "list";
const SCENARIO: &str = "scenario";

/// A row's cells by their headings.
type Cells = IndexMap<String, String>;

/// Whether a table stands in no file.
pub(super) fn is_list(table: &Table) -> bool {
    table.heading_row == 0
}

/// The rows that stand in the scenario.
pub(super) fn of_rows(rows: &[ListRow], scope: &Variables) -> Result<Table, Failure> {
    let rows = rows.iter().map(|row| {
        let cells = row.cells.iter().map(|(heading, cell)| {
            let found = cell.evaluate(scope).map_err(|error| said_of_expression(&error))?;
            Ok((heading.value.clone(), found.value.to_text()))
        });
        cells.collect::<Result<Cells, Failure>>()
    });
    Ok(table(rows.collect::<Result<_, _>>()?, &[], LIST))
}

/// The rows of a list that `start` has made: maps, or single values for the column of the key.
pub(super) fn of_made(list: &Template, key: &str, scope: &Variables) -> Result<Table, Failure> {
    let found = list.evaluate(scope).map_err(|error| said_of_expression(&error))?;
    let elements = match found.value {
        Value::List(elements) => elements,
        Value::Null => Vec::new(),
        _ => return Err(no_list(list)),
    };
    let rows = elements.into_iter().map(|element| match element {
        Value::Map(map) => Ok(map.iter().map(|(name, cell)| (name.clone(), cell.to_text())).collect()),
        Value::List(_) => Err(no_list(list)),
        single => Ok(Cells::from([(key.to_owned(), single.to_text())])),
    });
    Ok(table(rows.collect::<Result<_, _>>()?, &[], LIST))
}

fn no_list(list: &Template) -> Failure {
    let message = Message::new(codes::ITEMS_NO_LIST).with("text", list.source());
    failure(Cause::Data, message)
}

/// What another scenario has finished: its rows, and what it kept of them.
pub(super) fn of_finished(finished: Vec<Finished>, upstream: Option<&Upstream>) -> Table {
    let kept = upstream.map_or(&[][..], |upstream| &upstream.kept);
    let declared = upstream.map_or(&[][..], |upstream| &upstream.columns);
    let rows = finished.into_iter().map(|mut done| {
        done.payload.shift_remove(FIRST);
        let kept = kept
            .iter()
            .filter_map(|name| Some((name.clone(), done.kept.get(name)?)));
        let row = done.payload.iter().map(|(name, value)| (name.clone(), value));
        row.chain(kept).map(|(name, value)| (name, value.to_text())).collect()
    });
    // What was finished before a column was declared has none.
    table(rows.collect(), &[declared, kept].concat(), SCENARIO)
}

/// Rows as a table with the headings of all of them, and some that it has in any case.
fn table(rows: Vec<Cells>, certain: &[String], format: &str) -> Table {
    let mut headings: Vec<String> = Vec::new();
    for heading in rows.iter().flat_map(|row| row.keys()).chain(certain) {
        if !headings.contains(heading) {
            headings.push(heading.clone());
        }
    }
    let rows = (1..).zip(&rows).map(|(number, row)| {
        let cells = headings.iter().map(|name| row.get(name).cloned().unwrap_or_default());
        Line {
            number,
            cells: cells.collect(),
        }
    });
    let rows: Vec<Line> = rows.collect();
    Table {
        path: String::new(),
        sheet: None,
        heading_row: 0,
        headings,
        rows,
        format: format.to_owned(),
        sha256: String::new(),
    }
}

/// Why the wanted columns are not there.
pub(super) fn said(table: &Table, error: FileError) -> Failure {
    let message = match &error {
        FileError::NoColumn { wanted, .. } if is_list(table) => Message::new(codes::ITEMS_NO_COLUMN)
            .with("wanted", wanted.join("」「"))
            .with("headings", table.headings.join("」「")),
        FileError::ManyColumns { heading, .. } if is_list(table) => {
            Message::new(codes::ITEMS_MANY_COLUMNS).with("heading", heading.clone())
        }
        _ => return StepError::File(error).failure(),
    };
    failure(Cause::Data, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::ItemId;
    use crate::ports::{PortError, SecretInfo, Vault};
    use crate::value::{Class, Classed, Secret};

    fn map(cells: &[(&str, Value)]) -> IndexMap<String, Value> {
        cells
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect()
    }

    struct NoVault;

    impl Vault for NoVault {
        fn reveal(&self, _: &str) -> Result<Option<(Secret, SecretInfo)>, PortError> {
            Ok(None)
        }
        fn list(&self) -> Result<Vec<SecretInfo>, PortError> {
            Ok(Vec::new())
        }
    }

    fn made(value: Value) -> Result<Table, Failure> {
        let mut scope = Variables::new(std::sync::Arc::new(NoVault));
        scope.bind(
            "未処理",
            Classed {
                value,
                class: Class::Personal,
            },
        );
        let list = Template::compile("${{ 未処理 }}", crate::diag::Span::default()).expect("an expression");
        of_made(&list, "番号", &scope)
    }

    fn cells(table: &Table) -> Vec<Vec<&str>> {
        let rows = table.rows.iter();
        rows.map(|row| row.cells.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn a_list_of_maps_has_the_headings_of_all_and_one_of_texts_has_its_key() {
        let rows = vec![
            Value::Map(map(&[("番号", Value::from("1")), ("手数料", Value::Int(300))])),
            Value::Map(map(&[("備考", Value::from("急ぎ")), ("番号", Value::from("2"))])),
        ];
        let table = made(Value::List(rows)).expect("a list");
        assert_eq!(table.headings, ["番号", "手数料", "備考"]);
        assert_eq!(cells(&table), [["1", "300", ""], ["2", "", "急ぎ"]]);
        let table = made(Value::List(vec![Value::from("1"), Value::Int(2)])).expect("a list");
        assert_eq!(
            (table.headings.as_slice(), cells(&table)),
            (&["番号".to_owned()][..], vec![vec!["1"], vec!["2"]])
        );
        assert!(made(Value::Null).expect("nothing to do").rows.is_empty());
        for no_list in [Value::from("1"), Value::List(vec![Value::List(Vec::new())])] {
            assert!(made(no_list).is_err_and(|failure| failure.message.is(codes::ITEMS_NO_LIST)));
        }
    }

    #[test]
    fn what_was_kept_is_a_column_even_where_nothing_was() {
        let done = |id, kept: &[(&str, Value)]| Finished {
            item: ItemId(id),
            payload: map(&[("番号", Value::from("1")), (FIRST, Value::Int(3))]),
            kept: map(kept),
        };
        let kept = [("受付番号", Value::from("R-1")), ("理由", Value::from("秘密"))];
        let upstream = Upstream {
            bot: "登録".to_owned(),
            ledger: "登録".to_owned(),
            columns: vec!["番号".to_owned(), "課".to_owned()],
            kept: vec!["受付番号".to_owned()],
        };
        let table = of_finished(vec![done(1, &[]), done(2, &kept)], Some(&upstream));
        assert_eq!(table.headings, ["番号", "受付番号", "課"]);
        assert_eq!(cells(&table), [["1", "", ""], ["1", "R-1", ""]]);
        assert!(of_finished(Vec::new(), Some(&upstream)).rows.is_empty());
    }
}
