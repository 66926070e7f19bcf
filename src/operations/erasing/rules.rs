//! What is replaced in a text, and by what.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use serde_json::Value;

use crate::names::names;
pub use crate::names::states::ErasureState as State;

names! {
    /// What a person's name or address is replaced in, or what of them is removed.
    pub enum Place as ErasurePlace {
        /// Their way in: name, address, password, roles, factors, sessions.
        Person = "person",
        Contacts = "contacts",
        Shoppers = "shoppers",
        Invitations = "invitations",
        /// Mails that wait, were given up or were sent.
        Messages = "messages",
        Events = "events",
        /// Entries of the audit record.
        Audit = "audit",
        /// Notes, reasons and messages.
        Texts = "texts",
    }
}

names! {
    /// What is kept of a person, and why.
    pub enum Kept as ErasureKept {
        /// Invoices, credit notes and reminders as they were issued: tax and trade law.
        Documents = "documents",
        /// Who did what, by the number of the person alone.
        Acts = "acts",
        /// From which network address something was done: to find misuse.
        Addresses = "addresses",
        /// Orders as buyers' systems sent them: business letters.
        Letters = "letters",
        /// What somebody wrote about them in words of their own, without their address.
        Mentions = "mentions",
        /// Contacts in the account's sandbox, until it is refreshed.
        Sandboxes = "sandboxes",
        /// Backups, until they are thrown away.
        Backups = "backups",
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sought {
    /// Mail address, in lower case.
    pub mail: String,
    /// Names that nobody else has where they stand.
    pub names: Vec<String>,
    /// The outside id of the person, if they signed in.
    pub person: Option<String>,
}

/// Who stands there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pseudonym {
    pub name: String,
    pub mail: String,
}

impl Pseudonym {
    /// Made of the random end of an id, so that it tells nothing.
    pub fn of(id: &str) -> Self {
        let end = id.rsplit('_').next().unwrap_or(id).to_ascii_lowercase();
        Self {
            name: format!("Erased person {end}"),
            // Mails can't be sent to it (RFC 6761).
            mail: format!("erased-{end}@erased.invalid"),
        }
    }
}

/// The text without the person; nothing where they aren't in it.
pub fn replaced(text: &str, sought: &Sought, pseudonym: &Pseudonym) -> Option<String> {
    if sought.names.iter().any(|name| name == text.trim()) {
        return Some(pseudonym.name.clone());
    }
    without_mail(text, &sought.mail, &pseudonym.mail)
}

/// Every text in `value` without the person; true where one was changed. Keys stay.
pub fn replace_in(value: &mut Value, sought: &Sought, pseudonym: &Pseudonym) -> bool {
    match value {
        Value::String(text) => match replaced(text, sought, pseudonym) {
            Some(other) => {
                *text = other;
                true
            }
            None => false,
        },
        Value::Array(values) => values
            .iter_mut()
            .fold(false, |changed, value| replace_in(value, sought, pseudonym) | changed),
        Value::Object(members) => members
            .values_mut()
            .fold(false, |changed, value| replace_in(value, sought, pseudonym) | changed),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Replaces an address wherever it stands as a whole, in any case.
fn without_mail(text: &str, mail: &str, by: &str) -> Option<String> {
    if mail.is_empty() {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (mut out, mut at, mut found) = (String::with_capacity(text.len()), 0, false);
    while let Some((before, place)) = lower
        .get(at..)
        .and_then(|rest| rest.split_once(mail))
        .map(|(before, _)| {
            let place = at + before.len();
            (before, place)
        })
    {
        let end = place + mail.len();
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let follows = lower.get(end..).unwrap_or_default();
        let mut next = follows.chars();
        let goes_on = match next.next() {
            // A dot ends a sentence, or goes on to another domain.
            Some('.') => next.next().is_some_and(|c| c.is_ascii_alphanumeric()),
            Some(c) => c.is_ascii_alphanumeric() || c == '-',
            None => false,
        };
        let begins_before = before.chars().next_back().is_some_and(is_part);
        out.push_str(text.get(at..place).unwrap_or_default());
        if begins_before || goes_on {
            out.push_str(text.get(place..end).unwrap_or_default());
        } else {
            out.push_str(by);
            found = true;
        }
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sought() -> Sought {
        Sought {
            mail: "ada@acme.example".to_owned(),
            names: vec!["Ada Byron".to_owned()],
            person: Some("per_1".to_owned()),
        }
    }

    #[test]
    fn an_address_is_replaced_where_it_stands_as_a_whole() {
        let pseudonym = Pseudonym::of("era_0ABC");
        for (text, expected) in [
            ("ada@acme.example", Some("erased-0abc@erased.invalid")),
            ("Ask Ada@ACME.example.", Some("Ask erased-0abc@erased.invalid.")),
            (
                "<ada@acme.example>, ada@acme.example",
                Some("<erased-0abc@erased.invalid>, erased-0abc@erased.invalid"),
            ),
            ("jada@acme.example", None),
            ("a.ada@acme.example", None),
            ("ada@acme.example.org", None),
            ("ada@acme.example-works", None),
            ("Größe: ada@acme.example ✓", Some("Größe: erased-0abc@erased.invalid ✓")),
            ("Ada Byron", Some("Erased person 0abc")),
            (" Ada Byron ", Some("Erased person 0abc")),
            ("Ada Byron called", None),
            ("", None),
        ] {
            assert_eq!(replaced(text, &sought(), &pseudonym).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_texts_in_json_are_changed() {
        let pseudonym = Pseudonym::of("era_1");
        let mut value = json!({"email": "ada@acme.example", "was": [{"name": "Ada Byron", "n": 1}], "Ada Byron": null});
        assert!(replace_in(&mut value, &sought(), &pseudonym));
        assert_eq!(
            value,
            json!({"email": "erased-1@erased.invalid", "was": [{"name": "Erased person 1", "n": 1}], "Ada Byron": null})
        );
        assert!(!replace_in(&mut value, &sought(), &pseudonym));
    }
}
