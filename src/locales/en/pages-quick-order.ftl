# Quick order
nav-quick-order = Quick order
nav-drafts = Drafts
quick-order = Quick order
drafts = Drafts
drafts-all = All drafts
paste-list = Paste a list
upload-file = Upload file
back-to-draft = Back to the draft
entry-key = Part number
entry-key-hint = Yours, ours, GTIN or a word
entry-unit = Unit
entry-unit-usual = as usual
draft-unit-last-ordered = as ordered last
draft-unit-default = the usual unit
draft-unit-base = no unit was named
entry-add = Add line
entry-offers = { "{" }count{ "}" } articles. Choose with the arrow keys.
entry-offers-label = Articles
draft-saved = Saved { $time }
draft-saved-by = Saved { $time } by { $who }
draft-of = Draft of { $moment }
draft-read-only = You may look at drafts. Admins and buyers of your account change and place them.
draft-bad-lines = { $total ->
    [one] The line needs you.
   *[other] { $bad } of { $total } lines need you.
}
draft-ready-lines = { $ready ->
    [0] No line is ready yet.
    [one] The other one is ready.
   *[other] The other { $ready } are ready.
}
draft-line-text = Line { $number }: { $text }
draft-show-open = Show only the { $bad } lines that need you
draft-show-all = { $total ->
    [one] Show the line
   *[other] Show all { $total } lines
}
draft-empty = No lines yet. Type a part number above, paste a list or upload a file.
draft-lines-shown = Lines { $first } to { $last } of { $count }
draft-save = Save changes
draft-best-price = Best price reached
draft-our-number = our { $sku }
draft-found-by = found by { $key }
draft-break = Add { $more } to pay { $price }.
draft-break-saves = Add { $more } to save { $saves }.
draft-set-to = Set to { $quantity }
draft-rounded = { $base }, rounded from { $quantity }
draft-pack-price = { $price } a { $unit }
draft-day-unknown = day not known yet
draft-added = { $lines ->
    [one] { $lines } line was added.
   *[other] { $lines } lines were added.
}
draft-nothing-added = Nothing was added: name a quantity first.
draft-overtaken = Line { $lines } was changed by { $who } meanwhile and stays as they left it. Check it and change it again if you need to.
draft-was-placed = This draft was placed as order { $number }.
line-typed = Typed: { $typed }
line-number = No.
line-product = Product
line-price = Your price, { $currency }
line-net = Net, { $currency }
line-remove = Remove line { $number }
line-not-ordered = Not ordered
line-key-label = Part number of line { $number }
line-quantity-label = Quantity of line { $number }
line-unit-label = Unit of line { $number }
line-twin = Same article as line { $number }.
line-merge = Merge with line { $number }
line-no-key = No part number. Type one, or remove the line.
line-unknown = “{ $key }” is not in your catalogue. Check the number, or ask your contact.
line-unknown-nearest = “{ $key }” is not in your catalogue. Did you mean:
line-several = Several articles match “{ $key }”. Choose one:
line-no-quantity = How many? Type a quantity.
line-not-a-number = “{ $quantity }” is not a quantity above zero. Type a number.
line-ambiguous = “{ $quantity }” can be read in two ways. Which one do you mean?
line-unknown-unit = It is not sold in “{ $unit }”. Choose a unit.
line-not-whole = { $quantity } × { $unit } is not a whole number. Order instead:
line-below-minimum = The smallest order is { $minimum } × { $unit }. Order instead:
line-above-maximum = At most { $maximum } × { $unit } can be ordered with one line. Order instead:
line-not-multiple = It is ordered in multiples of { $multiple } × { $unit }. Order instead:
line-pack-changed = { $packs } were { $was }, at { $held } each; { $one } holds { $holds } now. Order instead:
line-no-price = You have no price for { $quantity } × { $unit } yet. Ask your contact for one.
line-supply-whole = In stock
line-supply-part = Part now
line-supply-part-now = { $quantity } on { $day }
line-supply-part-expected = { $quantity } on { $day } (expected goods)
line-supply-expected = Expected
line-supply-part-later = { $quantity } wait for stock
line-supply-waiting = Backordered
line-supply-waiting-text = When stock arrives
line-supply-held = On hold
line-supply-held-text = Once released
offer-stock-in-stock = In stock
offer-stock-low = Low stock
offer-stock-none = Not in stock
why = Why this price
why-list = { $level } { $list }
why-from = From { $quantity } { $unit }
why-list-price = List price { $price }
why-until = Until { $day }
why-rounded = You asked for { $quantity }; the pack rounds that to what it is sold in.
why-since = Since { $day }
why-claim = Without charge: it stands for goods of claim { $number }.
why-level-contract = Contract
why-level-account = Your price list
why-level-tier = Tier price list
why-level-base = Price list
bar-ready = { $total ->
    [one] { $ready } of { $total } line ready
   *[other] { $ready } of { $total } lines ready
}
bar-tax = plus { $tax } VAT
bar-credit = Free credit after this order
bar-over = Above your credit limit: the order would be placed on hold until it is released.
bar-preview = { $lines ->
    [one] Preview order ({ $lines } line)
   *[other] Preview order ({ $lines } lines)
}

# Lists
paste-label = Your list
paste-hint = One line each: part number, quantity and perhaps unit, parted by tab, semicolon, comma or blanks. Copy straight from a spreadsheet.
paste-take = Add lines
paste-empty = There is nothing to add yet. Paste at least one line.
upload-label = CSV or Excel file
upload-limits = CSV, text or XLSX, at most { $megabytes } MB and { $rows } rows. The first visible sheet is read unless you name another one.
upload-sample = Sample file
upload-check = Check file
file-empty = The file is empty.
file-too-large = The file is larger than { $megabytes } MB, or holds too much. Split it.
file-old-workbook = This is an old Excel file. Save it as XLSX or CSV and upload it again.
upload-sheet = Sheet
upload-sheet-hint = Only for an Excel file with several sheets.
file-foreign = { $kind ->
    [html] This is a web page (HTML), whatever its name says. Open it in your spreadsheet and save it as XLSX or CSV.
    [xml] This is an XML file, whatever its name says. Open it in your spreadsheet and save it as XLSX or CSV.
    [pdf] This is a PDF file. Save the list as XLSX or CSV.
    [rtf] This is a text document (RTF). Save the list as XLSX or CSV.
    [mail] This is a mail or a web archive. Save the list in it as XLSX or CSV.
    [open_document] This is an OpenDocument file. Save it as XLSX or CSV.
    [locked] This workbook has a password. Remove it and upload the file again.
    [picture] This is a picture. Save the list as XLSX or CSV.
   *[archive] This is an archive. Unpack it and upload the list in it.
}
file-no-sheet = Every sheet of the workbook is hidden. Show the one with the list and upload the file again.
file-unknown-sheet = The workbook has no visible sheet of this name. It has: { $names }.
file-moment = Cell { $cell } holds the day { $text } where a part number, a quantity or a unit is expected. Spreadsheets make days of what looks like one: format the column as text, type the value again and upload the file.
file-other-number = Cell { $cell } holds { $number }, but its format shows something else. Format the column as a number with all its decimals and upload the file again.
file-empty-sheet = The sheet { $sheet } is empty. Name another one: { $others }.
file-broken = The file can't be read. Save it again as XLSX or CSV.
file-formula = Cell { $cell } holds a formula. Paste it as a value and upload the file again.
file-long-cell = The text of cell { $cell } is longer than { $max } bytes.
file-too-many-rows = More than { $rows } lines don't fit into one draft. Split the list.
file-too-many-columns = The list has more than { $columns } columns. Keep part number, quantity and unit.
check-title = Check the list
check-columns = What is in which column?
check-column = Column { $number }
check-none = none
check-key = Part number
check-quantity = Quantity
check-unit = Unit
check-note = Note
check-header = The first row holds headings
check-sheet = Read from the sheet { $sheet }. Not read: { $others }.
check-hidden = { $rows ->
    [one] { $rows } row that the file hides is among them.
   *[other] { $rows } rows that the file hides are among them.
}
check-hidden-columns = { $columns ->
    [one] { $columns } column that the file hides is among them.
   *[other] { $columns } columns that the file hides are among them.
}
check-again = Show again
check-without-quantity = { $lines ->
    [one] { $lines } line has no quantity; you will be asked for it.
   *[other] { $lines } lines have no quantity; you will be asked for it.
}
check-rows = { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
check-more = { $rows ->
    [one] and { $rows } more row
   *[other] and { $rows } more rows
}
check-add = { $lines ->
    [one] Add { $lines } line
   *[other] Add { $lines } lines
}

# Drafts
drafts-empty = No drafts yet.
drafts-start = Start a quick order
draft-new = New draft
draft-owner = Begun by
draft-changed-at = Changed
draft-rename = Rename
draft-rename-save = Save name
draft-renamed = The draft has its new name.
draft-copy = Copy
draft-copy-label = Copy { $title }
draft-copied = This is the copy. It has no purchase order number yet.
draft-delete-label = Delete { $title }
draft-delete-title = Delete “{ $title }”?
draft-delete-text = { $lines ->
    [one] Its line goes with it. Nobody of your account can bring it back.
   *[other] Its { $lines } lines go with it. Nobody of your account can bring them back.
}
draft-delete-do = Delete draft
draft-deleted = The draft is deleted.

# Preview and confirmation
preview = Preview order
preview-lines = { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}
preview-bad = { $lines ->
    [one] { $lines } line is not ready and will not be ordered. It stays in a draft.
   *[other] { $lines } lines are not ready and will not be ordered. They stay in a draft.
}
preview-mend = Mend them first
preview-short = { $lines ->
    [one] { $lines } line is not fully in stock: the rest comes when stock arrives.
   *[other] { $lines } lines are not fully in stock: the rest comes when stock arrives.
}
preview-nothing-ready = No line is ready to order yet.
preview-ship-to = Ship to
order-text-note = Note
preview-save = Save and recalculate
preview-totals = Totals, { $currency }
preview-tax = VAT
preview-rises = Prices have risen since you added these lines
preview-rise = Line { $number }, { $article }: { $was } → { $is }
preview-accept = I accept the new prices
preview-accept-first = Prices have risen: accept the new ones to place the order.
preview-next-placed = The order goes to the supplier at once.
preview-next-hold = The order is above your credit limit. It is placed on hold and starts once the supplier releases it.
preview-place = { $lines ->
    [one] Place order ({ $lines } line)
   *[other] Place order ({ $lines } lines)
}
preview-po-used = Order { $number } already uses this number. Take another one.
preview-not-placed = Nothing was ordered yet.
preview-different = Something has changed since you looked: lines, prices or totals. Nothing was ordered. Check below and place it again.
order-class-standard = Standard
order-class-priority = Priority
order-class-critical = Critical
confirmation-title = Order { $number } is placed
confirmation-next-placed = It is in the queue. You get a mail once it is accepted, and again when it ships.
confirmation-next-hold = It is on hold: it is above your credit limit. The supplier has been told and releases it or calls you.
confirmation-next-later = It is on its way through the house.
confirmation-mails = Confirmation goes to
confirmation-pdf = Confirmation as PDF
confirmation-again = New quick order
confirmation-rest = { $lines ->
    [one] { $lines } line waits in your draft.
   *[other] { $lines } lines wait in your draft.
}
confirmation-to-draft = To the draft
confirmation-on-hold = On hold
confirmation-under-way = Under way
