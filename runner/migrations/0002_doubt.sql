-- What an item's run was about to do when it wrote its intent down, sealed: the commit and the names that had values then.
ALTER TABLE item ADD COLUMN intent BYTEA;
-- Of what was begun before, nobody knows whether there was an intent: it counts as one that cannot be read.
UPDATE item SET intent = payload WHERE state NOT IN ('new', 'claimed');

-- A browser session at a driver that is not our own process: whoever finds out what became of a dead run's act ends it first.
ALTER TABLE run ADD COLUMN session TEXT;

-- Receipts as keyed hashes: one under two keys proves neither.
CREATE TABLE receipt (
    hash TEXT PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES item (id)
);

-- The system that a run works in, if it is a real one.
ALTER TABLE run ADD COLUMN target TEXT;
-- How many runs may write into it with the run's account; none: it only reads.
ALTER TABLE run ADD COLUMN writers BIGINT;
CREATE TABLE target (
    name TEXT PRIMARY KEY,
    -- Nobody tries before then, after a run has ended early through it.
    rests_until BIGINT NOT NULL,
    -- Whether anybody has come through since: 1 no, 0 yes.
    doubtful BIGINT NOT NULL,
    -- What it refused a login with.
    refused TEXT
);
