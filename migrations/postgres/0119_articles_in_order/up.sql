-- The number as lists sort it, its groups of digits by their value. The program fills it, at once after this step; a product that
-- an older program makes meanwhile has none yet and is in no list until housekeeping has filled it.
ALTER TABLE products ADD COLUMN sku_order TEXT COLLATE "C";
CREATE UNIQUE INDEX products_sku_order ON products (sku_order);
