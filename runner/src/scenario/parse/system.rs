//! A system's file.

use std::time::Duration;

use crate::scenario::model::{Guard, System};
use crate::scenario::parse::{Fields, Reader, steps, times, top};
use crate::scenario::tree::{Node, NodeKind};

/// How long a registration may take when nobody said.
const SETTLE: Duration = Duration::from_secs(60);

pub(super) fn system(reader: &mut Reader, root: &Node) -> Option<System> {
    let mut fields = Fields::open(reader, root, None)?;
    top::version(reader, &mut fields);
    let name = fields
        .need(reader, "system")
        .and_then(|node| reader.text(node, "system"));
    let (mut url, mut practice_url) = (None, None);
    match fields.need(reader, "url") {
        Some(node) if matches!(node.kind, NodeKind::Scalar { .. }) => url = reader.text(node, "url"),
        Some(node) => {
            if let Some(mut urls) = Fields::open(reader, node, Some("url")) {
                url = urls.take("本番").and_then(|node| reader.text(node, "本番"));
                practice_url = urls.take("練習").and_then(|node| reader.text(node, "練習"));
                urls.finish(reader);
            }
        }
        None => {}
    }
    let hours = fields.take("hours").and_then(|node| times::hours(reader, node));
    let writers = fields
        .take("writers")
        .and_then(|node| reader.count(node, "writers", 1..=99));
    let settle = fields.take("settle").and_then(|node| reader.wait(node, "settle"));
    let mut list = |reader: &mut Reader, name| {
        fields
            .take(name)
            .map(|node| steps::steps(reader, node, name))
            .unwrap_or_default()
    };
    let login = list(reader, "login");
    let home = list(reader, "home");
    let mut guards = Vec::new();
    if let Some(node) = fields.take("guards") {
        let words = [("wait", Guard::Wait), ("login", Guard::Login), ("stop", Guard::Stop)];
        for (text, node) in reader.map(node, "guards") {
            if let Some(guard) = reader.choice(node, &text.value, &words) {
                guards.push((text.clone(), guard));
            }
        }
    }
    fields.finish(reader);
    Some(System {
        name: name?,
        url,
        practice_url,
        hours,
        writers: writers.map_or(1, |writers| writers.value),
        settle: settle.map_or(SETTLE, |settle| settle.value),
        login,
        home,
        guards,
    })
}
