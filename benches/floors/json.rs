//! Numbers and empty places as they stand in answers.

use serde::Serialize;

/// Always null in the world that is measured.
pub type Null = Option<()>;

/// `value` has so many decimals; those that are 0 at the end are left out.
pub fn short(value: i64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if decimals == 0 {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `value` has so many decimals.
pub fn fixed(value: i64, decimals: usize) -> String {
    if decimals == 0 {
        return value.to_string();
    }
    let digits = format!("{value:0width$}", width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    format!("{whole}.{part}")
}

/// Half up.
pub fn rounded(value: i128, by: i128) -> i64 {
    i64::try_from((value * 2 + by).div_euclid(by * 2)).unwrap()
}

/// One of the parts of an answer.
pub fn bytes(answer: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(answer).unwrap()
}
