-- What buyers decide about an order of which there is not enough at once.
ALTER TABLE orders ADD COLUMN delivery TEXT NOT NULL DEFAULT 'partial';
ALTER TABLE orders ADD COLUMN backorder TEXT NOT NULL DEFAULT 'wait';
ALTER TABLE orders ADD COLUMN cancel_after DATE;
CREATE INDEX orders_cancel_after ON orders (cancel_after, id) WHERE cancel_after IS NOT NULL;

ALTER TABLE drafts ADD COLUMN delivery TEXT NOT NULL DEFAULT 'partial';
ALTER TABLE drafts ADD COLUMN backorder TEXT NOT NULL DEFAULT 'wait';
ALTER TABLE drafts ADD COLUMN cancel_after DATE;
