//! What a system refuses is settled at once: nothing is in doubt, so nothing is waited or looked for.

use std::time::Duration;

use yakin::events::{ItemState, RunId};
use yakin::history::Backend;

use super::system::{System, Trouble};
use super::workplace::{Ended, Workplace};

const ITEMS: usize = 50;

#[test]
fn fifty_refused_items_cost_one_page_each_and_no_settle() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let system = System::new(1, Duration::from_millis(1), (100, &[Trouble::Refused]));
        let place = Workplace::new(system, ITEMS, true, Backend::Sqlite).await;
        let ended = place.run(None).await;
        assert!(matches!(ended, Ended::ByItself(1, _)), "{ended:?}");
        // One browser; its login page, then the first page of each item and nothing else.
        assert_eq!(place.system.visited(), (1, ITEMS + 1));
        assert_eq!(place.system.clicks().len(), ITEMS, "each was tried once");
        assert!(place.system.register().is_empty());
        let items = place.store().items(RunId(1)).unwrap();
        let refused = items.iter().filter(|item| item.state == ItemState::Rejected);
        assert_eq!(refused.count(), ITEMS);
        // They are not tried again as they are.
        let ended = place.run(None).await;
        assert!(matches!(ended, Ended::ByItself(1, _)), "{ended:?}");
        assert_eq!(place.system.clicks().len(), ITEMS);
    });
}
