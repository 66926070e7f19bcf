//! What imports say.

use crate::sentences::sentences;

sentences! {
    // Files
    file_unreadable(file: text, reason: text);
    no_import_file(files: list);
    choose_a_file();
    at_most_files(max: number);
    at_most_megabytes(max: number);
    sent_twice(file: text);
    cannot_unpack(file: text, reason: text);
    archive_holds_more_files(file: text, max: number);
    archive_too_large(file: text, megabytes: number);
    file_is_foreign(file: text, kind: text);

    // Runs
    role_imports_not(file: text);
    only_checked_applies();
    has_bad_rows();
    applied_meanwhile();
    files_gone(days: number);
    changed_by_another_import();
    failed_on_our_side();
    checking(file: text);
    applying(file: text);
}
