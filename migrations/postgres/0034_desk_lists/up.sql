-- What the desk asks for among everything that was ever shipped and paid.
CREATE INDEX order_lines_unbilled ON order_lines (order_id) WHERE shipped > invoiced;
CREATE INDEX shipments_of_state ON shipments (state, id);
DROP INDEX payment_applications_of_payment;
CREATE INDEX payment_applications_of_payment ON payment_applications (payment_id, amount_minor);
