-- Lists of an account: each sort walks one index that also holds what the list filters by, so that no row is read for
-- what isn't shown.
CREATE INDEX orders_by_day ON orders (account_id, placed_on, id, state, site_id, number, po_key);
CREATE INDEX orders_by_wish ON orders (account_id, (COALESCE(requested_on, DATE '9999-12-31')), id, state, site_id, placed_on, number, po_key);
CREATE INDEX orders_by_state ON orders (account_id, state);
CREATE INDEX shipments_by_state ON shipments (account_id, state, id);
CREATE INDEX invoices_by_day ON invoices (account_id, issued_on, id, number, po_number, order_number);
