# Entitlements
entitlements = Entitlements
entitlements-lead = Who may use the order classes above standard, how often a month. As soon as somebody is entitled to a class, all others may not use it.
entitlements-none = Nobody is entitled yet, so everybody may use every class.
entitlements-shown = { $count ->
    [one] { $count } entitlement
   *[other] { $count } entitlements
}
entitlement-add = Add an entitlement
entitlement-add-do = Add
entitlement-added = The entitlement is added.
entitlement-changed = The entitlement is changed.
entitlement-removed = The entitlement is taken away.
entitlement-whose = For
entitlement-tier = Tier
entitlement-no-tier = No tier
entitlement-account = Account
entitlement-account-hint = Its code, instead of a tier
entitlement-of-tier = All of tier { $tier }
entitlement-order-class = Order class
entitlement-per-month = Orders a month
entitlement-per-month-hint = Empty: as many as wanted; 0: none
entitlement-lines-max = Most lines
entitlement-lines-max-hint = Empty: as many as an order may have
entitlement-any-number = any number
entitlement-title = { $class }: { $whose }
entitlement-save = Save
entitlement-remove = Take it away
entitlement-remove-text = From then on the class may be used only by others who are entitled to it; by everybody, once nobody is.
entitlement-remove-do = Take away
entitlement-none = not for your account
entitlement-left = { $left } of { $of } left this month
entitlement-and-lines = { $lines ->
    [one] { $text }, at most { $lines } line
   *[other] { $text }, at most { $lines } lines
}
entitlement-class = { $class } ({ $left })
entitlement-if-not = If the class can't be had
entitlement-if-not-refuse = Don't place the order
entitlement-if-not-standard = Place it as standard
entitlement-as-standard = The class can't be had: the order will be placed as standard.
acct-entitlements = Order classes this month
acct-list-entitlements = Own entitlements

# Early access
nav-entitlements = Order classes
nav-early-access = Early access
early-lead = Articles and categories that some see and order earlier than others. What has a row is seen only by whom a row names; a row without tier and account names everybody.
early-none = Nothing has early access; everybody sees and orders what their assortment has.
early-shown = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
early-add = Give early access
early-add-do = Give
early-added = Early access is given.
early-changed = The day is changed.
early-removed = Early access is taken away.
early-sku-hint = Or else a category
early-field-category = Category
early-no-tier = No tier
early-account-hint = Its code; without tier and account everybody
early-what = Article or category
early-category = Category { $name }
early-everybody = Everybody
early-from = Can be ordered from
early-change = Change
early-change-of = Change { $what } for { $whose }
early-title = { $what }: { $whose }
early-save = Save
early-remove = Take it away
early-remove-text = Once the last row of an article is gone, everybody sees and orders it at once.
early-remove-do = Take away
offer-coming = Coming { $day }
product-coming = It can be ordered from { $day }.
