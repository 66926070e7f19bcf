-- Change sets: prices that are to hold from a day on. They are looked at before they hold, approved by another person than their
-- author, put into the lists by the worker, and taken back to exactly what was.
CREATE TABLE price_changes (
    id BIGINT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT,
    state TEXT COLLATE "C" NOT NULL,
    effective_on DATE NOT NULL,
    -- So many days before it, buyers of lists kept for accounts get a mail; none: no mail.
    notice_days INTEGER,
    row_count INTEGER NOT NULL DEFAULT 0,
    -- Everybody who made it, changed its rows or sent it in, as JSON: none of them approves it.
    authors TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by TEXT NOT NULL,
    submitted_at TIMESTAMP,
    submitted_by TEXT,
    decided_at TIMESTAMP,
    decided_by TEXT,
    decision_note TEXT,
    -- When the last of its rows stood in the lists, and when the last was taken back.
    applied_at TIMESTAMP,
    rolled_back_at TIMESTAMP,
    rolled_back_by TEXT,
    -- What the worker does with it, and the position of the last row it did.
    work TEXT,
    work_at BIGINT NOT NULL DEFAULT 0,
    -- A preview that is worked on: of which contents, and the last account that was looked at.
    preview TEXT,
    preview_run BIGINT NOT NULL DEFAULT 0,
    preview_at BIGINT NOT NULL DEFAULT 0,
    previewed_at TIMESTAMP,
    announced_at TIMESTAMP
);
CREATE INDEX price_changes_working ON price_changes (id) WHERE work IS NOT NULL;
CREATE INDEX price_changes_previewing ON price_changes (id) WHERE preview = 'running';

CREATE TABLE price_change_rows (
    id BIGINT NOT NULL PRIMARY KEY,
    change_id BIGINT NOT NULL REFERENCES price_changes (id),
    price_list_id BIGINT NOT NULL REFERENCES price_lists (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    unit TEXT COLLATE "C" NOT NULL,
    min_quantity BIGINT NOT NULL,
    price_micros BIGINT NOT NULL,
    price_base INTEGER NOT NULL,
    -- What holds on the day without the set, when the row was made.
    was_micros BIGINT,
    was_base INTEGER,
    -- Once it stands in its list: the row there, and what stood at its key before, if anything did.
    price_id BIGINT,
    undo_micros BIGINT,
    undo_base INTEGER,
    outcome TEXT
);
CREATE UNIQUE INDEX price_change_rows_key ON price_change_rows (change_id, product_id, price_list_id, unit, min_quantity);
CREATE INDEX price_change_rows_of_list ON price_change_rows (change_id, price_list_id, product_id);
CREATE INDEX price_change_rows_in_order ON price_change_rows (change_id, id);

-- What a set comes to for an account, by what it bought in the last twelve months.
CREATE TABLE price_change_previews (
    change_id BIGINT NOT NULL REFERENCES price_changes (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    currency TEXT COLLATE "C" NOT NULL,
    -- Bought lines whose price is another, and all that were looked at.
    line_count INTEGER NOT NULL,
    looked_count INTEGER NOT NULL,
    -- Of the lines that were looked at, minor units.
    before_minor BIGINT NOT NULL,
    after_minor BIGINT NOT NULL,
    -- Of those of them whose cost is known.
    costed_before_minor BIGINT NOT NULL,
    costed_after_minor BIGINT NOT NULL,
    cost_minor BIGINT NOT NULL,
    under_floor INTEGER NOT NULL,
    blocked INTEGER NOT NULL,
    -- Open drafts with a line whose price is another.
    draft_count INTEGER NOT NULL,
    PRIMARY KEY (change_id, account_id)
);

CREATE TRIGGER price_changes_noted_insert AFTER INSERT ON price_changes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('price_changes');
CREATE TRIGGER price_changes_noted_update AFTER UPDATE ON price_changes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('price_changes');
