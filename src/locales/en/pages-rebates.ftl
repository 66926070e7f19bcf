nav-rebate-agreements = Rebates
rebates = Rebates
rebates-lead = What you get back of what you buy. It is counted as it is invoiced, and paid by credit note once a period is over.
rebates-none = No rebate is agreed with you.
rebates-shown = { $count ->
    [one] One period
   *[other] { $count } periods
}
rebate-name = Rebate
rebate-code = Code
rebate-code-hint = How you call it; it stays.
rebate-period-days = Period
rebate-turnover = Turnover
rebate-rate = Tier
rebate-accrued = Earned
rebate-next = Next tier
rebate-settled = Paid
rebate-open = Not paid yet
rebate-left = { $amount } not paid yet
rebate-as-paid = counts as it is paid
rebate-ahead = { $missing } more by { $day } earns { $worth }
rebate-adds = This order adds { $turnover } to “{ $name }” and earns { $earns }.
rebate-tier = from { $threshold }: { $rate }
rebate-of-all = All that is bought
rebate-of-category = Category { $name }
rebate-every = Period
rebate-by-method = Method
rebate-by-basis = What is bought counts
rebate-about = Counts
rebate-key = Article or category
rebate-key-hint = The article's number or the category's name; empty where all counts.
rebate-currency = Currency
rebate-currency-hint = That of the account.
rebate-valid = Valid
rebate-valid-from = First day
rebate-valid-to = Last day
rebate-valid-to-hint = Empty: without an end.
rebate-settlement-by = Settled by
rebate-periods = Periods
rebate-tiers = Tiers
rebate-tiers-hint = From a turnover in the period on, without tax, so much percent of it. Empty rows are left out.
rebate-threshold = From turnover ({ $number })
rebate-percent-of-tier = Percent ({ $number })
rebate-agree = Agree
rebate-save = Save
rebate-agreement = Rebate { $code }
rebate-agreement-new = New rebate
rebate-agreement-added = Rebate { $code } is agreed. What was invoiced since its first day counts.
rebate-agreement-changed = Rebate { $code } was changed. What was earned is trued up.
rebate-agreements-none = No rebate is agreed with any account.
rebate-agreements-none-found = No rebate fits.
rebate-agreements-shown = { $count ->
    [one] One rebate
   *[other] { $count } rebates
}
rebate-latest-accruals = Latest accruals
rebate-true-up = { $amount } of it for what was before
rebate-accruals = Accruals
rebate-accruals-lead = Earned is what the tier gives that was reached. Expected is what is earned of it if the period goes on as until today.
rebate-accruals-none = Nothing was accrued yet.
rebate-accruals-none-found = Nothing was accrued for it.
rebate-accruals-shown = { $count ->
    [one] One period
   *[other] { $count } periods
}
rebate-forecast = Turnover at the end
rebate-expected = Expected
rebate-settlements = Settlements
rebate-settlements-lead = What is due once a period is over: all that was earned until then less all that was paid.
rebate-settlements-none = Nothing was proposed yet. It is once a period is over.
rebate-settlements-none-found = Nothing was proposed for it.
rebate-settlements-shown = { $count ->
    [one] One settlement
   *[other] { $count } settlements
}
rebate-settlement-proposed = Proposed
rebate-settlement-settled = Paid
rebate-amount = Amount
rebate-approve = Approve
rebate-approve-of = Approve { $amount } of { $code }
rebate-approved = { $amount } without tax is credited.
rebate-approved-at = Approved
rebate-period-month = each month
rebate-period-quarter = each quarter
rebate-period-year = each year
rebate-period-term = the whole term
rebate-method-retroactive = rate of all from the first on
rebate-method-incremental = rate within each tier
rebate-basis-invoiced = as it is invoiced
rebate-basis-paid = as it is paid
rebate-scope-all = All
rebate-scope-category = A category
rebate-scope-sku = One article
rebate-way-credit-note = Credit note
rebate-way-payout = Payout
rebate-cause-invoiced = Invoiced
rebate-cause-credited = Credited
rebate-cause-settled = Paid, or open again
rebate-cause-terms = Terms
audit-rebate-agreement-add = Agreed on a rebate
audit-rebate-agreement-change = Changed a rebate
audit-rebate-agreement-settle = Paid a rebate that was agreed
desk-mail-kind-rebate = Tier of a rebate
notify-kind-rebate = Tier of a rebate
notify-about-rebate = What you bought has reached a tier of a rebate
webhook-kind-rebate-tier-reached = Tier of a rebate reached
webhook-kind-rebate-settled = Rebate paid
mail-rebate-subject = { $name }: { $rate } % from now on
mail-rebate-headline = What you bought has reached { $threshold }.
mail-rebate-next = From this turnover on your rebate is { $rate } %, until { $to }.
mail-rebate-turnover = Turnover
mail-rebate-accrued = Earned
mail-rebate-link = Your rebates
