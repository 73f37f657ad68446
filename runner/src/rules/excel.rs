//! What Excel leaves in a cell when a formula fails, or when it takes a number or code for something else.

/// Whether a cell shows an error instead of a value: `#REF!`, `#N/A`, or `####` where the column was too narrow.
pub fn is_error(cell: &str) -> bool {
    let named = matches!(
        cell,
        "#REF!"
            | "#N/A"
            | "#VALUE!"
            | "#NAME?"
            | "#DIV/0!"
            | "#NUM!"
            | "#NULL!"
            | "#SPILL!"
            | "#CALC!"
            | "#GETTING_DATA"
    );
    named || (cell.len() > 2 && cell.chars().all(|character| character == '#'))
}

/// Whether a number or code is no longer what somebody wrote: `1.23E+11` for 123456789012, `12月1日` or `Jan-00` for
/// 12-1 or 1-2000, or an error. Only shapes that no office gives its numbers count.
pub fn is_spoiled(code: &str) -> bool {
    is_error(code) || is_scientific(code) || is_day(code) || is_english_day(code)
}

/// `1E+11`, `1.23E+11`, `5.00E-03`. An `E-` without decimals, as in `1E-05`, may well be a code.
fn is_scientific(code: &str) -> bool {
    let parts = |sign| code.split_once(sign);
    let Some((mantissa, exponent, whole)) = parts("E+")
        .map(|(mantissa, exponent)| (mantissa, exponent, true))
        .or_else(|| parts("E-").map(|(mantissa, exponent)| (mantissa, exponent, false)))
    else {
        return false;
    };
    let fits = match mantissa.split_once('.') {
        Some((one, decimals)) => one.len() == 1 && is_digits(one) && is_digits(decimals),
        None => whole && mantissa.len() == 1 && is_digits(mantissa),
    };
    fits && exponent.len() >= 2 && is_digits(exponent)
}

/// `12月1日`: a day without its year.
fn is_day(code: &str) -> bool {
    let parts = code.strip_suffix('日').and_then(|code| code.split_once('月'));
    parts.is_some_and(|(month, day)| is_short(month) && is_short(day))
}

/// `2-Jan`, `Jan-00`.
fn is_english_day(code: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    code.split_once('-').is_some_and(|(first, second)| {
        let month_and = |month, number| MONTHS.contains(&month) && is_short(number);
        month_and(first, second) || month_and(second, first)
    })
}

fn is_short(number: &str) -> bool {
    number.len() <= 2 && is_digits(number)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_made_of_a_number() {
        for spoiled in [
            "1.23457E+11",
            "1E+11",
            "5.00E-03",
            "12月1日",
            "2-Jan",
            "Jan-00",
            "#REF!",
            "#N/A",
            "########",
        ] {
            assert!(is_spoiled(spoiled), "{spoiled}");
        }
    }

    #[test]
    fn numbers_as_offices_give_them() {
        for number in [
            "",
            "0081123-0001",
            "12-1",
            "1E-05",
            "3E12",
            "E+11",
            "12.5E+11",
            "1.E+11",
            "1.2E+1",
            "令和8年12月1日",
            "12月1日-3",
            "月日",
            "A-01",
            "JAN-001",
            "第#1号",
            "#12",
            "##",
        ] {
            assert!(!is_spoiled(number), "{number}");
        }
    }

    #[test]
    fn errors_are_told_from_values() {
        assert!(is_error("#DIV/0!") && !is_error("REF") && !is_error("1.23E+11"));
    }
}
