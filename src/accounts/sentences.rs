//! What accounts say.

use crate::sentences::sentences;

sentences! {
    not_a_mail_address();
    already_member(email: text);
    email_taken();
    last_admin();
    roles_are(roles: list);
    role_above_own();
    one_role_at_least();
    no_site(site: text);
    kinds_are(kinds: list);
    kind_twice();
    mail_always_comes();
    mails_need_an_address();
    languages_are();
    account_never_changes();
    days_only_until();
    waits_how_many_days();
    waits_days_between(max: number);

    // Files
    account_not_in_file();
    account_code_used();
    no_vat_id_to_check();
    currency_in_use();
    give_language_tag();
    site_code_used();
    contact_code_used();
    sites_generated(site: text, accounts: number);
    nobody_of_staff();
    places_given_up(places: number);
    give_function();
    first_is_the_managers();
    deputy_is_another();
    absence_begins_when();
    absence_ends_early();
    untaxed_categories(categories: list);

    // Credit
    parent_is_another();
    parent_has_parent();
    account_is_parent();
    parent_of_currency(parent: text, account: text);

    // Delivery windows
    give_company_prefix();
    give_creditor_id();
    give_exemption_code();
    give_mandate_reference();
    give_whole_mandate();
    too_many_windows(max: number);
    window_ends_before(from: text, to: text);
    windows_overlap(from: text, to: text);
    window_overlaps_row(from: text, to: text, row: number);
    window_overlaps_stored(from: text, to: text, start: text, end: text);
    write_the_weekday(days: text);
    write_the_time();
    write_the_spans();
}
