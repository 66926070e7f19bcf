//! Labels for label printers, in ZPL II: 105 x 148 mm at 8 dots a millimetre (203 dpi), texts in UTF-8.
//!
//! Source: Zebra, ZPL II Programming Guide: `^BC` with `>;` for the start in set C and `>8` for FNC1, `^FH` with `_` before two
//! hexadecimal digits for signs that would be commands, `^CI28` for UTF-8.

use std::fmt::Write as _;

use super::code128::Sign;
use super::label::{Bars, Label};

/// Dots.
const WIDTH: u32 = 840;
const HEIGHT: u32 = 1_184;
const LEFT: u32 = 40;
/// Dots of a module: half a millimetre, which is within 0.495 and 0.94 mm.
const MODULE: u32 = 4;
/// Dots of the bars' height: 32 mm.
const BARS_HEIGHT: u32 = 256;
/// Those of the other symbols: 12 mm.
const OTHER_HEIGHT: u32 = 96;
/// Characters of a line of text.
const LINE_CHARS: usize = 44;
/// Those of the sender's and of the receiver's lines, which have half of the width.
const FROM_CHARS: usize = 28;
const TO_CHARS: usize = 25;
/// Lines of an address in its usual size; of more each is smaller.
const ADDRESS_LINES: u32 = 5;
/// Lines of one fact; what is longer ends in an ellipsis.
const FACT_LINES_MAX: usize = 3;
/// Which package of how many it is: below the sender, where there is room for the word in any language.
const PLACE_TOP: u32 = 216;
/// Where facts begin, and where the first bars do.
const FACTS_TOP: u32 = 270;
const BARS_TOP: u32 = 560;

/// What labels call their parts, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub from: String,
    pub to: String,
    pub po_number: String,
    pub order: String,
    pub shipment: String,
    pub package: String,
    pub weight: String,
    pub carrier: String,
    pub windows: String,
}

/// The labels one after another.
pub fn labels(labels: &[Label], words: &Words) -> String {
    labels.iter().map(|one| label(one, words)).collect()
}

/// A text as a field holds it.
fn field(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for sign in text.chars().filter(|sign| !sign.is_control()).take(LINE_CHARS) {
        match sign {
            '^' => written.push_str("_5E"),
            '~' => written.push_str("_7E"),
            '_' => written.push_str("_5F"),
            '\\' => written.push_str("_5C"),
            sign => written.push(sign),
        }
    }
    written
}

/// A text in lines of at most so many characters, broken between words where it can be.
fn wrapped(text: &str, chars: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        while !word.is_empty() {
            let at = lines.len() - 1;
            let Some(line) = lines.get_mut(at) else { break };
            let used = line.chars().count();
            let space = usize::from(used > 0);
            if used + space + word.len() <= chars {
                line.extend(std::iter::repeat_n(' ', space));
                line.extend(word.drain(..));
            } else if used == 0 {
                line.extend(word.drain(..chars));
            } else {
                lines.push(String::new());
            }
        }
    }
    if lines.len() > FACT_LINES_MAX {
        lines.truncate(FACT_LINES_MAX);
        if let Some(last) = lines.last_mut() {
            *last = last.chars().take(chars - 1).chain(['…']).collect();
        }
    }
    lines
}

/// A symbol as `^BC` reads it, sign by sign in the sets that the bars on paper have too, so that both are as wide.
fn data(bars: &Bars) -> String {
    let mut written = String::new();
    for sign in bars.symbol.signs() {
        match sign {
            Sign::StartB => written.push_str(">:"),
            Sign::StartC => written.push_str(">;"),
            Sign::ToB => written.push_str(">6"),
            Sign::ToC => written.push_str(">5"),
            Sign::Fnc1 => written.push_str(">8"),
            Sign::Pair(pair) => written.push_str(&format!("{pair:02}")),
            Sign::One('>') => written.push_str(">0"),
            Sign::One('^') => written.push_str("_5E"),
            Sign::One('~') => written.push_str("_7E"),
            Sign::One('_') => written.push_str("_5F"),
            Sign::One(sign) => written.push(sign),
        }
    }
    written
}

/// How many lines there are, at least one.
fn count_of(lines: &[String]) -> u32 {
    u32::try_from(lines.len()).unwrap_or(u32::MAX).max(1)
}

fn label(label: &Label, words: &Words) -> String {
    let mut zpl = String::new();
    // Writing to a string never fails.
    let mut put = |x: u32, y: u32, size: u32, text: &str| {
        let _ = writeln!(zpl, "^FO{x},{y}^A0N,{size},{size}^FH_^FD{}^FS", field(text));
    };
    let column = WIDTH / 2;
    let y = 30;
    put(LEFT, y, 22, &words.from);
    put(column, y, 22, &words.to);
    for (x, address, chars, (line, size)) in [
        (LEFT, &label.from, FROM_CHARS, (30, 26)),
        (column, &label.to, TO_CHARS, (36, 32)),
    ] {
        let lines: Vec<_> = address.iter().flat_map(|text| wrapped(text, chars)).collect();
        let step = (line * ADDRESS_LINES / count_of(&lines)).min(line);
        for (place, text) in (0_u32..).zip(&lines) {
            put(x, y + 30 + place * step, step * size / line, text);
        }
    }
    let (place, count) = label.place;
    let facts = [
        (&words.po_number, Some(label.po_number.clone())),
        (&words.order, Some(label.order_number.clone())),
        (&words.shipment, label.shipment_number.clone()),
        (&words.carrier, carriage(label)),
        (&words.windows, label.windows.clone()),
        (&words.weight, label.weight_grams.map(kilograms)),
    ];
    let told = facts
        .into_iter()
        .filter_map(|(word, value)| Some(format!("{word}: {}", value?)));
    let lines: Vec<_> = told.flat_map(|fact| wrapped(&fact, LINE_CHARS)).collect();
    // All of them stand above the bars, however many they are.
    let step = ((BARS_TOP - FACTS_TOP) / count_of(&lines)).min(38);
    for (place, line) in (0_u32..).zip(&lines) {
        put(LEFT, FACTS_TOP + place * step, step * 3 / 4, line);
    }
    put(LEFT, PLACE_TOP, 44, &format!("{} {place}/{count}", words.package));
    let mut drawn = String::new();
    let mut draw = |y: u32, height: u32, bars: &Bars| {
        let _ = writeln!(
            drawn,
            "^FO{LEFT},{y}^BY{MODULE},3,{height}^BCN,{height},N,N,N^FH_^FD{}^FS",
            data(bars)
        );
        let _ = writeln!(
            drawn,
            "^FO{LEFT},{}^A0N,26,26^FH_^FD{}^FS",
            y + height + 8,
            field(&bars.printed)
        );
    };
    for (place, other) in (0_u32..).zip(label.other_bars()) {
        draw(BARS_TOP + place * (OTHER_HEIGHT + 44), OTHER_HEIGHT, &other);
    }
    if let Some(sscc) = label.sscc_bars() {
        draw(HEIGHT - BARS_HEIGHT - 70, BARS_HEIGHT, &sscc);
    }
    format!("^XA\n^CI28\n^PW{WIDTH}\n^LL{HEIGHT}\n^LH0,0\n{zpl}{drawn}^XZ\n")
}

fn carriage(label: &Label) -> Option<String> {
    let parts = [label.carrier.clone(), label.tracking_number.clone()];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

/// `12.5 kg`
pub fn kilograms(grams: i64) -> String {
    let (whole, rest) = (grams / 1_000, grams % 1_000);
    let decimals = format!("{rest:03}");
    match decimals.trim_end_matches('0') {
        "" => format!("{whole} kg"),
        decimals => format!("{whole}.{decimals} kg"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::label::sample;
    use super::*;

    fn words() -> Words {
        let word = |text: &str| text.to_owned();
        Words {
            from: word("From"),
            to: word("To"),
            po_number: word("PO number"),
            order: word("Order"),
            shipment: word("Shipment"),
            package: word("Package"),
            weight: word("Weight"),
            carrier: word("Carrier"),
            windows: word("Delivery"),
        }
    }

    #[test]
    fn the_sscc_is_fnc1_and_pairs_in_set_c() {
        let zpl = labels(&[sample()], &words());
        assert!(zpl.starts_with("^XA\n^CI28\n") && zpl.ends_with("^XZ\n"), "{zpl}");
        assert!(
            zpl.contains("^BY4,3,256^BCN,256,N,N,N^FH_^FD>;>800106141411234567897^FS"),
            "{zpl}"
        );
        assert!(zpl.contains("^FD(00)106141411234567897^FS"), "{zpl}");
        assert!(zpl.contains("^FD>;>802040063813339313712^FS"), "{zpl}");
        assert!(zpl.contains("^FD>:>8400PO-1^FS"), "{zpl}");
        assert!(zpl.contains("Weight: 12.5 kg"), "{zpl}");
        // It has half of the width to itself; beside the facts it would be cut off at the edge.
        assert!(zpl.contains("^FO40,216^A0N,44,44^FH_^FDPackage 1/2^FS"), "{zpl}");
        assert_eq!(labels(&[sample(), sample()], &words()).matches("^XA").count(), 2);
    }

    #[test]
    fn what_is_long_takes_several_lines() {
        let windows = "Mon 07:00-11:30, 13:00-15:45; Tue 07:00-11:30, 13:00-15:45; Fri 07:00-11:30";
        let long = Label {
            windows: Some(windows.to_owned()),
            po_number: "P".repeat(200),
            ..sample()
        };
        let zpl = labels(&[long], &words());
        let text = |line: &str| line.split_once("^FD").map(|(_, text)| text.replace("^FS", ""));
        let lines: Vec<_> = zpl.lines().filter_map(text).collect();
        let first = lines
            .iter()
            .position(|line| line.starts_with("Delivery: "))
            .expect("windows");
        let told = lines.get(first..first + 2).expect("two lines").join(" ");
        assert_eq!(told, format!("Delivery: {windows}"));
        assert!(lines.iter().all(|line| line.chars().count() <= LINE_CHARS), "{lines:?}");
        assert_eq!(lines.iter().filter(|line| line.ends_with('…')).count(), 1, "{lines:?}");
    }

    #[test]
    fn addresses_keep_to_their_half_of_the_width() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let long = Label {
            from: lines(&["Kessemeer Fastening & Rigging B.V."]),
            to: lines(&[
                "Quincaillerie Marvaux SAS, Entrepôt central du Nord",
                "Rue du Port 1",
                "59000 Lille",
                "FR",
            ]),
            ..sample()
        };
        let zpl = labels(&[long], &words());
        let right = zpl.lines().filter(|line| line.starts_with("^FO420,"));
        let right = right.filter_map(|line| line.split_once("^FD"));
        let right: Vec<_> = right.map(|(_, text)| text.replace("^FS", "")).collect();
        let told = [
            "To",
            "Quincaillerie Marvaux",
            "SAS, Entrepôt central du",
            "Nord",
            "Rue du Port 1",
            "59000 Lille",
            "FR",
        ];
        assert_eq!(right, told);
        for line in [
            "^FO40,60^A0N,26,26^FH_^FDKessemeer Fastening &^FS",
            "^FO40,90^A0N,26,26^FH_^FDRigging B.V.^FS",
        ] {
            assert!(zpl.contains(line), "{line}: {zpl}");
        }
    }

    #[test]
    fn no_text_is_a_command() {
        let hostile = Label {
            to: vec!["^XZ~JA_5E\\\n\u{7f}Ä".to_owned()],
            po_number: "^XZ>8~DY".to_owned(),
            ..sample()
        };
        let zpl = labels(&[hostile], &words());
        assert_eq!(zpl.matches("^XZ").count(), 1, "{zpl}");
        assert!(!zpl.contains("~J") && !zpl.contains("~D"), "{zpl}");
        assert!(zpl.contains("_5EXZ_7EJA_5F5E_5C Ä"), "{zpl}");
    }

    #[test]
    fn weights_are_kilograms_without_idle_noughts() {
        for (grams, text) in [
            (0, "0 kg"),
            (1, "0.001 kg"),
            (12_500, "12.5 kg"),
            (1_000_000, "1000 kg"),
        ] {
            assert_eq!(kilograms(grams), text);
        }
    }
}
