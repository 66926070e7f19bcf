# Cells
say-blanks-or-controls = Remove blanks at the ends and control characters.
say-give-tax-category = Give the category of UNCL5305, like S.
say-give-unit-code = Give the code of UN/ECE Recommendation 20 or 21, like H87 or XCT.
say-give-whole-number = Give a whole number from { $from } to { $to }.
say-at-most-decimals = { $max-count ->
    [one] At most one decimal is allowed here.
   *[other] At most { $max } decimals are allowed here.
}
say-two-numbers = This is { $one } or { $other }. Say whether the decimal sign of the files is a point or a comma (--numbers, or the choice beside the files).
say-not-below-zero = The value can't be below zero.
say-write-the-day = Write the day as YYYY-MM-DD.
say-give-currency = Give the ISO 4217 code, like EUR.
say-give-country = Give the ISO 3166-1 code, like NL.
say-give-mail-address = Give one mail address as mails are written to it, like orders@north.example, without name, comma or brackets.
say-give-phone = Give a number that can be dialled, like +49 40 123456, with 3 to 15 digits.
say-give-vat-id = Give the VAT id in the form of its country, like DE123456789 or EL123456789 for Greece, without blanks. Leave it empty where there is none.
say-give-iban = Give the IBAN with its two check digits, in upper case, like NL91 ABNA 0417 1643 00. A digit may be mistyped.
say-give-bic = Give the BIC with 8 or 11 signs, like COBADEFF.
say-give-time-zone = Give the IANA name, like Europe/Amsterdam.
say-give-one-of = Give one of { $names }.
say-give-some-of = Give any of { $names }; a file parts them by blanks.

# Rows and headers
say-cells-differ = { $found-count ->
    [one] The row has one cell, the header { $wanted }.
   *[other] The row has { $found } cells, the header { $wanted }.
}
say-save-as-utf8 = Save the file as UTF-8.
say-remove-nul = Remove the NUL character.
say-text-after-quote = Text follows a closing quote; write a quote inside quotes twice.
say-quote-never-closes = A quote opens and never closes.
say-keep-one = Keep one of the two.
say-header-needs = The header needs { $required }.
say-header-needs-and-may-have = The header needs { $required }; it may have { $optional }.
say-same-key-before = Another row before it in the same job has the same key. Send each key once.
say-same-key = Row { $row } has the same key. Keep one of the two.
say-at-most-columns = A file has at most { $max } columns.
say-too-many-faults = More than { $max } rows are bad, so the rest was not looked at. Nothing of this file is imported.
say-give-electronic-address = Give an electronic address as scheme and number, like 0088:4012345000009 (a GLN), 9930:DE123456789 (a German VAT ID) or EM:invoices@company.example; check digits must be right.
say-give-register-number = Give the number as the register wrote it, or with its ISO 6523 scheme before it, like 0002:732829320; check digits must be right.
