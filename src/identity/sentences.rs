//! What identity say.

use crate::sentences::sentences;

sentences! {
    send_a_token();
    wrong_credentials();
    bad_refresh_token();
    request_running();
    key_reused();
    link_used();
    link_withdrawn();
    link_expired();
    link_unknown();
    not_your_password();
    password_length(min: number, max: number);
    password_without_nul();
    password_common();
    password_personal(word: text);
    email_used(email: text);
    name_rule(max: number);
    send_bearer();
    token_not_valid();
    sign_in_first();
    code_needed(challenge: text);
    challenge_over();
    wrong_code();
    second_factor_set();
    second_factor_none();
    second_factor_own();
    set_up_second_factor();
    prove_again();
    code_or_password();
    key_signs();
    passkey_refused();
    too_many_passkeys(max: number);
    key_proves(until: text);
    insufficient_scope(scope: text);
    people_only();
    network_not_allowed();
    client_revoked();
    too_many_clients(max: number);
    retire_a_secret(max: number, secret: text, ending: text);
    no_such_scope(scope: text);
    no_network(network: text);
    too_many_networks(max: number);
    requests_rule(max: number);
    keys_unreadable();
    keys_private();
    keys_unfit();
    keys_too_many(max: number);
}
