DROP INDEX open_items_due_of_all;
DROP INDEX invoices_by_issue;
