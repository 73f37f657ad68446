//! Plugins that are built with the tools of their languages: the one in Python (`plugins/gakurei`), and new ones. What the tools cost is paid
//! by `./test.sh --long`, which gets componentize-py from PyPI and sets [`LONG`]; without it each test sees what somebody without the tool is told.

use std::path::Path;

use yakin::text::{Code, codes};

use crate::support::guests;
use crate::support::office::{command, yakin};

/// Whether the tools are to be used.
const LONG: &str = "YAKIN_TEST_TOOLCHAINS";

fn long() -> bool {
    std::env::var_os(LONG).is_some()
}

/// Builds a plugin and tries its examples; where the tools are left alone, sees that a missing one is explained.
fn built(root: &Path, name: &str, missing: Code, examples: u32) {
    let mut build = command(&["plugin", "build", name], Some(root));
    if !long() {
        let done = build.env("PATH", "/nowhere").output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(3) && said.contains(missing.0), "{said}");
        return;
    }
    let done = build.output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let tested = yakin(&["plugin", "test", name], Some(root));
    let all_hold = format!("合格 {examples}、不合格 0");
    assert!(tested.code == 0 && tested.out.contains(&all_hold), "{tested:?}");
}

#[test]
fn a_plugin_in_python_is_built_tested_and_used() {
    let office = guests::office();
    let root = office.path();
    let own = root.join("plugins/gakurei");
    for folder in ["", "wit"] {
        std::fs::create_dir(own.join(folder)).unwrap();
    }
    for (from, to) in [
        ("plugins/gakurei/app.py", "plugins/gakurei/app.py"),
        ("plugins/gakurei/yakin.py", "plugins/gakurei/yakin.py"),
        ("plugins/wit/yakin.wit", "plugins/gakurei/wit/yakin.wit"),
        ("plugins/gakurei.test.yaml", "plugins/gakurei.test.yaml"),
        ("plugins/gakurei/shugaku.yaml", "scenarios/shugaku.yaml"),
    ] {
        std::fs::copy(guests::repository(from), root.join(to)).unwrap();
    }
    std::fs::write(
        root.join("inbox/jido.csv"),
        "宛名番号,生年月日\n1,2020-04-02\n2,2020-04-01\n3,令和3年4月1日\n",
    )
    .unwrap();
    built(root, "gakurei", codes::PLUGIN_NO_PYTHON, 8);
    if long() {
        let ran = yakin(&["run", "shugaku", "--date", "2026-11-23", "--json"], Some(root));
        assert_eq!(ran.states(), ["1 済", "2 差し戻し YK8006", "3 済"], "{ran:?}");
    } else {
        let checked = yakin(&["check", "shugaku"], Some(root));
        assert!(
            checked.code == 2 && checked.out.contains(codes::PLUGIN_NOT_YET.0),
            "{checked:?}"
        );
    }
}

#[test]
fn a_new_plugin_is_built_and_tested_in_each_language() {
    for (lang, missing) in [("rust", codes::PLUGIN_NO_CARGO), ("python", codes::PLUGIN_NO_PYTHON)] {
        let office = guests::office();
        let made = yakin(&["plugin", "new", "keisan", "--lang", lang], Some(office.path()));
        assert_eq!(made.code, 0, "{made:?}");
        built(office.path(), "keisan", missing, 3);
    }
}
