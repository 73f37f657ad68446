//! 全銀協の総合振込データ: a transfer file for banks.
//!
//! The format is 全国銀行協会連合会「総合振込」: records of 120 bytes, each a row of fixed fields in half-width kana (JIS X 0201),
//! header (1), data (2), trailer (8), end (9). The trailer holds the control totals, which a bank checks against the data.

mod kana;
mod record;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yakin_plugin::{Effect, Failure, Plugin, function};

use kana::half_width;
use record::Record;

/// Largest number of transfers that the trailer can count.
const MOST: usize = 999_999;
/// Largest sum that the trailer can hold.
const LARGEST: u64 = 999_999_999_999;

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Order {
    /// 委託者コード（10桁）
    委託者コード: String,
    /// 委託者名（カナ）
    委託者名: String,
    /// 取組日（振込日）
    #[schemars(extend("format" = "date"))]
    取組日: String,
    /// 仕向銀行番号（4桁）
    銀行番号: String,
    /// 仕向銀行名（カナ）
    #[serde(default)]
    銀行名: String,
    /// 仕向支店番号（3桁）
    支店番号: String,
    /// 仕向支店名（カナ）
    #[serde(default)]
    支店名: String,
    /// 預金種目（普通・当座・貯蓄）
    預金種目: Account,
    /// 口座番号（7桁まで）
    口座番号: String,
    /// 振込の一覧
    振込: Vec<Transfer>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Transfer {
    /// 振込先の銀行番号（4桁）
    銀行番号: String,
    /// 振込先の銀行名（カナ）
    #[serde(default)]
    銀行名: String,
    /// 振込先の支店番号（3桁）
    支店番号: String,
    /// 振込先の支店名（カナ）
    #[serde(default)]
    支店名: String,
    /// 預金種目（普通・当座・貯蓄）
    預金種目: Account,
    /// 口座番号（7桁まで）
    口座番号: String,
    /// 受取人名（カナ）
    受取人名: String,
    /// 振込金額（円）
    #[schemars(range(min = 1))]
    金額: u64,
    /// 顧客コード（20桁まで）
    #[serde(default)]
    顧客コード: String,
}

/// 預金種目
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Account {
    普通,
    当座,
    貯蓄,
}

impl Account {
    fn code(self) -> u64 {
        match self {
            Account::普通 => 1,
            Account::当座 => 2,
            Account::貯蓄 => 4,
        }
    }
}

#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Made {
    /// ファイルの中身（120桁の行。改行で区切る）
    pub 内容: String,
    /// 合計件数
    pub 件数: u64,
    /// 合計金額（円）
    pub 合計金額: u64,
}

/// Builds the file.
pub fn build(order: Order) -> Result<Made, Failure> {
    if order.振込.is_empty() {
        return Err(Failure::business("振込が1件もありません。"));
    }
    if order.振込.len() > MOST {
        return Err(Failure::business(format!("振込は {MOST} 件までです。")));
    }
    let mut lines = vec![header(&order)?];
    let mut total = 0_u64;
    for (row, transfer) in (1..).zip(&order.振込) {
        let told = |failure: Failure| Failure::business(format!("振込の {row} 件目：{}", failure.message()));
        lines.push(data(transfer).map_err(told)?);
        total = total.saturating_add(transfer.金額);
    }
    if total > LARGEST {
        return Err(Failure::business(
            "合計金額が12桁を超えます。ファイルを分けてください。",
        ));
    }
    let count = order.振込.len() as u64;
    lines.push(
        Record::new('8')
            .number("合計件数", count, 6)?
            .number("合計金額", total, 12)?
            .blank(101)
            .done(),
    );
    lines.push(Record::new('9').blank(119).done());
    Ok(Made {
        内容: lines.join("\r\n") + "\r\n",
        件数: count,
        合計金額: total,
    })
}

fn header(order: &Order) -> Result<String, Failure> {
    // 種別 21 総合振込, コード区分 0 JIS.
    let day: String = order.取組日.chars().filter(char::is_ascii_digit).skip(4).collect();
    Ok(Record::new('1')
        .text("種別", "21", 2)?
        .text("コード区分", "0", 1)?
        .digits("委託者コード", &order.委託者コード, 10)?
        .text("委託者名", &half_width("委託者名", &order.委託者名)?, 40)?
        .digits("取組日", &day, 4)?
        .digits("銀行番号", &order.銀行番号, 4)?
        .text("銀行名", &half_width("銀行名", &order.銀行名)?, 15)?
        .digits("支店番号", &order.支店番号, 3)?
        .text("支店名", &half_width("支店名", &order.支店名)?, 15)?
        .number("預金種目", order.預金種目.code(), 1)?
        .short_digits("口座番号", &order.口座番号, 7)?
        .blank(17)
        .done())
}

fn data(transfer: &Transfer) -> Result<String, Failure> {
    if transfer.金額 == 0 {
        return Err(Failure::business("金額が 0 円です。"));
    }
    Ok(Record::new('2')
        .digits("銀行番号", &transfer.銀行番号, 4)?
        .text("銀行名", &half_width("銀行名", &transfer.銀行名)?, 15)?
        .digits("支店番号", &transfer.支店番号, 3)?
        .text("支店名", &half_width("支店名", &transfer.支店名)?, 15)?
        .blank(4)
        .number("預金種目", transfer.預金種目.code(), 1)?
        .short_digits("口座番号", &transfer.口座番号, 7)?
        .text("受取人名", &half_width("受取人名", &transfer.受取人名)?, 30)?
        .number("金額", transfer.金額, 10)?
        .text("新規コード", "0", 1)?
        .text("顧客コード", &half_width("顧客コード", &transfer.顧客コード)?, 20)?
        // 振込指定区分 7: テレ振込.
        .text("振込指定区分", "7", 1)?
        .blank(8)
        .done())
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct File {
    /// ファイルの中身
    内容: String,
}

#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Totals {
    /// 合計件数
    pub 件数: u64,
    /// 合計金額（円）
    pub 合計金額: u64,
}

/// Counts and sums a file's data, and compares them with its trailer.
pub fn verify(file: File) -> Result<Totals, Failure> {
    let wrong = |message: String| Err(Failure::business(message));
    let lines: Vec<&str> = file.内容.lines().filter(|line| !line.is_empty()).collect();
    let (mut count, mut sum, mut trailer) = (0_u64, 0_u64, None);
    for (number, line) in (1..).zip(&lines) {
        if line.chars().count() != record::LENGTH {
            return wrong(format!("{number} 行目が {} 桁ではありません。", record::LENGTH));
        }
        let field = |from: usize, length: usize| -> Option<u64> {
            let digits: String = line.chars().skip(from).take(length).collect();
            digits.parse().ok()
        };
        let kind = line.chars().next().unwrap_or_default();
        match (kind, field(80, 10), field(1, 6).zip(field(7, 12))) {
            ('2', Some(amount), _) => {
                count += 1;
                sum = sum.saturating_add(amount);
            }
            ('8', _, Some(totals)) => trailer = Some(totals),
            ('1' | '9', _, _) => {}
            _ => return wrong(format!("{number} 行目を読めません。")),
        }
    }
    match trailer {
        None => wrong("トレーラ（合計の行）がありません。".to_owned()),
        Some(totals) if totals != (count, sum) => wrong(format!(
            "合計が合いません。明細は {count} 件 {sum} 円、トレーラは {} 件 {} 円です。",
            totals.0, totals.1
        )),
        Some(_) => Ok(Totals {
            件数: count,
            合計金額: sum,
        }),
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Kept {
    /// ファイル（例：outbox/振込.txt）
    ファイル: String,
    #[serde(flatten)]
    #[schemars(flatten)]
    order: Order,
}

/// Builds the file and writes it in the bytes that banks read (JIS X 0201, one byte a letter).
fn write(kept: Kept) -> Result<Totals, Failure> {
    let made = build(kept.order)?;
    yakin_plugin::host::write_file(&kept.ファイル, &kana::bytes(&made.内容)?).map_err(Failure::system)?;
    Ok(Totals {
        件数: made.件数,
        合計金額: made.合計金額,
    })
}

fn plugin() -> Plugin {
    Plugin::new(
        "全銀協の総合振込データを作ります。",
        "Makes transfer files for banks (Zengin format).",
    )
    .asks(yakin_plugin::Capability::Write)
    .with(function(
        "build",
        "総合振込データを作ります。ファイルには書かず、中身と合計を返します。",
        "Makes a transfer file with its control totals. Nothing is written: the content comes back.",
        build,
    ))
    .with(
        function(
            "write",
            "総合振込データを作り、ファイルに書きます（office.yaml で write を許します）。",
            "Makes a transfer file and writes it (the office grants write).",
            write,
        )
        .effect(Effect::Idempotent),
    )
    .with(function(
        "verify",
        "総合振込データの明細を数え、トレーラの合計と合うかを確かめます。",
        "Counts and sums the data of a transfer file and compares them with its trailer.",
        verify,
    ))
}

yakin_plugin::export!(plugin);

#[cfg(test)]
mod tests;
