# Forms about people
email-rule = This is not a mail address. Write it like name@example.com.
name-rule = Write a name of 1 to 200 characters.
password-rule = 12 to 128 characters of any kind, not one that others would try first. A short sentence is easy to remember.
password-fault = The password needs 12 to 128 characters.
link-broken = This link opens nothing any more

# A forgotten password
forgot = Forgot your password?
forgot-text = We send you a link to set a new one.
forgot-send = Send the link
forgot-sent-heading = Look into your mailbox
forgot-sent = If somebody has access with this address, a mail with a link is on its way. The link is good once, for an hour.
forgot-sent-nothing = Nothing arrived? Look among the unwanted mails, or ask the administrator of your company which address you have access with.
reset = Set a new password
reset-text = You will be signed out everywhere and sign in with the new password.
reset-do = Set the new password
reset-again = Ask for a new link
reset-done = Your new password is set. Sign in with it.

# An invitation
invitation = Join { $account }
invitation-by = { $inviter } invites you as { $role }.
invitation-until = The invitation is good until { $until }.
invitation-email-hint = You sign in with this address.
invitation-name-hint = As colleagues and the supplier shall read it.
invitation-accept = Join and sign in
invitation-accepted = Welcome. You are a member of { $account } now.
invitation-accepted-sign-in = You are a member now. Sign in with your new password.
invitation-email-taken = You have access to the portal with this mail address already, elsewhere. A person belongs to one company; ask to be invited at another address.

# What people may do
account-role-admin = administrator
account-role-buyer = buyer
account-role-approver = approver
account-role-finance = finance
account-role-viewer = viewer
staff-role-admin = administrator
staff-role-key-account-manager = key account manager
staff-role-customer-service = customer service
staff-role-catalogue = catalogue
staff-role-pricing = pricing
staff-role-warehouse = warehouse
staff-role-finance = finance

# The own profile
profile = Your profile
profile-tab = Profile
profile-company = Company
profile-language = Language of pages and mails
profile-language-default = As your company reads
profile-language-default-staff = As the portal begins (English)
profile-theme = Colours
profile-theme-hint = For this browser.
profile-saved = Your profile is saved.
theme-system = As your device is set
theme-light = Light
theme-dark = Dark
password-change-text = Your other sessions end with it; this one goes on.
password-current = Current password
password-new = New password
password-not-changed = The password was not changed. Look at the marked field.
password-changed = { $sessions ->
    [0] Your new password is set.
    [one] Your new password is set. One other session has ended.
   *[other] Your new password is set. { $sessions } other sessions have ended.
}
own-sessions-tab = Sessions
own-sessions-text = Something you don't know? End it and change your password.
own-sessions-device = Device
own-sessions-since = Signed in
own-sessions-address = Network address
own-sessions-browser = { $browser } on { $system }
own-sessions-program = A program
own-sessions-current = This browser
own-sessions-end = End
own-sessions-end-label = End { $device }, signed in { $since }
own-sessions-end-others = End all others
own-sessions-ended = The session has ended.
own-sessions-ended-others = { $sessions ->
    [0] There was no other session.
    [one] One other session has ended.
   *[other] { $sessions } other sessions have ended.
}
own-sessions-shown = { $count ->
    [one] One session
   *[other] { $count } sessions
}

# The team behind the account
nav-team = Team
team = Your team
team-text = The people of your supplier who look after your company. Whoever is away names who steps in.
team-empty = Your supplier has not named your team yet. Whom to ask stands at the foot of the page.
team-here = Here today
team-away-open = Away until further notice.
team-away-open-from = Away from { $from } until further notice.
team-away-until = Away until { $to }.
team-away-from = Away from { $from } to { $to }.
team-stand-in = { $name } steps in:
team-function-key-account-manager = Key account manager
team-function-deputy = Deputy of the key account manager
team-function-customer-service = Customer service
team-function-shipping = Shipping
team-function-scheduling = Scheduling
team-function-inventory = Inventory
team-function-finance = Finance
team-function-quality = Quality

# The account
nav-account = Account
account-tab = Terms
account-no-limit = no limit
account-exposure = Owed and committed
account-exposure-hint = Owed and committed are open invoices and orders that are not invoiced yet, less payments on account.
account-available = Available
account-used = { $percent } % of the credit limit is used.
account-exceeded = The limit is exceeded: new orders wait on hold until your supplier's finance team releases them.
account-facts = Terms
account-code = Your number at the supplier
account-terms-days = { $days ->
    [0] at once
    [one] { $days } day
   *[other] { $days } days
}
account-vat-id = VAT number
account-change-hint = Something to change?
account-to-team = Ask your team
tier-platinum = Platinum
tier-gold = Gold
tier-silver = Silver
tier-bronze = Bronze
sites = Sites
sites-text = Where you take goods. Your supplier keeps this list.
sites-empty = There is no site yet.
sites-name = Site
sites-code = Code
sites-address = Address
sites-default = Used where an order names no other
sites-shown = { $count ->
    [one] One site
   *[other] { $count } sites
}

# Members and invitations
members = Members
members-you = you
members-none = Nobody has access yet.
members-sites = Mails about sites
members-all-sites = all
members-last-sign-in = Last signed in
members-never = never yet
members-shown = { $count ->
    [one] One member
   *[other] { $count } members
}
members-invitations = Open invitations
members-role = Role
members-role-hint = More roles can be given once they have joined.
members-invited-by = Invited by
members-good-until = Good until
members-resend = Send again
members-resend-label = Send again to { $email }
members-withdraw = Withdraw
members-withdraw-label = Withdraw the invitation of { $email }
members-withdrawn = The invitation is withdrawn; its link opens nothing any more.
members-invite-hint = They get a link by mail, good once, for seven days.
members-invited = An invitation to { $email } is on its way.
roles-rule = A member has at least one role. To end their access, remove them.
account-role-may-admin = Orders, and manages members and invitations
account-role-may-buyer = Asks for prices, orders and cancels
account-role-may-approver = Approves orders that need it
account-role-may-finance = Gets invoices and reminders
account-role-may-viewer = Reads everything, changes nothing
member-sites = Mails about these sites
member-saved = { $name } is saved.
member-back = Back to all members
member-remove-title = Remove { $name }?
member-remove-text = Their access ends at once, everywhere. What they ordered stays. They can be invited again.
member-remove-me = This is you: your own access ends at once, everywhere. Another administrator can invite you again.
member-remove-do = Remove from the account
member-keep = Keep
member-removed = The member is removed; their access has ended.
member-changed = Somebody changed this member meanwhile. Look again before you remove them.

# Mails
notify = Mails you get
notify-tab = Mails
notify-kinds = Mails about
notify-always = Always sent, because somebody asks for them: { $kinds }.
notify-sites-hint = None ticked: mails about all sites.
notify-saved = Your choice is saved.
notify-kind-order-placed = Order placed
notify-about-order-placed = What was ordered and when it comes
notify-kind-order-on-hold = Order on hold
notify-about-order-on-hold = Why an order does not go on
notify-kind-order-released = Order released
notify-about-order-released = An order on hold goes on
notify-kind-order-accepted = Order confirmed
notify-about-order-accepted = Your supplier confirmed an order
notify-kind-order-cancelled = Order cancelled
notify-about-order-cancelled = Nothing more of an order will come
notify-kind-promise-changed = Delivery date changed
notify-about-promise-changed = A line comes earlier or later than said
notify-kind-short-of-stock = Short of stock
notify-about-short-of-stock = A line waits for stock
notify-kind-shipped = Shipped
notify-about-shipped = What is on its way, and by whom
notify-kind-invoiced = Invoice
notify-about-invoiced = An invoice, with its files
notify-kind-payment-received = Payment received
notify-about-payment-received = What a payment settled
notify-kind-webhook-failing = Webhooks fail
notify-about-webhook-failing = A program of yours takes no events
notify-kind-critical-order = Critical order
notify-about-critical-order = One of your accounts ordered something urgently
notify-kind-team-hold = Order on hold
notify-about-team-hold = An order of one of your accounts does not go on
notify-kind-dead-letter = Mail given up
notify-about-dead-letter = A mail could not be delivered
notify-kind-invitation = Invitation
notify-about-invitation = An invitation to an account
notify-kind-password-reset = New password
notify-about-password-reset = A link to set a new password
notify-kind-access-changed = Your access
notify-about-access-changed = Your password or your roles were changed
unsubscribe = No more mails of this kind?
unsubscribe-text = You get mails of the kind “{ $kind }”. They come no more once you say so here; you can change it back at any time.
unsubscribe-do = Stop these mails
unsubscribe-choose = Choose which mails you get
unsubscribed-heading = These mails come no more
unsubscribed = Mails of the kind “{ $kind }” are switched off for you.

# The menu of the reader
own-members = Members and invitations
notify-kind-credited = Credit note
notify-about-credited = A credit note, with its paper
