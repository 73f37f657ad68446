//! Plugins that are built with the tools of their languages: the one in Python (`plugins/gakurei`), and new ones. `./test.sh --long` gets
//! componentize-py from PyPI and runs these.

use crate::support::guests;
use crate::support::office::{command, yakin};

#[test]
#[ignore = "takes componentize-py: ./test.sh --long"]
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

    let built = command(&["plugin", "build", "gakurei"], Some(root)).output().unwrap();
    assert!(built.status.success(), "{built:?}");
    let tested = yakin(&["plugin", "test", "gakurei"], Some(root));
    assert!(
        tested.code == 0 && tested.out.contains("合格 8、不合格 0"),
        "{tested:?}"
    );
    let ran = yakin(&["run", "shugaku", "--date", "2026-11-23", "--json"], Some(root));
    assert_eq!(ran.states(), ["1 済", "2 差し戻し YK8006", "3 済"], "{ran:?}");

    let made = yakin(&["plugin", "new", "keisan", "--lang", "python"], Some(root));
    assert_eq!(made.code, 0, "{made:?}");
    let built = command(&["plugin", "build", "keisan"], Some(root)).output().unwrap();
    assert!(built.status.success(), "{built:?}");
    let tested = yakin(&["plugin", "test", "keisan"], Some(root));
    assert!(
        tested.code == 0 && tested.out.contains("合格 3、不合格 0"),
        "{tested:?}"
    );
}

#[test]
#[ignore = "fetches crates: ./test.sh --long"]
fn a_new_plugin_in_rust_is_built_and_tested() {
    let office = guests::office();
    let made = yakin(&["plugin", "new", "keisan", "--lang", "rust"], Some(office.path()));
    assert_eq!(made.code, 0, "{made:?}");
    let built = command(&["plugin", "build", "keisan"], Some(office.path()))
        .output()
        .unwrap();
    assert!(built.status.success(), "{built:?}");
    let tested = yakin(&["plugin", "test", "keisan"], Some(office.path()));
    assert!(
        tested.code == 0 && tested.out.contains("合格 3、不合格 0"),
        "{tested:?}"
    );
}
