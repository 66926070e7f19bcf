//! The files beside a mail's texts.

use crate::app::AppState;
use crate::error::Result;
use crate::events::Happened;
use crate::mail::compose::File;

/// The files of the mail about `event`.
pub async fn attachments(_state: &AppState, _event: &Happened) -> Result<Vec<File>> {
    Ok(Vec::new())
}
