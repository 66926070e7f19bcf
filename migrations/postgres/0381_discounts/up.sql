-- What is taken off the price of a line, in the order of `position` and code. `value` is parts per million, or millionths of the
-- currency for each base unit. Without an account it is every account's.
CREATE TABLE discounts (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    code_key TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('percent', 'amount')),
    value BIGINT NOT NULL CHECK (value > 0),
    mode TEXT COLLATE "C" NOT NULL CHECK (mode IN ('compound', 'additive')),
    account_id BIGINT REFERENCES accounts (id),
    category TEXT COLLATE "C",
    order_class TEXT COLLATE "C",
    currency TEXT COLLATE "C",
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    CHECK (kind <> 'percent' OR value <= 1000000),
    CHECK ((kind = 'amount') = (currency IS NOT NULL)),
    CHECK (valid_from <= valid_to)
);
CREATE UNIQUE INDEX discounts_code ON discounts (code);
CREATE UNIQUE INDEX discounts_code_key ON discounts (code_key);
CREATE INDEX discounts_of_account ON discounts (account_id);

CREATE TRIGGER discounts_noted_insert AFTER INSERT ON discounts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('discounts');
CREATE TRIGGER discounts_noted_update AFTER UPDATE ON discounts REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('discounts');
CREATE TRIGGER discounts_noted_delete AFTER DELETE ON discounts REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('discounts');
