# What an account usually decides
usual = What is not there
usual-lead = What new orders of your company do where there is not enough at once. Each order, and each line of it, can say otherwise.
usual-lead-desk = What new orders of the account do where there is not enough at once. Each order, and each line of it, can say otherwise.
usual-days = Days it waits
usual-days-hint = 1 to 365, where it waits until a day
usual-days-count = { $days ->
    [one] 1 day
   *[other] { $days } days
}
usual-saved = Saved. It holds for whatever is ordered from now on.
usual-save = Save what is not there
usual-whose = An admin of your company changes this.
order-backorder-until = Waits until a day
preview-day-only-until = A day is for what waits until a day: choose that, or leave the day out.
line-as-order = As the order
line-choices = If it is not there
line-delivery-partial = leaves in parts
line-delivery-complete = leaves once all of it is there
line-backorder-wait = waits for stock
line-backorder-until = waits until a day
line-backorder-cancel-rest = what is not there is called off
line-backorder-until-day = waits until { $day }
paper-line-delivery-complete = Leaves once all of it is there
paper-line-delivery-partial = Leaves in parts
paper-line-backorder-wait = Waits for stock
paper-line-backorder-cancel-rest = What is not there is called off
paper-line-backorder-until = Waits until { $day }
paper-what-is-not-there = What is not there
paper-called-off = Called off of it
paper-sent-as = Sent as line { $number }
paper-line-cancelled = { $quantity } called off
paper-instead-of = Instead of line { $number }
order-was-ended-cancel-after = Called off { $moment }, as your company chose: nothing of it was there on the last day on which it waited.
order-was-ended-cancel-rest = Called off { $moment }, as your company chose: nothing of it was there, and nothing was to wait.
order-told-ended-cancel-after = Called off, as your company chose: the last day on which it waited is over
order-told-ended-cancel-rest = Called off, as your company chose: nothing was to wait
order-told-rest-ended-cancel-after = What waited of line { $lines } called off, as your company chose: its last day is over
order-told-rest-ended-cancel-rest = What was not there of line { $lines } called off, as your company chose

# Substitutes at the desk
nav-substitutes = Substitutes
substitutes-lead = What is offered instead of an article that has ended, comes no more or has to be waited for. Nothing is sent instead without the buyer's yes.
substitutes-none = Nothing is offered instead of anything.
substitutes-none-of-product = Nothing is offered instead of it.
substitutes-shown = { $count ->
    [one] 1 substitute
   *[other] { $count } substitutes
}
substitute-add = Offer an article instead of another
substitute-add-do = Offer
substitute-added = It is offered from now on.
substitute-changed = It is changed.
substitute-removed = It is offered no more.
substitute-article = Article
substitute-instead = Instead of it
substitute-instead-hint = SKU of what is offered
substitute-kind = Kind
substitute-kind-successor = Successor
substitute-kind-alternative = Alternative
substitute-field-ratio = Ratio
substitute-ratio-hint = Base units of it for one base unit of the article
substitute-title = { $substitute } instead of { $sku }
substitute-change-of = Change { $substitute } instead of { $sku }
substitute-remove = Offer it no more
substitute-remove-text = What was taken already stays.
substitute-of-product = Substitutes
substitute-is-offered-for = Offered instead of { $sku }
substitute-offers-product = { $substitute } is offered instead

# Substitutes for buyers
substitute-take = Take { $amount } of { $article } instead
substitute-ratio = { $ratio } of it stand for one.
substitute-rounded = Rounded up to what can be ordered.
substitute-there = In stock
substitute-part-there = Partly in stock
substitute-waits = Has to be waited for
substitute-product-heading = Instead of it
substitute-product-lead = We offer this instead.
substitute-offers = Something else instead
substitute-offers-title = Something else for order { $number }
substitute-offers-lead = You decide: nothing is sent instead without your yes. Your order keeps what you ordered and says what is sent.
substitute-we-propose = We propose this instead.
substitute-proposed = Proposed by us
substitute-decline = No, we wait
substitute-is-declined = We know that you wait. The line stays in the queue.
substitute-back = Back to the order
substitute-nothing-offered = There is nothing that could be sent instead.
substitute-without = { $lines ->
    [one] For 1 line that waits there is nothing else.
   *[other] For { $lines } lines that wait there is nothing else.
}
substitute-nothing-waits = Nothing of this order waits for stock.
substitute-confirm-title = Something else for order { $number }?
substitute-confirm-lead = This is what your yes comes to. What is sent instead has today's price.
substitute-yes = Yes, send that instead
substitute-is-taken = It is sent instead. Your order has a new revision.
substitute-is-asked = We are asked to send that instead; we took the order on already.
substitute-order-offered = For something that waits there is something else that could be sent.
substitute-order-proposed = We propose something else for something that waits.
substitute-look = Look at it
line-sent-as = { $quantity } of it are sent as { $amount } of { $article } (line { $number })
line-sent-instead-of = Instead of { $quantity } of { $article } (line { $number })
change-line-replaced = Sent as something else
change-instead-of = Instead of line { $number }

# Proposing
substitute-propose = Propose something else
substitute-propose-title = Something else for order { $number }
substitute-propose-lead = The account reads it and says yes or no. What it says yes to is sent at once, at today's price.
substitute-propose-hint = SKU of an article that the account may order
substitute-propose-ratio-hint = Optional. Base units of it for one of the line's; else as it is kept, or 1
substitute-propose-do = Propose
substitute-note = What we say to it
substitute-is-proposed = It is proposed. The account gets a mail.
substitute-withdraw = Take the proposal back
substitute-is-withdrawn = The proposal is taken back.
proposal-state-open = open
proposal-state-accepted = accepted
proposal-state-declined = declined
proposal-state-withdrawn = taken back
order-told-substitute-proposed = We propose something else for line { $line }
order-told-substitute-declined = Something else for line { $line } declined
desk-event-order-substitute-proposed = Something else proposed
desk-event-order-substitute-declined = Proposal declined
webhook-kind-order-substitute-proposed = Something else proposed for an order
webhook-kind-order-substitute-declined = Proposal for an order declined

# Mails
mail-cancelled-cancel-after = Order { $number } ended as your company chose: the last day on which it waited is over.
mail-cancelled-cancel-rest = Order { $number } ended as your company chose: nothing of it was there, and nothing was to wait.
mail-rest-cancelled-cancel-after = As your company chose, what waited of { $lines ->
    [one] one line
   *[other] { $lines } lines
} of order { $number } is called off: its last day is over.
mail-rest-cancelled-cancel-rest = As your company chose, what was not there of { $lines ->
    [one] one line
   *[other] { $lines } lines
} of order { $number } is called off.
mail-substitute-subject = [{ $po }] Order { $number }: something else for line { $line }?
mail-substitute-headline = { $waits } of { $sku } (line { $line }) of order { $number } wait for stock.
mail-substitute-offer = We propose { $amount } of { $substitute }, { $name }, instead.
mail-substitute-next = Nothing is sent instead without your yes. Prices and dates are shown before you decide.
mail-substitute-declined-subject = [{ $code }] Order { $number }: proposal for line { $line } declined
mail-substitute-declined-headline = { $account } does not want what was proposed for line { $line } of order { $number }.
mail-substitute-declined-next = The line waits on.

# The record
audit-order-substitute-propose = Proposed something else for a line
audit-order-substitute-decline = Declined what was proposed for a line
audit-order-substitute-withdraw = Took a proposal for a line back
audit-substitute-add = Offered an article instead of another
audit-substitute-change = Changed what is offered instead of an article
audit-substitute-remove = Offered an article no more instead of another
bulk-kind-substitutes = Substitutes
