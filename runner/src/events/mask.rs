//! Masking: what an event may say about a person before it is written.
