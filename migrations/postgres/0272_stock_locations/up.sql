-- Where in its warehouse a product lies.
ALTER TABLE stock ADD COLUMN location TEXT COLLATE "C";
