DROP INDEX orders_by_placing;
DROP INDEX orders_of_state;
CREATE INDEX orders_of_state ON orders (state, id);
DROP INDEX orders_by_state;
CREATE INDEX orders_by_state ON orders (account_id, state);
