DROP TABLE delivery_proofs;
ALTER TABLE shipments DROP COLUMN received_by;
