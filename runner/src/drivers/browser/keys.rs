//! Names of keys, as people write them, to what the driver types (WebDriver §17.4.2).

use thirtyfour::Key;

/// The characters for `Enter`, `shift+Tab`, `ctrl+a`; `None` if a part is no key. Modifiers are released at the end.
pub(super) fn key_sequence(chord: &str) -> Option<String> {
    let (modifiers, key) = match chord.rsplit_once('+') {
        // "+" itself, alone or after modifiers: "ctrl++".
        Some(("", "")) => ("", "+"),
        Some((rest, "")) => (rest.strip_suffix('+')?, "+"),
        Some((rest, key)) => (rest, key),
        None => ("", chord),
    };
    let mut keys = String::new();
    for modifier in modifiers.split('+').filter(|name| !name.is_empty()) {
        keys.push(modifier_key(modifier.trim())?.value());
    }
    let held = !keys.is_empty();
    keys.push(single_key(key.trim())?);
    if held {
        keys.push(Key::Null.value());
    }
    Some(keys)
}

fn modifier_key(name: &str) -> Option<Key> {
    Some(match name.to_ascii_lowercase().as_str() {
        "ctrl" | "control" => Key::Control,
        "shift" => Key::Shift,
        "alt" => Key::Alt,
        "meta" | "cmd" | "command" => Key::Meta,
        _ => return None,
    })
}

fn single_key(name: &str) -> Option<char> {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return Some(only);
    }
    let key = match name.to_ascii_lowercase().as_str() {
        "enter" | "return" => Key::Enter,
        "tab" => Key::Tab,
        "escape" | "esc" => Key::Escape,
        "space" => Key::Space,
        "backspace" => Key::Backspace,
        "delete" | "del" => Key::Delete,
        "insert" => Key::Insert,
        "home" => Key::Home,
        "end" => Key::End,
        "pageup" => Key::PageUp,
        "pagedown" => Key::PageDown,
        "up" | "arrowup" => Key::Up,
        "down" | "arrowdown" => Key::Down,
        "left" | "arrowleft" => Key::Left,
        "right" | "arrowright" => Key::Right,
        "f1" => Key::F1,
        "f2" => Key::F2,
        "f3" => Key::F3,
        "f4" => Key::F4,
        "f5" => Key::F5,
        "f6" => Key::F6,
        "f7" => Key::F7,
        "f8" => Key::F8,
        "f9" => Key::F9,
        "f10" => Key::F10,
        "f11" => Key::F11,
        "f12" => Key::F12,
        _ => return None,
    };
    Some(key.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_chords() {
        let cases = [
            ("Enter", Some("\u{e007}")),
            ("tab", Some("\u{e004}")),
            ("F12", Some("\u{e03c}")),
            ("a", Some("a")),
            ("ctrl+a", Some("\u{e009}a\u{e000}")),
            ("Ctrl + Shift + End", Some("\u{e009}\u{e008}\u{e010}\u{e000}")),
            ("+", Some("+")),
            ("ctrl++", Some("\u{e009}+\u{e000}")),
            ("F13", None),
            ("hyper+a", None),
            ("", None),
            ("ctrl+", None),
        ];
        for (chord, keys) in cases {
            assert_eq!(key_sequence(chord).as_deref(), keys, "{chord}");
        }
    }
}
