//! Secrets of programs: what they look like, so that scanners of sources know one and a typing mistake is seen at once.

/// How each begins.
pub const PREFIX: &str = "kaps_";
/// Random bytes of one: 192 bits.
pub const BYTES: usize = 24;
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62^33 is more than 2^192.
const RANDOM_CHARS: usize = 33;
/// 62^6 is more than 2^32.
const CHECK_CHARS: usize = 6;
/// Secrets of a program that are good at a time: the one in use and the one that follows it.
pub const SECRETS_MAX: usize = 2;

/// The secret that these random bytes are: prefix, the bytes in base 62, six characters of CRC-32 over both.
pub fn secret(random: [u8; BYTES]) -> String {
    let body = format!("{PREFIX}{}", in_base62(&random, RANDOM_CHARS));
    let check = in_base62(&crc32(body.as_bytes()).to_be_bytes(), CHECK_CHARS);
    format!("{body}{check}")
}

/// True for what can be a secret of ours; what can't is refused without looking anything up.
pub fn is_secret(text: &str) -> bool {
    let length = PREFIX.len().saturating_add(RANDOM_CHARS);
    match text.split_at_checked(length) {
        Some((body, check)) if body.starts_with(PREFIX) => {
            check == in_base62(&crc32(body.as_bytes()).to_be_bytes(), CHECK_CHARS)
        }
        _ => false,
    }
}

/// The end of a secret, by which people tell it from others.
pub fn last_four(secret: &str) -> &str {
    let start = secret.len().saturating_sub(4);
    secret.get(start..).unwrap_or_default()
}

/// A big-endian number in base 62, so many digits.
fn in_base62(number: &[u8], digits: usize) -> String {
    let mut number = number.to_vec();
    let mut text = Vec::with_capacity(digits);
    for _ in 0..digits {
        let mut rest = 0_u32;
        for byte in &mut number {
            let part = rest.wrapping_mul(256).wrapping_add(u32::from(*byte));
            *byte = u8::try_from(part.div_euclid(62)).unwrap_or(u8::MAX);
            rest = part.rem_euclid(62);
        }
        let digit = usize::try_from(rest).ok().and_then(|rest| DIGITS.get(rest));
        text.push(char::from(digit.copied().unwrap_or(b'0')));
    }
    text.iter().rev().collect()
}

/// CRC-32 as zip files have it (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn numbers_are_written_in_base_62() {
        for (number, expected) in [(0_u32, "000000"), (61, "00000z"), (62, "000010"), (u32::MAX, "4gfFC3")] {
            assert_eq!(in_base62(&number.to_be_bytes(), 6), expected);
        }
    }

    #[test]
    fn a_secret_is_known_by_its_form_and_a_mistake_in_it_is_seen() {
        for random in [[0; BYTES], [255; BYTES], [7; BYTES]] {
            let text = secret(random);
            assert_eq!(text.len(), 44, "{text}");
            assert!(is_secret(&text), "{text}");
            assert!(text.ends_with(last_four(&text)) && last_four(&text).len() == 4);
            for place in 0..text.len() {
                let mut wrong = text.clone().into_bytes();
                wrong[place] = if wrong[place] == b'x' { b'y' } else { b'x' };
                assert!(
                    !is_secret(&String::from_utf8(wrong).expect("text")),
                    "{text} at {place}"
                );
            }
        }
        assert_ne!(secret([1; BYTES]), secret([2; BYTES]));
        for none in ["", "kaps_", "kaps_ä", "password"] {
            assert!(!is_secret(none), "{none}");
        }
    }
}
