-- The pack that a line without a unit means; at most one of a product for all, and one for each account.
ALTER TABLE sale_units ADD COLUMN is_default INTEGER NOT NULL DEFAULT FALSE;
