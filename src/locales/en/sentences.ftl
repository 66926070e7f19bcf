# What is said everywhere
say-say-why = Say why.
say-at-most-characters = At most { $max } characters fit.

say-wrong-values = The request has wrong values.
say-try-again-later = Too many requests. Try again in { $seconds } s.
say-forbidden = Your role does not allow this.
say-not-found = There is no such object.
say-unavailable = The service can't answer right now. Send the same request again.
say-internal = The fault is ours and is logged under the request id.

# Values that several features know
say-fill-it-in = Fill it in.
say-unknown-product = There is no product { $sku }.
say-unknown-account = There is no account { $account }.
say-unknown-price-list = There is no price list { $list }.
say-unreadable-upload = { $reason }

# Numbers
say-not-a-plain-number = The value is not a plain decimal number like 12.5.
say-too-many-digits = The value has more than 18 digits.
say-too-many-decimals = The value has too many decimals.
