-- Why somebody had a run stopped at once, in their own words, sealed.
ALTER TABLE request ADD COLUMN reason BYTEA;
