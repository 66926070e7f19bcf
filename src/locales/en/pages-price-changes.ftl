# Costs, margin floors and price changes on the desk
nav-costs = Costs and floors
nav-price-changes = Price changes
costs = Costs and floors
costs-lead = What products cost, and how little may be earned of them. Accounts are never told.
costs-none = No costs yet. Import costs.csv, or add one.
costs-none-found = No cost matches.
costs-shown = { $count ->
    [one] { $count } cost
   *[other] { $count } costs
}
cost = Cost
cost-hint = Of one base unit, without tax
cost-add = Add a cost
cost-keep = Keep the cost
cost-kept = The cost is kept.
margin-floors = Margin floors
margin-floors-none = No floor yet.
margin-floor-all = All categories
margin-floor-category = Category
margin-floor-category-hint = Of all without a floor of their own, if you leave it empty
margin-floor-percent = At least, in per cent
margin-floor-percent-hint = Of the price without tax. Leave it empty to take the floor away.
margin-floor-action = What is under it
margin-floor-change = Set or take away a floor
margin-floor-do = Set the floor
margin-floor-set = The floors are set.
margin-action-warn = Is told
margin-action-block = Is not approved
price-changes-lead = Prices that are to hold from a day on: looked at before, approved by another person, taken back to exactly what was.
price-changes-none = No price changes yet.
price-changes-shown = { $count ->
    [one] { $count } price change
   *[other] { $count } price changes
}
price-change-new = New price change
price-change-new-lead = First its name and its day; its rows come next: typed, pasted, as a file, or by a rule.
price-change-create = Plan it
price-change-created = The price change is planned. Now put rows into it.
price-change-title = Name
price-change-day = Holds from
price-change-note = Why
price-change-notice = Tell buyers
price-change-notice-hint = So many days before, the buyers of accounts whose contract or list changes get a mail with old and new prices. Nobody is told if you leave it empty.
price-change-notice-days = { $days ->
    [one] One day before
   *[other] { $days } days before
}
price-change-rows = Rows
price-change-row-count = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
price-change-rows-of = Rows of { $title }
price-change-rows-none = No rows yet.
price-change-rows-shown = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
price-change-back = Back to the price change
price-change-list = List
price-change-was = Without it
price-change-becomes = With it
price-change-outcome = Outcome
price-change-outcome-applied = In the list
price-change-outcome-undone = Taken back
price-change-outcome-kept = Left: changed since
price-change-made = Planned
price-change-submitted = Sent in
price-change-decided = Decided
price-change-decision-note = Note on the decision
price-change-applied = In the lists since
price-change-rolled-back = Taken back
price-change-state-draft = Draft
price-change-state-submitted = Waits for approval
price-change-state-rejected = Rejected
price-change-state-approved = Going into the lists
price-change-state-applied = In the lists
price-change-state-rolling-back = Being taken back
price-change-state-rolled-back = Taken back
price-change-put = Rows
price-change-put-do = Put these rows
price-change-by-rule = By a rule
price-change-lists = Price lists
price-change-lists-hint = Their codes, with commas between them
price-change-categories = Categories
price-change-categories-hint = With commas between them; all, if you leave it empty
price-change-percent = Percent
price-change-percent-hint = Also below zero
price-change-amount = Or an amount
price-change-amount-hint = Added to each price, also below zero
price-change-rounding = Rounded to
price-change-rounding-hint = 0.05 is to multiples of it; 0.09 or 0.99 is to prices that end so
price-change-paste = Type or paste rows
price-change-pasted = Rows
price-change-pasted-hint = With a header: price_list, sku, unit, min_quantity, price, and price_base if need be; from a spreadsheet or with commas
price-change-upload = Take a file
price-change-file = File
price-change-edit = Name and day
price-change-clear = Take all rows out
price-change-cleared = All rows are out.
price-change-planned = The price change is another one now.
price-change-rows-put = The rows are there.
price-change-preview = What it comes to
price-change-preview-do = Work out what it comes to
price-change-previewing = It is being worked out. Look again in a moment.
price-change-preview-runs = It is being worked out; these are the accounts so far.
price-change-preview-of = With the quantities of the last twelve months, worked out { $at }.
price-change-not-previewed = Not worked out since its rows changed. It must be before it is sent in.
price-change-accounts = accounts touched
price-change-lines = Lines
price-change-under-floor = Under the floor
price-change-drafts = open drafts whose price moves
price-change-before = Before
price-change-after = After
price-change-difference = Difference
price-change-margin = Margin
price-change-contracts = Contracts it would break
price-change-broken = { $rows ->
    [one] { $list }: one price rises while it holds
   *[other] { $list }: { $rows } prices rise while it holds
}
price-change-more = { $accounts ->
    [one] One more account is in the file.
   *[other] { $accounts } more accounts are in the file.
}
price-change-submit = Send in for approval
price-change-sent-in = It waits for the approval of another person.
price-change-own = It waits for another person: whoever made it, changed its rows or sent it in does not approve it.
price-change-decide = Decide
price-change-approve = Approve
price-change-approved = Its rows go into the lists.
price-change-reject = Reject
price-change-rejected = It is back with its authors.
price-change-roll-back = Take it back
price-change-rolling-back = It is being taken back.
price-field-price-change = Price change
price-field-reason = Reason
audit-cost-keep = Kept what a product costs
audit-cost-remove = Forgot what a product costs
audit-margin-floors-set = Set the margin floors
audit-price-change-announce = Told buyers of a price change
audit-price-change-apply = Put the rows of a price change into the lists
audit-price-change-approve = Approved a price change
audit-price-change-change = Changed the plan of a price change
audit-price-change-create = Planned a price change
audit-price-change-reject = Rejected a price change
audit-price-change-roll-back = Took a price change back
audit-price-change-rows = Changed the rows of a price change
audit-price-change-submit = Sent a price change in
audit-price-change-undo = Took the rows of a price change out of the lists
mail-prices-announced-subject = Prices of { $list } from { $day }
mail-prices-announced-headline = { $count ->
    [one] One price of { $list } is another from { $day } on.
   *[other] { $count } prices of { $list } are others from { $day } on.
}
mail-prices-announced-next = Orders that are placed before keep the prices they are placed at.
mail-prices-announced-old = Until then
mail-prices-announced-new = From then on
mail-prices-announced-more = { $count ->
    [one] One more price changes.
   *[other] { $count } more prices change.
}
mail-prices-announced-link = See the catalogue
desk-mail-kind-prices-announced = Prices to come
notify-kind-prices-announced = Prices to come
notify-about-prices-announced = Prices of your contract or list that will be others
webhook-kind-price-list-announced = Prices to come announced
price-reason = Reason
price-reason-hint = Asked for where a price of one account is below list or floor, once floors are kept
price-margin = { $percent } % margin
price-program = What the account gets already, in the last twelve months
price-program-invoiced = Invoiced, without tax
price-program-rebates = Rebates
price-program-credits = Credited for prices
price-program-discounts = Cash discounts
