//! A letter as the bytes that travel: headers, both texts, attachments (RFC 5322, MIME).

use std::time::{Duration, UNIX_EPOCH};

use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, message::header::ContentType};

use super::letter::Rendered;
use super::rules::one_line;
use crate::clock::Timestamp;
use crate::error::{Error, Result};
use crate::values;

/// The headers' facts.
#[derive(Debug, Clone)]
pub struct Heads {
    /// The message's name: its id, and which issue it is.
    pub name: String,
    /// The host behind `@` in ids of messages.
    pub host: String,
    /// Who sends: name and address.
    pub from: (String, String),
    /// Who gets it: name, may be empty, and address.
    pub to: (String, String),
    /// Who answers: name and address.
    pub reply_to: Option<(String, String)>,
    /// What it belongs to: `ord_…`.
    pub thread: Option<String>,
    /// Where one click switches mails of this kind off.
    pub unsubscribe_url: Option<String>,
    pub date: Timestamp,
}

/// A file beside the texts.
#[derive(Debug, Clone)]
pub struct File {
    /// What it is called: `invoice-7.pdf`.
    pub name: String,
    /// `application/pdf`.
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// A mail that is ready to leave.
#[derive(Debug, Clone)]
pub struct Composed {
    /// Its name: what stands before `@` in its Message-ID.
    pub name: String,
    /// The address it goes to.
    pub email: String,
    /// What it says.
    pub texts: Rendered,
    /// Names of the files beside the texts.
    pub files: Vec<String>,
    /// Who sends and who gets it, for the server.
    pub envelope: Envelope,
    pub bytes: Vec<u8>,
}

/// Puts a mail together. An address that is none is the error's text.
pub fn compose(heads: &Heads, texts: Rendered, files: Vec<File>) -> Result<Composed> {
    let from = mailbox(&heads.from)?;
    let to = mailbox(&heads.to)?;
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.email.clone()]).map_err(Error::internal)?;
    let seconds = u64::try_from(heads.date.and_utc().timestamp()).map_err(Error::internal)?;
    let mut builder = Message::builder()
        .message_id(Some(id(&heads.name, &heads.host)))
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .from(from)
        .to(to)
        .subject(&texts.subject)
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()));
    if let Some(reply_to) = &heads.reply_to {
        builder = builder.reply_to(mailbox(reply_to)?);
    }
    if let Some(thread) = &heads.thread {
        // Nobody ever gets a mail of this id; it is where all mails of the order hang.
        let root = id(thread, &heads.host);
        builder = builder.in_reply_to(root.clone()).references(root);
    }
    if let Some(url) = &heads.unsubscribe_url {
        // RFC 8058: the reader's program switches the mails off by one POST.
        builder = builder
            .raw_header(header("List-Unsubscribe", format!("<{url}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    let both = MultiPart::alternative()
        .singlepart(SinglePart::plain(texts.text.clone()))
        .singlepart(SinglePart::html(texts.html.clone()));
    let names = files.iter().map(|file| file.name.clone()).collect();
    let message = if files.is_empty() {
        builder.multipart(both)
    } else {
        let mut mixed = MultiPart::mixed().multipart(both);
        for file in files {
            let media_type = ContentType::parse(file.media_type).map_err(Error::internal)?;
            mixed = mixed.singlepart(Attachment::new(one_line(&file.name)).body(file.bytes, media_type));
        }
        builder.multipart(mixed)
    };
    Ok(Composed {
        name: heads.name.clone(),
        email: heads.to.1.clone(),
        texts,
        files: names,
        envelope,
        bytes: message.map_err(Error::internal)?.formatted(),
    })
}

/// `<msg_…@portal.example>`
fn id(name: &str, host: &str) -> String {
    format!("<{name}@{host}>")
}

/// Reads a mail address as a server will.
pub fn parse_mail_address(text: &str) -> Result<Address> {
    values::mail_address(text).ok_or_else(|| Error::internal(format!("{text:?} is no mail address")))
}

fn mailbox((name, email): &(String, String)) -> Result<Mailbox> {
    let address = parse_mail_address(email)?;
    let name = one_line(name);
    Ok(Mailbox::new(
        (!name.is_empty() && name != *email).then_some(name),
        address,
    ))
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), one_line(&value))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn heads() -> Heads {
        let text = |text: &str| text.to_owned();
        Heads {
            name: text("msg_1"),
            host: text("portal.example"),
            from: (text("Nord & Süd GmbH"), text("orders@supplier.example")),
            to: (text("Ada Byron"), text("ada@acme.example")),
            reply_to: Some((text("Kim"), text("kim@supplier.example"))),
            thread: Some(text("ord_1")),
            unsubscribe_url: Some(text("https://portal.example/unsubscribe/abc")),
            date: chrono::DateTime::from_timestamp(1_800_000_000, 0)
                .expect("a moment")
                .naive_utc(),
        }
    }

    fn texts() -> Rendered {
        Rendered {
            subject: "[PO-1] Order 1 confirmed".to_owned(),
            text: "Order 1 is confirmed.\n".to_owned(),
            html: "<p>Order 1 is confirmed.</p>".to_owned(),
        }
    }

    /// Some mail.
    pub fn composed() -> Composed {
        compose(&heads(), texts(), Vec::new()).expect("a good mail")
    }

    /// The headers, unfolded.
    fn headers(mail: &Composed) -> Vec<String> {
        let text = String::from_utf8(mail.bytes.clone()).expect("ASCII");
        let (head, _) = text.split_once("\r\n\r\n").expect("a body");
        head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn a_mail_says_who_what_and_that_a_machine_wrote_it() {
        let headers = headers(&composed());
        for wanted in [
            "Message-ID: <msg_1@portal.example>",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000",
            "To: \"Ada Byron\" <ada@acme.example>",
            "Reply-To: Kim <kim@supplier.example>",
            "Subject: [PO-1] Order 1 confirmed",
            "In-Reply-To: <ord_1@portal.example>",
            "References: <ord_1@portal.example>",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <https://portal.example/unsubscribe/abc>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ] {
            assert!(
                headers.iter().any(|header| header == wanted),
                "{wanted} in {headers:#?}"
            );
        }
        assert!(
            headers.iter().any(|header| header.starts_with("From: =?utf-8?")),
            "{headers:#?}"
        );
    }

    #[test]
    fn no_name_or_text_can_add_a_header() {
        let evil = "Ada\r\nBcc: eve@evil.example\r\n\r\nHello";
        let heads = Heads {
            from: (evil.to_owned(), "orders@supplier.example".to_owned()),
            to: (evil.to_owned(), "ada@acme.example".to_owned()),
            reply_to: Some((evil.to_owned(), "kim@supplier.example".to_owned())),
            unsubscribe_url: Some(evil.to_owned()),
            ..heads()
        };
        let texts = Rendered {
            subject: evil.to_owned(),
            ..texts()
        };
        let file = File {
            name: evil.to_owned(),
            media_type: "application/pdf",
            bytes: vec![1, 2, 3],
        };
        let mail = compose(&heads, texts, vec![file]).expect("a good mail");
        let added = headers(&mail)
            .into_iter()
            .find(|header| header.to_lowercase().starts_with("bcc"));
        assert_eq!(added, None);
        let text = String::from_utf8(mail.bytes).expect("ASCII");
        assert!(!text.contains("\r\nBcc"), "{text}");
        assert_eq!(mail.envelope.to().len(), 1);
    }

    #[test]
    fn an_address_that_is_none_is_an_error() {
        for email in ["", "ada", "ada@acme.example\r\nBcc: eve@evil.example", "a b@c.example"] {
            let heads = Heads {
                to: (String::new(), email.to_owned()),
                ..heads()
            };
            assert!(compose(&heads, texts(), Vec::new()).is_err(), "{email:?}");
        }
    }

    #[test]
    fn files_stand_beside_both_texts() {
        let file = File {
            name: "invoice 7.pdf".to_owned(),
            media_type: "application/pdf",
            bytes: b"%PDF-1.7".to_vec(),
        };
        let mail = compose(&heads(), texts(), vec![file]).expect("a good mail");
        let text = String::from_utf8(mail.bytes).expect("ASCII");
        let places: Vec<_> = [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "application/pdf",
        ]
        .iter()
        .map(|part| text.find(part).unwrap_or_else(|| panic!("{part} in {text}")))
        .collect();
        assert!(places.is_sorted(), "{text}");
        assert!(text.contains("filename=\"invoice 7.pdf\""), "{text}");
        assert_eq!(mail.files, ["invoice 7.pdf"]);
    }
}
