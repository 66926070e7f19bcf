-- Products, their sale units and what each account sees of them.
CREATE TABLE products (
    id INTEGER NOT NULL PRIMARY KEY,
    sku TEXT NOT NULL,
    name TEXT NOT NULL,
    base_unit TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    tax_category TEXT NOT NULL,
    description TEXT,
    gtin TEXT,
    category TEXT,
    exclusive_account_id INTEGER REFERENCES accounts (id),
    lead_time_days INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX products_sku ON products (sku);
CREATE INDEX products_gtin ON products (gtin);
CREATE INDEX products_category ON products (category, sku);

-- Content = numerator / denominator base units. A row of an account replaces the general one.
CREATE TABLE sale_units (
    id INTEGER NOT NULL PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES products (id),
    account_id INTEGER REFERENCES accounts (id),
    unit TEXT NOT NULL,
    name TEXT NOT NULL,
    numerator INTEGER NOT NULL,
    denominator INTEGER NOT NULL,
    unit_code TEXT NOT NULL,
    gtin TEXT,
    min_quantity INTEGER NOT NULL DEFAULT 1,
    multiple INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE UNIQUE INDEX sale_units_general ON sale_units (product_id, unit) WHERE account_id IS NULL;
CREATE UNIQUE INDEX sale_units_of_account ON sale_units (product_id, unit, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX sale_units_gtin ON sale_units (gtin);

CREATE TABLE assortment (
    id INTEGER NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    product_id INTEGER NOT NULL REFERENCES products (id),
    customer_part_number TEXT,
    label_name TEXT,
    label_brand TEXT,
    label_gtin TEXT
) STRICT;
CREATE UNIQUE INDEX assortment_product ON assortment (account_id, product_id);
CREATE UNIQUE INDEX assortment_part_number ON assortment (account_id, customer_part_number);
CREATE INDEX assortment_label_gtin ON assortment (account_id, label_gtin);

-- Words of a product (id of the product) and of an assortment row (id of the row), see catalogue/rules.rs.
CREATE VIRTUAL TABLE search_words USING fts5 (words, tokenize = 'ascii', prefix = '2 3');
