-- Everybody's invoices by the day of issue, and everybody's open ones by the day they are due.
CREATE INDEX invoices_by_issue ON invoices (issued_on, id);
CREATE INDEX open_items_due_of_all ON open_items (due_on, invoice_id) WHERE open_minor > 0;
