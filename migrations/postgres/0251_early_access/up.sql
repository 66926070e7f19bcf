-- Articles and categories that some see and order earlier. `what` and `whose` are the keys of a row: `product:ID` or
-- `category:NAME`, and `account:ID`, `tier:NAME` or nothing for everybody.
CREATE TABLE early_access (
    id BIGINT NOT NULL PRIMARY KEY,
    what TEXT COLLATE "C" NOT NULL,
    whose TEXT COLLATE "C" NOT NULL,
    product_id BIGINT REFERENCES products (id),
    category TEXT COLLATE "C",
    account_id BIGINT REFERENCES accounts (id),
    tier TEXT COLLATE "C",
    from_day DATE NOT NULL,
    CHECK ((product_id IS NULL) <> (category IS NULL)),
    CHECK (account_id IS NULL OR tier IS NULL)
);
CREATE UNIQUE INDEX early_access_key ON early_access (what, whose);
CREATE INDEX early_access_of_product ON early_access (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX early_access_of_category ON early_access (category) WHERE category IS NOT NULL;
CREATE INDEX early_access_of_account ON early_access (account_id) WHERE account_id IS NOT NULL;

-- Who sees an article, or from when it is ordered, is another: the catalogue of everybody who might see it.
CREATE FUNCTION note_early_access() RETURNS trigger LANGUAGE plpgsql AS '
DECLARE at_us BIGINT := clock_us();
BEGIN
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''early_access'', r.id, 0, at_us FROM told r ORDER BY r.id
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    INSERT INTO changes (list, id, account_id, changed_us)
        SELECT ''catalogue'', p.id, COALESCE(p.exclusive_account_id, 0), at_us FROM told r JOIN products p ON p.id = r.product_id
        UNION SELECT ''catalogue'', p.id, COALESCE(p.exclusive_account_id, 0), at_us FROM told r JOIN products p ON p.category = r.category
        ORDER BY 2, 3
        ON CONFLICT (list, id, account_id) DO UPDATE SET changed_us = excluded.changed_us;
    RETURN NULL;
END';
CREATE TRIGGER early_access_noted_insert AFTER INSERT ON early_access REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_early_access();
CREATE TRIGGER early_access_noted_update AFTER UPDATE ON early_access REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_early_access();
CREATE TRIGGER early_access_noted_delete AFTER DELETE ON early_access REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_early_access();
