-- Change sets: prices that are to hold from a day on. They are looked at before they hold, approved by another person than their
-- author, put into the lists by the worker, and taken back to exactly what was.
CREATE TABLE price_changes (
    id INTEGER NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT,
    state TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    -- So many days before it, buyers of lists kept for accounts get a mail; none: no mail.
    notice_days INTEGER,
    row_count INTEGER NOT NULL DEFAULT 0,
    -- Everybody who made it, changed its rows or sent it in, as JSON: none of them approves it.
    authors TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    submitted_at TEXT,
    submitted_by TEXT,
    decided_at TEXT,
    decided_by TEXT,
    decision_note TEXT,
    -- When the last of its rows stood in the lists, and when the last was taken back.
    applied_at TEXT,
    rolled_back_at TEXT,
    rolled_back_by TEXT,
    -- What the worker does with it, and the position of the last row it did.
    work TEXT,
    work_at INTEGER NOT NULL DEFAULT 0,
    -- A preview that is worked on: of which contents, and the last account that was looked at.
    preview TEXT,
    preview_run INTEGER NOT NULL DEFAULT 0,
    preview_at INTEGER NOT NULL DEFAULT 0,
    previewed_at TEXT,
    announced_at TEXT
) STRICT;
CREATE INDEX price_changes_working ON price_changes (id) WHERE work IS NOT NULL;
CREATE INDEX price_changes_previewing ON price_changes (id) WHERE preview = 'running';

CREATE TABLE price_change_rows (
    id INTEGER NOT NULL PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES price_changes (id),
    price_list_id INTEGER NOT NULL REFERENCES price_lists (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    unit TEXT NOT NULL,
    min_quantity INTEGER NOT NULL,
    price_micros INTEGER NOT NULL,
    price_base INTEGER NOT NULL,
    -- What holds on the day without the set, when the row was made.
    was_micros INTEGER,
    was_base INTEGER,
    -- Once it stands in its list: the row there, and what stood at its key before, if anything did.
    price_id INTEGER,
    undo_micros INTEGER,
    undo_base INTEGER,
    outcome TEXT
) STRICT;
CREATE UNIQUE INDEX price_change_rows_key ON price_change_rows (change_id, product_id, price_list_id, unit, min_quantity);
CREATE INDEX price_change_rows_of_list ON price_change_rows (change_id, price_list_id, product_id);
CREATE INDEX price_change_rows_in_order ON price_change_rows (change_id, id);

-- What a set comes to for an account, by what it bought in the last twelve months.
CREATE TABLE price_change_previews (
    change_id INTEGER NOT NULL REFERENCES price_changes (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    currency TEXT NOT NULL,
    -- Bought lines whose price is another, and all that were looked at.
    line_count INTEGER NOT NULL,
    looked_count INTEGER NOT NULL,
    -- Of the lines that were looked at, minor units.
    before_minor INTEGER NOT NULL,
    after_minor INTEGER NOT NULL,
    -- Of those of them whose cost is known.
    costed_before_minor INTEGER NOT NULL,
    costed_after_minor INTEGER NOT NULL,
    cost_minor INTEGER NOT NULL,
    under_floor INTEGER NOT NULL,
    blocked INTEGER NOT NULL,
    -- Open drafts with a line whose price is another.
    draft_count INTEGER NOT NULL,
    PRIMARY KEY (change_id, account_id)
) STRICT;

CREATE TRIGGER price_changes_noted_insert AFTER INSERT ON price_changes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'price_changes', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER price_changes_noted_update AFTER UPDATE ON price_changes BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'price_changes', NEW.id, 0, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
