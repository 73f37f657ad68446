//! Readers for tests.

use super::Reader;
use crate::text::Lang;

pub(super) const JA: Reader = Reader {
    lang: Lang::Ja,
    zone: chrono_tz::Asia::Tokyo,
};

pub(super) const EN: Reader = Reader {
    lang: Lang::En,
    zone: chrono_tz::Asia::Tokyo,
};
