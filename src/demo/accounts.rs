//! Who buys: six accounts of every tier with their sites, and the people who sign in.

use super::sheet::Sheet;

#[derive(Debug, Clone, Copy)]
pub struct Account {
    pub code: &'static str,
    /// The company.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// ISO 4217.
    pub currency: &'static str,
    /// platinum, gold, silver or bronze.
    pub tier: &'static str,
    payment_terms_days: &'static str,
    credit_limit: &'static str,
    vat_id: &'static str,
    locale: &'static str,
    time_zone: &'static str,
    /// Where the mail of its people ends.
    domain: &'static str,
    sites: &'static [Site],
    /// Admin, buyer, viewer and finance: name and the mail address's first part.
    people: [(&'static str, &'static str); 4],
}

/// Code, name, street, city, postal code and, where it isn't the account's, country.
type Site = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

/// All accounts, the best tier first.
pub const ACCOUNTS: [Account; 6] = [
    Account {
        code: "ELBTOR",
        name: "Elbtor Baubedarf GmbH",
        country: "DE",
        currency: "EUR",
        tier: "platinum",
        payment_terms_days: "45",
        credit_limit: "250000",
        vat_id: "DE900012345",
        locale: "de-DE",
        time_zone: "Europe/Berlin",
        domain: "elbtor.example",
        sites: &[
            ("HAM", "Central warehouse Hamburg", "Kaiweg 7", "Hamburg", "21107", None),
            ("HB", "Branch Bremen", "Speicherhof 22", "Bremen", "28217", None),
            ("LEJ", "Branch Leipzig", "Gießereiallee 3", "Leipzig", "04249", None),
        ],
        people: [
            ("Anke Petersen", "anke"),
            ("Jonas Brandt", "jonas"),
            ("Meike Lorenz", "meike"),
            ("Holger Stamm", "holger"),
        ],
    },
    Account {
        code: "GLASOORD",
        name: "Glasoord Kassenbouw B.V.",
        country: "NL",
        currency: "EUR",
        tier: "gold",
        payment_terms_days: "30",
        credit_limit: "120000",
        vat_id: "NL008765432B10",
        locale: "nl-NL",
        time_zone: "Europe/Amsterdam",
        domain: "glasoord.example",
        sites: &[
            ("BLS", "Yard Bleiswijk", "Kwekersdreef 51", "Bleiswijk", "2665 EA", None),
            ("VLO", "Assembly hall Venlo", "Trusslaan 9", "Venlo", "5928 SB", None),
            (
                "KLV",
                "Building site Kleve",
                "Am Gewächshaus 2",
                "Kleve",
                "47533",
                Some("DE"),
            ),
        ],
        people: [
            ("Sanne Wouters", "sanne"),
            ("Daan Hoekman", "daan"),
            ("Lieke Terpstra", "lieke"),
            ("Jeroen Bakx", "jeroen"),
        ],
    },
    Account {
        code: "MARVAUX",
        name: "Quincaillerie Marvaux SAS",
        country: "FR",
        currency: "EUR",
        tier: "gold",
        payment_terms_days: "60",
        credit_limit: "90000",
        vat_id: "FR00900123456",
        locale: "fr-FR",
        time_zone: "Europe/Paris",
        domain: "marvaux.example",
        sites: &[
            ("LYS", "Dépôt de Lyon", "14 rue des Tréfileurs", "Lyon", "69007", None),
            ("LIL", "Dépôt de Lille", "8 quai du Câble", "Lille", "59000", None),
        ],
        people: [
            ("Claire Vasseur", "claire"),
            ("Hugo Delmas", "hugo"),
            ("Inès Rolland", "ines"),
            ("Luc Ferrand", "luc"),
        ],
    },
    Account {
        code: "ALDWICK",
        name: "Aldwick Trade Supplies Ltd",
        country: "GB",
        currency: "GBP",
        tier: "silver",
        payment_terms_days: "30",
        credit_limit: "60000",
        vat_id: "GB900123456",
        locale: "en-GB",
        time_zone: "Europe/London",
        domain: "aldwick.example",
        sites: &[
            (
                "LDS",
                "Leeds distribution centre",
                "Unit 4, Foundry Park",
                "Leeds",
                "LS9 0AA",
                None,
            ),
            (
                "BRS",
                "Bristol trade counter",
                "27 Ropewalk Road",
                "Bristol",
                "BS2 0AA",
                None,
            ),
        ],
        people: [
            ("Helen Marsh", "helen"),
            ("Oliver Teague", "oliver"),
            ("Priya Nair", "priya"),
            ("Gareth Pugh", "gareth"),
        ],
    },
    Account {
        code: "SAENTIS",
        name: "Säntis Montagetechnik AG",
        country: "CH",
        currency: "CHF",
        tier: "silver",
        payment_terms_days: "30",
        credit_limit: "45000",
        vat_id: "CHE900123456MWST",
        locale: "de-CH",
        time_zone: "Europe/Zurich",
        domain: "saentis-montage.example",
        sites: &[
            ("WIN", "Lager Winterthur", "Spindelgasse 11", "Winterthur", "8404", None),
            ("CHU", "Stützpunkt Chur", "Seilbahnweg 5", "Chur", "7000", None),
        ],
        people: [
            ("Regula Frei", "regula"),
            ("Marco Caduff", "marco"),
            ("Nina Egli", "nina"),
            ("Urs Hasler", "urs"),
        ],
    },
    Account {
        code: "VERHOECK",
        name: "Metaalatelier Verhoeck",
        country: "BE",
        currency: "EUR",
        tier: "bronze",
        payment_terms_days: "14",
        // Little room and, without a VAT id, the supplier's VAT on top.
        credit_limit: "1500",
        vat_id: "",
        locale: "nl-BE",
        time_zone: "Europe/Brussels",
        domain: "verhoeck.example",
        sites: &[("GNT", "Atelier Gent", "Lasserstraat 16", "Gent", "9000", None)],
        people: [
            ("Tom Verhoeck", "tom"),
            ("Elke Maes", "elke"),
            ("Bart Claeys", "bart"),
            ("Ann Wils", "ann"),
        ],
    },
];

/// Where somebody works and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At the account with this code, in this role.
    Account(&'static str, &'static str),
    /// With the supplier, in this role.
    Staff(&'static str),
}

/// Somebody who signs in.
#[derive(Debug, Clone)]
pub struct Person {
    /// What they are called.
    pub name: &'static str,
    /// What they sign in with.
    pub email: String,
    /// Where they work.
    pub place: Place,
}

impl Account {
    /// Where e-invoices reach it: by its VAT id.
    fn endpoint(&self) -> String {
        let schemes = [
            ("DE", "9930"),
            ("NL", "9944"),
            ("FR", "9957"),
            ("GB", "9932"),
            ("CH", "9927"),
        ];
        let scheme = schemes.iter().find(|(country, _)| self.vat_id.starts_with(country));
        scheme
            .map(|(_, scheme)| format!("{scheme}:{}", self.vat_id))
            .unwrap_or_default()
    }

    /// Format and way of its e-invoices.
    fn einvoicing(&self) -> (&'static str, &'static str) {
        match self.country {
            "DE" => ("factur_x", "mail"),
            "NL" => ("peppol", "access_point"),
            _ => ("none", "link"),
        }
    }

    /// Codes of its sites, the one that most goes to first.
    pub(super) fn site_codes(&self) -> impl Iterator<Item = &'static str> {
        self.sites.iter().map(|(code, ..)| *code)
    }

    /// The mail address of its person in this place among its people.
    pub(super) fn email(&self, place: usize) -> String {
        let mailbox = self.people.get(place).map_or("", |(_, mailbox)| mailbox);
        format!("{mailbox}@{}", self.domain)
    }
}

const STAFF: [(&str, &str, &str); 10] = [
    ("admin", "Willem Kessemeer", "willem"),
    ("key_account_manager", "Fleur Aarts", "fleur"),
    ("key_account_manager", "Bram Oosterhof", "bram"),
    ("customer_service", "Ravi Jansen", "ravi"),
    ("customer_service", "Noor Hendriks", "noor"),
    ("warehouse", "Piet Gerritsen", "piet"),
    ("warehouse", "Joost Verbeek", "joost"),
    ("finance", "Greta Smulders", "greta"),
    ("catalogue", "Eva Koster", "eva"),
    ("pricing", "Sjoerd Vink", "sjoerd"),
];

/// The mail address of one of the staff by its first part.
pub(super) fn staff_email(mailbox: &str) -> String {
    format!("{mailbox}@kessemeer.example")
}

/// Everybody: of each account an admin, a buyer, a viewer and somebody in finance, then the supplier's staff.
pub fn people() -> Vec<Person> {
    let of_account = |account: &Account| {
        let (code, domain) = (account.code, account.domain);
        let roles = ["admin", "buyer", "viewer", "finance"].into_iter();
        roles.zip(account.people).map(move |(role, (name, mailbox))| Person {
            name,
            email: format!("{mailbox}@{domain}"),
            place: Place::Account(code, role),
        })
    };
    let staff = STAFF.iter().map(|(role, name, mailbox)| Person {
        name,
        email: staff_email(mailbox),
        place: Place::Staff(role),
    });
    ACCOUNTS.iter().flat_map(of_account).chain(staff).collect()
}

/// `accounts.csv`.
pub(super) fn accounts_sheet() -> Sheet {
    let columns = "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id,locale,time_zone,endpoint,einvoice,einvoice_by";
    let mut sheet = Sheet::new("accounts.csv", columns);
    for account in &ACCOUNTS {
        let endpoint = account.endpoint();
        let (format, way) = account.einvoicing();
        sheet.row([
            account.code,
            account.name,
            account.country,
            account.currency,
            account.tier,
            account.payment_terms_days,
            account.credit_limit,
            account.vat_id,
            account.locale,
            account.time_zone,
            &endpoint,
            format,
            way,
        ]);
    }
    sheet
}

/// `credit.csv`: who stands under whom, and who answers for it.
pub(super) fn credit_sheet() -> Sheet {
    let mut sheet = Sheet::new(
        "credit.csv",
        "account,parent,group_limit,insured_limit,insurer,insurance_policy",
    );
    sheet.row([
        "GLASOORD",
        "",
        "125000",
        "100000",
        "Delta Kredietverzekering",
        "DK-80471",
    ]);
    sheet.row(["VERHOECK", "GLASOORD", "", "", "", ""]);
    sheet.row(["ELBTOR", "", "", "250000", "Nordkredit Versicherung AG", "NK-2201-7"]);
    sheet
}

/// `sites.csv`.
pub(super) fn sites_sheet() -> Sheet {
    let mut sheet = Sheet::new("sites.csv", "account,site,name,country,street,city,postal_code");
    for account in &ACCOUNTS {
        for (site, name, street, city, postal_code, country) in account.sites {
            let country = country.unwrap_or(account.country);
            sheet.row([account.code, site, name, country, street, city, postal_code]);
        }
    }
    sheet
}

/// `contacts.csv`: of each account who pays its invoices, of those with several sites who unloads at the first.
pub(super) fn contacts_sheet() -> Sheet {
    let columns = "account,contact,name,job_title,email,phone,site,language,mails";
    let mut sheet = Sheet::new("contacts.csv", columns);
    for account in &ACCOUNTS {
        let is_german = account.locale.starts_with("de");
        let language = if is_german { "de" } else { "en" };
        let (name, job_title) = match is_german {
            true => ("Rechnungseingang", "Prüft und bezahlt Rechnungen"),
            false => ("Accounts payable", "Checks and pays invoices"),
        };
        let mailbox = format!("invoices@{}", account.domain);
        let paying = "invoiced payment_received";
        sheet.row([account.code, "AP", name, job_title, &mailbox, "", "", language, paying]);
        let Some(site) = account.site_codes().next().filter(|_| account.sites.len() > 1) else {
            continue;
        };
        let (name, job_title) = match is_german {
            true => ("Warenannahme", "Entlädt und prüft Lieferungen"),
            false => ("Goods in", "Unloads and checks deliveries"),
        };
        let mailbox = format!("goods-in@{}", account.domain);
        sheet.row([
            account.code,
            "GATE",
            name,
            job_title,
            &mailbox,
            "",
            site,
            language,
            "shipped promise_changed",
        ]);
    }
    sheet
}
