-- What products cost the supplier, and how little may be earned of them. None of it is ever told to an account.
CREATE TABLE product_costs (
    id BIGINT NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL REFERENCES products (id),
    currency TEXT COLLATE "C" NOT NULL,
    valid_from DATE NOT NULL DEFAULT '0001-01-01',
    -- Millionths of the major unit for one base unit.
    cost_micros BIGINT NOT NULL
);
CREATE UNIQUE INDEX product_costs_key ON product_costs (product_id, currency, valid_from);

CREATE TABLE margin_floors (
    id BIGINT NOT NULL PRIMARY KEY,
    -- Empty: of all categories without one of their own.
    category TEXT COLLATE "C" NOT NULL,
    percent_ppm BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX margin_floors_category ON margin_floors (category);

CREATE TRIGGER product_costs_noted_insert AFTER INSERT ON product_costs REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('product_costs');
CREATE TRIGGER product_costs_noted_update AFTER UPDATE ON product_costs REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('product_costs');
CREATE TRIGGER product_costs_noted_delete AFTER DELETE ON product_costs REFERENCING OLD TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION note_rows('product_costs');
