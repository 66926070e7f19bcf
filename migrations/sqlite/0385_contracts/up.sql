-- What supplier and account agreed on. `first_to` is the last day of the first term, `valid_to` of the last one there is so far.
CREATE TABLE contracts (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    first_to TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    notice_days INTEGER,
    renewal TEXT NOT NULL,
    renewal_months INTEGER,
    payment_terms_days INTEGER,
    free_freight_minor INTEGER,
    state TEXT NOT NULL,
    -- The terms as they were offered, in JSON: what is accepted, countersigned and printed.
    offered_terms TEXT,
    offered_at TEXT,
    accepted_at TEXT,
    -- The name that was given with the acceptance, who gave it, and the sentence it stands below.
    accepted_by TEXT,
    accepted_actor TEXT,
    accepted_text TEXT,
    signed_at TEXT,
    signed_by TEXT,
    -- The last day, where the contract ends before its time.
    ends_on TEXT,
    end_reason TEXT,
    CHECK (first_to >= valid_from AND valid_to >= first_to)
) STRICT;
CREATE UNIQUE INDEX contracts_code ON contracts (code);
CREATE INDEX contracts_of_account ON contracts (account_id, code);
CREATE INDEX contracts_in_force ON contracts (account_id, valid_from) WHERE state = 'active';
CREATE INDEX contracts_by_state ON contracts (state, valid_to);

-- What the account commits itself to buy in each period: minor units, or millionths of the article's base unit.
CREATE TABLE commitments (
    id INTEGER NOT NULL PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope TEXT NOT NULL,
    product_id INTEGER REFERENCES products (id),
    category TEXT,
    period TEXT NOT NULL,
    committed INTEGER NOT NULL CHECK (committed > 0),
    -- Millionths: of the value that is missing, or of the currency for a base unit that is.
    shortfall_micros INTEGER,
    CHECK ((scope = 'sku') = (product_id IS NOT NULL)),
    CHECK ((scope = 'category') = (category IS NOT NULL)),
    CHECK (kind = 'value' OR scope = 'sku')
) STRICT;
CREATE UNIQUE INDEX commitments_code ON commitments (contract_id, code);
CREATE INDEX commitments_of_account ON commitments (account_id, contract_id);
CREATE INDEX commitments_of_product ON commitments (product_id) WHERE product_id IS NOT NULL;

-- What was told of a contract, each once.
CREATE TABLE contract_warnings (
    contract_id INTEGER NOT NULL REFERENCES contracts (id),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    what TEXT NOT NULL,
    told_at TEXT NOT NULL,
    PRIMARY KEY (contract_id, what)
) STRICT;
CREATE INDEX contract_warnings_of_account ON contract_warnings (account_id, contract_id);

-- A price list that names its contract applies only while that is in force.
ALTER TABLE price_lists ADD COLUMN contract_id INTEGER REFERENCES contracts (id);
CREATE INDEX price_lists_of_contract ON price_lists (contract_id) WHERE contract_id IS NOT NULL;

-- What others see change; an account sees no draft.
CREATE TRIGGER contracts_noted_insert AFTER INSERT ON contracts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'contracts', NEW.id, CASE WHEN NEW.state = 'draft' THEN 0 ELSE NEW.account_id END, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER contracts_noted_update AFTER UPDATE ON contracts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'contracts', NEW.id, CASE WHEN NEW.state = 'draft' THEN 0 ELSE NEW.account_id END, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
CREATE TRIGGER contracts_noted_delete AFTER DELETE ON contracts BEGIN
    INSERT INTO changes (list, id, account_id, changed_us) SELECT 'contracts', OLD.id, CASE WHEN OLD.state = 'draft' THEN 0 ELSE OLD.account_id END, CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000 WHERE true
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
END;
