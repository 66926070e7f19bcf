//! Keys as they are given, and what is signed with them.

use super::*;

const EC: &str = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9\nq9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==\n-----END PUBLIC KEY-----\n";

/// Keys of each kind, and what was signed with each for `https://portal.example` by `cli_1`: the private ones are gone.
const SIGNED: &[(&str, &str, &str)] = &[
    (
        "ES256",
        "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqKF3gOwPkRLE7IhsoK8yrP10oNOB\nWleYRPTUeqaxdL+oC6wsy2D9ilbGfA46BU/iAd35W/u0dqzF7rTmZ3TKtw==\n-----END PUBLIC KEY-----",
        "eyJhbGciOiAiRVMyNTYiLCAidHlwIjogIkpXVCJ9.eyJpc3MiOiAiY2xpXzEiLCAic3ViIjogImNsaV8xIiwgImF1ZCI6ICJodHRwczovL3BvcnRhbC5leGFtcGxlIiwgImV4cCI6IDQwMDAwMDAwMDAsICJqdGkiOiAib25lIn0.jPXelmiUWxdX1yO66s3PnkvmmmR042DDTDsv1susOCKkPNbcgl-h4Sc78D3lJzaDtmnRF7suMB7FTShwgQzpng",
    ),
    (
        "EdDSA",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAtjVBdePQNSJriiJzPGeJqT6IL5GMVmTuQxq1lt+Xlrs=\n-----END PUBLIC KEY-----",
        "eyJhbGciOiAiRWREU0EiLCAidHlwIjogIkpXVCJ9.eyJpc3MiOiAiY2xpXzEiLCAic3ViIjogImNsaV8xIiwgImF1ZCI6ICJodHRwczovL3BvcnRhbC5leGFtcGxlIiwgImV4cCI6IDQwMDAwMDAwMDAsICJqdGkiOiAib25lIn0.fyd08Ra89zxfxaNeQhCkif7mKLkg2kOSF7gHIV0T96svAfA52A-YkOEyBcC9vcRBLAugNp9Df8Kj5Afy_vCjAw",
    ),
    (
        "RS256",
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkD4sNKy9lkD4fU96Dkdv\nv4ig1Xsc2ZJmKJcD+HS/AgzoRI/akGrtQtHNZriInMf32RFJAMhynVMM+O2Z5umD\nK8/1aqfYVY5jrHP6AAIa/1/aTW6pdJPVuK1J2cA3gEL9JHkt0tJcMO3OexGhT8h4\n5SEgvBdnGWXPjAAyfnkDexyLMCQYJXVGVKQj9CNct9sPse9PdRVsPG2WR/u5cuvw\ndM522ijQwHwqX4TRBUSqhvspEOHmnVc/u+VtXb0VVrPqAY6MKTVhaREjR3aQcrVU\naPb+lRYR/HcmjwaiYc53Awfv6L2UwwDPRIC6E36xid1J/WQGV8KeAf9Yi+xNEWCH\ncwIDAQAB\n-----END PUBLIC KEY-----",
        "eyJhbGciOiAiUlMyNTYiLCAidHlwIjogIkpXVCJ9.eyJpc3MiOiAiY2xpXzEiLCAic3ViIjogImNsaV8xIiwgImF1ZCI6ICJodHRwczovL3BvcnRhbC5leGFtcGxlIiwgImV4cCI6IDQwMDAwMDAwMDAsICJqdGkiOiAib25lIn0.V9YxBvZ3MCY97IIGtdxdIdy2or7Bv7O4Vpo8GZJpPFV51jPJObXjMnLoWiJ6Nd4TvwmWiRd3jexLyINzfvhVhmFYKwOUo_xJwkkuajD45ELnM5Q_ozLYczIQxSLLBalkbk_LBUkV_WrWQbTKWUEFgfJtJzRrjUAwDWpsvkFXHgMpJEqFIP88x_sZs3kfgkIBlvHXLUgEiCozmrYy0XV9TP4zsNwHZn4b7UNiUwceNtOerow-K4ceVhXWOFIW3h0A9nYTqsELM0jXvg8dJhLGxrw0Jqray8MMSLGdGkePyMQPgQkH8ZgKv45BeMrazQtnUOLIpxqvixvJHdP5BPMcEA",
    ),
    (
        "PS256",
        "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkD4sNKy9lkD4fU96Dkdv\nv4ig1Xsc2ZJmKJcD+HS/AgzoRI/akGrtQtHNZriInMf32RFJAMhynVMM+O2Z5umD\nK8/1aqfYVY5jrHP6AAIa/1/aTW6pdJPVuK1J2cA3gEL9JHkt0tJcMO3OexGhT8h4\n5SEgvBdnGWXPjAAyfnkDexyLMCQYJXVGVKQj9CNct9sPse9PdRVsPG2WR/u5cuvw\ndM522ijQwHwqX4TRBUSqhvspEOHmnVc/u+VtXb0VVrPqAY6MKTVhaREjR3aQcrVU\naPb+lRYR/HcmjwaiYc53Awfv6L2UwwDPRIC6E36xid1J/WQGV8KeAf9Yi+xNEWCH\ncwIDAQAB\n-----END PUBLIC KEY-----",
        "eyJhbGciOiAiUFMyNTYiLCAidHlwIjogIkpXVCJ9.eyJpc3MiOiAiY2xpXzEiLCAic3ViIjogImNsaV8xIiwgImF1ZCI6ICJodHRwczovL3BvcnRhbC5leGFtcGxlIiwgImV4cCI6IDQwMDAwMDAwMDAsICJqdGkiOiAib25lIn0.f5mrXDs6TSyQ3Ir-PTg-Ji1QFbqV8JeJ7rSb3f9Q2gHRkixR_S5nbY0zrpt6sVCsJ2PQw8xQuuYiYAoc5APkwISi9MjuwF1NT_yYHUeZFWRcbDrMTf3Ui5LrmPEc7qLN9PkwXaZ1P-5aUijFDcSxz3nTEL_34R_M6kymIoj8zjtDOYbTAsaCYWmEUSm4fUKeh1wT9H_1A4r3jVH7UzZy-aFQmc-typ-4xRr2IvMRiEJjimViu8dprSsMIg2Vx8WAEFpIFPf54UYRhESiSO591PCpoYq4fDB473Hy5Ho4TfwHIr_o1-K8giiu67ip5FwpV6aivPEVOQZeK9VlqJrmvA",
    ),
];

#[test]
fn each_kind_of_key_proves_what_it_signed_and_nothing_else() {
    // Fails only when a provider was chosen before, and there is but one.
    let _ = jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER.install_default();
    let here = ["https://portal.example".to_owned()];
    for (algorithm, pem, signed) in SIGNED {
        let set = KeySet::read(pem).expect("a key");
        let claims = set
            .verify(signed, &here)
            .unwrap_or_else(|| panic!("{algorithm} is taken"));
        assert_eq!(
            (claims.iss.as_str(), claims.jti.as_str()),
            ("cli_1", "one"),
            "{algorithm}"
        );
        assert!(
            set.verify(signed, &["https://elsewhere.example".to_owned()]).is_none(),
            "{algorithm}"
        );
        let (told, _) = signed.rsplit_once('.').expect("a signature");
        assert!(set.verify(&format!("{told}.AAAA"), &here).is_none(), "{algorithm}");
        for (other, pem, _) in SIGNED.iter().filter(|(_, other, _)| other != pem) {
            let others = KeySet::read(pem).expect("a key");
            assert!(
                others.verify(signed, &here).is_none(),
                "{algorithm} with a key for {other}"
            );
        }
    }
}

#[test]
fn an_assertion_without_a_signature_or_signed_with_the_public_key_itself_is_refused() {
    let here = ["https://portal.example".to_owned()];
    let (_, pem, signed) = SIGNED[0];
    let set = KeySet::read(pem).expect("a key");
    let claims = signed.split('.').nth(1).expect("three parts");
    let header = BASE64URL_NOPAD.encode(br#"{"alg":"none"}"#);
    assert!(set.verify(&format!("{header}.{claims}."), &here).is_none());
    let claims =
        serde_json::json!({"iss": "cli_1", "sub": "cli_1", "aud": here[0], "exp": 4_000_000_000_i64, "jti": "one"});
    let key = jsonwebtoken::EncodingKey::from_secret(pem.as_bytes());
    let _ = jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER.install_default();
    let forged = jsonwebtoken::encode(&jsonwebtoken::Header::new(Algorithm::HS256), &claims, &key).expect("signed");
    assert!(set.verify(&forged, &here).is_none());
}

fn assertion(exp: i64, iat: Option<i64>) -> Assertion {
    Assertion {
        iss: "cli_1".to_owned(),
        sub: "cli_1".to_owned(),
        exp,
        iat,
        nbf: None,
        jti: "one".to_owned(),
    }
}

#[test]
fn pem_and_jwk_come_to_the_same() {
    let set = KeySet::read(EC).expect("a key");
    assert_eq!(set.keys.len(), 1);
    let json = serde_json::to_string(&set).expect("plain data");
    assert!(
        json.contains(r#""kty":"EC""#) && json.contains(r#""crv":"P-256""#),
        "{json}"
    );
    assert_eq!(KeySet::read(&json), Ok(set.clone()));
    let alone = serde_json::to_string(&set.keys[0]).expect("plain data");
    assert_eq!(KeySet::read(&alone), Ok(set));
    assert_eq!(KeySet::read(" "), Ok(KeySet::default()));
}

#[test]
fn what_is_private_weak_or_no_key_is_refused() {
    let short = BASE64URL_NOPAD.encode(&[255; 128]);
    for (text, fault) in [
        ("nonsense", KeyFault::Unreadable),
        ("{", KeyFault::Unreadable),
        (r#"{"keys": 1}"#, KeyFault::Unreadable),
        (
            "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----",
            KeyFault::Private,
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----",
            KeyFault::Unfit,
        ),
        (
            r#"{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}"#,
            KeyFault::Unfit,
        ),
        (
            r#"{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "d": "AA"}"#,
            KeyFault::Private,
        ),
        (r#"{"kty": "oct", "k": "AA"}"#, KeyFault::Private),
        (
            &format!(r#"{{"kty": "RSA", "n": "{short}", "e": "AQAB"}}"#),
            KeyFault::Unfit,
        ),
    ] {
        assert_eq!(KeySet::read(text), Err(fault), "{text}");
    }
    let many = vec![serde_json::to_value(&KeySet::read(EC).expect("a key").keys[0]).expect("plain data"); 6];
    let many = serde_json::json!({ "keys": many }).to_string();
    assert_eq!(KeySet::read(&many), Err(KeyFault::TooMany));
}

#[test]
fn an_assertion_is_short_lived_and_of_its_program() {
    for (exp, iat, good) in [
        (1_060, None, true),
        (1_300, Some(1_000), true),
        (1_400, None, false),
        (990, None, false),
        (1_060, Some(1_100), false),
    ] {
        assert_eq!(assertion(exp, iat).is_good("cli_1", 1_000), good, "{exp} {iat:?}");
    }
    assert!(!assertion(1_060, None).is_good("cli_2", 1_000));
    let unnamed = Assertion {
        jti: String::new(),
        ..assertion(1_060, None)
    };
    assert!(!unnamed.is_good("cli_1", 1_000));
}

#[test]
fn mutilated_keys_are_refused_and_nothing_breaks() {
    let der = BASE64
        .decode(
            EC.lines()
                .filter(|line| !line.starts_with('-'))
                .collect::<String>()
                .as_bytes(),
        )
        .expect("base 64");
    for end in 0..der.len() {
        assert_eq!(of_der(&der[..end]), None);
    }
}
