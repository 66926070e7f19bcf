//! Part numbers as people type them: what counts as the same number, and what looks like it.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::catalogue::rules::{Article, search_words};
use crate::ids::ProductId;

/// Letters of a word that is looked for where its whole finds nothing.
const STEM_CHARS: usize = 4;

/// An article as a line may mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The article.
    pub product_id: ProductId,
    /// The account's own number, else the supplier's.
    pub number: String,
    /// What it is called.
    pub name: String,
}

impl Suggestion {
    pub fn of(article: &Article) -> Self {
        Self {
            product_id: article.product_id,
            number: article
                .customer_part_number
                .clone()
                .unwrap_or_else(|| article.sku.clone()),
            name: article.name.clone(),
        }
    }
}

/// The letters and digits of a number, in one case: `nw-40012` and `NW 40012` are the same.
pub fn folded(key: &str) -> String {
    key.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The digit that a letter looks like, any other sign itself.
fn alike(sign: char) -> char {
    match sign {
        'o' => '0',
        'i' | 'l' => '1',
        's' => '5',
        'b' => '8',
        'z' => '2',
        other => other,
    }
}

/// Folded, and signs that look alike made the same: `4O012` and `40012`.
fn look(key: &str) -> String {
    folded(key).chars().map(alike).collect()
}

/// A number with the letters among its digits made those that they look like: `nw4o012` gives `nw40012`.
pub fn as_digits(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    let is_digit = |place: Option<usize>| {
        place
            .and_then(|place| signs.get(place))
            .is_some_and(char::is_ascii_digit)
    };
    let read = |(place, sign): (usize, &char)| {
        let is_among = is_digit(place.checked_sub(1)) || is_digit(Some(place + 1));
        if is_among { alike(*sign) } else { *sign }
    };
    signs.iter().enumerate().map(read).collect()
}

/// True for a number rather than words: it has a digit and no blank.
pub fn is_number(key: &str) -> bool {
    key.chars().any(|c| c.is_ascii_digit()) && !key.contains(char::is_whitespace)
}

/// Something that a key may have been meant to be, and the texts it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The article.
    pub product_id: ProductId,
    texts: Vec<(String, usize)>,
}

impl Known {
    /// An article known by these texts.
    pub fn new<'a>(product_id: ProductId, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts = texts.into_iter().map(|text| {
            let text = look(text);
            let chars = text.chars().count();
            (text, chars)
        });
        Self {
            product_id,
            texts: texts.filter(|(_, chars)| *chars > 0).collect(),
        }
    }

    /// The fewest typing faults between `key` (as it looks) and a text; none beyond a third of its length.
    fn distance(&self, key: &str, chars: usize) -> Option<usize> {
        let near = self.texts.iter().filter_map(|(text, text_chars)| {
            let most = chars.max(*text_chars) / 3;
            if chars.abs_diff(*text_chars) > most {
                return None;
            }
            Some(strsim::osa_distance(key, text)).filter(|distance| *distance <= most)
        });
        near.min()
    }
}

/// The `most` articles that look most like `key`, the nearest first; those before win among equals.
pub fn nearest(key: &str, known: &[Known], most: usize) -> Vec<ProductId> {
    let key = look(key);
    let chars = key.chars().count();
    if chars == 0 {
        return Vec::new();
    }
    let near = known.iter().enumerate();
    let near = near.filter_map(|(place, known)| Some((known.distance(&key, chars)?, place, known.product_id)));
    let mut near: Vec<_> = near.collect();
    near.sort_unstable();
    let mut ids = Vec::new();
    for (_, _, id) in near {
        if !ids.contains(&id) {
            ids.push(id);
        }
        if ids.len() == most {
            break;
        }
    }
    ids
}

/// The beginnings of a key's words, for a search that forgives their ends; a lone short word has none.
pub fn stems(key: &str) -> Vec<String> {
    let mut stems: Vec<String> = search_words(&[key])
        .into_iter()
        .filter(|word| word.chars().count() >= STEM_CHARS)
        .map(|word| word.chars().take(STEM_CHARS).collect())
        .collect();
    stems.dedup();
    stems
}

/// A key that may be either of two numbers: what a cell shows and what it holds.
pub fn either(one: &str, other: &str) -> String {
    format!("{one}{EITHER}{other}")
}

/// The numbers of a key that may be any of them; none where it is one.
pub fn each_of(key: &str) -> Vec<&str> {
    let parts: Vec<_> = key.split(EITHER).map(str::trim).collect();
    match parts.len() {
        2 if parts.iter().all(|part| !part.is_empty()) => parts,
        _ => Vec::new(),
    }
}

const EITHER: &str = " / ";

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn what_looks_alike_is_nearest_and_what_does_not_stays_away() {
        let known: Vec<_> = [(1, "NW-40012"), (2, "NW-40020"), (3, "NW-71100"), (4, "GLUE-310")]
            .into_iter()
            .map(|(id, number)| Known::new(ProductId(id), [number]))
            .collect();
        let check = |key: &str, expected: &[i64]| {
            let found: Vec<_> = nearest(key, &known, 3).into_iter().map(|id| id.0).collect();
            assert_eq!(found, expected, "{key}");
        };
        check("NW-4O012", &[1, 2]);
        check("MW-40012", &[1]);
        check("NW-71001", &[3]);
        check("glue310", &[4]);
        check("completely else", &[]);
        check("", &[]);
    }

    #[test]
    fn letters_among_digits_are_read_as_digits() {
        for (number, expected) in [
            ("nw4o012", "nw40012"),
            ("nw400l2", "nw40012"),
            ("gr1s", "gr15"),
            ("bolt", "bolt"),
            ("", ""),
        ] {
            assert_eq!(as_digits(number), expected);
        }
    }

    #[test]
    fn words_are_also_looked_for_by_their_beginnings() {
        assert_eq!(stems("asembly glue XY"), ["asem", "glue"]);
        assert_eq!(stems("Ärmel"), ["arme"]);
        assert_eq!(stems("ab"), Vec::<String>::new());
    }
}
