DROP INDEX invoices_by_day;
DROP INDEX shipments_by_state;
DROP INDEX orders_by_state;
DROP INDEX orders_by_wish;
DROP INDEX orders_by_day;
