# Values that several features know
say-say-why = Say why.
say-fill-it-in = Fill it in.
say-fill-this-in = Fill this in.
say-at-most-characters = At most { $max } characters fit.
say-no-nul = A text can't hold the character NUL.
say-no-control-characters = Control characters can't stand here.
say-no-font = No font has these letters: { $letters }. A box stands in their place on papers. Put a font that has them into the folder fonts of the data folder, or write the texts otherwise.
say-unknown-product = There is no product { $sku }.
say-unknown-account = There is no account { $account }.
say-account-is-closed = The account { $account } is closed.
say-unknown-price-list = There is no price list { $list }.
say-give-tier = Give platinum, gold, silver or bronze.
say-no-order-id = '{ $text }' is no order's id.
say-name-a-line = Name at least one line.
say-too-large-a-total = The total is larger than the portal can hold.
say-cannot-read = '{ $typed }' can't be read.

# Keys
say-invisible-sign = Sign { $place } is { $sign }, which nobody sees. Remove it.
say-excel-formula-text = A spreadsheet wrote this as a formula. Give the text inside the quotes, without ="".
say-excel-exponent = A spreadsheet shortened this number and lost its digits. Format the column as text, type the number again and save once more.
say-excel-number = A spreadsheet made a number of this. Give it without the point and zeros; format the column as text to keep it.
say-excel-error = A spreadsheet shows this where it has no value. Give the number itself, or leave the row out.
say-write-it-as = '{ $known }' is there already and looks the same. Write it like that, or give another one.

# Numbers
say-not-a-plain-number = The value is not a plain decimal number like 12.5.
say-too-many-digits = The value has more than 18 digits.
say-too-many-decimals = The value has too many decimals.
say-quantity-not-above-zero = The quantity { $quantity } is not above zero.
say-quantity-not-a-number = The quantity '{ $quantity }' is not a plain decimal number like 12.5.
say-quantity-too-long = The quantity '{ $quantity }' has more than 18 digits.
say-quantity-too-fine = The quantity '{ $quantity }' has too many decimals.

# Requests
say-wrong-values = The request has wrong values.
say-try-again-later = Too many requests. Try again in { $seconds } s.
say-forbidden = Your role does not allow this.
say-not-found = There is no such object.
say-unavailable = The service can't answer right now. Send the same request again.
say-internal = The fault is ours and is logged under the request id.
say-send-json = Send the body as application/json without a Content-Encoding.
say-send-form-with-files = Send multipart/form-data.
say-send-rows = Send rows as application/x-ndjson or text/csv, plain or packed by gzip.
say-not-json = The body is not JSON: { $reason }.
say-wrong-shape = { $reason }
say-body-has-at-most = A body has at most { $megabytes } MiB.
say-body-broke-off = The body broke off: { $reason }
say-body-too-late = The body did not arrive in time.
say-came-past-the-proxy = This address is reached by https, through the server before it. Use the address that you were given.
say-unreadable-upload = { $reason }
say-use-next-cursor = Use next_cursor as it was given, with the same filter.
say-use-last-cursor = Send the last cursor of the same export as after.
say-since-is-forgotten = What changed is known for { $days } days, and not from before the list became another one. Read everything anew and go on from there.
say-send-if-match = Send If-Match with the ETag of what you have read.
say-changed-since-read = It has changed since you read it: read it again and repeat the change with its new ETag.
say-send-idempotency-key = Send one Idempotency-Key header of 1 to 255 visible ASCII characters, new for every new request.
say-address-takes = This address takes { $methods }.
say-use-event-id = Use the id of an event as this feed gave it, or leave it out to begin with the first one.

# Forms
say-form-lacks-key = The form lacks its key. Load the page again.
say-form-of-elsewhere = This form was opened in another place: in a sandbox that you look into no more, or before you did. Nothing was done. Open it anew.
say-form-too-large = The form is too large.
say-form-has-at-most = This form holds at most { $kilobytes } KB.
say-form-has-fields = A form has at most { $max } fields.

# Work that stands below the features
say-database-filled = The database has accounts or products already; name an empty one.
say-placing-orders = placing orders
say-message-due = The message is due already: it is sent as soon as it can be.
