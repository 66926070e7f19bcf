# Reminders
nav-desk-reminders = Reminders
acct-tab-reminders = Reminders
reminders = Reminders
reminder = Reminder { $number }
reminder-number = Reminder
reminder-sent = Sent
reminder-kind = Level
reminder-overdue = Overdue
reminder-open-not-due = Not due yet
reminder-fee = Fee
reminder-interest = Interest
reminder-on-account = Already on account
reminder-balance = To be paid
reminder-has-on-account = { $amount } is on account and settled no invoice yet.
reminder-late = Late
reminder-not-due = not due yet
reminder-days-late = { $days ->
    [one] { $days } day late
   *[other] { $days } days late
}
reminder-level-1 = Friendly reminder
reminder-level-2 = Reminder
reminder-level-3 = Last call
reminder-text-1 = Perhaps it slipped your attention: the invoices below are due and we have not received your payment yet. Please pay them in the next days. If you have paid already, please ignore this letter.
reminder-text-2 = We reminded you of the invoices below and still have not received your payment. Please pay what is overdue within seven days, or tell us what keeps you from it.
reminder-text-3 = This is our last call before we take further steps. Please pay what is overdue at once. New orders may be held until we have received your payment.
reminder-paper = Reminder as PDF
reminders-none = You were never reminded.
reminders-none-sent = No reminder was sent.
reminders-shown = { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}
reminders-sent = Sent reminders
reminder-runs = Reminder runs
reminder-run = Reminder run of { $day }
reminder-runs-none = No run was proposed yet.
reminder-runs-shown = { $count ->
    [one] { $count } run
   *[other] { $count } runs
}
reminder-as-of = As of
reminder-proposed = Proposed
reminder-ended = Released or dropped
reminder-propose = Propose a run
reminder-run-proposed = The run is proposed. Nobody is reminded before you release it.
reminder-run-state-proposed = Proposed
reminder-run-state-released = Released
reminder-run-state-dropped = Dropped
reminder-run-release = { $count ->
    [one] Send { $count } reminder
   *[other] Send { $count } reminders
}
reminder-run-drop = Drop the run
reminder-run-released = The reminders are sent.
reminder-run-dropped = The run is dropped.
reminder-run-taken-out = It is taken out of the run.
reminder-run-nobody = Nobody is to be reminded by this run.
reminder-accounts = { $count ->
    [one] { $count } account is reminded
   *[other] { $count } accounts are reminded
}
reminder-take-out = Take an account out
reminder-take-out-hint = Code of the account
reminder-excluded-heading = Overdue and not reminded
reminder-excluded-disputed = Disputed
reminder-excluded-promised = Promised to be paid
reminder-excluded-below-smallest = Less than is worth a reminder
reminder-excluded-covered = Covered by what is on account
reminder-excluded-account-closed = The account is closed
reminder-excluded-account-excluded = Never reminded
reminder-excluded-no-address = Nobody gets such mails
reminder-excluded-no-policy = No policy is set
reminder-excluded-taken-out = Taken out
reminder-excluded-nothing-due = Paid, or reminded already
reminder-holds = Orders held for what is owed
reminder-hold-held = Held
reminder-hold-announced = Will be held
reminder-told = Manager told
reminder-held-since = New orders are held for what is overdue since { $moment }.
reminder-hold-told = New orders will be held for what is overdue; the key account manager was told on { $day }.
reminder-hold-stopped = Orders are not held until { $day }.
reminder-hold-stopped-now = Orders are not held until that day.
reminder-stop-hold = Keep orders from being held
reminder-stop-until = Until and including
reminder-open-items = Open invoices
reminder-nothing-open = Nothing is open.
reminder-policy = Reminder policy
reminder-policy-house = The house's policy
reminder-never = Never remind, because
reminder-never-hint = Leave it empty to remind.
reminder-set-button = Save
reminder-set = It is saved.
reminder-waive = Give up fee and interest
reminder-waive-hint = The account reads it.
reminder-waived = Fee and interest were given up { $moment }: { $reason }
reminder-waived-now = Fee and interest are given up.
promises = Promises to pay
promises-none = Nothing was promised.
promise-state-open = open
promise-state-kept = kept
promise-state-broken = broken
promise-what = What is promised
promise-until = Paid until
promise-note = Note
promise-record = Record a promise
promise-recorded = The promise is recorded. Nobody is reminded of it until that day.
dispute = Dispute
dispute-why = Why invoice { $number } is disputed, or is no more
dispute-begin = Disputed
dispute-settle = Settled
dispute-noted = It is noted.
statement-charges = fees and interest, in the balance
statement-reminded = last reminder
statement-kind-reminder-fee = Reminder fee
statement-kind-reminder-interest = Interest for late payment
statement-kind-reminder-waived = Fee and interest given up
desk-hold-overdue = payment overdue
order-held-overdue = This order is on hold: invoices of your account are overdue. It goes on by itself once they are paid.
preview-next-hold-overdue = Invoices of your account are overdue. The order is placed on hold and goes on by itself once they are paid.
quick-held-overdue = Invoices of your account are overdue: an order is placed on hold until they are paid.
home-held-overdue = Order { $number } ({ $po }) waits for overdue invoices to be paid.
notify-kind-reminder = Reminder
notify-about-reminder = What is overdue, with its paper
notify-kind-hold-announced = Orders will be held
notify-about-hold-announced = An account of yours is late, and its orders will be held tomorrow
desk-mail-kind-reminder = Reminder
desk-mail-kind-hold-announced = Orders will be held
desk-event-reminder-sent = Reminder { $number } sent
webhook-kind-reminder-sent = Reminder sent
webhook-kind-account-orders-held = New orders are held for what is owed
webhook-kind-account-orders-released = New orders are held no more
webhook-kind-account-hold-announced = New orders will be held for what is owed
reminder-charges-open = Fee and interest to pay
reminder-unreachable = { $count ->
    [one] { $count } account can't be reminded: nobody of it gets such mails. Its orders are not held for what it owes. Add a contact for reminders.
   *[other] { $count } accounts can't be reminded: nobody of them gets such mails. Their orders are not held for what they owe. Add contacts for reminders.
}
reminder-policies = Reminder policies
reminder-policies-lead = When which reminder goes out and what it costs. An account has its own policy, else that of the account above it, else its tier's, else the house's.
reminder-policies-none = There is no policy yet: nobody is reminded.
reminder-policy-new = New policy
reminder-policy-add = Add the policy
reminder-policy-save = Save the policy
reminder-policy-saved = Policy { $code } is saved.
reminder-policy-title = Reminder policy { $code }
reminder-policy-code = Code
reminder-policy-code-hint = What accounts and files name it by; it stays.
reminder-policy-currency-hint = Of its amounts. Accounts of another currency pay no fee.
reminder-policy-smallest = Smallest amount
reminder-policy-smallest-hint = Whoever owes less is not reminded. Empty: 0.
reminder-policy-levels = Levels
reminder-policy-level-hint = Leave the days empty for no such level.
reminder-policy-days-overdue = Days late
reminder-policy-days-between = Days after the level before
reminder-policy-interest = Interest, percent a year
reminder-policy-text-en = Text in English
reminder-policy-text-de = Text in German
reminder-policy-text-hint = Empty: the built-in words.
reminder-policy-hold = Orders held
reminder-policy-hold-level = From level
reminder-policy-hold-days = From days late
reminder-policy-never = never
reminder-policy-which = Who has which policy
reminder-policy-house-is = All others
reminder-policy-none = none: not reminded
reminder-policy-as-house = as all others
reminder-policy-automatic = What the portal does by itself on working days
reminder-automatic-off = Nothing
reminder-automatic-propose = Propose a run
reminder-automatic-release = Propose a run and send it
reminder-policy-set = Save
reminder-policy-is-set = Saved.
