-- What an account usually decides about what is not there; an order says otherwise, and a line of it where that differs.
ALTER TABLE accounts ADD COLUMN delivery TEXT NOT NULL DEFAULT 'partial';
ALTER TABLE accounts ADD COLUMN backorder TEXT NOT NULL DEFAULT 'wait';
ALTER TABLE accounts ADD COLUMN cancel_after_days INTEGER;

ALTER TABLE order_lines ADD COLUMN delivery TEXT;
ALTER TABLE order_lines ADD COLUMN backorder TEXT;
ALTER TABLE order_lines ADD COLUMN cancel_after DATE;
CREATE INDEX order_lines_cancel_after ON order_lines (cancel_after, order_id) WHERE cancel_after IS NOT NULL;

ALTER TABLE draft_lines ADD COLUMN delivery TEXT;
ALTER TABLE draft_lines ADD COLUMN backorder TEXT;
ALTER TABLE draft_lines ADD COLUMN cancel_after DATE;

-- A draft follows its account until somebody decides otherwise for it.
ALTER TABLE drafts ADD COLUMN has_choices BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE drafts SET has_choices = TRUE WHERE delivery <> 'partial' OR backorder <> 'wait' OR cancel_after IS NOT NULL;

-- What waits until a day is called so.
UPDATE drafts SET backorder = 'until' WHERE cancel_after IS NOT NULL AND backorder = 'wait';
UPDATE orders SET backorder = 'until' WHERE cancel_after IS NOT NULL AND backorder = 'wait';
