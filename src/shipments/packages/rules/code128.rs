//! Code 128, and GS1-128 on it: what is written as a row of bars.
//!
//! Source: ISO/IEC 15417 for the signs and their bars, GS1 General Specifications, section 5.4, for what GS1-128 is: FNC1 behind the
//! start, element strings after each other, FNC1 behind those without a fixed length that are not the last.

/// FNC1 in a text: what readers send for it.
pub const FNC1: char = '\u{1d}';

const CODE_B: u8 = 100;
const CODE_C: u8 = 99;
const FNC1_VALUE: u8 = 102;
const START_B: u8 = 104;
const START_C: u8 = 105;
/// Widths of bar, space, bar, …, of the end.
const STOP: &str = "2331112";
/// So many digits after each other are shorter in pairs.
const PAIRED_FROM: usize = 4;

/// Widths of bar, space, bar, space, bar, space of each value.
#[rustfmt::skip]
const PATTERNS: [&str; 106] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232",
];

/// A row of bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Start, signs and check sign; the end goes without saying.
    values: Vec<u8>,
}

/// A sign of a symbol, for printers that draw the bars themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    StartB,
    StartC,
    /// Set B from here on.
    ToB,
    /// Set C from here on.
    ToC,
    Fnc1,
    One(char),
    /// Two digits.
    Pair(u8),
}

/// One element string of GS1-128.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The application identifier.
    pub ai: &'static str,
    pub value: String,
    /// Whether its length is fixed by its identifier.
    pub is_fixed: bool,
}

impl Element {
    /// One whose length is fixed.
    pub fn fixed(ai: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        Self {
            ai,
            value,
            is_fixed: true,
        }
    }

    /// One that ends with FNC1 or the symbol.
    pub fn variable(ai: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        Self {
            ai,
            value,
            is_fixed: false,
        }
    }
}

/// What GS1-128 has of these elements, FNC1 included.
pub fn gs1_text(elements: &[Element]) -> String {
    let mut text = String::from(FNC1);
    let mut rest = elements.iter().peekable();
    while let Some(element) = rest.next() {
        text.push_str(element.ai);
        text.push_str(&element.value);
        if !element.is_fixed && rest.peek().is_some() {
            text.push(FNC1);
        }
    }
    text
}

/// The same as people read it: `(00)340123450000000017`.
pub fn gs1_printed(elements: &[Element]) -> String {
    let one = |element: &Element| format!("({}){}", element.ai, element.value);
    elements.iter().map(one).collect()
}

/// True for what element strings may hold: the 82 signs of figure 7.11-1 of the General Specifications.
pub fn is_gs1_text(text: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "!\"%&'()*+,-./_:;<=>?".contains(sign);
    !text.is_empty() && text.chars().all(is_sign)
}

/// The bars of a text of printable ASCII and FNC1; none where it holds anything else.
pub fn symbol(text: &str) -> Option<Symbol> {
    let signs: Vec<char> = text.chars().collect();
    let known = |sign: &char| *sign == FNC1 || (' '..='~').contains(sign);
    if signs.is_empty() || !signs.iter().all(known) {
        return None;
    }
    let mut values = Vec::new();
    let mut in_pairs = starts_in_pairs(&signs);
    values.push(if in_pairs { START_C } else { START_B });
    let mut rest: &[char] = &signs;
    while let Some((sign, behind)) = rest.split_first() {
        if *sign == FNC1 {
            values.push(FNC1_VALUE);
            rest = behind;
            continue;
        }
        let digits = digits_ahead(rest);
        if in_pairs {
            match pair(rest) {
                Some((value, behind)) => {
                    values.push(value);
                    rest = behind;
                }
                None => {
                    values.push(CODE_B);
                    in_pairs = false;
                }
            }
        } else if digits >= PAIRED_FROM && digits.is_multiple_of(2) {
            values.push(CODE_C);
            in_pairs = true;
        } else {
            let code = u32::from(*sign).checked_sub(u32::from(' '))?;
            values.push(u8::try_from(code).ok()?);
            rest = behind;
        }
    }
    values.push(check_value(&values)?);
    Some(Symbol { values })
}

/// Digits from here on, before anything else.
fn digits_ahead(signs: &[char]) -> usize {
    signs.iter().take_while(|sign| sign.is_ascii_digit()).count()
}

fn starts_in_pairs(signs: &[char]) -> bool {
    let signs: Vec<char> = signs.iter().copied().skip_while(|sign| *sign == FNC1).collect();
    let digits = digits_ahead(&signs);
    // Two digits alone are one sign.
    (digits >= PAIRED_FROM && digits.is_multiple_of(2)) || (digits == 2 && signs.len() == 2) || digits > PAIRED_FROM
}

/// The value of two digits, and what comes behind them.
fn pair(signs: &[char]) -> Option<(u8, &[char])> {
    let (tens, rest) = signs.split_first()?;
    let (ones, rest) = rest.split_first()?;
    let value = tens.to_digit(10)?.checked_mul(10)?.checked_add(ones.to_digit(10)?)?;
    Some((u8::try_from(value).ok()?, rest))
}

/// The sum of all values, each as often as its place says, modulo 103.
fn check_value(values: &[u8]) -> Option<u8> {
    let mut sum = 0_usize;
    for (place, value) in values.iter().enumerate() {
        sum = sum.checked_add(usize::from(*value).checked_mul(place.max(1))?)?;
    }
    u8::try_from(sum % 103).ok()
}

impl Symbol {
    /// Its signs without the check sign, which printers reckon.
    pub fn signs(&self) -> Vec<Sign> {
        let values = self.values.split_last().map_or(&[][..], |(_, values)| values);
        let mut in_pairs = false;
        let sign = |value: &u8| match (*value, in_pairs) {
            (START_B, _) => Sign::StartB,
            (START_C, _) => {
                in_pairs = true;
                Sign::StartC
            }
            (FNC1_VALUE, _) => Sign::Fnc1,
            (CODE_B, true) => {
                in_pairs = false;
                Sign::ToB
            }
            (CODE_C, false) => {
                in_pairs = true;
                Sign::ToC
            }
            (value, true) => Sign::Pair(value),
            (value, false) => Sign::One(char::from(value.saturating_add(b' '))),
        };
        values.iter().map(sign).collect()
    }

    /// The bars: where each begins and how wide it is, in modules.
    pub fn bars(&self) -> Vec<(u32, u32)> {
        let patterns = self.values.iter().filter_map(|value| PATTERNS.get(usize::from(*value)));
        let widths = patterns.copied().chain([STOP]).flat_map(|pattern| pattern.chars());
        let (mut bars, mut at, mut is_bar) = (Vec::new(), 0_u32, true);
        for width in widths.filter_map(|width| width.to_digit(10)) {
            if is_bar {
                bars.push((at, width));
            }
            at = at.saturating_add(width);
            is_bar = !is_bar;
        }
        bars
    }

    /// How many modules it is wide, without the ten on each side that stay empty.
    pub fn modules(&self) -> u32 {
        self.bars().last().map_or(0, |(at, width)| at.saturating_add(*width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text that a reader makes of the bars: by their widths alone.
    fn read(symbol: &Symbol) -> String {
        let bars = symbol.bars();
        let mut widths = Vec::new();
        for (place, (at, width)) in bars.iter().enumerate() {
            widths.push(*width);
            if let Some((next, _)) = bars.get(place + 1) {
                widths.push(next - at - width);
            }
        }
        let (signs, end) = widths.split_at(widths.len() - 7);
        let written = |widths: &[u32]| widths.iter().map(u32::to_string).collect::<String>();
        assert_eq!(written(end), STOP);
        let values: Vec<usize> = signs
            .chunks(6)
            .map(|sign| {
                PATTERNS
                    .iter()
                    .position(|pattern| *pattern == written(sign))
                    .expect("a sign")
            })
            .collect();
        let (check, values) = values.split_last().expect("a check sign");
        let sum: usize = values
            .iter()
            .enumerate()
            .map(|(place, value)| value * place.max(1))
            .sum();
        assert_eq!(sum % 103, *check);
        let (start, values) = values.split_first().expect("a start");
        let mut in_pairs = match *start {
            104 => false,
            105 => true,
            other => panic!("{other} is no start"),
        };
        let mut text = String::new();
        for value in values {
            match (value, in_pairs) {
                (102, _) => text.push(FNC1),
                (99, false) => in_pairs = true,
                (100, true) => in_pairs = false,
                (value, true) => text.push_str(&format!("{value:02}")),
                (value, false) => text.push(char::from(u8::try_from(value + 32).expect("ASCII"))),
            }
        }
        text
    }

    #[test]
    fn every_sign_is_three_bars_on_eleven_modules() {
        let mut seen: Vec<_> = PATTERNS.to_vec();
        for pattern in PATTERNS {
            let widths: Vec<u32> = pattern.chars().filter_map(|width| width.to_digit(10)).collect();
            assert_eq!(widths.iter().sum::<u32>(), 11, "{pattern}");
            // The bars of a sign are an even number of modules together: by that readers notice a wrong one.
            assert_eq!(widths.iter().step_by(2).sum::<u32>() % 2, 0, "{pattern}");
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), PATTERNS.len());
    }

    #[test]
    fn texts_have_the_signs_that_the_standard_gives_them() {
        for (text, values) in [
            // Set B; its check sign reckoned by hand.
            ("PJJ123C", vec![104, 48, 42, 42, 17, 18, 19, 35, 55]),
            (
                "\u{1d}0195012345678903",
                vec![105, 102, 1, 95, 1, 23, 45, 67, 89, 3, 31],
            ),
            ("12", vec![105, 12, 14]),
            ("\u{1d}400A12345", vec![104, 102, 20, 16, 16, 33, 17, 99, 23, 45, 84]),
        ] {
            let made = symbol(text).expect("printable");
            let (check, signs) = made.values.split_last().expect("a check sign");
            let (_, wanted) = values.split_last().expect("a check sign");
            assert_eq!(signs, wanted, "{text}");
            assert_eq!(Some(*check), check_value(wanted), "{text}");
        }
        let of_b = symbol("PJJ123C").expect("printable");
        assert_eq!(of_b.values.last(), Some(&55));
        assert_eq!(
            symbol("\u{1d}0195012345678903").expect("printable").values.last(),
            Some(&31)
        );
        for bad in ["", "Ä", "a\nb"] {
            assert_eq!(symbol(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn an_sscc_is_ten_pairs_and_156_modules_wide() {
        let elements = [Element::fixed("00", "106141411234567897")];
        let made = symbol(&gs1_text(&elements)).expect("digits");
        assert_eq!(made.values.len(), 13);
        assert_eq!(made.modules(), 156);
        assert_eq!(gs1_printed(&elements), "(00)106141411234567897");
    }

    #[test]
    fn elements_without_a_fixed_length_end_with_fnc1_unless_they_are_last() {
        let elements = [
            Element::fixed("02", "04006381333931"),
            Element::variable("37", "12"),
            Element::variable("400", "PO-1"),
        ];
        assert_eq!(gs1_text(&elements), "\u{1d}02040063813339313712\u{1d}400PO-1");
        assert!(is_gs1_text("PO-1/7") && !is_gs1_text("PO 1") && !is_gs1_text("PO-Ä") && !is_gs1_text(""));
    }

    proptest! {
        #[test]
        fn a_reader_reads_what_was_written(text in "[ -~\u{1d}]{1,60}") {
            prop_assert_eq!(read(&symbol(&text).expect("printable")), text);
        }

        #[test]
        fn and_of_digits_too(text in "\u{1d}?[0-9]{1,40}[A-Z]{0,3}[0-9]{0,9}") {
            prop_assert_eq!(read(&symbol(&text).expect("printable")), text);
        }
    }
}
