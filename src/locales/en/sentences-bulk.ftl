# Bodies
say-not-gzip = The body is announced as gzip and can't be unpacked: { $reason }.
say-no-rows = The body holds no rows.
say-at-most-megabytes-of-rows = At most { $max } MB fit in one job. Send several.
say-at-most-rows = At most { $max } rows fit in such a job. Send several.
say-row-too-long = Row { $row } is longer than { $max } kB.
say-too-many-waiting = At most { $max } jobs may wait. Send more when some are done.

# Rows
say-field-needed = Every row needs this field.
say-text-or-number = Send a text or a number of at most 15 digits.
say-unknown-field = There is no such field. These are the fields that rows may have: { $known }.
say-key-of-an-order = Send 1 to 255 visible ASCII characters, new for every new order.

# Jobs
say-job-is-over = The job is over.
say-rows-were-bad = Nothing was written, for rows are bad: { $rows }.
say-may-no-longer = Whoever sent the rows may no longer send such rows.
say-bulk-failed = Something failed on our side. Send the rows again.
