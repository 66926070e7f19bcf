//! A source file as the checks read it: what its place says it is, its code without comments, texts and tests, and the
//! paths it mentions.

use std::path::Path;

/// A file of `src/` or `tests/`.
pub struct Source {
    /// From the root of the checkout: `src/orders/rules.rs`.
    pub path: String,
    pub text: String,
    /// `text` without comments, the insides of string literals and `#[cfg(test)]` modules.
    pub code: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        // Long tests of a module stand in a file of their own beside it.
        let only_tests = path.ends_with("/tests.rs") || path.contains("/tests/");
        let code = without_comments_and_texts(text);
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: if only_tests {
                String::new()
            } else {
                before_tests(&code).to_owned()
            },
        }
    }

    /// `src/orders/rules.rs` is `["orders", "rules"]`, `src/orders/mod.rs` is `["orders"]`, `src/lib.rs` is empty.
    pub fn module(&self) -> Vec<String> {
        let path = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let mut parts: Vec<_> = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
            parts.pop();
        }
        parts
    }

    /// Every path the code mentions, groups of `use` taken apart, `self`, `super` and `crate` resolved:
    /// `crate::db::Connection`, `diesel::prelude::*`.
    pub fn mentions(&self) -> Vec<String> {
        let tokens = tokens(&self.code);
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            if is_word(&tokens[at]) {
                at = read_path(&tokens, at, &mut Vec::new(), &mut found);
            } else {
                at += 1;
            }
        }
        found.iter().map(|path| self.resolve(path).join("::")).collect()
    }

    /// The names behind `mod`.
    pub fn inline_modules(&self) -> Vec<String> {
        let tokens = tokens(&self.code);
        let names = tokens.iter().zip(tokens.iter().skip(1));
        names
            .filter(|(word, _)| *word == "mod")
            .map(|(_, name)| name.clone())
            .collect()
    }

    fn resolve(&self, path: &[String]) -> Vec<String> {
        let mut base = self.module();
        let mut rest = path;
        match rest.first().map(String::as_str) {
            Some("crate") => {
                base.clear();
                rest = &rest[1..];
            }
            Some("self") => rest = &rest[1..],
            Some("super") => {
                while rest.first().is_some_and(|part| part == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            _ => return path.to_vec(),
        }
        [vec!["crate".to_owned()], base, rest.to_vec()].concat()
    }
}

/// Every Rust file below `folder` of the checkout, in the order of their paths.
pub fn sources(root: &Path, folder: &str) -> Vec<Source> {
    let all = texts(root, folder);
    all.iter().map(|(path, text)| Source::new(path, text)).collect()
}

/// Path and text of every file below `folder`, by path.
pub fn texts(root: &Path, folder: &str) -> Vec<(String, String)> {
    let mut waiting = vec![root.join(folder)];
    let mut texts = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                texts.push((name, text));
            }
        }
    }
    texts.sort();
    texts
}

/// By convention the tests of a module are its end.
fn before_tests(code: &str) -> &str {
    let tests = ["#[cfg(test)]\nmod ", "#[cfg(test)]\npub(super) mod "];
    let start = tests.iter().filter_map(|start| code.find(start)).min();
    start.map_or(code, |start| &code[..start])
}

fn without_comments_and_texts(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let next = chars.get(at + 1).copied();
        match chars[at] {
            '/' if next == Some('/') => at = position(&chars, at, |c| c == '\n'),
            '"' => {
                out.push_str("\"\"");
                at = end_of_text(&chars, at + 1);
            }
            'r' if matches!(next, Some('"' | '#')) && !out.ends_with(is_word_char) => {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                if chars.get(at + 1 + hashes) == Some(&'"') {
                    out.push_str("\"\"");
                    at = end_of_raw_text(&chars, at + 2 + hashes, hashes);
                } else {
                    out.push('r');
                    at += 1;
                }
            }
            // A character, not a lifetime.
            '\'' if next == Some('\\') => at = position(&chars, at + 3, |c| c == '\'') + 1,
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 3,
            c => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

fn position(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|at| wanted(chars[*at])).unwrap_or(chars.len())
}

fn end_of_text(chars: &[char], mut at: usize) -> usize {
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn end_of_raw_text(chars: &[char], mut at: usize, hashes: usize) -> usize {
    while at < chars.len() {
        let closed = chars[at] == '"' && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
        at += 1;
        if closed {
            return at + hashes;
        }
    }
    at
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Words, `::` and single signs.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut glued = false;
    for c in code.chars() {
        match tokens.last_mut() {
            Some(last) if glued && is_word_char(c) && last.chars().all(is_word_char) => last.push(c),
            Some(last) if glued && c == ':' && last == ":" => last.push(':'),
            _ if !c.is_whitespace() => tokens.push(c.to_string()),
            _ => {}
        }
        glued = !c.is_whitespace();
    }
    tokens
}

/// Reads the path that starts at `at`, with the groups of a `use`; gives the place behind it.
fn read_path(tokens: &[String], mut at: usize, prefix: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let depth = prefix.len();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while let Some(token) = tokens.get(at).filter(|token| *token != "}") {
                    at = if is_word(token) || token == "*" {
                        read_path(tokens, at, prefix, found)
                    } else {
                        at + 1
                    };
                }
                at += 1;
                break;
            }
            Some(part) if is_word(part) || part == "*" => {
                prefix.push(part.to_owned());
                at += 1;
                if tokens.get(at).is_none_or(|token| token != "::") {
                    found.push(prefix.clone());
                    break;
                }
                at += 1;
            }
            // `Vec::<u8>::new`: what was read so far is the path.
            _ => {
                found.push(prefix.clone());
                break;
            }
        }
    }
    prefix.truncate(depth);
    at
}

#[test]
fn paths_are_found_in_uses_and_in_code_but_not_in_comments_and_texts() {
    let source = Source::new(
        "src/orders/placing.rs",
        r##"//! Not crate::http.
            use super::{rules::{Line, Order}, store};
            use crate::db::*;
            /* text */
            fn place<'a>(c: char) { let _ = c == '"' || c == '\''; super::super::clock::now(); let _ = "crate::web \" crate::app"; }
            fn raw() -> &'static str { r#"crate::mail " "# } // crate::cpu
            #[cfg(test)]
mod tests { use crate::identity; }"##,
    );
    let mentions = source.mentions();
    for wanted in [
        "crate::orders::rules::Line",
        "crate::orders::rules::Order",
        "crate::orders::store",
        "crate::db::*",
        "crate::clock::now",
    ] {
        assert!(mentions.contains(&wanted.to_owned()), "{wanted} in {mentions:?}");
    }
    for unwanted in ["http", "web", "app", "mail", "cpu", "identity"] {
        let unwanted = format!("crate::{unwanted}");
        assert!(!mentions.contains(&unwanted), "{unwanted} in {mentions:?}");
    }
}
