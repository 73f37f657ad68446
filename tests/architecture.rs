//! The house stays a house: who may import whom, how long a file may be, what must not be named.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and the layers it may use; none uses one that stands below it.
pub(crate) const LAYERS: &[(&str, &[&str])] = &[
    ("rules", &[]),
    ("value", &["rules"]),
    ("text", &["rules", "value"]),
    ("platform", &[]),
    ("clock", &[]),
    ("diag", &["text"]),
    ("scenario", &["rules", "value", "text", "diag"]),
    ("events", &["rules", "value", "text"]),
    ("ports", &["rules", "value", "text", "events"]),
    ("drivers", &["rules", "value", "platform", "clock"]),
    (
        "steps",
        &["rules", "value", "text", "diag", "scenario", "events", "drivers"],
    ),
    (
        "plan",
        &[
            "rules", "value", "text", "diag", "scenario", "events", "drivers", "steps",
        ],
    ),
    (
        "record",
        &["rules", "value", "text", "diag", "scenario", "drivers", "steps", "plan"],
    ),
    (
        "run",
        &[
            "rules", "value", "text", "diag", "clock", "scenario", "events", "ports", "drivers", "steps", "plan",
        ],
    ),
    (
        "history",
        &["rules", "value", "text", "platform", "clock", "events", "ports"],
    ),
    ("report", &["rules", "value", "text", "diag", "events"]),
    ("practice", &["rules", "platform"]),
    ("exercise", &["text", "scenario", "events", "practice"]),
    (
        "care",
        &[
            "text", "platform", "clock", "diag", "scenario", "ports", "drivers", "steps", "plan", "history",
        ],
    ),
    ("backup", &["text", "platform", "ports", "history"]),
    ("kit", &["text", "platform", "drivers", "care"]),
    (
        "cli",
        &[
            "rules", "value", "text", "platform", "clock", "diag", "scenario", "events", "ports", "drivers", "steps",
            "plan", "record", "run", "history", "report", "practice", "care", "backup", "kit", "exercise",
        ],
    ),
];

/// Lines of code a file may have, its unit tests, comments and blank lines not counted.
const LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package stands in the workspace")
        .to_owned()
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The lines of a file that are code: no comments, no blank lines, nothing from the unit tests on.
fn code(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a readable source");
    if path.file_name().is_some_and(|name| name == "tests.rs") || path.iter().any(|part| part == "tests") {
        return Vec::new();
    }
    let body = match text.find("\n#[cfg(test)]\n") {
        Some(tests) if text[tests..].contains("\nmod tests {") => &text[..tests],
        _ => &text,
    };
    body.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .map(str::to_owned)
        .collect()
}

fn all() -> Vec<(PathBuf, String)> {
    let src = root().join("runner/src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).expect("inside src").to_owned();
            let first = inside
                .iter()
                .next()
                .expect("a name")
                .to_string_lossy()
                .trim_end_matches(".rs")
                .to_owned();
            (path, first)
        })
        .collect()
}

#[test]
fn what_differs_between_systems_stands_behind_one_module() {
    let marks = ["cfg(unix)", "cfg(windows)", "cfg(not(", "cfg!(", "std::os::"];
    let elsewhere: Vec<String> = all()
        .into_iter()
        .filter(|(_, layer)| layer != "platform")
        .flat_map(|(path, _)| {
            let lines = code(&path).into_iter();
            let told = lines.filter(|line| marks.iter().any(|mark| line.contains(mark)));
            told.map(|line| format!("{}: {line}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn layers_import_only_what_stands_above_them() {
    let mut wrong = Vec::new();
    for (path, layer) in all() {
        if layer == "lib" || layer == "main" {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            wrong.push(format!("{} stands in no layer", path.display()));
            continue;
        };
        for line in code(&path) {
            for part in line.split("crate::").skip(1) {
                let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !name.is_empty() && name != layer && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{}: {layer} must not import {name}", path.display()));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The table that is searched to the end in its own tests is the one that production asks.
#[test]
fn the_state_of_an_item_comes_from_the_table_of_its_moves() {
    let mut writers = 0;
    for (path, _) in all() {
        let code = code(&path).join("\n");
        let statements = code.matches("UPDATE item SET state").count();
        if statements > 0 {
            writers += 1;
            let bound = code.matches("UPDATE item SET state = $1").count();
            assert_eq!(statements, bound, "{}: a state is written as a text", path.display());
            let asked = code.contains("item::next(") || code.contains(".leads()");
            assert!(asked, "{}: a state does not come from the table", path.display());
        }
    }
    assert!(writers > 1, "the statements have another form now");
}

#[test]
fn the_table_itself_has_one_direction() {
    let mut above = BTreeSet::new();
    for (name, allowed) in LAYERS {
        for used in *allowed {
            assert!(
                above.contains(used),
                "{name} uses {used}, which does not stand above it"
            );
        }
        above.insert(*name);
    }
    let lib = fs::read_to_string(root().join("runner/src/lib.rs")).expect("lib.rs");
    let declared: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(declared, LAYERS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn files_can_be_held_in_the_head() {
    let long: Vec<String> = all()
        .iter()
        .map(|(path, _)| (path, code(path).len()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(path, lines)| format!("{}: {lines} lines of code", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn only_the_command_line_and_the_console_print() {
    let mut wrong = Vec::new();
    for (path, layer) in all() {
        if layer == "cli" {
            continue;
        }
        for line in code(&path) {
            if ["println!", "eprintln!", "print!(", "eprint!("]
                .iter()
                .any(|word| line.contains(word))
            {
                wrong.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_is_said_somewhere() {
    let (catalogue, others): (Vec<_>, Vec<_>) = all()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.file_name().is_none_or(|name| name != "sample.rs"))
        .partition(|path| path.iter().any(|part| part == "catalogue"));
    let said: Vec<String> = others.iter().flat_map(|path| code(path)).collect();
    let mut unsaid = Vec::new();
    let mut count = 0;
    for line in catalogue.iter().flat_map(|path| code(path)) {
        let Some((name, _)) = line.split_once(" = \"YK") else {
            continue;
        };
        count += 1;
        let is_name = |word: &str| word == name;
        let words = |line: &String| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(is_name);
        if !said.iter().any(words) {
            unsaid.push(name.to_owned());
        }
    }
    assert!(count > 150, "{count} messages");
    assert_eq!(unsaid, Vec::<String>::new());
}

/// The one file that may hold unsafe code, and why: compiled plugins are machine code, which nothing can check but the
/// keyed hash that it was made with.
const UNSAFE: (&str, usize) = ("drivers/plugin/cache.rs", 1);

#[test]
fn unsafe_code_stands_in_one_place() {
    for (path, _) in all() {
        let lines = code(&path);
        let unsafe_lines: Vec<&String> = lines.iter().filter(|line| line.contains("unsafe ")).collect();
        let allowed = if path.ends_with(UNSAFE.0) { UNSAFE.1 } else { 0 };
        assert_eq!(unsafe_lines.len(), allowed, "{}: {unsafe_lines:?}", path.display());
        assert!(
            !lines.iter().any(|line| line.contains("allow(unsafe_code")),
            "{}",
            path.display()
        );
    }
}

/// What tests may break from outside is in no build that an office gets.
#[test]
fn failpoints_are_in_no_usual_build() {
    let package = fs::read_to_string(root().join("runner/Cargo.toml")).expect("Cargo.toml");
    let features = package.split("[features]").nth(1).expect("features");
    let features = features.split("\n[").next().expect("a section");
    assert!(features.contains("failpoints ="), "{features}");
    assert!(!features.contains("default ="), "{features}");
    assert!(
        package.contains("\nfail.workspace = true"),
        "no feature of it by default"
    );
    for script in ["demo.sh", ".ci/install.sh"] {
        let script = fs::read_to_string(root().join(script)).expect("a script");
        assert!(!script.contains("failpoints"));
    }
}

#[test]
fn every_test_file_is_part_of_the_test_binary() {
    let tests = root().join("tests");
    let main = fs::read_to_string(tests.join("main.rs")).expect("tests/main.rs");
    for entry in fs::read_dir(&tests).expect("tests") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if let Some(module) = name.strip_suffix(".rs").filter(|name| *name != "main") {
            assert!(
                main.contains(&format!("mod {module};")),
                "tests/{name} is forgotten in tests/main.rs"
            );
        }
    }
}

/// Every dependency, of the program and of the guests, comes from the public registry under a licence that `deny.toml` allows.
#[test]
fn dependencies_are_permissively_licensed() {
    let deny = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let list = deny
        .split("allow = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .expect("the allow list");
    let allowed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    // Only this platform's packages are on the disk for certain.
    let version = std::process::Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc -vV");
    let version = String::from_utf8(version.stdout).expect("rustc speaks UTF-8");
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("a host");
    for (folder, platform) in [("", host), ("plugins", "wasm32-wasip2")] {
        let packages = packages(&root().join(folder), platform);
        assert!(packages.len() > 100, "cargo metadata lists the dependencies");
        for package in packages {
            let name = package["name"].as_str().unwrap_or_default();
            let licence = package["license"].as_str().unwrap_or_default().replace('/', " OR ");
            let fits = |part: &str| allowed.contains(part.trim().trim_matches(['(', ')']));
            let ok = licence.split(" AND ").all(|all| all.split(" OR ").any(fits));
            assert!(ok, "{name}: licence {licence:?} is not in deny.toml");
            if let Some(source) = package["source"].as_str() {
                assert!(source.starts_with("registry+"), "{name} comes from {source}");
            }
        }
    }
}

/// All packages that a workspace needs on a platform.
fn packages(folder: &Path, platform: &str) -> Vec<serde_json::Value> {
    let output = std::process::Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
            platform,
        ])
        .current_dir(folder)
        .output()
        .expect("cargo metadata");
    let said = String::from_utf8_lossy(&output.stderr);
    let mut metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    match metadata["packages"].take() {
        serde_json::Value::Array(packages) => packages,
        other => panic!("{other}"),
    }
}
