//! What is done: every action of the record, by what it is done to. Whoever asks for one that isn't here has mistyped it; a
//! test reads the sources for one that was forgotten.

/// Nouns, and what is done to them.
#[rustfmt::skip]
const ACTIONS: &[(&str, &[&str])] = &[
    ("access", &["refuse"]),
    ("account", &["announce_hold", "change", "close", "credit", "hold_orders", "open", "release_orders", "stop_hold"]),
    ("acting", &["start", "stop"]),
    ("allocation", &["overrule"]),
    ("allocation_mode", &["remove", "set"]),
    ("assortment", &["add", "change", "remove"]),
    ("audit", &["redact"]),
    ("bank_entry", &["book", "ignore", "reopen"]),
    ("bank_statement", &["import"]),
    ("bulk", &["cancel", "end", "send"]),
    ("calendar", &["add", "change", "remove", "set_holidays"]),
    ("carrier", &["add", "change", "remove"]),
    ("claim", &["add_files", "analyse", "decide", "open", "reply", "review", "settle", "withdraw"]),
    ("claim_terms", &["change"]),
    ("client", &["add", "change", "keys_change", "proof_failed", "revoke", "secret_add", "secret_retire", "token_revoked"]),
    ("consignment", &["correct", "deliver", "dispatch"]),
    ("contact", &["add", "change", "remove"]),
    ("contract", &["accept", "add", "change", "commit", "countersign", "offer", "remove", "renew", "state", "terminate", "warn"]),
    ("cost", &["keep", "remove"]),
    ("credit", &["set"]),
    ("credit_note", &["apply", "issue"]),
    ("delivery_windows", &["change"]),
    ("discount", &["add", "change", "remove"]),
    ("draft", &["delete"]),
    ("early_access", &["add", "change", "remove"]),
    ("entitlement", &["add", "change", "remove"]),
    ("expected_receipt", &["add", "change", "close", "remove"]),
    ("import", &["apply", "check"]),
    ("invitation", &["accept", "create", "withdraw"]),
    ("invoice", &["correct", "dispute", "issue", "undispute"]),
    ("key", &["retire", "rotate"]),
    ("list", &["export"]),
    ("mail", &["resend"]),
    ("margin_floors", &["set"]),
    ("order", &["accept", "cancel", "cancel_rest", "change", "change_refuse", "change_request", "change_withdraw", "credit", "hold", "place", "release", "substitute_decline", "substitute_propose", "substitute_withdraw"]),
    ("order_minimum", &["add", "change", "remove"]),
    ("package", &["add", "change", "remove"]),
    ("packing", &["cancel", "correct", "open"]),
    ("passkey", &["add", "remove"]),
    ("password_reset", &["request"]),
    ("payment", &["apply", "book", "reverse"]),
    ("payment_terms", &["set"]),
    ("person", &["add", "change", "change_password", "change_password_failed", "choose_mails", "confirm_failed", "end", "erase", "rejoin", "reset_password"]),
    ("price", &["add", "change", "remove"]),
    ("price_change", &["announce", "apply", "approve", "change", "create", "reject", "roll_back", "rows", "submit", "undo"]),
    ("price_correction", &["discard", "preview", "release"]),
    ("price_list", &["add", "change"]),
    ("product", &["add", "change"]),
    ("promise", &["record"]),
    ("punchout", &["out_secret", "remove", "resend", "rotate_secret", "set_up"]),
    ("quota", &["add", "change", "remove"]),
    ("rebate_agreement", &["add", "change", "settle"]),
    ("receipt", &["book"]),
    ("refund", &["book", "reverse"]),
    ("reminder", &["send", "waive"]),
    ("reminder_policy", &["add", "change"]),
    ("reminder_run", &["drop", "propose", "release", "take_out"]),
    ("reminders", &["set"]),
    ("return", &["announce", "close", "inspect", "receive"]),
    ("sandbox", &["add", "advance", "close", "refresh", "reset"]),
    ("second_factor", &["add", "remove", "renew_codes", "reset", "use_recovery_code"]),
    ("session", &["confirm", "end", "end_all", "end_others", "end_reused", "replace", "sign_in", "sign_in_failed", "sign_out"]),
    ("settlement_settings", &["set"]),
    ("shipment", &["add_proof", "correct", "create", "deliver"]),
    ("site", &["add", "change", "remove"]),
    ("statement", &["mail"]),
    ("substitute", &["add", "change", "remove"]),
    ("team", &["change"]),
    ("unit", &["add", "change", "remove"]),
    ("webhook_endpoint", &["add", "change", "disable", "enable", "remove", "replay", "resend", "retire", "rotate", "test"]),
    ("write_off", &["book", "reverse"]),
];

/// All of them by their names: `order.cancel`.
pub fn all() -> impl Iterator<Item = String> {
    ACTIONS
        .iter()
        .flat_map(|(noun, verbs)| verbs.iter().map(move |verb| format!("{noun}.{verb}")))
}

/// What things are done to: `order`.
pub fn nouns() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().map(|(noun, _)| *noun)
}

/// What is done to `noun`; nothing where nothing is.
pub fn verbs_of(noun: &str) -> &'static [&'static str] {
    let found = ACTIONS.iter().find(|(known, _)| *known == noun);
    found.map_or(&[], |(_, verbs)| verbs)
}

/// True for an action, and with a dot at its end for all of a kind.
pub fn is_known(text: &str) -> bool {
    match text.split_once('.') {
        Some((noun, "")) => !verbs_of(noun).is_empty(),
        Some((noun, verb)) => verbs_of(noun).contains(&verb),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_known_whole_or_by_its_kind() {
        for (text, expected) in [
            ("order.cancel", true),
            ("order.", true),
            ("order", false),
            ("order.cancelled", false),
            ("orders.", false),
            (".", false),
            ("", false),
        ] {
            assert_eq!(is_known(text), expected, "{text}");
        }
    }

    #[test]
    fn each_stands_once_in_its_order() {
        let all: Vec<_> = all().collect();
        assert!(
            all.iter().zip(all.iter().skip(1)).all(|(one, next)| one < next),
            "{all:?}"
        );
    }
}
