-- What an item's run was about to do when it wrote its intent down, sealed: the commit and the names that had values then.
ALTER TABLE item ADD COLUMN intent BYTEA;

-- A browser session at a driver that is not our own process: whoever finds out what became of a dead run's act ends it first.
ALTER TABLE run ADD COLUMN session TEXT;

-- Receipts as keyed hashes: one under two keys proves neither.
CREATE TABLE receipt (
    hash TEXT PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES item (id)
);
