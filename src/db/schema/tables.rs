// @generated automatically by Diesel CLI.

diesel::table! {
    account_credits (id) {
        id -> Int8,
        account_id -> Int8,
        parent_id -> Nullable<Int8>,
        group_limit_minor -> Nullable<Int8>,
        insured_minor -> Nullable<Int8>,
        insurer -> Nullable<Text>,
        insurance_policy -> Nullable<Text>,
        insured_until -> Nullable<Date>,
        insurance -> Nullable<Text>,
        check_order -> Nullable<Text>,
        check_acceptance -> Nullable<Text>,
        check_shipment -> Nullable<Text>,
    }
}

diesel::table! {
    account_payment_terms (account_id) {
        account_id -> Int8,
        cash_discount -> Text,
        statement_mail -> Text,
    }
}

diesel::table! {
    account_reminders (account_id) {
        account_id -> Int8,
        policy_id -> Nullable<Int8>,
        excluded -> Nullable<Text>,
        hold_stopped_until -> Nullable<Date>,
        hold_stop_reason -> Nullable<Text>,
        hold_told_on -> Nullable<Date>,
        held_since -> Nullable<Timestamp>,
        hold_told_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    accounts (id) {
        id -> Int8,
        code -> Text,
        name -> Text,
        country -> Text,
        currency -> Text,
        tier -> Text,
        payment_terms_days -> Int4,
        credit_limit_minor -> Nullable<Int8>,
        vat_id -> Nullable<Text>,
        locale -> Text,
        time_zone -> Text,
        price_strategy -> Text,
        closed_at -> Nullable<Timestamp>,
        code_key -> Nullable<Text>,
        vat_check -> Text,
        vat_checked_on -> Nullable<Date>,
        vat_evidence -> Nullable<Text>,
        search_text -> Nullable<Text>,
        einvoice -> Text,
        einvoice_by -> Text,
        endpoint -> Nullable<Text>,
        legal_id -> Nullable<Text>,
        buyer_reference -> Nullable<Text>,
        needs_buyer_reference -> Bool,
        contract_reference -> Nullable<Text>,
        claim_answer_days -> Nullable<Int4>,
        einvoice_also -> Text,
        einvoice_email -> Nullable<Text>,
        mandate_reference -> Nullable<Text>,
        mandate_iban -> Nullable<Text>,
        delivery -> Text,
        backorder -> Text,
        cancel_after_days -> Nullable<Int4>,
    }
}

diesel::table! {
    actings (id) {
        id -> Int8,
        session_id -> Int8,
        person_id -> Int8,
        account_id -> Int8,
        reason -> Text,
        started_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    allocation_decisions (id) {
        id -> Int8,
        decided_at -> Timestamp,
        product_id -> Int8,
        cause -> Text,
        cause_id -> Nullable<Int8>,
        input -> Text,
        outcome -> Text,
    }
}

diesel::table! {
    allocation_modes (id) {
        id -> Int8,
        product_id -> Nullable<Int8>,
        category -> Nullable<Text>,
        mode -> Text,
        weights -> Nullable<Text>,
    }
}

diesel::table! {
    allocations (order_line_id, decision_id) {
        order_line_id -> Int8,
        decision_id -> Int8,
        rank -> Int8,
        wanted -> Int8,
        quantity -> Int8,
    }
}

diesel::table! {
    assortment (id) {
        id -> Int8,
        account_id -> Int8,
        product_id -> Int8,
        customer_part_number -> Nullable<Text>,
        label_name -> Nullable<Text>,
        label_brand -> Nullable<Text>,
        label_gtin -> Nullable<Text>,
        part_key -> Nullable<Text>,
    }
}

diesel::table! {
    audit_chain (id) {
        id -> Int8,
        place -> Int8,
        hash -> Text,
    }
}

diesel::table! {
    audit_entries (id) {
        id -> Int8,
        recorded_at -> Timestamp,
        actor -> Text,
        account_id -> Nullable<Int8>,
        action -> Text,
        object -> Text,
        request_id -> Nullable<Text>,
        details -> Text,
        acting_id -> Nullable<Int8>,
        address -> Nullable<Text>,
        place -> Nullable<Int8>,
        hash -> Nullable<Text>,
    }
}

diesel::table! {
    audit_redactions (id) {
        id -> Int8,
        entry_id -> Int8,
        object -> Text,
        details -> Text,
        redacted_at -> Timestamp,
    }
}

diesel::table! {
    audit_tallies (source) {
        source -> Text,
        begun_at -> Timestamp,
        times -> Int8,
    }
}

diesel::table! {
    bank_entries (id) {
        id -> Int8,
        statement_id -> Int8,
        sum_key -> Text,
        place -> Int8,
        booked_on -> Date,
        value_on -> Nullable<Date>,
        amount_minor -> Int8,
        currency -> Text,
        direction -> Text,
        is_reversal -> Bool,
        payer_name -> Nullable<Text>,
        payer_iban -> Nullable<Text>,
        remittance -> Text,
        reference -> Nullable<Text>,
        end_to_end_id -> Nullable<Text>,
        bank_code -> Nullable<Text>,
        bank_reference -> Nullable<Text>,
        charges_minor -> Int8,
        state -> Text,
        is_sure -> Bool,
        reasons -> Text,
        proposal -> Text,
        account_id -> Nullable<Int8>,
        takes_back_id -> Nullable<Int8>,
        payment_id -> Nullable<Int8>,
        note -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        refund_id -> Nullable<Int8>,
    }
}

diesel::table! {
    bank_entry_payments (payment_id) {
        payment_id -> Int8,
        entry_id -> Int8,
    }
}

diesel::table! {
    bank_payers (iban) {
        iban -> Text,
        account_id -> Int8,
        confirmed_at -> Timestamp,
    }
}

diesel::table! {
    bank_statements (id) {
        id -> Int8,
        file_hash -> Text,
        place -> Int4,
        file -> Text,
        format -> Text,
        bank_account -> Text,
        currency -> Text,
        number -> Nullable<Text>,
        opening_minor -> Nullable<Int8>,
        closing_minor -> Nullable<Int8>,
        moved_minor -> Int8,
        own_minor -> Int8,
        first_on -> Nullable<Date>,
        last_on -> Nullable<Date>,
        entry_count -> Int4,
        known_count -> Int4,
        pending_count -> Int4,
        imported_at -> Timestamp,
        imported_by -> Text,
    }
}

diesel::table! {
    billed_shipments (shipment_id) {
        shipment_id -> Int8,
        invoice_id -> Int8,
    }
}

diesel::table! {
    bulk_jobs (id) {
        id -> Int8,
        account_id -> Nullable<Int8>,
        kind -> Text,
        mode -> Text,
        format -> Text,
        head -> Text,
        state -> Text,
        started_by -> Int8,
        actor -> Text,
        request_id -> Text,
        address -> Nullable<Text>,
        created_at -> Timestamp,
        begun_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        changed_at -> Timestamp,
        piece_count -> Int8,
        next_piece -> Int8,
        row_count -> Int8,
        byte_count -> Int8,
        done_count -> Int8,
        accepted_count -> Int8,
        rejected_count -> Int8,
        unchanged_count -> Int8,
        failure -> Nullable<Text>,
        version -> Int8,
        due_at -> Timestamp,
        lease -> Nullable<Int8>,
        leased_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    bulk_pieces (job_id, number) {
        job_id -> Int8,
        number -> Int8,
        first_row -> Int8,
        row_count -> Int8,
        rejected_count -> Int8,
        content -> Bytea,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    calendars (id) {
        id -> Int8,
        code -> Text,
        code_key -> Text,
        warehouse_id -> Nullable<Int8>,
        site_id -> Nullable<Int8>,
        weekdays -> Int4,
        cut_off -> Nullable<Int4>,
        transit_days -> Nullable<Int4>,
    }
}

diesel::table! {
    carriers (id) {
        id -> Int8,
        code -> Text,
        code_key -> Text,
        name -> Text,
        name_key -> Text,
        tracking_url -> Nullable<Text>,
    }
}

diesel::table! {
    changes (list, id, account_id) {
        list -> Text,
        id -> Int8,
        account_id -> Int8,
        changed_us -> Int8,
    }
}

diesel::table! {
    charge_applications (id) {
        id -> Int8,
        payment_id -> Int8,
        reminder_id -> Int8,
        amount_minor -> Int8,
        applied_at -> Timestamp,
    }
}

diesel::table! {
    claim_files (id) {
        id -> Int8,
        claim_id -> Int8,
        account_id -> Int8,
        name -> Text,
        media_type -> Text,
        byte_count -> Int8,
        side -> Text,
        added_at -> Timestamp,
        content -> Bytea,
    }
}

diesel::table! {
    claim_lines (claim_id, position) {
        claim_id -> Int8,
        position -> Int4,
        order_line_id -> Int8,
        product_id -> Int8,
        quantity -> Int8,
        base_quantity -> Int8,
        accepted -> Nullable<Int8>,
        accepted_base -> Nullable<Int8>,
        accepted_net_minor -> Nullable<Int8>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    claim_messages (id) {
        id -> Int8,
        claim_id -> Int8,
        side -> Text,
        author -> Text,
        body -> Text,
        written_at -> Timestamp,
    }
}

diesel::table! {
    claim_numbers (year) {
        year -> Int4,
        last -> Int8,
    }
}

diesel::table! {
    claims (id) {
        id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        shipment_id -> Int8,
        invoice_id -> Nullable<Int8>,
        year -> Int4,
        sequence -> Int8,
        number -> Text,
        kind -> Text,
        wish -> Text,
        note -> Text,
        state -> Text,
        filed_by -> Text,
        person_id -> Nullable<Int8>,
        opened_at -> Timestamp,
        opened_on -> Date,
        answer_by -> Date,
        answered_at -> Nullable<Timestamp>,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
        outcome -> Nullable<Text>,
        credit_note_id -> Nullable<Int8>,
        replacement_id -> Nullable<Int8>,
        root_cause -> Nullable<Text>,
        corrective_action -> Nullable<Text>,
        action_owner -> Nullable<Text>,
        action_due_on -> Nullable<Date>,
        verified_on -> Nullable<Date>,
        version -> Int8,
    }
}

diesel::table! {
    client_assertions (client_id, jti_hash) {
        client_id -> Int8,
        jti_hash -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    client_secrets (id) {
        id -> Int8,
        client_id -> Int8,
        secret_hash -> Text,
        last_four -> Text,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    clients (id) {
        id -> Int8,
        account_id -> Nullable<Int8>,
        description -> Text,
        scopes -> Text,
        networks -> Text,
        public_keys -> Nullable<Text>,
        requests_per_minute -> Nullable<Int8>,
        expires_on -> Nullable<Date>,
        created_by -> Text,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        version -> Int8,
        last_used_at -> Nullable<Timestamp>,
        last_used_from -> Nullable<Text>,
    }
}

diesel::table! {
    commitments (id) {
        id -> Int8,
        contract_id -> Int8,
        account_id -> Int8,
        code -> Text,
        kind -> Text,
        scope -> Text,
        product_id -> Nullable<Int8>,
        category -> Nullable<Text>,
        period -> Text,
        committed -> Int8,
        shortfall_micros -> Nullable<Int8>,
    }
}

diesel::table! {
    consignments (id) {
        id -> Int8,
        account_id -> Int8,
        site_id -> Int8,
        number -> Int8,
        state -> Text,
        carrier -> Nullable<Text>,
        tracking_number -> Nullable<Text>,
        shipment_count -> Int4,
        shipped_at -> Timestamp,
        shipped_on -> Date,
        delivered_at -> Nullable<Timestamp>,
        received_by -> Nullable<Text>,
        version -> Int8,
    }
}

diesel::table! {
    contacts (id) {
        id -> Int8,
        account_id -> Int8,
        code -> Text,
        name -> Text,
        job_title -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        site -> Nullable<Text>,
        language -> Nullable<Text>,
        mails -> Nullable<Text>,
    }
}

diesel::table! {
    contract_warnings (contract_id, what) {
        contract_id -> Int8,
        account_id -> Int8,
        what -> Text,
        told_at -> Timestamp,
    }
}

diesel::table! {
    contracts (id) {
        id -> Int8,
        account_id -> Int8,
        code -> Text,
        name -> Text,
        currency -> Text,
        valid_from -> Date,
        first_to -> Date,
        valid_to -> Date,
        notice_days -> Nullable<Int4>,
        renewal -> Text,
        renewal_months -> Nullable<Int4>,
        payment_terms_days -> Nullable<Int4>,
        free_freight_minor -> Nullable<Int8>,
        state -> Text,
        offered_terms -> Nullable<Text>,
        offered_at -> Nullable<Timestamp>,
        accepted_at -> Nullable<Timestamp>,
        accepted_by -> Nullable<Text>,
        accepted_actor -> Nullable<Text>,
        accepted_text -> Nullable<Text>,
        signed_at -> Nullable<Timestamp>,
        signed_by -> Nullable<Text>,
        ends_on -> Nullable<Date>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> Int8,
    }
}

diesel::table! {
    credit_applications (id) {
        id -> Int8,
        credit_note_id -> Int8,
        invoice_id -> Int8,
        amount_minor -> Int8,
        applied_at -> Timestamp,
    }
}

diesel::table! {
    credit_approvals (order_id) {
        order_id -> Int8,
        amount_minor -> Int8,
        approved_at -> Timestamp,
        approved_by -> Text,
    }
}

diesel::table! {
    credit_note_lines (credit_note_id, position) {
        credit_note_id -> Int8,
        position -> Int4,
        invoice_line_id -> Int8,
        quantity -> Nullable<Int8>,
        base_quantity -> Nullable<Int8>,
        net_minor -> Int8,
    }
}

diesel::table! {
    credit_note_numbers (year) {
        year -> Int4,
        last -> Int8,
    }
}

diesel::table! {
    credit_note_taxes (credit_note_id, category, rate_ppm) {
        credit_note_id -> Int8,
        category -> Text,
        rate_ppm -> Int8,
        base_minor -> Int8,
        amount_minor -> Int8,
    }
}

diesel::table! {
    credit_notes (id) {
        id -> Int8,
        account_id -> Int8,
        invoice_id -> Int8,
        year -> Int4,
        sequence -> Int8,
        number -> Text,
        issued_at -> Timestamp,
        issued_on -> Date,
        reason -> Text,
        note -> Nullable<Text>,
        net_minor -> Int8,
        tax_minor -> Int8,
        gross_minor -> Int8,
        line_count -> Int4,
        issued_by -> Text,
        language -> Nullable<Text>,
        return_id -> Nullable<Int8>,
        rebate_id -> Nullable<Int8>,
    }
}

diesel::table! {
    credit_settings (id) {
        id -> Int8,
        check_order -> Text,
        check_acceptance -> Text,
        check_shipment -> Text,
        insurance -> Text,
    }
}

diesel::table! {
    delivery_proofs (id) {
        id -> Int8,
        shipment_id -> Int8,
        account_id -> Int8,
        name -> Text,
        media_type -> Text,
        byte_count -> Int8,
        added_at -> Timestamp,
        content -> Bytea,
    }
}

diesel::table! {
    delivery_windows (id) {
        id -> Int8,
        site_id -> Int8,
        account_id -> Int8,
        weekday -> Int4,
        from_minute -> Int4,
        to_minute -> Int4,
    }
}

diesel::table! {
    discounts (id) {
        id -> Int8,
        code -> Text,
        code_key -> Text,
        name -> Text,
        position -> Int4,
        kind -> Text,
        value -> Int8,
        mode -> Text,
        account_id -> Nullable<Int8>,
        category -> Nullable<Text>,
        order_class -> Nullable<Text>,
        currency -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Date,
    }
}

diesel::table! {
    draft_lines (id) {
        id -> Int8,
        draft_id -> Int8,
        position -> Int8,
        key_text -> Text,
        quantity_text -> Text,
        unit_text -> Text,
        note -> Nullable<Text>,
        product_id -> Nullable<Int8>,
        shown_net_minor -> Nullable<Int8>,
        unit_origin -> Nullable<Text>,
        delivery -> Nullable<Text>,
        backorder -> Nullable<Text>,
        cancel_after -> Nullable<Date>,
        shown_numerator -> Nullable<Int8>,
        shown_denominator -> Nullable<Int8>,
    }
}

diesel::table! {
    drafts (id) {
        id -> Int8,
        account_id -> Int8,
        owner_id -> Int8,
        title -> Nullable<Text>,
        po_number -> Nullable<Text>,
        ship_to -> Nullable<Text>,
        requested_on -> Nullable<Date>,
        order_class -> Text,
        note -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        changed_by -> Int8,
        order_id -> Nullable<Int8>,
        if_not_entitled -> Text,
        delivery -> Text,
        backorder -> Text,
        cancel_after -> Nullable<Date>,
        has_choices -> Bool,
    }
}

diesel::table! {
    early_access (id) {
        id -> Int8,
        what -> Text,
        whose -> Text,
        product_id -> Nullable<Int8>,
        category -> Nullable<Text>,
        account_id -> Nullable<Int8>,
        tier -> Nullable<Text>,
        from_day -> Date,
    }
}

diesel::table! {
    einvoice_files (name) {
        invoice_id -> Nullable<Int8>,
        account_id -> Int8,
        format -> Text,
        name -> Text,
        state -> Text,
        attempts -> Int4,
        next_attempt_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        written_at -> Nullable<Timestamp>,
        error -> Nullable<Text>,
        credit_note_id -> Nullable<Int8>,
    }
}

diesel::table! {
    entitlements (id) {
        id -> Int8,
        whose -> Text,
        account_id -> Nullable<Int8>,
        tier -> Nullable<Text>,
        order_class -> Text,
        per_month -> Nullable<Int8>,
        lines_max -> Nullable<Int8>,
    }
}

diesel::table! {
    erasures (id) {
        id -> Int8,
        person_id -> Nullable<Int8>,
        account_id -> Nullable<Int8>,
        pseudonym -> Text,
        sought -> Nullable<Text>,
        state -> Text,
        step -> Int4,
        walked -> Int8,
        replaced -> Text,
        asked_by -> Text,
        asked_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    events (id) {
        id -> Int8,
        #[sql_name = "type"]
        type_ -> Text,
        account_id -> Nullable<Int8>,
        subject_id -> Int8,
        occurred_at -> Timestamp,
        data -> Text,
        sequence -> Nullable<Int8>,
        mails -> Nullable<Int4>,
    }
}

diesel::table! {
    expected_receipts (id) {
        id -> Int8,
        reference -> Text,
        reference_key -> Text,
        warehouse_id -> Int8,
        product_id -> Int8,
        quantity -> Int8,
        received -> Int8,
        expected_on -> Date,
        supplier -> Nullable<Text>,
        confirmed -> Bool,
        state -> Text,
        version -> Int8,
    }
}

diesel::table! {
    holidays (calendar_id, day) {
        calendar_id -> Int8,
        day -> Date,
    }
}

diesel::table! {
    idempotency_keys (person_id, route, key) {
        person_id -> Int8,
        route -> Text,
        key -> Text,
        request_hash -> Text,
        created_id -> Int8,
        created_at -> Timestamp,
    }
}

diesel::table! {
    import_faults (id) {
        id -> Int8,
        run_id -> Int8,
        file -> Text,
        line -> Int8,
        place -> Text,
        code -> Text,
        value -> Text,
        remedy -> Text,
    }
}

diesel::table! {
    import_files (run_id, name) {
        run_id -> Int8,
        name -> Text,
        content -> Bytea,
    }
}

diesel::table! {
    import_runs (id) {
        id -> Int8,
        state -> Text,
        started_by -> Int8,
        started_at -> Timestamp,
        changed_at -> Timestamp,
        applied_by -> Nullable<Int8>,
        keep_valid -> Int8,
        step -> Text,
        done_count -> Int8,
        total_count -> Int8,
        bad_count -> Int8,
        file_count -> Int8,
        report -> Nullable<Text>,
        failure -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        numbers -> Nullable<Text>,
    }
}

diesel::table! {
    invitations (id) {
        id -> Int8,
        account_id -> Int8,
        email -> Text,
        role -> Text,
        invited_by -> Int8,
        nonce -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        accepted_at -> Nullable<Timestamp>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    invoice_corrections (corrected_id) {
        corrected_id -> Int8,
        invoice_id -> Int8,
        account_id -> Int8,
        credit_note_id -> Int8,
        reason -> Text,
        prices -> Text,
        corrected_at -> Timestamp,
        corrected_by -> Text,
    }
}

diesel::table! {
    invoice_disputes (invoice_id) {
        invoice_id -> Int8,
        account_id -> Int8,
        reason -> Text,
        disputed_at -> Timestamp,
        disputed_by -> Text,
    }
}

diesel::table! {
    invoice_lines (id) {
        id -> Int8,
        invoice_id -> Int8,
        position -> Int4,
        order_line_id -> Int8,
        order_position -> Int4,
        sku -> Text,
        customer_part_number -> Nullable<Text>,
        gtin -> Nullable<Text>,
        name -> Text,
        unit -> Text,
        unit_code -> Text,
        unit_decimals -> Int4,
        quantity -> Int8,
        base_unit -> Text,
        base_decimals -> Int4,
        base_quantity -> Int8,
        price_micros -> Int8,
        price_unit -> Text,
        price_base -> Int4,
        net_minor -> Int8,
        tax_category -> Text,
        tax_rate_ppm -> Int8,
        price_steps -> Nullable<Text>,
    }
}

diesel::table! {
    invoice_numbers (year) {
        year -> Int4,
        last -> Int8,
    }
}

diesel::table! {
    invoice_taxes (invoice_id, category, rate_ppm) {
        invoice_id -> Int8,
        category -> Text,
        rate_ppm -> Int8,
        base_minor -> Int8,
        amount_minor -> Int8,
        reason_code -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    invoices (id) {
        id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        shipment_id -> Int8,
        year -> Int4,
        sequence -> Int8,
        number -> Text,
        currency -> Text,
        issued_at -> Timestamp,
        issued_on -> Date,
        delivered_on -> Date,
        due_on -> Date,
        payment_terms_days -> Int4,
        po_number -> Text,
        order_number -> Int8,
        shipment_number -> Int8,
        seller -> Text,
        buyer -> Text,
        ship_to -> Text,
        net_minor -> Int8,
        tax_minor -> Int8,
        gross_minor -> Int8,
        line_count -> Int4,
        issued_by -> Text,
        terms -> Nullable<Text>,
        language -> Nullable<Text>,
        kind -> Text,
        preceding_id -> Nullable<Int8>,
        note -> Nullable<Text>,
        remittance -> Nullable<Text>,
        period_from -> Nullable<Date>,
        period_to -> Nullable<Date>,
        cash_discount -> Nullable<Text>,
    }
}

diesel::table! {
    ledger_balances (account_id) {
        account_id -> Int8,
        committed_minor -> Int8,
        receivable_minor -> Int8,
    }
}

diesel::table! {
    ledger_entries (id) {
        id -> Int8,
        account_id -> Int8,
        kind -> Text,
        committed_minor -> Int8,
        order_id -> Nullable<Int8>,
        posted_at -> Timestamp,
        receivable_minor -> Int8,
        invoice_id -> Nullable<Int8>,
        payment_id -> Nullable<Int8>,
        booked_on -> Nullable<Date>,
        credit_note_id -> Nullable<Int8>,
        reminder_id -> Nullable<Int8>,
        write_off_id -> Nullable<Int8>,
        refund_id -> Nullable<Int8>,
    }
}

diesel::table! {
    margin_floors (id) {
        id -> Int8,
        category -> Text,
        percent_ppm -> Int8,
        action -> Text,
    }
}

diesel::table! {
    messages (id) {
        id -> Int8,
        kind -> Text,
        account_id -> Nullable<Int8>,
        event_id -> Int8,
        person_id -> Nullable<Int8>,
        email -> Text,
        name -> Text,
        locale -> Text,
        reason -> Text,
        state -> Text,
        attempts -> Int4,
        next_attempt_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        lease -> Nullable<Int8>,
        last_error -> Nullable<Text>,
        subject -> Nullable<Text>,
        issue -> Int4,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    muted_mails (person_id, kind) {
        person_id -> Int8,
        kind -> Text,
    }
}

diesel::table! {
    nodes (id) {
        id -> Int8,
        role -> Text,
        works -> Bool,
        version -> Text,
        host -> Text,
        pid -> Int8,
        started_at -> Timestamp,
        beat_at -> Timestamp,
    }
}

diesel::table! {
    open_charges (reminder_id) {
        reminder_id -> Int8,
        account_id -> Int8,
        charged_on -> Date,
        amount_minor -> Int8,
        open_minor -> Int8,
    }
}

diesel::table! {
    open_credits (credit_note_id) {
        credit_note_id -> Int8,
        account_id -> Int8,
        open_minor -> Int8,
    }
}

diesel::table! {
    open_items (invoice_id) {
        invoice_id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        due_on -> Date,
        open_minor -> Int8,
        reminder_level -> Int4,
        reminded_on -> Nullable<Date>,
        interest_until -> Nullable<Date>,
    }
}

diesel::table! {
    operation_marks (name) {
        name -> Text,
        done_at -> Timestamp,
        details -> Text,
    }
}

diesel::table! {
    order_changes (id) {
        id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        state -> Text,
        side -> Text,
        revision -> Nullable<Int4>,
        reason -> Nullable<Text>,
        asked -> Text,
        difference -> Text,
        made_by -> Text,
        created_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Nullable<Text>,
        version -> Int8,
    }
}

diesel::table! {
    order_line_promises (order_line_id, expected_receipt_id) {
        order_line_id -> Int8,
        expected_receipt_id -> Int8,
        product_id -> Int8,
        quantity -> Int8,
        promised_on -> Date,
    }
}

diesel::table! {
    order_lines (id) {
        id -> Int8,
        order_id -> Int8,
        position -> Int4,
        product_id -> Int8,
        sku -> Text,
        customer_part_number -> Nullable<Text>,
        name -> Text,
        unit -> Text,
        unit_code -> Text,
        unit_decimals -> Int4,
        quantity -> Int8,
        content_numerator -> Int8,
        content_denominator -> Int8,
        base_unit -> Text,
        base_decimals -> Int4,
        base_quantity -> Int8,
        price_micros -> Int8,
        price_unit -> Text,
        price_base -> Int4,
        net_minor -> Int8,
        explanation -> Text,
        tax_category -> Text,
        tax_rate_ppm -> Nullable<Int8>,
        lead_time_days -> Int4,
        reserved -> Int8,
        backordered -> Int8,
        shipped -> Int8,
        invoiced -> Int8,
        cancelled -> Int8,
        promised_on -> Nullable<Date>,
        note -> Nullable<Text>,
        typed -> Nullable<Text>,
        delivery -> Nullable<Text>,
        backorder -> Nullable<Text>,
        cancel_after -> Nullable<Date>,
        instead_of_id -> Nullable<Int8>,
        instead_of_quantity -> Nullable<Int8>,
    }
}

diesel::table! {
    order_minimums (id) {
        id -> Int8,
        account_id -> Int8,
        minimum_minor -> Int8,
    }
}

diesel::table! {
    orders (id) {
        id -> Int8,
        account_id -> Int8,
        number -> Int8,
        state -> Text,
        hold_reasons -> Text,
        po_number -> Text,
        po_key -> Text,
        order_class -> Text,
        site_id -> Int8,
        currency -> Text,
        requested_on -> Nullable<Date>,
        note -> Nullable<Text>,
        net_minor -> Int8,
        tax_minor -> Nullable<Int8>,
        gross_minor -> Nullable<Int8>,
        line_count -> Int4,
        placed_by -> Nullable<Int8>,
        placed_at -> Timestamp,
        placed_on -> Date,
        queued_at -> Timestamp,
        cancelled_at -> Nullable<Timestamp>,
        cancel_reason -> Nullable<Text>,
        version -> Int8,
        hold_note -> Nullable<Text>,
        cancelled_minor -> Int8,
        source -> Nullable<Text>,
        revision -> Int4,
        delivery -> Text,
        backorder -> Text,
        cancel_after -> Nullable<Date>,
    }
}

diesel::table! {
    package_items (package_id, order_line_id) {
        package_id -> Int8,
        order_line_id -> Int8,
        quantity -> Int8,
        base_quantity -> Int8,
    }
}

diesel::table! {
    packages (id) {
        id -> Int8,
        account_id -> Int8,
        shipment_id -> Nullable<Int8>,
        packing_id -> Nullable<Int8>,
        position -> Int4,
        sscc -> Text,
        kind -> Text,
        weight_grams -> Nullable<Int8>,
        length_mm -> Nullable<Int4>,
        width_mm -> Nullable<Int4>,
        height_mm -> Nullable<Int4>,
        packed_by -> Text,
        packed_at -> Timestamp,
        version -> Int8,
    }
}

diesel::table! {
    packing_lines (packing_id, position) {
        packing_id -> Int8,
        position -> Int4,
        order_line_id -> Int8,
        quantity -> Int8,
        base_quantity -> Int8,
    }
}

diesel::table! {
    packings (id) {
        id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        state -> Text,
        carrier -> Nullable<Text>,
        tracking_number -> Nullable<Text>,
        opened_by -> Text,
        opened_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        shipment_id -> Nullable<Int8>,
        version -> Int8,
    }
}

diesel::table! {
    passkeys (id) {
        id -> Int8,
        person_id -> Int8,
        credential_id -> Text,
        public_key -> Text,
        counter -> Int8,
        name -> Text,
        created_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    password_resets (id) {
        id -> Int8,
        person_id -> Int8,
        nonce -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    payment_applications (id) {
        id -> Int8,
        payment_id -> Int8,
        invoice_id -> Int8,
        amount_minor -> Int8,
        applied_at -> Timestamp,
    }
}

diesel::table! {
    payment_promises (id) {
        id -> Int8,
        account_id -> Int8,
        promised_on -> Date,
        note -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    payments (id) {
        id -> Int8,
        account_id -> Int8,
        amount_minor -> Int8,
        currency -> Text,
        received_on -> Date,
        reference -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        reversed_at -> Nullable<Timestamp>,
        reversal_reason -> Nullable<Text>,
        unapplied_minor -> Int8,
        invoice_id -> Nullable<Int8>,
    }
}

diesel::table! {
    people (id) {
        id -> Int8,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        account_id -> Nullable<Int8>,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        locale -> Nullable<Text>,
        version -> Int8,
        last_sign_in_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    person_roles (person_id, role) {
        person_id -> Int8,
        role -> Text,
    }
}

diesel::table! {
    person_sites (person_id, site_id) {
        person_id -> Int8,
        site_id -> Int8,
    }
}

diesel::table! {
    price_change_previews (change_id, account_id) {
        change_id -> Int8,
        account_id -> Int8,
        currency -> Text,
        line_count -> Int4,
        looked_count -> Int4,
        before_minor -> Int8,
        after_minor -> Int8,
        costed_before_minor -> Int8,
        costed_after_minor -> Int8,
        cost_minor -> Int8,
        under_floor -> Int4,
        blocked -> Int4,
        draft_count -> Int4,
    }
}

diesel::table! {
    price_change_rows (id) {
        id -> Int8,
        change_id -> Int8,
        price_list_id -> Int8,
        product_id -> Int8,
        unit -> Text,
        min_quantity -> Int8,
        price_micros -> Int8,
        price_base -> Int4,
        was_micros -> Nullable<Int8>,
        was_base -> Nullable<Int4>,
        price_id -> Nullable<Int8>,
        undo_micros -> Nullable<Int8>,
        undo_base -> Nullable<Int4>,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    price_changes (id) {
        id -> Int8,
        title -> Text,
        note -> Nullable<Text>,
        state -> Text,
        effective_on -> Date,
        notice_days -> Nullable<Int4>,
        row_count -> Int4,
        authors -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        submitted_at -> Nullable<Timestamp>,
        submitted_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
        decision_note -> Nullable<Text>,
        applied_at -> Nullable<Timestamp>,
        rolled_back_at -> Nullable<Timestamp>,
        rolled_back_by -> Nullable<Text>,
        work -> Nullable<Text>,
        work_at -> Int8,
        preview -> Nullable<Text>,
        preview_run -> Int8,
        preview_at -> Int8,
        previewed_at -> Nullable<Timestamp>,
        announced_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    price_correction_lines (correction_id, invoice_line_id) {
        correction_id -> Int8,
        invoice_line_id -> Int8,
        invoice_id -> Int8,
        account_id -> Int8,
        quantity -> Int8,
        base_minor -> Int8,
        should_minor -> Int8,
        difference_minor -> Int8,
        was_micros -> Int8,
        was_unit -> Text,
        was_base -> Int4,
        price_micros -> Int8,
        price_unit -> Text,
        price_base -> Int4,
        was_list -> Text,
        price_list -> Text,
        priced_on -> Date,
        outcome -> Text,
        credit_note_id -> Nullable<Int8>,
        difference_id -> Nullable<Int8>,
    }
}

diesel::table! {
    price_correction_numbers (year) {
        year -> Int4,
        last -> Int8,
    }
}

diesel::table! {
    price_corrections (id) {
        id -> Int8,
        year -> Int4,
        sequence -> Int8,
        number -> Text,
        state -> Text,
        issued_from -> Date,
        issued_to -> Date,
        accounts -> Text,
        price_list -> Nullable<Text>,
        note -> Nullable<Text>,
        line_count -> Int4,
        skipped_count -> Int4,
        created_at -> Timestamp,
        created_by -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    price_lists (id) {
        id -> Int8,
        code -> Text,
        name -> Text,
        currency -> Text,
        kind -> Text,
        account_id -> Nullable<Int8>,
        tier -> Nullable<Text>,
        rank -> Int4,
        valid_from -> Date,
        valid_to -> Date,
        code_key -> Nullable<Text>,
        contract_id -> Nullable<Int8>,
        site -> Nullable<Text>,
        scale -> Text,
        method -> Text,
    }
}

diesel::table! {
    prices (id) {
        id -> Int8,
        price_list_id -> Int8,
        product_id -> Int8,
        unit -> Text,
        min_quantity -> Int8,
        price_micros -> Int8,
        price_base -> Int4,
        valid_from -> Date,
        valid_to -> Date,
        price_group -> Nullable<Text>,
    }
}

diesel::table! {
    product_costs (id) {
        id -> Int8,
        product_id -> Int8,
        currency -> Text,
        valid_from -> Date,
        cost_micros -> Int8,
    }
}

diesel::table! {
    products (id) {
        id -> Int8,
        sku -> Text,
        name -> Text,
        base_unit -> Text,
        decimals -> Int4,
        tax_category -> Text,
        description -> Nullable<Text>,
        gtin -> Nullable<Text>,
        category -> Nullable<Text>,
        exclusive_account_id -> Nullable<Int8>,
        lead_time_days -> Int4,
        sku_key -> Nullable<Text>,
        state -> Text,
        sku_order -> Nullable<Text>,
        price_on_request -> Bool,
    }
}

diesel::table! {
    promised_invoices (promise_id, invoice_id) {
        promise_id -> Int8,
        invoice_id -> Int8,
    }
}

diesel::table! {
    promises_due (product_id) {
        product_id -> Int8,
    }
}

diesel::table! {
    punchout_attempts (id) {
        id -> Int8,
        document_id -> Int8,
        attempted_at -> Timestamp,
        status -> Int4,
        status_text -> Text,
        answer -> Text,
    }
}

diesel::table! {
    punchout_documents (id) {
        id -> Int8,
        account_id -> Int8,
        direction -> Text,
        kind -> Text,
        payload_id -> Text,
        reference -> Nullable<Text>,
        order_key -> Nullable<Text>,
        order_id -> Nullable<Int8>,
        status -> Int4,
        status_text -> Text,
        request -> Text,
        answer -> Text,
        created_at -> Timestamp,
        state -> Nullable<Text>,
        attempts -> Int4,
        next_attempt_at -> Nullable<Timestamp>,
        leased_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    punchout_orders (order_id) {
        order_id -> Int8,
        account_id -> Int8,
        po_id -> Text,
        po_version -> Text,
        po_date -> Text,
        payload_id -> Text,
        line_numbers -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    punchout_sessions (id) {
        id -> Int8,
        account_id -> Int8,
        protocol -> Text,
        operation -> Text,
        mode -> Text,
        person_id -> Nullable<Int8>,
        shopper_id -> Nullable<Int8>,
        start_hash -> Nullable<Text>,
        start_until -> Timestamp,
        token_hash -> Nullable<Text>,
        expires_at -> Timestamp,
        buyer_cookie -> Text,
        return_url -> Text,
        return_target -> Nullable<Text>,
        payload_id -> Nullable<Text>,
        selected -> Nullable<Text>,
        basket -> Text,
        version -> Int8,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        ended_as -> Nullable<Text>,
    }
}

diesel::table! {
    punchout_setups (account_id) {
        account_id -> Int8,
        buyer_key -> Text,
        buyer_domain -> Text,
        buyer_identity -> Text,
        supplier_domain -> Text,
        supplier_identity -> Text,
        sender_domain -> Nullable<Text>,
        sender_identity -> Nullable<Text>,
        mode -> Text,
        secret_hash -> Nullable<Text>,
        secret_end -> Nullable<Text>,
        out_secret -> Nullable<Text>,
        oci_user -> Nullable<Text>,
        oci_secret_hash -> Nullable<Text>,
        oci_secret_end -> Nullable<Text>,
        settings -> Text,
        version -> Int8,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        mac_secret -> Nullable<Text>,
    }
}

diesel::table! {
    punchout_shoppers (id) {
        id -> Int8,
        account_id -> Int8,
        email -> Text,
        name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    punchout_updates (change_id) {
        change_id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        po_version -> Text,
        po_date -> Text,
        payload_id -> Text,
        items -> Text,
        created_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    quota_uses (quota_id, starts_on, order_line_id) {
        quota_id -> Int8,
        starts_on -> Date,
        order_line_id -> Int8,
        quantity -> Int8,
    }
}

diesel::table! {
    quotas (id) {
        id -> Int8,
        code -> Text,
        product_id -> Nullable<Int8>,
        category -> Nullable<Text>,
        account_id -> Nullable<Int8>,
        tier -> Nullable<Text>,
        period -> Text,
        quantity_micros -> Int8,
        released_after_days -> Nullable<Int4>,
        freed_until -> Nullable<Date>,
    }
}

diesel::table! {
    rebate_accruals (id) {
        id -> Int8,
        agreement_id -> Int8,
        account_id -> Int8,
        period_from -> Date,
        invoice_id -> Int8,
        invoice_line_id -> Int8,
        cause -> Text,
        turnover_minor -> Int8,
        accrued_minor -> Int8,
        true_up_minor -> Int8,
        rate_ppm -> Int8,
        booked_at -> Timestamp,
    }
}

diesel::table! {
    rebate_agreements (id) {
        id -> Int8,
        code -> Text,
        account_id -> Int8,
        name -> Text,
        currency -> Text,
        period -> Text,
        method -> Text,
        basis -> Text,
        product_id -> Nullable<Int8>,
        category -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        settlement -> Text,
    }
}

diesel::table! {
    rebate_periods (id) {
        id -> Int8,
        agreement_id -> Int8,
        account_id -> Int8,
        period_from -> Date,
        period_to -> Date,
        turnover_minor -> Int8,
        accrued_minor -> Int8,
        tiers_told -> Int4,
    }
}

diesel::table! {
    rebate_settlements (id) {
        id -> Int8,
        agreement_id -> Int8,
        account_id -> Int8,
        period_from -> Date,
        period_to -> Date,
        state -> Text,
        amount_minor -> Int8,
        rebate_id -> Nullable<Int8>,
        proposed_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Nullable<Text>,
    }
}

diesel::table! {
    rebate_tiers (id) {
        id -> Int8,
        agreement_id -> Int8,
        threshold_minor -> Int8,
        rate_ppm -> Int8,
    }
}

diesel::table! {
    rebates (id) {
        id -> Int8,
        account_id -> Int8,
        issued_from -> Date,
        issued_to -> Date,
        percent_ppm -> Nullable<Int8>,
        net_minor -> Nullable<Int8>,
        currency -> Text,
        note -> Nullable<Text>,
        created_at -> Timestamp,
        created_by -> Text,
        again -> Nullable<Bool>,
    }
}

diesel::table! {
    rebates_due (agreement_id) {
        agreement_id -> Int8,
    }
}

diesel::table! {
    receipt_lines (receipt_id, position) {
        receipt_id -> Int8,
        position -> Int4,
        product_id -> Int8,
        quantity -> Int8,
        expected_receipt_id -> Nullable<Int8>,
    }
}

diesel::table! {
    receipts (id) {
        id -> Int8,
        warehouse_id -> Int8,
        received_at -> Timestamp,
        received_by -> Text,
    }
}

diesel::table! {
    recovery_codes (person_id, code_hash) {
        person_id -> Int8,
        code_hash -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Int8,
        issued_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    refund_parts (refund_id, position) {
        refund_id -> Int8,
        position -> Int4,
        payment_id -> Nullable<Int8>,
        credit_note_id -> Nullable<Int8>,
        amount_minor -> Int8,
    }
}

diesel::table! {
    refunds (id) {
        id -> Int8,
        account_id -> Int8,
        amount_minor -> Int8,
        currency -> Text,
        paid_on -> Date,
        reference -> Nullable<Text>,
        iban -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        reversed_at -> Nullable<Timestamp>,
        reversal_reason -> Nullable<Text>,
    }
}

diesel::table! {
    reminder_items (reminder_id, position) {
        reminder_id -> Int8,
        position -> Int4,
        invoice_id -> Int8,
        due_on -> Date,
        overdue_days -> Int8,
        open_minor -> Int8,
        level -> Int4,
        interest_minor -> Int8,
    }
}

diesel::table! {
    reminder_numbers (year) {
        year -> Int4,
        last -> Int8,
    }
}

diesel::table! {
    reminder_policies (id) {
        id -> Int8,
        code -> Text,
        name -> Text,
        currency -> Text,
        smallest_minor -> Int8,
        levels -> Text,
        hold_level -> Nullable<Int4>,
        hold_days -> Nullable<Int4>,
    }
}

diesel::table! {
    reminder_proposal_items (run_id, invoice_id) {
        run_id -> Int8,
        invoice_id -> Int8,
        account_id -> Int8,
        level -> Int4,
        overdue_days -> Int8,
        open_minor -> Int8,
        excluded -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    reminder_proposals (run_id, account_id) {
        run_id -> Int8,
        account_id -> Int8,
        level -> Int4,
        overdue_minor -> Int8,
        excluded -> Nullable<Text>,
        note -> Nullable<Text>,
        on_account_minor -> Nullable<Int8>,
    }
}

diesel::table! {
    reminder_runs (id) {
        id -> Int8,
        as_of -> Date,
        state -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    reminder_settings (id) {
        id -> Int8,
        default_policy_id -> Nullable<Int8>,
        automatic -> Text,
    }
}

diesel::table! {
    reminder_tiers (tier) {
        tier -> Text,
        policy_id -> Int8,
    }
}

diesel::table! {
    reminders (id) {
        id -> Int8,
        account_id -> Int8,
        run_id -> Int8,
        year -> Int4,
        sequence -> Int8,
        number -> Text,
        level -> Int4,
        sent_at -> Timestamp,
        sent_on -> Date,
        currency -> Text,
        overdue_minor -> Int8,
        not_due_minor -> Int8,
        fee_minor -> Int8,
        interest_minor -> Int8,
        text_en -> Nullable<Text>,
        text_de -> Nullable<Text>,
        sent_by -> Text,
        on_account_minor -> Nullable<Int8>,
    }
}

diesel::table! {
    reservations (order_line_id, stock_id) {
        order_line_id -> Int8,
        stock_id -> Int8,
        quantity -> Int8,
        promised_on -> Nullable<Date>,
    }
}

diesel::table! {
    return_lines (return_id, position) {
        return_id -> Int8,
        position -> Int4,
        order_line_id -> Int8,
        product_id -> Int8,
        quantity -> Int8,
        base_quantity -> Int8,
        to_stock -> Nullable<Int8>,
        quarantine -> Nullable<Int8>,
        scrap -> Nullable<Int8>,
    }
}

diesel::table! {
    return_numbers (year) {
        year -> Int4,
        last -> Int8,
    }
}

diesel::table! {
    returns (id) {
        id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        shipment_id -> Int8,
        claim_id -> Nullable<Int8>,
        year -> Int4,
        sequence -> Int8,
        number -> Text,
        state -> Text,
        note -> Nullable<Text>,
        announced_by -> Text,
        announced_at -> Timestamp,
        announced_on -> Date,
        received_at -> Nullable<Timestamp>,
        inspected_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        receipt_id -> Nullable<Int8>,
        version -> Int8,
    }
}

diesel::table! {
    revoked_tokens (client_id, jti_hash) {
        client_id -> Int8,
        jti_hash -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    sale_units (id) {
        id -> Int8,
        product_id -> Int8,
        account_id -> Nullable<Int8>,
        unit -> Text,
        name -> Text,
        numerator -> Int8,
        denominator -> Int8,
        unit_code -> Text,
        gtin -> Nullable<Text>,
        min_quantity -> Int8,
        multiple -> Int8,
        unit_key -> Nullable<Text>,
        is_default -> Bool,
        max_quantity -> Nullable<Int8>,
        rounding -> Text,
        gross_weight_g -> Nullable<Int8>,
        length_mm -> Nullable<Int8>,
        width_mm -> Nullable<Int8>,
        height_mm -> Nullable<Int8>,
        layer -> Nullable<Int8>,
        valid_from -> Nullable<Date>,
    }
}

diesel::table! {
    sandbox_databases (sandbox_id, generation) {
        sandbox_id -> Int8,
        generation -> Int8,
        noted_at -> Timestamp,
    }
}

diesel::table! {
    sandbox_failures (id) {
        id -> Int8,
        failure -> Text,
        times -> Int8,
        is_of_orders -> Bool,
    }
}

diesel::table! {
    sandbox_requests (id) {
        id -> Int8,
        requested_at -> Timestamp,
        method -> Text,
        path -> Text,
        query -> Text,
        status -> Int4,
        idempotency_key -> Nullable<Text>,
        user_agent -> Nullable<Text>,
        failure -> Nullable<Text>,
        request_id -> Text,
    }
}

diesel::table! {
    sandbox_runs (scenario) {
        scenario -> Text,
        begun_at -> Timestamp,
        subject -> Nullable<Text>,
        deliveries -> Text,
    }
}

diesel::table! {
    sandboxes (id) {
        id -> Int8,
        account_id -> Int8,
        generation -> Int8,
        ahead_s -> Int8,
        created_at -> Timestamp,
        created_by -> Text,
        refreshed_at -> Timestamp,
        passed -> Text,
        version -> Int8,
    }
}

diesel::table! {
    saved_views (id) {
        id -> Int8,
        person_id -> Int8,
        list -> Text,
        name -> Text,
        query -> Text,
    }
}

diesel::table! {
    second_factors (person_id) {
        person_id -> Int8,
        secret -> Text,
        created_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> Int8,
    }
}

diesel::table! {
    sessions (id) {
        id -> Int8,
        person_id -> Int8,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        user_agent -> Nullable<Text>,
        address -> Nullable<Text>,
        last_used_at -> Nullable<Timestamp>,
        idle_at -> Nullable<Timestamp>,
        proven_at -> Nullable<Timestamp>,
        renewed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    settlement_settings (id) {
        id -> Int8,
        tolerance_ppm -> Nullable<Int8>,
        grace_days -> Int4,
        bank_charges -> Text,
    }
}

diesel::table! {
    settlement_tolerances (currency) {
        currency -> Text,
        max_minor -> Int8,
    }
}

diesel::table! {
    shipment_lines (id) {
        id -> Int8,
        shipment_id -> Int8,
        order_line_id -> Int8,
        position -> Int4,
        quantity -> Int8,
        base_quantity -> Int8,
    }
}

diesel::table! {
    shipments (id) {
        id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        number -> Int8,
        state -> Text,
        carrier -> Nullable<Text>,
        tracking_number -> Nullable<Text>,
        line_count -> Int4,
        shipped_at -> Timestamp,
        shipped_on -> Date,
        delivered_at -> Nullable<Timestamp>,
        version -> Int8,
        received_by -> Nullable<Text>,
        consignment_id -> Nullable<Int8>,
    }
}

diesel::table! {
    sign_in_failures (id) {
        id -> Int8,
        email_hash -> Text,
        address -> Text,
        failed_at -> Timestamp,
    }
}

diesel::table! {
    signing_keys (id) {
        id -> Int8,
        secret -> Bytea,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sites (id) {
        id -> Int8,
        account_id -> Int8,
        code -> Text,
        name -> Text,
        country -> Text,
        street -> Nullable<Text>,
        city -> Nullable<Text>,
        postal_code -> Nullable<Text>,
    }
}

diesel::table! {
    sscc_serials (prefix) {
        prefix -> Text,
        last -> Int8,
    }
}

diesel::table! {
    statement_mailings (id) {
        id -> Int8,
        account_id -> Int8,
        month -> Date,
        queued_at -> Timestamp,
    }
}

diesel::table! {
    stock (id) {
        id -> Int8,
        warehouse_id -> Int8,
        product_id -> Int8,
        on_hand -> Int8,
        reserved -> Int8,
        location -> Nullable<Text>,
    }
}

diesel::table! {
    stock_movements (id) {
        id -> Int8,
        stock_id -> Int8,
        quantity -> Int8,
        kind -> Text,
        actor -> Text,
        moved_at -> Timestamp,
        cause_id -> Nullable<Int8>,
    }
}

diesel::table! {
    substitute_proposals (id) {
        id -> Int8,
        account_id -> Int8,
        order_id -> Int8,
        order_line_id -> Int8,
        product_id -> Int8,
        ratio_micros -> Int8,
        note -> Nullable<Text>,
        state -> Text,
        made_by -> Text,
        created_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Nullable<Text>,
    }
}

diesel::table! {
    substitutes (id) {
        id -> Int8,
        product_id -> Int8,
        substitute_id -> Int8,
        kind -> Text,
        ratio_micros -> Int8,
    }
}

diesel::table! {
    supplier (id) {
        id -> Int4,
        name -> Text,
        country -> Text,
        currency -> Text,
        vat_id -> Nullable<Text>,
        street -> Nullable<Text>,
        city -> Nullable<Text>,
        postal_code -> Nullable<Text>,
        iban -> Nullable<Text>,
        bic -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        time_zone -> Text,
        endpoint -> Nullable<Text>,
        legal_id -> Nullable<Text>,
        tax_number -> Nullable<Text>,
        contact -> Nullable<Text>,
        claim_answer_days -> Int4,
        gs1_company_prefix -> Nullable<Text>,
        creditor_id -> Nullable<Text>,
        exemption_code -> Nullable<Text>,
    }
}

diesel::table! {
    tax_rates (id) {
        id -> Int8,
        country -> Text,
        category -> Text,
        rate_ppm -> Int8,
        valid_from -> Date,
    }
}

diesel::table! {
    team_members (id) {
        id -> Int8,
        account_id -> Int8,
        position -> Int4,
        person_id -> Int8,
        function -> Text,
        phone -> Nullable<Text>,
        deputy_id -> Nullable<Int8>,
        absent_from -> Nullable<Date>,
        absent_to -> Nullable<Date>,
    }
}

diesel::table! {
    waived_reminders (reminder_id) {
        reminder_id -> Int8,
        amount_minor -> Int8,
        reason -> Text,
        waived_at -> Timestamp,
        waived_by -> Text,
    }
}

diesel::table! {
    warehouses (id) {
        id -> Int8,
        code -> Text,
        code_key -> Nullable<Text>,
    }
}

diesel::table! {
    webhook_attempts (id) {
        id -> Int8,
        delivery_id -> Int8,
        attempted_at -> Timestamp,
        duration_ms -> Int4,
        status -> Nullable<Int4>,
        error -> Nullable<Text>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> Int8,
        endpoint_id -> Int8,
        event_id -> Nullable<Int8>,
        kind -> Text,
        subject_id -> Int8,
        sequence -> Int8,
        state -> Text,
        attempts -> Int4,
        next_attempt_at -> Timestamp,
        created_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
        last_status -> Nullable<Int4>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    webhook_endpoints (id) {
        id -> Int8,
        account_id -> Nullable<Int8>,
        url -> Text,
        description -> Text,
        content -> Text,
        audience -> Text,
        kinds -> Nullable<Text>,
        state -> Text,
        disabled_because -> Nullable<Text>,
        disabled_at -> Nullable<Timestamp>,
        secret -> Text,
        old_secret -> Nullable<Text>,
        old_secret_until -> Nullable<Timestamp>,
        version -> Int8,
        created_at -> Timestamp,
        failures -> Int4,
        failing_since -> Nullable<Timestamp>,
        last_success_at -> Nullable<Timestamp>,
        told_at -> Nullable<Timestamp>,
        paused_until -> Nullable<Timestamp>,
        due_at -> Nullable<Timestamp>,
        lease -> Nullable<Int8>,
        leased_until -> Nullable<Timestamp>,
        replay_after -> Nullable<Int8>,
        replay_until -> Nullable<Int8>,
        heard_after -> Int8,
        client_id -> Nullable<Int8>,
    }
}

diesel::table! {
    write_off_taxes (write_off_id, category, rate_ppm) {
        write_off_id -> Int8,
        category -> Text,
        rate_ppm -> Int8,
        base_minor -> Int8,
        amount_minor -> Int8,
    }
}

diesel::table! {
    write_offs (id) {
        id -> Int8,
        account_id -> Int8,
        invoice_id -> Int8,
        payment_id -> Nullable<Int8>,
        kind -> Text,
        currency -> Text,
        amount_minor -> Int8,
        booked_on -> Date,
        explanation -> Nullable<Text>,
        reason -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
        reversed_at -> Nullable<Timestamp>,
        reversal_reason -> Nullable<Text>,
    }
}

diesel::joinable!(account_payment_terms -> accounts (account_id));
diesel::joinable!(account_reminders -> accounts (account_id));
diesel::joinable!(account_reminders -> reminder_policies (policy_id));
diesel::joinable!(actings -> accounts (account_id));
diesel::joinable!(actings -> people (person_id));
diesel::joinable!(allocation_decisions -> products (product_id));
diesel::joinable!(allocation_modes -> products (product_id));
diesel::joinable!(allocations -> allocation_decisions (decision_id));
diesel::joinable!(allocations -> order_lines (order_line_id));
diesel::joinable!(assortment -> accounts (account_id));
diesel::joinable!(assortment -> products (product_id));
diesel::joinable!(audit_redactions -> audit_entries (entry_id));
diesel::joinable!(bank_entries -> accounts (account_id));
diesel::joinable!(bank_entries -> bank_statements (statement_id));
diesel::joinable!(bank_entries -> refunds (refund_id));
diesel::joinable!(bank_entry_payments -> bank_entries (entry_id));
diesel::joinable!(bank_entry_payments -> payments (payment_id));
diesel::joinable!(bank_payers -> accounts (account_id));
diesel::joinable!(billed_shipments -> invoices (invoice_id));
diesel::joinable!(billed_shipments -> shipments (shipment_id));
diesel::joinable!(bulk_jobs -> accounts (account_id));
diesel::joinable!(bulk_jobs -> people (started_by));
diesel::joinable!(bulk_pieces -> bulk_jobs (job_id));
diesel::joinable!(calendars -> sites (site_id));
diesel::joinable!(calendars -> warehouses (warehouse_id));
diesel::joinable!(charge_applications -> payments (payment_id));
diesel::joinable!(charge_applications -> reminders (reminder_id));
diesel::joinable!(claim_files -> accounts (account_id));
diesel::joinable!(claim_files -> claims (claim_id));
diesel::joinable!(claim_lines -> claims (claim_id));
diesel::joinable!(claim_lines -> order_lines (order_line_id));
diesel::joinable!(claim_lines -> products (product_id));
diesel::joinable!(claim_messages -> claims (claim_id));
diesel::joinable!(claims -> accounts (account_id));
diesel::joinable!(claims -> credit_notes (credit_note_id));
diesel::joinable!(claims -> invoices (invoice_id));
diesel::joinable!(claims -> shipments (shipment_id));
diesel::joinable!(client_assertions -> clients (client_id));
diesel::joinable!(client_secrets -> clients (client_id));
diesel::joinable!(clients -> accounts (account_id));
diesel::joinable!(clients -> people (id));
diesel::joinable!(commitments -> accounts (account_id));
diesel::joinable!(commitments -> contracts (contract_id));
diesel::joinable!(commitments -> products (product_id));
diesel::joinable!(consignments -> accounts (account_id));
diesel::joinable!(consignments -> sites (site_id));
diesel::joinable!(contacts -> accounts (account_id));
diesel::joinable!(contract_warnings -> accounts (account_id));
diesel::joinable!(contract_warnings -> contracts (contract_id));
diesel::joinable!(contracts -> accounts (account_id));
diesel::joinable!(credit_applications -> credit_notes (credit_note_id));
diesel::joinable!(credit_applications -> invoices (invoice_id));
diesel::joinable!(credit_approvals -> orders (order_id));
diesel::joinable!(credit_note_lines -> credit_notes (credit_note_id));
diesel::joinable!(credit_note_lines -> invoice_lines (invoice_line_id));
diesel::joinable!(credit_note_taxes -> credit_notes (credit_note_id));
diesel::joinable!(credit_notes -> accounts (account_id));
diesel::joinable!(credit_notes -> invoices (invoice_id));
diesel::joinable!(credit_notes -> rebates (rebate_id));
diesel::joinable!(credit_notes -> returns (return_id));
diesel::joinable!(delivery_proofs -> accounts (account_id));
diesel::joinable!(delivery_proofs -> shipments (shipment_id));
diesel::joinable!(delivery_windows -> accounts (account_id));
diesel::joinable!(delivery_windows -> sites (site_id));
diesel::joinable!(discounts -> accounts (account_id));
diesel::joinable!(draft_lines -> drafts (draft_id));
diesel::joinable!(draft_lines -> products (product_id));
diesel::joinable!(drafts -> accounts (account_id));
diesel::joinable!(drafts -> orders (order_id));
diesel::joinable!(einvoice_files -> accounts (account_id));
diesel::joinable!(einvoice_files -> credit_notes (credit_note_id));
diesel::joinable!(einvoice_files -> invoices (invoice_id));
diesel::joinable!(erasures -> accounts (account_id));
diesel::joinable!(erasures -> people (person_id));
diesel::joinable!(expected_receipts -> products (product_id));
diesel::joinable!(expected_receipts -> warehouses (warehouse_id));
diesel::joinable!(holidays -> calendars (calendar_id));
diesel::joinable!(idempotency_keys -> people (person_id));
diesel::joinable!(import_faults -> import_runs (run_id));
diesel::joinable!(import_files -> import_runs (run_id));
diesel::joinable!(invitations -> accounts (account_id));
diesel::joinable!(invitations -> people (invited_by));
diesel::joinable!(invoice_corrections -> accounts (account_id));
diesel::joinable!(invoice_corrections -> credit_notes (credit_note_id));
diesel::joinable!(invoice_disputes -> accounts (account_id));
diesel::joinable!(invoice_disputes -> invoices (invoice_id));
diesel::joinable!(invoice_lines -> invoices (invoice_id));
diesel::joinable!(invoice_lines -> order_lines (order_line_id));
diesel::joinable!(invoice_taxes -> invoices (invoice_id));
diesel::joinable!(invoices -> accounts (account_id));
diesel::joinable!(invoices -> orders (order_id));
diesel::joinable!(invoices -> shipments (shipment_id));
diesel::joinable!(ledger_balances -> accounts (account_id));
diesel::joinable!(ledger_entries -> accounts (account_id));
diesel::joinable!(messages -> accounts (account_id));
diesel::joinable!(messages -> events (event_id));
diesel::joinable!(messages -> people (person_id));
diesel::joinable!(muted_mails -> people (person_id));
diesel::joinable!(open_charges -> accounts (account_id));
diesel::joinable!(open_charges -> reminders (reminder_id));
diesel::joinable!(open_credits -> accounts (account_id));
diesel::joinable!(open_credits -> credit_notes (credit_note_id));
diesel::joinable!(open_items -> accounts (account_id));
diesel::joinable!(open_items -> invoices (invoice_id));
diesel::joinable!(open_items -> orders (order_id));
diesel::joinable!(order_changes -> accounts (account_id));
diesel::joinable!(order_changes -> orders (order_id));
diesel::joinable!(order_line_promises -> expected_receipts (expected_receipt_id));
diesel::joinable!(order_line_promises -> order_lines (order_line_id));
diesel::joinable!(order_line_promises -> products (product_id));
diesel::joinable!(order_lines -> orders (order_id));
diesel::joinable!(order_lines -> products (product_id));
diesel::joinable!(order_minimums -> accounts (account_id));
diesel::joinable!(orders -> accounts (account_id));
diesel::joinable!(orders -> people (placed_by));
diesel::joinable!(orders -> sites (site_id));
diesel::joinable!(package_items -> order_lines (order_line_id));
diesel::joinable!(package_items -> packages (package_id));
diesel::joinable!(packages -> accounts (account_id));
diesel::joinable!(packages -> packings (packing_id));
diesel::joinable!(packages -> shipments (shipment_id));
diesel::joinable!(packing_lines -> order_lines (order_line_id));
diesel::joinable!(packing_lines -> packings (packing_id));
diesel::joinable!(packings -> accounts (account_id));
diesel::joinable!(packings -> orders (order_id));
diesel::joinable!(packings -> shipments (shipment_id));
diesel::joinable!(passkeys -> people (person_id));
diesel::joinable!(password_resets -> people (person_id));
diesel::joinable!(payment_applications -> invoices (invoice_id));
diesel::joinable!(payment_applications -> payments (payment_id));
diesel::joinable!(payment_promises -> accounts (account_id));
diesel::joinable!(payments -> accounts (account_id));
diesel::joinable!(people -> accounts (account_id));
diesel::joinable!(person_roles -> people (person_id));
diesel::joinable!(person_sites -> people (person_id));
diesel::joinable!(person_sites -> sites (site_id));
diesel::joinable!(price_change_previews -> accounts (account_id));
diesel::joinable!(price_change_previews -> price_changes (change_id));
diesel::joinable!(price_change_rows -> price_changes (change_id));
diesel::joinable!(price_change_rows -> price_lists (price_list_id));
diesel::joinable!(price_change_rows -> products (product_id));
diesel::joinable!(price_correction_lines -> accounts (account_id));
diesel::joinable!(price_correction_lines -> credit_notes (credit_note_id));
diesel::joinable!(price_correction_lines -> invoice_lines (invoice_line_id));
diesel::joinable!(price_correction_lines -> price_corrections (correction_id));
diesel::joinable!(price_lists -> accounts (account_id));
diesel::joinable!(price_lists -> contracts (contract_id));
diesel::joinable!(prices -> price_lists (price_list_id));
diesel::joinable!(prices -> products (product_id));
diesel::joinable!(product_costs -> products (product_id));
diesel::joinable!(products -> accounts (exclusive_account_id));
diesel::joinable!(promised_invoices -> invoices (invoice_id));
diesel::joinable!(promised_invoices -> payment_promises (promise_id));
diesel::joinable!(promises_due -> products (product_id));
diesel::joinable!(punchout_attempts -> punchout_documents (document_id));
diesel::joinable!(punchout_documents -> accounts (account_id));
diesel::joinable!(punchout_documents -> orders (order_id));
diesel::joinable!(punchout_orders -> accounts (account_id));
diesel::joinable!(punchout_orders -> orders (order_id));
diesel::joinable!(punchout_sessions -> accounts (account_id));
diesel::joinable!(punchout_sessions -> people (person_id));
diesel::joinable!(punchout_sessions -> punchout_shoppers (shopper_id));
diesel::joinable!(punchout_setups -> accounts (account_id));
diesel::joinable!(punchout_shoppers -> accounts (account_id));
diesel::joinable!(punchout_updates -> accounts (account_id));
diesel::joinable!(punchout_updates -> order_changes (change_id));
diesel::joinable!(punchout_updates -> orders (order_id));
diesel::joinable!(quota_uses -> order_lines (order_line_id));
diesel::joinable!(quota_uses -> quotas (quota_id));
diesel::joinable!(quotas -> accounts (account_id));
diesel::joinable!(quotas -> products (product_id));
diesel::joinable!(rebate_accruals -> accounts (account_id));
diesel::joinable!(rebate_accruals -> invoice_lines (invoice_line_id));
diesel::joinable!(rebate_accruals -> invoices (invoice_id));
diesel::joinable!(rebate_accruals -> rebate_agreements (agreement_id));
diesel::joinable!(rebate_agreements -> accounts (account_id));
diesel::joinable!(rebate_agreements -> products (product_id));
diesel::joinable!(rebate_periods -> accounts (account_id));
diesel::joinable!(rebate_periods -> rebate_agreements (agreement_id));
diesel::joinable!(rebate_settlements -> accounts (account_id));
diesel::joinable!(rebate_settlements -> rebate_agreements (agreement_id));
diesel::joinable!(rebate_settlements -> rebates (rebate_id));
diesel::joinable!(rebate_tiers -> rebate_agreements (agreement_id));
diesel::joinable!(rebates -> accounts (account_id));
diesel::joinable!(rebates_due -> rebate_agreements (agreement_id));
diesel::joinable!(receipt_lines -> products (product_id));
diesel::joinable!(receipt_lines -> receipts (receipt_id));
diesel::joinable!(receipts -> warehouses (warehouse_id));
diesel::joinable!(recovery_codes -> people (person_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(refund_parts -> credit_notes (credit_note_id));
diesel::joinable!(refund_parts -> payments (payment_id));
diesel::joinable!(refund_parts -> refunds (refund_id));
diesel::joinable!(refunds -> accounts (account_id));
diesel::joinable!(reminder_items -> invoices (invoice_id));
diesel::joinable!(reminder_items -> reminders (reminder_id));
diesel::joinable!(reminder_proposal_items -> accounts (account_id));
diesel::joinable!(reminder_proposal_items -> invoices (invoice_id));
diesel::joinable!(reminder_proposal_items -> reminder_runs (run_id));
diesel::joinable!(reminder_proposals -> accounts (account_id));
diesel::joinable!(reminder_proposals -> reminder_runs (run_id));
diesel::joinable!(reminder_settings -> reminder_policies (default_policy_id));
diesel::joinable!(reminder_tiers -> reminder_policies (policy_id));
diesel::joinable!(reminders -> accounts (account_id));
diesel::joinable!(reminders -> reminder_runs (run_id));
diesel::joinable!(reservations -> order_lines (order_line_id));
diesel::joinable!(reservations -> stock (stock_id));
diesel::joinable!(return_lines -> order_lines (order_line_id));
diesel::joinable!(return_lines -> products (product_id));
diesel::joinable!(return_lines -> returns (return_id));
diesel::joinable!(returns -> accounts (account_id));
diesel::joinable!(returns -> claims (claim_id));
diesel::joinable!(returns -> orders (order_id));
diesel::joinable!(returns -> receipts (receipt_id));
diesel::joinable!(returns -> shipments (shipment_id));
diesel::joinable!(revoked_tokens -> clients (client_id));
diesel::joinable!(sale_units -> accounts (account_id));
diesel::joinable!(sale_units -> products (product_id));
diesel::joinable!(sandboxes -> accounts (account_id));
diesel::joinable!(saved_views -> people (person_id));
diesel::joinable!(second_factors -> people (person_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(shipment_lines -> order_lines (order_line_id));
diesel::joinable!(shipment_lines -> shipments (shipment_id));
diesel::joinable!(shipments -> accounts (account_id));
diesel::joinable!(shipments -> consignments (consignment_id));
diesel::joinable!(shipments -> orders (order_id));
diesel::joinable!(sites -> accounts (account_id));
diesel::joinable!(statement_mailings -> accounts (account_id));
diesel::joinable!(stock -> products (product_id));
diesel::joinable!(stock -> warehouses (warehouse_id));
diesel::joinable!(stock_movements -> stock (stock_id));
diesel::joinable!(substitute_proposals -> accounts (account_id));
diesel::joinable!(substitute_proposals -> order_lines (order_line_id));
diesel::joinable!(substitute_proposals -> orders (order_id));
diesel::joinable!(substitute_proposals -> products (product_id));
diesel::joinable!(team_members -> accounts (account_id));
diesel::joinable!(waived_reminders -> reminders (reminder_id));
diesel::joinable!(webhook_attempts -> webhook_deliveries (delivery_id));
diesel::joinable!(webhook_deliveries -> events (event_id));
diesel::joinable!(webhook_deliveries -> webhook_endpoints (endpoint_id));
diesel::joinable!(webhook_endpoints -> accounts (account_id));
diesel::joinable!(webhook_endpoints -> clients (client_id));
diesel::joinable!(write_off_taxes -> write_offs (write_off_id));
diesel::joinable!(write_offs -> accounts (account_id));
diesel::joinable!(write_offs -> invoices (invoice_id));
diesel::joinable!(write_offs -> payments (payment_id));
