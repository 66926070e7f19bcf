//! Public keys of programs that sign for themselves (`private_key_jwt`): read from a JWK set (RFC 7517) or PEM, kept as a
//! JWK set of what is public, and the assertions that are signed with them (RFC 7523).

use data_encoding::{BASE64, BASE64URL_NOPAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Keys of a program at most.
pub const KEYS_MAX: usize = 5;
/// Characters of what is given at most.
pub const KEYS_CHARS_MAX: usize = 20_000;
/// Bytes of an RSA modulus: 2048 to 8192 bits.
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=1024;
const KEY_ID_CHARS_MAX: usize = 200;
/// How far ahead an assertion may end, and how far the clocks may differ; both in seconds.
pub const ASSERTION_LIFETIME_S: i64 = 300;
const LEEWAY_S: i64 = 5;
const JTI_CHARS_MAX: usize = 255;

/// A public key as JWK names its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    kty: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    crv: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    y: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    e: Option<String>,
}

/// The keys of a program, as a JWK set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySet {
    pub keys: Vec<PublicKey>,
}

/// Why keys are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// It is neither a JWK set nor PEM of public keys.
    Unreadable,
    /// A private key was given.
    Private,
    /// Of a kind, a curve or a length that is not taken.
    Unfit,
    TooMany,
}

/// What an assertion says of itself.
#[derive(Debug, Deserialize)]
pub struct Assertion {
    iss: String,
    sub: String,
    exp: i64,
    #[serde(default)]
    iat: Option<i64>,
    #[serde(default)]
    nbf: Option<i64>,
    jti: String,
}

impl KeySet {
    /// Reads a JWK set, a single JWK or PEM.
    pub fn read(text: &str) -> Result<Self, KeyFault> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        if text.chars().count() > KEYS_CHARS_MAX {
            return Err(KeyFault::TooMany);
        }
        let keys: Result<Vec<_>, _> = match text.starts_with('{') {
            true => from_json(text)?.iter().map(PublicKey::of_json).collect(),
            false => from_pem(text),
        };
        let keys = keys?;
        if keys.len() > KEYS_MAX {
            return Err(KeyFault::TooMany);
        }
        Ok(Self { keys })
    }

    /// The claims of an assertion that one of these keys signed for one of the `audiences`; nothing where none did.
    pub fn verify(&self, assertion: &str, audiences: &[String]) -> Option<Assertion> {
        let header = jsonwebtoken::decode_header(assertion).ok()?;
        let fits = |key: &&PublicKey| header.kid.is_none() || key.kid.is_none() || key.kid == header.kid;
        self.keys.iter().filter(fits).find_map(|key| {
            let (decoding, algorithms) = key.parts()?;
            let mut validation = Validation::new(*algorithms.first()?);
            validation.algorithms = algorithms.to_vec();
            validation.set_audience(audiences);
            validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
            // Times are looked at by the rule, with the clock it is given.
            validation.validate_exp = false;
            validation.validate_nbf = false;
            let token = jsonwebtoken::decode::<Assertion>(assertion, &decoding, &validation).ok()?;
            Some(token.claims)
        })
    }
}

impl Assertion {
    /// True where it speaks for this program at this second; what was used before is another question.
    pub fn is_good(&self, client_id: &str, now_s: i64) -> bool {
        let latest = now_s.saturating_add(LEEWAY_S);
        let not_ahead = |at: Option<i64>| at.is_none_or(|at| at <= latest);
        self.iss == client_id
            && self.sub == client_id
            && (1..=JTI_CHARS_MAX).contains(&self.jti.chars().count())
            && self.exp > now_s.saturating_sub(LEEWAY_S)
            && self.exp <= latest.saturating_add(ASSERTION_LIFETIME_S)
            && not_ahead(self.iat)
            && not_ahead(self.nbf)
    }

    /// What tells it from others of its program.
    pub fn id(&self) -> &str {
        &self.jti
    }

    /// The second at which it is over wherever it is read.
    pub fn over_at_s(&self) -> i64 {
        // By the clock of a node that is ahead, it is taken by one that is behind for as long again.
        self.exp.saturating_add(2 * LEEWAY_S)
    }
}

impl PublicKey {
    /// Takes what is public of a JWK.
    fn of_json(value: &Value) -> Result<Self, KeyFault> {
        if ["d", "k", "p", "q"].iter().any(|part| value.get(*part).is_some()) {
            return Err(KeyFault::Private);
        }
        let key: Self = serde_json::from_value(value.clone()).ok().ok_or(KeyFault::Unreadable)?;
        let has_short_id = key
            .kid
            .as_ref()
            .is_none_or(|kid| kid.chars().count() <= KEY_ID_CHARS_MAX);
        match key.parts() {
            Some(_) if has_short_id => Ok(key),
            _ => Err(KeyFault::Unfit),
        }
    }

    /// The key and the algorithms it is good for; nothing where it is of a kind that is not taken.
    fn parts(&self) -> Option<(DecodingKey, &'static [Algorithm])> {
        let bytes = |part: &Option<String>| {
            BASE64URL_NOPAD
                .decode(part.as_deref()?.trim_end_matches('=').as_bytes())
                .ok()
        };
        match (self.kty.as_str(), self.crv.as_deref()) {
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes(&self.x)?, bytes(&self.y)?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                let point = [&[4], x.as_slice(), &y].concat();
                Some((DecodingKey::from_ec_der(&point), &[Algorithm::ES256]))
            }
            ("OKP", Some("Ed25519")) => {
                let x = bytes(&self.x).filter(|x| x.len() == 32)?;
                Some((DecodingKey::from_ed_der(&x), &[Algorithm::EdDSA]))
            }
            ("RSA", _) => {
                let n = bytes(&self.n)?;
                let start = n.iter().position(|byte| *byte != 0)?;
                let n = n.get(start..).filter(|n| RSA_BYTES.contains(&n.len()))?;
                let e = bytes(&self.e).filter(|e| (1..=8).contains(&e.len()))?;
                let key = DecodingKey::from_rsa_raw_components(n, &e);
                Some((key, &[Algorithm::RS256, Algorithm::PS256]))
            }
            _ => None,
        }
    }
}

fn from_json(text: &str) -> Result<Vec<Value>, KeyFault> {
    let value: Value = serde_json::from_str(text).ok().ok_or(KeyFault::Unreadable)?;
    match value.get("keys") {
        Some(Value::Array(keys)) => Ok(keys.clone()),
        Some(_) => Err(KeyFault::Unreadable),
        None => Ok(vec![value]),
    }
}

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

fn from_pem(text: &str) -> Result<Vec<PublicKey>, KeyFault> {
    if text.contains("PRIVATE KEY") {
        return Err(KeyFault::Private);
    }
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(block) = rest.trim_start().strip_prefix(BEGIN) {
        let (base64, behind) = block.split_once(END).ok_or(KeyFault::Unreadable)?;
        let base64: String = base64.split_ascii_whitespace().collect();
        let der = BASE64.decode(base64.as_bytes()).ok().ok_or(KeyFault::Unreadable)?;
        let key = of_der(&der).ok_or(KeyFault::Unfit)?;
        key.parts().ok_or(KeyFault::Unfit)?;
        keys.push(key);
        rest = behind;
    }
    match rest.trim().is_empty() && !keys.is_empty() {
        true => Ok(keys),
        false => Err(KeyFault::Unreadable),
    }
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
/// What `SubjectPublicKeyInfo` (RFC 5280) names the kinds of keys by, whole sequences.
const P256: &[u8] = &[
    0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07,
];
const ED25519: &[u8] = &[0x06, 0x03, 0x2B, 0x65, 0x70];
const RSA: &[u8] = &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

/// The key of a `SubjectPublicKeyInfo`.
fn of_der(der: &[u8]) -> Option<PublicKey> {
    let (whole, _) = element(der, SEQUENCE)?;
    let (algorithm, rest) = element(whole, SEQUENCE)?;
    let (bits, _) = element(rest, BIT_STRING)?;
    // No bits are left over at its end.
    let bits = bits.strip_prefix(&[0])?;
    let text = |bytes: &[u8]| Some(BASE64URL_NOPAD.encode(bytes));
    let none = PublicKey {
        kty: String::new(),
        kid: None,
        crv: None,
        x: None,
        y: None,
        n: None,
        e: None,
    };
    if algorithm == P256 {
        let (x, y) = bits.strip_prefix(&[4])?.split_at_checked(32)?;
        let (kty, crv) = ("EC".to_owned(), Some("P-256".to_owned()));
        return Some(PublicKey {
            kty,
            crv,
            x: text(x),
            y: text(y),
            ..none
        });
    }
    if algorithm == ED25519 {
        let (kty, crv) = ("OKP".to_owned(), Some("Ed25519".to_owned()));
        return Some(PublicKey {
            kty,
            crv,
            x: text(bits),
            ..none
        });
    }
    if algorithm.starts_with(RSA) {
        let (numbers, _) = element(bits, SEQUENCE)?;
        let (n, rest) = element(numbers, INTEGER)?;
        let (e, _) = element(rest, INTEGER)?;
        let kty = "RSA".to_owned();
        return Some(PublicKey {
            kty,
            n: text(n),
            e: text(e),
            ..none
        });
    }
    None
}

/// The content of the first DER element if it has this tag, and what stands behind it.
fn element(der: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match usize::from(*first) {
        short @ 0..=127 => (short, rest),
        long @ (129 | 130) => {
            let (bytes, rest) = rest.split_at_checked(long.saturating_sub(128))?;
            let length = bytes.iter().fold(0_usize, |sum, byte| {
                sum.saturating_mul(256).saturating_add(usize::from(*byte))
            });
            (length, rest)
        }
        _ => return None,
    };
    (*tag == wanted).then(|| rest.split_at_checked(length))?
}

#[cfg(test)]
mod tests;
