# Around every page
brand-unnamed = Portal
brand-desk = Schreibtisch
page-description = Bestellungen, Lieferungen und Rechnungen für Schlüsselkunden
skip-to-content = Zum Inhalt
acting-label = Handeln für einen Kunden
acting-text = Sie handeln für { $account } als { $staff }. Das wird aufgezeichnet und dort angezeigt.
acting-stop = Beenden
search-hint = Ihre Artikelnr., Bestellung, Rechnung
search-hint-desk = Bestellung, Kunde, Artikelnr., Rechnung
search-key = Strg K
nav-label = Hauptnavigation
nav-menu = Menü
nav-home = Start
nav-today = Heute
nav-group-daily = Tagesgeschäft
nav-group-catalogue = Sortiment und Preise
nav-group-program = Programm
nav-group-money = Finanzen
nav-group-set-up = Einrichtung
nav-draft = { $lines ->
    [one] Entwurf, { $lines } Position
   *[other] Entwurf, { $lines } Positionen
}
crumbs-label = Sie sind hier
pager-first = Erste
pager-label = Seiten
chart-figures = Zahlen
field-email = E-Mail-Adresse
field-password = Passwort
optional = freiwillig

# Signing in
sign-in = Anmelden
sign-in-keep = Auf diesem Gerät 30 Tage angemeldet bleiben
session-ends = Ihre Sitzung endet um { $time } Uhr. Was Sie bis dahin eingegeben haben, bleibt erhalten: Melden Sie sich wieder an und senden Sie es ab.
sign-in-ended = Ihre Sitzung ist abgelaufen. Melden Sie sich wieder an, um fortzufahren.
sign-in-interrupted = Ihre Sitzung ist abgelaufen. Ihre Eingaben sind noch da: Melden Sie sich an und senden Sie sie dann ab.
too-long = Ihre Eingaben sind nicht verloren
too-long-text = Ihre Sitzung ist abgelaufen, und das Formular ist zu lang, um über die Anmeldung hinweg aufbewahrt zu werden. Melden Sie sich in einem anderen Tab an, kommen Sie in diesen zurück und laden Sie ihn neu: Ihr Browser sendet das Formular dann noch einmal.
too-long-sign-in = In einem anderen Tab anmelden
sign-in-wrong = E-Mail-Adresse oder Passwort ist falsch. Versuchen Sie es noch einmal oder fragen Sie Ihren Administrator.
sign-in-throttled = { $minutes ->
    [one] Zu viele Versuche sind fehlgeschlagen. Versuchen Sie es in einer Minute wieder.
   *[other] Zu viele Versuche sind fehlgeschlagen. Versuchen Sie es in { $minutes } Minuten wieder.
}
sign-out = Abmelden
resume = Wieder angemeldet
resume-text = Ihre Eingaben wurden nicht gesendet, weil Ihre Sitzung abgelaufen war. Es ist noch nichts gespeichert oder bestellt.
resume-send = Jetzt senden
resume-back = Zurück, ohne zu senden
signed-out = Sie sind abgemeldet.

# When something is wrong
error-not-found = Diese Seite gibt es nicht
error-not-found-text = Vielleicht ist sie umgezogen oder gehört jemand anderem. Prüfen Sie die Adresse oder beginnen Sie von vorn.
error-forbidden = Ihre Rolle erlaubt das nicht
error-forbidden-text = Wenden Sie sich an einen Administrator, wenn Sie es brauchen.
error-throttled = Zu viele Anfragen
error-internal = Bei uns ist etwas schiefgegangen
error-internal-text = Es wurde nichts geändert. Versuchen Sie es noch einmal; nennen Sie uns die Referenz, wenn es wieder nicht gelingt.
error-unavailable = Gerade nicht erreichbar
error-unavailable-text = Bitte versuchen Sie es gleich noch einmal. Es wurde nichts geändert.
error-invalid = Etwas stimmt noch nicht
error-invalid-text = Gehen Sie zurück, korrigieren Sie es und senden Sie es noch einmal.
error-refused = Das geht gerade nicht
error-reference = Referenz { $reference }
error-to-start = Zur Startseite

# The page of components
gallery-title = Bausteine
gallery-banner = Position 3: Sie bekommen 8 von 12 Kartons sofort
gallery-detail = Bestellungen mit höherem Rang kamen zuerst.
gallery-shown = 50 Bestellungen

# Saved views of lists
views-label = Gespeicherte Ansichten
views-save = Ansicht speichern
views-name = Name der Ansicht
views-delete-label = Ansicht { $name } löschen
views-saved = Ansicht „{ $name }“ gespeichert.
views-not-saved = Die Ansicht wurde nicht gespeichert: Geben Sie ihr einen Namen mit höchstens 60 Zeichen.
views-too-many = Eine Liste hat höchstens { $count } Ansichten. Löschen Sie zuerst eine.
views-deleted = Ansicht gelöscht.
