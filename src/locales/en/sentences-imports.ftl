# Files
say-file-unreadable = { $file } can't be read: { $reason }
say-no-import-file = The folder holds none of the import files: { $files }.
say-choose-a-file = Choose at least one file.
say-at-most-files = At most { $max } files fit in one import.
say-at-most-megabytes = At most { $max } MB fit in one import.
say-sent-twice = { $file } was sent twice. Keep one of the two.
say-cannot-unpack = { $file } can't be unpacked: { $reason }.
say-archive-holds-more-files = { $file } holds more than { $max } files.
say-archive-too-large = { $file } unpacks to more than { $megabytes } MB.
say-file-is-foreign = { $file } is { $kind ->
    [html] a web page (HTML)
    [xml] an XML file
    [pdf] a PDF file
    [rtf] a text document (RTF)
    [mail] a mail or a web archive
    [open_document] an OpenDocument file
    [locked] a workbook with a password
    [picture] a picture
   *[archive] an archive or a workbook
}, whatever its name says. Send the list as CSV.

# Runs
say-role-imports-not = Your role does not import { $file }.
say-only-checked-applies = Only an import that was checked and not applied yet can be applied.
say-has-bad-rows = It has bad rows. Mend them and send it again, or apply only the valid rows.
say-applied-meanwhile = Somebody else has applied it meanwhile.
say-files-gone = The files are kept for { $days } days. Send them again.
say-changed-by-another-import = Another import changed the same things meanwhile. Run this one again.
say-failed-on-our-side = Something failed on our side. Try again.
say-checking = checking { $file }
say-applying = applying { $file }
