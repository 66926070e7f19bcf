# Mahnungen
nav-desk-reminders = Mahnungen
acct-tab-reminders = Mahnungen
reminders = Mahnungen
reminder = Mahnung { $number }
reminder-number = Mahnung
reminder-sent = Versandt
reminder-kind = Stufe
reminder-overdue = Überfällig
reminder-open-not-due = Noch nicht fällig
reminder-fee = Mahngebühr
reminder-interest = Verzugszinsen
reminder-on-account = Bereits auf dem Konto
reminder-balance = Zu zahlen
reminder-has-on-account = { $amount } stehen auf dem Konto und haben noch keine Rechnung beglichen.
reminder-late = Verzug
reminder-not-due = noch nicht fällig
reminder-days-late = { $days ->
    [one] { $days } Tag überfällig
   *[other] { $days } Tage überfällig
}
reminder-level-1 = Zahlungserinnerung
reminder-level-2 = Mahnung
reminder-level-3 = Letzte Mahnung
reminder-text-1 = Vielleicht ist es Ihrer Aufmerksamkeit entgangen: Die unten genannten Rechnungen sind fällig, und wir haben noch keine Zahlung erhalten. Bitte begleichen Sie sie in den nächsten Tagen. Haben Sie schon gezahlt, betrachten Sie dieses Schreiben als gegenstandslos.
reminder-text-2 = Wir haben Sie an die unten genannten Rechnungen erinnert und noch immer keine Zahlung erhalten. Bitte begleichen Sie den überfälligen Betrag innerhalb von sieben Tagen, oder sagen Sie uns, was dem entgegensteht.
reminder-text-3 = Dies ist unsere letzte Mahnung, bevor wir weitere Schritte einleiten. Bitte begleichen Sie den überfälligen Betrag sofort. Neue Bestellungen können angehalten werden, bis Ihre Zahlung eingegangen ist.
reminder-paper = Mahnung als PDF
reminders-none = Sie wurden nie gemahnt.
reminders-none-sent = Es wurde keine Mahnung versandt.
reminders-shown = { $count ->
    [one] { $count } Mahnung
   *[other] { $count } Mahnungen
}
reminders-sent = Versandte Mahnungen
reminder-runs = Mahnläufe
reminder-run = Mahnlauf vom { $day }
reminder-runs-none = Es wurde noch kein Lauf vorgeschlagen.
reminder-runs-shown = { $count ->
    [one] { $count } Lauf
   *[other] { $count } Läufe
}
reminder-as-of = Stichtag
reminder-proposed = Vorgeschlagen
reminder-ended = Freigegeben oder verworfen
reminder-propose = Lauf vorschlagen
reminder-run-proposed = Der Lauf ist vorgeschlagen. Niemand wird gemahnt, bevor Sie ihn freigeben.
reminder-run-state-proposed = Vorgeschlagen
reminder-run-state-released = Freigegeben
reminder-run-state-dropped = Verworfen
reminder-run-release = { $count ->
    [one] { $count } Mahnung senden
   *[other] { $count } Mahnungen senden
}
reminder-run-drop = Lauf verwerfen
reminder-run-released = Die Mahnungen sind versandt.
reminder-run-dropped = Der Lauf ist verworfen.
reminder-run-taken-out = Es ist aus dem Lauf genommen.
reminder-run-nobody = In diesem Lauf ist niemand zu mahnen.
reminder-accounts = { $count ->
    [one] { $count } Kunde wird gemahnt
   *[other] { $count } Kunden werden gemahnt
}
reminder-take-out = Kunden herausnehmen
reminder-take-out-hint = Kundennummer
reminder-excluded-heading = Überfällig und nicht gemahnt
reminder-excluded-disputed = Strittig
reminder-excluded-promised = Zahlung versprochen
reminder-excluded-below-smallest = Unter dem Mindestbetrag
reminder-excluded-covered = Durch Guthaben gedeckt
reminder-excluded-account-closed = Das Kundenkonto ist geschlossen
reminder-excluded-account-excluded = Wird nie gemahnt
reminder-excluded-no-address = Niemand erhält solche Mails
reminder-excluded-no-policy = Keine Mahnregel gesetzt
reminder-excluded-taken-out = Herausgenommen
reminder-excluded-nothing-due = Bezahlt oder schon gemahnt
reminder-holds = Wegen Rückstand angehaltene Bestellungen
reminder-hold-held = Angehalten
reminder-hold-announced = Wird angehalten
reminder-told = Betreuer informiert
reminder-held-since = Neue Bestellungen sind wegen Rückstands angehalten seit { $moment }.
reminder-hold-told = Neue Bestellungen werden wegen Rückstands angehalten; der Betreuer wurde am { $day } informiert.
reminder-hold-stopped = Bestellungen werden bis { $day } nicht angehalten.
reminder-hold-stopped-now = Bis zu diesem Tag werden keine Bestellungen angehalten.
reminder-stop-hold = Anhalten aussetzen
reminder-stop-until = Bis einschließlich
reminder-open-items = Offene Rechnungen
reminder-nothing-open = Nichts ist offen.
reminder-policy = Mahnregel
reminder-policy-house = Mahnregel des Hauses
reminder-never = Nie mahnen, weil
reminder-never-hint = Leer lassen, um zu mahnen.
reminder-set-button = Speichern
reminder-set = Gespeichert.
reminder-waive = Gebühr und Zinsen erlassen
reminder-waive-hint = Der Kunde liest den Grund.
reminder-waived = Gebühr und Zinsen wurden erlassen { $moment }: { $reason }
reminder-waived-now = Gebühr und Zinsen sind erlassen.
promises = Zahlungszusagen
promises-none = Nichts wurde zugesagt.
promise-state-open = offen
promise-state-kept = gehalten
promise-state-broken = gebrochen
promise-what = Was zugesagt ist
promise-until = Zahlung bis
promise-note = Bemerkung
promise-record = Zusage festhalten
promise-recorded = Die Zusage ist festgehalten. Bis dahin wird nicht gemahnt.
dispute = Strittig
dispute-why = Warum die Rechnung { $number } strittig ist, oder nicht mehr
dispute-begin = Strittig
dispute-settle = Geklärt
dispute-noted = Vermerkt.
statement-charges = Gebühren und Zinsen, im Saldo enthalten
statement-reminded = letzte Mahnung
statement-kind-reminder-fee = Mahngebühr
statement-kind-reminder-interest = Verzugszinsen
statement-kind-reminder-waived = Gebühr und Zinsen erlassen
desk-hold-overdue = Zahlungsrückstand
order-held-overdue = Diese Bestellung ist angehalten: Rechnungen Ihres Kontos sind überfällig. Sie läuft von selbst weiter, sobald sie bezahlt sind.
preview-next-hold-overdue = Rechnungen Ihres Kontos sind überfällig. Die Bestellung wird angehalten und läuft von selbst weiter, sobald sie bezahlt sind.
quick-held-overdue = Rechnungen Ihres Kontos sind überfällig: Eine Bestellung wird angehalten, bis sie bezahlt sind.
home-held-overdue = Bestellung { $number } ({ $po }) wartet darauf, dass überfällige Rechnungen bezahlt werden.
notify-kind-reminder = Mahnung
notify-about-reminder = Was überfällig ist, mit dem Schreiben
notify-kind-hold-announced = Bestellungen werden angehalten
notify-about-hold-announced = Ein Kunde ist im Rückstand, und seine Bestellungen werden morgen angehalten
desk-mail-kind-reminder = Mahnung
desk-mail-kind-hold-announced = Bestellungen werden angehalten
desk-event-reminder-sent = Mahnung { $number } versandt
webhook-kind-reminder-sent = Mahnung versandt
webhook-kind-account-orders-held = Neue Bestellungen sind wegen Rückstands angehalten
webhook-kind-account-orders-released = Neue Bestellungen sind nicht mehr angehalten
webhook-kind-account-hold-announced = Neue Bestellungen werden wegen Rückstands angehalten
reminder-charges-open = Gebühr und Zinsen zu zahlen
reminder-unreachable = { $count ->
    [one] { $count } Kunde kann nicht gemahnt werden: Niemand dort bekommt solche Mails. Seine Bestellungen werden für seine Schulden nicht angehalten. Legen Sie einen Kontakt für Mahnungen an.
   *[other] { $count } Kunden können nicht gemahnt werden: Niemand dort bekommt solche Mails. Ihre Bestellungen werden für ihre Schulden nicht angehalten. Legen Sie Kontakte für Mahnungen an.
}
reminder-policies = Mahnregeln
reminder-policies-lead = Wann welche Mahnung hinausgeht und was sie kostet. Ein Kunde hat seine eigene Regel, sonst die des Kunden über ihm, sonst die seiner Stufe, sonst die des Hauses.
reminder-policies-none = Es gibt noch keine Mahnregel: Niemand wird gemahnt.
reminder-policy-new = Neue Mahnregel
reminder-policy-add = Mahnregel anlegen
reminder-policy-save = Mahnregel speichern
reminder-policy-saved = Mahnregel { $code } ist gespeichert.
reminder-policy-title = Mahnregel { $code }
reminder-policy-code = Kürzel
reminder-policy-code-hint = Unter ihm nennen sie Kunden und Dateien; es bleibt.
reminder-policy-currency-hint = Ihrer Beträge. Kunden anderer Währung zahlen keine Gebühr.
reminder-policy-smallest = Kleinster Betrag
reminder-policy-smallest-hint = Wer weniger schuldet, wird nicht gemahnt. Leer: 0.
reminder-policy-levels = Stufen
reminder-policy-level-hint = Lassen Sie die Tage leer, wenn es die Stufe nicht gibt.
reminder-policy-days-overdue = Tage im Verzug
reminder-policy-days-between = Tage nach der Stufe davor
reminder-policy-interest = Zinsen, Prozent im Jahr
reminder-policy-text-en = Text auf Englisch
reminder-policy-text-de = Text auf Deutsch
reminder-policy-text-hint = Leer: die eingebauten Worte.
reminder-policy-hold = Bestellungen anhalten
reminder-policy-hold-level = Ab Stufe
reminder-policy-hold-days = Ab Tagen im Verzug
reminder-policy-never = nie
reminder-policy-which = Wer welche Regel hat
reminder-policy-house-is = Alle anderen
reminder-policy-none = keine: nicht gemahnt
reminder-policy-as-house = wie alle anderen
reminder-policy-automatic = Was das Portal an Arbeitstagen von selbst tut
reminder-automatic-off = Nichts
reminder-automatic-propose = Einen Lauf vorschlagen
reminder-automatic-release = Einen Lauf vorschlagen und senden
reminder-policy-set = Speichern
reminder-policy-is-set = Gespeichert.
