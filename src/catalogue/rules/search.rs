//! Words for search: the same for what is stored and what is asked, on both engines.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word kept; longer ones are found by their beginning.
const WORD_CHARS_MAX: usize = 64;

/// The words of `texts`: without accents, in lower case, split at everything that is neither letter nor digit, each
/// once, sorted. `Ärmel-Höhe 12½` gives `12`, `1`, `2`, `armel`, `hohe` (`½` decomposes).
pub fn search_words(texts: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = texts
        .iter()
        .flat_map(|text| {
            let folded: String = text
                .nfkd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .collect();
            folded
                .replace('ß', "ss")
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(|word| word.chars().take(WORD_CHARS_MAX).collect())
                .collect::<Vec<String>>()
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_accents_case_and_punctuation() {
        let check = |text: &str, expected: &[&str]| assert_eq!(search_words(&[text]), expected, "{text}");
        check("Ärmel-Höhe", &["armel", "hohe"]);
        check("STRASSE Straße", &["strasse"]);
        check("AB-12.5/x", &["12", "5", "ab", "x"]);
        check("  ", &[]);
        check("Ｆｕｌｌ", &["full"]);
        check("'; DROP TABLE * \" OR", &["drop", "or", "table"]);
    }
}
