//! Files for an access point: how they are called, and when one is tried again.

use super::Syntax;
pub use crate::names::states::EinvoiceFileState as State;

/// The longest pause between two attempts: an hour.
const PAUSE_MAX_S: i64 = 3_600;

/// The one name of the file of a document: its number, its id, which no other has, what is in it, and in which format where it is not
/// the first one.
pub fn file_name(number: &str, id: &str, other: Option<&str>, syntax: Syntax) -> String {
    let ending = match syntax {
        Syntax::Ubl | Syntax::Cii => "xml",
        Syntax::FacturX => "pdf",
    };
    match other {
        None => format!("{number}-{id}.{ending}"),
        Some(format) => format!("{number}-{id}-{format}.{ending}"),
    }
}

/// Seconds until an attempt after so many.
pub fn pause_s(attempts: i32) -> i64 {
    let doubled = u32::try_from(attempts.clamp(0, 12)).unwrap_or_default();
    5_i64
        .checked_shl(doubled)
        .map_or(PAUSE_MAX_S, |pause| pause.min(PAUSE_MAX_S))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let pauses: Vec<_> = [1, 2, 3, 9, 10, 100].map(pause_s).into();
        assert_eq!(pauses, [10, 20, 40, 2_560, 3_600, 3_600]);
        assert_eq!(
            file_name("2026-000042", "inv_1", None, Syntax::Ubl),
            "2026-000042-inv_1.xml"
        );
        let other = file_name("2026-000042", "inv_1", Some("factur_x"), Syntax::FacturX);
        assert_eq!(other, "2026-000042-inv_1-factur_x.pdf");
    }
}
