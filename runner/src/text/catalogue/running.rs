//! Messages 5000–5999.

use super::messages;

messages! {}
