# Around every page
brand-unnamed = Portal
brand-desk = desk
page-description = Ordering, deliveries and invoices for key accounts
skip-to-content = Skip to content
acting-label = Acting for an account
acting-text = You act for { $account } as { $staff }. Recorded and shown to them.
acting-stop = Stop acting
search-hint = Your part no., order, invoice
search-hint-desk = Order, account, SKU, invoice
search-key = Ctrl K
nav-label = Main
nav-menu = Menu
nav-home = Home
nav-today = Today
nav-group-daily = Daily work
nav-group-catalogue = Catalogue and prices
nav-group-program = Program
nav-group-money = Money
nav-group-set-up = Set-up
nav-draft = { $lines ->
    [one] Draft, { $lines } line
   *[other] Draft, { $lines } lines
}
crumbs-label = You are here
pager-first = First
pager-label = Pages
chart-figures = Figures
field-email = Mail address
field-password = Password
optional = optional

# Signing in
sign-in = Sign in
sign-in-keep = Keep me signed in on this device for 30 days
session-ends = Your session ends at { $time }. What you have typed by then is kept: sign in again and send it.
sign-in-ended = Your session has ended. Sign in again to go on.
sign-in-interrupted = Your session has ended. What you typed is kept: sign in, then send it.
too-long = What you typed is not lost
too-long-text = Your session has ended, and the form is too long to be kept through the sign-in. Sign in in another tab, come back to this one and load it again: your browser then sends the form once more.
too-long-sign-in = Sign in in another tab
sign-in-wrong = Mail address or password is wrong. Try again, or ask your administrator.
sign-in-throttled = { $minutes ->
    [one] Too many attempts failed. Try again in a minute.
   *[other] Too many attempts failed. Try again in { $minutes } minutes.
}
sign-out = Sign out
resume = Signed in again
resume-text = What you typed was not sent, because your session had ended. Nothing was saved or ordered yet.
resume-send = Send it now
resume-back = Back without sending it
signed-out = You are signed out.

# When something is wrong
error-not-found = This page does not exist
error-not-found-text = It may have moved, or it belongs to somebody else. Check the address or start from the beginning.
error-forbidden = Your role does not allow this
error-forbidden-text = Ask an administrator if you need it.
error-throttled = Too many requests
error-internal = Something failed on our side
error-internal-text = Nothing was changed. Try again; if it fails once more, tell us the reference.
error-unavailable = Not available right now
error-unavailable-text = Please try again in a moment. Nothing was changed.
error-invalid = Something is not right yet
error-invalid-text = Go back, mend it, and send it again.
error-refused = This can't be done now
error-reference = Reference { $reference }
error-to-start = To the start page

# The page of components
gallery-title = Components
gallery-banner = Line 3: you get 8 of 12 cartons now
gallery-detail = Orders with a higher rank came first.
gallery-shown = 50 orders

# Saved views of lists
views-label = Saved views
views-save = Save this view
views-name = Name of the view
views-delete-label = Delete view { $name }
views-saved = View “{ $name }” saved.
views-not-saved = The view was not saved: give it a name of at most 60 characters.
views-too-many = A list has at most { $count } views. Delete one first.
views-deleted = View deleted.
