//! What is wrong with the fields of a form, as the page says it at each of them.

use super::Shell;
use crate::error::{Code, FieldError};

/// Texts by the names of fields, in the reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// Those of a refusal. The first part of a pointer is the field's name; `words` are keys of texts, by the name of
    /// the field, that say more about a value than that it is not possible.
    pub fn new(shell: &Shell, faults: &[FieldError], words: &[(&str, &str)]) -> Self {
        let said = |fault: &FieldError| {
            let field = fault.pointer.split('/').nth(1).unwrap_or_default();
            let better = words
                .iter()
                .find(|(name, _)| *name == field && matches!(fault.code, Code::ValueInvalid | Code::Required));
            let text = better.map_or_else(|| shell.fault(fault), |(_, key)| shell.t(key));
            (field.to_owned(), text)
        };
        Self(faults.iter().map(said).collect())
    }

    /// One fault.
    pub fn one(field: &str, text: impl Into<String>) -> Self {
        Self(vec![(field.to_owned(), text.into())])
    }

    /// What is wrong with this field; empty where nothing is.
    pub fn get(&self, field: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, text)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::shell::Theme;
    use super::*;
    use crate::languages::Language;

    #[test]
    fn a_fault_stands_at_its_field_in_the_words_of_the_page() {
        let shell = Shell::of_nobody(Language::De, Theme::System, "/");
        let faults = [
            FieldError::new("/roles/0", Code::RoleNotAllowed, "No."),
            FieldError::new("/email", Code::ValueInvalid, "This is not a mail address."),
        ];
        let said = Faults::new(&shell, &faults, &[("email", "email-rule")]);
        assert_eq!(said.get("email"), shell.t("email-rule"));
        assert_eq!(said.get("roles"), shell.t("problem-role-not-allowed"));
        assert_eq!(said.get("name"), "");
    }
}
