-- What of an invoice is settled without money: a cash discount, a small difference, what a bank kept. Taken back like a payment.
CREATE TABLE write_offs (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    invoice_id INTEGER NOT NULL REFERENCES invoices (id),
    payment_id INTEGER REFERENCES payments (id),
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    booked_on TEXT NOT NULL,
    explanation TEXT,
    reason TEXT,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    reversed_at TEXT,
    reversal_reason TEXT
) STRICT;
CREATE INDEX write_offs_of_account ON write_offs (account_id, id);
CREATE INDEX write_offs_of_invoice ON write_offs (invoice_id, id);
CREATE INDEX write_offs_of_payment ON write_offs (payment_id);

-- By how much net and tax are less, by category and rate.
CREATE TABLE write_off_taxes (
    write_off_id INTEGER NOT NULL REFERENCES write_offs (id),
    category TEXT NOT NULL,
    rate_ppm INTEGER NOT NULL,
    base_minor INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    PRIMARY KEY (write_off_id, category, rate_ppm)
) STRICT;

ALTER TABLE ledger_entries ADD COLUMN write_off_id INTEGER;

CREATE TRIGGER write_offs_noted_insert AFTER INSERT ON write_offs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'write_offs', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER write_offs_noted_update AFTER UPDATE ON write_offs BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'write_offs', NEW.id, NEW.account_id, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER write_off_taxes_frozen_update BEFORE UPDATE ON write_off_taxes
    BEGIN SELECT RAISE(ABORT, 'rows of write_off_taxes never change'); END;
CREATE TRIGGER write_off_taxes_frozen_delete BEFORE DELETE ON write_off_taxes
    BEGIN SELECT RAISE(ABORT, 'rows of write_off_taxes never change'); END;
