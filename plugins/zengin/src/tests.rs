use super::*;

fn transfer(name: &str, amount: u64) -> Transfer {
    Transfer {
        銀行番号: "0001".into(),
        銀行名: "みずほ".into(),
        支店番号: "１２３".into(),
        支店名: "ナガサキ".into(),
        預金種目: Account::普通,
        口座番号: "45678".into(),
        受取人名: name.into(),
        金額: amount,
        顧客コード: String::new(),
    }
}

fn order(transfers: Vec<Transfer>) -> Order {
    Order {
        委託者コード: "0123456789".into(),
        委託者名: "ナガサキシ カイケイカ".into(),
        取組日: "2026-11-25".into(),
        銀行番号: "0181".into(),
        銀行名: "ジュウハチシンワ".into(),
        支店番号: "100".into(),
        支店名: "シヤクショ".into(),
        預金種目: Account::普通,
        口座番号: "1234567".into(),
        振込: transfers,
    }
}

#[test]
fn a_file_has_fixed_fields_and_control_totals() {
    let made = build(order(vec![
        transfer("ヤマダ タロウ", 12_000),
        transfer("（カ）ショウジ", 345),
    ]))
    .unwrap();
    let lines: Vec<&str> = made.内容.lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines.iter().all(|line| line.chars().count() == 120));
    assert!(lines[0].starts_with("12100123456789ﾅｶﾞｻｷｼ ｶｲｹｲｶ"), "{}", lines[0]);
    assert_eq!(lines[0].chars().skip(54).take(8).collect::<String>(), "11250181");
    assert!(
        lines[1].starts_with("20001ﾐｽﾞﾎ           123ﾅｶﾞｻｷ          "),
        "{}",
        lines[1]
    );
    assert_eq!(lines[1].chars().skip(42).take(8).collect::<String>(), "10045678");
    assert_eq!(
        lines[1].chars().skip(50).take(40).collect::<String>(),
        format!("{:<30}{}", "ﾔﾏﾀﾞ ﾀﾛｳ", "0000012000")
    );
    assert!(lines[2].contains("(ｶ)ｼﾖｳｼﾞ"), "small letters become large: {}", lines[2]);
    assert!(lines[3].starts_with("8000002000000012345 "));
    assert!(lines[4].starts_with("9 "));
    assert_eq!(
        verify(File { 内容: made.内容 }).unwrap(),
        Totals {
            件数: 2,
            合計金額: 12_345
        }
    );
}

#[test]
fn what_a_bank_would_send_back_is_refused() {
    let told = |transfers: Vec<Transfer>| build(order(transfers)).unwrap_err().message().to_owned();
    assert_eq!(told(vec![]), "振込が1件もありません。");
    assert_eq!(
        told(vec![transfer("ヤマダ", 1), transfer("山田太郎", 1)]),
        "振込の 2 件目：受取人名に、銀行のデータで使えない文字「山」があります。カナで書いてください。"
    );
    assert!(told(vec![transfer(&"ア".repeat(31), 1)]).contains("半角 30 文字に収まりません"));
    assert!(told(vec![transfer("ヤマダ", 0)]).contains("0 円"));
    assert!(told(vec![transfer("ヤマダ", 10_000_000_000)]).contains("10 桁を超えます"));
    let short = Transfer {
        銀行番号: "1".into(),
        ..transfer("ヤマダ", 1)
    };
    assert_eq!(told(vec![short]), "振込の 1 件目：銀行番号は 4 桁の数字です。");
    let letters = Transfer {
        口座番号: "12A".into(),
        ..transfer("ヤマダ", 1)
    };
    assert!(told(vec![letters]).contains("口座番号"));
}

#[test]
fn a_file_whose_totals_are_wrong_is_found_out() {
    let made = build(order(vec![transfer("ヤマダ", 100)])).unwrap();
    for (from, to, said) in [
        ("8000001000000000100", "8000001000000000101", "合計が合いません"),
        ("8000001000000000100", "9000001000000000100", "トレーラ"),
        ("0000000100", "000000x100", "2 行目を読めません"),
        ("ﾔﾏﾀﾞ ", "ﾔﾏﾀﾞ", "桁ではありません"),
    ] {
        let changed = made.内容.replacen(from, to, 1);
        assert_ne!(changed, made.内容, "{from}");
        let failure = verify(File { 内容: changed }).unwrap_err();
        assert!(failure.message().contains(said), "{}", failure.message());
    }
}

#[test]
fn letters_become_one_byte_each() {
    assert_eq!(kana::bytes("ｱﾟ A\r\n").unwrap(), [0xB1, 0xDF, 0x20, 0x41, 0x0D, 0x0A]);
    assert_eq!(
        half_width("名", "ヴァイオリン・").unwrap_err().message(),
        "名に、銀行のデータで使えない文字「・」があります。カナで書いてください。"
    );
    assert_eq!(half_width("名", "ゔぁっｧｬｯ ﾊﾟー").unwrap(), "ｳﾞｱﾂｱﾔﾂ ﾊﾟ-");
}
