//! What is written is read again by a reader that knows nothing of the model, and both syntaxes tell the same.

mod credits;
mod special;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{cii, ubl};
use crate::invoices::einvoice::rules::building;
use crate::invoices::einvoice::rules::document::{Document, amount};
use crate::invoices::einvoice::rules::samples::{Ordered, credit_note, euro, invoice, mixed, treatment, worked};
use crate::invoices::einvoice::rules::{Checked, Profile};
use crate::languages::Language;

/// An element as it was read.
#[derive(Debug, Default)]
struct Node {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    inner: Vec<Self>,
}

fn read(bytes: &[u8]) -> Node {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    let close = |open: &mut Vec<Node>| {
        let node = open.pop().expect("one is open");
        open.last_mut().expect("something around it").inner.push(node);
    };
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => open.push(node(&start)),
            Event::Empty(start) => panic!("{:?} is empty", node(&start)),
            Event::End(_) => close(&mut open),
            Event::Text(text) => open.last_mut().expect("one is open").text.push_str(&text),
            Event::GeneralRef(name) => {
                let sign = match &*name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("{other}"),
                };
                open.last_mut().expect("one is open").text.push(sign);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    open.pop().expect("the document").inner.pop().expect("a root")
}

fn node(start: &quick_xml::events::BytesStart<'_>) -> Node {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("well-formed");
        (attribute.key.as_ref().to_string(), attribute.value.to_string())
    });
    Node {
        name: start.name().as_ref().to_string(),
        attributes: attributes.collect(),
        ..Node::default()
    }
}

impl Node {
    /// Those at the end of a path of local names.
    fn all(&self, path: &str) -> Vec<&Self> {
        path.split('/').fold(vec![self], |found, step| {
            let inner = found.into_iter().flat_map(|node| &node.inner);
            inner
                .filter(|node| node.name.split(':').next_back() == Some(step))
                .collect()
        })
    }

    /// Their texts, with the unit or scheme.
    fn values(&self, path: &str) -> Vec<String> {
        let value = |node: &&Self| {
            let scheme = ["unitCode", "schemeID"]
                .iter()
                .find_map(|name| node.attributes.get(*name));
            format!(
                "{}{}",
                node.text.trim(),
                scheme.map(|code| format!(" {code}")).unwrap_or_default()
            )
        };
        self.all(path).iter().map(value).collect()
    }
}

type Told = BTreeMap<&'static str, Vec<String>>;

fn told(root: &Node, paths: &[(&'static str, &str)]) -> Told {
    paths.iter().map(|(term, path)| (*term, root.values(path))).collect()
}

/// Where UBL has a term, below the document or below its line.
fn of_ubl(bytes: &[u8]) -> (Told, Vec<Told>) {
    let root = read(bytes);
    let lines = match root.name.as_str() {
        "Invoice" => "InvoiceLine",
        _ => "CreditNoteLine",
    };
    let mut head = told(
        &root,
        &[
            ("BT-1", "ID"),
            ("BT-5", "DocumentCurrencyCode"),
            ("BT-10", "BuyerReference"),
            ("BT-12", "ContractDocumentReference/ID"),
            ("BT-13", "OrderReference/ID"),
            ("BT-14", "OrderReference/SalesOrderID"),
            ("BT-16", "DespatchDocumentReference/ID"),
            ("BT-20", "PaymentTerms/Note"),
            ("BT-25", "BillingReference/InvoiceDocumentReference/ID"),
            (
                "BT-27",
                "AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",
            ),
            ("BT-30", "AccountingSupplierParty/Party/PartyLegalEntity/CompanyID"),
            ("BT-34", "AccountingSupplierParty/Party/EndpointID"),
            (
                "BT-44",
                "AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName",
            ),
            ("BT-48", "AccountingCustomerParty/Party/PartyTaxScheme/CompanyID"),
            ("BT-49", "AccountingCustomerParty/Party/EndpointID"),
            ("BT-70", "Delivery/DeliveryParty/PartyName/Name"),
            ("BT-80", "Delivery/DeliveryLocation/Address/Country/IdentificationCode"),
            ("BT-81", "PaymentMeans/PaymentMeansCode"),
            ("BT-84", "PaymentMeans/PayeeFinancialAccount/ID"),
            ("BG-20", "AllowanceCharge/Amount"),
            ("BT-106", "LegalMonetaryTotal/LineExtensionAmount"),
            ("BT-107", "LegalMonetaryTotal/AllowanceTotalAmount"),
            ("BT-108", "LegalMonetaryTotal/ChargeTotalAmount"),
            ("BT-109", "LegalMonetaryTotal/TaxExclusiveAmount"),
            ("BT-110", "TaxTotal/TaxAmount"),
            ("BT-112", "LegalMonetaryTotal/TaxInclusiveAmount"),
            ("BT-113", "LegalMonetaryTotal/PrepaidAmount"),
            ("BT-114", "LegalMonetaryTotal/PayableRoundingAmount"),
            ("BT-115", "LegalMonetaryTotal/PayableAmount"),
            ("BT-116", "TaxTotal/TaxSubtotal/TaxableAmount"),
            ("BT-117", "TaxTotal/TaxSubtotal/TaxAmount"),
            ("BT-118", "TaxTotal/TaxSubtotal/TaxCategory/ID"),
            ("BT-119", "TaxTotal/TaxSubtotal/TaxCategory/Percent"),
            ("BT-120", "TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReason"),
            ("BT-121", "TaxTotal/TaxSubtotal/TaxCategory/TaxExemptionReasonCode"),
        ],
    );
    let kind = ["InvoiceTypeCode", "CreditNoteTypeCode"]
        .iter()
        .flat_map(|name| root.values(name));
    head.insert("BT-3", kind.collect());
    let plain = |path: &str| root.values(path).iter().map(|day| day.replace('-', "")).collect();
    head.insert("BT-2", plain("IssueDate"));
    head.insert(
        "BT-9",
        [plain("DueDate"), plain("PaymentMeans/PaymentDueDate")].concat(),
    );
    head.insert("BT-72", plain("Delivery/ActualDeliveryDate"));
    let line = |line: &&Node| {
        told(
            line,
            &[
                ("BT-126", "ID"),
                ("BT-127", "Note"),
                (
                    "BT-129",
                    if lines == "InvoiceLine" {
                        "InvoicedQuantity"
                    } else {
                        "CreditedQuantity"
                    },
                ),
                ("BT-131", "LineExtensionAmount"),
                ("BT-132", "OrderLineReference/LineID"),
                ("BG-27", "AllowanceCharge/Amount"),
                ("BT-146", "Price/PriceAmount"),
                ("BT-149", "Price/BaseQuantity"),
                ("BT-151", "Item/ClassifiedTaxCategory/ID"),
                ("BT-152", "Item/ClassifiedTaxCategory/Percent"),
                ("BT-153", "Item/Name"),
                ("BT-155", "Item/SellersItemIdentification/ID"),
                ("BT-156", "Item/BuyersItemIdentification/ID"),
                ("BT-157", "Item/StandardItemIdentification/ID"),
            ],
        )
    };
    (head, root.all(lines).iter().map(line).collect())
}

/// The same of CII.
fn of_cii(bytes: &[u8]) -> (Told, Vec<Told>) {
    let root = read(bytes);
    const A: &str = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/";
    const D: &str = "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery/";
    const S: &str = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/";
    const SUM: &str = "SpecifiedTradeSettlementHeaderMonetarySummation/";
    let of = |place: &str, path: &str| root.values(&format!("{place}{path}"));
    let in_sum = |path: &str| of(S, &format!("{SUM}{path}"));
    let vat = |party: &str| {
        let all = of(A, &format!("{party}/SpecifiedTaxRegistration/ID"));
        let ids = all.iter().filter_map(|id| id.strip_suffix(" VA"));
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    let head = BTreeMap::from([
        ("BT-1", of("", "ExchangedDocument/ID")),
        ("BT-2", of("", "ExchangedDocument/IssueDateTime/DateTimeString")),
        ("BT-3", of("", "ExchangedDocument/TypeCode")),
        ("BT-5", of(S, "InvoiceCurrencyCode")),
        (
            "BT-9",
            of(S, "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString"),
        ),
        ("BT-10", of(A, "BuyerReference")),
        ("BT-12", of(A, "ContractReferencedDocument/IssuerAssignedID")),
        ("BT-13", of(A, "BuyerOrderReferencedDocument/IssuerAssignedID")),
        ("BT-14", of(A, "SellerOrderReferencedDocument/IssuerAssignedID")),
        ("BT-16", of(D, "DespatchAdviceReferencedDocument/IssuerAssignedID")),
        ("BT-20", of(S, "SpecifiedTradePaymentTerms/Description")),
        ("BT-25", of(S, "InvoiceReferencedDocument/IssuerAssignedID")),
        ("BT-27", of(A, "SellerTradeParty/Name")),
        ("BT-30", of(A, "SellerTradeParty/SpecifiedLegalOrganization/ID")),
        ("BT-34", of(A, "SellerTradeParty/URIUniversalCommunication/URIID")),
        ("BT-44", of(A, "BuyerTradeParty/Name")),
        ("BT-48", vat("BuyerTradeParty")),
        ("BT-49", of(A, "BuyerTradeParty/URIUniversalCommunication/URIID")),
        ("BT-70", of(D, "ShipToTradeParty/Name")),
        (
            "BT-72",
            of(D, "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString"),
        ),
        ("BT-80", of(D, "ShipToTradeParty/PostalTradeAddress/CountryID")),
        ("BT-81", of(S, "SpecifiedTradeSettlementPaymentMeans/TypeCode")),
        (
            "BT-84",
            of(
                S,
                "SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID",
            ),
        ),
        ("BG-20", of(S, "SpecifiedTradeAllowanceCharge/ActualAmount")),
        ("BT-106", in_sum("LineTotalAmount")),
        ("BT-107", in_sum("AllowanceTotalAmount")),
        ("BT-108", in_sum("ChargeTotalAmount")),
        ("BT-109", in_sum("TaxBasisTotalAmount")),
        ("BT-110", in_sum("TaxTotalAmount")),
        ("BT-112", in_sum("GrandTotalAmount")),
        ("BT-113", in_sum("TotalPrepaidAmount")),
        ("BT-114", in_sum("RoundingAmount")),
        ("BT-115", in_sum("DuePayableAmount")),
        ("BT-116", of(S, "ApplicableTradeTax/BasisAmount")),
        ("BT-117", of(S, "ApplicableTradeTax/CalculatedAmount")),
        ("BT-118", of(S, "ApplicableTradeTax/CategoryCode")),
        ("BT-119", of(S, "ApplicableTradeTax/RateApplicablePercent")),
        ("BT-120", of(S, "ApplicableTradeTax/ExemptionReason")),
        ("BT-121", of(S, "ApplicableTradeTax/ExemptionReasonCode")),
    ]);
    let line = |line: &&Node| {
        told(
            line,
            &[
                ("BT-126", "AssociatedDocumentLineDocument/LineID"),
                ("BT-127", "AssociatedDocumentLineDocument/IncludedNote/Content"),
                ("BT-129", "SpecifiedLineTradeDelivery/BilledQuantity"),
                (
                    "BT-131",
                    "SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
                ),
                (
                    "BT-132",
                    "SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument/LineID",
                ),
                (
                    "BG-27",
                    "SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge/ActualAmount",
                ),
                (
                    "BT-146",
                    "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount",
                ),
                (
                    "BT-149",
                    "SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity",
                ),
                ("BT-151", "SpecifiedLineTradeSettlement/ApplicableTradeTax/CategoryCode"),
                (
                    "BT-152",
                    "SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent",
                ),
                ("BT-153", "SpecifiedTradeProduct/Name"),
                ("BT-155", "SpecifiedTradeProduct/SellerAssignedID"),
                ("BT-156", "SpecifiedTradeProduct/BuyerAssignedID"),
                ("BT-157", "SpecifiedTradeProduct/GlobalID"),
            ],
        )
    };
    let lines = root.all("SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem");
    (head, lines.iter().map(line).collect())
}

/// What both tell of a document, which is the same.
fn both(document: &Document) -> (Told, Vec<Told>) {
    let checked = |profile| Checked::new(document.clone(), profile).expect("a good document");
    let ubl = ubl::write(&checked(Profile::Peppol)).expect("written");
    let cii = cii::write(&checked(Profile::En16931)).expect("written");
    keep(&ubl, "ubl");
    keep(&cii, "cii");
    let (ubl, cii) = (of_ubl(&ubl), of_cii(&cii));
    assert_eq!(ubl, cii);
    ubl
}

/// Keeps the document for the official rules where a folder for it is named.
fn keep(document: &[u8], syntax: &str) {
    static KEPT: AtomicUsize = AtomicUsize::new(0);
    if let Some(folder) = std::env::var_os("PORTAL_TEST_EINVOICES") {
        let number = KEPT.fetch_add(1, Ordering::Relaxed);
        let file = std::path::Path::new(&folder).join(format!("random-{number}-{syntax}.xml"));
        std::fs::write(file, document).expect("kept");
    }
}

#[test]
fn both_syntaxes_tell_the_same_of_every_case() {
    let mut documents = vec![worked("S", 21), mixed(), credit_note()];
    documents.extend(["Z", "E", "AE", "K", "G", "O"].map(|category| worked(category, 0)));
    let mut rounded = worked("S", 21);
    rounded.totals.prepaid = Some(euro("479.59"));
    rounded.totals.rounding = Some(euro("-0.02"));
    rounded.totals.payable = euro("1000.00");
    documents.push(rounded);
    for document in documents {
        let wanted = document.clone();
        let (head, lines) = both(&document);
        assert_eq!(head["BT-1"][0], wanted.number);
        assert_eq!(head["BT-3"], [wanted.kind.code()]);
        assert_eq!(head["BT-115"], [wanted.totals.payable.to_string()]);
        assert_eq!(head["BT-114"].len(), usize::from(wanted.totals.rounding.is_some()));
        assert_eq!(head["BT-116"].len(), wanted.taxes.len());
        assert_eq!(lines.len(), wanted.lines.len());
        assert_eq!(lines[0]["BT-129"], ["12 XCT"]);
        assert_eq!(lines[0]["BT-153"], ["Bolt <M1> & nut"]);
        let rates = usize::from(wanted.lines[0].treatment.category != "O");
        assert_eq!(lines[0]["BT-152"].len(), rates);
    }
}

#[test]
fn what_xml_cannot_hold_is_replaced() {
    let mut document = worked("S", 21);
    document.lines[0].name = " a\u{0}b\u{fffe}\r\n😀 ]]> ".to_owned();
    let (_, lines) = both(&document);
    assert_eq!(lines[0]["BT-153"], ["a\u{fffd}b\u{fffd} \n😀 ]]>"]);
}

fn ordered() -> impl Strategy<Value = Ordered> {
    let treatments = prop::sample::select(vec![
        treatment("S", 21),
        treatment("AA", 9),
        treatment("S", 6),
        treatment("Z", 0),
        treatment("E", 0),
        treatment("K", 0),
    ]);
    (
        1_i64..100_000,
        0_u8..=4,
        prop::sample::select(vec![1_i64, 12, 480]),
        1_i64..1_000_000_000,
        prop::sample::select(vec![1, 10, 100, 1000]),
        any::<bool>(),
        treatments,
        -1_i64..=1,
    )
        .prop_map(
            |(steps, decimals, content, micros, base, in_base, treatment, off)| Ordered {
                steps,
                decimals,
                content,
                micros,
                base,
                in_base,
                treatment,
                off,
            },
        )
}

proptest! {
    #[test]
    fn any_invoice_is_written_to_the_cent(
        code in prop::sample::select(vec!["EUR", "JPY", "HUF", "BHD"]),
        lines in prop::collection::vec(ordered(), 1..12),
    ) {
        let stored = invoice(code, &lines);
        let document = building::document(&stored, Language::En);
        let has_third = code == "BHD"
            && (lines.iter().any(|line| line.off != 0)
                || stored.lines.iter().any(|line| line.net.minor % 10 != 0)
                || stored.taxes.iter().any(|tax| tax.group.amount_minor % 10 != 0));
        match Checked::new(document.clone(), Profile::Peppol) {
            Err(faults) => {
                prop_assert!(has_third, "{faults:?}");
                prop_assert!(faults.iter().all(|fault| fault.rule.starts_with("BR-DEC-")), "{faults:?}");
            }
            Ok(_) => {
                prop_assert!(!has_third);
                let (head, told) = both(&document);
                prop_assert_eq!(&head["BT-115"], &[amount(stored.gross)]);
                for (line, told) in stored.lines.iter().zip(told) {
                    let net = amount(line.net);
                    prop_assert_eq!(&told["BT-131"], &[net]);
                    prop_assert_eq!(&told["BT-146"], &[line.unit_price.to_string()]);
                }
            }
        }
    }
}
