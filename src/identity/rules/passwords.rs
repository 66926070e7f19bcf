//! Which texts can be passwords: long enough, and nothing that others try first.
//!
//! Two rules find what is tried first. Taken apart into words that stand in lists of passwords, names and dictionaries,
//! into rows of keys, counts and dates, it takes few guesses ([`zxcvbn`]). Or without the words that everybody puts into
//! passwords and those that others know of the person, too little is left.

use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, zxcvbn};

use crate::error::Code;
use crate::identity::sentences;
use crate::sentences::Sentence;

/// Characters a password has at least.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Characters a password has at most.
pub const PASSWORD_CHARS_MAX: usize = 128;
/// Characters that must be left without the words that others try first.
const OWN_CHARS_MIN: usize = 6;
/// Characters of which the guesses are counted: what is longer is judged by its beginning.
const COUNTED_CHARS_MAX: usize = 40;
/// A shorter word is in too many others.
const WORD_CHARS_MIN: usize = 4;
/// So many characters in a row that follow each other, on the keyboard or by number, are no secret.
const RUN_CHARS_MIN: usize = 4;

/// What people put into passwords, with their letters as [`folded`]; what a trade portal makes them think of comes last.
const USUAL: &str = "\
    password passwort passwd wachtwoord kennwort motdepasse contrasena geheim secret welcome willkommen welkom \
    bienvenue letmein changeme iloveyou ichliebedich admin administrator root guest login signin anmelden \
    anmeldung test temp initial default standard master hello hallo schatz dragon monkey princess sunshine \
    football fussball baseball superman batman starwars shadow summer sommer zomer winter spring fruehling \
    fruhling autumn herbst herfst january januar february februar march maerz marz april june juni july juli \
    august september october oktober november december dezember monday montag tuesday dienstag wednesday mittwoch \
    thursday donnerstag friday freitag saturday samstag sunday sonntag germany deutschland holland nederland \
    company firma einkauf verkauf vertrieb lager portal supplier lieferant customer kunde account konto order \
    bestellung buyer office correcthorsebatterystaple thequickbrownfox jumpsoverthelazydog \
    maytheforcebewithyou tobeornottobe iamyourfather neverguessme mypassword";

/// Rows of keys, counts and the alphabet: a piece of one is no secret, forwards or backwards.
const ROWS: &[&str] = &[
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "zxcvbnm",
    "yxcvbnm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5z6u7i8o9p0",
    "q1w2e3r4t5y6u7i8o9p0",
];

/// Why a text can't be a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordError {
    /// Too short or too long.
    Length,
    /// A character that no request can carry.
    Nul,
    /// Others try it first.
    Common,
    /// It is little more than this word, which others know of the person.
    Personal(String),
}

impl PasswordError {
    /// Its name for programs.
    pub fn code(&self) -> Code {
        match self {
            Self::Length | Self::Nul => Code::ValueInvalid,
            Self::Common => Code::PasswordCommon,
            Self::Personal(_) => Code::PasswordPersonal,
        }
    }

    /// What is wrong with it.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Length => sentences::password_length(PASSWORD_CHARS_MIN, PASSWORD_CHARS_MAX),
            Self::Nul => sentences::password_without_nul(),
            Self::Common => sentences::password_common(),
            Self::Personal(word) => sentences::password_personal(word),
        }
    }
}

/// What others know of who chooses a password: mail address, name, account, supplier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// [`folded`], the longest first.
    words: Vec<String>,
}

impl Context {
    /// The words of these texts.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut words = Vec::new();
        for text in texts {
            let text = text.to_lowercase();
            // A name is known as it is written, and as people write it who have no umlauts.
            for text in [written_out(&text), text] {
                let parts = text.split(|c: char| !c.is_alphanumeric()).map(folded);
                // Of first and last name, both and each; of a mail address all of it, too.
                words.extend([folded(&text)].into_iter().chain(parts));
                words.extend(text.split('@').map(folded));
            }
        }
        words.retain(|word| word.chars().count() >= WORD_CHARS_MIN);
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        Self { words }
    }
}

/// Refuses what can't be a password. Any characters will do, and nothing is cut or trimmed.
pub fn check_password(password: &str, context: &Context) -> Result<(), PasswordError> {
    check_form(password)?;
    let counted = folded(&password.to_lowercase());
    let mut left = counted.clone();
    let mut known = None;
    for word in &context.words {
        if left.contains(word.as_str()) {
            left = left.replace(word.as_str(), " ");
            known = known.or(Some(word));
        }
    }
    for word in USUAL.split(' ') {
        left = left.replace(word, " ");
    }
    if of_its_own(&left) < OWN_CHARS_MIN {
        return Err(known.map_or(PasswordError::Common, |word| PasswordError::Personal(word.clone())));
    }
    let beginning: String = password_as_hashed(password).chars().take(COUNTED_CHARS_MAX).collect();
    let inputs: Vec<_> = context
        .words
        .iter()
        .map(String::as_str)
        .chain(USUAL.split(' '))
        .collect();
    match zxcvbn(&beginning, &inputs).score() {
        Score::Three | Score::Four => Ok(()),
        _ => Err(known.map_or(PasswordError::Common, |word| PasswordError::Personal(word.clone()))),
    }
}

/// What every password must be, whoever chooses it: asked before anything is looked up.
pub fn check_form(password: &str) -> Result<(), PasswordError> {
    if password.contains('\0') {
        return Err(PasswordError::Nul);
    }
    let range = PASSWORD_CHARS_MIN..=PASSWORD_CHARS_MAX;
    if range.contains(&password_as_hashed(password).chars().count()) {
        Ok(())
    } else {
        Err(PasswordError::Length)
    }
}

/// A text in lower case with its umlauts and ligatures as two letters.
fn written_out(text: &str) -> String {
    let text = text.nfc().collect::<String>();
    let pairs = [
        ("ä", "ae"),
        ("ö", "oe"),
        ("ø", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("å", "aa"),
    ];
    pairs.iter().fold(text, |text, (sign, pair)| text.replace(sign, pair))
}

/// Lower case letters and digits of a text, without what is put on and between them; digits and signs that stand for
/// letters among letters are these letters.
fn folded(text: &str) -> String {
    let plain: Vec<char> = text
        .nfkd()
        .filter(|c| c.is_alphanumeric() || "@$!".contains(*c))
        .collect();
    let is_letter = |at: Option<&char>| at.is_some_and(|c| c.is_alphabetic());
    let letter = |(index, c): (usize, &char)| {
        let before = index.checked_sub(1).and_then(|index| plain.get(index));
        let among = is_letter(before) || is_letter(plain.get(index + 1));
        match c {
            '0' if among => Some('o'),
            '1' if among && is_letter(plain.get(index + 1)) => Some('i'),
            '3' if among => Some('e'),
            '4' if among => Some('a'),
            '5' if among => Some('s'),
            '7' if among => Some('t'),
            '@' => is_letter(plain.get(index + 1)).then_some('a'),
            '$' => Some('s'),
            '!' => is_letter(plain.get(index + 1)).then_some('i'),
            other => Some(*other),
        }
    };
    plain.iter().enumerate().filter_map(letter).collect()
}

/// How many characters are left without runs, years and repetitions.
fn of_its_own(text: &str) -> usize {
    text.split(' ').map(own_in_word).sum()
}

fn own_in_word(word: &str) -> usize {
    let chars: Vec<char> = word.chars().collect();
    let mut own: Vec<char> = Vec::new();
    let mut rest = chars.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let run = run(rest);
        match rest.get(run..).filter(|_| run > 1) {
            Some(after) => rest = after,
            None => {
                // A character that stood before makes nothing harder to guess.
                if !own.contains(first) {
                    own.push(*first);
                }
                rest = behind;
            }
        }
    }
    own.len()
}

/// Length of the run that `rest` begins with; 1 where it is none.
fn run(rest: &[char]) -> usize {
    let is_run = |length: &usize| {
        let Some(piece) = rest.get(..*length) else { return false };
        let forwards: String = piece.iter().collect();
        let backwards: String = piece.iter().rev().collect();
        let is_year = *length == 4 && (forwards.starts_with("19") || forwards.starts_with("20"));
        let is_digits = piece.iter().all(char::is_ascii_digit);
        let is_same = piece.iter().all(|c| Some(c) == piece.first());
        is_same
            || (is_digits && is_year)
            || ROWS
                .iter()
                .any(|row| row.contains(&forwards) || row.contains(&backwards))
    };
    (RUN_CHARS_MIN..=rest.len().min(COUNTED_CHARS_MAX))
        .rev()
        .find(is_run)
        .unwrap_or(1)
}

/// A password in the one form that every keyboard gives (NFKC): an ü in one sign or in two is the same.
pub fn password_as_hashed(password: &str) -> String {
    password.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), PasswordError> {
        check_password(password, &Context::default())
    }

    #[test]
    fn passwords_are_counted_in_characters() {
        for (password, expected) in [
            ("x".repeat(11), Err(PasswordError::Length)),
            ("u\u{308}".repeat(11), Err(PasswordError::Length)),
            ("u\u{308}".repeat(128), Ok(())),
            ("ü".repeat(12), Ok(())),
            ("x".repeat(129), Err(PasswordError::Length)),
            ("twelve chars\0".to_owned(), Err(PasswordError::Nul)),
        ] {
            assert_eq!(check_form(&password), expected, "{password}");
        }
    }

    #[test]
    fn what_others_try_first_is_refused() {
        for password in "password1234|Password123!|P@ssw0rd2026!|Passwort-2026!|Passwort12345|qwertzuiop123|\
             qwertyuiop12|1q2w3e4r5t6y|1qaz2wsx3edc|123456789012|098765432109|abcdefghijkl|aaaaaaaaaaaa|\
             - - - - - - -|abcabcabcabc|Sommer2026!!|Welkom-2026-Welkom|willkommen123|administrator|\
             iloveyou1234|Password-2026-Welcome!|christopher1|manchester123|unbelievable1|passwordpassword|\
             adminadminadmin|changeme1234|Letmein-12345|111122223333|qwerty123456|zaq12wsxcde3|\
             correcthorsebatterystaple|Correct Horse Battery Staple!|The quick brown fox|\
             May the force be with you"
            .split('|')
        {
            assert_eq!(check(password), Err(PasswordError::Common), "{password}");
        }
    }

    #[test]
    fn a_short_sentence_is_a_password() {
        for password in "correct horse battery|another horse battery|have-a-look-around|eine lange Geschichte|\
             grün wie die Wiese|Der Hund bellt im Mai|x7Kq-9dPm-3TzV|ψηλά στα βουνά πάμε|kV9$mP2#xL7!|\
             four kettles hum at noon"
            .split('|')
        {
            assert_eq!(check(password), Ok(()), "{password}");
        }
        let long: String = "große Wäsche, kleine Brötchen".chars().chain('!'..='~').collect();
        assert_eq!(check(&long), Ok(()));
    }

    #[test]
    fn what_others_know_of_somebody_is_no_secret() {
        let context = Context::of([
            "anke.behrens@elbtor.example",
            "Anke Behrens",
            "Elbtor Sanitär GmbH",
            "K-1001",
        ]);
        let personal = |word: &str| Err(PasswordError::Personal(word.to_owned()));
        for (password, expected) in [
            ("elbtor-sanitaer-1", personal("sanitaer")),
            ("Elbtor-Sanitär-1", personal("sanitar")),
            ("ankebehrens2026", personal("ankebehrens")),
            ("Anke.Behrens1985!", personal("ankebehrens")),
            ("anke.behrens@elbtor.example", personal("ankebehrenselbtorexample")),
            ("3lbt0r-3lbt0r-99", personal("elbtor")),
            ("at elbtor we fish for eels", Ok(())),
        ] {
            let found = check_password(password, &context);
            match expected {
                Ok(()) => assert_eq!(found, Ok(()), "{password}"),
                Err(_) => assert!(
                    matches!(found, Err(PasswordError::Personal(_))),
                    "{password}: {found:?}"
                ),
            }
        }
        let short = Context::of(["bo@a.example", "Bo Li"]);
        assert_eq!(check_password("bo is a little boat", &short), Ok(()));
    }
}
