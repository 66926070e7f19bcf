//! Which error codes each operation answers with, for the API document. Most follow from an operation's form; those that
//! are its own stand here. A test that meets another one fails.

use serde_json::Value;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{OpenApi, RefOr};

use super::callers::{note, operations};
use crate::error::Code;

/// Operations and the codes that don't follow from their form.
#[rustfmt::skip]
const OWN: &[(&[&str], &[Code])] = &[
    (&["acceptInvitation"], &[Code::EmailTaken, Code::PasswordCommon, Code::PasswordPersonal, Code::TokenExpired, Code::TokenUnknown, Code::TokenUsed, Code::TokenWithdrawn]),
    (&["acceptOrderChange"], &[Code::AmountTooLarge, Code::ArticleEnded, Code::BeingPacked, Code::ChangeStateForbids, Code::DateInPast, Code::DuplicateKey, Code::EntitlementLines, Code::EntitlementUsedUp, Code::ExceedsStock, Code::NoPrice, Code::PriceOnRequest, Code::NotEntitled, Code::NotYetOrderable, Code::NothingAvailable, Code::NothingToChange, Code::NothingWouldBeLeft, Code::OneKeyNeeded, Code::OrderStateForbids, Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::SupplierIncomplete, Code::TooManyLines, Code::UnknownLine, Code::UnknownShipTo, Code::UnknownSku, Code::UnknownUnit]),
    (&["previewOrderChange", "previewSupplierOrderChange"], &[Code::AmountTooLarge, Code::ArticleEnded, Code::DateInPast, Code::DuplicateKey, Code::EntitlementLines, Code::EntitlementUsedUp, Code::ExceedsStock, Code::NoPrice, Code::PriceOnRequest, Code::NotEntitled, Code::NotYetOrderable, Code::NothingAvailable, Code::NothingToChange, Code::NothingWouldBeLeft, Code::OneKeyNeeded, Code::OrderStateForbids, Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::SupplierIncomplete, Code::TooManyLines, Code::UnknownLine, Code::UnknownShipTo, Code::UnknownSku, Code::UnknownUnit]),
    (&["changeOrder", "changeSupplierOrder"], &[Code::AmountTooLarge, Code::ArticleEnded, Code::BeingPacked, Code::ChangeOpen, Code::DateInPast, Code::DuplicateKey, Code::EntitlementLines, Code::EntitlementUsedUp, Code::ExceedsStock, Code::NoPrice, Code::PriceOnRequest, Code::NotEntitled, Code::NotYetOrderable, Code::NothingAvailable, Code::NothingToChange, Code::NothingWouldBeLeft, Code::OneKeyNeeded, Code::OrderStateForbids, Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::SupplierIncomplete, Code::TooManyLines, Code::UnknownLine, Code::UnknownShipTo, Code::UnknownSku, Code::UnknownUnit]),
    (&["previewSubstitute"], &[Code::AmountTooLarge, Code::ArticleEnded, Code::EntitlementLines, Code::EntitlementUsedUp, Code::ExceedsStock, Code::NoPrice, Code::PriceOnRequest, Code::NotEntitled, Code::NotYetOrderable, Code::NothingAvailable, Code::OrderStateForbids, Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::SupplierIncomplete, Code::TooManyLines, Code::UnknownSku, Code::PreconditionFailed]),
    (&["takeSubstitute"], &[Code::AmountTooLarge, Code::ArticleEnded, Code::EntitlementLines, Code::EntitlementUsedUp, Code::ExceedsStock, Code::NoPrice, Code::PriceOnRequest, Code::NotEntitled, Code::NotYetOrderable, Code::NothingAvailable, Code::OrderStateForbids, Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::SupplierIncomplete, Code::TooManyLines, Code::UnknownSku, Code::BeingPacked, Code::ChangeOpen]),
    (&["declineSubstitute", "withdrawSubstitute"], &[Code::ProposalDecided]),
    (&["proposeSubstitute"], &[Code::BadNumber, Code::OrderStateForbids, Code::UnknownSku]),
    (&["putOrderChoices"], &[Code::AccountClosed]),
    (&["refuseOrderChange", "withdrawOrderChange"], &[Code::ChangeStateForbids]),
    (&["acceptOrder"], &[Code::CreditExceeded, Code::OrderStateForbids]),
    (&["releaseOrder"], &[Code::OrderStateForbids, Code::ExceedsStock, Code::StepUpRequired]),
    (&["holdOrder"], &[Code::BeingPacked, Code::OrderStateForbids]),
    (&["addClient", "addClientOfSupplier"], &[Code::StepUpRequired, Code::TooManyClients]),
    (&["addClientAsStaff"], &[Code::AccountClosed, Code::StepUpRequired, Code::TooManyClients]),
    (&["addClientSecret", "addClientSecretAsStaff", "addClientSecretOfSupplier"], &[Code::ClientRevoked, Code::StepUpRequired, Code::TooManySecrets]),
    (&["addSupplierWebhookEndpoint", "addWebhookEndpoint"], &[Code::StepUpRequired, Code::TooManyEndpoints, Code::UnknownEventType, Code::UrlRefused]),
    (&["changeClient", "changeClientAsStaff", "changeClientOfSupplier"], &[Code::ClientRevoked, Code::StepUpRequired]),
    (&["changeSupplierWebhookEndpoint", "changeWebhookEndpoint"], &[Code::StepUpRequired, Code::UnknownEventType, Code::UrlRefused]),
    (&["disableSupplierWebhookEndpoint", "disableWebhookEndpoint", "enableSupplierWebhookEndpoint", "enableWebhookEndpoint", "replaySupplierWebhooks", "replayWebhooks", "resendSupplierWebhookDelivery", "resendWebhookDelivery", "testSupplierWebhookEndpoint", "testWebhookEndpoint"], &[Code::WebhookStateForbids]),
    (&["rotateSupplierWebhookSecret", "rotateWebhookSecret"], &[Code::StepUpRequired]),
    (&["putPunchout"], &[Code::AccountClosed, Code::DuplicateKey, Code::StepUpRequired, Code::UnknownSite, Code::UrlRefused]),
    (&["rotatePunchoutMacSecret", "rotatePunchoutOciSecret", "rotatePunchoutSecret"], &[Code::AccountClosed, Code::StepUpRequired]),
    (&["resendPunchoutDocument"], &[Code::PunchoutDocumentWaits]),
    (&["keepPunchoutSecret", "removePunchout"], &[Code::StepUpRequired]),
    (&["createContract"], &[Code::BadDate, Code::BadNumber, Code::DuplicateKey, Code::LookAlike, Code::UnknownAccount, Code::UnknownCurrency, Code::WrongCurrency]),
    (&["changeContract"], &[Code::BadDate, Code::BadNumber, Code::ContractStateForbids]),
    (&["putCommitments"], &[Code::BadNumber, Code::ContractStateForbids, Code::DuplicateKey, Code::UnknownSku]),
    (&["acceptContract", "countersignContract", "offerContract", "removeContract", "terminateContract"], &[Code::ContractStateForbids]),
    (&["getContractPdf", "getSupplierContractPdf"], &[Code::SupplierIncomplete]),
    (&["addQuota"], &[Code::BadNumber, Code::DuplicateKey, Code::LookAlike, Code::QuantityInvalid, Code::UnknownAccount, Code::UnknownSku]),
    (&["changeQuota"], &[Code::BadNumber, Code::QuantityInvalid]),
    (&["putAllocationMode"], &[Code::UnknownSku]),
    (&["previewAllocation"], &[Code::QuantityInvalid, Code::UnknownSku, Code::UnknownWarehouse]),
    (&["overruleAllocation"], &[Code::BeingPacked, Code::OrderStateForbids, Code::QuantityInvalid, Code::UnknownLine]),
    (&["addContact"], &[Code::DuplicateKey, Code::UnknownSite]),
    (&["addContactAsStaff"], &[Code::AccountClosed, Code::DuplicateKey, Code::UnknownSite]),
    (&["addSite"], &[Code::AccountClosed, Code::DuplicateKey, Code::UnknownCountry]),
    (&["applyImport"], &[Code::ImportStateForbids, Code::RoleNotAllowed, Code::StepUpRequired]),
    (&["endSession"], &[Code::StepUpRequired]),
    (&["erasePerson"], &[Code::StepUpRequired]),
    (&["beginSecondFactor"], &[Code::SecondFactorSet, Code::StepUpRequired]),
    (&["importBankStatement"], &[Code::UnreadableFile]),
    (&["bookBankEntry"], &[Code::BankEntryStateForbids, Code::DuplicateKey, Code::NothingToRefund, Code::PaymentRefunded, Code::PaymentReversed, Code::UnknownAccount, Code::UnknownInvoice, Code::WrongCurrency]),
    (&["ignoreBankEntry"], &[Code::BankEntryStateForbids]),
    (&["reopenBankEntry"], &[Code::BankEntryStateForbids, Code::PaymentRefunded]),
    (&["bookPayment"], &[Code::DuplicateKey, Code::UnknownAccount, Code::UnknownInvoice, Code::UnknownReminder, Code::WrongCurrency]),
    (&["bookReceipt"], &[Code::QuantityInvalid, Code::UnknownExpectedReceipt, Code::UnknownSku, Code::UnknownWarehouse]),
    (&["addExpectedReceipt"], &[Code::BadDate, Code::BadNumber, Code::DuplicateKey, Code::QuantityInvalid, Code::UnknownSku, Code::UnknownWarehouse]),
    (&["getAvailability"], &[Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::UnknownSite, Code::UnknownUnit]),
    (&["addCalendar"], &[Code::BadNumber, Code::DuplicateKey, Code::LookAlike, Code::UnknownAccount, Code::UnknownSite, Code::UnknownWarehouse]),
    (&["changeCalendar"], &[Code::BadNumber]),
    (&["changeExpectedReceipt"], &[Code::BadDate, Code::BadNumber, Code::BelowReceived, Code::ExpectedReceiptClosed, Code::QuantityInvalid]),
    (&["cancelBulkJob", "cancelBulkJobAsStaff"], &[Code::BulkStateForbids]),
    (&["sendAccounts", "sendAssortments", "sendContacts", "sendEarlyAccess", "sendEntitlements", "sendExpectedReceipts", "sendPriceLists", "sendPrices", "sendProducts", "sendSites", "sendStock", "sendSubstitutes", "sendSupplier", "sendTaxRates", "sendTeam", "sendUnits"], &[Code::DuplicateColumn, Code::InvalidUtf8, Code::MissingColumn, Code::StepUpRequired, Code::TooManyJobs, Code::UnknownColumn]),
    (&["sendAccountOrders", "sendOrders"], &[Code::TooManyJobs]),
    (&["cancelOrder", "cancelSupplierOrder"], &[Code::BeingPacked, Code::OrderNotCancellable]),
    (&["cancelRestOfOrder", "cancelRestOfSupplierOrder"], &[Code::BeingPacked, Code::OrderNotCancellable, Code::QuantityInvalid, Code::QuantityNotWhole, Code::UnknownLine]),
    (&["changeAccount"], &[Code::AccountClosed, Code::BadDate, Code::BadNumber, Code::StepUpRequired, Code::StillInUse, Code::UnknownCountry, Code::UnknownCurrency, Code::UnknownTimeZone]),
    (&["changeAssortmentRow"], &[Code::PartNumberUsed]),
    (&["changeContact", "chooseNotifications"], &[Code::UnknownSite]),
    (&["changeContactAsStaff"], &[Code::AccountClosed, Code::UnknownSite]),
    (&["changeMember"], &[Code::LastAdmin, Code::StepUpRequired, Code::UnknownSite]),
    (&["changeMemberAsStaff"], &[Code::AccountClosed, Code::LastAdmin, Code::StepUpRequired, Code::UnknownSite]),
    (&["changePassword"], &[Code::PasswordCommon, Code::PasswordPersonal, Code::WrongPassword]),
    (&["addDiscount"], &[Code::BadDate, Code::BadNumber, Code::DuplicateKey, Code::LookAlike, Code::StepUpRequired, Code::UnknownAccount, Code::UnknownCurrency]),
    (&["putDiscount"], &[Code::BadDate, Code::BadNumber, Code::StepUpRequired, Code::UnknownAccount, Code::UnknownCurrency]),
    (&["addOrderMinimum"], &[Code::BadNumber, Code::DuplicateKey, Code::StepUpRequired, Code::UnknownAccount]),
    (&["putOrderMinimum"], &[Code::BadNumber, Code::StepUpRequired]),
    (&["removeDiscount", "removeOrderMinimum"], &[Code::StepUpRequired]),
    (&["changePriceList"], &[Code::StepUpRequired, Code::UnknownContract]),
    (&["changeProduct"], &[Code::ExclusiveArticle, Code::StillInUse]),
    (&["changeSite"], &[Code::AccountClosed, Code::UnknownCountry]),
    (&["changeUnit"], &[Code::BadDate, Code::BadNumber, Code::GtinUsed, Code::StillInUse]),
    (&["removeUnit"], &[Code::StillInUse]),
    (&["addClaimFiles", "addSupplierClaimFiles"], &[Code::ClaimStateForbids, Code::FileRefused, Code::TooManyFiles]),
    (&["decideClaim"], &[Code::ClaimStateForbids, Code::DuplicateKey, Code::QuantityInvalid, Code::QuantityNotWhole, Code::UnknownLine]),
    (&["fileClaim"], &[Code::DuplicateKey, Code::QuantityInvalid, Code::QuantityNotWhole, Code::TooManyLines, Code::UnknownInvoice, Code::UnknownLine, Code::UnknownShipment]),
    (&["announceReturn"], &[Code::ClaimStateForbids, Code::DuplicateKey, Code::QuantityInvalid, Code::QuantityNotWhole, Code::TooManyLines, Code::UnknownClaim, Code::UnknownLine, Code::UnknownShipment]),
    (&["closeReturn", "receiveReturn"], &[Code::ReturnStateForbids]),
    (&["creditReturn"], &[Code::AmountTooLarge, Code::ClaimStateForbids, Code::DuplicateKey, Code::NothingToCredit, Code::QuantityInvalid, Code::QuantityNotWhole, Code::ReturnStateForbids, Code::TooManyLines, Code::UnknownLine]),
    (&["inspectReturn"], &[Code::DuplicateKey, Code::QuantityInvalid, Code::ReturnStateForbids, Code::UnknownLine, Code::UnknownWarehouse]),
    (&["getReturnPdf", "getSupplierReturnPdf"], &[Code::SupplierIncomplete]),
    (&["putClaimTerms"], &[Code::UnknownAccount]),
    (&["reviewClaim", "withdrawClaim"], &[Code::ClaimStateForbids]),
    (&["settleClaim"], &[Code::AmountTooLarge, Code::ClaimStateForbids, Code::NothingToCredit, Code::PoNumberUsed]),
    (&["confirm"], &[Code::WrongPassword]),
    (&["confirmSecondFactor"], &[Code::SecondFactorNone, Code::StepUpRequired, Code::WrongCode]),
    (&["removeSecondFactor"], &[Code::SecondFactorNone, Code::WrongCode]),
    (&["changePrice"], &[Code::BelowFloor, Code::ReasonNeeded, Code::StepUpRequired]),
    (&["removePrice"], &[Code::StepUpRequired]),
    (&["getProgramValue"], &[Code::Required, Code::UnknownAccount]),
    (&["resetStaffSecondFactor"], &[Code::SecondFactorNone, Code::SecondFactorOwn, Code::StepUpRequired]),
    (&["keepCost"], &[Code::BadDate, Code::BadNumber, Code::StepUpRequired, Code::UnknownCurrency, Code::UnknownSku]),
    (&["removeCost"], &[Code::StepUpRequired]),
    (&["putMarginFloors"], &[Code::BadNumber, Code::DuplicateKey, Code::StepUpRequired]),
    (&["createPriceChange"], &[Code::DateInPast, Code::StepUpRequired]),
    (&["planPriceChange"], &[Code::DateInPast, Code::PriceChangeStateForbids, Code::StepUpRequired]),
    (&["putPriceChangeRows"], &[Code::BadNumber, Code::DuplicateKey, Code::PriceChangeStateForbids, Code::StepUpRequired, Code::TooManyLines, Code::UnknownPriceList, Code::UnknownSku, Code::UnknownUnit]),
    (&["clearPriceChangeRows"], &[Code::PriceChangeStateForbids, Code::StepUpRequired]),
    (&["addPriceChangeRule"], &[Code::PriceChangeStateForbids, Code::StepUpRequired, Code::TooManyLines, Code::UnknownPriceList]),
    (&["startPriceChangePreview"], &[Code::PriceChangeStateForbids, Code::Required]),
    (&["submitPriceChange"], &[Code::BelowFloor, Code::DateInPast, Code::PriceChangeStateForbids, Code::StepUpRequired]),
    (&["approvePriceChange"], &[Code::BelowFloor, Code::DateInPast, Code::OwnPriceChange, Code::PriceChangeStateForbids, Code::StepUpRequired]),
    (&["rejectPriceChange", "rollBackPriceChange"], &[Code::PriceChangeStateForbids, Code::StepUpRequired]),
    (&["createPrice"], &[Code::BadDate, Code::BadNumber, Code::BelowFloor, Code::DuplicateKey, Code::ReasonNeeded, Code::StepUpRequired, Code::UnknownPriceList, Code::UnknownSku, Code::UnknownUnit]),
    (&["createPriceList"], &[Code::BadNumber, Code::DuplicateKey, Code::LookAlike, Code::StepUpRequired, Code::UnknownAccount, Code::UnknownCurrency, Code::WrongCurrency, Code::UnknownContract]),
    (&["createProduct"], &[Code::BadGtin, Code::BadNumber, Code::DuplicateKey, Code::GtinUsed, Code::LookAlike, Code::UnknownAccount, Code::UnknownTaxRate]),
    (&["createShipment"], &[Code::CreditExceeded, Code::BeingPacked, Code::ShipsComplete, Code::DuplicateKey, Code::NotInShipment, Code::NotReserved, Code::NothingToShip, Code::OrderStateForbids, Code::PackingIncomplete, Code::QuantityInvalid, Code::QuantityNotWhole, Code::SupplierIncomplete, Code::UnknownLine, Code::UnknownOrder]),
    (&["createConsignment"], &[Code::BeingPacked, Code::DuplicateKey, Code::NotInShipment, Code::NotReserved, Code::NothingToShip, Code::OrderStateForbids, Code::PackingIncomplete, Code::QuantityInvalid, Code::QuantityNotWhole, Code::ShipsComplete, Code::SupplierIncomplete, Code::UnknownLine, Code::UnknownOrder]),
    (&["correctConsignment", "deliverConsignment"], &[Code::ShipmentStateForbids]),
    (&["addConsignmentProof"], &[Code::FileRefused, Code::ShipmentStateForbids, Code::TooManyFiles]),
    (&["packShipment", "packConsignment"], &[Code::DuplicateKey, Code::NotInShipment, Code::QuantityInvalid, Code::QuantityNotWhole, Code::ShipmentStateForbids, Code::SupplierIncomplete, Code::UnknownLine]),
    (&["packPacking"], &[Code::DuplicateKey, Code::NotInShipment, Code::PackingStateForbids, Code::QuantityInvalid, Code::QuantityNotWhole, Code::SupplierIncomplete, Code::UnknownLine]),
    (&["changePackage"], &[Code::DuplicateKey, Code::NotInShipment, Code::PackingStateForbids, Code::QuantityInvalid, Code::QuantityNotWhole, Code::ShipmentStateForbids, Code::UnknownLine]),
    (&["removePackage"], &[Code::PackingStateForbids, Code::ShipmentStateForbids]),
    (&["openPacking"], &[Code::CreditExceeded, Code::BeingPacked, Code::DuplicateKey, Code::NotReserved, Code::NothingToShip, Code::OrderStateForbids, Code::QuantityInvalid, Code::QuantityNotWhole, Code::UnknownLine, Code::UnknownOrder]),
    (&["getPackageLabel", "getConsignmentLabels", "getPackingLabels", "getShipmentLabels"], &[Code::ShipmentStateForbids, Code::SupplierIncomplete]),
    (&["correctPacking"], &[Code::DuplicateKey, Code::NotInShipment, Code::NotReserved, Code::OrderStateForbids, Code::PackingStateForbids, Code::QuantityInvalid, Code::QuantityNotWhole, Code::UnknownLine]),
    (&["cancelPacking"], &[Code::PackingStateForbids]),
    (&["dispatchPacking"], &[Code::CreditExceeded, Code::ShipsComplete, Code::NotReserved, Code::OrderStateForbids, Code::PackingIncomplete, Code::PackingStateForbids]),
    (&["correctShipment"], &[Code::ShipmentStateForbids]),
    (&["addDeliveryProof"], &[Code::FileRefused, Code::ShipmentStateForbids, Code::TooManyFiles]),
    (&["addCarrier"], &[Code::DuplicateKey]),
    (&["putShippingSettings"], &[Code::SupplierIncomplete]),
    (&["putDeliveryWindows"], &[Code::AccountClosed]),
    (&["putAccountCredit"], &[Code::AccountClosed, Code::BadDate, Code::BadNumber, Code::StepUpRequired, Code::UnknownAccount, Code::WrongCurrency]),
    (&["putCreditSettings"], &[Code::StepUpRequired]),
    (&["getPickListPdf"], &[Code::NothingToShip, Code::Required, Code::TooManyLines, Code::UnknownWarehouse]),
    (&["createUnit"], &[Code::BadDate, Code::BadNumber, Code::DuplicateKey, Code::GtinUsed, Code::LookAlike, Code::UnknownAccount]),
    (&["deliverShipment"], &[Code::ShipmentStateForbids]),
    (&["invite"], &[Code::AlreadyMember, Code::StepUpRequired]),
    (&["inviteAsStaff"], &[Code::AccountClosed, Code::AlreadyMember, Code::StepUpRequired]),
    (&["correctInvoice", "previewInvoiceCorrection"], &[Code::AmountTooLarge, Code::EinvoiceRefused, Code::InvoiceNotCorrectable, Code::NothingToCredit, Code::SupplierIncomplete]),
    (&["previewPriceCorrection"], &[Code::AmountTooLarge, Code::PriceCorrectionTooLarge, Code::UnknownAccount]),
    (&["releasePriceCorrection"], &[Code::AmountTooLarge, Code::EinvoiceRefused, Code::NothingToCredit, Code::PriceCorrectionStateForbids]),
    (&["discardPriceCorrection"], &[Code::PriceCorrectionStateForbids]),
    (&["issueCreditNote"], &[Code::AmountTooLarge, Code::DuplicateKey, Code::NothingToCredit, Code::QuantityInvalid, Code::QuantityNotWhole, Code::UnknownInvoice, Code::UnknownLine]),
    (&["applyCreditNote"], &[Code::UnknownInvoice]),
    (&["addRebateAgreement"], &[Code::BadDate, Code::BadNumber, Code::DuplicateKey, Code::LookAlike, Code::UnknownAccount, Code::UnknownCurrency, Code::UnknownSku, Code::WrongCurrency]),
    (&["changeRebateAgreement"], &[Code::BadDate, Code::BadNumber, Code::DuplicateKey]),
    (&["approveRebateSettlement"], &[Code::AmountTooLarge, Code::EinvoiceRefused, Code::NothingToCredit, Code::RebateSettlementStateForbids]),
    (&["settleRebate"], &[Code::AmountTooLarge, Code::NothingToCredit, Code::RebatePaid, Code::UnknownAccount]),
    (&["applyPayment"], &[Code::DuplicateKey, Code::PaymentReversed, Code::UnknownInvoice, Code::UnknownReminder]),
    (&["bookRefund"], &[Code::NothingToRefund, Code::UnknownAccount, Code::WrongCurrency]),
    (&["reverseRefund"], &[Code::BankEntryStateForbids, Code::RefundReversed]),
    (&["bookWriteOff"], &[Code::NothingOpen, Code::UnknownInvoice]),
    (&["reverseWriteOff"], &[Code::WriteOffReversed]),
    (&["putSettlementSettings"], &[Code::DuplicateKey, Code::UnknownCurrency]),
    (&["getCreditNoteCii", "getCreditNoteFacturX", "getCreditNoteUbl", "getInvoiceCii", "getInvoiceFacturX", "getInvoiceUbl", "getSupplierCreditNoteCii", "getSupplierCreditNoteFacturX", "getSupplierCreditNoteUbl", "getSupplierInvoiceCii", "getSupplierInvoiceFacturX", "getSupplierInvoiceUbl"], &[Code::EinvoiceIncomplete]),
    (&["addEarlyAccess"], &[Code::BadDate, Code::DuplicateKey, Code::UnknownAccount, Code::UnknownSku]),
    (&["putEarlyAccess"], &[Code::BadDate]),
    (&["addSubstitute"], &[Code::BadNumber, Code::DuplicateKey, Code::UnknownSku]),
    (&["putSubstitute"], &[Code::BadNumber]),
    (&["addEntitlement"], &[Code::BadNumber, Code::DuplicateKey, Code::UnknownAccount]),
    (&["putEntitlement"], &[Code::BadNumber]),
    (&["addReminderPolicy"], &[Code::DuplicateKey, Code::UnknownCurrency]),
    (&["putReminderPolicy"], &[Code::UnknownCurrency]),
    (&["putAccountReminders", "putReminderSettings"], &[Code::UnknownReminderPolicy]),
    (&["recordPromise"], &[Code::UnknownAccount, Code::UnknownInvoice]),
    (&["takeOutOfReminderRun"], &[Code::ReminderRunStateForbids, Code::UnknownAccount, Code::UnknownInvoice]),
    (&["dropReminderRun", "releaseReminderRun"], &[Code::ReminderRunStateForbids]),
    (&["disputeInvoice", "undisputeInvoice"], &[Code::DisputeStateForbids]),
    (&["waiveReminder"], &[Code::NothingToWaive]),
    (&["issueInvoice"], &[Code::AlreadyInvoiced, Code::EinvoiceRefused, Code::SupplierIncomplete, Code::UnknownShipment]),
    (&["listAssortment"], &[Code::Required, Code::UnknownAccount]),
    (&["exportSupplierInvoices", "exportSupplierOrders", "exportSupplierPrices", "listAuditEntries"], &[Code::UnknownAccount]),
    (&["listOrders"], &[Code::WrongType]),
    (&["listPrices"], &[Code::Required, Code::UnknownPriceList]),
    (&["login"], &[Code::InvalidCredentials, Code::SecondFactorRequired]),
    (&["lookUpInvitation"], &[Code::TokenExpired, Code::TokenUnknown, Code::TokenUsed, Code::TokenWithdrawn]),
    (&["openAccount"], &[Code::DuplicateKey, Code::LookAlike, Code::StepUpRequired, Code::UnknownCountry, Code::UnknownCurrency]),
    (&["placeOrder", "previewOrder"], &[Code::NothingAvailable, Code::OrderBelowMinimum, Code::AmountTooLarge, Code::ArticleEnded, Code::DateInPast, Code::EntitlementLines, Code::EntitlementUsedUp, Code::ExceedsStock, Code::NoPrice, Code::PriceOnRequest, Code::NotEntitled, Code::NotYetOrderable, Code::OneKeyNeeded, Code::PoNumberUsed, Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::TooManyLines, Code::UnknownShipTo, Code::UnknownSku, Code::UnknownUnit, Code::CreditExceeded]),
    (&["putAssortment"], &[Code::DuplicateKey, Code::GtinUsed, Code::PartNumberUsed, Code::UnknownSku]),
    (&["splitQuantities"], &[Code::ArticleEnded, Code::OneKeyNeeded, Code::QuantityInvalid, Code::QuantityNotWhole, Code::TooManyLines, Code::UnknownSku]),
    (&["quote"], &[Code::AmountTooLarge, Code::ArticleEnded, Code::NoPrice, Code::PriceOnRequest, Code::NotYetOrderable, Code::OneKeyNeeded, Code::QuantityAboveMaximum, Code::QuantityBelowMinimum, Code::QuantityInvalid, Code::QuantityNotMultiple, Code::QuantityNotWhole, Code::TooManyLines, Code::UnknownSku, Code::UnknownUnit]),
    (&["refresh"], &[Code::InvalidRefreshToken]),
    (&["removeMember", "removeMemberAsStaff"], &[Code::LastAdmin]),
    (&["addSandbox"], &[Code::AccountClosed, Code::SandboxStateForbids]),
    (&["addSandboxClient"], &[Code::NotFound, Code::StepUpRequired, Code::TooManyClients]),
    (&["getSandbox", "advanceSandbox", "listSandboxFailures", "makeSandboxFail", "getConformance"], &[Code::NotFound]),
    (&["actInSandbox"], &[Code::NothingToShip, Code::OrderNotCancellable, Code::OrderStateForbids, Code::SupplierIncomplete]),
    (&["beginScenario"], &[Code::NotFound, Code::NothingToShip, Code::OrderNotCancellable, Code::OrderStateForbids, Code::SandboxStateForbids]),
    (&["resetSandbox"], &[Code::SandboxStateForbids]),
    (&["renewRecoveryCodes"], &[Code::SecondFactorNone, Code::StepUpRequired, Code::WrongCode]),
    (&["resetMemberSecondFactorAsStaff"], &[Code::SecondFactorNone, Code::StepUpRequired]),
    (&["replaceTeam"], &[Code::BadNumber, Code::DuplicateKey, Code::UnknownPerson]),
    (&["resendMessage"], &[Code::MessageDue]),
    (&["resetMemberSecondFactor"], &[Code::SecondFactorNone, Code::SecondFactorOwn, Code::StepUpRequired]),
    (&["resetPassword"], &[Code::PasswordCommon, Code::PasswordPersonal, Code::TokenExpired, Code::TokenUnknown, Code::TokenUsed, Code::TokenWithdrawn]),
    (&["reversePayment"], &[Code::PaymentRefunded, Code::PaymentReversed]),
    (&["signInWithCode"], &[Code::ChallengeOver, Code::WrongCode]),
];

/// Adds to each operation its codes, in the order of their table.
pub fn describe(api: &mut OpenApi) {
    for (path, item) in &mut api.paths.paths {
        for (_, operation) in operations(item) {
            let mut codes = of_form(path, operation);
            codes.extend(of_its_own(operation));
            let all = Code::ALL.iter().filter(|code| codes.contains(code));
            let names: Vec<_> = all.map(|code| Value::from(code.name())).collect();
            note(operation, "error_codes", names);
        }
    }
}

fn of_its_own(operation: &Operation) -> impl Iterator<Item = Code> {
    let id = operation.operation_id.clone().unwrap_or_default();
    let own = OWN.iter().filter(move |(ids, _)| ids.contains(&id.as_str()));
    own.flat_map(|(_, codes)| codes.iter().copied())
}

/// What follows from a path, parameters and a body.
fn of_form(path: &str, operation: &Operation) -> Vec<Code> {
    let has = |place: ParameterIn, name: Option<&str>| {
        let is_it = |parameter: &_| match parameter {
            RefOr::T(utoipa::openapi::path::Parameter {
                parameter_in,
                name: its,
                ..
            }) => *parameter_in == place && name.is_none_or(|name| its == name),
            RefOr::Ref(_) => false,
        };
        operation.parameters.iter().flatten().any(is_it)
    };
    let is_public = operation
        .security
        .as_ref()
        .is_some_and(|ways| ways.is_empty() || ways.contains(&SecurityRequirement::default()));
    let takes_body = operation.request_body.is_some();
    let takes_query = has(ParameterIn::Query, None);
    let by_form: [(bool, &[Code]); 10] = [
        (
            true,
            &[Code::BadRequest, Code::Throttled, Code::Internal, Code::Unavailable],
        ),
        (
            !is_public,
            &[
                Code::Unauthenticated,
                Code::Forbidden,
                Code::SecondFactorMissing,
                Code::InsufficientScope,
                Code::PeopleOnly,
                Code::NetworkNotAllowed,
            ],
        ),
        (path.contains('{'), &[Code::NotFound]),
        (
            takes_body,
            &[
                Code::MalformedJson,
                Code::RequestTimeout,
                Code::PayloadTooLarge,
                Code::UnsupportedMediaType,
                Code::Required,
                Code::WrongType,
                Code::ValueTooLong,
            ],
        ),
        (
            takes_body || takes_query,
            &[Code::ValidationFailed, Code::UnknownField, Code::ValueInvalid],
        ),
        (takes_query, &[Code::WrongType, Code::ValueTooLong]),
        (
            has(ParameterIn::Query, Some("cursor")) || has(ParameterIn::Query, Some("after")),
            &[Code::CursorInvalid],
        ),
        (
            has(ParameterIn::Query, Some("updated_since")),
            &[Code::UpdatedSinceForgotten],
        ),
        (
            has(ParameterIn::Header, Some("If-Match")),
            &[Code::PreconditionRequired, Code::PreconditionFailed],
        ),
        (
            has(ParameterIn::Header, Some("Idempotency-Key")),
            &[
                Code::IdempotencyKeyRequired,
                Code::IdempotencyKeyReused,
                Code::RequestInProgress,
            ],
        ),
    ];
    let applying = by_form.into_iter().filter(|(applies, _)| *applies);
    applying.flat_map(|(_, codes)| codes.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::document;
    use super::*;
    use crate::http::openapi;

    #[test]
    fn each_operation_stands_once_and_is_there() {
        let api = document();
        let ids: BTreeSet<_> = api
            .paths
            .paths
            .values()
            .flat_map(openapi::operations)
            .filter_map(|(_, operation)| operation.operation_id.as_deref())
            .collect();
        let mut named: Vec<_> = OWN.iter().flat_map(|(ids, _)| ids.iter().copied()).collect();
        named.sort();
        assert!(named.is_sorted_by(|one, next| one < next), "{named:?}");
        for id in named {
            assert!(ids.contains(id), "{id}");
        }
    }
}
