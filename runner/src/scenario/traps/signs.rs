//! Signs that look like others, or like nothing.

/// The half-width sign or signs that a full-width one stands for.
pub(super) fn half(sign: char) -> Option<&'static str> {
    const SIGNS: &[(&str, &str)] = &[
        ("−‐‑–—―ー─", "-"),
        ("“”„‟〝〟", "\""),
        ("‘’‚‛", "'"),
        ("、", ","),
        ("。", "."),
        ("〜", "~"),
        ("≦≤", "<="),
        ("≧≥", ">="),
        ("≠", "!="),
        ("×", "*"),
        ("÷", "/"),
    ];
    const ASCII: &str =
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
    let other = SIGNS
        .iter()
        .find(|(wide, _)| wide.contains(sign))
        .map(|(_, half)| *half);
    // U+FF01..=U+FF5E are the signs U+0021..=U+007E in full width.
    other.or_else(|| {
        let at = usize::try_from(u32::from(sign).checked_sub(0xFF01)?).ok()?;
        ASCII.get(at..=at)
    })
}

/// A blank that is none for YAML, with the blanks it stands for.
pub(super) fn blank(sign: char) -> Option<&'static str> {
    match sign {
        '\u{3000}' | '\t' | '\u{2003}' => Some("  "),
        // No-break spaces and the typesetters' spaces.
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Some(" "),
        _ if is_invisible(sign) => Some(""),
        _ => None,
    }
}

/// A sign without width that comes along from web pages and mails; joiners are left out, because they shape emoji.
pub(super) fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// A sign that no text file holds: what a cut or damaged file, or another program, leaves behind.
pub(super) fn is_control(sign: char) -> bool {
    sign.is_control() && sign != '\t'
}

/// A full-width or typographic double or single quote, as the plain one.
pub(super) fn quote(sign: char) -> Option<char> {
    match sign {
        '＂' | '＇' | '“' | '”' | '„' | '‟' | '〝' | '〟' | '‘' | '’' | '‚' | '‛' => {
            half(sign)?.chars().next()
        }
        _ => None,
    }
}

/// A dash that is no `-`.
pub(super) fn is_wide_dash(sign: char) -> bool {
    half(sign) == Some("-")
}

/// A text of nothing but ASCII and its full-width signs, as plain ASCII; `None` when it is that already, or more.
pub(super) fn narrow(text: &str) -> Option<String> {
    let narrowed: String = text
        .chars()
        .map(|sign| match half(sign) {
            Some(half) => Some(half.to_owned()),
            None if is_invisible(sign) => Some(String::new()),
            None => sign.is_ascii().then(|| sign.to_string()),
        })
        .collect::<Option<_>>()?;
    let wordlike = narrowed.chars().any(|sign| sign.is_ascii_alphanumeric());
    (wordlike && narrowed != text).then_some(narrowed)
}
