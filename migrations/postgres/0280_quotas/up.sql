-- Stock that is kept for an account or for the accounts of a tier together, of an article or of each article of a category.
CREATE TABLE quotas (
    id BIGINT NOT NULL PRIMARY KEY,
    code TEXT COLLATE "C" NOT NULL,
    product_id BIGINT REFERENCES products (id),
    category TEXT COLLATE "C",
    account_id BIGINT REFERENCES accounts (id),
    tier TEXT,
    period TEXT NOT NULL,
    quantity_micros BIGINT NOT NULL CHECK (quantity_micros > 0),
    released_after_days INTEGER CHECK (released_after_days >= 0),
    freed_until DATE,
    CHECK ((product_id IS NULL) <> (category IS NULL)),
    CHECK ((account_id IS NULL) <> (tier IS NULL))
);
CREATE UNIQUE INDEX quotas_code ON quotas (code);
CREATE INDEX quotas_of_product ON quotas (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX quotas_of_category ON quotas (category) WHERE category IS NOT NULL;
CREATE INDEX quotas_of_account ON quotas (account_id) WHERE account_id IS NOT NULL;

-- What lines drew of a quota in the period that begins on a day. What a line gave back since counts no more: of each row no more
-- is drawn than the line has.
CREATE TABLE quota_uses (
    quota_id BIGINT NOT NULL REFERENCES quotas (id),
    starts_on DATE NOT NULL,
    order_line_id BIGINT NOT NULL REFERENCES order_lines (id),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (quota_id, starts_on, order_line_id)
);
CREATE INDEX quota_uses_of_line ON quota_uses (order_line_id);

-- How an article, or what has no mode of its own in a category, is shared where it does not suffice.
CREATE TABLE allocation_modes (
    id BIGINT NOT NULL PRIMARY KEY,
    product_id BIGINT REFERENCES products (id),
    category TEXT COLLATE "C",
    mode TEXT NOT NULL,
    CHECK ((product_id IS NULL) <> (category IS NULL))
);
CREATE UNIQUE INDEX allocation_modes_of_product ON allocation_modes (product_id) WHERE product_id IS NOT NULL;
CREATE UNIQUE INDEX allocation_modes_of_category ON allocation_modes (category) WHERE category IS NOT NULL;

-- What others see change.
CREATE TRIGGER quotas_noted_insert AFTER INSERT ON quotas REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('quotas');
CREATE TRIGGER quotas_noted_update AFTER UPDATE ON quotas REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('quotas');
CREATE TRIGGER quotas_noted_delete AFTER DELETE ON quotas REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('quotas');
CREATE TRIGGER allocation_modes_noted_insert AFTER INSERT ON allocation_modes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('allocation_modes');
CREATE TRIGGER allocation_modes_noted_update AFTER UPDATE ON allocation_modes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('allocation_modes');
CREATE TRIGGER allocation_modes_noted_delete AFTER DELETE ON allocation_modes REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('allocation_modes');
