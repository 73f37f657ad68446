use super::*;
use crate::text::codes;

/// The first trap of a line, and the line without any.
fn first(line: &str) -> Option<(Code, String)> {
    let source = Source::new("a.yaml", line);
    let trapped = find(&source).into_iter().next()?;
    Some((trapped.edits.first()?.code, apply(line, &trapped.edits)))
}

#[test]
fn every_trap_is_found_and_its_line_mended() {
    for (line, code, mended) in [
        ("name：住民票", codes::WIDE_COLON, "name: 住民票"),
        ("steps：", codes::WIDE_COLON, "steps:"),
        ("    氏名 ：　山田", codes::WIDE_COLON, "    氏名: 山田"),
        ("name:　住民票", codes::WIDE_BLANK, "name: 住民票"),
        ("　- browser.open: /", codes::WIDE_BLANK, "  - browser.open: /"),
        ("  -　browser.open: /", codes::WIDE_BLANK, "  - browser.open: /"),
        ("  － browser.open: /", codes::WIDE_DASH, "  - browser.open: /"),
        ("\t- browser.open: /", codes::TAB_INDENT, "  - browser.open: /"),
        ("name:住民票", codes::NO_BLANK, "name: 住民票"),
        ("  - browser.open:/menu", codes::NO_BLANK, "  - browser.open: /menu"),
        (
            "url: ｛ 練習：practice ｝",
            codes::WIDE_BRACE,
            "url: { 練習: practice }",
        ),
        ("＃メモ", codes::WIDE_HASH, "# メモ"),
        ("name: 住民票 ＃メモ", codes::WIDE_HASH, "name: 住民票 # メモ"),
        ("name: 住民票　# メモ", codes::WIDE_BLANK, "name: 住民票  # メモ"),
        ("name: “住民票”", codes::WIDE_QUOTE, "name: \"住民票\""),
        (
            "  - log: ＄｛｛ item.a ｝｝様",
            codes::WIDE_EXPRESSION,
            "  - log: ${{ item.a }}様",
        ),
        (
            "  - log: \"$｛｛item.a}}\"",
            codes::WIDE_EXPRESSION,
            "  - log: \"${{item.a}}\"",
        ),
        (
            "  氏名: ｛｛ item.氏名 ｝｝",
            codes::WIDE_EXPRESSION,
            "  氏名: ${{ item.氏名 }}",
        ),
        (
            "  - log: ${{ item.a }} ＄{{ b }}",
            codes::WIDE_EXPRESSION,
            "  - log: ${{ item.a }} ${{ b }}",
        ),
        (
            "  氏名: {{ item.氏名 }}",
            codes::BARE_EXPRESSION,
            "  氏名: ${{ item.氏名 }}",
        ),
        (
            "  - log: \"{{ run.date }}分\"",
            codes::BARE_EXPRESSION,
            "  - log: \"${{ run.date }}分\"",
        ),
        (
            "  - browser.open: { url: ${{ item.a }} }",
            codes::EXPRESSION_IN_BRACES,
            "  - browser.open: { url: \"${{ item.a }}\" }",
        ),
        (
            "  - a: { b: x${{ f(\"1\") }}y, c: 1 }",
            codes::EXPRESSION_IN_BRACES,
            "  - a: { b: 'x${{ f(\"1\") }}y', c: 1 }",
        ),
    ] {
        assert_eq!(first(line), Some((code, mended.to_owned())), "{line}");
    }
}

#[test]
fn lines_that_are_meant_so_are_left_alone() {
    for line in [
        "name: 住民票",
        "hours: 06:00-23:30",
        "url: http://127.0.0.1:8080/",
        "- browser.click: \"登録：する\"",
        "# name：住民票",
        "  - browser.open: ${{ item.a }}",
        "  - browser.open: { url: \"${{ item.a }}\" }",
        "  # ＄｛｛ item.a ｝｝",
        "  - log: ${{ item.a }} ${{ \"}\" }}",
        "  - log: \"{{ a }} {{{ item.a }}}\"",
        "  - log: ${{ item.a",
        "12:30",
        "",
    ] {
        assert_eq!(first(line), None, "{line}");
    }
    assert!(find(&Source::new("a", "log: |\n  氏名：山田\n  －　x\n")).is_empty());
}
