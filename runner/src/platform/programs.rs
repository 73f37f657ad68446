//! Where programs are.

use std::path::PathBuf;

/// The browser driver, by the names it goes by.
pub const DRIVERS: &[&str] = &["chromedriver"];

/// The browser, by the names it goes by.
pub const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
];

/// The first of these programs: beside this program, where a kit has put them, else on the search path.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = beside().into_iter().chain(std::env::split_paths(&path)).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders
            .iter()
            .map(|folder| folder.join(&file))
            .find(|program| program.is_file())
    })
}

/// A file that a kit puts beside this program; built programs of a test stand one folder deeper.
pub fn file_beside(name: &str) -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let mut folders = own.ancestors().skip(1).take(2);
    folders.find_map(|folder| Some(folder.join(name)).filter(|file| file.is_file()))
}

/// Whether there is a screen on which a browser can be shown.
pub fn has_screen() -> bool {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// The folders that a kit installs to: this program's own, and `browser` beside it.
fn beside() -> Vec<PathBuf> {
    let Some(own) = std::env::current_exe()
        .ok()
        .and_then(|program| program.parent().map(PathBuf::from))
    else {
        return Vec::new();
    };
    let browser = own.parent().map(|prefix| prefix.join("browser"));
    std::iter::once(own).chain(browser).collect()
}
