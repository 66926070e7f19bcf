-- The gross (the net while the supplier has no country) of what was called off of an order that goes on.
ALTER TABLE orders ADD COLUMN cancelled_minor INTEGER NOT NULL DEFAULT 0;
