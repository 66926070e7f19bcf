//! Who stands on a document: seller, buyer and where the goods go, as they are now. A document keeps its own copy.

use super::rules::{Address, Buyer, Mandate, Seller, VatState};
use super::sites::Site;
use super::{keeping, sites};
use crate::db::{Connection, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, SiteId};
use crate::parties::Identifier;

/// Everybody on a document of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parties {
    /// Who sells; the country is empty until it is known.
    pub seller: Seller,
    /// Who buys.
    pub buyer: Buyer,
    /// The buyer's VAT id, unless that is known to be invalid.
    pub taxed_vat_id: Option<String>,
    /// Where the goods go.
    pub ship_to: Address,
    /// Days from invoice to due date.
    pub payment_terms_days: i32,
    /// Language of the account's documents (BCP 47).
    pub locale: String,
    /// Why the supplier's exempt goods are exempt, from the VATEX list.
    pub exemption_code: Option<String>,
}

/// Everybody on a document of the account whose goods go to one of its sites. The buyer's address is that of its first
/// site in the buyer's country.
pub fn load(connection: &mut Connection, account_id: AccountId, site_id: SiteId) -> Result<Parties> {
    let (seller, exemption_code) = seller_and_exemption(connection)?;
    type Maybe = Option<String>;
    type Row = (
        (String, String, String, Maybe, VatState, i32, String),
        (Maybe, Maybe, Maybe, Maybe, Maybe, Maybe),
    );
    let ((code, name, country, vat_id, vat_check, payment_terms_days, locale), texts): Row = sql(
        // What a contract in force says of payment goes before what the account has; of several the one that began last.
        "SELECT code, name, country, vat_id, vat_check, COALESCE((SELECT c.payment_terms_days FROM contracts c \
         WHERE c.account_id = accounts.id AND c.state = {contract_state active} AND c.payment_terms_days IS NOT NULL \
         ORDER BY c.valid_from DESC, c.id DESC LIMIT 1), payment_terms_days), locale, endpoint, legal_id, \
         buyer_reference, contract_reference, mandate_reference, mandate_iban FROM accounts WHERE id = $1",
    )
    .bind(account_id)
    .one(connection)?;
    let (endpoint, legal_id, reference, contract, mandate, iban) = texts;
    let seat = sites::store::find_seat(connection, account_id, &country)?;
    let ship_to = keeping::store::find::<Site>(connection, account_id, site_id)?;
    let ship_to = ship_to.ok_or_else(|| Error::internal(format!("{account_id} has no {site_id}")))?;
    let address = Address {
        name,
        country,
        ..seat.map(Address::from).unwrap_or_default()
    };
    Ok(Parties {
        seller,
        taxed_vat_id: vat_id.clone().filter(|_| vat_check != VatState::Invalid),
        buyer: Buyer {
            code,
            address,
            vat_id,
            endpoint: endpoint.as_deref().and_then(Identifier::of_endpoint),
            legal_id: legal_id.as_deref().and_then(Identifier::of_register),
            reference,
            contract,
            mandate: mandate.zip(iban).map(|(reference, iban)| Mandate { reference, iban }),
        },
        ship_to: ship_to.into(),
        payment_terms_days,
        locale,
        exemption_code,
    })
}

/// Who sells and who buys, on a paper of the account that is about no goods.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<(Seller, Buyer)> {
    let account = super::get(connection, account_id)?;
    let seat = sites::store::find_seat(connection, account_id, &account.country)?;
    let address = Address {
        name: account.name,
        country: account.country,
        ..seat.map(Address::from).unwrap_or_default()
    };
    let buyer = Buyer {
        code: account.code,
        address,
        vat_id: account.vat_id,
        endpoint: None,
        legal_id: None,
        reference: None,
        contract: None,
        mandate: None,
    };
    Ok((seller(connection)?, buyer))
}

/// Who sells, as it is now.
pub fn seller(connection: &mut Connection) -> Result<Seller> {
    Ok(seller_and_exemption(connection)?.0)
}

/// The same, and why its exempt goods are exempt.
fn seller_and_exemption(connection: &mut Connection) -> Result<(Seller, Option<String>)> {
    type Maybe = Option<String>;
    type Row = (
        (String, String, Maybe, Maybe, Maybe),
        (Maybe, Maybe, Maybe, Maybe, Maybe),
        (Maybe, Maybe, Maybe, Maybe, Maybe, Maybe),
    );
    let row: Option<Row> = sql(
        "SELECT name, country, street, postal_code, city, vat_id, email, phone, iban, bic, endpoint, legal_id, \
             tax_number, contact, creditor_id, exemption_code FROM supplier",
    )
    .first(connection)?;
    let seller = |(place, (vat_id, email, phone, iban, bic), numbers): Row| {
        let (name, country, street, postal_code, city) = place;
        let (endpoint, legal_id, tax_number, contact, creditor_id, exemption_code) = numbers;
        let seller = Seller {
            address: Address {
                name,
                street,
                postal_code,
                city,
                country,
            },
            vat_id,
            email,
            phone,
            iban,
            bic,
            endpoint: endpoint.as_deref().and_then(Identifier::of_endpoint),
            legal_id: legal_id.as_deref().and_then(Identifier::of_register),
            tax_number,
            contact,
            creditor_id,
        };
        (seller, exemption_code)
    };
    Ok(row.map(seller).unwrap_or_default())
}
