//! The registration form: what was typed, and what the system says to it.

use chrono::NaiveDate;

use super::register::Registration;
use super::residents::{ERAS, Resident, from_wareki};

/// The fee for one copy, in yen.
const FEE_PER_COPY: u32 = 300;

/// 本人確認書類 that can be ticked.
pub(super) const PROOFS: [&str; 4] = ["運転免許証", "マイナンバーカード", "資格確認書", "旅券"];

/// The fields as the browser sent them, in order; a name may come several times.
pub(super) type Sent = Vec<(String, String)>;

/// The value that was sent under a name, or nothing.
pub(super) fn value<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value.trim())
}

/// What stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) request_no: String,
    pub(super) name: String,
    pub(super) kana: String,
    pub(super) era: String,
    pub(super) year: String,
    pub(super) month: String,
    pub(super) day: String,
    pub(super) sex: String,
    pub(super) postal: String,
    pub(super) address: String,
    pub(super) building: String,
    pub(super) phone: String,
    pub(super) copies: String,
    pub(super) fee: String,
    pub(super) proofs: Vec<String>,
    pub(super) note: String,
}

impl Form {
    /// The form as it is first shown: one copy, and its fee.
    pub(super) fn fresh() -> Self {
        let sent = [("TSUSU", "1"), ("TESURYO", "300")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        Form::from_sent(&sent.to_vec())
    }

    pub(super) fn from_sent(sent: &Sent) -> Self {
        let text = |name: &str| value(sent, name).to_owned();
        Form {
            request_no: text("SEIKYU_NO"),
            name: text("SHIMEI"),
            kana: text("FURIGANA"),
            era: text("GENGO"),
            year: text("NEN"),
            month: text("TSUKI"),
            day: text("HI"),
            sex: text("SEIBETSU"),
            postal: text("YUBIN"),
            address: text("JUSHO"),
            building: text("KATAGAKI"),
            phone: text("TEL"),
            copies: text("TSUSU"),
            fee: text("TESURYO"),
            proofs: sent
                .iter()
                .filter(|(name, _)| name == "HONNIN")
                .map(|(_, value)| value.clone())
                .collect(),
            note: text("BIKO"),
        }
    }

    /// The registration that the form asks for, or all that is wrong with it in the order of the form. Whether there is
    /// such a resident is only asked when the form itself is sound.
    pub(super) fn check(&self, residents: &[Resident]) -> Result<Registration, Vec<&'static str>> {
        let mut errors = Vec::new();
        let mut demand = |sound: bool, error: &'static str| {
            if !sound {
                errors.push(error);
            }
        };
        let birth = self.birth();
        let copies: u32 = self.copies.parse().unwrap_or(0);
        let fee = self.fee.parse::<u32>().ok();
        demand(!self.request_no.is_empty(), "請求番号を入力してください");
        demand(!self.name.is_empty(), "氏名を入力してください");
        demand(is_full_kana(&self.kana), "フリガナは全角カタカナで入力してください");
        demand(birth.is_some(), "生年月日が正しくありません");
        demand(is_postal(&self.postal), "郵便番号が正しくありません");
        demand(!self.address.is_empty(), "住所が入力されていません");
        demand((1..=10).contains(&copies), "請求通数を選択してください");
        demand(fee.is_some(), "手数料は半角数字で入力してください");
        demand(
            fee.is_none_or(|fee| fee >= copies.saturating_mul(FEE_PER_COPY)),
            "手数料が不足しています",
        );
        let (Some(birth), Some(fee), []) = (birth, fee, errors.as_slice()) else {
            return Err(errors);
        };
        if !residents
            .iter()
            .any(|r| r.birth == birth && same_name(&r.name, &self.name))
        {
            return Err(vec!["該当する住民がいません"]);
        }
        Ok(self.registration(birth, copies, fee))
    }

    fn registration(&self, birth: NaiveDate, copies: u32, fee: u32) -> Registration {
        let form = self.clone();
        Registration {
            request_no: form.request_no,
            name: form.name,
            kana: form.kana,
            birth,
            sex: form.sex,
            postal: form.postal,
            address: form.address,
            building: form.building,
            phone: form.phone,
            copies,
            fee,
            proofs: form.proofs,
            note: form.note,
        }
    }

    fn birth(&self) -> Option<NaiveDate> {
        from_wareki(
            &self.era,
            self.year.parse().ok()?,
            self.month.parse().ok()?,
            self.day.parse().ok()?,
        )
    }
}

/// Names are the same when only their blanks differ.
fn same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(one) == letters(other)
}

/// Full-width katakana with ー, ・ and blanks, and at least one letter.
fn is_full_kana(text: &str) -> bool {
    let letter = |c: char| ('ァ'..='ヶ').contains(&c);
    text.chars().any(letter) && text.chars().all(|c| letter(c) || matches!(c, 'ー' | '・' | '　' | ' '))
}

/// Seven half-width digits, with or without the hyphen after the third.
pub(super) fn is_postal(text: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('-') {
        Some((area, rest)) => digits(area, 3) && digits(rest, 4),
        None => digits(text, 7),
    }
}

/// One line of a list, a radio button or a checkbox.
pub(super) struct Choice {
    pub(super) text: String,
    pub(super) chosen: bool,
}

/// A list of names with the chosen one marked.
pub(super) fn choices<T: ToString>(texts: impl IntoIterator<Item = T>, chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
    let choice = |text: T| {
        let text = text.to_string();
        Choice {
            chosen: chosen(&text),
            text,
        }
    };
    texts.into_iter().map(choice).collect()
}

/// The 元号 list.
pub(super) fn era_choices(chosen: &str) -> Vec<Choice> {
    choices(ERAS.iter().map(|era| era.name), |name| name == chosen)
}

#[cfg(test)]
mod tests {
    use super::super::SEED;
    use super::super::residents::residents;
    use super::*;

    type Change = fn(&mut Form);

    fn good() -> Form {
        Form {
            request_no: "0012026-0001".to_owned(),
            name: "髙橋 花子".to_owned(),
            kana: "タカハシ　ハナコ".to_owned(),
            era: "昭和".to_owned(),
            year: "51".to_owned(),
            month: "3".to_owned(),
            day: "4".to_owned(),
            postal: "850-0032".to_owned(),
            address: "長崎県長崎市興善町".to_owned(),
            proofs: vec!["旅券".to_owned()],
            ..Form::fresh()
        }
    }

    fn errors(change: impl FnOnce(&mut Form)) -> Vec<&'static str> {
        let mut form = good();
        change(&mut form);
        form.check(&residents(SEED)).unwrap_err()
    }

    #[test]
    fn a_sound_form_becomes_a_registration() {
        let registration = good().check(&residents(SEED)).unwrap();
        assert_eq!(registration.birth, NaiveDate::from_ymd_opt(1976, 3, 4).unwrap());
        assert_eq!((registration.copies, registration.fee), (1, 300));
        assert_eq!(registration.name, "髙橋 花子");
    }

    #[test]
    fn each_fault_has_its_own_words() {
        let cases: [(Change, &str); 11] = [
            (|f| f.request_no.clear(), "請求番号を入力してください"),
            (|f| f.name.clear(), "氏名を入力してください"),
            (
                |f| f.kana = "ﾀｶﾊｼ ﾊﾅｺ".to_owned(),
                "フリガナは全角カタカナで入力してください",
            ),
            (|f| f.day = "32".to_owned(), "生年月日が正しくありません"),
            (|f| f.era.clear(), "生年月日が正しくありません"),
            (|f| f.postal = "８５０００３２".to_owned(), "郵便番号が正しくありません"),
            (|f| f.address.clear(), "住所が入力されていません"),
            (|f| f.copies = "11".to_owned(), "請求通数を選択してください"),
            (|f| f.fee = "３００".to_owned(), "手数料は半角数字で入力してください"),
            (|f| f.fee = "200".to_owned(), "手数料が不足しています"),
            (|f| f.name = "高橋　花子".to_owned(), "該当する住民がいません"),
        ];
        for (change, error) in cases {
            assert!(errors(change).contains(&error), "{error}");
        }
        assert_eq!(
            errors(|f| f.fee = "300".repeat(9)),
            ["手数料は半角数字で入力してください"]
        );
    }

    #[test]
    fn two_copies_cost_twice_as_much() {
        assert_eq!(errors(|f| f.copies = "2".to_owned()), ["手数料が不足しています"]);
    }

    #[test]
    fn a_namesake_with_another_birthday_is_nobody() {
        assert_eq!(errors(|f| f.day = "5".to_owned()), ["該当する住民がいません"]);
    }

    #[test]
    fn postal_codes_have_two_shapes() {
        for (text, sound) in [
            ("850-0032", true),
            ("8500032", true),
            ("85-00032", false),
            ("850-003", false),
            ("", false),
        ] {
            assert_eq!(is_postal(text), sound, "{text}");
        }
    }

    #[test]
    fn a_name_sent_several_times_is_a_list() {
        let sent = [("HONNIN", "旅券"), ("HONNIN", "運転免許証")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .to_vec();
        assert_eq!(Form::from_sent(&sent).proofs, ["旅券", "運転免許証"]);
    }
}
