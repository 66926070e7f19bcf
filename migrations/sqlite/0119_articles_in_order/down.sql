DROP INDEX products_sku_order;
ALTER TABLE products DROP COLUMN sku_order;
