//! A reader of documents that knows nothing of the program's: a part of the cXML 1.2 DTDs as they are written, and a matcher
//! of content models.

use std::collections::HashMap;

use portal::punchout::cxml::{Content, Element};

/// Elements as the DTDs declare them; what is not declared here is not looked into.
const DTD: &str = r#"
<!ELEMENT cXML ((Header, (Message | Request)) | Response)>
<!ELEMENT Header (From, To, Sender)>
<!ELEMENT From (Credential+)>
<!ELEMENT To (Credential+)>
<!ELEMENT Sender (Credential+, UserAgent)>
<!ELEMENT Credential (Identity, (SharedSecret | DigitalSignature | CredentialMac)?)>
<!ELEMENT Request (Status?, (ProfileRequest | OrderRequest | PunchOutSetupRequest | StatusUpdateRequest | ConfirmationRequest | ShipNoticeRequest | InvoiceDetailRequest))>
<!ELEMENT Response (Status, (ProfileResponse | PunchOutSetupResponse)?)>
<!ELEMENT Message (Status?, PunchOutOrderMessage)>
<!ELEMENT Status (#PCDATA)>
<!ELEMENT ProfileResponse (Option*, Transaction+)>
<!ELEMENT Transaction (URL, Option*)>
<!ELEMENT PunchOutSetupResponse (StartPage)>
<!ELEMENT StartPage (URL)>
<!ELEMENT URL (#PCDATA)>
<!ELEMENT PunchOutOrderMessage (BuyerCookie, PunchOutOrderMessageHeader, ItemIn*)>
<!ELEMENT PunchOutOrderMessageHeader (SourcingStatus?, Total, ShipTo?, Shipping?, Tax?)>
<!ELEMENT ItemIn (ItemID, Path?, ItemDetail, (SupplierID | SupplierList)?, ShipTo?, Shipping?, Tax?, SpendDetail?, Distribution*, Contact*, Comments?)>
<!ELEMENT ItemID (SupplierPartID, SupplierPartAuxiliaryID?, BuyerPartID?, IdReference*)>
<!ELEMENT ItemDetail (UnitPrice, Description+, UnitOfMeasure, PriceBasisQuantity?, Classification+, ManufacturerPartID?, ManufacturerName?, URL?, LeadTime?, Dimension*, ItemDetailIndustry?, AttachmentReference*, PlannedAcceptanceDays?, Extrinsic*)>
<!ELEMENT UnitPrice (Money, Modifications?)>
<!ELEMENT Total (Money, Modifications?)>
<!ELEMENT Money (#PCDATA)>
<!ELEMENT UnitOfMeasure (#PCDATA)>
<!ELEMENT PriceBasisQuantity (UnitOfMeasure, Description?)>
<!ELEMENT Classification (#PCDATA)>
<!ELEMENT LeadTime (#PCDATA)>
<!ELEMENT ConfirmationRequest (ConfirmationHeader, (OrderReference | OrderIDInfo), ConfirmationItem*)>
<!ELEMENT ConfirmationHeader (DocumentReference?, Total?, Shipping?, Tax?, Contact*, Hazard*, Comments?, IdReference*, Extrinsic*)>
<!ELEMENT OrderReference (DocumentReference)>
<!ELEMENT ConfirmationItem (UnitOfMeasure, Contact*, Hazard*, ConfirmationStatus+)>
<!ELEMENT ConfirmationStatus (UnitOfMeasure, (ItemIn | UnitPrice)?, Tax?, Shipping?, Comments?, Extrinsic*)>
<!ELEMENT ShipNoticeRequest (ShipNoticeHeader, ShipControl*, ShipNoticePortion*)>
<!ELEMENT ShipNoticeHeader (ServiceLevel*, DocumentReference?, Contact*, Comments?, Extrinsic*)>
<!ELEMENT ShipControl (CarrierIdentifier+, ShipmentIdentifier+, PackageIdentification?, Route*)>
<!ELEMENT ShipNoticePortion (OrderReference, Contact*, Comments?, ShipNoticeItem*)>
<!ELEMENT ShipNoticeItem (ItemID?, ShipNoticeItemDetail?, UnitOfMeasure, Packaging*, Hazard*, Batch?)>
<!ELEMENT Packaging (((PackagingCode+, Dimension*) | Dimension+), Description?, PackagingLevelCode?, PackageTypeCodeIdentifierCode?, ShippingContainerSerialCode?, ShippingContainerSerialCodeReference?, PackageID?, ShippingMark*, OrderedQuantity?, DispatchQuantity?, FreeGoodsQuantity?, QuantityVarianceNote?, BestBeforeDate?, Extrinsic*)>
<!ELEMENT PackagingCode (#PCDATA)>
<!ELEMENT Dimension (UnitOfMeasure)>
<!ELEMENT PackageTypeCodeIdentifierCode (#PCDATA)>
<!ELEMENT ShippingContainerSerialCode (#PCDATA)>
<!ELEMENT DispatchQuantity (UnitOfMeasure)>
<!ELEMENT StatusUpdateRequest (DocumentReference, Status)>
<!ELEMENT InvoiceDetailRequest (InvoiceDetailRequestHeader, (InvoiceDetailOrder+ | InvoiceDetailHeaderOrder+), InvoiceDetailSummary)>
<!ELEMENT InvoiceDetailRequestHeader (InvoiceDetailHeaderIndicator, InvoiceDetailLineIndicator, InvoicePartner*, DocumentReference?, InvoiceIDInfo?, InvoiceDetailShipping?, ShipNoticeIDInfo?, PaymentTerm*, Period?, Comments?, IdReference*, Extrinsic*)>
<!ELEMENT InvoicePartner (Contact, IdReference*)>
<!ELEMENT Contact (Name, PostalAddress*, Email*, Phone*, Fax*, URL*)>
<!ELEMENT PostalAddress (DeliverTo*, Street+, City, State?, PostalCode?, Country)>
<!ELEMENT InvoiceDetailOrder (InvoiceDetailOrderInfo, InvoiceDetailShipNoticeInfo?, (InvoiceDetailItem | InvoiceDetailServiceItem)+)>
<!ELEMENT InvoiceDetailOrderInfo ((OrderReference | MasterAgreementReference | OrderIDInfo | SupplierOrderInfo))>
<!ELEMENT InvoiceDetailItem (UnitOfMeasure, UnitPrice, PriceBasisQuantity?, InvoiceDetailItemReference, SubtotalAmount?, Tax?, InvoiceDetailLineSpecialHandling?, InvoiceDetailLineShipping?, GrossAmount?, InvoiceDetailDiscount?, NetAmount?, Distribution*, Comments?)>
<!ELEMENT InvoiceDetailItemReference (ItemID?, Description?, SerialNumber*)>
<!ELEMENT SubtotalAmount (Money)>
<!ELEMENT GrossAmount (Money)>
<!ELEMENT NetAmount (Money)>
<!ELEMENT DueAmount (Money)>
<!ELEMENT TaxableAmount (Money)>
<!ELEMENT TaxAmount (Money)>
<!ELEMENT Tax (Money, Description, TaxDetail*)>
<!ELEMENT TaxDetail (TaxableAmount?, TaxAmount, TaxLocation?, Description?)>
<!ELEMENT InvoiceDetailSummary (SubtotalAmount, Tax, SpecialHandlingAmount?, ShippingAmount?, GrossAmount?, InvoiceDetailDiscount?, NetAmount, DepositAmount?, DueAmount?)>
"#;

/// Attributes that must be there.
const NEEDED: &[(&str, &[&str])] = &[
    ("cXML", &["payloadID", "timestamp"]),
    ("Status", &["code", "text"]),
    ("Credential", &["domain"]),
    ("Money", &["currency"]),
    ("Description", &["xml:lang"]),
    ("Classification", &["domain"]),
    ("PriceBasisQuantity", &["quantity", "conversionFactor"]),
    ("ItemIn", &["quantity"]),
    ("PunchOutOrderMessageHeader", &["operationAllowed"]),
    ("Transaction", &["requestName"]),
    ("ProfileResponse", &["effectiveDate"]),
    ("Extrinsic", &["name"]),
    ("ConfirmationHeader", &["type", "noticeDate"]),
    ("ConfirmationItem", &["lineNumber", "quantity"]),
    ("ConfirmationStatus", &["type", "quantity"]),
    ("DocumentReference", &["payloadID"]),
    ("ShipNoticeHeader", &["shipmentID", "noticeDate"]),
    ("ShipNoticeItem", &["lineNumber", "quantity"]),
    ("CarrierIdentifier", &["domain"]),
    ("PackagingCode", &["xml:lang"]),
    ("Dimension", &["quantity", "type"]),
    ("DispatchQuantity", &["quantity"]),
    ("InvoiceDetailRequestHeader", &["invoiceID", "invoiceDate"]),
    ("InvoiceDetailItem", &["invoiceLineNumber", "quantity"]),
    ("InvoiceDetailItemReference", &["lineNumber"]),
    ("TaxDetail", &["category"]),
    ("Country", &["isoCountryCode"]),
    ("PaymentTerm", &["payInNumberOfDays"]),
];

/// A content model.
enum Particle {
    Name(String),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    Repeated(Box<Particle>, char),
}

struct Parser<'a>(std::iter::Peekable<std::str::Chars<'a>>);

impl Parser<'_> {
    fn blanks(&mut self) {
        while self.0.next_if(|sign| sign.is_whitespace()).is_some() {}
    }

    fn particle(&mut self) -> Particle {
        self.blanks();
        let inner = match self.0.next_if_eq(&'(') {
            Some(_) => {
                let mut parts = vec![self.particle()];
                let mut is_choice = false;
                loop {
                    self.blanks();
                    match self.0.next() {
                        Some(')') => break,
                        Some(sign) => {
                            is_choice |= sign == '|';
                            parts.push(self.particle());
                        }
                        None => panic!("a model without an end"),
                    }
                }
                if is_choice {
                    Particle::Choice(parts)
                } else {
                    Particle::Sequence(parts)
                }
            }
            None => {
                let mut name = String::new();
                while let Some(sign) = self.0.next_if(|sign| sign.is_alphanumeric() || "#_-:".contains(*sign)) {
                    name.push(sign);
                }
                Particle::Name(name)
            }
        };
        match self.0.next_if(|sign| "?*+".contains(*sign)) {
            Some(sign) => Particle::Repeated(Box::new(inner), sign),
            None => inner,
        }
    }
}

impl Particle {
    /// Where a match that begins at `from` may end.
    fn ends(&self, names: &[&str], from: usize) -> Vec<usize> {
        match self {
            Self::Name(name) if name == "#PCDATA" => vec![from],
            Self::Name(name) => names
                .get(from)
                .filter(|own| *own == name)
                .map(|_| from + 1)
                .into_iter()
                .collect(),
            Self::Sequence(parts) => parts.iter().fold(vec![from], |ends, part| {
                let mut next: Vec<_> = ends.into_iter().flat_map(|end| part.ends(names, end)).collect();
                next.sort_unstable();
                next.dedup();
                next
            }),
            Self::Choice(parts) => parts.iter().flat_map(|part| part.ends(names, from)).collect(),
            Self::Repeated(part, sign) => {
                let mut all = if *sign == '+' { Vec::new() } else { vec![from] };
                let mut last = vec![from];
                loop {
                    let next: Vec<_> = last
                        .iter()
                        .flat_map(|end| part.ends(names, *end))
                        .filter(|end| !all.contains(end))
                        .collect();
                    all.extend(&next);
                    if next.is_empty() || *sign == '?' {
                        return all;
                    }
                    last = next;
                }
            }
        }
    }
}

/// Fails unless the document is as the DTDs have it.
#[track_caller]
pub fn assert_valid(document: &Element) {
    let declared = DTD.lines().filter_map(|line| line.strip_prefix("<!ELEMENT "));
    let models: HashMap<_, _> = declared
        .map(|line| {
            let (name, model) = line.split_once(' ').unwrap();
            (name, Parser(model.trim_end_matches('>').chars().peekable()).particle())
        })
        .collect();
    check(&models, document);
}

#[track_caller]
fn check(models: &HashMap<&str, Particle>, element: &Element) {
    let needed = NEEDED
        .iter()
        .find(|(name, _)| *name == element.name)
        .map_or(&[][..], |(_, needed)| *needed);
    for name in needed {
        assert!(
            element.attribute(name).is_some(),
            "{} has no {name}: {}",
            element.name,
            element.to_xml()
        );
    }
    if let Some(model) = models.get(element.name.as_str()) {
        let names: Vec<_> = element.elements().map(|inner| inner.name.as_str()).collect();
        assert!(
            model.ends(&names, 0).contains(&names.len()),
            "{} holds {names:?}",
            element.name
        );
        let has_text = element
            .content
            .iter()
            .any(|content| matches!(content, Content::Text(text) if !text.trim().is_empty()));
        let may = matches!(model, Particle::Name(_))
            || matches!(model, Particle::Sequence(parts) if matches!(parts.as_slice(), [Particle::Name(name)] if name == "#PCDATA"));
        assert!(may || !has_text, "{} holds a text", element.name);
    }
    for inner in element.elements() {
        check(models, inner);
    }
}
