//! Words for search: the same for what is stored and what is asked, on both engines.

use crate::keys::searched;

/// Longest word kept; longer ones are found by their beginning.
const WORD_CHARS_MAX: usize = 64;

/// The words of `texts`: without accents, in lower case, split at everything that is neither letter nor digit, each
/// once, sorted. `Ärmel-Höhe 12½` gives `12`, `1`, `2`, `armel`, `hohe` (`½` decomposes).
pub fn search_words(texts: &[&str]) -> Vec<String> {
    each_once(texts.iter().flat_map(|text| parted(&words_of(text))).collect())
}

/// What an article is found by, for the words of whoever looks: the words of its texts; of words that mix letters and
/// digits also the parts, of measures also the whole (`M8 x 40` gives `m8x40`, `M8x40` gives `m8`, `x`, `40`), and of
/// numbers also the letters and digits alone (`NW-40012` gives `nw40012`).
pub fn indexed_words(numbers: &[&str], texts: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for text in numbers.iter().chain(texts) {
        let own = words_of(text);
        words.extend(measures(&parted(&own)));
        words.extend(own.iter().flat_map(|word| parts(word)));
        words.extend(own);
    }
    words.extend(numbers.iter().map(|number| number_word(number)));
    words.retain(|word| !word.is_empty());
    each_once(words)
}

/// A number as one word, however it is parted: `NW-40 012` gives `nw40012`.
pub fn number_word(number: &str) -> String {
    words_of(number).concat().chars().take(WORD_CHARS_MAX).collect()
}

fn each_once(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of a text in their order.
fn words_of(text: &str) -> Vec<String> {
    let folded = searched(text).replace('×', "x");
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(WORD_CHARS_MAX).collect()).collect()
}

/// The words with what stands together of a measure parted: `m8`, `x40` is `m8`, `x`, `40`.
fn parted(words: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let is_behind_a_measure = found.last().is_some_and(|last| last.contains(char::is_numeric));
        let measure = word.strip_prefix('x').filter(|rest| !rest.is_empty());
        match measure.filter(|rest| is_behind_a_measure && rest.chars().all(char::is_numeric)) {
            Some(measure) => found.extend(["x".to_owned(), measure.to_owned()]),
            None => found.push(word.clone()),
        }
    }
    found
}

/// The runs of letters and of digits in a word that has both.
fn parts(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut was_digit = None;
    for c in word.chars() {
        let is_digit = c.is_numeric();
        match parts.last_mut() {
            Some(part) if was_digit == Some(is_digit) => part.push(c),
            _ => parts.push(c.to_string()),
        }
        was_digit = Some(is_digit);
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// Measures that are written in several words: `4`, `x`, `40` is `4x40`.
fn measures(words: &[String]) -> Vec<String> {
    let has_digit = |word: &String| word.chars().any(char::is_numeric);
    let mut found = Vec::new();
    let mut whole = String::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let goes_on = match word.as_str() {
            "x" => !whole.is_empty() && words.peek().is_some_and(|next| has_digit(next)),
            _ => has_digit(word) && words.peek().is_some_and(|next| *next == "x"),
        };
        if goes_on || (has_digit(word) && whole.ends_with('x')) {
            whole.push_str(word);
        }
        if !goes_on {
            found.push(std::mem::take(&mut whole));
        }
    }
    found.retain(|measure| measure.contains('x') && measure.chars().count() <= WORD_CHARS_MAX);
    found
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
        check("4 × 40", &["4", "40", "x"]);
        check("'; DROP TABLE * \" OR", &["drop", "or", "table"]);
    }

    #[test]
    fn numbers_and_measures_are_found_however_they_are_parted() {
        let found_by = |typed: &str, numbers: &[&str], texts: &[&str]| {
            let index = indexed_words(numbers, texts);
            search_words(&[typed])
                .iter()
                .all(|word| index.iter().any(|known| known.starts_with(word.as_str())))
        };
        for (typed, number, name, expected) in [
            ("NW40012", "NW-40012", "", true),
            ("nw-40012", "NW40012", "", true),
            ("NW 40 012", "NW-40012", "", false),
            ("M8x40", "A", "Hex bolt M8 x 40 zinc", true),
            ("M8 x 40", "A", "Hex bolt M8x40 zinc", true),
            ("m8×40", "A", "Hex bolt M8 x 40", true),
            ("M8 x40", "A", "Hex bolt M8 x 40", true),
            ("M8 x40", "A", "Hex bolt M8x40", true),
            ("M8x 40", "A", "Hex bolt M8 x 40", true),
            ("M8x40", "A", "Hex bolt M8 x40", true),
            ("10 x20 x30", "A", "Box 10 x 20 x 30 cm", true),
            ("x40", "A1-X40", "", true),
            ("A1-X40", "A1-X40", "", true),
            ("4.0x50", "A", "Screw 4.0 x 50", true),
            ("10x20x30", "A", "Box 10 x 20 x 30 cm", true),
            ("M8x50", "A", "Hex bolt M8 x 40", false),
            ("sohne", "A", "Müller Söhne", true),
            ("x", "A", "Box 10 cm", false),
        ] {
            assert_eq!(
                found_by(typed, &[number], &[name]),
                expected,
                "{typed} in {number} {name}"
            );
        }
        assert_eq!(number_word("NW 40.012"), "nw40012");
        assert_eq!(indexed_words(&["A-1"], &["2 x"]), ["1", "2", "a", "a1", "x"]);
    }
}
