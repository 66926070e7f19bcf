//! Factur-X, which is ZUGFeRD 2 too: a paper that has its invoice for programs in it. The typesetter attaches the file; its XMP
//! metadata can't be told of it, so the PDF gets a second edition of them behind its end, as PDF lets it be updated.

use crate::error::{Error, Result};

/// What the file is called, by the standard.
pub const FILE: &str = "factur-x.xml";

/// Stands behind the template of an invoice.
pub const ATTACHED: &str = r#"
#pdf.attach("factur-x.xml", read("factur-x.xml", encoding: none), relationship: "alternative", mime-type: "text/xml", description: "Factur-X")
"#;

/// What the names below mean (PDF/A extension schema).
const SCHEMA: &str = "<rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
    <rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>DocumentFileName</pdfaProperty:name>\
    <pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>\
    <pdfaProperty:description>name of the embedded XML invoice file</pdfaProperty:description></rdf:li>\
    <rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>DocumentType</pdfaProperty:name>\
    <pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>\
    <pdfaProperty:description>INVOICE</pdfaProperty:description></rdf:li>\
    <rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>Version</pdfaProperty:name>\
    <pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>\
    <pdfaProperty:description>version of the Factur-X XML schema</pdfaProperty:description></rdf:li>\
    <rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>ConformanceLevel</pdfaProperty:name>\
    <pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>\
    <pdfaProperty:description>conformance level of the Factur-X data</pdfaProperty:description></rdf:li>\
    </rdf:Seq></pdfaSchema:property></rdf:li>";
/// Which file it is and what is in it.
const DESCRIPTION: &str = "<rdf:Description rdf:about=\"\" xmlns:fx=\"urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#\">\
    <fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>\
    <fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>";
/// Bytes of an entry of the table of objects.
const ENTRY: usize = 20;

/// The PDF with metadata that tell of its file.
pub fn described(mut pdf: Vec<u8>) -> Result<Vec<u8>> {
    let update = update(&pdf).ok_or_else(|| Error::internal("a PDF that can't be updated"))?;
    pdf.extend(update);
    Ok(pdf)
}

/// The metadata once more, and where they are.
fn update(pdf: &[u8]) -> Option<Vec<u8>> {
    let table = number_behind(pdf, find_last(pdf, b"startxref\n")?, b"startxref\n")?;
    let catalog = find_last(pdf, b"/Metadata ")?;
    let id = number_behind(pdf, catalog, b"/Metadata ")?;
    let xmp = String::from_utf8(stream(pdf, offset(pdf, table, id)?)?.to_vec()).ok()?;
    let xmp = told(&xmp)?;
    let trailer = trailer(pdf, table)?;
    let mut update = b"\n".to_vec();
    let at = pdf.len().checked_add(1)?;
    update.extend(
        format!(
            "{id} 0 obj\n<<\n  /Length {}\n  /Type /Metadata\n  /Subtype /XML\n>>\nstream\n",
            xmp.len()
        )
        .bytes(),
    );
    update.extend(xmp.bytes());
    update.extend(b"\nendstream\nendobj\n");
    let next = pdf.len().checked_add(update.len())?;
    update.extend(
        format!("xref\n0 1\n0000000000 65535 f\r\n{id} 1\n{at:010} 00000 n\r\ntrailer\n<<\n  /Prev {table}").bytes(),
    );
    update.extend(trailer);
    update.extend(format!("\nstartxref\n{next}\n%%EOF\n").bytes());
    Some(update)
}

/// The metadata that tell of the file, too.
fn told(xmp: &str) -> Option<String> {
    let (head, rest) = xmp.split_once("</pdfaExtension:schemas>")?;
    let (schemas, _) = head.rsplit_once("</rdf:Bag>")?;
    let (body, end) = rest.rsplit_once("</rdf:RDF>")?;
    Some(format!(
        "{schemas}{SCHEMA}</rdf:Bag></pdfaExtension:schemas>{body}{DESCRIPTION}</rdf:RDF>{end}"
    ))
}

fn find_last(pdf: &[u8], wanted: &[u8]) -> Option<usize> {
    pdf.windows(wanted.len()).rposition(|window| window == wanted)
}

fn find(pdf: &[u8], wanted: &[u8]) -> Option<usize> {
    pdf.windows(wanted.len()).position(|window| window == wanted)
}

/// The number behind a mark.
fn number_behind(pdf: &[u8], at: usize, mark: &[u8]) -> Option<usize> {
    let rest = pdf.get(at.checked_add(mark.len())?..)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
    String::from_utf8(digits.copied().collect()).ok()?.parse().ok()
}

/// Where the object lies, by the table that begins at `table` with all objects.
fn offset(pdf: &[u8], table: usize, id: usize) -> Option<usize> {
    let rest = pdf.get(table..)?.strip_prefix(b"xref\n0 ")?;
    let entries = rest.get(find(rest, b"\n")?.checked_add(1)?..)?;
    let entry = entries.get(id.checked_mul(ENTRY)?..)?;
    String::from_utf8(entry.get(..10)?.to_vec()).ok()?.parse().ok()
}

/// What is in the stream of an object that is not packed.
fn stream(pdf: &[u8], at: usize) -> Option<&[u8]> {
    let object = pdf.get(at..)?;
    let begin = find(object, b"stream\n")?;
    let head = object.get(..begin)?;
    let length = number_behind(head, find(head, b"/Length ")?, b"/Length ")?;
    let from = begin.checked_add(b"stream\n".len())?;
    object.get(from..from.checked_add(length)?)
}

/// What stands in the trailer, with the end of it.
fn trailer(pdf: &[u8], table: usize) -> Option<&[u8]> {
    let rest = pdf.get(table..)?;
    let begin = find(rest, b"trailer\n<<")?.checked_add(b"trailer\n<<".len())?;
    let end = find_last(rest, b">>")?.checked_add(2)?;
    rest.get(begin..end)
}
