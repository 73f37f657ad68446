//! Why a municipal rule refused a text, as a message.

use super::{Message, codes};
use crate::rules::RuleError;
use crate::rules::amount::AmountError;
use crate::rules::date_format::DatePatternError;
use crate::rules::era::DateError;
use crate::value::Class;

/// Why a rule refused a text. The text is an argument of the given class; of a 個人番号 nothing is said.
pub fn refusal(text: &str, class: Class, error: &RuleError) -> Message {
    let about = |code| Message::new(code).with_classed("text", text, class);
    match error {
        RuleError::Date(error) | RuleError::DatePattern(DatePatternError::Era(error)) => match error {
            DateError::Unexpected { found, position, .. } => pointing(about(codes::NOT_A_DATE), *found, *position),
            DateError::Empty | DateError::Incomplete { .. } | DateError::Digits { .. } => about(codes::NOT_A_DATE),
            DateError::YearMissing => about(codes::YEAR_MISSING),
            DateError::EraMissing { .. } => about(codes::ERA_MISSING),
            DateError::EraYear { era, .. } | DateError::BeforeEra { era, .. } => {
                about(codes::NOT_IN_ERA).with("era", era.name())
            }
            DateError::OldCalendar => about(codes::OLD_CALENDAR),
            DateError::NoSuchDay { .. } => about(codes::NO_SUCH_DAY),
        },
        RuleError::DatePattern(DatePatternError::Item { item, .. }) => {
            Message::new(codes::BAD_DATE_PATTERN).with("item", item)
        }
        RuleError::Amount(error) => match error {
            AmountError::Unexpected { found, position } => pointing(about(codes::NOT_AN_AMOUNT), *found, *position),
            AmountError::Empty | AmountError::Grouping { .. } | AmountError::UnitOrder { .. } => {
                about(codes::NOT_AN_AMOUNT)
            }
            AmountError::TooLarge => about(codes::AMOUNT_TOO_LARGE),
        },
        RuleError::Postal(_) => about(codes::NOT_A_POSTAL_CODE),
        RuleError::Mark(_) => about(codes::NOT_A_MARK),
        RuleError::Number(_) => Message::new(codes::BAD_CHECK_DIGIT),
        RuleError::Calendar(_) | RuleError::Decode(_) | RuleError::Hours(_) | RuleError::Numeral(_) => {
            about(codes::NOT_IN_SHAPE)
        }
    }
}

/// Points at a character; people count from 1.
fn pointing(message: Message, found: char, position: usize) -> Message {
    let place = i64::try_from(position).unwrap_or(i64::MAX).saturating_add(1);
    message.with_int("position", place).with("found", found.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{amount, dates, numbers};
    use crate::text::Lang;

    #[test]
    fn the_character_is_pointed_at() {
        let error = amount::parse_amount("1,2OO円").expect_err("letters").into();
        let message = refusal("1,2OO円", Class::Personal, &error);
        assert_eq!(
            message.what(Lang::Ja),
            "「1,2OO円」を数や金額として読めません（4文字目の「O」）。"
        );
        let error = dates::parse_date("令和8年2月30日", None)
            .expect_err("no such day")
            .into();
        let message = refusal("令和8年2月30日", Class::Personal, &error);
        assert_eq!(message.what(Lang::En), "“令和8年2月30日” is no day of the calendar.");
    }

    #[test]
    fn nothing_is_said_of_a_my_number() {
        let error = numbers::check_my_number("123456789012")
            .expect_err("check digit")
            .into();
        let message = refusal("123456789012", Class::MyNumber, &error);
        assert!(message.args.is_empty());
    }
}
