//! What bulk jobs say.

use crate::sentences::sentences;

sentences! {
    // Bodies
    not_gzip(reason: text);
    no_rows();
    at_most_megabytes_of_rows(max: number);
    at_most_rows(max: number);
    row_too_long(row: number, max: number);
    too_many_waiting(max: number);

    // Rows
    field_needed();
    text_or_number();
    unknown_field(known: list);
    key_of_an_order();

    // Jobs
    job_is_over();
    rows_were_bad(rows: number);
    may_no_longer();
    bulk_failed();
}
