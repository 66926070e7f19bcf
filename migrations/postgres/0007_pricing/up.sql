-- Price lists and their rows. Open validity is stored as the first and the last day there are.
CREATE TABLE price_lists (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    kind TEXT NOT NULL,
    account_id BIGINT REFERENCES accounts (id),
    tier TEXT,
    rank INTEGER NOT NULL DEFAULT 100,
    valid_from DATE NOT NULL DEFAULT '0001-01-01',
    valid_to DATE NOT NULL DEFAULT '9999-12-31'
);
CREATE UNIQUE INDEX price_lists_code ON price_lists (code);
CREATE INDEX price_lists_of_account ON price_lists (account_id);
CREATE INDEX price_lists_of_kind ON price_lists (kind, tier) WHERE account_id IS NULL;

CREATE TABLE prices (
    id BIGINT NOT NULL PRIMARY KEY,
    price_list_id BIGINT NOT NULL REFERENCES price_lists (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    unit TEXT COLLATE "C" NOT NULL,
    min_quantity BIGINT NOT NULL,
    price_micros BIGINT NOT NULL,
    price_base INTEGER NOT NULL DEFAULT 1,
    valid_from DATE NOT NULL DEFAULT '0001-01-01',
    valid_to DATE NOT NULL DEFAULT '9999-12-31'
);
-- Looked up by product and list; also the key of a row.
CREATE UNIQUE INDEX prices_key ON prices (product_id, price_list_id, unit, min_quantity, valid_from);
-- The rows of one list, page by page.
CREATE INDEX prices_of_list ON prices (price_list_id, product_id);
