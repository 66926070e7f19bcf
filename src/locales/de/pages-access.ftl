# Der zweite Faktor
factor = Zweiter Faktor
factor-is-set = Eingerichtet
factor-is-not-set = Keiner
factor-text = Eine App auf Ihrem Telefon, ein Authenticator, zeigt alle 30 Sekunden einen neuen Code. Damit meldet sich niemand allein mit Ihrem Passwort an.
factor-needed = Richten Sie zuerst einen zweiten Faktor ein; danach steht Ihnen alles andere offen.
factor-begin = Einrichten
factor-scan = Mit Ihrem Authenticator einlesen
factor-scan-text = Jeder Authenticator ist recht. Geben Sie danach den Code ein, den er zeigt.
factor-qr = Das Geheimnis als Code zum Einlesen
factor-type = Oder dort eintippen:
factor-first-code = Sechs Ziffern, wie der Authenticator sie zeigt.
factor-confirm = Einschalten
factor-done = Ihr zweiter Faktor ist eingerichtet. Ihre anderen Sitzungen sind beendet.
factor-codes = Ihre Ersatzcodes
factor-codes-text = Jeder öffnet Ihren Zugang einmal, wenn der Authenticator fort ist. Sie werden nur dieses eine Mal gezeigt: drucken Sie sie aus oder heben Sie sie sicher auf.
factor-codes-kept = Ich habe sie aufgehoben
factor-since = Eingerichtet seit { $moment }.
factor-codes-left = { $codes ->
    [one] Ein Ersatzcode ist übrig.
   *[other] { $codes } Ersatzcodes sind übrig.
}
factor-codes-few = { $codes ->
    [0] Kein Ersatzcode ist übrig. Machen Sie jetzt neue.
    [one] Nur ein Ersatzcode ist übrig. Machen Sie jetzt neue.
   *[other] Nur { $codes } Ersatzcodes sind übrig. Machen Sie jetzt neue.
}
factor-new-codes = Neue Ersatzcodes machen
factor-remove = Zweiten Faktor entfernen
factor-removed = Der zweite Faktor ist entfernt. Nur noch Ihr Passwort schützt Ihren Zugang.
factor-removed-passkeys = Der Authenticator ist entfernt. Ein Passkey schützt Ihren Zugang weiter.
field-code = Code
code-hint = Die sechs Ziffern, die Ihr Authenticator zeigt, oder einer Ihrer Ersatzcodes.
code-heading = Noch ein Code
code-text = Ihr Passwort stimmt. Geben Sie den Code ein, den Ihr Authenticator jetzt zeigt.
code-wrong = Der Code ist falsch oder wurde schon benutzt. Warten Sie auf den nächsten.
code-too-late = Die Zeit für den Code ist abgelaufen. Melden Sie sich noch einmal an.
code-back = Von vorn beginnen
confirm = Sind Sie es?
confirm-text = Was Sie ändern wollen, braucht einen frischen Nachweis. Was Sie eingegeben haben, bleibt erhalten und geht gleich danach weiter.
confirm-do = Weiter
confirm-wrong = Das ist nicht Ihr Passwort.

# Der Zugang anderer
member-access = Zugang
member-access-text = Sieht etwas verdächtig aus, beenden Sie alle Sitzungen: die Person meldet sich neu an und bekommt eine Mail.
member-end-sessions = Alle Sitzungen beenden
member-sessions-ended = { $sessions ->
    [0] Es gab keine Sitzung zu beenden.
    [one] Eine Sitzung ist beendet.
   *[other] { $sessions } Sitzungen sind beendet.
}
member-reset-factor = Zweiten Faktor zurücksetzen
member-factor-reset = Der zweite Faktor ist zurückgesetzt. Die Person meldet sich mit dem Passwort an und kann einen neuen einrichten.
staff-text = Wer beim Lieferanten Zugang hat. Der Befehl „portal user“ fügt Personen hinzu und beendet ihren Zugang.
staff-end = Sitzungen beenden
staff-end-label = Sitzungen beenden: { $name }
staff-reset = Zweiten Faktor zurücksetzen
staff-reset-label = Zweiten Faktor zurücksetzen: { $name }
staff-shown = { $count ->
    [one] Eine Person
   *[other] { $count } Personen
}
own-sessions-used = Zuletzt benutzt { $moment }

# Passkeys
passkeys = Passkeys
passkeys-text = Ein Passkey liegt auf Ihrem Telefon, Ihrem Rechner oder einem Schlüssel und antwortet nur diesem Portal. Er ersetzt den Code.
passkey-name = Wie er heißen soll
passkey-name-hint = Etwa das Gerät, auf dem er liegt.
passkey-add = Passkey hinzufügen
passkey-since = Hinzugefügt { $moment }
passkey-used = zuletzt benutzt { $moment }
passkey-never = noch nicht benutzt
passkey-remove = Entfernen
passkey-remove-label = Den Passkey { $name } entfernen
passkey-added = Der Passkey ist hinzugefügt.
passkey-removed = Der Passkey ist entfernt.
passkey-use = Passkey benutzen
passkey-failed = Der Passkey wurde nicht benutzt. Versuchen Sie es noch einmal, oder nehmen Sie einen Code.
passkey-unnamed = Passkey
