//! Messages 4000–4999.

use super::messages;

messages! {}
