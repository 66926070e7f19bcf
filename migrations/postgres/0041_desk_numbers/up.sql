-- What the desk counts and filters among everything there ever was.
CREATE INDEX order_lines_open ON order_lines (order_id, backordered, reserved, promised_on)
    WHERE backordered > 0 OR reserved > 0;
CREATE INDEX open_items_unpaid ON open_items (invoice_id, due_on, account_id) WHERE open_minor > 0;
ALTER TABLE audit_entries ALTER COLUMN action TYPE TEXT COLLATE "C";
CREATE INDEX audit_entries_of_action ON audit_entries (action, id);

-- What of a payment has settled no invoice.
ALTER TABLE payments ADD COLUMN unapplied_minor BIGINT NOT NULL DEFAULT 0 CHECK (unapplied_minor >= 0);
UPDATE payments SET unapplied_minor = amount_minor
    - (SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS BIGINT) FROM payment_applications a WHERE a.payment_id = payments.id);
CREATE INDEX payments_unmatched ON payments (id) WHERE unapplied_minor > 0 AND reversed_at IS NULL;
