//! Which elements may stand where: the content models of cXML 1.2.060 for what we take and send, in the DTD's order. What
//! such an element holds that is of no use here (`ANY`) is kept as it came.

use super::Element;

/// What a name may hold: the parts in their order (`A`, `A?`, `A*`, `A+`, `A|B`), and its attributes (`name!` must be
/// there, `name=a|b` is one of these).
struct Model {
    name: &'static str,
    content: Holds,
    attributes: &'static [&'static str],
}

enum Holds {
    Text,
    Any,
    Parts(&'static [&'static str]),
}

const fn parts(name: &'static str, parts: &'static [&'static str], attributes: &'static [&'static str]) -> Model {
    Model {
        name,
        content: Holds::Parts(parts),
        attributes,
    }
}

const fn text(name: &'static str, attributes: &'static [&'static str]) -> Model {
    Model {
        name,
        content: Holds::Text,
        attributes,
    }
}

const fn any(name: &'static str, attributes: &'static [&'static str]) -> Model {
    Model {
        name,
        content: Holds::Any,
        attributes,
    }
}

#[rustfmt::skip]
const MODELS: &[Model] = &[
    parts("cXML", &["Header?", "Message|Request|Response"], &["payloadID!", "timestamp!", "version", "signatureVersion", "xml:lang"]),
    parts("Header", &["From", "To", "Sender", "Path?", "OriginalDocument?"], &[]),
    parts("From", &["Credential+", "Correspondent?"], &[]),
    parts("To", &["Credential+", "Correspondent?"], &[]),
    parts("Sender", &["Credential+", "UserAgent"], &[]),
    parts("Credential", &["Identity", "SharedSecret|DigitalSignature|CredentialMac?"], &["domain!", "type=marketplace"]),
    any("Identity", &["lastChangedTimestamp"]),
    any("SharedSecret", &[]),
    any("DigitalSignature", &["type", "encoding"]),
    any("CredentialMac", &["type", "algorithm", "creationDate", "expirationDate"]),
    text("UserAgent", &[]),
    parts("Request", &["Status?", "ProfileRequest|PunchOutSetupRequest|OrderRequest|StatusUpdateRequest|ConfirmationRequest|ShipNoticeRequest|InvoiceDetailRequest"], &["deploymentMode=production|test", "Id"]),
    parts("Response", &["Status", "ProfileResponse|PunchOutSetupResponse?"], &["Id"]),
    parts("Message", &["Status?", "PunchOutOrderMessage"], &["deploymentMode=production|test", "inReplyTo", "Id"]),
    text("Status", &["code!", "text!", "xml:lang"]),
    parts("ProfileRequest", &[], &[]),
    parts("ProfileResponse", &["Option*", "Transaction+"], &["effectiveDate!", "lastRefresh"]),
    text("Option", &["name!"]),
    parts("Transaction", &["URL", "Option*"], &["requestName!"]),
    text("URL", &["name"]),
    parts("PunchOutSetupRequest", &["BuyerCookie", "Extrinsic*", "BrowserFormPost?", "Contact*", "SupplierSetup?", "ShipTo?", "SelectedItem?", "ItemOut*"], &["operation!=create|edit|inspect|source"]),
    any("BuyerCookie", &[]),
    any("Extrinsic", &["name!"]),
    parts("BrowserFormPost", &["URL"], &[]),
    parts("SupplierSetup", &["URL"], &[]),
    parts("SelectedItem", &["ItemID"], &[]),
    parts("ItemID", &["SupplierPartID", "SupplierPartAuxiliaryID?", "BuyerPartID?", "IdReference*"], &[]),
    text("SupplierPartID", &["revisionID"]),
    any("SupplierPartAuxiliaryID", &[]),
    text("BuyerPartID", &[]),
    any("IdReference", &["domain!", "identifier!"]),
    parts("PunchOutSetupResponse", &["StartPage"], &[]),
    parts("StartPage", &["URL"], &[]),
    parts("PunchOutOrderMessage", &["BuyerCookie", "PunchOutOrderMessageHeader", "ItemIn*"], &[]),
    parts("PunchOutOrderMessageHeader", &["SourcingStatus?", "Total", "ShipTo?", "Shipping?", "Tax?", "SupplierOrderInfo?"], &["operationAllowed!=create|edit|inspect", "quoteStatus=pending|final"]),
    parts("ItemIn", &["ItemID", "Path?", "ItemDetail", "SupplierID|SupplierList?", "ShipTo?", "Shipping?", "Tax?", "SpendDetail?", "Distribution*", "Contact*", "Comments?"], &["quantity!", "openQuantity", "promisedQuantity", "lineNumber", "parentLineNumber", "itemType=composite|item", "compositeItemType"]),
    parts("ItemDetail", &["UnitPrice", "Description+", "UnitOfMeasure", "PriceBasisQuantity?", "Classification+", "ManufacturerPartID?", "ManufacturerName?", "URL?", "LeadTime?", "Dimension*", "ItemDetailIndustry?", "AttachmentReference*", "PlannedAcceptanceDays?", "Extrinsic*"], &[]),
    parts("UnitPrice", &["Money", "Modifications?"], &[]),
    text("Money", &["currency!", "alternateAmount", "alternateCurrency"]),
    any("Description", &["xml:lang!"]),
    text("UnitOfMeasure", &[]),
    parts("PriceBasisQuantity", &["UnitOfMeasure", "Description?"], &["quantity!", "conversionFactor!"]),
    text("Classification", &["domain!", "code"]),
    text("ManufacturerPartID", &[]),
    text("ManufacturerName", &["xml:lang"]),
    text("LeadTime", &[]),
    parts("Total", &["Money", "Modifications?"], &[]),
    parts("OrderRequest", &["OrderRequestHeader", "ItemOut+"], &[]),
    parts("OrderRequestHeader", &["Total", "ShipTo?", "BillTo", "BusinessPartner*", "LegalEntity?", "OrganizationalUnit*", "Shipping?", "Tax?", "Payment?", "PaymentTerm*", "Contact*", "Comments?", "Followup?", "TermsOfDelivery?", "DeliveryPeriod?", "IdReference*", "OrderRequestHeaderIndustry?", "SupplierOrderInfo?", "QualityInfo?", "DocumentReference?", "Extrinsic*"],
        &["orderID!", "orderDate!", "orderType=regular|release|blanket|stockTransport|stockTransportRelease", "releaseRequired", "type=new|update|delete", "orderVersion", "isInternalVersion", "parentAgreementID", "parentAgreementPayloadID", "effectiveDate", "expirationDate", "agreementID", "agreementPayloadID", "requisitionID", "shipComplete", "pickUpDate", "requestedDeliveryDate", "isSubcontract"]),
    parts("ItemOut", &["ItemID", "Path?", "ItemDetail|BlanketItemDetail?", "SupplierID|SupplierList?", "ShipTo?", "Shipping?", "Tax?", "SpendDetail?", "Distribution*", "Contact*", "TermsOfDelivery?", "Comments?", "Tolerances?", "ControlKeys?", "ScheduleLine*", "MasterAgreementReference|MasterAgreementIDInfo?", "ItemOutIndustry?", "Packaging*", "ReleaseInfo?", "Batch?"],
        &["quantity!", "lineNumber", "requisitionID", "agreementItemNumber", "requestedDeliveryDate", "requestedShipmentDate", "isAdHoc", "parentLineNumber", "itemType=composite|item", "requiresServiceEntry", "confirmationDueDate", "compositeItemType", "itemClassification", "itemCategory", "subcontractingType", "isReturn", "isDeliveryCompleted"]),
    parts("ShipTo", &["Address", "CarrierIdentifier*", "TransportInformation*", "IdReference*"], &[]),
    parts("BillTo", &["Address", "IdReference*"], &[]),
    any("Address", &["isoCountryCode", "addressID", "addressIDDomain"]),
    any("Contact", &["role", "addressID", "addressIDDomain"]),
    parts("StatusUpdateRequest", &["DocumentReference?", "Status", "PaymentStatus|SourcingStatus|InvoiceStatus|DocumentStatus?", "IntegrationStatus?", "Extrinsic*"], &[]),
    parts("DocumentReference", &[], &["payloadID!"]),
    parts("ConfirmationRequest", &["ConfirmationHeader", "OrderReference|OrderIDInfo", "ConfirmationItem*"], &[]),
    parts("ConfirmationHeader", &["DocumentReference?", "Total?", "Shipping?", "Tax?", "Contact*", "Hazard*", "Comments?", "IdReference*", "Extrinsic*"], &["type!=accept|allDetail|detail|backordered|except|reject|requestToPay|replace", "operation=new|update", "confirmID", "noticeDate!", "invoiceID", "incoTerms", "version"]),
    parts("OrderReference", &["DocumentReference"], &["orderID", "orderDate"]),
    parts("ConfirmationItem", &["UnitOfMeasure", "Contact*", "Hazard*", "ConfirmationStatus+"], &["lineNumber!", "quantity!", "parentLineNumber", "itemType", "compositeItemType"]),
    parts("ConfirmationStatus", &["UnitOfMeasure", "ItemIn|UnitPrice?", "Tax?", "Shipping?", "ScheduleLineReference*", "Comments?", "Extrinsic*"], &["type!=accept|allDetail|detail|backordered|reject|unknown|requestToPay", "quantity!", "shipmentDate", "deliveryDate"]),
    parts("ShipNoticeRequest", &["ShipNoticeHeader", "ShipControl*", "ShipNoticePortion*"], &[]),
    parts("ShipNoticeHeader", &["ServiceLevel*", "DocumentReference?", "Contact*", "Comments?", "TermsOfDelivery?", "TermsOfTransport*", "Packaging?", "IdReference*", "Extrinsic*"], &["shipmentID!", "noticeDate!", "operation=new|update|delete", "shipmentDate", "deliveryDate", "shipmentType=actual|planned", "fulfillmentType=partial|complete", "reason"]),
    parts("ShipControl", &["CarrierIdentifier+", "ShipmentIdentifier+", "TransportInformation?", "PackageIdentification?", "Route*", "Contact*", "Comments?", "Extrinsic*"], &["startDate"]),
    text("CarrierIdentifier", &["domain!"]),
    text("ShipmentIdentifier", &["domain", "trackingNumberDate", "trackingURL"]),
    parts("ShipNoticePortion", &["MasterAgreementReference|MasterAgreementIDInfo?", "OrderReference|OrderIDInfo", "Contact*", "Comments?", "ShipNoticeItem*"], &["quoteID"]),
    parts("ShipNoticeItem", &["ItemID?", "ShipNoticeItemDetail?", "UnitOfMeasure", "Packaging*", "Hazard*", "Batch*"], &["lineNumber!", "quantity!", "shipNoticeLineNumber", "parentLineNumber", "itemType", "outstandingQuantity", "stockTransferType"]),
    parts("Packaging", &["PackagingCode*", "Dimension*", "Description?", "PackagingLevelCode?", "PackageTypeCodeIdentifierCode?", "ShippingContainerSerialCode?", "ShippingContainerSerialCodeReference?", "PackageID?", "ShippingMark*", "OrderedQuantity?", "DispatchQuantity?", "FreeGoodsQuantity?", "QuantityVarianceNote?", "BestBeforeDate?", "AssetInfo*", "Extrinsic*"], &[]),
    text("PackagingCode", &["xml:lang!"]),
    parts("Dimension", &["UnitOfMeasure"], &["quantity!", "type!"]),
    text("PackageTypeCodeIdentifierCode", &[]),
    text("ShippingContainerSerialCode", &[]),
    parts("DispatchQuantity", &["UnitOfMeasure"], &["quantity!"]),
    parts("InvoiceDetailRequest", &["InvoiceDetailRequestHeader", "InvoiceDetailOrder*", "InvoiceDetailSummary"], &[]),
    parts("InvoiceDetailRequestHeader", &["InvoiceDetailHeaderIndicator", "InvoiceDetailLineIndicator", "InvoicePartner*", "DocumentReference?", "InvoiceIDInfo?", "PaymentProposalIDInfo?", "InvoiceDetailShipping?", "ShipNoticeIDInfo?", "PaymentTerm*", "InvoiceDetailPaymentTerm*", "PaymentInformation?", "Period?", "Comments?", "IdReference*", "Extrinsic*"], &["invoiceID!", "isInformationOnly", "purpose=standard|creditMemo|debitMemo|lineLevelCreditMemo|lineLevelDebitMemo", "operation=new|delete", "invoiceDate!", "invoiceOrigin=supplier|buyer", "isERS"]),
    parts("InvoiceDetailHeaderIndicator", &[], &["isHeaderInvoice", "isVatRecoverable", "priceAdjustmentIndicator"]),
    parts("InvoiceDetailLineIndicator", &[], &["isTaxInLine", "isSpecialHandlingInLine", "isShippingInLine", "isDiscountInLine", "isAccountingInLine", "isPriceAdjustmentInLine"]),
    parts("InvoicePartner", &["Contact", "IdReference*"], &[]),
    parts("PaymentTerm", &["Discount?", "Extrinsic*"], &["payInNumberOfDays!"]),
    parts("InvoiceDetailOrder", &["InvoiceDetailOrderInfo", "InvoiceDetailReceiptInfo?", "InvoiceDetailShipNoticeInfo?", "InvoiceDetailItem|InvoiceDetailServiceItem*"], &[]),
    parts("InvoiceDetailOrderInfo", &["OrderReference|MasterAgreementReference|MasterAgreementIDInfo|OrderIDInfo|SupplierOrderInfo"], &[]),
    parts("InvoiceDetailItem", &["UnitOfMeasure", "UnitPrice", "PriceBasisQuantity?", "InvoiceDetailItemReference", "ReceiptLineItemReference?", "ShipNoticeLineItemReference?", "SubtotalAmount?", "Tax?", "InvoiceDetailLineSpecialHandling?", "InvoiceDetailLineShipping?", "ShipNoticeIDInfo?", "GrossAmount?", "InvoiceDetailDiscount?", "InvoiceItemModifications?", "TotalCharges?", "TotalAllowances?", "TotalAmountWithoutTax?", "NetAmount?", "Distribution*", "Comments?", "Extrinsic*"], &["invoiceLineNumber!", "quantity!", "referenceDate", "inspectionDate", "parentInvoiceLineNumber", "itemType", "compositeItemType", "reason", "isAdHoc"]),
    parts("InvoiceDetailItemReference", &["ItemID?", "Description?", "Classification*", "ManufacturerPartID?", "ManufacturerName?", "Country?", "SerialNumber*"], &["lineNumber!", "serialNumber"]),
    parts("SubtotalAmount", &["Money"], &[]),
    parts("GrossAmount", &["Money"], &[]),
    parts("TotalAmountWithoutTax", &["Money"], &[]),
    parts("NetAmount", &["Money"], &[]),
    parts("DueAmount", &["Money"], &[]),
    parts("Tax", &["Money", "Description", "TaxDetail*", "Extrinsic*"], &[]),
    parts("TaxDetail", &["TaxableAmount?", "TaxAmount", "TaxLocation?", "TaxAdjustmentAmount?", "Description?", "TriangularTransactionLawReference?", "TaxRegime?", "Extrinsic*"], &["purpose", "category!", "percentageRate", "isVatRecoverable", "taxPointDate", "paymentDate", "isTriangularTransaction", "exemptDetail=zeroRated|exempt", "isWithholdingTax", "basePercentageRate", "isIncludedInPrice"]),
    parts("TaxableAmount", &["Money"], &[]),
    parts("TaxAmount", &["Money"], &[]),
    parts("InvoiceDetailSummary", &["SubtotalAmount", "Tax", "SpecialHandlingAmount?", "ShippingAmount?", "GrossAmount?", "InvoiceDetailDiscount?", "InvoiceHeaderModifications?", "InvoiceDetailSummaryLineItemModifications?", "TotalCharges?", "TotalAllowances?", "TotalAmountWithoutTax?", "NetAmount", "DepositAmount?", "DueAmount?"], &[]),
];

/// What is wrong with where things stand in a document, as a path and why; nothing where all is right.
pub fn check(element: &Element) -> Result<(), String> {
    let Some(model) = MODELS.iter().find(|model| model.name == element.name) else {
        // Of no use here: kept as it came.
        return Ok(());
    };
    check_attributes(model, element)?;
    match model.content {
        Holds::Any => return Ok(()),
        Holds::Text if element.elements().next().is_some() => {
            return Err(format!("{} holds a text alone", element.name));
        }
        Holds::Text => {}
        Holds::Parts(wanted) => check_parts(wanted, element)?,
    }
    for inner in element.elements() {
        check(inner)?;
    }
    Ok(())
}

fn check_attributes(model: &Model, element: &Element) -> Result<(), String> {
    for declared in model.attributes {
        let (name, values) = declared
            .split_once('=')
            .map_or((*declared, ""), |(name, values)| (name, values));
        let (name, is_needed) = name.strip_suffix('!').map_or((name, false), |name| (name, true));
        match element.attribute(name) {
            None if is_needed => return Err(format!("{} has no {name}", element.name)),
            Some(value) if !values.is_empty() && !values.split('|').any(|known| known == value) => {
                return Err(format!("{name} of {} is none of {values}", element.name));
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_parts(wanted: &[&str], element: &Element) -> Result<(), String> {
    let has_text = element
        .content
        .iter()
        .any(|content| matches!(content, super::Content::Text(text) if !text.trim().is_empty()));
    if has_text {
        return Err(format!("{} holds a text between its elements", element.name));
    }
    let mut inner = element.elements().peekable();
    for part in wanted {
        let (names, how_often) = match part.chars().last() {
            Some(sign @ ('?' | '*' | '+')) => (part.trim_end_matches(sign), sign),
            _ => (*part, '1'),
        };
        let is_one = |element: &&Element| names.split('|').any(|name| name == element.name);
        let mut found = 0_usize;
        while (found == 0 || matches!(how_often, '*' | '+')) && inner.peek().is_some_and(is_one) {
            inner.next();
            found = found.saturating_add(1);
        }
        if found == 0 && matches!(how_often, '1' | '+') {
            return Err(format!(
                "{} has no {} where it belongs",
                element.name,
                names.replace('|', " or ")
            ));
        }
    }
    match inner.next() {
        Some(more) => Err(format!("{} may not stand there in {}", more.name, element.name)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn verdict(xml: &str) -> Result<(), String> {
        check(&read(xml.as_bytes()).expect("well-formed"))
    }

    #[test]
    fn order_number_and_values_count() {
        let setup = |inner: &str| format!(r#"<PunchOutSetupRequest operation="create">{inner}</PunchOutSetupRequest>"#);
        let post = "<BrowserFormPost><URL>https://a.example/</URL></BrowserFormPost>";
        assert_eq!(verdict(&setup(&format!("<BuyerCookie>1</BuyerCookie>{post}"))), Ok(()));
        for wrong in [
            setup(post),
            setup(&format!("{post}<BuyerCookie>1</BuyerCookie>")),
            setup(&format!("<BuyerCookie/>{post}{post}")),
            setup("<BuyerCookie/>text"),
            setup("<BuyerCookie/><Odd/>"),
            r#"<PunchOutSetupRequest operation="steal"><BuyerCookie/></PunchOutSetupRequest>"#.to_owned(),
            "<PunchOutSetupRequest><BuyerCookie/></PunchOutSetupRequest>".to_owned(),
            "<UserAgent><b/></UserAgent>".to_owned(),
        ] {
            assert!(verdict(&wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            verdict(&setup(
                r#"<BuyerCookie><b/></BuyerCookie><Extrinsic name="x"><Any/>y</Extrinsic>"#
            )),
            Ok(())
        );
    }

    #[test]
    fn a_name_has_one_model() {
        for (place, model) in MODELS.iter().enumerate() {
            let again = MODELS.iter().skip(place + 1).any(|other| other.name == model.name);
            assert!(!again, "{}", model.name);
        }
    }
}
