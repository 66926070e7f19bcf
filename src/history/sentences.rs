//! What is said to whoever asks the audit record for something that it can't hold.

use crate::sentences::sentences;

sentences! {
    no_such_action(action: text, noun: text, verbs: list);
    no_such_actions(action: text, nouns: list);
}
