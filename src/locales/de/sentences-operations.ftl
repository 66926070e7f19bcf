# Was Löschungen sagen
say-nobody-has-address = Unter dieser Adresse ist niemand bekannt: keine Person, kein Kontakt, keine Einladung, keine Mail. Prüfen Sie die Schreibweise.
say-erase-not-oneself = Niemand löscht sich selbst: das tut eine andere Verwaltung oder der Befehl portal user erase.
say-address-receives-invoices = E-Rechnungen von { $account } gehen an diese Adresse. Ändern Sie zuerst in den Bedingungen des Kontos, wohin sie gehen.
say-address-differs = Das ist nicht die Adresse von oben. Schreiben Sie sie noch einmal.
