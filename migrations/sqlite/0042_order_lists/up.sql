-- Lists of orders in one state, of an account and of everybody, and of everybody's orders go by the day of placing along
-- an index each.
DROP INDEX orders_by_state;
CREATE INDEX orders_by_state ON orders (account_id, state, placed_on, id);
DROP INDEX orders_of_state;
CREATE INDEX orders_of_state ON orders (state, placed_on, id);
CREATE INDEX orders_by_placing ON orders (placed_on, id);
