# Forms
form-error-prefix = Error:
form-refused = { $count ->
    [one] One value is not right yet. Nothing was saved.
   *[other] { $count } values are not right yet. Nothing was saved.
}
form-sent-before = This form was sent before with other values. Look at what came of it, then open the form again.
form-overtaken = Somebody changed this meanwhile. Below stands what you typed; save again to keep it.
form-required = Fill this in.
form-value-bad = “{ $typed }” is not possible here.
form-number-bad = “{ $typed }” is not a number.
form-number-asks = “{ $typed }” can be read in two ways. Write { $one } or { $other }.
form-day-bad = “{ $typed }” is not a day. Write it like 2026-11-25.
form-day-asks = “{ $typed }” can be read in two ways. Write { $one } or { $other }.
