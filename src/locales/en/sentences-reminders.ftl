say-no-reminder-policy = There is no reminder policy { $policy }.
say-tier-has-policy = Tier { $tier } stands at another policy of the file already.
say-reminder-policy-used = There is a reminder policy { $policy } already.
say-reminder-policy-code = A policy needs a code of 1 to { $max } characters.
say-reminder-policy-name = A policy needs a name of 1 to { $max } characters.
say-reminder-currency = { $code } is not a currency of ISO 4217.
say-reminder-levels = { $levels } levels are not possible: a policy has one to three.
say-reminder-days = { $days-count ->
    [one] One day is not between { $least } and { $most }.
   *[other] { $days } days are not between { $least } and { $most }.
}
say-reminder-days-rise = { $days-count ->
    [one] One day is not more than the { $before } of the level before.
   *[other] { $days } days are not more than the { $before } of the level before.
}
say-reminder-amount = { $amount } is not an amount of { $currency } of zero or more.
say-reminder-interest = { $interest } is not a rate from 0 to 100 percent with at most four decimals.
say-reminder-text-too-long = { $characters } characters are more than the { $max } allowed.
say-reminder-hold-level = There is no level { $level }: the policy has { $levels }.
say-reminder-day = { $day } is not between { $first } and { $last }.
say-reminder-run-ended = The run was released or dropped already.
say-not-in-reminder-run = Account { $account } is not in this run.
say-invoice-not-in-reminder-run = Account { $account } has no such invoice in this run.
say-nobody-to-remind = There is no account { $account }.
say-nothing-promised = Name at least one open invoice that is promised to be paid.
say-promised-not-open = { $invoice } is no open invoice of the account, or is named twice.
say-invoice-disputed = The invoice is disputed already.
say-invoice-not-disputed = The invoice is not disputed.
say-invoice-disputed-by-claim = Claim { $claim } disputes the invoice, until it is rejected, withdrawn or made good.
say-nothing-to-waive = The reminder costs nothing, or its costs were given up already.
