//! Secrets and signatures by Standard Webhooks 1.0.

use data_encoding::BASE64;
use standardwebhooks::Webhook;

use crate::clock;
use crate::error::{Error, Result};

/// Bytes of a secret.
const SECRET_BYTES: usize = 32;

/// A new secret as people keep it: `whsec_…`.
pub fn new_secret() -> String {
    format!("whsec_{}", BASE64.encode(&clock::random_bytes::<SECRET_BYTES>()))
}

/// The headers of an attempt: the id stays the same from attempt to attempt, the moment doesn't; a signature for each
/// secret.
pub fn headers(id: &str, seconds: i64, body: &str, secrets: &[&str]) -> Result<Vec<(&'static str, String)>> {
    let sign = |secret: &&str| {
        let webhook = Webhook::new(secret).map_err(Error::internal)?;
        webhook.sign(id, seconds, body.as_bytes()).map_err(Error::internal)
    };
    let signatures: Vec<String> = secrets.iter().map(sign).collect::<Result<_>>()?;
    Ok(vec![
        (standardwebhooks::HEADER_WEBHOOK_ID, id.to_owned()),
        (standardwebhooks::HEADER_WEBHOOK_TIMESTAMP, seconds.to_string()),
        (standardwebhooks::HEADER_WEBHOOK_SIGNATURE, signatures.join(" ")),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's libraries.
    #[test]
    fn a_known_body_has_the_known_signature() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let headers = headers(id, 1_614_265_330, r#"{"test": 2432232314}"#, &[secret]).expect("a good secret");
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(headers[2], ("webhook-signature", expected.to_owned()));
        assert_eq!(headers[0], ("webhook-id", id.to_owned()));
        assert_eq!(headers[1], ("webhook-timestamp", "1614265330".to_owned()));
    }

    #[test]
    fn each_secret_signs() {
        let (new, old) = (new_secret(), new_secret());
        assert_ne!(new, old);
        let one = |secrets: &[&str]| headers("evt_1", 1, "{}", secrets).expect("good secrets")[2].1.clone();
        assert_eq!(one(&[&new, &old]), format!("{} {}", one(&[&new]), one(&[&old])));
        assert!(headers("evt_1", 1, "{}", &["whsec_?"]).is_err());
    }

    #[test]
    fn a_secret_has_32_bytes() {
        let secret = new_secret();
        let bytes = BASE64.decode(secret.strip_prefix("whsec_").expect("a prefix").as_bytes());
        assert_eq!(bytes.expect("base 64").len(), SECRET_BYTES);
    }
}
