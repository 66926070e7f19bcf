//! `portal openapi`: prints the API document.

use super::Outcome;
use crate::app;

pub(super) fn run() -> Outcome {
    println!("{}", app::document_json());
    Ok(())
}
