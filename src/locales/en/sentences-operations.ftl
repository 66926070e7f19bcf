# What erasures say
say-nobody-has-address = Nobody is known under this address: no person, no contact, no invitation, no mail. Check how it is written.
say-erase-not-oneself = Nobody erases themselves: another admin does it, or the command portal user erase.
say-address-receives-invoices = E-invoices of { $account } go to this address. Change where they go first, in the account's terms.
say-address-differs = This is not the address above. Write it once more.
