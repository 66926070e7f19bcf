//! Letters that no font has, and words too long for their column.
//!
//! PDF/A refuses a document with a letter that can't be drawn. A product's name must not stop an invoice, so such a
//! letter is replaced by one that shows that something stood there. Most of them no font lists. Of others only the
//! typesetter knows: scripts join letters into shapes that a font may lack.

use std::collections::BTreeSet;

use serde_json::Value;
use typst::layout::{Frame, FrameItem};
use typst::text::{FontBook, is_default_ignorable};
use typst_layout::PagedDocument;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands for a letter that no font has.
const SUBSTITUTE: char = '\u{25a1}';
/// Invisible; a line may break there and a hyphen then shows.
const SOFT_HYPHEN: char = '\u{ad}';
/// Invisible; a line may break there.
const ZERO_WIDTH_SPACE: char = '\u{200b}';
/// Words up to this length fit every column; hyphenation breaks longer ones where it can.
const WORD_CHARS_MAX: usize = 60;
/// The same for numbers and codes, which are never hyphenated.
const CODE_CHARS_MAX: usize = 24;
/// Places in which a longer one may break lie this far apart.
const BREAK_CHARS: usize = 12;

/// Which letters a paper may hold.
#[derive(Debug, Clone, Default)]
pub struct Alphabet {
    /// Not these.
    undrawn: BTreeSet<char>,
    /// Nothing but Latin letters.
    is_latin: bool,
}

impl Alphabet {
    /// Latin letters with punctuation and signs of currencies, each of which is drawn by itself.
    pub fn latin() -> Self {
        Self {
            undrawn: BTreeSet::new(),
            is_latin: true,
        }
    }

    /// Leaves these out from now on; those that are new, none if there is none.
    pub fn leave_out(&mut self, letters: BTreeSet<char>) -> Option<String> {
        let new: String = letters.difference(&self.undrawn).collect();
        self.undrawn.extend(letters);
        (!new.is_empty()).then_some(new)
    }

    fn has(&self, letter: char) -> bool {
        let is_latin = matches!(letter, ' '..='\u{24f}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}');
        (is_latin || !self.is_latin) && !self.undrawn.contains(&letter)
    }
}

/// Makes every text of `value` fit to be set: without what can't be seen, without what is not of the alphabet, and with
/// words that may break.
pub fn clean(value: &mut Value, alphabet: &Alphabet) {
    match value {
        Value::String(text) => {
            if !is_plain(text) {
                *text = clean_text(text, alphabet);
            }
            if let Some(breakable) = breakable(text) {
                *text = breakable;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| clean(value, alphabet)),
        Value::Object(members) => members.values_mut().for_each(|value| clean(value, alphabet)),
        _ => {}
    }
}

/// Every font has these.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn clean_text(text: &str, alphabet: &Alphabet) -> String {
    let seen = text.nfc().filter_map(|letter| match letter {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        SOFT_HYPHEN => Some(letter),
        // Control characters, joiners, marks of writing direction.
        _ if letter.is_control() || is_default_ignorable(letter) => None,
        _ if alphabet.has(letter) => Some(letter),
        _ if letter.is_whitespace() => Some(' '),
        // What it stood on stays.
        _ if is_combining_mark(letter) => None,
        _ => Some(SUBSTITUTE),
    });
    seen.collect()
}

/// Of the letters of `value` those that no font lists and that something else would stand for.
pub fn lost(value: &Value, book: &FontBook) -> BTreeSet<char> {
    let mut found = unlisted(value, book);
    found.retain(|letter| !(letter.is_control() || letter.is_whitespace() || is_default_ignorable(*letter)));
    found
}

/// The letters of `value` that no font even lists.
pub fn unlisted(value: &Value, book: &FontBook) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    find_letters(value, &mut found);
    let fonts: Vec<_> = book.families().flat_map(|(_, fonts)| fonts).collect();
    let infos = || fonts.iter().filter_map(|index| book.info(*index));
    found.retain(|letter| !infos().any(|info| info.coverage.contains(u32::from(*letter))));
    found
}

fn find_letters(value: &Value, found: &mut BTreeSet<char>) {
    match value {
        Value::String(text) if !is_plain(text) => found.extend(text.nfc().filter(|letter| !letter.is_ascii())),
        Value::Array(values) => values.iter().for_each(|value| find_letters(value, found)),
        Value::Object(members) => members.values().for_each(|value| find_letters(value, found)),
        _ => {}
    }
}

/// The letters of the document that no font could draw, though one lists them.
pub fn undrawn(document: &PagedDocument) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    for page in document.pages() {
        find_undrawn(&page.frame, &mut found);
    }
    found
}

fn find_undrawn(frame: &Frame, found: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => find_undrawn(&group.frame, found),
            FrameItem::Text(item) => {
                // Glyph 0 is what a font shows for what it lacks.
                for glyph in item.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let letters = item
                        .text
                        .get(usize::from(glyph.range.start)..usize::from(glyph.range.end));
                    let letters: Vec<char> = letters.unwrap_or_default().chars().collect();
                    let marks = letters.iter().copied().filter(|letter| is_combining_mark(*letter));
                    // Perhaps only the marks are too much for the letter; if not, the next turn finds it.
                    let marks: Vec<char> = marks.collect();
                    found.extend(if marks.is_empty() { letters } else { marks });
                }
            }
            _ => {}
        }
    }
}

/// The text with places to break inside words that would leave their column; none if it has no such word.
fn breakable(text: &str) -> Option<String> {
    if text.len() <= CODE_CHARS_MAX || !text.split_whitespace().any(is_too_long) {
        return None;
    }
    let mut broken = String::with_capacity(text.len() + text.len() / 4);
    for word in text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        if !is_too_long(trimmed) {
            broken.push_str(word);
            continue;
        }
        // A hyphen would change a code.
        let place = if is_code(trimmed) {
            ZERO_WIDTH_SPACE
        } else {
            SOFT_HYPHEN
        };
        for (index, letter) in word.chars().enumerate() {
            if index > 0 && index.is_multiple_of(BREAK_CHARS) {
                broken.push(place);
            }
            broken.push(letter);
        }
    }
    Some(broken)
}

fn is_too_long(word: &str) -> bool {
    let chars = word.chars().count();
    chars > WORD_CHARS_MAX || (chars > CODE_CHARS_MAX && is_code(word))
}

fn is_code(word: &str) -> bool {
    word.chars().any(|c| !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str, undrawn: &str) -> String {
        let mut value = Value::String(text.to_owned());
        let mut alphabet = Alphabet::default();
        alphabet.leave_out(undrawn.chars().collect());
        clean(&mut value, &alphabet);
        value.as_str().expect("a text").to_owned()
    }

    #[test]
    fn what_cannot_be_drawn_is_replaced_and_what_cannot_be_seen_left_out() {
        let check = |text: &str, undrawn: &str, expected: &str| assert_eq!(cleaned(text, undrawn), expected);
        check("Schraube M8 × 40 €", "", "Schraube M8 × 40 €");
        check("螺栓 M8", "螺栓", "□□ M8");
        check("a\u{308}", "", "ä");
        check("x\u{323}y", "\u{323}", "xy");
        check("a\u{200d}b\u{feff}c\u{1}d\te\r\nf", "", "abcd e\nf");
        check("1\u{202f}000", "\u{202f}", "1 000");
    }

    #[test]
    fn the_latin_alphabet_is_that_of_europe() {
        let mut value = Value::String("Größe «M8» – 5 € Болт".to_owned());
        clean(&mut value, &Alphabet::latin());
        assert_eq!(value, "Größe «M8» – 5 € □□□□");
    }

    #[test]
    fn long_codes_and_endless_words_may_break() {
        let check = |text: &str, expected: &str| assert_eq!(cleaned(text, ""), expected);
        check(
            "Donaudampfschifffahrtsgesellschaft",
            "Donaudampfschifffahrtsgesellschaft",
        );
        check("AB-12345", "AB-12345");
        check(
            "Nr. 1234567890123456789012345 alt",
            "Nr. 123456789012\u{200b}345678901234\u{200b}5 alt",
        );
        assert_eq!(cleaned(&"x".repeat(200), "").matches('\u{ad}').count(), 16);
    }
}
