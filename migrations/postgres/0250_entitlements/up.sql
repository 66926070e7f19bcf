-- Who may use which order class, how often a month. `whose` is the key of whom a row is for: `account:ID` or `tier:NAME`.
CREATE TABLE entitlements (
    id BIGINT NOT NULL PRIMARY KEY,
    whose TEXT COLLATE "C" NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    tier TEXT COLLATE "C",
    order_class TEXT COLLATE "C" NOT NULL CHECK (order_class IN ('critical', 'priority')),
    per_month BIGINT CHECK (per_month >= 0),
    lines_max BIGINT CHECK (lines_max > 0),
    CHECK ((account_id IS NULL) <> (tier IS NULL))
);
CREATE UNIQUE INDEX entitlements_key ON entitlements (whose, order_class);
CREATE INDEX entitlements_of_account ON entitlements (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX entitlements_of_class ON entitlements (order_class);

-- What an account used of a class: orders of the standard class are never counted.
CREATE INDEX orders_of_class ON orders (account_id, order_class, placed_at) WHERE order_class <> 'standard';

-- What becomes of a draft whose class the account may not use: it is refused, or placed as standard.
ALTER TABLE drafts ADD COLUMN if_not_entitled TEXT NOT NULL DEFAULT 'refuse';

CREATE TRIGGER entitlements_noted_insert AFTER INSERT ON entitlements REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('entitlements');
CREATE TRIGGER entitlements_noted_update AFTER UPDATE ON entitlements REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('entitlements');
CREATE TRIGGER entitlements_noted_delete AFTER DELETE ON entitlements REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('entitlements');
