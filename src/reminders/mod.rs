//! Reminders: what is overdue is asked for, step by step, in runs that finance releases; whoever promises to pay is left
//! alone until then; whoever does not pay gets no more goods until they do.
//!
//! - [`policies`], [`tiers`], [`files`]: when which reminder goes out, what it costs, and whom it is for
//! - [`runs`], [`releasing`]: a proposal, and what is sent once it is released
//! - [`sent`]: reminders that were sent, and costs that were given up
//! - [`promises`], [`disputes`]: what is not asked for
//! - [`holds`]: new orders are held, and released by payment

pub mod api;
pub mod checks;
mod debtors;
pub mod disputes;
pub mod documents;
pub mod files;
pub mod holds;
pub mod mails;
pub mod pages;
pub mod policies;
pub mod promises;
pub mod releasing;
pub mod routes;
pub mod rules;
pub mod runs;
pub mod sent;
pub mod sentences;
pub mod settings;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod tiers;

use crate::error::{Code, Error, Result};
use crate::sentences::say_why;

/// Longest reason or note, in characters.
pub const TEXT_CHARS_MAX: usize = 500;

/// A reason as it is kept; somebody has to give one.
fn reason<'a>(pointer: &str, text: &'a str) -> Result<&'a str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid(pointer, Code::Required, say_why()));
    }
    within(pointer, text)
}

/// A note as it is kept, if there is one.
fn note<'a>(pointer: &str, text: Option<&'a str>) -> Result<Option<&'a str>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| within(pointer, text)).transpose()
}

fn within<'a>(pointer: &str, text: &'a str) -> Result<&'a str> {
    let chars = text.chars().count();
    if chars > TEXT_CHARS_MAX {
        let detail = sentences::reminder_text_too_long(chars, TEXT_CHARS_MAX);
        return Err(Error::invalid(pointer, Code::ValueTooLong, detail));
    }
    Ok(text)
}
