//! Codes of an authenticator (RFC 6238, as RFC 4226 makes them): HMAC-SHA-1, six digits, a new one every 30 seconds, which
//! is what every authenticator takes. And the codes for somebody whose authenticator is gone.

use chrono::NaiveDateTime;
use data_encoding::BASE32_NOPAD;
use ring::hmac;

/// Bytes of a secret: as many as the hash has.
pub const SECRET_BYTES: usize = 20;
const STEP_S: i64 = 30;
const DIGITS: usize = 6;
const MODULUS: u32 = 1_000_000;
/// Steps by which clocks may differ.
const WINDOW: i64 = 1;
/// Random bytes that a recovery code is made of.
pub const RECOVERY_BYTES: usize = 18;
/// Its characters of five bits each: 140 bits, so that a fast hash keeps it well enough.
const RECOVERY_CHARS: usize = 28;
/// The characters of codes that were given out before; they open until they are used or renewed.
const RECOVERY_CHARS_BEFORE: usize = 16;
/// Recovery codes at a time.
pub const RECOVERY_CODES: usize = 10;
/// So many left are few.
pub const RECOVERY_LEFT_FEW: i64 = 3;

/// The code of a step.
fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    // The last four bits say where to read 31 others.
    let offset = usize::from(bytes.last().copied().unwrap_or_default() & 0x0f);
    let read = bytes.iter().skip(offset).take(4);
    let number = read.fold(0_u32, |number, byte| (number << 8) | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:0DIGITS$}", number % MODULUS)
}

/// The step whose code of a secret, as [`secret_text`] wrote it, `typed` is, if that is the present one or the one beside it and none at or before `last`: a code is
/// good once.
pub fn step_of(secret: &str, typed: &str, last: i64, now: NaiveDateTime) -> Option<i64> {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let present = now.and_utc().timestamp().div_euclid(STEP_S);
    let steps = (present - WINDOW..=present + WINDOW).filter(|step| *step > last);
    // All are computed, so that how long it takes tells nothing.
    let found = steps.map(|step| (step, is_same(&code(&secret, step), &typed)));
    found.fold(None, |known, (step, same)| if same { Some(step) } else { known })
}

/// Compares without telling by its time where texts differ.
fn is_same(left: &str, right: &str) -> bool {
    let differs = left.bytes().zip(right.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b));
    left.len() == right.len() && differs == 0
}

/// A secret as people type it and authenticators read it.
pub fn secret_text(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// The code of the step that `now` is in, of a secret as [`secret_text`] wrote it: what an authenticator shows.
pub fn shown_code(secret: &str, now: NaiveDateTime) -> Option<String> {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Some(code(&secret, now.and_utc().timestamp().div_euclid(STEP_S)))
}

/// A recovery code as people keep it: seven groups of four.
pub fn recovery_code(random: &[u8; RECOVERY_BYTES]) -> String {
    let text = BASE32_NOPAD.encode(random).to_lowercase();
    let chars: Vec<char> = text.chars().take(RECOVERY_CHARS).collect();
    let groups: Vec<String> = chars.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// The form in which a recovery code is compared: `None` for what can't be one.
pub fn normal_recovery_code(typed: &str) -> Option<String> {
    let plain: String = typed
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    [RECOVERY_CHARS, RECOVERY_CHARS_BEFORE]
        .contains(&plain.len())
        .then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> NaiveDateTime {
        chrono::DateTime::from_timestamp(seconds, 0)
            .expect("a time")
            .naive_utc()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, the last six of its eight digits.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(b"12345678901234567890", seconds / STEP_S), expected);
        }
    }

    #[test]
    fn a_code_is_good_for_its_step_and_those_beside_it_once() {
        let text = secret_text(b"12345678901234567890");
        for (typed, last, now, expected) in [
            ("287082", 0, 59, Some(1)),
            ("287 082", 0, 59, Some(1)),
            ("287082", 1, 59, None),
            ("287082", -1, 89, Some(1)),
            ("287082", -1, 90, None),
            ("287082", -1, 29, Some(1)),
            ("28708", -1, 59, None),
            ("2870820", -1, 59, None),
            ("", -1, 59, None),
        ] {
            assert_eq!(step_of(&text, typed, last, at(now)), expected, "{typed} at {now}");
        }
        assert_eq!(shown_code(&text, at(59)).as_deref(), Some("287082"));
    }

    #[test]
    fn recovery_codes_are_compared_however_they_are_typed() {
        let code = recovery_code(&[7; RECOVERY_BYTES]);
        assert_eq!(code.len(), 34, "{code}");
        let plain = normal_recovery_code(&code);
        assert_eq!(plain, normal_recovery_code(&code.to_uppercase().replace('-', " ")));
        assert_eq!(normal_recovery_code("123456"), None);
        // Given out before codes became longer.
        assert_eq!(
            normal_recovery_code("ABCD-efgh ijkl-mnop").as_deref(),
            Some("abcdefghijklmnop")
        );
        assert_eq!(normal_recovery_code(&format!("{code}a")), None);
    }

    #[test]
    fn what_must_not_be_guessed_is_long_enough() {
        // The bits of a code that a fast hash keeps, and of a secret for HMAC-SHA-1 (RFC 4226 asks for 128, advises 160).
        assert_eq!((RECOVERY_CHARS * 5, SECRET_BYTES * 8), (140, 160));
        const { assert!(RECOVERY_BYTES * 8 >= RECOVERY_CHARS * 5, "each character is random") };
    }
}
