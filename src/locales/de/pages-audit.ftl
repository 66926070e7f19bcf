# Das Protokoll
nav-audit = Protokoll
audit-actor = Person oder Programm
audit-object = Kennung des Gegenstands
audit-hint = Kunde über sein Kürzel; eine Person über die Mailadresse; was über den Namen, etwa order.cancel, order. für alles zu Aufträgen oder session. für Anmeldungen.
audit-no-match = Kein Eintrag passt.
audit-empty = Noch ist nichts verzeichnet.
audit-shown = { $count ->
    [one] { $count } Eintrag
   *[other] { $count } Einträge
}
audit-facts = { $count ->
    [one] { $count } Angabe
   *[other] { $count } Angaben
}
audit-program = Programm: { $name }
audit-acted-for = für { $name }
audit-address = Adresse

# Actions
audit-account-open = Kunden angelegt
audit-account-change = Kunden geändert
audit-account-close = Kunden geschlossen
audit-contact-add = Kontakt hinzugefügt
audit-contact-change = Kontakt geändert
audit-contact-remove = Kontakt entfernt
audit-site-add = Standort hinzugefügt
audit-site-change = Standort geändert
audit-team-change = Team geändert
audit-acting-start = Handeln für den Kunden begonnen
audit-acting-stop = Handeln für den Kunden beendet
audit-invitation-create = Jemanden eingeladen
audit-invitation-withdraw = Einladung zurückgezogen
audit-invitation-accept = Einladung angenommen
audit-person-add = Person hinzugefügt
audit-person-rejoin = Person wieder aufgenommen
audit-person-change = Person geändert
audit-person-end = Zugang einer Person beendet
audit-person-choose-mails = Mails gewählt
audit-person-change-password = Passwort geändert
audit-person-reset-password = Passwort zurückgesetzt
audit-password-reset-request = Neues Passwort angefordert
audit-session-sign-in = Angemeldet
audit-session-sign-in-failed = Anmeldung gescheitert
audit-session-replace = Sitzung durch eine neue Anmeldung im selben Browser beendet
audit-session-sign-out = Abgemeldet
audit-session-end = Sitzung beendet
audit-session-end-others = Die anderen Sitzungen beendet
audit-session-end-reused = Sitzung wegen eines schon benutzten Tokens beendet
audit-person-confirm-failed = Ein neuer Nachweis ist gescheitert
audit-person-change-password-failed = Falsches bisheriges Passwort
audit-access-refuse = Rolle reicht nicht
audit-list-export = Liste als Datei geholt
audit-session-end-all = Alle Sitzungen von jemandem beendet
audit-second-factor-add = Zweiten Faktor eingerichtet
audit-second-factor-remove = Zweiten Faktor entfernt
audit-second-factor-reset = Zweiten Faktor von jemandem zurückgesetzt
audit-second-factor-renew-codes = Neue Ersatzcodes gemacht
audit-second-factor-use-recovery-code = Ersatzcode benutzt
audit-passkey-add = Passkey hinzugefügt
audit-passkey-remove = Passkey entfernt
audit-key-rotate = Neuen Schlüssel gemacht
audit-key-retire = Schlüssel zurückgezogen
audit-order-place = Auftrag erteilt
audit-order-accept = Auftrag angenommen
audit-order-hold = Auftrag angehalten
audit-order-release = Auftrag freigegeben
audit-order-cancel = Auftrag storniert
audit-draft-delete = Entwurf gelöscht
audit-receipt-book = Wareneingang gebucht
audit-shipment-create = Versendet
audit-shipment-deliver = Als zugestellt vermerkt
audit-invoice-issue = Rechnung gestellt
audit-payment-book = Zahlung gebucht
audit-payment-apply = Zahlung zugeordnet
audit-payment-reverse = Zahlung zurückgebucht
audit-mail-resend = Mail noch einmal gesendet
audit-import-check = Dateien geprüft
audit-import-apply = Dateien importiert
audit-client-add = Programm angelegt
audit-client-change = Programm geändert
audit-client-keys-change = Schlüssel eines Programms geändert
audit-client-secret-add = Programm ein neues Geheimnis gegeben
audit-client-secret-retire = Geheimnis eines Programms zurückgenommen
audit-client-revoke = Programm widerrufen
audit-client-proof-failed = Ein Programm konnte sich nicht ausweisen
audit-webhook-endpoint-add = Webhook-Empfänger angelegt
audit-webhook-endpoint-change = Webhook-Empfänger geändert
audit-webhook-endpoint-remove = Webhook-Empfänger entfernt
audit-webhook-endpoint-rotate = Webhook-Schlüssel erneuert
audit-webhook-endpoint-retire = Alten Webhook-Schlüssel abgelegt
audit-webhook-endpoint-enable = Webhook-Empfänger eingeschaltet
audit-webhook-endpoint-disable = Webhook-Empfänger ausgeschaltet
audit-webhook-endpoint-test = Test an Webhook-Empfänger gesendet
audit-webhook-endpoint-resend = Webhook noch einmal gesendet
audit-webhook-endpoint-replay = Ereignisse an Webhook-Empfänger nachgesendet
