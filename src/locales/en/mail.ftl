# Days in mails
mail-weekday-1 = Mon
mail-weekday-2 = Tue
mail-weekday-3 = Wed
mail-weekday-4 = Thu
mail-weekday-5 = Fri
mail-weekday-6 = Sat
mail-weekday-7 = Sun
mail-day = { $weekday } { $day } { $month }
mail-day-of-year = { $weekday } { $day } { $month } { $year }
mail-no-day = open

# Around every mail
mail-settings = Choose which mails you get
mail-attached = Attached: { $files }
mail-why-placed = You get this mail because you placed the order.
mail-why-role = Your role at { $account } brings you this mail.
mail-why-fallback = Nobody else at { $account } gets mails of this kind, so this one comes to you.
mail-why-team = You look after { $account } and get this mail for it.
mail-why-staff = You get this mail because you administer the portal.
mail-why-invited = Somebody invited you to { $account }, so you get this mail. If you don't expect that, do nothing: nothing happens.
mail-why-asked = You get this mail because somebody asked for a new password for this address. If it wasn't you, do nothing: your password stays as it is.
mail-why-own = You get this mail because it is about access to the portal. It can't be switched off.
mail-why-inviter = You get this mail because you sent the invitation.
mail-why-contact = You get this mail as a contact of { $account }.
mail-why-invoices = Invoices of { $account } are sent to this address.
mail-unsubscribe = Send no more mails of this kind
mail-more-lines = { $count ->
    [one] One more line is in the portal.
   *[other] { $count } more lines are in the portal.
}

# Facts and columns
mail-fact-order = Order
mail-fact-ship-to = Delivery to
mail-fact-tax = Tax
mail-fact-gross = Total with tax
mail-fact-kind = Kind
mail-fact-error = Last answer
mail-column-article = Article
mail-column-arrives = Arrives
mail-column-waits = Waits
mail-column-was = Was
mail-column-now = Now
mail-column-paid = Paid
mail-part-of-whole = { $part } of { $whole }
mail-part-on-day = { $quantity } on { $day }
mail-part-open = { $quantity } open
mail-class-standard = standard
mail-class-priority = priority
mail-class-critical = critical

# Links
mail-order-link = See order { $number }
mail-invoice-link = See invoice { $invoice }
mail-statement-link = See your statement

# When the goods come
mail-arrival-gone = All of it is on its way to you.
mail-arrival-by = All of it is reserved for you and arrives by { $date }.
mail-arrival-expected = All of it arrives by { $date }; some of it is goods that are expected, so we write to you if that changes.
mail-arrival-waiting = { $lines ->
    [one] One line waits for stock. We write to you as soon as it has a day.
   *[other] { $lines } lines wait for stock. We write to you as soon as they have a day.
}

# Order placed
mail-placed-subject-gone = [{ $po }] Order { $number } placed
mail-placed-subject-by = [{ $po }] Order { $number } placed, arrives { $date }
mail-placed-subject-waiting = { $lines ->
    [one] [{ $po }] Order { $number } placed, 1 line waits for stock
   *[other] [{ $po }] Order { $number } placed, { $lines } lines wait for stock
}
mail-placed-headline = Order { $number } is placed.
mail-placed-next = We check it and confirm it to you. Until then you can cancel it in the portal.
mail-placed-held-subject = [{ $po }] Order { $number } placed, but on hold
mail-placed-held-headline = Order { $number } is placed, but on hold.
mail-placed-approval-subject = [{ $po }] Order { $number } waits for approval
mail-placed-approval-headline = Order { $number } waits for approval at your company.
mail-placed-approval-means = It goes to us as soon as it is approved. Nothing is reserved until then.

# Order on hold
mail-hold-headline = Order { $number } is on hold.
mail-hold-means = Nothing is reserved for it meanwhile. It keeps its place in the queue, and we write to you when it goes on.
mail-hold-credit-subject = [{ $po }] Order { $number } on hold: credit limit
mail-hold-credit-why = With it your account would exceed its credit limit. Our finance team looks at it now.
mail-hold-manual-subject = [{ $po }] Order { $number } on hold
mail-hold-manual-why = We have to clear something up before it can go on.

# Order released
mail-released-subject-gone = [{ $po }] Order { $number } released
mail-released-subject-by = [{ $po }] Order { $number } released, arrives { $date }
mail-released-subject-waiting = { $lines ->
    [one] [{ $po }] Order { $number } released, 1 line waits for stock
   *[other] [{ $po }] Order { $number } released, { $lines } lines wait for stock
}
mail-released-headline = Order { $number } goes on.

# Order confirmed
mail-accepted-subject-gone = [{ $po }] Order { $number } confirmed
mail-accepted-subject-by = [{ $po }] Order { $number } confirmed, arrives { $date }
mail-accepted-subject-waiting = { $lines ->
    [one] [{ $po }] Order { $number } confirmed, 1 line waits for stock
   *[other] [{ $po }] Order { $number } confirmed, { $lines } lines wait for stock
}
mail-accepted-headline = Order { $number } is confirmed.
mail-accepted-next = To change or cancel it, please talk to us.

# Order cancelled
mail-cancelled-subject = [{ $po }] Order { $number } cancelled, nothing more will come
mail-cancelled-by-account = Order { $number } was cancelled by your company.
mail-cancelled-by-supplier = We had to cancel order { $number }.
mail-cancelled-means = Nothing more of it will be delivered. The number { $po } can be used again.
mail-rest-cancelled-subject = [{ $po }] Order { $number } is cancelled in part
mail-rest-cancelled-by-account = Your company cancelled all or a part of { $lines ->
    [one] one line
   *[other] { $lines } lines
} of order { $number }.
mail-rest-cancelled-by-supplier = We had to cancel all or a part of { $lines ->
    [one] one line
   *[other] { $lines } lines
} of order { $number }.
mail-rest-cancelled-means = What has left is invoiced as usual; what is not cancelled goes on.
mail-rest-cancelled-all = What has left is invoiced as usual; nothing more of the order will come.
mail-column-cancelled = Cancelled

# New days
mail-promise-subject-gone = [{ $po }] Order { $number } is on its way
mail-promise-subject-by = [{ $po }] Order { $number } now arrives { $date }
mail-promise-subject-waiting = { $lines ->
    [one] [{ $po }] Order { $number }: new days, 1 line still waits
   *[other] [{ $po }] Order { $number }: new days, { $lines } lines still wait
}
mail-promise-headline = { $lines ->
    [one] One line of order { $number } that waited got stock.
   *[other] { $lines } lines of order { $number } that waited got stock.
}
mail-promise-moved-headline = { $lines ->
    [one] One line of order { $number } has another day.
   *[other] { $lines } lines of order { $number } have other days.
}

# Short of stock
mail-short-subject = { $lines ->
    [one] [{ $po }] Order { $number }: 1 line waits for stock
   *[other] [{ $po }] Order { $number }: { $lines } lines wait for stock
}
mail-short-headline = { $lines ->
    [one] One line of order { $number } is short of stock.
   *[other] { $lines } lines of order { $number } are short of stock.
}
mail-short-next = What is reserved is yours. The rest comes out of the next deliveries in the order of the queue; we write to you as soon as it has a day.

# Shipped
mail-shipped-subject = [{ $po }] Order { $number } shipped, delivery { $shipment }
mail-shipped-headline = Goods of order { $number } are on their way.
mail-shipped-next = This delivery holds:

# Invoice
mail-invoiced-subject = [{ $po }] Invoice { $invoice }: { $amount }, due { $due }
mail-invoiced-headline = Invoice { $invoice } over { $amount } is issued.
mail-invoiced-next = It is for order { $order }. Please pay it by { $due }.

# Payment
mail-payment-subject = Payment of { $amount } received
mail-payment-reference-subject = [{ $reference }] Payment of { $amount } received
mail-payment-headline = We received { $amount } on { $date }. Thank you.
mail-payment-paid-already = It names invoice { $invoice }, which was paid already.
mail-payment-charge = Fee and interest of reminder { $number }
mail-payment-applied = It paid:
mail-payment-rest = { $rest } stays on your account until we set it against an invoice.

# To the team
mail-critical-subject = [{ $code }] Critical order { $number } from { $account }
mail-critical-headline = { $account } placed a critical order.
mail-critical-covered = All of it is reserved. It waits to be accepted.
mail-critical-waiting = { $waiting ->
    [one] One line waits for stock.
   *[other] { $waiting } lines wait for stock.
}
mail-team-hold-headline = Order { $number } of { $account } is on hold.
mail-team-hold-credit-subject = [{ $code }] Order { $number } on hold: credit limit
mail-team-hold-credit-next = It would take the account over its credit limit. Finance releases it, or it is cancelled.
mail-team-hold-manual-subject = [{ $code }] Order { $number } on hold
mail-team-hold-manual-next = Somebody of us put it on hold. It reserves nothing until it is released.
mail-dead-subject = Mail to { $email } given up
mail-dead-headline = A mail to { $email } could not be delivered.
mail-dead-next = { $attempts ->
    [one] It failed at the first attempt. Check the address, then send it again from the list of mails.
   *[other] It failed { $attempts } times. Check the address, then send it again from the list of mails.
}
mail-dead-invitation-subject = Your invitation did not reach { $email }
mail-dead-invitation-headline = Your invitation of { $email } to { $account } could not be delivered.
mail-dead-invitation-next = Check the address. Withdraw the invitation and invite once more, to the right address.
mail-dead-link = See the mails given up

# Access
mail-role-admin = administrator
mail-role-buyer = buyer
mail-role-approver = approver
mail-role-finance = finance
mail-role-viewer = viewer
mail-access-password-subject = { $supplier }: your password was changed
mail-access-password-headline = Your password for our portal was changed.
mail-access-password-reset-subject = { $supplier }: a new password was set
mail-access-password-reset-headline = A new password for our portal was set with the link of a mail.
mail-access-roles-subject = { $supplier }: you may do other things now
mail-access-roles-headline = Your roles in our portal were changed.
mail-access-second-factor-added-subject = { $supplier }: a second factor protects your access
mail-access-second-factor-added-headline = From now on our portal asks you for a code beside your password.
mail-access-second-factor-removed-subject = { $supplier }: your second factor was removed
mail-access-second-factor-removed-headline = Our portal asks you for your password alone from now on.
mail-access-authenticator-removed-subject = { $supplier }: your authenticator was removed
mail-access-authenticator-removed-headline = Codes of your authenticator open nothing any more. Our portal asks for a passkey beside your password.
mail-access-second-factor-reset-subject = { $supplier }: your second factor was reset
mail-access-second-factor-reset-headline = Your second factor was taken away. You sign in with your password, and can set up a new one.
mail-access-recovery-code-used-subject = { $supplier }: a recovery code was used
mail-access-recovery-code-used-headline = One of your recovery codes was used instead of a code of your authenticator.
mail-access-recovery-codes-renewed-subject = { $supplier }: you have new recovery codes
mail-access-recovery-codes-renewed-headline = New recovery codes were made; the old ones open nothing any more.
mail-access-sessions-ended-subject = { $supplier }: you were signed out everywhere
mail-access-sessions-ended-headline = All your sessions in our portal were ended. Sign in again to go on.
mail-access-passkey-added-subject = { $supplier }: a passkey was added to your access
mail-access-passkey-added-headline = A passkey was added to your access to our portal.
mail-access-passkey-removed-subject = { $supplier }: a passkey of yours was removed
mail-access-passkey-removed-headline = A passkey was removed from your access to our portal.
mail-access-program-added-subject = { $supplier }: a program was given access
mail-access-program-added-headline = A program that signs in by itself was added to our portal on your side.
mail-access-program-changed-subject = { $supplier }: the access of a program was changed
mail-access-program-changed-headline = What a program of yours may do in our portal, or from where, was changed.
mail-access-program-secret-added-subject = { $supplier }: a program has a new secret
mail-access-program-secret-added-headline = A program of yours was given a new secret for our portal.
mail-access-not-known = If you don't know why, revoke the program at once, and ask your colleagues.
mail-access-programs = See the programs
mail-access-when = It happened on { $when }.
mail-access-when-by = { $by } did it on { $when }.
mail-access-not-you = If it wasn't you, ask for a new password at once (“Forgotten password?” at the sign-in), end the sessions you don't know, and tell us.
mail-access-ask = If you don't know why, ask the admin of your account, or us.
mail-access-roles = Roles
mail-access-link = See where you are signed in
mail-moment = { $day }, { $time }
mail-invitation-subject = { $supplier }: your access for { $account }
mail-invitation-headline = You are invited to our portal.
mail-invitation-by = { $inviter } invites you to work for { $account } there. Your role: { $role }.
mail-invitation-until = The link is good once, until { $until }.
mail-invitation-link = Choose a password
mail-reset-subject = { $supplier }: set a new password
mail-reset-headline = Set a new password for our portal.
mail-reset-once = { $minutes ->
    [one] The link is good once, for one minute.
   *[other] The link is good once, for { $minutes } minutes.
}
mail-reset-link = Set a new password
mail-webhook-failing-subject = Webhooks fail: { $url }
mail-webhook-failing-headline = { $url } takes no events. Attempts over three days came to nothing, so the first were given up.
mail-webhook-failing-next = Look at what it answers, and send again what was given up once it works. While nothing succeeds for five days, the endpoint is switched off.
mail-webhook-given-up-subject = Webhooks are switched off: { $url }
mail-webhook-given-up-headline = { $url } took no event for five days, so nothing is sent there any more.
mail-webhook-given-up-next = Switch it on once it works, and replay the time that is missing.
mail-webhook-program-revoked-subject = Webhooks are switched off: { $url }
mail-webhook-program-revoked-headline = The program that added { $url } was revoked, so nothing is sent there any more.
mail-webhook-program-revoked-next = If it is still wanted, switch it on, and replay the time that is missing. Its secret is known to whoever had the program: give it a new one first.
mail-webhook-gone-subject = Webhooks are switched off: { $url }
mail-webhook-gone-headline = { $url } answered 410: it wants no events any more, so nothing is sent there.
mail-webhook-gone-next = Remove it if that is right. Otherwise switch it on, and replay the time that is missing.
mail-webhook-status = Status
mail-webhook-link = Look at the endpoint

mail-credit-link = See credit note { $number }
mail-credited-subject = [{ $po }] Credit note { $number }: { $amount }
mail-credited-headline = Credit note { $number } over { $amount } is issued.
mail-credited-next = It takes back a part of invoice { $invoice }, or all of it. You owe so much less.
mail-credited-rest = It takes back a part of invoice { $invoice }, or all of it. { $rest } stays on your account until we set it against an invoice.

mail-claim-link = See claim { $number }
mail-claim-opened-subject = [{ $po }] Claim { $number } of { $account }
mail-claim-opened-headline = { $account } filed claim { $number }.
mail-claim-opened-next = Look at it and answer; the day by which the account expects it stands on the claim.
mail-claim-replied-subject = [{ $po }] Message about claim { $number }
mail-claim-replied-headline = There is a message about claim { $number }.
mail-claim-replied-next = Answer on the page of the claim.
mail-claim-decided-subject = [{ $po }] Claim { $number }: { $outcome }
mail-claim-decided-headline = We decided claim { $number }: { $outcome }.
mail-claim-decided-next = What is accepted of each line stands below. What is accepted we make good next.
mail-claim-rejected-next = Why stands beside each line below. If you see it otherwise, write to us on the page of the claim.
mail-claim-settled-subject = [{ $po }] Claim { $number } is settled: { $outcome }
mail-claim-settled-headline = Claim { $number } is settled: { $outcome }.
mail-claim-settled-next = Thank you for telling us.
mail-claim-withdrawn-subject = [{ $po }] Claim { $number } is withdrawn
mail-claim-withdrawn-headline = { $account } withdrew claim { $number }.
mail-claim-withdrawn-next = There is nothing left to do.

mail-return-link = See return { $number }
mail-return-announced-subject = [{ $po }] Please send goods back: return { $number }
mail-return-announced-headline = Please send the goods of return { $number } back to us.
mail-return-announced-next = What we expect stands below. Put the label of the return into the parcel.
mail-return-inspected-subject = [{ $po }] Return { $number } is inspected
mail-return-inspected-headline = We looked at what came back with return { $number }.
mail-return-inspected-next = What we found stands below.
mail-return-closed-subject = [{ $po }] Return { $number } is closed
mail-return-closed-headline = We closed return { $number }: nothing of it arrived here.
mail-return-closed-next = Please send nothing back with its label any more. If the goods are on their way, tell us.
mail-reminder-subject-1 = [{ $number }] Friendly reminder: { $amount } overdue
mail-reminder-subject-2 = [{ $number }] Reminder: { $amount } overdue
mail-reminder-subject-3 = [{ $number }] Last call: { $amount } overdue
mail-reminder-headline = { $amount } are overdue.
mail-reminder-link = See reminder { $number }
mail-hold-overdue-subject = [{ $po }] Order { $number } on hold: invoices are overdue
mail-hold-overdue-why = Invoices of your account are overdue. The order goes on by itself once they are paid.
mail-team-hold-overdue-subject = [{ $code }] Order { $number } on hold: payment overdue
mail-team-hold-overdue-next = Invoices of the account are overdue. The order goes on by itself once they are paid; you may stop the hold with a reason.
mail-hold-announced-subject = [{ $code }] { $account }: orders will be held from { $date }
mail-hold-announced-headline = { $account } owes { $amount } that is overdue. New orders will be held from { $date }.
mail-hold-announced-next = The account does not know yet. Talk to it first, or stop the hold until a day with a reason.
mail-hold-announced-link = See the account
