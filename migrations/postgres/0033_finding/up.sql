-- What people look for first: orders that are not over, and shipments by what their carrier calls them.
CREATE INDEX orders_open ON orders (account_id, state, id)
    WHERE state IN ('pending_approval', 'on_hold', 'placed', 'accepted', 'partly_shipped', 'shipped');
CREATE INDEX shipments_tracking ON shipments (account_id, tracking_number) WHERE tracking_number IS NOT NULL;
