//! UN/CEFACT's Cross Industry Invoice D16B, in the order of its schema. A credit note has the same root.

use chrono::NaiveDate;

use super::{Element, Inner};
use crate::error::Result;
use crate::invoices::einvoice::rules::Checked;
use crate::invoices::einvoice::rules::document::{Adjustment, Document, Line, Party, Payment, Tax, amount, has_rate};
use crate::money::Money;
use crate::parties::Address;
use crate::quantity::Quantity;
use crate::tax::rules::{Treatment, percent};

const ROOT: &str = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
const AGGREGATES: &str = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";
const PLAIN: &str = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100";
const QUALIFIED: &str = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100";

/// The document as CII.
pub fn write(checked: &Checked) -> Result<Vec<u8>> {
    let document = checked.document();
    let whole = Element::group("rsm:CrossIndustryInvoice", |of| {
        of.group("rsm:ExchangedDocumentContext", |of| {
            of.group("ram:BusinessProcessSpecifiedDocumentContextParameter", |of| {
                of.add_some("ram:ID", checked.profile().process());
            });
            of.group("ram:GuidelineSpecifiedDocumentContextParameter", |of| {
                of.add_text("ram:ID", checked.profile().customization());
            });
        });
        of.group("rsm:ExchangedDocument", |of| {
            of.add_text("ram:ID", &document.number);
            of.add_text("ram:TypeCode", document.kind.code());
            of.group("ram:IssueDateTime", |of| {
                day(of, "udt:DateTimeString", document.issued_on)
            });
            of.group("ram:IncludedNote", |of| {
                of.add_some("ram:Content", document.note.clone())
            });
        });
        of.group("rsm:SupplyChainTradeTransaction", |of| {
            for line in &document.lines {
                self::line(of, line);
            }
            of.must_group("ram:ApplicableHeaderTradeAgreement", |of| agreement(of, document));
            of.must_group("ram:ApplicableHeaderTradeDelivery", |of| delivery(of, document));
            of.must_group("ram:ApplicableHeaderTradeSettlement", |of| settlement(of, document));
        });
    });
    whole
        .with("xmlns:rsm", ROOT)
        .with("xmlns:ram", AGGREGATES)
        .with("xmlns:udt", PLAIN)
        .with("xmlns:qdt", QUALIFIED)
        .to_document()
}

fn day(of: &mut Inner, name: &'static str, day: NaiveDate) {
    of.add(Element::of(name, day.format("%Y%m%d").to_string()).with("format", "102"));
}

fn money(of: &mut Inner, name: &'static str, money: Option<Money>) {
    of.add_some(name, money.map(amount));
}

fn quantity(name: &'static str, quantity: Quantity, unit: &str) -> Element {
    Element::of(name, quantity.to_string()).with("unitCode", unit)
}

/// A document or a line of one, by its number.
fn reference(of: &mut Inner, name: &'static str, number: Option<&String>) {
    of.group(name, |of| of.add_some("ram:IssuerAssignedID", number));
}

fn line(of: &mut Inner, line: &Line) {
    of.group("ram:IncludedSupplyChainTradeLineItem", |of| {
        of.group("ram:AssociatedDocumentLineDocument", |of| {
            of.add_text("ram:LineID", line.number.to_string());
            of.group("ram:IncludedNote", |of| of.add_some("ram:Content", line.note.clone()));
        });
        of.group("ram:SpecifiedTradeProduct", |of| {
            if let Some(gtin) = &line.gtin {
                of.add(Element::of("ram:GlobalID", gtin).with("schemeID", "0160"));
            }
            of.add_some("ram:SellerAssignedID", line.seller_number.clone());
            of.add_some("ram:BuyerAssignedID", line.buyer_number.clone());
            of.add_text("ram:Name", &line.name);
        });
        of.group("ram:SpecifiedLineTradeAgreement", |of| {
            of.group("ram:BuyerOrderReferencedDocument", |of| {
                of.add_some("ram:LineID", line.order_line.map(|number| number.to_string()));
            });
            of.group("ram:NetPriceProductTradePrice", |of| {
                of.add_text("ram:ChargeAmount", line.price.to_string());
                if line.base != Quantity::new(1, 0) {
                    of.add(quantity("ram:BasisQuantity", line.base, &line.unit));
                }
            });
        });
        of.group("ram:SpecifiedLineTradeDelivery", |of| {
            of.add(quantity("ram:BilledQuantity", line.quantity, &line.unit));
        });
        of.group("ram:SpecifiedLineTradeSettlement", |of| {
            of.group("ram:ApplicableTradeTax", |of| category(of, &line.treatment));
            for adjustment in &line.adjustments {
                self::adjustment(of, adjustment);
            }
            of.group("ram:SpecifiedTradeSettlementLineMonetarySummation", |of| {
                money(of, "ram:LineTotalAmount", Some(line.net));
            });
        });
    });
}

fn category(of: &mut Inner, treatment: &Treatment) {
    of.add_text("ram:TypeCode", "VAT");
    of.add_text("ram:CategoryCode", &treatment.category);
    rate(of, treatment);
}

fn rate(of: &mut Inner, treatment: &Treatment) {
    if has_rate(&treatment.category) {
        of.add_text("ram:RateApplicablePercent", percent(treatment.rate_ppm));
    }
}

fn adjustment(of: &mut Inner, adjustment: &Adjustment) {
    of.group("ram:SpecifiedTradeAllowanceCharge", |of| {
        of.group("ram:ChargeIndicator", |of| {
            of.add_text("udt:Indicator", if adjustment.is_charge { "true" } else { "false" });
        });
        if let Some((base, ppm)) = adjustment.part {
            of.add_text("ram:CalculationPercent", percent(ppm));
            money(of, "ram:BasisAmount", Some(base));
        }
        money(of, "ram:ActualAmount", Some(adjustment.amount));
        of.add_some("ram:ReasonCode", adjustment.reason_code.clone());
        of.add_text("ram:Reason", &adjustment.reason);
        if let Some(treatment) = &adjustment.treatment {
            of.group("ram:CategoryTradeTax", |of| category(of, treatment));
        }
    });
}

fn agreement(of: &mut Inner, document: &Document) {
    of.add_some("ram:BuyerReference", document.buyer_reference.clone());
    of.group("ram:SellerTradeParty", |of| party(of, &document.seller));
    of.group("ram:BuyerTradeParty", |of| party(of, &document.buyer));
    reference(of, "ram:SellerOrderReferencedDocument", document.order_number.as_ref());
    reference(of, "ram:BuyerOrderReferencedDocument", document.po_number.as_ref());
    reference(of, "ram:ContractReferencedDocument", document.contract.as_ref());
}

fn party(of: &mut Inner, party: &Party) {
    of.add_some("ram:ID", party.id.clone());
    of.add_text("ram:Name", &party.address.name);
    of.group("ram:SpecifiedLegalOrganization", |of| {
        if let Some(id) = &party.legal_id {
            of.add(Element::of("ram:ID", &id.number).with_some("schemeID", id.scheme.clone()));
        }
    });
    of.group("ram:DefinedTradeContact", |of| {
        of.add_some("ram:PersonName", party.contact.clone());
        of.group("ram:TelephoneUniversalCommunication", |of| {
            of.add_some("ram:CompleteNumber", party.phone.clone());
        });
        of.group("ram:EmailURIUniversalCommunication", |of| {
            of.add_some("ram:URIID", party.email.clone())
        });
    });
    of.group("ram:PostalTradeAddress", |of| address(of, &party.address));
    if let Some(endpoint) = &party.endpoint {
        of.group("ram:URIUniversalCommunication", |of| {
            of.add(Element::of("ram:URIID", &endpoint.number).with_some("schemeID", endpoint.scheme.clone()));
        });
    }
    for (number, scheme) in [(&party.vat_id, "VA"), (&party.tax_number, "FC")] {
        let Some(number) = number else { continue };
        of.group("ram:SpecifiedTaxRegistration", |of| {
            of.add(Element::of("ram:ID", number).with("schemeID", scheme));
        });
    }
}

fn address(of: &mut Inner, address: &Address) {
    of.add_some("ram:PostcodeCode", address.postal_code.clone());
    of.add_some("ram:LineOne", address.street.clone());
    of.add_some("ram:CityName", address.city.clone());
    of.add_text("ram:CountryID", &address.country);
}

fn delivery(of: &mut Inner, document: &Document) {
    if let Some(ship_to) = &document.ship_to {
        of.group("ram:ShipToTradeParty", |of| {
            of.add_text("ram:Name", &ship_to.name);
            of.group("ram:PostalTradeAddress", |of| address(of, ship_to));
        });
    }
    if let Some(on) = document.delivered_on {
        of.group("ram:ActualDeliverySupplyChainEvent", |of| {
            of.group("ram:OccurrenceDateTime", |of| day(of, "udt:DateTimeString", on));
        });
    }
    reference(of, "ram:DespatchAdviceReferencedDocument", document.despatch.as_ref());
}

fn settlement(of: &mut Inner, document: &Document) {
    let mandate = document.payment.as_ref().and_then(|payment| payment.mandate.as_ref());
    of.add_some(
        "ram:CreditorReferenceID",
        mandate.and_then(|mandate| mandate.creditor_id.as_ref()),
    );
    of.add_some(
        "ram:PaymentReference",
        document.payment.as_ref().map(|payment| &payment.remittance),
    );
    of.add_text("ram:InvoiceCurrencyCode", document.currency.code());
    if let Some(payment) = &document.payment {
        means(of, payment);
    }
    for tax in &document.taxes {
        self::tax(of, tax);
    }
    if let Some(period) = document.period {
        of.group("ram:BillingSpecifiedPeriod", |of| {
            of.group("ram:StartDateTime", |of| day(of, "udt:DateTimeString", period.from));
            of.group("ram:EndDateTime", |of| day(of, "udt:DateTimeString", period.to));
        });
    }
    for adjustment in &document.adjustments {
        self::adjustment(of, adjustment);
    }
    of.group("ram:SpecifiedTradePaymentTerms", |of| {
        of.add_some("ram:Description", document.terms.clone());
        if let Some(due_on) = document.due_on {
            of.group("ram:DueDateDateTime", |of| day(of, "udt:DateTimeString", due_on));
        }
        of.add_some("ram:DirectDebitMandateID", mandate.map(|mandate| &mandate.reference));
    });
    totals(of, document);
    if let Some(preceding) = &document.preceding {
        of.group("ram:InvoiceReferencedDocument", |of| {
            of.add_text("ram:IssuerAssignedID", &preceding.number);
            of.group("ram:FormattedIssueDateTime", |of| {
                day(of, "qdt:DateTimeString", preceding.issued_on)
            });
        });
    }
}

fn means(of: &mut Inner, payment: &Payment) {
    of.group("ram:SpecifiedTradeSettlementPaymentMeans", |of| {
        of.add_text("ram:TypeCode", payment.means);
        if let Some(mandate) = &payment.mandate {
            of.group("ram:PayerPartyDebtorFinancialAccount", |of| {
                of.add_text("ram:IBANID", &mandate.iban)
            });
        }
        let Some(account) = &payment.account else { return };
        of.group("ram:PayeePartyCreditorFinancialAccount", |of| {
            of.add_text("ram:IBANID", &account.iban);
            of.add_text("ram:AccountName", &account.name);
        });
        of.group("ram:PayeeSpecifiedCreditorFinancialInstitution", |of| {
            of.add_some("ram:BICID", account.bic.clone());
        });
    });
}

fn tax(of: &mut Inner, tax: &Tax) {
    of.group("ram:ApplicableTradeTax", |of| {
        money(of, "ram:CalculatedAmount", Some(tax.amount));
        of.add_text("ram:TypeCode", "VAT");
        of.add_some("ram:ExemptionReason", tax.reason.clone());
        money(of, "ram:BasisAmount", Some(tax.base));
        of.add_text("ram:CategoryCode", &tax.treatment.category);
        of.add_some("ram:ExemptionReasonCode", tax.reason_code.clone());
        rate(of, &tax.treatment);
    });
}

fn totals(of: &mut Inner, document: &Document) {
    let totals = &document.totals;
    of.group("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |of| {
        money(of, "ram:LineTotalAmount", Some(totals.lines));
        money(of, "ram:ChargeTotalAmount", totals.charges);
        money(of, "ram:AllowanceTotalAmount", totals.allowances);
        money(of, "ram:TaxBasisTotalAmount", Some(totals.net));
        let tax = Element::of("ram:TaxTotalAmount", amount(totals.tax));
        of.add(tax.with("currencyID", totals.tax.currency.code()));
        money(of, "ram:RoundingAmount", totals.rounding);
        money(of, "ram:GrandTotalAmount", Some(totals.gross));
        money(of, "ram:TotalPrepaidAmount", totals.prepaid);
        money(of, "ram:DuePayableAmount", Some(totals.payable));
    });
}
