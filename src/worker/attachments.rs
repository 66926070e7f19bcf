//! The files beside a mail's texts.

use crate::error::Result;
use crate::events::{Event, Happened, InvoiceEvent};
use crate::ids::InvoiceId;
use crate::invoices;
use crate::mail::compose::File;
use crate::state::AppState;

/// The files of the mail about `event`: of an invoice its paper.
pub async fn attachments(state: &AppState, event: &Happened) -> Result<Vec<File>> {
    let (Some(account_id), Event::Invoice(InvoiceEvent::Issued(_))) = (event.account_id, &event.event) else {
        return Ok(Vec::new());
    };
    let id = InvoiceId(event.subject_id);
    let read = move |connection: &mut _| invoices::documents::invoice(connection, account_id, id);
    let pdf = state.print(read).await?;
    Ok(vec![File {
        name: pdf.file_name,
        media_type: "application/pdf",
        bytes: pdf.bytes,
    }])
}
