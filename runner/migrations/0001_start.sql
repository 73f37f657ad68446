-- The same text for SQLite and PostgreSQL: TEXT, BIGINT and BYTEA only, times in milliseconds since 1970 (UTC),
-- days as ISO text, numbers handed out by `counter`.

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('run', 0), ('item', 0), ('request', 0), ('review', 0), ('audit', 0);

-- Facts about the store itself, such as which office key it was sealed with.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- A row here is what two runners of one bot queue for when they open a run.
CREATE TABLE bot (
    bot TEXT PRIMARY KEY,
    epoch BIGINT NOT NULL
);

CREATE TABLE bundle (
    hash TEXT PRIMARY KEY,
    packed BYTEA NOT NULL,
    stored_at BIGINT NOT NULL
);

CREATE TABLE run (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL REFERENCES bot (bot),
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    started_by TEXT NOT NULL,
    day TEXT NOT NULL,
    host TEXT NOT NULL,
    pid BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    bundle TEXT NOT NULL REFERENCES bundle (hash),
    last_seq BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    outcome TEXT,
    counts TEXT
);
CREATE INDEX run_of_bot ON run (bot, id);
CREATE UNIQUE INDEX run_live ON run (bot) WHERE outcome IS NULL;

CREATE TABLE item (
    id BIGINT PRIMARY KEY,
    ledger TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    label TEXT NOT NULL,
    -- The file that it stood in last.
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    run BIGINT REFERENCES run (id),
    epoch BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    reason TEXT,
    payload BYTEA NOT NULL,
    -- Of the payload, and of the payload with which the item last came to an end.
    payload_hash TEXT NOT NULL,
    settled_hash TEXT,
    kept BYTEA,
    -- The item of another bot whose end made this one.
    made_of BIGINT REFERENCES item (id),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (ledger, key_hash)
);
CREATE INDEX item_at_work ON item (run) WHERE state IN ('claimed', 'committing');

CREATE INDEX item_made_of ON item (made_of);

CREATE TABLE run_item (
    run BIGINT NOT NULL REFERENCES run (id),
    source_row BIGINT NOT NULL,
    item BIGINT NOT NULL REFERENCES item (id),
    state_before TEXT NOT NULL,
    PRIMARY KEY (run, source_row)
);
CREATE INDEX run_item_of_item ON run_item (item);

CREATE TABLE event (
    run BIGINT NOT NULL REFERENCES run (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (run, seq)
);

-- The events of a closed run, a thousand to a row.
CREATE TABLE event_chunk (
    run BIGINT NOT NULL REFERENCES run (id),
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    packed BYTEA NOT NULL,
    PRIMARY KEY (run, first_seq)
);

CREATE TABLE evidence (
    sha256 TEXT NOT NULL,
    run BIGINT NOT NULL REFERENCES run (id),
    role TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (sha256, run, role)
);

CREATE TABLE request (
    id BIGINT PRIMARY KEY,
    run BIGINT NOT NULL REFERENCES run (id),
    kind TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);
CREATE INDEX request_of_run ON request (run);

-- Every due instant of a schedule: ran, skipped or missed.
CREATE TABLE slot (
    schedule TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    run BIGINT REFERENCES run (id),
    PRIMARY KEY (schedule, due_at)
);

CREATE TABLE review (
    id BIGINT PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES item (id),
    kind TEXT NOT NULL,
    question BYTEA NOT NULL,
    opened_at BIGINT NOT NULL,
    answer BYTEA,
    answered_by TEXT,
    answered_at BIGINT
);
CREATE INDEX review_open ON review (item) WHERE answered_at IS NULL;

CREATE TABLE acknowledgement (
    run BIGINT PRIMARY KEY REFERENCES run (id),
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    remark TEXT
);

-- Each row's mac covers the one before it, so that none can be changed or taken out unseen.
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    mac TEXT NOT NULL
);

CREATE TABLE run_daily (
    bot TEXT NOT NULL REFERENCES bot (bot),
    day TEXT NOT NULL,
    runs BIGINT NOT NULL,
    runs_failed BIGINT NOT NULL,
    items_done BIGINT NOT NULL,
    items_rejected BIGINT NOT NULL,
    items_failed BIGINT NOT NULL,
    items_waiting BIGINT NOT NULL,
    took_ms BIGINT NOT NULL,
    PRIMARY KEY (bot, day)
);

CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    sealed BYTEA NOT NULL,
    hosts TEXT NOT NULL,
    expires TEXT,
    set_at BIGINT NOT NULL
);
