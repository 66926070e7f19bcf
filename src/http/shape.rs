//! Says where a document has the wrong shape: what serde says becomes a pointer, a code and a sentence.

use serde_path_to_error::{Path, Segment};

use crate::error::{Code, Error};
use crate::sentences;

/// What a caller sent is repeated up to this many characters.
const ECHO_CHARS_MAX: usize = 200;

/// The fault that serde met at `path`.
pub(super) fn wrong_shape(path: &Path, message: &str) -> Error {
    let (code, field) = classify(message);
    let mut pointer = pointer_to(path);
    if let Some(field) = field {
        push(&mut pointer, field);
    }
    // serde_json adds the place in the text, which the pointer says better.
    let message = message.split(" at line ").next().unwrap_or(message);
    Error::invalid(shortened(&pointer), code, sentences::wrong_shape(shortened(message)))
}

/// How messages about the type of a value begin: those of serde, and those of numbers and dates that can't be read.
const OF_TYPE: &[&str] = &[
    "invalid type",
    "invalid length",
    "number out of range",
    "invalid digit",
    "cannot parse",
    "input contains invalid characters",
    "premature end of input",
    "trailing input",
];

/// The code for a message of serde's, and the name of the field where only the message has it.
fn classify(message: &str) -> (Code, Option<&str>) {
    for (prefix, code) in [
        ("missing field `", Code::Required),
        ("duplicate field `", Code::ValueInvalid),
    ] {
        if let Some(rest) = message.strip_prefix(prefix) {
            return (code, rest.split('`').next());
        }
    }
    let code = match message {
        text if text.starts_with("unknown field") => Code::UnknownField,
        text if OF_TYPE.iter().any(|start| text.starts_with(start)) => Code::WrongType,
        _ => Code::ValueInvalid,
    };
    (code, None)
}

fn pointer_to(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&mut pointer, &index.to_string()),
            Segment::Map { key } => push(&mut pointer, key),
            Segment::Enum { variant } => push(&mut pointer, variant),
            Segment::Unknown => {}
        }
    }
    pointer
}

/// Adds a token to a JSON Pointer (RFC 6901).
pub(super) fn push(pointer: &mut String, token: &str) {
    pointer.push('/');
    pointer.push_str(&token.replace('~', "~0").replace('/', "~1"));
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(ECHO_CHARS_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_serde_become_codes() {
        for (message, code, field) in [
            ("missing field `sku`", Code::Required, Some("sku")),
            ("unknown field `a`, expected `b`", Code::UnknownField, None),
            ("invalid type: map, expected a string", Code::WrongType, None),
            ("unknown variant `x`, expected `y`", Code::ValueInvalid, None),
            ("invalid digit found in string", Code::WrongType, None),
            ("premature end of input", Code::WrongType, None),
            ("duplicate field `a`", Code::ValueInvalid, Some("a")),
        ] {
            assert_eq!(classify(message), (code, field), "{message}");
        }
    }

    #[test]
    fn pointers_escape_their_tokens() {
        let mut pointer = String::new();
        push(&mut pointer, "a/b~c");
        assert_eq!(pointer, "/a~1b~0c");
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!(shortened(&"ä".repeat(300)).chars().count(), ECHO_CHARS_MAX + 1);
        assert_eq!(shortened("short"), "short");
    }
}
