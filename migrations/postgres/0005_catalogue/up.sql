-- Products, their sale units and what each account sees of them.
CREATE TABLE products (
    id BIGINT NOT NULL PRIMARY KEY,
    sku TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    base_unit TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    tax_category TEXT NOT NULL,
    description TEXT,
    gtin TEXT COLLATE "C",
    category TEXT COLLATE "C",
    exclusive_account_id BIGINT REFERENCES accounts (id),
    lead_time_days INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX products_sku ON products (sku);
CREATE INDEX products_gtin ON products (gtin);
CREATE INDEX products_category ON products (category, sku);

-- Content = numerator / denominator base units. A row of an account replaces the general one.
CREATE TABLE sale_units (
    id BIGINT NOT NULL PRIMARY KEY,
    product_id BIGINT NOT NULL REFERENCES products (id),
    account_id BIGINT REFERENCES accounts (id),
    unit TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    unit_code TEXT NOT NULL,
    gtin TEXT COLLATE "C",
    min_quantity BIGINT NOT NULL DEFAULT 1,
    multiple BIGINT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX sale_units_general ON sale_units (product_id, unit) WHERE account_id IS NULL;
CREATE UNIQUE INDEX sale_units_of_account ON sale_units (product_id, unit, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX sale_units_gtin ON sale_units (gtin);

CREATE TABLE assortment (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    product_id BIGINT NOT NULL REFERENCES products (id),
    customer_part_number TEXT COLLATE "C",
    label_name TEXT,
    label_brand TEXT,
    label_gtin TEXT COLLATE "C"
);
CREATE UNIQUE INDEX assortment_product ON assortment (account_id, product_id);
CREATE UNIQUE INDEX assortment_part_number ON assortment (account_id, customer_part_number);
CREATE INDEX assortment_label_gtin ON assortment (account_id, label_gtin);

-- Words of a product (id of the product) and of an assortment row (id of the row), see catalogue/rules.rs.
CREATE TABLE search_words (id BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_words_index ON search_words USING gin (words) WITH (fastupdate = off);
