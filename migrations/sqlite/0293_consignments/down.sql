DROP INDEX shipments_of_consignment;
ALTER TABLE shipments DROP COLUMN consignment_id;
DROP TABLE consignments;
