DROP INDEX payments_unmatched;
ALTER TABLE payments DROP COLUMN unapplied_minor;
DROP INDEX audit_entries_of_action;
ALTER TABLE audit_entries ALTER COLUMN action TYPE TEXT;
DROP INDEX open_items_unpaid;
DROP INDEX order_lines_open;
