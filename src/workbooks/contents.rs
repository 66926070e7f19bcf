//! What a workbook has beside the cells: its sheets, the strings they share, the formats of numbers.

use std::collections::HashMap;

use super::Fault;
use super::formats::{self, Format};
use super::package::Package;
use super::xml::{Step, walk};

/// Most sheets, and most relations of a part.
const SHEETS_MAX: usize = 1_000;
/// Most strings that sheets share.
const STRINGS_MAX: usize = 500_000;
/// Most formats of cells; spreadsheets themselves allow 65,490.
const FORMATS_MAX: usize = 66_000;
/// Where the workbook stands in the archive if nothing says otherwise.
const USUAL_PLACE: &str = "xl/workbook.xml";

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Listed {
    pub name: String,
    pub is_visible: bool,
    /// Its part.
    pub path: String,
}

/// What is known before cells are read.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub sheets: Vec<Listed>,
    pub strings: Strings,
    /// The format of each style of cells.
    pub formats: Vec<Format>,
    /// Days are counted from 1904 on.
    pub is_1904: bool,
}

impl Contents {
    pub(super) fn read(package: &mut Package<'_>) -> Result<Self, Fault> {
        let named = relations(package, "")?
            .into_iter()
            .find(|relation| relation.is("officeDocument"));
        let place = named.map_or_else(|| USUAL_PLACE.to_owned(), |relation| relation.path);
        let text = package.part(&place)?.ok_or(Fault::Broken)?;
        let relations = relations(package, &place)?;
        let mut contents = Self::default();
        contents.read_workbook(&text, &relations)?;
        drop(text);
        let part = |kind: &str| {
            relations
                .iter()
                .find(|relation| relation.is(kind))
                .map(|found| found.path.as_str())
        };
        if let Some(path) = part("styles")
            && let Some(text) = package.part(path)?
        {
            contents.formats = styles(&text)?;
        }
        if let Some(path) = part("sharedStrings")
            && let Some(text) = package.part(path)?
        {
            contents.strings = Strings::read(&text)?;
        }
        Ok(contents)
    }

    fn read_workbook(&mut self, text: &str, relations: &[Relation]) -> Result<(), Fault> {
        let by_id: HashMap<_, _> = relations
            .iter()
            .map(|relation| (relation.id.as_str(), relation))
            .collect();
        let mut is_workbook = false;
        walk(text, |step| {
            let Step::Open(element) = step else { return Ok(()) };
            if element.is("workbook") {
                is_workbook = true;
            } else if element.is("workbookPr") {
                self.is_1904 = element.has("date1904")?;
            } else if element.is("sheet") {
                let id = element.attribute("id")?.unwrap_or_default();
                // Charts and dialogs are sheets without cells.
                let Some(relation) = by_id.get(id.as_str()).filter(|relation| relation.is("worksheet")) else {
                    return Ok(());
                };
                if self.sheets.len() >= SHEETS_MAX {
                    return Err(Fault::TooLarge);
                }
                self.sheets.push(Listed {
                    name: element.attribute("name")?.unwrap_or_default(),
                    is_visible: element.attribute("state")?.is_none_or(|state| state == "visible"),
                    path: relation.path.clone(),
                });
            }
            Ok(())
        })?;
        if is_workbook { Ok(()) } else { Err(Fault::Broken) }
    }
}

/// A part that another one names.
struct Relation {
    id: String,
    kind: String,
    path: String,
}

impl Relation {
    /// True for this kind; the older and the stricter standard differ in what stands before it.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The relations of the part at `of`, or of the archive itself.
fn relations(package: &mut Package<'_>, of: &str) -> Result<Vec<Relation>, Fault> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = if folder.is_empty() {
        format!("_rels/{name}.rels")
    } else {
        format!("{folder}/_rels/{name}.rels")
    };
    let mut found = Vec::new();
    let Some(text) = package.part(&path)? else {
        return Ok(found);
    };
    walk(&text, |step| {
        if let Step::Open(element) = step
            && element.is("Relationship")
        {
            if found.len() >= SHEETS_MAX {
                return Err(Fault::TooLarge);
            }
            found.push(Relation {
                id: element.attribute("Id")?.unwrap_or_default(),
                kind: element.attribute("Type")?.unwrap_or_default(),
                path: resolved(folder, &element.attribute("Target")?.unwrap_or_default()),
            });
        }
        Ok(())
    })?;
    Ok(found)
}

/// A path within the archive as seen from `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The strings that sheets share: one text and where each string ends in it.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// The string with this number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end)
    }

    fn read(text: &str) -> Result<Self, Fault> {
        let mut strings = Self::default();
        let (mut in_text, mut phonetic, mut one) = (false, false, String::new());
        walk(text, |step| {
            match step {
                Step::Open(element) if element.is("si") => one.clear(),
                // How a word is spoken stands beside it.
                Step::Open(element) if element.is("rPh") => phonetic = true,
                Step::Open(element) if element.is("t") => in_text = !phonetic,
                Step::Text(text) if in_text => one.push_str(&text),
                Step::Close(name) => match name.as_str() {
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    "si" => {
                        if strings.ends.len() >= STRINGS_MAX {
                            return Err(Fault::TooLarge);
                        }
                        strings.text.push_str(&unescaped(&one));
                        strings.ends.push(strings.text.len());
                    }
                    _ => {}
                },
                _ => {}
            }
            Ok(())
        })?;
        Ok(strings)
    }
}

/// Spreadsheets write signs that XML can't hold as `_x000D_`, and `_x005F_` for the first sign of such a text.
pub(super) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, behind)) = rest.split_once("_x") {
        out.push_str(before);
        let sign = behind
            .get(..5)
            .and_then(|code| code.strip_suffix('_'))
            .filter(|code| code.len() == 4);
        let sign = sign
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match sign {
            Some(sign) => {
                out.push(if sign == '\0' { ' ' } else { sign });
                rest = behind.get(5..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// The format of each style of cells.
fn styles(text: &str) -> Result<Vec<Format>, Fault> {
    let mut own: HashMap<String, Format> = HashMap::new();
    let (mut found, mut in_cells) = (Vec::new(), false);
    walk(text, |step| {
        match step {
            Step::Open(element) if element.is("numFmt") => {
                if own.len() >= FORMATS_MAX {
                    return Err(Fault::TooLarge);
                }
                let code = element.attribute("formatCode")?.unwrap_or_default();
                own.insert(element.attribute("numFmtId")?.unwrap_or_default(), formats::read(&code));
            }
            Step::Open(element) if element.is("cellXfs") => in_cells = true,
            Step::Open(element) if in_cells && element.is("xf") => {
                if found.len() >= FORMATS_MAX {
                    return Err(Fault::TooLarge);
                }
                let id = element.attribute("numFmtId")?.unwrap_or_default();
                found.push(own.get(&id).cloned().unwrap_or_else(|| formats::built_in(&id)));
            }
            Step::Close(name) if name == "cellXfs" => in_cells = false,
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_archive() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/sheet1.xml", "xl/sheet1.xml"),
            ("xl", "../../../etc/passwd", "etc/passwd"),
            ("", "xl/./workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(resolved(folder, target), expected);
        }
    }

    #[test]
    fn escaped_signs_are_read_and_everything_else_stays() {
        for (text, expected) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("NW_x1", "NW_x1"),
            ("_x", "_x"),
            ("_xD800_", "_xD800_"),
            ("_x0000_", " "),
            ("_xäöü1_", "_xäöü1_"),
        ] {
            assert_eq!(unescaped(text), expected);
        }
    }

    #[test]
    fn strings_are_joined_without_how_they_are_spoken() {
        let strings = Strings::read(
            "<sst uniqueCount='4294967295'><si><t>a</t></si><si/><si><r><t>b </t></r><r><t>&amp;c</t></r><rPh><t>x</t></rPh></si></sst>",
        )
        .expect("read");
        let all: Vec<_> = (0..4).map(|number| strings.get(number)).collect();
        assert_eq!(all, [Some("a"), Some(""), Some("b &c"), None]);
        assert_eq!(strings.get(usize::MAX), None);
    }
}
