# Imports on the desk
nav-imports = Imports
imp-new = Import files
imp-files = Files
imp-limits = CSV files, or ZIP archives of them: at most { $sent } MB in all, { $unpacked } MB unpacked, { $files } files. They are kept for { $days } days.
imp-yours = You import: { $files }.
imp-none-yours = Your role imports no files.
imp-check = Check files
imp-check-hint = Nothing changes until you apply it.
imp-numbers = Numbers in the files
imp-numbers-hint = Only where a number such as 1.000 could be read in two ways and nothing else in the file shows which.
imp-numbers-shown = as the files show
imp-numbers-point = with a decimal point: 1,234.5
imp-numbers-comma = with a decimal comma: 1.234,5
imp-last = Last imports
imp-empty = Nothing was imported here yet.
imp-shown = { $count ->
    [one] { $count } import
   *[other] { $count } imports
}
imp-files-sent = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
imp-started = Started
imp-from = Started from
imp-changed = Last moved
imp-by = Started by
imp-applied-by = Applied by
imp-state = State
imp-state-checking = Checking
imp-state-ready = Ready
imp-state-applying = Running
imp-state-done = Done
imp-state-done-with = { $count ->
    [one] Done with { $count } error
   *[other] Done with { $count } errors
}
imp-state-failed = Failed
imp-title = Import of { $started }
imp-running-check = The files are being checked
imp-running-apply = The rows are being written
imp-waiting = Waiting to begin
imp-may-leave = It goes on when you leave this page.
imp-reload = Look again
imp-failed = The import could not go on.
imp-done = { $count ->
    [0] There was nothing to write.
    [one] One row is written.
   *[other] { $count } rows are written.
}
imp-nothing-new = Everything in the files is there already: there is nothing to apply.
imp-report = What the files do
imp-file = File
imp-new-rows = New
imp-changed-rows = Changed
imp-unchanged-rows = Unchanged
imp-valid = Valid rows
imp-left-alone = Left alone, because they are none of the import files: { $files }
imp-apply-all = { $count ->
    [one] Apply the row
   *[other] Apply all { $count } rows
}
imp-apply-valid = { $count ->
    [one] Apply the valid row
   *[other] Apply { $count } valid rows
}
imp-left-out = { $count ->
    [one] The bad row is left out.
   *[other] The { $count } bad rows are left out.
}
imp-download = Download as CSV
imp-all-rows = All bad rows
imp-kinds = Kinds of faults
imp-row = Row
imp-column = Column
imp-reason = What to do
imp-value = Value
imp-rows-shown = { $count ->
    [one] { $count } bad row
   *[other] { $count } bad rows
}
