# The audit record
nav-audit = Audit
audit-actor = Person or program
audit-object = Object ID
audit-hint = Account by its code; a person by mail address; what by its name, such as order.cancel, order. for all of orders, or session. for sign-ins.
audit-no-match = No entry matches.
audit-empty = Nothing is recorded yet.
audit-shown = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
audit-facts = { $count ->
    [one] { $count } detail
   *[other] { $count } details
}
audit-program = Program: { $name }
audit-acted-for = for { $name }
audit-address = Address

# Actions
audit-account-open = Opened the account
audit-account-change = Changed the account
audit-account-close = Closed the account
audit-contact-add = Added a contact
audit-contact-change = Changed a contact
audit-contact-remove = Removed a contact
audit-site-add = Added a site
audit-site-change = Changed a site
audit-team-change = Changed the team
audit-acting-start = Began to act for the account
audit-acting-stop = Stopped acting for the account
audit-invitation-create = Invited somebody
audit-invitation-withdraw = Withdrew an invitation
audit-invitation-accept = Accepted an invitation
audit-person-add = Added a person
audit-person-rejoin = Gave a person access again
audit-person-change = Changed a person
audit-person-end = Ended a person's access
audit-person-choose-mails = Chose mails
audit-person-change-password = Changed the password
audit-person-reset-password = Reset the password
audit-password-reset-request = Asked for a new password
audit-session-sign-in = Signed in
audit-session-sign-in-failed = A sign-in failed
audit-session-replace = Another sign-in in the same browser ended the session
audit-session-sign-out = Signed out
audit-session-end = Ended a session
audit-session-end-others = Ended the other sessions
audit-session-end-reused = A used token ended a session
audit-person-confirm-failed = A fresh proof failed
audit-person-change-password-failed = Gave a wrong current password
audit-access-refuse = Refused for the role
audit-list-export = Fetched a list as a file
audit-session-end-all = Ended all sessions of somebody
audit-second-factor-add = Set up a second factor
audit-second-factor-remove = Removed the second factor
audit-second-factor-reset = Reset somebody's second factor
audit-second-factor-renew-codes = Made new recovery codes
audit-second-factor-use-recovery-code = Used a recovery code
audit-passkey-add = Added a passkey
audit-passkey-remove = Removed a passkey
audit-key-rotate = Made a new signing key
audit-key-retire = Retired a signing key
audit-order-place = Placed an order
audit-order-accept = Accepted an order
audit-order-hold = Held an order
audit-order-release = Released an order
audit-order-cancel = Cancelled an order
audit-draft-delete = Deleted a draft
audit-receipt-book = Booked a receipt
audit-shipment-create = Shipped
audit-shipment-deliver = Marked as delivered
audit-invoice-issue = Issued an invoice
audit-payment-book = Booked a payment
audit-payment-apply = Applied a payment
audit-payment-reverse = Reversed a payment
audit-mail-resend = Sent a mail once more
audit-import-check = Checked files
audit-import-apply = Imported files
audit-client-add = Added a program
audit-client-change = Changed a program
audit-client-keys-change = Changed a program's keys
audit-client-secret-add = Gave a program a new secret
audit-client-secret-retire = Retired a program's secret
audit-client-revoke = Revoked a program
audit-client-proof-failed = A program failed to prove itself
audit-webhook-endpoint-add = Added a webhook endpoint
audit-webhook-endpoint-change = Changed a webhook endpoint
audit-webhook-endpoint-remove = Removed a webhook endpoint
audit-webhook-endpoint-rotate = Gave a webhook endpoint a new secret
audit-webhook-endpoint-retire = Retired an old webhook secret
audit-webhook-endpoint-enable = Switched a webhook endpoint on
audit-webhook-endpoint-disable = Switched a webhook endpoint off
audit-webhook-endpoint-test = Sent a test to a webhook endpoint
audit-webhook-endpoint-resend = Sent a webhook once more
audit-webhook-endpoint-replay = Replayed events to a webhook endpoint
