DROP INDEX orders_cancel_after;
ALTER TABLE drafts DROP COLUMN cancel_after;
ALTER TABLE drafts DROP COLUMN backorder;
ALTER TABLE drafts DROP COLUMN delivery;
ALTER TABLE orders DROP COLUMN cancel_after;
ALTER TABLE orders DROP COLUMN backorder;
ALTER TABLE orders DROP COLUMN delivery;
