-- By which way an order came, where that is told; null for all others.
ALTER TABLE orders ADD COLUMN source TEXT;
