# The second factor
factor = Second factor
factor-is-set = Set up
factor-is-not-set = None
factor-text = An app on your phone, an authenticator, shows a new code every 30 seconds. With it nobody signs in with your password alone.
factor-needed = Set up a second factor first; then everything else is open to you.
factor-begin = Set it up
factor-scan = Scan this with your authenticator
factor-scan-text = Any authenticator will do. Then type the code that it shows.
factor-qr = The secret as a code to scan
factor-type = Or type it there:
factor-first-code = Six digits, as the authenticator shows them.
factor-confirm = Switch it on
factor-done = Your second factor is set up. Your other sessions have ended.
factor-codes = Your recovery codes
factor-codes-text = Each opens your access once if the authenticator is gone. They are shown this once: print them, or keep them in a safe place.
factor-codes-kept = I have kept them
factor-since = Set up since { $moment }.
factor-codes-left = { $codes ->
    [one] One recovery code is left.
   *[other] { $codes } recovery codes are left.
}
factor-codes-few = { $codes ->
    [0] No recovery code is left. Make new ones now.
    [one] Only one recovery code is left. Make new ones now.
   *[other] Only { $codes } recovery codes are left. Make new ones now.
}
factor-new-codes = Make new recovery codes
factor-remove = Remove the second factor
factor-removed = The second factor is removed. Only your password protects your access now.
factor-removed-passkeys = The authenticator is removed. A passkey goes on protecting your access.
field-code = Code
code-hint = The six digits that your authenticator shows, or one of your recovery codes.
code-heading = One more code
code-text = Your password is right. Type the code that your authenticator shows now.
code-wrong = This code is wrong, or it was used. Wait for the next one.
code-too-late = The time for the code is over. Sign in once more.
code-back = Begin again
confirm = Is it you?
confirm-text = What you are about to change needs a fresh proof. What you typed is kept and goes on right after it.
confirm-do = Go on
confirm-wrong = This is not your password.

# Access of others
member-access = Access
member-access-text = If something looks wrong, end all sessions: they sign in again and are told by mail.
member-end-sessions = End all sessions
member-sessions-ended = { $sessions ->
    [0] There was no session to end.
    [one] One session has ended.
   *[other] { $sessions } sessions have ended.
}
member-reset-factor = Reset the second factor
member-factor-reset = The second factor is reset. They sign in with the password and can set up a new one.
staff-text = Those of the supplier who have access. People are added and ended by the command “portal user”.
staff-end = End sessions
staff-end-label = End sessions of { $name }
staff-reset = Reset second factor
staff-reset-label = Reset second factor of { $name }
staff-shown = { $count ->
    [one] One person
   *[other] { $count } people
}
own-sessions-used = Last used { $moment }

# Passkeys
passkeys = Passkeys
passkeys-text = A passkey lies in your phone, your computer or on a key, and answers this portal alone. It stands in for the code.
passkey-name = What to call it
passkey-name-hint = Such as the device it is on.
passkey-add = Add a passkey
passkey-since = Added { $moment }
passkey-used = last used { $moment }
passkey-never = not used yet
passkey-remove = Remove
passkey-remove-label = Remove the passkey { $name }
passkey-added = The passkey is added.
passkey-removed = The passkey is removed.
passkey-use = Use a passkey
passkey-failed = The passkey was not used. Try again, or take a code.
passkey-unnamed = Passkey
