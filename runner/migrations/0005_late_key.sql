-- Keys that are known only in the middle of an item's work, as keyed hashes: one is registered for one item.
CREATE TABLE late_key (
    hash TEXT PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES item (id)
);
