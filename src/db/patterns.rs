//! Texts that people look for, as patterns of LIKE. The statements say `ESCAPE '\\'`.

use crate::keys;

/// What holds `text` anywhere; the text itself is taken by its letters.
pub fn holding(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for letter in text.trim().chars() {
        if ['%', '_', '\\'].contains(&letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// The same for texts in small letters.
pub fn holding_lower(text: &str) -> String {
    holding(&text.to_lowercase())
}

/// What is looked for among keys as they are compared, for `{in texts …}`: exactly this key, and what is the same; the
/// first sorts first.
pub fn key(key: &str) -> String {
    serde_json::Value::from(keys::wanted(key).to_vec()).to_string()
}

/// The text as a number that things are counted by; nothing has the number -1.
pub fn number(text: &str) -> i64 {
    text.trim().parse().unwrap_or(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_with_a_meaning_lose_it() {
        assert_eq!(holding(" 100%_a\\b "), "%100\\%\\_a\\\\b%");
        assert_eq!(holding_lower("PO-1"), "%po-1%");
        assert_eq!((number(" 17 "), number("17a")), (17, -1));
    }
}
