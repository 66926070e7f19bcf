# Forms about people
email-rule = Das ist keine E-Mail-Adresse. Schreiben Sie sie wie name@example.com.
name-rule = Schreiben Sie einen Namen mit 1 bis 200 Zeichen.
password-rule = 12 bis 128 beliebige Zeichen, nichts, was andere zuerst probieren. Ein kurzer Satz lässt sich gut merken.
password-fault = Das Passwort braucht 12 bis 128 Zeichen.
link-broken = Dieser Link öffnet nichts mehr

# A forgotten password
forgot = Passwort vergessen?
forgot-text = Wir senden Ihnen einen Link, mit dem Sie ein neues festlegen.
forgot-send = Link senden
forgot-sent-heading = Sehen Sie in Ihr Postfach
forgot-sent = Wenn jemand mit dieser Adresse Zugang hat, ist eine E-Mail mit einem Link unterwegs. Der Link gilt einmal, eine Stunde lang.
forgot-sent-nothing = Es kam nichts an? Sehen Sie bei den unerwünschten E-Mails nach oder fragen Sie den Administrator Ihres Unternehmens, mit welcher Adresse Sie Zugang haben.
reset = Neues Passwort festlegen
reset-text = Sie werden überall abgemeldet und melden sich mit dem neuen Passwort wieder an.
reset-do = Neues Passwort festlegen
reset-again = Neuen Link anfordern
reset-done = Ihr neues Passwort gilt. Melden Sie sich damit an.

# An invitation
invitation = Zugang zu { $account }
invitation-by = { $inviter } lädt Sie ein, Ihre Rolle: { $role }.
invitation-until = Die Einladung gilt bis { $until }.
invitation-email-hint = Mit dieser Adresse melden Sie sich an.
invitation-name-hint = So, wie Kollegen und der Lieferant ihn lesen sollen.
invitation-accept = Annehmen und anmelden
invitation-accepted = Willkommen. Sie gehören jetzt zu { $account }.
invitation-accepted-sign-in = Sie gehören jetzt dazu. Melden Sie sich mit Ihrem neuen Passwort an.
invitation-email-taken = Mit dieser E-Mail-Adresse haben Sie schon anderswo Zugang zum Portal. Eine Person gehört zu einem Unternehmen; bitten Sie um eine Einladung an eine andere Adresse.

# What people may do
account-role-admin = Administrator
account-role-buyer = Einkauf
account-role-approver = Freigabe
account-role-finance = Buchhaltung
account-role-viewer = Lesezugriff
staff-role-admin = Administrator
staff-role-key-account-manager = Key-Account-Management
staff-role-customer-service = Kundenservice
staff-role-catalogue = Katalog
staff-role-pricing = Preise
staff-role-warehouse = Lager
staff-role-finance = Buchhaltung

# The own profile
profile = Ihr Profil
profile-tab = Profil
profile-company = Unternehmen
profile-language = Sprache der Seiten und E-Mails
profile-language-default = Wie in Ihrem Unternehmen
profile-language-default-staff = Wie das Portal beginnt (Englisch)
profile-theme = Farben
profile-theme-hint = Für diesen Browser.
profile-saved = Ihr Profil ist gespeichert.
theme-system = Wie Ihr Gerät eingestellt ist
theme-light = Hell
theme-dark = Dunkel
password-change-text = Ihre anderen Sitzungen enden damit; diese läuft weiter.
password-current = Bisheriges Passwort
password-new = Neues Passwort
password-not-changed = Das Passwort wurde nicht geändert. Sehen Sie das markierte Feld an.
password-changed = { $sessions ->
    [0] Ihr neues Passwort gilt.
    [one] Ihr neues Passwort gilt. Eine andere Sitzung wurde beendet.
   *[other] Ihr neues Passwort gilt. { $sessions } andere Sitzungen wurden beendet.
}
own-sessions-tab = Sitzungen
own-sessions-text = Etwas ist Ihnen unbekannt? Beenden Sie es und ändern Sie Ihr Passwort.
own-sessions-device = Gerät
own-sessions-since = Angemeldet
own-sessions-address = Netzadresse
own-sessions-browser = { $browser } auf { $system }
own-sessions-program = Ein Programm
own-sessions-current = Dieser Browser
own-sessions-end = Beenden
own-sessions-end-label = { $device } beenden, angemeldet { $since }
own-sessions-end-others = Alle anderen beenden
own-sessions-ended = Die Sitzung ist beendet.
own-sessions-ended-others = { $sessions ->
    [0] Es gab keine andere Sitzung.
    [one] Eine andere Sitzung ist beendet.
   *[other] { $sessions } andere Sitzungen sind beendet.
}
own-sessions-shown = { $count ->
    [one] Eine Sitzung
   *[other] { $count } Sitzungen
}

# The team behind the account
nav-team = Team
team = Ihr Team
team-text = Die Menschen bei Ihrem Lieferanten, die sich um Ihr Unternehmen kümmern. Wer abwesend ist, nennt die Vertretung.
team-empty = Ihr Lieferant hat Ihr Team noch nicht benannt. Wen Sie fragen können, steht am Fuß der Seite.
team-here = Heute da
team-away-open = Bis auf Weiteres abwesend.
team-away-open-from = Ab { $from } bis auf Weiteres abwesend.
team-away-until = Abwesend bis { $to }
team-away-from = Abwesend vom { $from } bis { $to }
team-stand-in = Die Vertretung hat { $name }:
team-function-key-account-manager = Key-Account-Management
team-function-deputy = Stellvertretung im Key-Account-Management
team-function-customer-service = Kundenservice
team-function-shipping = Versand
team-function-scheduling = Terminplanung
team-function-inventory = Bestand
team-function-finance = Buchhaltung
team-function-quality = Qualität

# The account
nav-account = Konto
account-tab = Konditionen
account-no-limit = kein Limit
account-exposure = Offen und gebunden
account-exposure-hint = Offen und gebunden sind unbezahlte Rechnungen und noch nicht berechnete Bestellungen, abzüglich Zahlungen auf Konto.
account-available = Verfügbar
account-used = { $percent } % des Kreditlimits sind genutzt.
account-exceeded = Das Limit ist überschritten: Neue Bestellungen warten, bis die Buchhaltung Ihres Lieferanten sie freigibt.
account-facts = Konditionen
account-code = Ihre Nummer beim Lieferanten
account-terms-days = { $days ->
    [0] sofort
    [one] { $days } Tag
   *[other] { $days } Tage
}
account-vat-id = USt-IdNr.
account-change-hint = Soll sich etwas ändern?
account-to-team = Fragen Sie Ihr Team
tier-platinum = Platin
tier-gold = Gold
tier-silver = Silber
tier-bronze = Bronze
sites = Standorte
sites-text = Wohin Sie Ware bekommen. Ihr Lieferant pflegt diese Liste.
sites-empty = Es gibt noch keinen Standort.
sites-name = Standort
sites-code = Kürzel
sites-address = Anschrift
sites-default = Gilt, wenn eine Bestellung keinen anderen nennt
sites-shown = { $count ->
    [one] Ein Standort
   *[other] { $count } Standorte
}

# Members and invitations
members = Mitglieder
members-you = Sie
members-none = Noch niemand hat Zugang.
members-sites = E-Mails zu Standorten
members-all-sites = alle
members-last-sign-in = Zuletzt angemeldet
members-never = noch nie
members-shown = { $count ->
    [one] Ein Mitglied
   *[other] { $count } Mitglieder
}
members-invitations = Offene Einladungen
members-role = Rolle
members-role-hint = Weitere Rollen können Sie geben, sobald die Einladung angenommen ist.
members-invited-by = Eingeladen von
members-good-until = Gültig bis
members-resend = Noch einmal senden
members-resend-label = Noch einmal senden an { $email }
members-withdraw = Zurückziehen
members-withdraw-label = Zurückziehen der Einladung an { $email }
members-withdrawn = Die Einladung ist zurückgezogen; ihr Link öffnet nichts mehr.
members-invite-hint = Ein Link kommt per E-Mail. Er gilt einmal, sieben Tage lang.
members-invited = Eine Einladung an { $email } ist unterwegs.
roles-rule = Ein Mitglied hat mindestens eine Rolle. Um den Zugang zu beenden, entfernen Sie es.
account-role-may-admin = Bestellt und verwaltet Mitglieder und Einladungen
account-role-may-buyer = Fragt Preise an, bestellt und storniert
account-role-may-approver = Gibt Bestellungen frei, die es brauchen
account-role-may-finance = Bekommt Rechnungen und Erinnerungen
account-role-may-viewer = Liest alles, ändert nichts
member-sites = E-Mails zu diesen Standorten
member-saved = { $name } ist gespeichert.
member-back = Zurück zu allen Mitgliedern
member-remove-title = { $name } entfernen?
member-remove-text = Der Zugang endet sofort und überall. Was bestellt wurde, bleibt. Eine neue Einladung ist möglich.
member-remove-me = Das sind Sie: Ihr eigener Zugang endet sofort und überall. Ein anderer Administrator kann Sie wieder einladen.
member-remove-do = Aus dem Konto entfernen
member-keep = Behalten
member-removed = Das Mitglied ist entfernt; der Zugang ist beendet.
member-changed = Inzwischen hat jemand dieses Mitglied geändert. Sehen Sie es noch einmal an, bevor Sie es entfernen.

# Mails
notify = E-Mails, die Sie bekommen
notify-tab = E-Mails
notify-kinds = E-Mails zu
notify-always = Kommen immer, weil jemand sie anfordert: { $kinds }.
notify-sites-hint = Keiner angekreuzt: E-Mails zu allen Standorten.
notify-saved = Ihre Auswahl ist gespeichert.
notify-kind-order-placed = Bestellung eingegangen
notify-about-order-placed = Was bestellt wurde und wann es kommt
notify-kind-order-on-hold = Bestellung angehalten
notify-about-order-on-hold = Warum eine Bestellung nicht weitergeht
notify-kind-order-released = Bestellung freigegeben
notify-about-order-released = Eine angehaltene Bestellung geht weiter
notify-kind-order-accepted = Bestellung bestätigt
notify-about-order-accepted = Ihr Lieferant hat eine Bestellung bestätigt
notify-kind-order-cancelled = Bestellung storniert
notify-about-order-cancelled = Von einer Bestellung kommt nichts mehr
notify-kind-promise-changed = Liefertermin geändert
notify-about-promise-changed = Eine Position kommt früher oder später als gesagt
notify-kind-short-of-stock = Ware fehlt
notify-about-short-of-stock = Eine Position wartet auf Ware
notify-kind-shipped = Versandt
notify-about-shipped = Was unterwegs ist und mit wem
notify-kind-invoiced = Rechnung
notify-about-invoiced = Eine Rechnung mit ihren Dateien
notify-kind-payment-received = Zahlung eingegangen
notify-about-payment-received = Was eine Zahlung ausgleicht
notify-kind-webhook-failing = Webhooks schlagen fehl
notify-about-webhook-failing = Ein Programm von Ihnen nimmt keine Ereignisse an
notify-kind-critical-order = Kritische Bestellung
notify-about-critical-order = Einer Ihrer Kunden hat etwas Dringendes bestellt
notify-kind-team-hold = Bestellung angehalten
notify-about-team-hold = Eine Bestellung eines Ihrer Kunden geht nicht weiter
notify-kind-dead-letter = E-Mail aufgegeben
notify-about-dead-letter = Eine E-Mail war nicht zustellbar
notify-kind-invitation = Einladung
notify-about-invitation = Eine Einladung zu einem Konto
notify-kind-password-reset = Neues Passwort
notify-about-password-reset = Ein Link, um ein neues Passwort festzulegen
notify-kind-access-changed = Ihr Zugang
notify-about-access-changed = Ihr Passwort oder Ihre Rollen wurden geändert
unsubscribe = Keine E-Mails dieser Art mehr?
unsubscribe-text = Sie bekommen E-Mails der Art „{ $kind }“. Sie kommen nicht mehr, sobald Sie es hier bestätigen; Sie können es jederzeit wieder ändern.
unsubscribe-do = Diese E-Mails abbestellen
unsubscribe-choose = Auswählen, welche E-Mails Sie bekommen
unsubscribed-heading = Diese E-Mails kommen nicht mehr
unsubscribed = E-Mails der Art „{ $kind }“ sind für Sie abgeschaltet.

# The menu of the reader
own-members = Mitglieder und Einladungen
notify-kind-credited = Gutschrift
notify-about-credited = Eine Gutschrift, mit ihrem Papier
