DROP INDEX payment_applications_of_payment;
CREATE INDEX payment_applications_of_payment ON payment_applications (payment_id);
DROP INDEX shipments_of_state;
DROP INDEX order_lines_unbilled;
