//! A resident list in a file, read once for a run.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use yakin_plugin::{Failure, host};

use crate::{Listed, Person};

thread_local! {
    /// The lists that this run has read, by their paths.
    static LISTS: RefCell<HashMap<String, Rc<[Listed]>>> = RefCell::default();
}

/// The list in a file: read at the first call of a run, so that every item of the run meets the same list.
pub fn read(path: &str) -> Result<Rc<[Listed]>, Failure> {
    if let Some(known) = LISTS.with_borrow(|lists| lists.get(path).cloned()) {
        return Ok(known);
    }
    let bytes = host::read_file(path).map_err(Failure::system)?;
    let list: Rc<[Listed]> = parse(path, &bytes)?.into();
    host::log(&format!("{path}：{} 人", list.len()));
    LISTS.with_borrow_mut(|lists| lists.insert(path.to_owned(), list.clone()));
    Ok(list)
}

/// A table with headings, in UTF-8 or CP932.
pub fn parse(path: &str, bytes: &[u8]) -> Result<Vec<Listed>, Failure> {
    let wrong = |problem: String| Failure::system(format!("{path}：{problem}"));
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or_else(|| wrong("UTF-8 でも Shift_JIS でもありません。".to_owned()))?
            .into_owned(),
    };
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let headings = table.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let column = |name: &str| headings.iter().position(|heading| heading.trim() == name);
    let number = column("番号").ok_or_else(|| wrong("「番号」の列がありません。".to_owned()))?;
    let [name, kana, birth, address] = ["氏名", "カナ", "生年月日", "住所"].map(column);
    let mut list = Vec::new();
    for row in table.records() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let cell = |at: Option<usize>| {
            row.get(at?)
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .map(str::to_owned)
        };
        list.push(Listed {
            番号: cell(Some(number)).unwrap_or_default(),
            person: Person {
                氏名: cell(name),
                カナ: cell(kana),
                生年月日: cell(birth),
                住所: cell(address),
            },
        });
    }
    Ok(list)
}
