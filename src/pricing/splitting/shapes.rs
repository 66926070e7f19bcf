//! What goods weigh and take up, as REST shows it.

use serde::Serialize;
use utoipa::ToSchema;

use super::rules::Load;

/// What goods weigh and how many pallets they take up. Articles share pallets: a quarter of what is on a pallet of one and
/// half of what is on a pallet of another are three quarters of a pallet.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoadView {
    /// With packing, of all lines whose weight is known.
    #[schema(example = "412.5")]
    gross_weight_kg: String,
    /// How many lines have no pack whose weight is known.
    unweighed_lines: usize,
    /// How many pallets are filled, rounded up to hundredths; null where no article has a pallet.
    #[schema(required, example = "2.35")]
    pallets: Option<String>,
    /// How many pallets there have to be.
    #[schema(required, example = 3)]
    pallets_needed: Option<i64>,
    /// What of the last one is free, rounded down to hundredths.
    #[schema(required, example = "0.65")]
    pallet_room: Option<String>,
    /// How many lines have no pallet and take up none of these.
    unpalleted_lines: usize,
}

impl From<Load> for LoadView {
    fn from(load: Load) -> Self {
        Self {
            gross_weight_kg: load.weight_kg().to_string(),
            unweighed_lines: load.unweighed,
            pallets: load.pallets.map(|pallets| pallets.filled().to_string()),
            pallets_needed: load.pallets.map(|pallets| pallets.needed()),
            pallet_room: load.pallets.map(|pallets| pallets.room().to_string()),
            unpalleted_lines: load.unpalleted,
        }
    }
}
