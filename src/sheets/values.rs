//! Cells with values that others read: each kind has one check, whoever gives it.

use super::{Cells, sentences};
use crate::error::Code;
use crate::limits;
use crate::money::Currency;
use crate::sentences::Sentence;
use crate::values::{self, VatId};

impl<'a> Cells<'a> {
    /// An ISO 4217 currency that goods are paid in.
    pub fn currency(&mut self, column: &'static str) -> Option<Currency> {
        let remedy = sentences::give_currency();
        self.parsed(column, Code::UnknownCurrency, remedy, Currency::of_payments)
    }

    /// An ISO 3166-1 alpha-2 country.
    pub fn country(&mut self, column: &'static str) -> Option<&'a str> {
        let remedy = sentences::give_country();
        self.parsed(column, Code::UnknownCountry, remedy, |text| {
            values::is_country(text).then_some(text)
        })
    }

    /// A mail address or none.
    pub fn mail_address(&mut self, column: &'static str) -> Option<Option<&'a str>> {
        let is_one = |text: &str| values::mail_address(text).is_some();
        self.optional_value(column, limits::EMAIL, sentences::give_mail_address(), is_one)
    }

    /// A phone number or none.
    pub fn phone(&mut self, column: &'static str) -> Option<Option<&'a str>> {
        self.optional_value(column, limits::PHONE, sentences::give_phone(), values::is_phone)
    }

    /// A VAT id in the form of its country, or none.
    pub fn vat_id(&mut self, column: &'static str) -> Option<Option<&'a str>> {
        let is_one = |text: &str| VatId::parse(text).is_some();
        self.optional_value(column, limits::VAT_ID, sentences::give_vat_id(), is_one)
    }

    /// An IBAN or none.
    pub fn iban(&mut self, column: &'static str) -> Option<Option<&'a str>> {
        self.optional_value(column, limits::IBAN, sentences::give_iban(), values::is_iban)
    }

    /// A BIC or none.
    pub fn bic(&mut self, column: &'static str) -> Option<Option<&'a str>> {
        self.optional_value(column, limits::BIC, sentences::give_bic(), values::is_bic)
    }

    /// An electronic address (`SCHEME:NUMBER`) or none.
    pub fn electronic_address(&mut self, column: &'static str) -> Option<Option<&'a str>> {
        let is_one = |text: &str| values::electronic_address(text).is_some();
        self.optional_value(column, limits::ENDPOINT, sentences::give_electronic_address(), is_one)
    }

    /// A number in a register (`SCHEME:NUMBER`, or without a scheme) or none.
    pub fn register_number(&mut self, column: &'static str) -> Option<Option<&'a str>> {
        let is_one = |text: &str| values::register_number(text).is_some();
        self.optional_value(column, limits::REGISTER, sentences::give_register_number(), is_one)
    }

    fn optional_value(
        &mut self,
        column: &'static str,
        chars_max: usize,
        remedy: Sentence,
        is_one: impl FnOnce(&str) -> bool,
    ) -> Option<Option<&'a str>> {
        match self.optional_text(column, chars_max)? {
            Some(text) if !is_one(text) => self.refuse(column, Code::ValueInvalid, remedy),
            text => Some(text),
        }
    }
}
