//! REST of what is given up when money comes in.

use actix_web::web::{Data, Json};
use actix_web::{get, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::Bearer;
use super::{Settings, SettingsInput};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::Body;
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::kept::DecimalText;
use crate::money::Money;
use crate::state::AppState;
use crate::tax::rules::percent;

/// The largest difference in a currency that is given up.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToleranceView {
    /// ISO 4217
    currency: &'static str,
    amount: String,
}

/// What is given up when money comes in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementSettingsView {
    /// Small differences, by currency; none are given up of those that are not named.
    tolerances: Vec<ToleranceView>,
    /// At most so much of what is open, too; null: any share.
    #[schema(required, example = "0.5")]
    tolerance_percent: Option<String>,
    /// So many days later a cash discount is taken.
    cash_discount_grace_days: i32,
    /// Who bears what banks keep of a payment.
    bank_charges: Bearer,
}

impl From<Settings> for SettlementSettingsView {
    fn from(settings: Settings) -> Self {
        let tolerances = settings.limits.iter().map(|limit| ToleranceView {
            currency: limit.currency.code(),
            amount: Money::new(limit.max_minor, limit.currency).to_string(),
        });
        Self {
            tolerances: tolerances.collect(),
            tolerance_percent: settings.tolerance_ppm.map(percent),
            cash_discount_grace_days: settings.grace_days,
            bank_charges: settings.bank_charges,
        }
    }
}

/// The largest difference in a currency that is given up.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetTolerance {
    /// ISO 4217
    #[schema(example = "EUR")]
    currency: String,
    /// Above zero.
    #[schema(example = "0.50")]
    amount: DecimalText,
}

/// What is given up when money comes in.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSettlementSettings {
    /// One for each currency.
    #[schema(max_items = 50)]
    tolerances: Vec<SetTolerance>,
    /// Above 0, at most 50.
    tolerance_percent: Option<DecimalText>,
    #[schema(minimum = 0, maximum = 14)]
    cash_discount_grace_days: i32,
    #[schema(inline)]
    bank_charges: Bearer,
}

/// What is given up when money comes in
#[utoipa::path(tag = "supplier", operation_id = "getSettlementSettings", responses((status = 200, body = SettlementSettingsView)))]
#[get("/supplier/settlement-settings")]
pub async fn get_settlement_settings(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
) -> Result<Json<SettlementSettingsView>> {
    Ok(Json(state.db.read(super::settings).await?.into()))
}

/// Set what is given up when money comes in
///
/// Small differences, days of grace for cash discounts, and who bears what banks keep.
#[utoipa::path(tag = "supplier", operation_id = "putSettlementSettings", security(("bearer" = ["books.keep"])), request_body = SetSettlementSettings, responses((status = 200, body = SettlementSettingsView)))]
#[put("/supplier/settlement-settings")]
pub async fn put_settlement_settings(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    Body(body): Body<SetSettlementSettings>,
) -> Result<Json<SettlementSettingsView>> {
    let actor = staff.actor();
    let tolerances = body.tolerances.into_iter().map(|one| (one.currency, one.amount.0));
    let input = SettingsInput {
        tolerance_percent: body.tolerance_percent.map(|text| text.0),
        grace_days: body.cash_discount_grace_days,
        bank_charges: body.bank_charges,
        tolerances: tolerances.collect(),
    };
    let set = move |tx: &mut Connection| super::set(tx, &input, &actor, now());
    Ok(Json(state.db.write(set).await?.into()))
}
