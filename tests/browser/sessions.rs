//! Sessions: started, lost, ended for certain.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use yakin::drivers::browser::{BrowserError, BrowserSpec, DriverAt, FillRequest, Session, sweep_orphans};

use crate::support::chromium::{SHORT, WAIT, block_on, on_page, spec};

use super::fields::shows;

#[test]
fn a_navigation_under_way_is_waited_out() {
    on_page("trouble.html", async |session, site| {
        session.click(&"移動する".into(), WAIT).await.unwrap();
        session.see(&shows("検索結果10件"), WAIT).await.unwrap();
        assert_eq!(session.url().await.unwrap(), site.url("signs.html"));
        assert!(session.visible_text(4).await.unwrap().starts_with("検索結果"));
        session.reload().await.unwrap();
        session.see(&shows("検索結果10件"), WAIT).await.unwrap();
    });
}

#[test]
fn addresses_that_cannot_be_reached_say_why() {
    on_page("form.html", async |session, _| {
        let free = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let url = format!("http://127.0.0.1:{free}/");
        let error = session.open(&url).await.unwrap_err();
        assert!(
            matches!(&error, BrowserError::Unreachable { url: named, code } if *named == url && code == "ERR_CONNECTION_REFUSED"),
            "{error:?}"
        );
        assert!(matches!(
            session.open("http://127.0.0.1:1/").await,
            Err(BrowserError::Unreachable { .. })
        ));
        assert!(matches!(
            session.open("no address").await,
            Err(BrowserError::Unreachable { .. })
        ));
    });
}

#[test]
fn what_a_dead_program_left_is_swept() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let session = Session::start(&spec(root.path())).await.unwrap();
        let browser = yakin::platform::processes::ProcessIdentity::of(session.browser_pid().unwrap()).unwrap();
        let folder = std::fs::read_dir(root.path()).unwrap().next().unwrap().unwrap().path();
        // As after a power cut: the same numbers, but the program that owned them started at another time.
        let owner = std::fs::read_to_string(folder.join("owner.json")).unwrap();
        let mut owner: serde_json::Value = serde_json::from_str(&owner).unwrap();
        owner["program"]["started"] = "long ago".into();
        std::fs::write(folder.join("owner.json"), owner.to_string()).unwrap();
        std::mem::forget(session);

        let swept = sweep_orphans(root.path()).await.unwrap();
        assert!(swept.processes >= 1 && swept.folders == 1, "{swept:?}");
        assert!(!browser.is_alive());
        assert_eq!(folders_in(root.path()), 0);
    });
}

#[test]
fn questions_may_be_asked_from_any_thread() {
    fn is_send(_: &impl Send) {}
    on_page("form.html", async |session, _| {
        is_send(&session.see_any(&[], SHORT));
        is_send(&session.click(&"登録する".into(), SHORT));
        is_send(&session.fill(&FillRequest::default(), SHORT));
    });
}

fn folders_in(path: &Path) -> usize {
    std::fs::read_dir(path).unwrap().count()
}

#[test]
fn ending_leaves_nothing_behind() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let session = Session::start(&spec(root.path())).await.unwrap();
        assert_eq!(folders_in(root.path()), 1);
        session.quit().await.unwrap();
        assert_eq!(folders_in(root.path()), 0);

        let dropped = Session::start(&spec(root.path())).await.unwrap();
        let pid = dropped.browser_pid().unwrap();
        drop(dropped);
        assert_eq!(folders_in(root.path()), 0);
        assert_eq!(
            yakin::platform::processes::ProcessIdentity::of(pid),
            None,
            "the browser has ended"
        );
    });
}

#[test]
fn a_dead_browser_is_a_dead_session() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let mut session = Session::start(&spec(root.path())).await.unwrap();
        let browser = yakin::platform::processes::ProcessIdentity::of(session.browser_pid().unwrap()).unwrap();
        assert!(browser.kill_group());
        let error = session.title().await.unwrap_err();
        assert!(error.is_session_dead(), "{error:?}");
        assert_eq!(
            sweep_orphans(root.path()).await.unwrap(),
            yakin::drivers::browser::Swept::default(),
            "its program still lives"
        );
        session.quit().await.unwrap();
        assert_eq!(folders_in(root.path()), 0);
    });
}

#[test]
fn a_driver_that_somebody_else_started_is_used() {
    block_on(async {
        let root = tempfile::tempdir().unwrap();
        let own = Session::start(&spec(root.path())).await.unwrap();
        let mut remote = BrowserSpec {
            driver: DriverAt::Url(own.driver_url()),
            ..spec(root.path())
        };
        remote.arguments = vec!["--no-sandbox".to_owned()];
        let mut second = Session::start(&remote).await.unwrap();
        assert_eq!(second.title().await.unwrap(), "");
        second.quit().await.unwrap();
        own.quit().await.unwrap();
        let error = Session::start(&remote).await.unwrap_err();
        assert!(error.is_session_dead(), "{error:?}");
    });
}
