# Entitlements
say-not-entitled = Your account may not use the class { $order_class }. Order as standard, or ask your contact.
say-entitlement-used-up = { $per_month-count ->
    [one] The one order of the class { $order_class } that a month has is used. Order as standard, or wait until { $resets_on }.
   *[other] { $used } of { $per_month } orders of the class { $order_class } are used this month. Order as standard, or wait until { $resets_on }.
}
say-entitlement-lines = { $lines_max-count ->
    [one] { $lines } lines are too many: an order of the class { $order_class } may have one. Split the order, or order as standard.
   *[other] { $lines } lines are more than the { $lines_max } that an order of the class { $order_class } may have. Split the order, or order as standard.
}
say-entitlement-exists = There is an entitlement to the class { $order_class } for this account or tier already; change that one.
say-tier-or-account = Name either a tier or an account.

# Early access
say-not-yet-orderable = { $sku } can be ordered from { $from }.
say-sku-or-category = Name either an article or a category.
say-tier-or-account-or-all = Name a tier, or an account, or neither for everybody.
say-early-access-exists = There is early access to this for the same accounts already; change that row.
