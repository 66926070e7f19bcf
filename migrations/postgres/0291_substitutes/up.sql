-- What is offered instead of an article: its successor, or an alternative. The ratio is how many base units of the substitute
-- stand for one base unit of the article, in millionths.
CREATE TABLE substitutes (
    id BIGINT NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL REFERENCES products (id),
    substitute_id BIGINT NOT NULL REFERENCES products (id),
    kind TEXT COLLATE "C" NOT NULL,
    ratio_micros BIGINT NOT NULL CHECK (ratio_micros > 0),
    CHECK (product_id <> substitute_id)
);
CREATE UNIQUE INDEX substitutes_key ON substitutes (product_id, substitute_id);
CREATE INDEX substitutes_by_substitute ON substitutes (substitute_id);

CREATE TRIGGER substitutes_noted_insert AFTER INSERT ON substitutes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('substitutes');
CREATE TRIGGER substitutes_noted_update AFTER UPDATE ON substitutes REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('substitutes');
CREATE TRIGGER substitutes_noted_delete AFTER DELETE ON substitutes REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('substitutes');
