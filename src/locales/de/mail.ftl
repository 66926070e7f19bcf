# Days in mails
mail-weekday-1 = Mo
mail-weekday-2 = Di
mail-weekday-3 = Mi
mail-weekday-4 = Do
mail-weekday-5 = Fr
mail-weekday-6 = Sa
mail-weekday-7 = So
mail-day = { $weekday }, { $day }. { $month }
mail-day-of-year = { $weekday }, { $day }. { $month } { $year }
mail-no-day = offen

# Around every mail
mail-settings = Wählen, welche Mails Sie bekommen
mail-attached = Im Anhang: { $files }
mail-why-placed = Sie bekommen diese Mail, weil Sie die Bestellung aufgegeben haben.
mail-why-role = Ihre Rolle bei { $account } bringt Ihnen diese Mail.
mail-why-fallback = Sonst bekommt bei { $account } niemand Mails dieser Art, darum kommt diese zu Ihnen.
mail-why-team = Sie betreuen { $account } und bekommen dafür diese Mail.
mail-why-staff = Sie bekommen diese Mail, weil Sie das Portal verwalten.
mail-why-invited = Jemand hat Sie zu { $account } eingeladen, darum bekommen Sie diese Mail. Falls Sie damit nichts anfangen können, tun Sie nichts: Es geschieht nichts.
mail-why-asked = Sie bekommen diese Mail, weil jemand für diese Adresse ein neues Passwort angefordert hat. Falls Sie das nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
mail-why-own = Sie bekommen diese Mail, weil es um den Zugang zum Portal geht. Sie lässt sich nicht abschalten.
mail-why-inviter = Sie bekommen diese Mail, weil Sie die Einladung verschickt haben.
mail-why-contact = Sie bekommen diese Mail als Kontakt von { $account }.
mail-why-invoices = Rechnungen von { $account } gehen an diese Adresse.
mail-unsubscribe = Keine Mails dieser Art mehr schicken
mail-more-lines = { $count ->
    [one] Eine weitere Position steht im Portal.
   *[other] { $count } weitere Positionen stehen im Portal.
}

# Facts and columns
mail-fact-order = Auftrag
mail-fact-ship-to = Lieferung an
mail-fact-tax = Steuer
mail-fact-gross = Summe mit Steuer
mail-fact-kind = Art
mail-fact-error = Letzte Antwort
mail-column-article = Artikel
mail-column-arrives = Kommt
mail-column-waits = Wartet
mail-column-was = Bisher
mail-column-now = Jetzt
mail-column-paid = Bezahlt
mail-part-of-whole = { $part } von { $whole }
mail-part-on-day = { $quantity } am { $day }
mail-part-open = { $quantity } offen
mail-class-standard = normal
mail-class-priority = bevorzugt
mail-class-critical = kritisch

# Links
mail-order-link = Auftrag { $number } ansehen
mail-invoice-link = Rechnung { $invoice } ansehen
mail-statement-link = Kontoauszug ansehen

# When the goods come
mail-arrival-gone = Alles ist zu Ihnen unterwegs.
mail-arrival-by = Alles ist für Sie reserviert und kommt bis { $date } an.
mail-arrival-expected = Alles kommt bis { $date }; ein Teil davon ist Ware, die erwartet wird, und wir schreiben Ihnen, falls sich das ändert.
mail-arrival-waiting = { $lines ->
    [one] Eine Position wartet auf Ware. Wir schreiben Ihnen, sobald sie einen Termin hat.
   *[other] { $lines } Positionen warten auf Ware. Wir schreiben Ihnen, sobald sie einen Termin haben.
}

# Order placed
mail-placed-subject-gone = [{ $po }] Auftrag { $number } eingegangen
mail-placed-subject-by = [{ $po }] Auftrag { $number } eingegangen, kommt { $date }
mail-placed-subject-waiting = { $lines ->
    [one] [{ $po }] Auftrag { $number } eingegangen, 1 Position wartet auf Ware
   *[other] [{ $po }] Auftrag { $number } eingegangen, { $lines } Positionen warten auf Ware
}
mail-placed-headline = Auftrag { $number } ist eingegangen.
mail-placed-next = Wir prüfen ihn und bestätigen ihn Ihnen. Bis dahin können Sie ihn im Portal stornieren.
mail-placed-held-subject = [{ $po }] Auftrag { $number } eingegangen, aber angehalten
mail-placed-held-headline = Auftrag { $number } ist eingegangen, aber angehalten.
mail-placed-approval-subject = [{ $po }] Auftrag { $number } wartet auf Freigabe
mail-placed-approval-headline = Auftrag { $number } wartet auf die Freigabe in Ihrem Haus.
mail-placed-approval-means = Sobald er freigegeben ist, geht er an uns. Bis dahin ist nichts reserviert.

# Order on hold
mail-hold-headline = Auftrag { $number } ist angehalten.
mail-hold-means = Bis es weitergeht, ist nichts dafür reserviert. Der Auftrag behält seinen Platz in der Reihe, und wir schreiben Ihnen, sobald es weitergeht.
mail-hold-credit-subject = [{ $po }] Auftrag { $number } angehalten: Kreditlimit
mail-hold-credit-why = Mit ihm würde Ihr Konto das Kreditlimit überschreiten. Unsere Buchhaltung sieht ihn sich jetzt an.
mail-hold-manual-subject = [{ $po }] Auftrag { $number } angehalten
mail-hold-manual-why = Wir müssen etwas klären, bevor es weitergehen kann.

# Order released
mail-released-subject-gone = [{ $po }] Auftrag { $number } freigegeben
mail-released-subject-by = [{ $po }] Auftrag { $number } freigegeben, kommt { $date }
mail-released-subject-waiting = { $lines ->
    [one] [{ $po }] Auftrag { $number } freigegeben, 1 Position wartet auf Ware
   *[other] [{ $po }] Auftrag { $number } freigegeben, { $lines } Positionen warten auf Ware
}
mail-released-headline = Mit Auftrag { $number } geht es weiter.

# Order confirmed
mail-accepted-subject-gone = [{ $po }] Auftrag { $number } bestätigt
mail-accepted-subject-by = [{ $po }] Auftrag { $number } bestätigt, kommt { $date }
mail-accepted-subject-waiting = { $lines ->
    [one] [{ $po }] Auftrag { $number } bestätigt, 1 Position wartet auf Ware
   *[other] [{ $po }] Auftrag { $number } bestätigt, { $lines } Positionen warten auf Ware
}
mail-accepted-headline = Auftrag { $number } ist bestätigt.
mail-accepted-next = Wenn Sie ihn ändern oder stornieren möchten, sprechen Sie bitte mit uns.

# Order cancelled
mail-cancelled-subject = [{ $po }] Auftrag { $number } storniert, es kommt nichts mehr
mail-cancelled-by-account = Auftrag { $number } wurde von Ihrem Haus storniert.
mail-cancelled-by-supplier = Wir mussten Auftrag { $number } stornieren.
mail-cancelled-means = Davon wird nichts mehr geliefert. Die Nummer { $po } kann wieder verwendet werden.
mail-rest-cancelled-subject = [{ $po }] Auftrag { $number } ist zum Teil storniert
mail-rest-cancelled-by-account = Ihr Haus hat { $lines ->
    [one] eine Position
   *[other] { $lines } Positionen
} des Auftrags { $number } ganz oder zum Teil storniert.
mail-rest-cancelled-by-supplier = Wir mussten { $lines ->
    [one] eine Position
   *[other] { $lines } Positionen
} des Auftrags { $number } ganz oder zum Teil stornieren.
mail-rest-cancelled-means = Was geliefert ist, wird wie üblich berechnet; was nicht storniert ist, läuft weiter.
mail-rest-cancelled-all = Was geliefert ist, wird wie üblich berechnet; mehr kommt von dem Auftrag nicht.
mail-column-cancelled = Storniert

# New days
mail-promise-subject-gone = [{ $po }] Auftrag { $number } ist unterwegs
mail-promise-subject-by = [{ $po }] Auftrag { $number } kommt jetzt { $date }
mail-promise-subject-waiting = { $lines ->
    [one] [{ $po }] Auftrag { $number }: neue Termine, 1 Position wartet noch
   *[other] [{ $po }] Auftrag { $number }: neue Termine, { $lines } Positionen warten noch
}
mail-promise-headline = { $lines ->
    [one] Für eine wartende Position von Auftrag { $number } ist Ware da.
   *[other] Für { $lines } wartende Positionen von Auftrag { $number } ist Ware da.
}
mail-promise-moved-headline = { $lines ->
    [one] Eine Position von Auftrag { $number } hat einen anderen Termin.
   *[other] { $lines } Positionen von Auftrag { $number } haben andere Termine.
}

# Short of stock
mail-short-subject = { $lines ->
    [one] [{ $po }] Auftrag { $number }: 1 Position wartet auf Ware
   *[other] [{ $po }] Auftrag { $number }: { $lines } Positionen warten auf Ware
}
mail-short-headline = { $lines ->
    [one] Für eine Position von Auftrag { $number } fehlt Ware.
   *[other] Für { $lines } Positionen von Auftrag { $number } fehlt Ware.
}
mail-short-next = Was reserviert ist, gehört Ihnen. Der Rest kommt aus den nächsten Lieferungen, der Reihe nach; wir schreiben Ihnen, sobald er einen Termin hat.

# Shipped
mail-shipped-subject = [{ $po }] Auftrag { $number } versandt, Lieferung { $shipment }
mail-shipped-headline = Ware aus Auftrag { $number } ist unterwegs.
mail-shipped-next = Diese Lieferung enthält:

# Invoice
mail-invoiced-subject = [{ $po }] Rechnung { $invoice }: { $amount }, fällig { $due }
mail-invoiced-headline = Rechnung { $invoice } über { $amount } ist ausgestellt.
mail-invoiced-next = Sie gehört zu Auftrag { $order } und ist bis { $due } zu zahlen.

# Payment
mail-payment-subject = Zahlung über { $amount } eingegangen
mail-payment-reference-subject = [{ $reference }] Zahlung über { $amount } eingegangen
mail-payment-headline = Am { $date } sind { $amount } bei uns eingegangen. Vielen Dank.
mail-payment-paid-already = Sie nennt Rechnung { $invoice }, die schon bezahlt war.
mail-payment-charge = Gebühr und Zinsen der Mahnung { $number }
mail-payment-applied = Bezahlt sind damit:
mail-payment-rest = { $rest } bleiben auf Ihrem Konto, bis wir sie mit einer Rechnung verrechnen.

# To the team
mail-critical-subject = [{ $code }] Kritischer Auftrag { $number } von { $account }
mail-critical-headline = { $account } hat einen kritischen Auftrag erteilt.
mail-critical-covered = Alles ist reserviert. Er wartet auf die Annahme.
mail-critical-waiting = { $waiting ->
    [one] Eine Position wartet auf Ware.
   *[other] { $waiting } Positionen warten auf Ware.
}
mail-team-hold-headline = Auftrag { $number } von { $account } ist angehalten.
mail-team-hold-credit-subject = [{ $code }] Auftrag { $number } angehalten: Kreditlimit
mail-team-hold-credit-next = Mit ihm überschritte der Kunde sein Kreditlimit. Die Buchhaltung gibt ihn frei, oder er wird storniert.
mail-team-hold-manual-subject = [{ $code }] Auftrag { $number } angehalten
mail-team-hold-manual-next = Jemand von uns hat ihn angehalten. Bis er freigegeben ist, ist nichts dafür reserviert.
mail-dead-subject = Mail an { $email } aufgegeben
mail-dead-headline = Eine Mail an { $email } konnte nicht zugestellt werden.
mail-dead-next = { $attempts ->
    [one] Sie ist beim ersten Versuch gescheitert. Prüfen Sie die Adresse und senden Sie sie aus der Liste der Mails noch einmal.
   *[other] Sie ist { $attempts }-mal gescheitert. Prüfen Sie die Adresse und senden Sie sie aus der Liste der Mails noch einmal.
}
mail-dead-invitation-subject = Ihre Einladung hat { $email } nicht erreicht
mail-dead-invitation-headline = Ihre Einladung von { $email } zu { $account } konnte nicht zugestellt werden.
mail-dead-invitation-next = Prüfen Sie die Adresse. Ziehen Sie die Einladung zurück, und laden Sie noch einmal an die richtige Adresse ein.
mail-dead-link = Aufgegebene Mails ansehen

# Access
mail-role-admin = Verwaltung
mail-role-buyer = Einkauf
mail-role-approver = Freigabe
mail-role-finance = Buchhaltung
mail-role-viewer = Lesen
mail-access-password-subject = { $supplier }: Ihr Passwort wurde geändert
mail-access-password-headline = Ihr Passwort für unser Portal wurde geändert.
mail-access-password-reset-subject = { $supplier }: ein neues Passwort wurde festgelegt
mail-access-password-reset-headline = Mit dem Link einer Mail wurde ein neues Passwort für unser Portal festgelegt.
mail-access-roles-subject = { $supplier }: Ihre Rollen wurden geändert
mail-access-roles-headline = Ihre Rollen in unserem Portal wurden geändert.
mail-access-second-factor-added-subject = { $supplier }: ein zweiter Faktor schützt Ihren Zugang
mail-access-second-factor-added-headline = Ab jetzt fragt unser Portal Sie neben dem Passwort nach einem Code.
mail-access-second-factor-removed-subject = { $supplier }: Ihr zweiter Faktor wurde entfernt
mail-access-second-factor-removed-headline = Ab jetzt fragt unser Portal Sie nur nach Ihrem Passwort.
mail-access-authenticator-removed-subject = { $supplier }: Ihr Authenticator wurde entfernt
mail-access-authenticator-removed-headline = Codes Ihres Authenticators öffnen nichts mehr. Unser Portal fragt neben dem Passwort nach einem Passkey.
mail-access-second-factor-reset-subject = { $supplier }: Ihr zweiter Faktor wurde zurückgesetzt
mail-access-second-factor-reset-headline = Ihr zweiter Faktor wurde weggenommen. Sie melden sich mit dem Passwort an und können einen neuen einrichten.
mail-access-recovery-code-used-subject = { $supplier }: ein Ersatzcode wurde benutzt
mail-access-recovery-code-used-headline = Statt eines Codes aus Ihrer App wurde einer Ihrer Ersatzcodes benutzt.
mail-access-recovery-codes-renewed-subject = { $supplier }: Sie haben neue Ersatzcodes
mail-access-recovery-codes-renewed-headline = Neue Ersatzcodes wurden gemacht; die alten öffnen nichts mehr.
mail-access-sessions-ended-subject = { $supplier }: Sie wurden überall abgemeldet
mail-access-sessions-ended-headline = Alle Ihre Sitzungen in unserem Portal wurden beendet. Melden Sie sich wieder an, um weiterzumachen.
mail-access-passkey-added-subject = { $supplier }: Ihr Zugang hat einen neuen Passkey
mail-access-passkey-added-headline = Ihr Zugang zu unserem Portal hat einen neuen Passkey.
mail-access-passkey-removed-subject = { $supplier }: einer Ihrer Passkeys wurde entfernt
mail-access-passkey-removed-headline = Ein Passkey wurde aus Ihrem Zugang zu unserem Portal entfernt.
mail-access-program-added-subject = { $supplier }: ein Programm hat Zugang bekommen
mail-access-program-added-headline = Auf Ihrer Seite unseres Portals wurde ein Programm angelegt, das sich selbst anmeldet.
mail-access-program-changed-subject = { $supplier }: der Zugang eines Programms wurde geändert
mail-access-program-changed-headline = Was eines Ihrer Programme in unserem Portal darf oder von wo, wurde geändert.
mail-access-program-secret-added-subject = { $supplier }: ein Programm hat ein neues Geheimnis
mail-access-program-secret-added-headline = Eines Ihrer Programme hat ein neues Geheimnis für unser Portal bekommen.
mail-access-not-known = Wenn Sie nicht wissen, warum, widerrufen Sie das Programm sofort und fragen Sie Ihre Kollegen.
mail-access-programs = Die Programme ansehen
mail-access-when = Das geschah am { $when }.
mail-access-when-by = { $by } hat das am { $when } getan.
mail-access-not-you = Waren Sie es nicht, dann fordern Sie sofort ein neues Passwort an („Passwort vergessen?“ bei der Anmeldung), beenden Sie unbekannte Sitzungen und sagen Sie uns Bescheid.
mail-access-ask = Wissen Sie nicht, warum, dann fragen Sie die Verwaltung Ihres Kontos oder uns.
mail-access-roles = Rollen
mail-access-link = Ansehen, wo Sie angemeldet sind
mail-moment = { $day }, { $time }
mail-invitation-subject = { $supplier }: Ihr Zugang für { $account }
mail-invitation-headline = Sie sind in unser Portal eingeladen.
mail-invitation-by = { $inviter } lädt Sie ein, dort für { $account } zu arbeiten. Ihre Rolle: { $role }.
mail-invitation-until = Der Link gilt einmal, bis { $until }.
mail-invitation-link = Passwort wählen
mail-reset-subject = { $supplier }: neues Passwort setzen
mail-reset-headline = Setzen Sie ein neues Passwort für unser Portal.
mail-reset-once = { $minutes ->
    [one] Der Link gilt einmal, eine Minute lang.
   *[other] Der Link gilt einmal, { $minutes } Minuten lang.
}
mail-reset-link = Neues Passwort setzen
mail-webhook-failing-subject = Webhooks schlagen fehl: { $url }
mail-webhook-failing-headline = { $url } nimmt keine Ereignisse an. Versuche über drei Tage blieben erfolglos, die ersten wurden aufgegeben.
mail-webhook-failing-next = Sehen Sie nach, was dort geantwortet wird, und senden Sie das Aufgegebene noch einmal, sobald es geht. Gelingt fünf Tage lang nichts, wird der Empfänger ausgeschaltet.
mail-webhook-given-up-subject = Webhooks sind ausgeschaltet: { $url }
mail-webhook-given-up-headline = { $url } hat fünf Tage lang kein Ereignis angenommen; dorthin wird nichts mehr gesendet.
mail-webhook-given-up-next = Schalten Sie den Empfänger wieder ein, sobald er geht, und senden Sie die fehlende Zeit nach.
mail-webhook-program-revoked-subject = Webhooks sind ausgeschaltet: { $url }
mail-webhook-program-revoked-headline = Das Programm, das { $url } hinzugefügt hat, wurde widerrufen; dorthin wird nichts mehr gesendet.
mail-webhook-program-revoked-next = Wird der Empfänger noch gebraucht, schalten Sie ihn ein und senden Sie die fehlende Zeit nach. Sein Geheimnis kennt, wer das Programm hatte: Geben Sie ihm vorher ein neues.
mail-webhook-gone-subject = Webhooks sind ausgeschaltet: { $url }
mail-webhook-gone-headline = { $url } hat mit 410 geantwortet: Dort werden keine Ereignisse mehr gewünscht, also wird nichts mehr gesendet.
mail-webhook-gone-next = Entfernen Sie den Empfänger, wenn das stimmt. Schalten Sie ihn sonst wieder ein und senden Sie die fehlende Zeit nach.
mail-webhook-status = Status
mail-webhook-link = Empfänger ansehen

mail-credit-link = Zur Gutschrift { $number }
mail-credited-subject = [{ $po }] Gutschrift { $number }: { $amount }
mail-credited-headline = Die Gutschrift { $number } über { $amount } ist ausgestellt.
mail-credited-next = Sie nimmt einen Teil der Rechnung { $invoice } zurück, oder alles. Sie schulden entsprechend weniger.
mail-credited-rest = Sie nimmt einen Teil der Rechnung { $invoice } zurück, oder alles. { $rest } bleiben auf Ihrem Konto, bis wir sie mit einer Rechnung verrechnen.

mail-claim-link = Zur Reklamation { $number }
mail-claim-opened-subject = [{ $po }] Reklamation { $number } von { $account }
mail-claim-opened-headline = { $account } hat die Reklamation { $number } eingereicht.
mail-claim-opened-next = Sehen Sie sie an und antworten Sie; der Tag, bis zu dem der Kunde das erwartet, steht an der Reklamation.
mail-claim-replied-subject = [{ $po }] Nachricht zur Reklamation { $number }
mail-claim-replied-headline = Es gibt eine Nachricht zur Reklamation { $number }.
mail-claim-replied-next = Antworten Sie auf der Seite der Reklamation.
mail-claim-decided-subject = [{ $po }] Reklamation { $number }: { $outcome }
mail-claim-decided-headline = Wir haben die Reklamation { $number } entschieden: { $outcome }.
mail-claim-decided-next = Was von jeder Position anerkannt ist, steht unten. Was anerkannt ist, erledigen wir als Nächstes.
mail-claim-rejected-next = Warum, steht unten bei jeder Position. Wenn Sie es anders sehen, schreiben Sie uns auf der Seite der Reklamation.
mail-claim-settled-subject = [{ $po }] Reklamation { $number } ist erledigt: { $outcome }
mail-claim-settled-headline = Die Reklamation { $number } ist erledigt: { $outcome }.
mail-claim-settled-next = Danke für den Hinweis.
mail-claim-withdrawn-subject = [{ $po }] Reklamation { $number } ist zurückgezogen
mail-claim-withdrawn-headline = { $account } hat die Reklamation { $number } zurückgezogen.
mail-claim-withdrawn-next = Es ist nichts mehr zu tun.

mail-return-link = Zur Rücksendung { $number }
mail-return-announced-subject = [{ $po }] Bitte senden Sie Ware zurück: Rücksendung { $number }
mail-return-announced-headline = Bitte senden Sie uns die Ware der Rücksendung { $number } zurück.
mail-return-announced-next = Was wir erwarten, steht unten. Legen Sie das Blatt der Rücksendung in das Paket.
mail-return-inspected-subject = [{ $po }] Rücksendung { $number } ist geprüft
mail-return-inspected-headline = Wir haben angesehen, was mit der Rücksendung { $number } zurückkam.
mail-return-inspected-next = Was wir gefunden haben, steht unten.
mail-return-closed-subject = [{ $po }] Rücksendung { $number } ist abgeschlossen
mail-return-closed-headline = Wir haben die Rücksendung { $number } abgeschlossen: Von ihr kam hier nichts an.
mail-return-closed-next = Bitte senden Sie mit ihrem Begleitblatt nichts mehr zurück. Wenn die Ware unterwegs ist, sagen Sie es uns.
mail-reminder-subject-1 = [{ $number }] Zahlungserinnerung: { $amount } überfällig
mail-reminder-subject-2 = [{ $number }] Mahnung: { $amount } überfällig
mail-reminder-subject-3 = [{ $number }] Letzte Mahnung: { $amount } überfällig
mail-reminder-headline = { $amount } sind überfällig.
mail-reminder-link = Mahnung { $number } ansehen
mail-hold-overdue-subject = [{ $po }] Auftrag { $number } angehalten: Rechnungen sind überfällig
mail-hold-overdue-why = Rechnungen Ihres Kontos sind überfällig. Der Auftrag läuft von selbst weiter, sobald sie bezahlt sind.
mail-team-hold-overdue-subject = [{ $code }] Auftrag { $number } angehalten: Zahlungsrückstand
mail-team-hold-overdue-next = Rechnungen des Kunden sind überfällig. Der Auftrag läuft von selbst weiter, sobald sie bezahlt sind; Sie können das Anhalten mit einem Grund aussetzen.
mail-hold-announced-subject = [{ $code }] { $account }: Bestellungen werden ab { $date } angehalten
mail-hold-announced-headline = { $account } schuldet überfällige { $amount }. Neue Bestellungen werden ab { $date } angehalten.
mail-hold-announced-next = Der Kunde weiß noch nichts davon. Sprechen Sie vorher mit ihm, oder setzen Sie das Anhalten mit einem Grund bis zu einem Tag aus.
mail-hold-announced-link = Kunden ansehen
