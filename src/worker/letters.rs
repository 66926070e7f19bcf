//! A message becomes a mail: the feature's letter, what stands around it, the files beside it.

use url::Url;

use super::{MailSettings, registry};
use crate::accounts::correspondence::{self, Correspondence};
use crate::clock::{self, Timestamp};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::{self, CreditNoteEvent, Event, Happened, InvoiceEvent, ReminderEvent, StatementEvent};
use crate::http::Pdf;
use crate::ids::{AccountId, CreditNoteId, InvoiceId, ReminderId};
use crate::invoices::einvoice::{self, Attached, Source};
use crate::invoices::statement::monthly;
use crate::invoices::{self, credits};
use crate::languages::Language;
use crate::mail::Message;
use crate::mail::compose::{Composed, File, Heads, compose};
use crate::mail::letter::{Frame, Letter, Link};
use crate::mail::rules::{self, Reason};
use crate::mail::writing::Writing;
use crate::reminders;
use crate::state::AppState;
use crate::values;

/// The mail that `message` stands for, as things are at `now`; `None` once there is no use in sending it.
pub async fn write(
    state: &AppState,
    settings: &MailSettings,
    message: &Message,
    now: Timestamp,
) -> Result<Option<Composed>> {
    let (asked, public_url) = (message.clone(), settings.public_url.clone());
    let read = move |connection: &mut _| gather(connection, &asked, &public_url, now);
    let Some(gathered) = state.db.read(read).await? else {
        return Ok(None);
    };
    let files = attachments(state, &gathered.event).await?;
    let mut frame = gathered.frame;
    if !files.is_empty() {
        let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
        let words = [("files", names.join(", ").into())];
        frame.attached = Some(frame.language.text_with("mail-attached", &words));
    }
    let texts = gathered.letter.render(&frame)?;
    let host = settings.public_url.host_str().unwrap_or("localhost").to_owned();
    // From before such addresses were checked where they come in: a bad one must not cost every mail.
    let writable = |email: &String| values::mail_address(email).is_some();
    let from = settings.from.clone().or(gathered.sender_email.filter(writable));
    let heads = Heads {
        name: rules::name(message.id, message.issue),
        from: (frame.sender, from.unwrap_or_else(|| format!("portal@{host}"))),
        to: (message.name.clone(), message.email.clone()),
        reply_to: frame
            .contact
            .and_then(|contact| Some((contact.name, contact.email.filter(writable)?))),
        thread: gathered.letter.thread,
        unsubscribe_url: gathered.unsubscribe_url,
        date: now,
        host,
    };
    compose(&heads, texts, files).map(Some)
}

/// Subject and plain text of the mail that `message` stands for, as things are at `now`, without attachments and
/// without the reader's own links; `None` once there is no use in sending it. For staff who look what was mailed.
pub fn preview(
    connection: &mut Connection,
    message: &Message,
    public_url: &Url,
    now: Timestamp,
) -> Result<Option<(String, String)>> {
    let Some(gathered) = gather(connection, message, public_url, now)? else {
        return Ok(None);
    };
    let texts = gathered.letter.render(&gathered.frame)?;
    Ok(Some((texts.subject, texts.text)))
}

/// What the database knows of a mail.
struct Gathered {
    event: Happened,
    letter: Letter,
    frame: Frame,
    sender_email: Option<String>,
    unsubscribe_url: Option<String>,
}

fn gather(
    connection: &mut Connection,
    message: &Message,
    public_url: &Url,
    now: Timestamp,
) -> Result<Option<Gathered>> {
    // Between the event and this moment people lose access, and contacts are removed.
    if !correspondence::may_get(connection, message)? {
        return Ok(None);
    }
    let gone = || Error::internal(format!("the event {} is gone", message.event_id));
    let event = events::find(connection, message.event_id)?.ok_or_else(gone)?;
    let sides = correspondence::about(connection, message.account_id, now)?;
    let writing = Writing {
        language: Language::from_locale(&message.locale),
        now,
        zone: sides.zone,
        public_url: public_url.clone(),
    };
    let Some(mut letter) = registry::letter(connection, &writing, &sides, message, &event)? else {
        return Ok(None);
    };
    if message.reason == Reason::Contact {
        // It leads to a page behind the sign-in.
        letter.link = None;
    }
    let unsubscribe_path = correspondence::unsubscribe_path_of(connection, message)?;
    let unsubscribe_url = unsubscribe_path.map(|path| writing.link(&path));
    Ok(Some(Gathered {
        event,
        letter,
        frame: frame(&writing, &sides, message, unsubscribe_url.clone()),
        unsubscribe_url,
        sender_email: sides.sender_email,
    }))
}

fn frame(writing: &Writing, sides: &Correspondence, message: &Message, unsubscribe_url: Option<String>) -> Frame {
    let why = format!("mail-why-{}", message.reason.name());
    // Colleagues know whom to ask.
    let is_colleague = matches!(message.reason, Reason::Team | Reason::Staff);
    // A contact has no settings of their own: the link says that mails of this kind shall come no more.
    let settings = match message.reason {
        Reason::Contact => unsubscribe_url.map(|url| ("mail-unsubscribe", url)),
        // Nobody there signs in.
        Reason::Invoices => None,
        _ => Some(("mail-settings", writing.link("/account/notifications"))),
    };
    let settings = settings.map(|(label, url)| Link {
        label: writing.text(label),
        url,
    });
    Frame {
        language: writing.language,
        sender: sides.sender.clone(),
        contact: sides.contact.clone().filter(|_| !is_colleague),
        why: writing.text_with(&why, &[("account", sides.account_name().into())]),
        settings: settings.filter(|_| message.kind.can_be_switched_off()),
        attached: None,
    }
}

/// The files of the mail about `event`: of an invoice or credit note its paper, and the e-invoice where the account wants it
/// so; of a reminder its paper.
async fn attachments(state: &AppState, event: &Happened) -> Result<Vec<File>> {
    let (Some(account_id), id) = (event.account_id, event.subject_id) else {
        return Ok(Vec::new());
    };
    match &event.event {
        Event::Invoice(InvoiceEvent::Issued(_)) => billed(state, account_id, Source::Invoice(InvoiceId(id))).await,
        Event::CreditNote(CreditNoteEvent::Issued(_)) => {
            billed(state, account_id, Source::CreditNote(CreditNoteId(id))).await
        }
        Event::Statement(StatementEvent::Mailed(mailed)) => {
            let mailed = mailed.clone();
            let read = move |connection: &mut _| monthly::attached(connection, account_id, &mailed, clock::now());
            let (own, name, bytes) = state.db.read(read).await?;
            let mut files = Vec::new();
            if let Some(own) = own {
                let file_name = own.file_name();
                let bytes = state.press.print(own).await?;
                files.push(paper(Pdf { file_name, bytes }));
            }
            files.push(File {
                name,
                media_type: "text/csv",
                bytes,
            });
            Ok(files)
        }
        Event::Reminder(ReminderEvent::Sent(_)) => {
            let id = ReminderId(id);
            let read = move |connection: &mut _| reminders::documents::reminder(connection, account_id, id);
            Ok(vec![paper(state.print(read).await?)])
        }
        _ => Ok(Vec::new()),
    }
}

fn paper(pdf: Pdf) -> File {
    File {
        name: pdf.file_name,
        media_type: "application/pdf",
        bytes: pdf.bytes,
    }
}

async fn billed(state: &AppState, account_id: AccountId, source: Source) -> Result<Vec<File>> {
    let wanted = move |connection: &mut _| einvoice::with_mail(connection, account_id, source);
    let attached = match state.db.read(wanted).await {
        // The account asks for what it did not ask for when the invoice was issued.
        Err(error @ Error::Conflict { .. }) => {
            tracing::warn!(document = ?source, %error, "the mail goes without the e-invoice");
            Attached::default()
        }
        attached => attached?,
    };
    let is_inside = attached.is_inside;
    let read = move |connection: &mut _| match (source, is_inside) {
        (_, true) => einvoice::factur_x(connection, account_id, source),
        (Source::Invoice(id), false) => invoices::documents::invoice(connection, account_id, id),
        (Source::CreditNote(id), false) => credits::documents::credit_note(connection, account_id, id),
    };
    let mut files = vec![paper(state.print(read).await?)];
    files.extend(attached.beside.into_iter().map(|xml| File {
        name: xml.name,
        media_type: "application/xml",
        bytes: xml.bytes,
    }));
    Ok(files)
}
