//! What staff give of contracts: read from JSON, from a form and, as cells of a row, checked as the import files are.

use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use super::files;
use super::rules::{About, Commitment, Contract, Kind, Period, Renewal};
use crate::error::Result;
use crate::kept::{self, DecimalText, IntegerText};
use crate::money::Currency;

/// A new contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateContract)]
pub struct NewContract {
    /// At most 64 characters; never changes.
    #[schema(example = "K-2026-NORD")]
    pub(super) contract: String,
    /// Code of the account.
    pub(super) account: String,
    name: String,
    /// ISO 4217; the one the account trades in.
    #[schema(example = "EUR")]
    currency: String,
    /// First day, `YYYY-MM-DD`.
    valid_from: String,
    /// Last day of the first term, `YYYY-MM-DD`.
    valid_to: String,
    /// Notice is given at least so many days before the last one, 0 to 3650; null = none is needed.
    #[serde(serialize_with = "whole")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 3650)]
    notice_days: Option<IntegerText>,
    /// `none` if left out.
    #[schema(value_type = Option<Renewal>)]
    renewal: Option<String>,
    /// How long each further term is, 1 to 120; goes with `renewal` `auto`.
    #[serde(serialize_with = "whole")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 120)]
    renewal_months: Option<IntegerText>,
    /// Days from invoice to due date while it is in force, 0 to 3650; null = as of the account.
    #[serde(serialize_with = "whole")]
    #[schema(value_type = Option<i64>, example = 30)]
    payment_terms_days: Option<IntegerText>,
    /// From which amount without tax on freight is free; null = nothing is agreed.
    free_freight_from: Option<DecimalText>,
}

/// A whole number as requests have it, so that terms that are written down are read again; what is none stays as it was typed.
fn whole<S: Serializer>(number: &Option<IntegerText>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    let text = number.as_ref().map(|number| number.0.as_str());
    let whole = text.and_then(|text| text.parse::<i64>().ok().filter(|whole| whole.to_string() == text));
    match whole {
        Some(whole) => serializer.serialize_i64(whole),
        None => text.serialize(serializer),
    }
}

/// What to change of a draft; what is left out stays, null empties.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeContract)]
pub struct ContractInput {
    name: Option<String>,
    /// First day, `YYYY-MM-DD`.
    valid_from: Option<String>,
    /// Last day of the first term, `YYYY-MM-DD`.
    valid_to: Option<String>,
    #[serde(default, deserialize_with = "kept::integer")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 3650)]
    notice_days: Option<IntegerText>,
    #[schema(value_type = Option<Renewal>)]
    renewal: Option<String>,
    #[serde(default, deserialize_with = "kept::integer")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 120)]
    renewal_months: Option<IntegerText>,
    #[serde(default, deserialize_with = "kept::integer")]
    #[schema(value_type = Option<i64>, example = 30)]
    payment_terms_days: Option<IntegerText>,
    #[serde(default, deserialize_with = "emptied")]
    free_freight_from: Option<DecimalText>,
}

/// A decimal that null empties.
fn emptied<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<DecimalText>, D::Error> {
    let given: Option<DecimalText> = Option::deserialize(deserializer)?;
    Ok(Some(given.unwrap_or_else(|| DecimalText(String::new()))))
}

/// What an account commits itself to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContractCommitment)]
pub struct NewCommitment {
    /// At most 64 characters; its own in the contract.
    #[schema(example = "turnover")]
    pub(super) commitment: String,
    #[schema(value_type = Kind)]
    pub(super) kind: String,
    /// A quantity is always of an article.
    #[schema(value_type = About)]
    pub(super) scope: String,
    /// Number of the article or name of the category; none for whatever is bought.
    key: Option<String>,
    #[schema(value_type = Period)]
    pub(super) period: String,
    /// In each period: an amount without tax, or base units of the article; above zero.
    pub(super) committed: DecimalText,
    /// What a shortfall costs: of a value a percentage of what is missing, of a quantity a price for each base unit that is. Null = nothing.
    pub(super) shortfall_rate: Option<DecimalText>,
}

impl NewCommitment {
    pub(super) fn key(&self) -> &str {
        self.key.as_deref().unwrap_or_default()
    }
}

fn number(number: Option<i32>) -> Option<IntegerText> {
    number.map(|number| IntegerText(number.to_string()))
}

impl From<&Contract> for NewContract {
    fn from(contract: &Contract) -> Self {
        Self {
            contract: contract.code.clone(),
            account: contract.account.0.clone(),
            name: contract.name.clone(),
            currency: contract.currency.code().to_owned(),
            valid_from: contract.valid_from.to_string(),
            valid_to: contract.first_to.to_string(),
            notice_days: number(contract.notice_days),
            renewal: Some(contract.renewal.name().to_owned()),
            renewal_months: number(contract.renewal_months),
            payment_terms_days: number(contract.payment_terms_days),
            free_freight_from: contract.free_freight_from.map(|money| DecimalText(money.to_string())),
        }
    }
}

impl NewCommitment {
    /// A stored one as it is given.
    pub(super) fn of(commitment: &Commitment, currency: Currency) -> Self {
        Self {
            commitment: commitment.code.clone(),
            kind: commitment.kind.name().to_owned(),
            scope: commitment.about.name().to_owned(),
            key: commitment.key().map(str::to_owned),
            period: commitment.period.name().to_owned(),
            committed: DecimalText(commitment.decimal(commitment.committed, currency)),
            shortfall_rate: commitment.rate().map(DecimalText),
        }
    }
}

/// The columns of a row of `contracts.csv`.
pub(super) fn contract_cells(input: &impl Serialize) -> Result<kept::Row> {
    kept::row(input, &[files::CONTRACTS.required, files::CONTRACTS.optional])
}

/// The columns of a row of `commitments.csv` of one contract.
pub(super) fn commitment_cells(contract: &str, input: &NewCommitment) -> Result<kept::Row> {
    let mut row = kept::row(input, &[files::COMMITMENTS.required, files::COMMITMENTS.optional])?;
    row.push(("contract", contract.to_owned()));
    Ok(row)
}

impl NewContract {
    /// Codes are typed in small letters too.
    pub(super) fn tidy(&mut self) {
        self.currency = self.currency.to_uppercase();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_down_is_read_again() {
        let whole = json!({
            "contract": "K-1", "account": "ACME", "name": "Frame", "currency": "EUR", "valid_from": "2026-01-01", "valid_to": "2026-12-31",
            "notice_days": 30, "renewal": "auto", "renewal_months": 12, "payment_terms_days": 0, "free_freight_from": "500.00",
        });
        let mut least = whole.clone();
        for name in [
            "notice_days",
            "renewal",
            "renewal_months",
            "payment_terms_days",
            "free_freight_from",
        ] {
            least[name] = json!(null);
        }
        for json in [whole, least] {
            let given: NewContract = serde_json::from_value(json.clone()).expect("a contract");
            assert_eq!(serde_json::to_value(&given).expect("plain data"), json);
        }
        let typed = NewContract {
            notice_days: Some(IntegerText("030".to_owned())),
            ..NewContract::default()
        };
        let written = serde_json::to_value(&typed).expect("plain data");
        assert_eq!(written["notice_days"], "030", "the check says what is wrong with it");
    }
}
