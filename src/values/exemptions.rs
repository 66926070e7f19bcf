//! Why something is exempt from tax, by the VATEX list of the Connecting Europe Facility: codes for articles of Directive 2006/112/EC.

/// The codes, without `VATEX-`.
const CODES: &str = "EU-79-C EU-132 EU-132-1A EU-132-1B EU-132-1C EU-132-1D EU-132-1E EU-132-1F EU-132-1G EU-132-1H EU-132-1I \
    EU-132-1J EU-132-1K EU-132-1L EU-132-1M EU-132-1N EU-132-1O EU-132-1P EU-132-1Q EU-135-1 EU-143 EU-143-1A EU-143-1B \
    EU-143-1C EU-143-1D EU-143-1E EU-143-1F EU-143-1FA EU-143-1G EU-143-1H EU-143-1I EU-143-1J EU-143-1K EU-143-1L EU-144 \
    EU-146-1E EU-148 EU-148-A EU-148-B EU-148-C EU-148-D EU-148-E EU-148-F EU-148-G EU-151 EU-151-1A EU-151-1AA EU-151-1B \
    EU-151-1C EU-151-1D EU-151-1E EU-153 EU-159 EU-309 EU-AE EU-D EU-F EU-G EU-I EU-IC EU-J EU-O FR-FRANCHISE FR-CNWVAT";

/// The codes that say another category than an exemption (E).
const OF_OTHERS: [(&str, &str); 4] = [("AE", "EU-AE"), ("K", "EU-IC"), ("G", "EU-G"), ("O", "EU-O")];

fn bare(code: &str) -> Option<&str> {
    code.strip_prefix("VATEX-")
}

/// True for a code of the list.
pub fn is_exemption(code: &str) -> bool {
    bare(code).is_some_and(|code| CODES.split_whitespace().any(|known| known == code))
}

/// The category that alone may have the code, where there is one; the others are for `E`.
pub fn category_of(code: &str) -> Option<&'static str> {
    let code = bare(code)?;
    match OF_OTHERS.iter().find(|(_, known)| *known == code) {
        Some((category, _)) => Some(category),
        None => ["EU-D", "EU-F", "EU-I", "EU-J"].contains(&code).then_some("E"),
    }
}

/// True for a code that says why something is exempt.
pub fn is_of_exempt(code: &str) -> bool {
    is_exemption(code) && category_of(code).is_none_or(|category| category == "E")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_other_categories_are_no_exemptions() {
        for code in ["VATEX-EU-132-1C", "VATEX-EU-D", "VATEX-EU-143", "VATEX-FR-FRANCHISE"] {
            assert!(is_of_exempt(code), "{code}");
        }
        for none in ["", "132", "VATEX-EU-133", "VATEX-EU-AE", "VATEX-EU-IC", "vatex-eu-132"] {
            assert!(!is_of_exempt(none), "{none}");
        }
        assert!(is_exemption("VATEX-EU-O"));
    }
}
