#!/usr/bin/env python3
"""Writes what fuzzing begins with: small sound inputs of each kind, and those that once hurt.

    fuzz/seeds.py           # into fuzz/corpus/TARGET/
"""
import io
import pathlib
import zipfile

CORPUS = pathlib.Path(__file__).parent / "corpus"
PART = b"\x1e"


def cell(name, text):
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def row(number, *texts):
    cells = b"".join(cell(f"{'ABCDEFGH'[place]}{number}", text) for place, text in enumerate(texts))
    return b'<row r="%d">%s</row>' % (number, cells)


def archive(files, compression=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as out:
        for name, text in files.items():
            out.writestr(zipfile.ZipInfo(name), text)
    return packed.getvalue()


def workbooks():
    strings = b'count="2"><si><t>NW-40012</t></si><si><r><t>Gate</t></r><r><t> 4</t></r></si>'
    dates = b'<numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>'
    zeros = b'<numFmts><numFmt numFmtId="165" formatCode="000000"/></numFmts><cellXfs><xf/><xf numFmtId="165"/></cellXfs>'
    plain = row(1, "SKU", "Qty") + row(2, "NW-40012", "16")
    yield "plain", PART.join([plain, b">", b"", b"", b""])
    yield "strings", PART.join([b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>16</v></c></row>', strings, b"", b"", b""])
    yield "date", PART.join([b'<row r="1"><c r="A1" s="1"><v>46307</v></c></row>', b">", dates, b"", plain])
    yield "zeros", PART.join([b'<row r="1"><c r="A1" s="1"><v>4711</v></c></row>', b">", zeros, b"", b""])
    yield "since_1904", PART.join([plain, b">", b"", b'<workbookPr date1904="1"/>', b""])
    yield "hidden", PART.join([b'<row r="1" hidden="1">' + cell("A1", "x") + b"</row>", b">", b"", b"", b""])
    yield "formula", PART.join([b'<row r="1"><c r="A1"><f t="shared" si="4294967295">B1</f><v>1</v></c></row>', b">", b"", b"", b""])
    yield "declared", PART.join([plain, b'count="4294967295" uniqueCount="4294967295">', b"", b"", b""])
    yield "far", PART.join([b'<row r="1048576">' + cell("XFD1048576", "x") + b"</row>", b">", b"", b"", b""])
    yield "entity", PART.join([b'<row r="1">' + cell("A1", "&amp;&#x41;&laughs;") + b"</row>", b">", b"", b"", b""])


def archives():
    yield "csv", b"sku,name,base_unit,decimals,tax_category\nBOLT,Bolt,H87,0,S\n"
    yield "folder", archive({"in/products.csv": "sku,name\nA,B\n", "in/prices.csv": "price_list,sku\nBASE,A\n"})
    yield "stored", archive({"stock.csv": "warehouse,sku,on_hand\nN,A,1\n"}, zipfile.ZIP_STORED)
    yield "bomb", archive({"zeros.csv": "0" * 200_000})
    yield "twice", archive({"a/prices.csv": "x", "b/prices.csv": "y"})
    yield "climbs", archive({"../../etc/passwd": "x"})
    yield "html", b"<!DOCTYPE html><table><tr><td>A</td></tr></table>"
    yield "rtf", b"{\\rtf1 A}"
    yield "pdf", b"%PDF-1.7\n"


def csv():
    yield "plain", b'code,name,days,price\nA,"a, ""b""\nc",1,12.50\r\nB,b,,\n'
    yield "semicolons", b"code;name;price\nA;b;1.234,50\nB;c;1.000\n"
    yield "tabs", b"code\tname\nA\tb\n"
    yield "bom", b"\xef\xbb\xbfcode,name\nA,b\n"
    yield "excel", b'code,name,price,,,\n"=""00123""",a,4.01E+12,,,\n4711.0,b,1,,,\n,,,,,\n'
    yield "open", b'code,name\nA,"open\nB,b\n'
    yield "comma", b",code;name;price\nA;b;1,5\n"
    yield "days", b"code,name,day,flag,category\nA,b,2026-11-30,true,S\nB,c,30.11.2026,perhaps,?\n"


def lists():
    yield "tabs", "Artikel\tMenge\nNW-40012\t16\nNW-40020\t40\tKarton\n".encode()
    yield "blanks", "16x NW-40012\nNW-2 4 cartons\nNW-40012 5 500 pcs\nHB-0840 M8 x 40\n".encode()
    yield "two_readings", "PK-1\t1.000\nPK-2\t1,5\nPK-3\t1\u00a0000\n".encode()
    yield "amounts", b"SKU;Amount;Qty\nGR-15;84.00;40\n"
    yield "signs", "GR-\u200b1\uff11\t\u00bd\n\u202eabc\t\ufb01\n\u1e9e\t\u00df\n".encode()
    yield "quotes", b'"a ""b""\nc";2\n"open;3\n'
    yield "mail", "M\u00fcller <orders@nord.example>\n30.11.2026\n12,5 %\n".encode()


def forms():
    kind = b"multipart/form-data; boundary=b\n"
    field = b'--b\r\nContent-Disposition: form-data; name="draft"\r\n\r\n\r\n'
    file = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\nA;1\r\n'
    yield "whole", kind + field + file + b"--b--\r\n"
    yield "open", kind + field + file
    yield "headless", kind + b"--b\r\n\r\nx\r\n--b--\r\n"
    yield "nested", b"multipart/form-data; boundary=\"a b\"\n--a b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--a b--\r\n"
    yield "plain", b"application/x-www-form-urlencoded\na=1&b=%E2%82%AC&next=%2Forders&c=%00"
    yield "many", b"application/x-www-form-urlencoded\n" + b"&".join(b"f=1" for _ in range(200))


def cursors():
    yield "cursor", b"eyJmIjoiMTIzIiwiayI6WyJBIiwxXX0"
    yield "product", b"prd_0BGK1J3Z00004"
    yield "order", b"ord_0BGK1J3Z00004"
    yield "gtin", b"4006381333931"
    yield "number", b"-123456789.000001"
    yield "words", "M8x40 S\u00f6hne NW-40012".encode()


def statements():
    yield "mt940", (
        b":20:STARTUMSE\r\n:25:37040044/532013000\r\n:28C:1/1\r\n:60F:C261101EUR100,00\r\n"
        b":61:2611021102C50,00NTRFNONREF\r\n:86:166?00GUTSCHRIFT?20RF18539007547034?32ACME\r\n:62F:C261102EUR150,00\r\n-\r\n"
    )
    yield "camt", (
        b'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
        b"<Id>1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        b'<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-01</Dt></Dt></Bal>'
        b'<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-02</Dt></BookgDt></Ntry>'
        b"</Stmt></BkToCstmrStmt></Document>"
    )
    yield "csv", b"Date;Amount;Reference\n02.11.2026;1.234,50;RF18539007547034\n"
    yield "entity", b'<!DOCTYPE d [<!ENTITY a "&a;">]><Document>&a;</Document>'


def documents():
    yield "setup", (
        b'<?xml version="1.0"?><cXML payloadID="1@a" timestamp="2026-11-30T10:00:00Z"><Header><From><Credential domain="DUNS">'
        b"<Identity>1</Identity></Credential></From></Header><Request><PunchOutSetupRequest operation=\"create\">"
        b"<BuyerCookie>c</BuyerCookie></PunchOutSetupRequest></Request></cXML>"
    )
    yield "doctype", b'<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.060/cXML.dtd"><cXML/>'
    yield "laughs", b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    yield "deep", b"<a>" * 200 + b"</a>" * 200


def main():
    for target in [workbooks, archives, csv, lists, forms, cursors, statements, documents]:
        folder = CORPUS / target.__name__
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in target():
            (folder / name).write_bytes(data)
        print(f"{folder}: {len(list(folder.iterdir()))} inputs")


if __name__ == "__main__":
    main()
