# The desk of accounts
nav-accounts = Accounts
acct-new = New account
acct-new-do = Open the account
acct-search = Code or name
acct-standing-any = All
acct-open = Open
acct-closed = Closed
acct-mine = Only mine
acct-no-match = No account matches.
acct-empty = No accounts yet. Open one here or import accounts.csv.
acct-shown = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
acct-manager = Account manager
acct-nobody = Nobody
acct-orders = Open orders
acct-exposure = Exposure
acct-limit-in = Credit limit, { $currency }
acct-limit-hint = Empty: no limit. 0: every order waits for finance.
acct-no-limit = No limit
acct-over = Over the limit
acct-overdue = Overdue
acct-nothing = Nothing
acct-tabs = Pages of { $name }
acct-tab-overview = Overview
acct-tab-people = People
acct-tab-sites = Sites
acct-tab-team = Team
acct-tab-terms = Terms
acct-code = Code
acct-code-hint = Your own key for the account. It stays for good.
acct-country-hint = Two letters of ISO 3166, like NL
acct-currency-hint = Three letters of ISO 4217, like EUR. It stays once there are orders or price lists.
acct-tier = Tier
acct-tier-platinum = Platinum
acct-tier-gold = Gold
acct-tier-silver = Silver
acct-tier-bronze = Bronze
acct-vat-id = VAT ID
acct-vat-check = Check of the VAT ID
acct-vat-check-hint = Ask the country that gave the number (VIES) and keep its answer here. While the answer is "invalid", goods to other member states carry VAT. Another number is unchecked again.
acct-vat-answer = Answer
acct-vat-unchecked = Unchecked
acct-vat-valid = Valid
acct-vat-invalid = Invalid
acct-vat-service-away = Service gave no answer
acct-vat-checked-on = Asked on
acct-vat-evidence = Evidence
acct-vat-evidence-hint = Number of the request, or where the answer lies.
acct-vat-check-save = Save the check
acct-none = None
acct-locale = Language
acct-locale-hint = Of papers and mails, like en or de-AT
acct-zone-hint = IANA name, like Europe/Berlin
acct-terms-days-hint = Days from invoice to due date
acct-days = { $days ->
    [0] at once
    [one] { $days } day
   *[other] { $days } days
}
acct-terms = Terms
acct-master = Account
acct-credit-terms = Credit and payment
acct-credit-whose = Finance changes these.
acct-credit-text = { $exposure } of { $limit } are used.
acct-credit-free = { $amount } are free.
acct-credit-over = The limit is exceeded: { $amount }.
acct-credit-none = { $exposure } are used. There is no limit.
acct-label-orders = { $count ->
    [one] open order
   *[other] open orders
}
acct-label-members = { $count ->
    [one] person with access
   *[other] people with access
}
acct-label-sites = { $count ->
    [one] site
   *[other] sites
}
acct-closed-text = The account is closed: its people have no access any more. What was ordered goes on.
acct-no-people = Nobody of the account has access yet. Invite an admin under People.
acct-team = Team behind the account
acct-team-empty = Nobody stands behind the account yet.
acct-away-deputy = Away today, { $name } steps in
acct-away-from = Away from { $from }
acct-away-until = Away { $from } to { $to }
acct-person = Person
acct-mail-sites = Mails about sites
acct-mail-sites-hint = None ticked: mails about all sites
acct-invited = { $email } gets a link by mail, good for seven days.
acct-withdrawn = The invitation is withdrawn.
acct-person-changed = { $name } is changed.
acct-end = End access
acct-end-text = { $name } is signed out everywhere and can't sign in any more. What they ordered stays.
acct-end-do = End the access of { $name }
acct-person-ended = The access of { $name } has ended.
acct-save-credit = Save credit and payment
acct-saved = Saved.
acct-site = Site
acct-site-code = Site code
acct-site-code-hint = What orders name as ship-to. It stays for good.
acct-site-heading = Site { $code }
acct-site-default = Default of orders
acct-site-add = Add a site
acct-site-added = Site { $code } is added.
acct-site-changed = Site { $code } is changed.
acct-site-country-hint = Two letters of ISO 3166, like NL. Decides the tax of later orders.
acct-sites-empty = No sites yet.
acct-tab-contacts = Contacts
acct-contacts-empty = No contacts yet. Add people who should get mails and do not sign in.
acct-language-en = English
acct-language-de = German
acct-contact = Contact
acct-contact-code = Key
acct-contact-code-hint = Your own key, like AP. It stays for good.
acct-contact-heading = Contact { $code }
acct-contact-add = Add a contact
acct-contact-added = Contact { $code } is added.
acct-contact-changed = Contact { $code } is changed.
acct-contact-removed = Contact { $code } is removed.
acct-contact-remove = Remove contact { $code }
acct-contact-remove-text = They get no mails any more.
acct-job-title = What they do there
acct-email = Email
acct-language = Language
acct-mails = Mails they get
acct-contact-site-hint = None: mails about all sites.
acct-contact-language-hint = None: the company's language.
acct-contact-email-hint = Needed for mails.
acct-address = Address
acct-street = Street and number
acct-postal-code = Postal code
acct-city = City
acct-position = Position
acct-position-hint = 1 is the account manager. Whoever has the position makes room.
acct-function = Function
acct-function-key-account-manager = Key account manager
acct-function-deputy = Deputy
acct-function-customer-service = Customer service
acct-function-shipping = Shipping
acct-function-scheduling = Scheduling
acct-function-inventory = Inventory
acct-function-finance = Finance
acct-function-quality = Quality
acct-phone = Phone
acct-absence = Absence
acct-absent-from = Away from
acct-absent-to = Away until
acct-absent-to-hint = Empty: until further notice
acct-deputy = Deputy
acct-deputy-next = The next in the team
acct-place-add = Add somebody to the team
acct-place-heading = { $name } in the team
acct-place-remove = Take { $name } out of the team
acct-team-changed = The team is changed.
acct-close-hint = Ends the access of all its people.
acct-close-heading = Close { $name }?
acct-close-text = All its people are signed out and can't sign in any more. Orders that are placed go on, invoices stay to be paid. A closed account can't be opened again here.
acct-keep = Keep it open
acct-closed-now = { $name } is closed.
acct-opened = { $name } is open. Invite its first admin.
acct-open-credit = The account begins with a credit limit of zero: its orders wait until finance sets one.
acct-history = History
acct-away-now = Away
acct-away-soon = Planned
acct-lists = Everything about this account
acct-list-assortment = Assortment
acct-group-record = Record
acct-list-orders = Orders
acct-list-mails = Mails
acct-list-audit = Who did what
acct-cancel = Cancel
acct-country = Country
acct-name = Name
acct-save = Save
