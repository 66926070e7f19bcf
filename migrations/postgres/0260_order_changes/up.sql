-- An order may be changed until the supplier took it on, after that on request. Its first form is revision 1.
ALTER TABLE orders ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- What was asked, and what it comes to: JSON, read as a whole. A line that was taken out keeps its row with the quantity zero,
-- since decisions on stock name it.
CREATE TABLE order_changes (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    order_id BIGINT NOT NULL REFERENCES orders (id),
    state TEXT COLLATE "C" NOT NULL,
    side TEXT COLLATE "C" NOT NULL,
    revision INTEGER,
    reason TEXT,
    asked TEXT NOT NULL,
    difference TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    decided_by TEXT,
    decided_at TIMESTAMP,
    decision_reason TEXT,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX order_changes_open ON order_changes (order_id) WHERE state = 'requested';
CREATE UNIQUE INDEX order_changes_revision ON order_changes (order_id, revision);
CREATE INDEX order_changes_of_order ON order_changes (order_id, id);
CREATE INDEX order_changes_of_account ON order_changes (account_id, id);
CREATE INDEX order_changes_to_decide ON order_changes (id) WHERE state = 'requested';

CREATE TRIGGER order_changes_noted_insert AFTER INSERT ON order_changes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('order_changes');
CREATE TRIGGER order_changes_noted_update AFTER UPDATE ON order_changes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows_of_accounts('order_changes');
