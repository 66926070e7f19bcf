//! Business papers as PDF.
//!
//! - [`paper`]: what stands on them, as plain values that features fill in
//! - [`content`]: the same with every number written out in the reader's language, as the templates read it
//! - [`epc`]: the code on an invoice that apps of banks read
//! - [`swiss`]: the payment part of an invoice that is paid to an account in Switzerland or Liechtenstein
//! - [`letters`]: letters that no font has, and words too long for their column
//! - [`typesetter`]: templates and fonts become a PDF
//! - [`press`]: one paper after the other
//!
//! The templates are part of the program. A file of the same name in `templates` of the data directory replaces one of
//! them: `letter.typ` (letterhead, address, line table, footer), `invoice.typ`, `order-confirmation.typ`,
//! `delivery-note.typ`, `credit-note.typ`, `statement.typ`, `qr-bill.typ`,
//! `contract.typ`, `package-labels.typ`, `pick-list.typ`. Any other file there can be used by them; `logo.svg` or `logo.png` stands in the letterhead
//! without more ado. Fonts in `fonts` of the data directory serve the letters that the built-in ones lack, and
//! templates by their name. Both folders are read when the program starts.

pub mod content;
pub mod epc;
pub mod letters;
pub mod paper;
pub mod press;
#[cfg(test)]
pub(crate) mod samples;
pub mod swiss;
pub mod typesetter;

pub use self::paper::Paper;
pub use self::press::Press;
pub use self::typesetter::Typesetter;
