use super::*;

fn same(one: &str, two: &str) -> bool {
    address::same(&address::fold(one), &address::fold(two))
}

#[test]
fn a_name_is_the_same_whatever_letters_and_widths_it_is_written_in() {
    for (one, two) in [
        ("髙橋　一郎", "高橋一郎"),
        ("渡邉 恵", "渡辺惠"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("神\u{E0100}田", "\u{FA19}田"),
        ("ｽｽﾞｷ ﾊﾟﾙ", "すずきぱる"),
        ("Ｓｍｉｔｈ", "smith"),
    ] {
        assert_eq!(fold_name(one), fold_name(two), "{one} {two}");
    }
    for (one, two) in [("伊藤", "伊東"), ("斉藤", "斎藤"), ("佐々木", "佐木"), ("笹", "篠")] {
        assert_ne!(fold_name(one), fold_name(two), "{one} {two}");
    }
}

#[test]
fn a_reading_is_the_same_with_small_letters_and_large_ones() {
    assert_eq!(fold_kana("キョウコ"), fold_kana("ｷﾖｳｺ"));
    assert_eq!(fold_kana("ジャン・ポール"), fold_kana("ｼﾞﾔﾝﾎﾟ-ﾙ"));
    assert_ne!(fold_kana("オオノ"), fold_kana("オノ"));
}

#[test]
fn an_address_is_the_same_however_its_numbers_are_written() {
    for (one, two) in [
        ("長崎県長崎市桜町二丁目３番４号", "長崎市桜町2-3-4"),
        ("長崎市桜町２ー３ー４", "長崎市桜町2丁目3番地4"),
        ("長崎市大字平野三番地の一", "長崎市平野3-1"),
        ("長崎市鶴ヶ丘十二丁目1", "長崎市鶴ケ丘12-1"),
        ("長崎市桜町2-3-4", "長崎市桜町2-3-4 さくらマンション501号室"),
        ("長崎市櫻町02-3", "長崎市桜町2-3"),
    ] {
        assert!(
            same(one, two),
            "{one} {two}: {} {}",
            address::fold(one),
            address::fold(two)
        );
    }
    for (one, two) in [
        ("長崎市桜町2-3", "長崎市桜町2-34"),
        ("長崎市桜町2-3", "長崎市桜町2-3-4"),
        ("長崎市桜町23", "長崎市桜町2-3"),
        ("長崎市三番町1", "長崎市番町1"),
        ("長崎市桜町", "長崎市桜町2-3"),
        ("長崎市四谷1", "長崎市谷1"),
    ] {
        assert!(
            !same(one, two),
            "{one} {two}: {} {}",
            address::fold(one),
            address::fold(two)
        );
    }
}

fn person(name: &str, birth: Option<&str>, address: Option<&str>) -> Person {
    Person {
        氏名: Some(name.into()),
        カナ: None,
        生年月日: birth.map(str::to_owned),
        住所: address.map(str::to_owned),
    }
}

fn listed(number: &str, name: &str, birth: Option<&str>, address: &str) -> Listed {
    Listed {
        番号: number.into(),
        person: person(name, birth, Some(address)),
    }
}

fn asked(name: &str, birth: Option<&str>, address: Option<&str>) -> Asked {
    Asked {
        person: person(name, birth, address),
        名簿: vec![
            listed("1", "高橋 一郎", Some("1980-04-01"), "長崎市桜町2-3-4"),
            listed("2", "髙橋一郎", Some("1980-04-01"), "長崎市平野1-1"),
            listed("3", "山田花子", None, "長崎市桜町5"),
        ],
    }
}

#[test]
fn only_one_single_match_is_a_match() {
    let answer = find(asked("髙橋　一郎", Some("1980-04-01"), Some("長崎市桜町二丁目3番4号"))).unwrap();
    assert_eq!((answer.結果, answer.番号.as_deref()), (Verdict::一致, Some("1")));
    let answer = find(asked("高橋一郎", Some("1980-04-01"), None)).unwrap();
    assert_eq!(
        (answer.結果, answer.番号, answer.候補),
        (Verdict::複数, None, vec!["1".to_owned(), "2".to_owned()])
    );
    let answer = find(asked("高橋一郎", Some("1981-04-01"), None)).unwrap();
    assert_eq!(answer.結果, Verdict::なし);
    // The list does not know her birth date: her name alone proves nothing.
    assert_eq!(
        find(asked("山田花子", Some("1990-01-01"), None)).unwrap().結果,
        Verdict::なし
    );
    assert!(
        find(asked("高橋一郎", None, None))
            .unwrap_err()
            .message()
            .contains("同姓同名")
    );
}

#[test]
fn a_list_is_read_in_either_encoding() {
    let text = "番号,氏名,カナ,生年月日,住所\r\n1,高橋 一郎,タカハシ イチロウ,1980-04-01,\"長崎市桜町2-3-4, 5号室\"\r\n2,山田花子,,,\r\n";
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(text);
    for bytes in [text.as_bytes(), &cp932, format!("\u{feff}{text}").as_bytes()] {
        let list = list::parse("a.csv", bytes).unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].person.氏名.as_deref(), Some("高橋 一郎"));
        assert_eq!((list[1].番号.as_str(), list[1].person.住所.as_deref()), ("2", None));
    }
    assert!(
        list::parse("a.csv", "氏名\n山田\n".as_bytes())
            .unwrap_err()
            .message()
            .contains("「番号」")
    );
    assert!(
        list::parse("a.csv", &[0xff, 0xff])
            .unwrap_err()
            .message()
            .contains("Shift_JIS")
    );
}
