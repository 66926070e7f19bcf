//! What an authenticator says when a passkey is made and when it is used (WebAuthn level 2): read, and held against what
//! was asked. Who made the authenticator is nobody's business here, so attestations are not looked at.

use ciborium::Value;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Algorithms that are taken, by their numbers in COSE: ECDSA on P-256, Ed25519, RSA.
pub const ALGORITHMS: [i64; 3] = [ES256, EDDSA, RS256];
const ES256: i64 = -7;
const EDDSA: i64 = -8;
const RS256: i64 = -257;
/// Bytes of an RSA modulus at least: 2,048 bits, which is what the TPM of many machines makes.
const MODULUS_BYTES_MIN: usize = 256;
/// Bytes of a credential's id at most.
const ID_BYTES_MAX: usize = 1_023;

/// Flags of what the authenticator says.
const USER_PRESENT: u8 = 0x01;
const HAS_CREDENTIAL: u8 = 0x40;

/// Who asks: the host that passkeys are bound to, and the origin that pages have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub id: String,
    pub origin: String,
}

/// A passkey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// What the authenticator calls it.
    pub id: Vec<u8>,
    /// The public key in COSE's form.
    pub key: Vec<u8>,
    /// How often it was used, where the authenticator counts; 0 where it doesn't.
    pub counter: i64,
}

#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

/// True if the browser was asked for this, with this challenge (in base 64 for URLs), by a page of ours.
fn is_asked(json: &[u8], kind: &str, challenge: &str, party: &Party) -> bool {
    let Ok(data) = serde_json::from_slice::<ClientData>(json) else {
        return false;
    };
    data.kind == kind && data.challenge == challenge && data.origin == party.origin && !data.cross_origin
}

/// What an authenticator says: flags, counter, and what stands behind them; `None` if it is of another host or nobody was
/// there.
fn spoken<'d>(data: &'d [u8], party: &Party) -> Option<(u8, i64, &'d [u8])> {
    let (host, rest) = data.split_at_checked(32)?;
    let (flags, rest) = rest.split_first()?;
    let (counter, rest) = rest.split_at_checked(4)?;
    let is_ours = host == Sha256::digest(party.id.as_bytes()).as_slice();
    let counter = counter
        .iter()
        .fold(0_i64, |number, byte| (number << 8) | i64::from(*byte));
    (is_ours && flags & USER_PRESENT != 0).then_some((*flags, counter, rest))
}

/// The passkey that was made for this challenge; `None` for anything else.
pub fn made(client_data: &[u8], attestation: &[u8], challenge: &str, party: &Party) -> Option<Passkey> {
    if !is_asked(client_data, "webauthn.create", challenge, party) {
        return None;
    }
    let attestation: Value = ciborium::from_reader(attestation).ok()?;
    let named = |(name, _): &&(Value, Value)| name.as_text() == Some("authData");
    let data = attestation.as_map()?.iter().find(named)?.1.as_bytes()?;
    let (flags, counter, rest) = spoken(data, party)?;
    if flags & HAS_CREDENTIAL == 0 {
        return None;
    }
    // Sixteen bytes say what model it is.
    let (_, rest) = rest.split_at_checked(16)?;
    let (length, rest) = rest.split_at_checked(2)?;
    let length = length
        .iter()
        .fold(0_usize, |number, byte| (number << 8) | usize::from(*byte));
    let (id, rest) = rest.split_at_checked(length)?;
    let key: Value = ciborium::from_reader(rest).ok()?;
    Key::read(&key)?;
    let mut bytes = Vec::new();
    ciborium::into_writer(&key, &mut bytes).ok()?;
    (1..=ID_BYTES_MAX).contains(&id.len()).then(|| Passkey {
        id: id.to_vec(),
        key: bytes,
        counter,
    })
}

/// What comes of a passkey's use: its counter; `None` if it was not this passkey, not this challenge, or one that was
/// copied, which shows by a counter that does not grow.
pub fn used(
    passkey: &Passkey,
    client_data: &[u8],
    data: &[u8],
    signed: &[u8],
    (challenge, party): (&str, &Party),
) -> Option<i64> {
    if !is_asked(client_data, "webauthn.get", challenge, party) {
        return None;
    }
    let (_, counter, _) = spoken(data, party)?;
    let counts = counter != 0 || passkey.counter != 0;
    if counts && counter <= passkey.counter {
        return None;
    }
    let key: Value = ciborium::from_reader(passkey.key.as_slice()).ok()?;
    let message = [data, Sha256::digest(client_data).as_slice()].concat();
    Key::read(&key)?.proves(&message, signed).then_some(counter)
}

/// A public key as it verifies.
enum Key<'k> {
    /// The point without compression.
    Ecdsa(Vec<u8>),
    Ed25519(&'k [u8]),
    Rsa(&'k [u8], &'k [u8]),
}

impl<'k> Key<'k> {
    fn read(value: &'k Value) -> Option<Self> {
        let map = value.as_map()?;
        let get = |label: i64| {
            let found = map.iter().find(|(name, _)| name.as_integer() == Some(label.into()));
            found.map(|(_, value)| value)
        };
        let number = |label| i64::try_from(i128::from(get(label)?.as_integer()?)).ok();
        let bytes = |label| get(label)?.as_bytes().map(Vec::as_slice);
        match (number(1)?, number(3)?) {
            (2, ES256) if number(-1)? == 1 => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                (x.len() == 32 && y.len() == 32).then(|| Self::Ecdsa([&[4], x, y].concat()))
            }
            (1, EDDSA) if number(-1)? == 6 => Some(Self::Ed25519(bytes(-2)?)),
            (3, RS256) => {
                let modulus = bytes(-1)?;
                (modulus.len() >= MODULUS_BYTES_MIN).then_some(Self::Rsa(modulus, bytes(-2)?))
            }
            _ => None,
        }
    }

    fn proves(&self, message: &[u8], signed: &[u8]) -> bool {
        let verified = match self {
            Self::Ecdsa(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, point).verify(message, signed)
            }
            Self::Ed25519(key) => UnparsedPublicKey::new(&signature::ED25519, key).verify(message, signed),
            Self::Rsa(n, e) => {
                RsaPublicKeyComponents { n, e }.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signed)
            }
        };
        verified.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};

    use super::*;

    fn party() -> Party {
        Party {
            id: "portal.example".to_owned(),
            origin: "https://portal.example".to_owned(),
        }
    }

    fn client_data(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
        serde_json::json!({ "type": kind, "challenge": challenge, "origin": origin })
            .to_string()
            .into_bytes()
    }

    fn authenticator_data(host: &str, flags: u8, counter: u8) -> Vec<u8> {
        let mut data = Sha256::digest(host.as_bytes()).to_vec();
        data.extend([flags, 0, 0, 0, counter]);
        data
    }

    fn cose(pairs: Vec<(i64, Value)>) -> Value {
        Value::Map(
            pairs
                .into_iter()
                .map(|(label, value)| (Value::from(label), value))
                .collect(),
        )
    }

    fn attestation(data: &[u8], id: &[u8], key: &Value) -> Vec<u8> {
        let mut said = data.to_vec();
        said.extend([0; 16]);
        said.extend([0, u8::try_from(id.len()).expect("short")]);
        said.extend(id);
        ciborium::into_writer(key, &mut said).expect("written");
        let object = Value::Map(vec![
            (Value::from("fmt"), Value::from("none")),
            (Value::from("attStmt"), Value::Map(Vec::new())),
            (Value::from("authData"), Value::Bytes(said)),
        ]);
        let mut bytes = Vec::new();
        ciborium::into_writer(&object, &mut bytes).expect("written");
        bytes
    }

    type Sign = Box<dyn Fn(&[u8]) -> Vec<u8>>;

    /// A key of each kind that can be made here, as COSE and as what signs.
    fn keys() -> Vec<(Value, Sign)> {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("made");
        let ecdsa = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).expect("read");
        let (x, y) = ecdsa.public_key().as_ref()[1..].split_at(32);
        let on_curve = cose(vec![
            (1, Value::from(2)),
            (3, Value::from(ES256)),
            (-1, Value::from(1)),
            (-2, Value::Bytes(x.to_vec())),
            (-3, Value::Bytes(y.to_vec())),
        ]);
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&random).expect("made");
        let edwards = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).expect("read");
        let octets = cose(vec![
            (1, Value::from(1)),
            (3, Value::from(EDDSA)),
            (-1, Value::from(6)),
            (-2, Value::Bytes(edwards.public_key().as_ref().to_vec())),
        ]);
        let random = SystemRandom::new();
        vec![
            (
                on_curve,
                Box::new(move |text| ecdsa.sign(&random, text).expect("signed").as_ref().to_vec()),
            ),
            (octets, Box::new(move |text| edwards.sign(text).as_ref().to_vec())),
        ]
    }

    #[test]
    fn what_was_made_for_the_challenge_proves_its_use() {
        for (key, sign) in keys() {
            let asked = client_data("webauthn.create", "abc", "https://portal.example");
            let made_of = |flags| attestation(&authenticator_data("portal.example", flags, 1), b"key-1", &key);
            let passkey = made(&asked, &made_of(0x41), "abc", &party()).expect("made");
            assert_eq!((passkey.id.as_slice(), passkey.counter), (&b"key-1"[..], 1));
            // Nobody was there, no credential, another challenge, another purpose.
            assert_eq!(made(&asked, &made_of(0x40), "abc", &party()), None);
            assert_eq!(made(&asked, &made_of(0x01), "abc", &party()), None);
            assert_eq!(made(&asked, &made_of(0x41), "abd", &party()), None);
            let other = client_data("webauthn.get", "abc", "https://portal.example");
            assert_eq!(made(&other, &made_of(0x41), "abc", &party()), None);
            assert_eq!(made(&asked, b"\xff\x00", "abc", &party()), None);

            let signed = |client: &[u8], data: &[u8]| sign(&[data, Sha256::digest(client).as_slice()].concat());
            let check = |kind: &str, challenge: &str, origin: &str, host: &str, counter: u8| {
                let client = client_data(kind, challenge, origin);
                let data = authenticator_data(host, 0x01, counter);
                used(&passkey, &client, &data, &signed(&client, &data), ("xyz", &party()))
            };
            let (get, origin, host) = ("webauthn.get", "https://portal.example", "portal.example");
            assert_eq!(check(get, "xyz", origin, host, 2), Some(2));
            for (kind, challenge, from, of, counter) in [
                ("webauthn.create", "xyz", origin, host, 2),
                (get, "abc", origin, host, 2),
                (get, "xyz", "https://portal.example.evil.example", host, 2),
                (get, "xyz", origin, "evil.example", 2),
                (get, "xyz", origin, host, 1),
                (get, "xyz", origin, host, 0),
            ] {
                assert_eq!(
                    check(kind, challenge, from, of, counter),
                    None,
                    "{kind} {challenge} {from} {of} {counter}"
                );
            }
            let client = client_data(get, "xyz", origin);
            let data = authenticator_data(host, 0x01, 2);
            let forged = signed(&client, b"something else");
            assert_eq!(used(&passkey, &client, &data, &forged, ("xyz", &party())), None);
        }
    }

    #[test]
    fn keys_of_other_kinds_are_not_taken() {
        for key in [
            Value::Null,
            cose(vec![(1, Value::from(2)), (3, Value::from(-35))]),
            cose(vec![(1, Value::from(2)), (3, Value::from(ES256)), (-1, Value::from(2))]),
            cose(vec![
                (1, Value::from(2)),
                (3, Value::from(ES256)),
                (-1, Value::from(1)),
                (-2, Value::Bytes(vec![1])),
                (-3, Value::Bytes(vec![1])),
            ]),
        ] {
            assert!(Key::read(&key).is_none(), "{key:?}");
        }
    }

    /// What a page asked for, and what the authenticator with the keys below said to it.
    const RSA_ASKED: &[u8] = br#"{"type":"webauthn.get","challenge":"xyz","origin":"https://portal.example"}"#;
    /// Of 2,048 bits; its private half was thrown away.
    const MODULUS: &str = "\
        uEZklBN33ioJval8Ojc5aHEBoJnpckTp3xE6VrrRjlv9evMZ47kWUY2-0oZELqanx78rP1opsqIO2mX-b2IzNEfl74jltmw5QHgk52o5Yfvm5v\
        Kmt-4nTGbktOlltAFB2vnthdgNByO8c3aVOVYM2E5m_LGe226HiAuViPdGw_SIPfXVc_lBtfbekWew5FnOn3deCd73YX38JVhPfn360VDo1EeE\
        aTWoWv34YMvAtMq8-pzKf9__unEFiyEE07N5yaxUGhmEcSqiNmMaVjueSbR1WKxPJPaMyTFso9L9RLT5rVtqSdsOAlger0mwwimpeyuVRlh_UG\
        ffbKn-ZJ3p_Q";
    /// PKCS #1 v1.5 with SHA-256.
    const SIGNATURE: &str = "\
        b2dkeDgjwAnOpwQ-W1mpAO1D_Q3TPf35TYsWJUaNqZClNqP3aXhnmcR9BntQI5yF6ficl6wEMBZVNl7mJXIMVx9AuFFwTZw1eMi1QLlneoWRmM\
        m6UHmTbMGzLkDGtPVJtircWQ1W7v22zSWEuAUN7NRuojo8Vs8efaCKem7DyPa3q-EYVnK_GMgzJi0sfz0ZXJU5mra_L9roiHE3yGb1bmOR35R-\
        4XJOiFG6vlZZbo6-Tso3yuFyA27vSRKhTvi9AAjSaEh9yn3zBVmsx0sr2qLSEMuFcxDyif6ptZKT_lJCVFvou1wNAl4FKJJeD2sRUtbma1f4gz\
        _nrMBsrjSvIA";
    /// Of 1,024 bits.
    const SHORT_MODULUS: &str = "\
        6sW6Y2NBsos-CLihZrY5FJztLPJiN7Qc2RdPKb6QfH0iduKZtcTZR_QKLVoDHhVm2L8LTOw8lNoyFweUv8cx-bc9aeySsWmiD1DZPSmfv6p1e7\
        fr8bmxId3SK8X2EhtD8pvH8WaXik02WOGLK0CON6df0UsHI0ZpdaEdyk4CAAs";
    /// By that.
    const SHORT_SIGNATURE: &str = "\
        I_HYcMXarlpb8D2s44UmSf4VH40FDJYow0C66PMVVDwvO790bfjnxT6SE61eAlMxm4Fs0_U38Rohv5we7fEfQtK1B0CBRiKY28B4KKbKYMh4rC\
        POG00-JxbVEeo6RBtMFEUNI5urP_0-4UNtVpadddZZ2kvtLdIVr_pOVk8hqVo";

    #[test]
    fn keys_of_rsa_prove_their_use_from_2048_bits_on() {
        let bytes = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
        let passkey = |modulus: &str| {
            let key = cose(vec![
                (1, Value::from(3)),
                (3, Value::from(RS256)),
                (-1, Value::Bytes(bytes(modulus))),
                (-2, Value::Bytes(vec![1, 0, 1])),
            ]);
            let mut written = Vec::new();
            ciborium::into_writer(&key, &mut written).expect("written");
            Passkey {
                id: b"key-1".to_vec(),
                key: written,
                counter: 1,
            }
        };
        let data = authenticator_data("portal.example", 0x01, 2);
        let check =
            |modulus: &str, signature: &[u8]| used(&passkey(modulus), RSA_ASKED, &data, signature, ("xyz", &party()));
        let signature = bytes(SIGNATURE);
        assert_eq!(check(MODULUS, &signature), Some(2));
        let mut forged = signature.clone();
        forged[100] ^= 1;
        assert_eq!(check(MODULUS, &forged), None);
        assert_eq!(check(MODULUS, &signature[1..]), None);
        assert_eq!(
            check(SHORT_MODULUS, &bytes(SHORT_SIGNATURE)),
            None,
            "too short to be taken"
        );
        assert_eq!(check(SHORT_MODULUS, &signature), None);
    }
}
