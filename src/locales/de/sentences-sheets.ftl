# Zellen
say-blanks-or-controls = Entfernen Sie Leerzeichen am Rand und Steuerzeichen.
say-give-tax-category = Geben Sie die Kategorie nach UNCL5305 an, etwa S.
say-give-unit-code = Geben Sie den Code der UN/ECE-Empfehlung 20 oder 21 an, etwa H87 oder XCT.
say-give-whole-number = Geben Sie eine ganze Zahl von { $from } bis { $to } an.
say-at-most-decimals = { $max-count ->
    [one] Hier ist höchstens eine Nachkommastelle erlaubt.
   *[other] Hier sind höchstens { $max } Nachkommastellen erlaubt.
}
say-two-numbers = Das ist { $one } oder { $other }. Sagen Sie, ob das Dezimalzeichen der Dateien ein Punkt oder ein Komma ist (--numbers, oder die Auswahl bei den Dateien).
say-not-below-zero = Der Wert darf nicht unter null liegen.
say-write-the-day = Schreiben Sie den Tag als JJJJ-MM-TT.
say-give-currency = Geben Sie den Code nach ISO 4217 an, etwa EUR.
say-give-country = Geben Sie den Code nach ISO 3166-1 an, etwa NL.
say-give-mail-address = Geben Sie eine einzelne Mailadresse an, so wie Mails an sie geschrieben werden, etwa bestellung@nord.example, ohne Namen, Komma oder Klammern.
say-give-phone = Geben Sie eine wählbare Nummer mit 3 bis 15 Ziffern an, etwa +49 40 123456.
say-give-vat-id = Geben Sie die USt-IdNr. in der Form ihres Landes an, etwa DE123456789 oder EL123456789 für Griechenland, ohne Leerzeichen. Lassen Sie das Feld leer, wenn es keine gibt.
say-give-iban = Geben Sie die IBAN mit ihren zwei Prüfziffern in Großbuchstaben an, etwa NL91 ABNA 0417 1643 00. Eine Ziffer könnte vertippt sein.
say-give-bic = Geben Sie den BIC mit 8 oder 11 Zeichen an, etwa COBADEFF.
say-give-time-zone = Geben Sie den IANA-Namen an, etwa Europe/Amsterdam.
say-give-one-of = Geben Sie eines davon an: { $names }.
say-give-some-of = Geben Sie beliebige davon an, in einer Datei durch Leerzeichen getrennt: { $names }.

# Zeilen und Kopfzeilen
say-cells-differ = { $found-count ->
    [one] Die Zeile hat eine Zelle, die Kopfzeile { $wanted }.
   *[other] Die Zeile hat { $found } Zellen, die Kopfzeile { $wanted }.
}
say-save-as-utf8 = Speichern Sie die Datei als UTF-8.
say-remove-nul = Entfernen Sie das Zeichen NUL.
say-text-after-quote = Nach einem schließenden Anführungszeichen folgt Text; schreiben Sie ein Anführungszeichen im Text doppelt.
say-quote-never-closes = Ein Anführungszeichen wird geöffnet und nie geschlossen.
say-keep-one = Behalten Sie eine von beiden.
say-header-needs = Die Kopfzeile braucht { $required }.
say-header-needs-and-may-have = Die Kopfzeile braucht { $required }; sie darf { $optional } haben.
say-same-key-before = Eine frühere Zeile desselben Auftrags hat denselben Schlüssel. Senden Sie jeden Schlüssel nur einmal.
say-same-key = Zeile { $row } hat denselben Schlüssel. Behalten Sie eine von beiden.
say-at-most-columns = Eine Datei hat höchstens { $max } Spalten.
say-too-many-faults = Mehr als { $max } Zeilen sind fehlerhaft, deshalb wurde der Rest nicht geprüft. Aus dieser Datei wird nichts importiert.
say-give-electronic-address = Geben Sie eine elektronische Adresse mit Schema und Nummer an, etwa 0088:4012345000009 (eine GLN), 9930:DE123456789 (eine deutsche USt-IdNr.) oder EM:rechnung@firma.example; Prüfziffern müssen stimmen.
say-give-register-number = Geben Sie die Nummer an, wie das Register sie schreibt, oder mit ihrem Schema nach ISO 6523 davor, etwa 0002:732829320; Prüfziffern müssen stimmen.
