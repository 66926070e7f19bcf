//! Agreements of rebates on the desk.

pub mod agreement;
pub mod lists;

use serde::Deserialize;

const PATH: &str = "/desk/rebate-agreements";

/// Which agreements, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    account: String,
    cursor: Option<String>,
}
