//! What the program of an account is worth, by REST.

use actix_web::get;
use actix_web::web::{Data, Json};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Program;
use crate::clock::now;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MaySeeCosts, Staff};
use crate::state::AppState;

/// Whose program.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetProgramValue {
    /// Code of the account.
    account: String,
}

/// What the program of an account was worth in the last twelve months.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramValueView {
    /// Days, both included.
    from: NaiveDate,
    to: NaiveDate,
    /// ISO 4217
    currency: &'static str,
    /// Without tax.
    invoiced_net: String,
    /// Credited as rebates, without tax.
    rebates: String,
    /// Credited because prices were mended, without tax.
    price_credits: String,
    /// Taken off as cash discounts, of what was to be paid.
    cash_discounts: String,
}

impl From<Program> for ProgramValueView {
    fn from(program: Program) -> Self {
        Self {
            from: program.from,
            to: program.to,
            currency: program.invoiced.currency.code(),
            invoiced_net: program.invoiced.to_string(),
            rebates: program.rebates.to_string(),
            price_credits: program.price_credits.to_string(),
            cash_discounts: program.cash_discounts.to_string(),
        }
    }
}

/// What the program of an account is worth
///
/// What was billed to it in the last twelve months and what of it was given back: to be looked at before a price is granted below list.
#[utoipa::path(tag = "supplier", operation_id = "getProgramValue", security(("bearer" = ["costs.read"])), params(GetProgramValue), responses((status = 200, body = ProgramValueView)))]
#[get("/supplier/program-values")]
pub async fn get_program_value(
    state: Data<AppState>,
    _staff: Staff<MaySeeCosts>,
    Params(params): Params<GetProgramValue>,
) -> Result<Json<ProgramValueView>> {
    let read = move |connection: &mut _| super::program(connection, &params.account, now());
    Ok(Json(state.db.read(read).await?.into()))
}
