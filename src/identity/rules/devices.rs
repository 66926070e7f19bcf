//! What a browser and its system are called, as far as what the browser sends about itself tells.

/// The first one whose mark is there: a browser also bears the names of those it is compatible with.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// Browser and system; `None` for what isn't a browser that is known here.
pub fn device(user_agent: &str) -> Option<(&'static str, &'static str)> {
    let name = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    Some((name(BROWSERS)?, name(SYSTEMS)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_what_they_send() {
        const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
        for (user_agent, expected) in [
            (
                format!("{WINDOWS} Chrome/131.0.0.0 Safari/537.36"),
                Some(("Chrome", "Windows")),
            ),
            (
                format!("{WINDOWS} Chrome/131.0.0.0 Safari/537.36 Edg/131.0"),
                Some(("Edge", "Windows")),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0".to_owned(),
                Some(("Firefox", "Linux")),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"
                    .to_owned(),
                Some(("Safari", "iPhone")),
            ),
            ("curl/8.9.1".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(device(&user_agent), expected, "{user_agent}");
        }
    }
}
