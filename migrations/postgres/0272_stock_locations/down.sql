ALTER TABLE stock DROP COLUMN location;
