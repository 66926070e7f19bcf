//! What punchout says.

use crate::sentences::sentences;

sentences! {
    punchout_host(typed: text);
    punchout_frame(typed: text);
    punchout_choice(known: list);
    punchout_rows(max: number);
    punchout_pair();
    punchout_buyer_taken();
    punchout_user_taken();
    punchout_url(typed: text);
    punchout_site(typed: text);
    punchout_address_id();
    punchout_quick_lines(max: number);
    punchout_document_waits();
    punchout_session_over();
    punchout_session_reads();
    punchout_basket_full(max: number);
    punchout_basket_bad(line: number, why: sentence);
    punchout_no_oci_price(sku: text, unit: text);
    punchout_po_differs(details: list);
    punchout_change_asked(order: number);
}
