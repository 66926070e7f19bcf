DROP TABLE substitute_proposals;
DROP INDEX order_lines_instead;
ALTER TABLE order_lines DROP COLUMN instead_of_quantity;
ALTER TABLE order_lines DROP COLUMN instead_of_id;
