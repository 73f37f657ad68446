//! No file, however broken or hostile, makes the reader panic, hang or fill the memory.

use proptest::prelude::*;
use yakin::diag::{Findings, Severity, human, json};
use yakin::scenario::{self, office, source};
use yakin::text::Lang;

const SCENARIO: &str = include_str!("../scenarios/juminhyo-yubin.yaml");

/// Reads bytes as every kind of file and renders all that is found.
fn read(bytes: &[u8]) -> Findings {
    let mut findings = Findings::default();
    match source::read("scenarios/a.yaml", bytes) {
        Ok(source) => {
            let (_, office) = office::parse(&source);
            findings.add(source.clone(), office);
            let parsed = scenario::parse(&source);
            assert!(parsed.document.is_some() || !parsed.found.is_empty());
            findings.add(source, parsed.found);
        }
        Err(found) => findings.add(yakin::diag::Source::new("scenarios/a.yaml", ""), vec![found]),
    }
    human::render(&crate::check::check("a", bytes), Lang::Ja);
    human::render(&findings, Lang::Ja);
    json::render(&findings, Lang::En).expect("JSON");
    findings
}

#[test]
fn a_scenario_cut_at_any_byte_is_told_or_read() {
    for end in 0..SCENARIO.len() {
        read(&SCENARIO.as_bytes()[..end]);
    }
}

#[test]
fn a_scenario_without_any_one_line_is_told_or_read() {
    let lines: Vec<&str> = SCENARIO.lines().collect();
    for left_out in 0..lines.len() {
        let kept: Vec<&str> = lines
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != left_out)
            .map(|(_, line)| *line)
            .collect();
        read(kept.join("\n").as_bytes());
    }
}

#[test]
fn bombs_are_refused() {
    let laughs: String = std::iter::once("a0: &a0 [x, x]\n".to_owned())
        .chain((1..30).map(|level| {
            let under = level - 1;
            format!("a{level}: &a{level} [*a{under}, *a{under}, *a{under}, *a{under}]\n")
        }))
        .collect();
    let deep_flow = "[".repeat(500_000);
    let deep_block: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let wide = "- browser.click: a\n".repeat(20_000);
    let broken = "a: {\n".repeat(20_000);
    let trapped = format!("yakin: 1\nname: x\nsteps:\n{}", "  - a：b\n".repeat(5_000));
    let long = format!("name: {}", "あ".repeat(300_000));
    let expression = format!(
        "yakin: 1\nname: x\nsteps:\n  - log: ${{{{ {} }}}}\n",
        "(".repeat(100_000)
    );
    for text in [laughs, deep_flow, deep_block, wide, broken, trapped, long, expression] {
        let start: String = text.chars().take(20).collect();
        assert!(read(text.as_bytes()).has_errors(), "{start}");
    }
    assert!(read(&vec![b'a'; 10 * 1024 * 1024]).has_errors());
}

#[test]
fn a_flood_of_mistakes_is_told_in_part() {
    let keys: String = (0..60_000).map(|number| format!("k{number}: 1\n")).collect();
    let twice = "a: 1\n".repeat(100_000);
    let one_line = format!("x: {{ {} }}\n", "a: 1, ".repeat(100_000));
    let long_name = format!("{}: 1\n", "x".repeat(500_000));
    let tags = "- !a b\n".repeat(60_000);
    let hashes = format!("name: x{}\n", " ＃".repeat(100_000));
    let braces = format!("b: {}\n", "｛".repeat(100_000));
    let signs = format!("c: {}\n", "${{ ".repeat(100_000));
    for text in [keys, twice, one_line, long_name, tags, hashes, braces, signs] {
        let start: String = text.chars().take(20).collect();
        let findings = read(format!("yakin: 1\nname: x\nsteps: []\n{text}").as_bytes());
        assert!(findings.has_errors(), "{start}");
        assert!(findings.iter().count() < 250, "{start}: {}", findings.iter().count());
        let said = human::render(&findings, Lang::Ja).len();
        assert!(said < 2_000_000, "{start}: {said} bytes");
    }
}

/// The codes and lines of what is wrong with a text.
fn told(text: &str) -> Vec<(usize, String)> {
    let findings = crate::check::check("a", text.as_bytes());
    let errors = findings.iter().filter(|(_, found)| found.severity == Severity::Error);
    errors
        .map(|(source, found)| (source.line_of(found.span.start), found.message.code.to_string()))
        .collect()
}

#[test]
fn what_yaml_has_and_scenarios_have_not_is_refused_by_name() {
    let head = "yakin: 1\nname: x\nsteps:\n  - log: x\n";
    for (more, line, code) in [
        ("purpose: &a x\n", 5, "YK1051"),
        ("purpose: *a\n", 5, "YK1051"),
        ("purpose: !a x\n", 5, "YK1051"),
        ("steps:\n  - log: y\n", 5, "YK1021"),
        ("---\nyakin: 1\n", 5, "YK1020"),
        ("<<: { a: 1 }\n", 5, "YK1100"),
    ] {
        let told = told(&format!("{head}{more}"));
        assert_eq!(told, [(line, code.to_owned())], "{more}");
    }
}

#[test]
fn mistakes_in_several_blocks_are_all_told_on_their_lines() {
    for (text, wanted) in [
        // In the first line, and in two blocks.
        (
            "yakin：1\nname: x\nsteps:\n  － log: x\nafter:\n  - log：y\n",
            &[1, 4, 6][..],
        ),
        // Mended and not to be mended.
        (
            "yakin: 1\nname：x\nsteps:\n  - log: [x\n  - log: ]\n  - browser.clik: a\n",
            &[2, 5, 6],
        ),
        (
            "yakin: 1\nname: x\nitems:\n  from: { csv: a.csv\n  key：a\nsteps:\n  - log: 'x\n  - brwser.open: /\n",
            &[4, 5, 7, 8],
        ),
    ] {
        let lines: Vec<usize> = told(text).into_iter().map(|(line, _)| line).collect();
        for line in wanted {
            assert!(lines.contains(line), "{line} of {lines:?}: {text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
    }

    #[test]
    fn signs(text in "[-:#&*!|>'\"{}\\[\\]?,%@`$~ \\n\\t\\ra住：　“”｛｝＃－\u{feff}]{0,200}") {
        read(text.as_bytes());
    }

    #[test]
    fn a_scenario_with_a_hole(at in 0..SCENARIO.len(), length in 0_usize..40, instead in "[-:{}\\[\\]\"' \\n\\t$x：　]{0,6}") {
        let bytes = SCENARIO.as_bytes();
        let end = (at + length).min(bytes.len());
        read(&[&bytes[..at], instead.as_bytes(), &bytes[end..]].concat());
    }
}
