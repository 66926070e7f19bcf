-- Claims: what an account finds wrong with a shipment or its invoice, line by line, in a series of numbers of their own.
CREATE TABLE claim_numbers (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE claims (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    order_id INTEGER NOT NULL REFERENCES orders (id),
    shipment_id INTEGER NOT NULL REFERENCES shipments (id),
    invoice_id INTEGER REFERENCES invoices (id),
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    wish TEXT NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL,
    filed_by TEXT NOT NULL,
    person_id INTEGER,
    opened_at TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    answered_at TEXT,
    decided_at TEXT,
    decided_by TEXT,
    settled_at TEXT,
    outcome TEXT,
    credit_note_id INTEGER REFERENCES credit_notes (id),
    replacement_id INTEGER REFERENCES orders (id),
    root_cause TEXT,
    corrective_action TEXT,
    action_owner TEXT,
    action_due_on TEXT,
    verified_on TEXT,
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX claims_number ON claims (number);
CREATE UNIQUE INDEX claims_sequence ON claims (year, sequence);
CREATE INDEX claims_of_account ON claims (account_id, id);
CREATE INDEX claims_of_shipment ON claims (shipment_id, id);
CREATE INDEX claims_of_order ON claims (order_id);
CREATE INDEX claims_of_invoice ON claims (invoice_id);
CREATE INDEX claims_of_credit_note ON claims (credit_note_id);
CREATE INDEX claims_of_replacement ON claims (replacement_id);
CREATE INDEX claims_by_answer ON claims (answer_by, id);
CREATE INDEX claims_of_account_by_answer ON claims (account_id, answer_by, id);

-- What of a line of the shipment is claimed, and what of that is accepted once it is decided.
CREATE TABLE claim_lines (
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    position INTEGER NOT NULL,
    order_line_id INTEGER NOT NULL REFERENCES order_lines (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    quantity INTEGER NOT NULL,
    base_quantity INTEGER NOT NULL CHECK (base_quantity > 0),
    accepted INTEGER,
    accepted_base INTEGER,
    accepted_net_minor INTEGER,
    reason TEXT,
    PRIMARY KEY (claim_id, position)
) STRICT;

CREATE INDEX claim_lines_of_product ON claim_lines (product_id, claim_id);
CREATE INDEX claim_lines_of_order_line ON claim_lines (order_line_id);

-- What either side says.
CREATE TABLE claim_messages (
    id INTEGER NOT NULL PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    side TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    written_at TEXT NOT NULL
) STRICT;

CREATE INDEX claim_messages_of_claim ON claim_messages (claim_id, id);

-- Photos and papers, kept in the database, which is all that several nodes share.
CREATE TABLE claim_files (
    id INTEGER NOT NULL PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    side TEXT NOT NULL,
    added_at TEXT NOT NULL,
    -- Last, so that the rest is read without it.
    content BLOB NOT NULL
) STRICT;

CREATE INDEX claim_files_of_claim ON claim_files (claim_id, id);
CREATE INDEX claim_files_of_account ON claim_files (account_id);

-- How many days the supplier has to answer: as a rule, and for an account that has another agreement.
ALTER TABLE supplier ADD COLUMN claim_answer_days INTEGER NOT NULL DEFAULT 5;
ALTER TABLE accounts ADD COLUMN claim_answer_days INTEGER;

CREATE TRIGGER claims_noted_insert AFTER INSERT ON claims BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'claims', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER claims_noted_update AFTER UPDATE ON claims BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'claims', NEW.id, COALESCE(NEW.account_id, 0), CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
