DROP INDEX shipments_tracking;
DROP INDEX orders_open;
