//! Messages 3000–3999.

use super::messages;

messages! {}
