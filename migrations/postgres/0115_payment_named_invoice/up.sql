-- The invoice it was booked for, where somebody named one.
ALTER TABLE payments ADD COLUMN invoice_id BIGINT;
