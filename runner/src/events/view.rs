//! Folding events into what a person wants to know of a run: the one meaning of done, rejected, waiting.
