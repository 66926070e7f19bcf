-- Keys as they are compared: forms of a sign made one, invisible signs out, blanks folded, without case. The program fills
-- them, at once after this step; rows that an older program writes meanwhile have none yet. Of old rows that look alike
-- only the first has the compared form, the others a form of their own, so that each is found by exactly what it is.
ALTER TABLE accounts ADD COLUMN code_key TEXT;
CREATE UNIQUE INDEX accounts_code_key ON accounts (code_key);
ALTER TABLE price_lists ADD COLUMN code_key TEXT;
CREATE UNIQUE INDEX price_lists_code_key ON price_lists (code_key);
ALTER TABLE warehouses ADD COLUMN code_key TEXT;
CREATE UNIQUE INDEX warehouses_code_key ON warehouses (code_key);
ALTER TABLE products ADD COLUMN sku_key TEXT;
CREATE UNIQUE INDEX products_sku_key ON products (sku_key);
ALTER TABLE assortment ADD COLUMN part_key TEXT;
CREATE UNIQUE INDEX assortment_part_key ON assortment (account_id, part_key);
ALTER TABLE sale_units ADD COLUMN unit_key TEXT;
CREATE UNIQUE INDEX sale_units_general_key ON sale_units (product_id, unit_key) WHERE account_id IS NULL;
CREATE UNIQUE INDEX sale_units_of_account_key ON sale_units (product_id, unit_key, account_id) WHERE account_id IS NOT NULL;
