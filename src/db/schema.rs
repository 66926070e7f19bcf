// @generated automatically by Diesel CLI.

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
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> Int8,
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
    ledger_balances (account_id) {
        account_id -> Int8,
        committed_minor -> Int8,
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
    }
}

diesel::table! {
    person_roles (person_id, role) {
        person_id -> Int8,
        role -> Text,
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
    reservations (order_line_id, stock_id) {
        order_line_id -> Int8,
        stock_id -> Int8,
        quantity -> Int8,
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
    }
}

diesel::table! {
    sessions (id) {
        id -> Int8,
        person_id -> Int8,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
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
    stock (id) {
        id -> Int8,
        warehouse_id -> Int8,
        product_id -> Int8,
        on_hand -> Int8,
        reserved -> Int8,
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
    warehouses (id) {
        id -> Int8,
        code -> Text,
    }
}

diesel::joinable!(assortment -> accounts (account_id));
diesel::joinable!(assortment -> products (product_id));
diesel::joinable!(idempotency_keys -> people (person_id));
diesel::joinable!(ledger_balances -> accounts (account_id));
diesel::joinable!(ledger_entries -> accounts (account_id));
diesel::joinable!(order_lines -> orders (order_id));
diesel::joinable!(order_lines -> products (product_id));
diesel::joinable!(orders -> accounts (account_id));
diesel::joinable!(orders -> people (placed_by));
diesel::joinable!(orders -> sites (site_id));
diesel::joinable!(people -> accounts (account_id));
diesel::joinable!(person_roles -> people (person_id));
diesel::joinable!(price_lists -> accounts (account_id));
diesel::joinable!(prices -> price_lists (price_list_id));
diesel::joinable!(prices -> products (product_id));
diesel::joinable!(products -> accounts (exclusive_account_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(reservations -> order_lines (order_line_id));
diesel::joinable!(reservations -> stock (stock_id));
diesel::joinable!(sale_units -> accounts (account_id));
diesel::joinable!(sale_units -> products (product_id));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(sites -> accounts (account_id));
diesel::joinable!(stock -> products (product_id));
diesel::joinable!(stock -> warehouses (warehouse_id));
diesel::joinable!(stock_movements -> stock (stock_id));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    assortment,
    audit_entries,
    counters,
    events,
    idempotency_keys,
    ledger_balances,
    ledger_entries,
    order_lines,
    orders,
    people,
    person_roles,
    price_lists,
    prices,
    products,
    refresh_tokens,
    reservations,
    sale_units,
    sessions,
    sign_in_failures,
    signing_keys,
    sites,
    stock,
    stock_movements,
    supplier,
    tax_rates,
    warehouses,
);
