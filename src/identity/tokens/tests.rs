//! What is taken for a token of ours, and of which kind.

use super::*;
use crate::ids::SessionId;

pub fn key(id: i64) -> Key {
    key_of(id, 7)
}

fn key_of(id: i64, byte: u8) -> Key {
    Key::from(SigningKey {
        id,
        secret: vec![byte; 32],
        created_at: clock::now(),
        retired_at: None,
    })
}

pub fn bearer() -> Bearer {
    Bearer {
        person_id: PersonId(1),
        session_id: SessionId(2),
        renewed_at: None,
    }
}

fn signed(at: Timestamp) -> String {
    let token = key(1).sign_with(bearer(), TYPE, (at, at + ACCESS_LIFETIME), None);
    token.expect("signed")
}

#[test]
fn a_cookie_is_no_access_token_and_the_other_way_round() {
    let validation = Keys::new().validation;
    let now = clock::now();
    for (kind, other) in [
        (TYPE, COOKIE_TYPE),
        (COOKIE_TYPE, TYPE),
        (DEVICE_TYPE, TYPE),
        (DEVICE_TYPE, COOKIE_TYPE),
        (COOKIE_TYPE, DEVICE_TYPE),
        (CHALLENGE_TYPE, TYPE),
        (CHALLENGE_TYPE, COOKIE_TYPE),
        (CHALLENGE_TYPE, DEVICE_TYPE),
    ] {
        let until = now + ACCESS_LIFETIME;
        let token = key(1).sign_with(bearer(), kind, (now, until), None).expect("signed");
        assert_eq!(key(1).verify(&token, kind, &validation), Some((bearer(), None)));
        assert_eq!(key(1).verify(&token, other, &validation), None);
    }
}

#[test]
fn a_token_names_its_bearer_until_it_expires() {
    let validation = Keys::new().validation;
    let token = signed(clock::now());
    assert_eq!(key(1).verify(&token, TYPE, &validation), Some((bearer(), None)));
    let expired = clock::now() - ACCESS_LIFETIME - chrono::TimeDelta::seconds(10);
    let token = signed(expired);
    assert_eq!(key(1).verify(&token, TYPE, &validation), None);
}

#[test]
fn a_token_of_another_key_kind_or_algorithm_is_refused() {
    let validation = Keys::new().validation;
    let good = signed(clock::now());
    let other = key_of(1, 8);
    assert_eq!(other.verify(&good, TYPE, &validation), None);

    let payload = good.split('.').nth(1).expect("three parts");
    let header = BASE64URL_NOPAD.encode(br#"{"alg":"none","typ":"at+jwt","kid":"1"}"#);
    assert_eq!(key(1).verify(&format!("{header}.{payload}."), TYPE, &validation), None);

    for (algorithm, kind) in [(Algorithm::HS256, "JWT"), (Algorithm::HS512, TYPE)] {
        let claims = serde_json::json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": PersonId(1).to_string(), "sid": SessionId(2).to_string(),
            "exp": 4_000_000_000_i64,
        });
        let header = Header {
            typ: Some(kind.to_owned()),
            ..Header::new(algorithm)
        };
        let token = jsonwebtoken::encode(&header, &claims, &key(1).signing).expect("signed");
        assert_eq!(key(1).verify(&token, TYPE, &validation), None, "{algorithm:?} {kind}");
    }
}

#[test]
fn a_challenge_is_good_for_five_minutes() {
    let validation = Keys::new().validation;
    let verified = |ago: chrono::TimeDelta| {
        let begun = clock::now() - ago;
        let times = (begun, begun + CHALLENGE_LIFETIME);
        let token = key(1).sign_with(bearer(), CHALLENGE_TYPE, times, Some("proof".to_owned()));
        key(1).verify(&token.expect("signed"), CHALLENGE_TYPE, &validation)
    };
    assert_eq!(CHALLENGE_LIFETIME, chrono::TimeDelta::minutes(5));
    let expected = Some((bearer(), Some("proof".to_owned())));
    assert_eq!(verified(chrono::TimeDelta::zero()), expected);
    assert_eq!(verified(chrono::TimeDelta::seconds(290)), expected);
    assert_eq!(verified(chrono::TimeDelta::seconds(310)), None);
}

/// A token like ours, but for these claims.
fn with_claims(changed: serde_json::Value) -> String {
    let mut claims = serde_json::json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": PersonId(1).to_string(), "sid": SessionId(2).to_string(),
        "exp": 4_000_000_000_i64,
    });
    for (name, value) in changed.as_object().expect("claims") {
        match value.is_null() {
            true => drop(claims.as_object_mut().expect("claims").remove(name)),
            false => claims[name] = value.clone(),
        }
    }
    let header = Header {
        typ: Some(TYPE.to_owned()),
        kid: Some("1".to_owned()),
        ..Header::new(Algorithm::HS256)
    };
    jsonwebtoken::encode(&header, &claims, &key(1).signing).expect("signed")
}

#[test]
fn a_token_for_another_service_or_of_another_issuer_is_refused() {
    let validation = Keys::new().validation;
    let verified = |claims| key(1).verify(&with_claims(claims), TYPE, &validation);
    assert_eq!(verified(serde_json::json!({})), Some((bearer(), None)), "like ours");
    for claims in [
        serde_json::json!({ "aud": "another-service" }),
        serde_json::json!({ "aud": ["another-service", "a-third"] }),
        serde_json::json!({ "aud": null }),
        serde_json::json!({ "iss": "another-issuer" }),
        serde_json::json!({ "iss": null }),
        serde_json::json!({ "sub": null }),
        serde_json::json!({ "exp": null }),
    ] {
        assert_eq!(verified(claims.clone()), None, "{claims}");
    }
}

#[test]
fn what_none_of_our_keys_signed_is_told_from_what_is_only_old() {
    let keys = Keys::new();
    *keys.keys.write().expect("free") = [Arc::new(key(1))].into();
    let old = signed(clock::now() - chrono::TimeDelta::days(9));
    assert!(keys.is_ours(&old) && keys.is_ours(&with_claims(serde_json::json!({ "aud": "another-service" }))));
    let forged = key_of(1, 8).sign_with(bearer(), TYPE, (clock::now(), clock::now() + ACCESS_LIFETIME), None);
    let unknown = key_of(2, 7).sign_with(bearer(), TYPE, (clock::now(), clock::now() + ACCESS_LIFETIME), None);
    for token in [
        forged.expect("signed").as_str(),
        unknown.expect("signed").as_str(),
        "made up",
        "",
    ] {
        assert!(!keys.is_ours(token), "{token}");
    }
}

#[test]
fn what_must_not_be_guessed_is_of_256_random_bits() {
    let tokens: std::collections::HashSet<_> = (0..100).map(|_| new_refresh_token()).collect();
    assert_eq!(tokens.len(), 100);
    for token in tokens {
        assert_eq!(BASE64URL_NOPAD.decode(token.as_bytes()).expect("base64url").len(), 32);
    }
}

#[test]
fn fingerprints_are_sha_256() {
    // FIPS 180-2, appendix B.1.
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(fingerprint("abc"), expected);
}
