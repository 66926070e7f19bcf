-- Money that is paid back: what of which payments and credit notes. Taken back like a payment.
CREATE TABLE refunds (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    currency TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    reference TEXT,
    iban TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TEXT,
    reversal_reason TEXT
) STRICT;
CREATE INDEX refunds_of_account ON refunds (account_id, id);
CREATE INDEX refunds_of_amount ON refunds (amount_minor) WHERE reversed_at IS NULL;

CREATE TABLE refund_parts (
    refund_id INTEGER NOT NULL REFERENCES refunds (id),
    position INTEGER NOT NULL,
    payment_id INTEGER REFERENCES payments (id),
    credit_note_id INTEGER REFERENCES credit_notes (id),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    PRIMARY KEY (refund_id, position)
) STRICT;
CREATE INDEX refund_parts_of_payment ON refund_parts (payment_id);
CREATE INDEX refund_parts_of_credit_note ON refund_parts (credit_note_id);

ALTER TABLE ledger_entries ADD COLUMN refund_id INTEGER;
ALTER TABLE bank_entries ADD COLUMN refund_id INTEGER REFERENCES refunds (id);
CREATE INDEX bank_entries_of_refund ON bank_entries (refund_id);

CREATE TRIGGER refunds_noted_insert AFTER INSERT ON refunds BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'refunds', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER refunds_noted_update AFTER UPDATE ON refunds BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'refunds', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER refund_parts_frozen_update BEFORE UPDATE ON refund_parts
    BEGIN SELECT RAISE(ABORT, 'rows of refund_parts never change'); END;
CREATE TRIGGER refund_parts_frozen_delete BEFORE DELETE ON refund_parts
    BEGIN SELECT RAISE(ABORT, 'rows of refund_parts never change'); END;
