//! UBL 2.1, in the order of its schema. Invoices and credit notes have other roots and, in places, another order.

use super::{Element, Inner};
use crate::error::Result;
use crate::invoices::einvoice::rules::document::{
    Adjustment, Document, Kind, Line, Party, Payment, Tax, amount, has_rate,
};
use crate::invoices::einvoice::rules::{Checked, Profile};
use crate::money::Money;
use crate::parties::{Address, Identifier};
use crate::quantity::Quantity;
use crate::tax::rules::{Treatment, percent};

const COMPONENTS: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const BASICS: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
/// In place of the buyer's order number where only ours is known.
const NO_ORDER: &str = "NA";

/// The document as UBL.
pub fn write(checked: &Checked) -> Result<Vec<u8>> {
    let document = checked.document();
    let (root, namespace) = match document.kind {
        Kind::Invoice | Kind::Corrected => ("Invoice", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"),
        Kind::CreditNote => (
            "CreditNote",
            "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
        ),
    };
    let whole = Element::group(root, |of| {
        of.add_text("cbc:CustomizationID", checked.profile().customization());
        of.add_some("cbc:ProfileID", checked.profile().process());
        head(of, document);
        references(of, document);
        let mandate = document.payment.as_ref().and_then(|payment| payment.mandate.as_ref());
        let creditor = mandate.and_then(|mandate| mandate.creditor_id.as_ref());
        of.group("cac:AccountingSupplierParty", |of| {
            party(of, &document.seller, creditor)
        });
        of.group("cac:AccountingCustomerParty", |of| party(of, &document.buyer, None));
        delivery(of, document);
        if let Some(payment) = &document.payment {
            means(of, payment, document);
        }
        of.group("cac:PaymentTerms", |of| of.add_lines("cbc:Note", terms(checked)));
        for adjustment in &document.adjustments {
            self::adjustment(of, adjustment);
        }
        of.group("cac:TaxTotal", |of| {
            of.add(money("cbc:TaxAmount", document.totals.tax));
            for tax in &document.taxes {
                subtotal(of, tax);
            }
        });
        totals(of, document);
        for line in &document.lines {
            self::line(of, line, document.kind);
        }
    });
    whole
        .with("xmlns", namespace)
        .with("xmlns:cac", COMPONENTS)
        .with("xmlns:cbc", BASICS)
        .to_document()
}

fn money(name: &'static str, money: Money) -> Element {
    Element::of(name, amount(money)).with("currencyID", money.currency.code())
}

fn identified(name: &'static str, id: &Identifier) -> Element {
    Element::of(name, &id.number).with_some("schemeID", id.scheme.clone())
}

fn head(of: &mut Inner, document: &Document) {
    of.add_text("cbc:ID", &document.number);
    of.add_text("cbc:IssueDate", document.issued_on.to_string());
    match document.kind {
        Kind::Invoice | Kind::Corrected => {
            of.add_some("cbc:DueDate", document.due_on.map(|day| day.to_string()));
            of.add_text("cbc:InvoiceTypeCode", document.kind.code());
        }
        Kind::CreditNote => of.add_text("cbc:CreditNoteTypeCode", document.kind.code()),
    }
    of.add_some("cbc:Note", document.note.clone());
    of.add_text("cbc:DocumentCurrencyCode", document.currency.code());
    of.add_some("cbc:BuyerReference", document.buyer_reference.clone());
    if let Some(period) = document.period {
        of.group("cac:InvoicePeriod", |of| {
            of.add_text("cbc:StartDate", period.from.to_string());
            of.add_text("cbc:EndDate", period.to.to_string());
        });
    }
}

fn references(of: &mut Inner, document: &Document) {
    if document.po_number.is_some() || document.order_number.is_some() {
        of.group("cac:OrderReference", |of| {
            of.add_text("cbc:ID", document.po_number.as_deref().unwrap_or(NO_ORDER));
            of.add_some("cbc:SalesOrderID", document.order_number.clone());
        });
    }
    if let Some(preceding) = &document.preceding {
        of.group("cac:BillingReference", |of| {
            of.group("cac:InvoiceDocumentReference", |of| {
                of.add_text("cbc:ID", &preceding.number);
                of.add_text("cbc:IssueDate", preceding.issued_on.to_string());
            });
        });
    }
    for (name, id) in [
        ("cac:DespatchDocumentReference", &document.despatch),
        ("cac:ContractDocumentReference", &document.contract),
    ] {
        of.group(name, |of| of.add_some("cbc:ID", id.clone()));
    }
}

fn party(of: &mut Inner, party: &Party, creditor: Option<&String>) {
    of.group("cac:Party", |of| {
        if let Some(endpoint) = &party.endpoint {
            of.add(identified("cbc:EndpointID", endpoint));
        }
        of.group("cac:PartyIdentification", |of| of.add_some("cbc:ID", party.id.clone()));
        if let Some(creditor) = creditor {
            of.group("cac:PartyIdentification", |of| {
                of.add(Element::of("cbc:ID", creditor).with("schemeID", "SEPA"));
            });
        }
        of.group("cac:PostalAddress", |of| address(of, &party.address));
        for (number, scheme) in [(&party.vat_id, "VAT"), (&party.tax_number, "TAX")] {
            let Some(number) = number else { continue };
            of.group("cac:PartyTaxScheme", |of| {
                of.add_text("cbc:CompanyID", number);
                tax_scheme(of, scheme);
            });
        }
        of.group("cac:PartyLegalEntity", |of| {
            of.add_text("cbc:RegistrationName", &party.address.name);
            if let Some(id) = &party.legal_id {
                of.add(identified("cbc:CompanyID", id));
            }
        });
        of.group("cac:Contact", |of| {
            of.add_some("cbc:Name", party.contact.clone());
            of.add_some("cbc:Telephone", party.phone.clone());
            of.add_some("cbc:ElectronicMail", party.email.clone());
        });
    });
}

fn address(of: &mut Inner, address: &Address) {
    of.add_some("cbc:StreetName", address.street.clone());
    of.add_some("cbc:CityName", address.city.clone());
    of.add_some("cbc:PostalZone", address.postal_code.clone());
    of.group("cac:Country", |of| {
        of.add_text("cbc:IdentificationCode", &address.country)
    });
}

fn tax_scheme(of: &mut Inner, id: &'static str) {
    of.group("cac:TaxScheme", |of| of.add_text("cbc:ID", id));
}

fn delivery(of: &mut Inner, document: &Document) {
    of.group("cac:Delivery", |of| {
        of.add_some(
            "cbc:ActualDeliveryDate",
            document.delivered_on.map(|day| day.to_string()),
        );
        let Some(ship_to) = &document.ship_to else { return };
        of.group("cac:DeliveryLocation", |of| {
            of.group("cac:Address", |of| address(of, ship_to))
        });
        of.group("cac:DeliveryParty", |of| {
            of.group("cac:PartyName", |of| of.add_text("cbc:Name", &ship_to.name));
        });
    });
}

fn means(of: &mut Inner, payment: &Payment, document: &Document) {
    of.group("cac:PaymentMeans", |of| {
        of.add_text("cbc:PaymentMeansCode", payment.means);
        if document.kind == Kind::CreditNote {
            of.add_some("cbc:PaymentDueDate", document.due_on.map(|day| day.to_string()));
        }
        of.add_text("cbc:PaymentID", &payment.remittance);
        if let Some(mandate) = &payment.mandate {
            of.group("cac:PaymentMandate", |of| {
                of.add_text("cbc:ID", &mandate.reference);
                of.group("cac:PayerFinancialAccount", |of| of.add_text("cbc:ID", &mandate.iban));
            });
        }
        let Some(account) = &payment.account else { return };
        of.group("cac:PayeeFinancialAccount", |of| {
            of.add_text("cbc:ID", &account.iban);
            of.add_text("cbc:Name", &account.name);
            of.group("cac:FinancialInstitutionBranch", |of| {
                of.add_some("cbc:ID", account.bic.clone())
            });
        });
    });
}

fn adjustment(of: &mut Inner, adjustment: &Adjustment) {
    of.group("cac:AllowanceCharge", |of| {
        of.add_text(
            "cbc:ChargeIndicator",
            if adjustment.is_charge { "true" } else { "false" },
        );
        of.add_some("cbc:AllowanceChargeReasonCode", adjustment.reason_code.clone());
        of.add_text("cbc:AllowanceChargeReason", &adjustment.reason);
        if let Some((_, ppm)) = adjustment.part {
            of.add_text("cbc:MultiplierFactorNumeric", percent(ppm));
        }
        of.add(money("cbc:Amount", adjustment.amount));
        if let Some((base, _)) = adjustment.part {
            of.add(money("cbc:BaseAmount", base));
        }
        if let Some(treatment) = &adjustment.treatment {
            category(of, "cac:TaxCategory", treatment, None);
        }
    });
}

/// How it is to be paid. In XRechnung what programs read of a cash discount stands on lines of its own behind the words (BR-DE-18).
fn terms(checked: &Checked) -> Option<String> {
    let document = checked.document();
    let words = document.terms.clone();
    if checked.profile() != Profile::Xrechnung || document.discount_lines.is_empty() {
        return words;
    }
    let words = words.map(|words| format!("{words}\n")).unwrap_or_default();
    Some(format!("{words}{}", document.discount_lines))
}

/// Category and rate, and why there is none.
fn category(of: &mut Inner, name: &'static str, treatment: &Treatment, tax: Option<&Tax>) {
    of.group(name, |of| {
        of.add_text("cbc:ID", &treatment.category);
        if has_rate(&treatment.category) {
            of.add_text("cbc:Percent", percent(treatment.rate_ppm));
        }
        of.add_some(
            "cbc:TaxExemptionReasonCode",
            tax.and_then(|tax| tax.reason_code.clone()),
        );
        of.add_some("cbc:TaxExemptionReason", tax.and_then(|tax| tax.reason.clone()));
        tax_scheme(of, "VAT");
    });
}

fn subtotal(of: &mut Inner, tax: &Tax) {
    of.group("cac:TaxSubtotal", |of| {
        of.add(money("cbc:TaxableAmount", tax.base));
        of.add(money("cbc:TaxAmount", tax.amount));
        category(of, "cac:TaxCategory", &tax.treatment, Some(tax));
    });
}

fn totals(of: &mut Inner, document: &Document) {
    let totals = &document.totals;
    of.group("cac:LegalMonetaryTotal", |of| {
        let amounts = [
            ("cbc:LineExtensionAmount", Some(totals.lines)),
            ("cbc:TaxExclusiveAmount", Some(totals.net)),
            ("cbc:TaxInclusiveAmount", Some(totals.gross)),
            ("cbc:AllowanceTotalAmount", totals.allowances),
            ("cbc:ChargeTotalAmount", totals.charges),
            ("cbc:PrepaidAmount", totals.prepaid),
            ("cbc:PayableRoundingAmount", totals.rounding),
            ("cbc:PayableAmount", Some(totals.payable)),
        ];
        for (name, amount) in amounts {
            if let Some(amount) = amount {
                of.add(money(name, amount));
            }
        }
    });
}

fn line(of: &mut Inner, line: &Line, kind: Kind) {
    let (name, quantity) = match kind {
        Kind::Invoice | Kind::Corrected => ("cac:InvoiceLine", "cbc:InvoicedQuantity"),
        Kind::CreditNote => ("cac:CreditNoteLine", "cbc:CreditedQuantity"),
    };
    of.group(name, |of| {
        of.add_text("cbc:ID", line.number.to_string());
        of.add_some("cbc:Note", line.note.clone());
        of.add(Element::of(quantity, line.quantity.to_string()).with("unitCode", &line.unit));
        of.add(money("cbc:LineExtensionAmount", line.net));
        of.group("cac:OrderLineReference", |of| {
            of.add_some("cbc:LineID", line.order_line.map(|number| number.to_string()));
        });
        for adjustment in &line.adjustments {
            self::adjustment(of, adjustment);
        }
        item(of, line);
        of.group("cac:Price", |of| {
            let price = Element::of("cbc:PriceAmount", line.price.to_string());
            of.add(price.with("currencyID", line.net.currency.code()));
            if line.base != Quantity::new(1, 0) {
                of.add(Element::of("cbc:BaseQuantity", line.base.to_string()).with("unitCode", &line.unit));
            }
        });
    });
}

fn item(of: &mut Inner, line: &Line) {
    of.group("cac:Item", |of| {
        of.add_text("cbc:Name", &line.name);
        for (name, number) in [
            ("cac:BuyersItemIdentification", &line.buyer_number),
            ("cac:SellersItemIdentification", &line.seller_number),
        ] {
            of.group(name, |of| of.add_some("cbc:ID", number.clone()));
        }
        if let Some(gtin) = &line.gtin {
            of.group("cac:StandardItemIdentification", |of| {
                of.add(Element::of("cbc:ID", gtin).with("schemeID", "0160"));
            });
        }
        category(of, "cac:ClassifiedTaxCategory", &line.treatment, None);
    });
}
