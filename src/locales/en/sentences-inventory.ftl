say-reserved-for-orders = { $reserved } are reserved for orders; cancel orders first or count again.
