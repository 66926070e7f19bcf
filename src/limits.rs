//! How long texts in import files may be, in characters.

/// Codes of accounts, sites, price lists, warehouses.
pub const CODE: usize = 64;
/// A product's number.
pub const SKU: usize = 64;
/// A customer's own number of an article.
pub const PART_NUMBER: usize = 64;
/// A sale unit's key.
pub const UNIT: usize = 16;
/// Names of accounts, sites, products, units, lists, labels.
pub const NAME: usize = 200;
/// A product's description.
pub const DESCRIPTION: usize = 4000;
/// A product's category.
pub const CATEGORY: usize = 200;
/// Street, city.
pub const ADDRESS: usize = 200;
pub const POSTAL_CODE: usize = 20;
pub const VAT_ID: usize = 20;
/// IBAN, with the blanks it is printed with.
pub const IBAN: usize = 42;
pub const BIC: usize = 11;
/// Reference of a direct debit mandate (EPC).
pub const MANDATE: usize = 35;
/// Creditor identifier of direct debits (EPC).
pub const CREDITOR: usize = 35;
/// Mail address (RFC 5321).
pub const EMAIL: usize = 254;
/// Phone number.
pub const PHONE: usize = 40;
/// An electronic address with its scheme.
pub const ENDPOINT: usize = 120;
/// A number in a register with its scheme.
pub const REGISTER: usize = 64;
/// What a buyer wants to read on an invoice: its own reference, a contract.
pub const REFERENCE: usize = 100;
