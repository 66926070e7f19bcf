ALTER TABLE sale_units DROP COLUMN is_default;
