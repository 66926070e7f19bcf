ALTER TABLE products DROP COLUMN state;
