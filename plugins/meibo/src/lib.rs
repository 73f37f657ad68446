//! 名簿の突き合わせ: whether two records are of the same person, whatever widths, kana and variant letters they are written in.

mod address;
mod fold;
mod list;
mod variants;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yakin_plugin::{Capability, Failure, Plugin, function};

use fold::{fold_kana, fold_name};

/// Entries of a list that a person is looked for in.
const MOST: usize = 100_000;
/// Candidates that are named.
const SHOWN: usize = 10;

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct Person {
    /// 氏名
    #[serde(default)]
    氏名: Option<String>,
    /// カナ
    #[serde(default)]
    カナ: Option<String>,
    /// 生年月日
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    生年月日: Option<String>,
    /// 住所
    #[serde(default)]
    住所: Option<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Listed {
    /// 宛名番号など、名簿の番号
    番号: String,
    #[serde(flatten)]
    #[schemars(flatten)]
    person: Person,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Asked {
    /// 探す人
    #[serde(flatten)]
    #[schemars(flatten)]
    person: Person,
    /// 名簿（番号・氏名・カナ・生年月日・住所の列）
    名簿: Vec<Listed>,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct AskedInFile {
    /// 探す人
    #[serde(flatten)]
    #[schemars(flatten)]
    person: Person,
    /// 名簿の CSV（例：inbox/名簿.csv。番号・氏名・カナ・生年月日・住所の列。生年月日は 2026-11-23 の形）
    ファイル: String,
}

/// 一致（1人だけ）・複数・なし
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Verdict {
    一致,
    複数,
    なし,
}

#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// 一致・複数・なし
    結果: Verdict,
    /// 一致した人の番号
    番号: Option<String>,
    /// 当てはまる人の番号（10人まで）
    候補: Vec<String>,
    /// 比べた項目
    比べた項目: Vec<String>,
}

/// What a person is known by, in a form that can be compared.
struct Folded {
    name: Option<String>,
    kana: Option<String>,
    birth: Option<String>,
    address: Option<String>,
}

impl Folded {
    fn of(person: &Person) -> Folded {
        let given = |text: &Option<String>, fold: fn(&str) -> String| {
            text.as_deref().map(fold).filter(|folded| !folded.is_empty())
        };
        Folded {
            name: given(&person.氏名, fold_name),
            kana: given(&person.カナ, fold_kana),
            birth: given(&person.生年月日, |day| day.trim().to_owned()),
            address: given(&person.住所, address::fold),
        }
    }

    /// Whether both say the same wherever both say something; a name by its letters or by its kana.
    fn agrees(&self, other: &Folded) -> bool {
        let same = |one: &Option<String>, two: &Option<String>| match (one, two) {
            (Some(one), Some(two)) => Some(one == two),
            _ => None,
        };
        let address = match (&self.address, &other.address) {
            (Some(one), Some(two)) => Some(address::same(one, two)),
            _ => None,
        };
        let names = [same(&self.name, &other.name), same(&self.kana, &other.kana)];
        let named = names.contains(&Some(true));
        // A reading that differs is another person even where the letters are the same.
        let read = names[1] != Some(false);
        named && read && same(&self.birth, &other.birth) != Some(false) && address != Some(false)
    }
}

/// Looks for a person in a list.
pub fn find(asked: Asked) -> Result<Answer, Failure> {
    find_among(&asked.person, &asked.名簿)
}

/// Looks for a person in a file, which is read once for a run.
fn find_in(asked: AskedInFile) -> Result<Answer, Failure> {
    find_among(&asked.person, &list::read(&asked.ファイル)?)
}

fn find_among(person: &Person, list: &[Listed]) -> Result<Answer, Failure> {
    let wanted = Folded::of(person);
    if wanted.name.is_none() && wanted.kana.is_none() {
        return Err(Failure::business("氏名もカナもないので、探せません。"));
    }
    if wanted.birth.is_none() && wanted.address.is_none() {
        return Err(Failure::business(
            "生年月日も住所もないので、同姓同名の人と区別できません。",
        ));
    }
    if list.len() > MOST {
        return Err(Failure::business(format!("名簿は {MOST} 行までです。")));
    }
    let agree = list.iter().filter(|listed| {
        let listed = Folded::of(&listed.person);
        // Who can be told by nothing but the name is nobody's match.
        let told = (wanted.birth.is_some() && listed.birth.is_some())
            || (wanted.address.is_some() && listed.address.is_some());
        told && wanted.agrees(&listed)
    });
    let found: Vec<&str> = agree.map(|listed| listed.番号.as_str()).collect();
    let compared = [
        ("氏名", wanted.name.is_some()),
        ("カナ", wanted.kana.is_some()),
        ("生年月日", wanted.birth.is_some()),
        ("住所", wanted.address.is_some()),
    ];
    Ok(Answer {
        結果: match found.as_slice() {
            [] => Verdict::なし,
            [_] => Verdict::一致,
            _ => Verdict::複数,
        },
        番号: match found.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        },
        候補: found.iter().take(SHOWN).map(|number| (*number).to_owned()).collect(),
        比べた項目: compared
            .iter()
            .filter(|(_, given)| *given)
            .map(|(name, _)| (*name).to_owned())
            .collect(),
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Two {
    /// 一つ目
    一つ目: String,
    /// 二つ目
    二つ目: String,
}

fn same_name(two: Two) -> Result<bool, Failure> {
    Ok(fold_name(&two.一つ目) == fold_name(&two.二つ目))
}

fn same_address(two: Two) -> Result<bool, Failure> {
    Ok(address::same(&address::fold(&two.一つ目), &address::fold(&two.二つ目)))
}

fn plugin() -> Plugin {
    Plugin::new(
        "氏名と住所を、字体・かな・全角半角の違いを越えて名簿と突き合わせます。",
        "Matches names and addresses with a list, whatever their letters, kana and widths.",
    )
    .with(function(
        "find",
        "名簿から同じ人を探します。氏名（かカナ）と、生年月日か住所で比べます。1人に決まったときだけ「一致」です。",
        "Looks for a person in a list by name (or kana) and birth date or address. Only one single match is 一致.",
        find,
    ))
    .asks(Capability::Read)
    .with_state()
    .with(function(
        "find_in",
        "CSV の名簿から同じ人を探します。名簿は実行の初めに1回だけ読みます（office.yaml で read を許します）。",
        "Looks for a person in a list in a CSV file, which is read once for a run (the office grants read).",
        find_in,
    ))
    .with(function(
        "same_name",
        "二つの氏名が、字体・空白・全角半角の違いのほかは同じかを答えます。",
        "Whether two names are the same but for variants of letters, blanks and widths.",
        same_name,
    ))
    .with(function(
        "same_address",
        "二つの住所が、書き方の違いのほかは同じかを答えます（一方に建物名がなくてもよい）。",
        "Whether two addresses are the same but for how they are written (one may lack the building).",
        same_address,
    ))
}

yakin_plugin::export!(plugin);

#[cfg(test)]
mod tests;
