# Erasures
erasures = Erasures
erasures-text = Whom the portal has forgotten: a pseudonym stands in place of their name and addresses.
erasures-none = Nobody was forgotten yet.
erasures-shown = { $count ->
    [one] One erasure
   *[other] { $count } erasures
}
erasure-new = Forget a person
erasure-what = They have no access from now on. A pseudonym takes the place of their name and addresses in mails, events, contacts, notes and the audit record. This can't be undone.
erasure-again = Mail address once more
erasure-again-hint = So that nobody is forgotten by a slip of the finger.
erasure-begun = They have no access any more. The rest is being replaced.
erasure-runs = It goes on beside everything else; look again in a while.
erasure-pseudonym = Pseudonym
erasure-asked = Asked for
erasure-ended = Done
erasure-number = Acts stay under
erasure-replaced = Replaced
erasure-nothing-yet = Nothing yet.
erasure-rows = { $rows ->
    [one] One row
   *[other] { $rows } rows
}
erasure-stays = What is kept, and why
erasure-state-running = Runs
erasure-state-done = Done
erasure-place-person = Way in
erasure-place-contacts = Contacts
erasure-place-shoppers = Punchout shoppers
erasure-place-invitations = Invitations
erasure-place-messages = Mails
erasure-place-events = Events
erasure-place-audit = Audit record
erasure-place-texts = Notes and reasons
erasure-kept-documents = Invoices, credit notes, reminders
erasure-why-documents = As they were issued: tax and trade law have them kept unchanged.
erasure-kept-acts = Who did what
erasure-why-acts = Under a number that no longer leads to a name: orders, prices and payments must stay explainable.
erasure-kept-addresses = Network addresses in the audit record
erasure-why-addresses = To find misuse; they stand beside the number, not beside a name.
erasure-kept-letters = Orders as buyers' systems sent them
erasure-why-letters = They are business letters, which the law has kept.
erasure-kept-mentions = What others wrote about them
erasure-why-mentions = Their address is replaced in notes; a name within a sentence is not recognised. Search for it if it matters.
erasure-kept-sandboxes = Contacts in a sandbox
erasure-why-sandboxes = A sandbox has copies of the account's contacts. Refresh it, and they are taken over anew.
erasure-kept-backups = Backups
erasure-why-backups = Until they are thrown away. Repeat the erasure after restoring an older one.
