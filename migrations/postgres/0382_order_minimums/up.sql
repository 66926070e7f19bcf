-- What an order of an account must come to at least, without tax; minor units of the account's currency.
CREATE TABLE order_minimums (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    minimum_minor BIGINT NOT NULL CHECK (minimum_minor > 0)
);
CREATE UNIQUE INDEX order_minimums_account ON order_minimums (account_id);

CREATE TRIGGER order_minimums_noted_insert AFTER INSERT ON order_minimums REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('order_minimums');
CREATE TRIGGER order_minimums_noted_update AFTER UPDATE ON order_minimums REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('order_minimums');
CREATE TRIGGER order_minimums_noted_delete AFTER DELETE ON order_minimums REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('order_minimums');
