//! The reasons to reject that need only the row.

use super::halt::{Halt, failure, said_of_expression};
use crate::events::Cause;
use crate::scenario::expr::{Condition, ExprError, Scope};
use crate::scenario::model::Items;
use crate::text::{Message, codes};

/// Whether a reason of the scenario holds for the row at work: the first one that does.
pub(super) fn rejected_by_row(items: &Items, scope: &dyn Scope) -> Result<(), Halt> {
    for (reason, condition) in &items.reject {
        let said = |message: Message| failure(Cause::Data, message.with("reason", reason.value.clone()));
        match condition.evaluate(scope) {
            Ok(found) if found.value.is_true() => return Err(Halt::Reject(said(Message::new(codes::REJECTED)))),
            Ok(_) => {}
            // A condition that cannot be worked out must neither let the row through nor reject it for its reason.
            Err(error) => {
                let cause = said_of_expression(&error).message;
                let message = Message::new(codes::CONDITION_UNCLEAR).with_said("cause", cause);
                return Err(if is_the_rows(&error, items, condition) {
                    Halt::Reject(said(message))
                } else {
                    Halt::Stop(said(message.with("scenario", "1")))
                });
            }
        }
    }
    Ok(())
}

/// Whether a condition cannot be worked out because of what stands in this one row. What fails for every row alike, as a
/// column that is not there or a text compared with a number, is the scenario's.
fn is_the_rows(error: &ExprError, items: &Items, condition: &Condition) -> bool {
    let of_scenario = [
        codes::FILTER_SETTING,
        codes::FILTER_NEEDS_TEXT,
        codes::FILTER_TOO_LONG,
        codes::BAD_DATE_PATTERN,
    ];
    match error {
        ExprError::Failed { said: Some(said), .. } if of_scenario.iter().any(|code| said.is(*code)) => false,
        ExprError::Failed { said: Some(said), .. } if !said.is(codes::KINDS_APART) => true,
        // The cells of a declared column are all of one kind; one whose type was only guessed may hold a text.
        ExprError::Failed { .. } => condition.names().any(|path| match path {
            [first, column, ..] if first == "item" => !items.columns.iter().any(|(name, _)| name.value == *column),
            _ => false,
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;
    use crate::diag::Source as Text;
    use crate::scenario::model::Document;
    use crate::value::{Classed, Value};

    const ITEMS: &str = "  columns: { 番号: code, 氏名: name, 手数料: amount }\n  key: 番号\n";

    fn spec(items: &str) -> Items {
        let text = format!("yakin: 1\nname: x\nitems:\n  from: {{ csv: a.csv }}\n{items}steps:\n  - log: x\n");
        match crate::scenario::parse(&Text::new("x.yaml", text)).document {
            Some(Document::Scenario(scenario)) => scenario.items.expect("items"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_condition_that_cannot_be_worked_out_lets_nothing_through() {
        let items = format!("{ITEMS}  reject:\n    足りません: item.手数料 < 300\n");
        let spec = spec(&items);
        struct Fee(&'static str, i64);
        impl Scope for Fee {
            fn lookup(&self, path: &[String]) -> Option<Classed> {
                let row = IndexMap::from([(self.0.to_owned(), Value::Int(self.1))]);
                (path == ["item"]).then(|| Classed::open(Value::Map(row)))
            }
        }
        let halt = |fee: Fee| rejected_by_row(&spec, &fee);
        assert!(halt(Fee("手数料", 300)).is_ok());
        let few = halt(Fee("手数料", 299));
        assert!(
            matches!(&few, Err(Halt::Reject(said)) if said.message.is(codes::REJECTED)),
            "{few:?}"
        );
        // A column that is not there is no row's fault.
        let unclear = halt(Fee("手当", 299));
        assert!(
            matches!(&unclear, Err(Halt::Stop(said)) if said.message.is(codes::CONDITION_UNCLEAR)),
            "{unclear:?}"
        );
    }

    #[test]
    fn what_fails_for_every_row_alike_stops_and_what_one_row_holds_rejects_it() {
        struct Row;
        impl Scope for Row {
            fn lookup(&self, path: &[String]) -> Option<Classed> {
                let cells = [("氏名", "森"), ("備考", "不明"), ("番号", "十")];
                let cells = cells.map(|(name, cell)| (name.to_owned(), Value::from(cell)));
                let blank = [("手数料".to_owned(), Value::Null)];
                let row = cells.into_iter().chain(blank).collect();
                (path == ["item"]).then(|| Classed::open(Value::Map(row)))
            }
        }
        for (condition, stops) in [
            ("item.氏名 < 300", true),
            ("item.氏名 - 3 == 1", true),
            ("item.番号 | 先頭(1) | 日付('%Q') == 'x'", false),
            ("item.番号 | 和暦('中') == 'x'", true),
            // A column whose type was only guessed: other rows may hold numbers.
            ("item.備考 < 300", false),
            ("item.備考 | 数値 < 300", false),
            ("item.手数料 < 300", false),
        ] {
            let spec = spec(&format!("{ITEMS}  reject:\n    理由: {condition}\n"));
            match rejected_by_row(&spec, &Row) {
                Err(Halt::Stop(said)) if stops => assert!(said.message.is(codes::CONDITION_UNCLEAR), "{condition}"),
                Err(Halt::Reject(said)) if !stops => assert!(said.message.is(codes::CONDITION_UNCLEAR), "{condition}"),
                other => panic!("{condition}: {other:?}"),
            }
        }
    }
}
