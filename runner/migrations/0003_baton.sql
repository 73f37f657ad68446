-- Items that were handed to people, to be worked by hand: a sheet each.
CREATE TABLE baton (
    id BIGINT PRIMARY KEY,
    bot TEXT NOT NULL REFERENCES bot (bot),
    name TEXT NOT NULL,
    -- Where the sheet was written.
    file TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at BIGINT NOT NULL
);

-- A row of a sheet. Without `state` it is still out; with it, what it came back as.
CREATE TABLE baton_item (
    baton BIGINT NOT NULL REFERENCES baton (id),
    place BIGINT NOT NULL,
    item BIGINT NOT NULL REFERENCES item (id),
    -- The last run that had listed it then: people read there what became of it.
    run BIGINT NOT NULL REFERENCES run (id),
    state_before TEXT NOT NULL,
    state TEXT,
    PRIMARY KEY (baton, place)
);
CREATE INDEX baton_item_out ON baton_item (item) WHERE state IS NULL;

-- What people said of items: looked up, worked by hand, taken or given back.
CREATE TABLE decision (
    id BIGINT PRIMARY KEY,
    item BIGINT NOT NULL REFERENCES item (id),
    state TEXT NOT NULL,
    -- Their own words, sealed.
    reason BYTEA,
    baton BIGINT REFERENCES baton (id),
    decided_by TEXT NOT NULL,
    decided_at BIGINT NOT NULL
);
CREATE INDEX decision_of_item ON decision (item);

INSERT INTO counter (name, value) VALUES ('baton', 0), ('decision', 0);
