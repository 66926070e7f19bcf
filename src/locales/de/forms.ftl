# Formulare
form-error-prefix = Fehler:
form-refused = { $count ->
    [one] Eine Angabe stimmt noch nicht. Es wurde nichts gespeichert.
   *[other] { $count } Angaben stimmen noch nicht. Es wurde nichts gespeichert.
}
form-sent-before = Dieses Formular wurde schon mit anderen Werten gesendet. Sehen Sie nach, was daraus wurde, und öffnen Sie das Formular neu.
form-overtaken = Inzwischen hat jemand etwas geändert. Unten steht, was Sie eingegeben haben; speichern Sie noch einmal, wenn es gelten soll.
form-required = Füllen Sie dieses Feld aus.
form-value-bad = „{ $typed }“ ist hier nicht möglich.
form-number-bad = „{ $typed }“ ist keine Zahl.
form-number-asks = „{ $typed }“ kann zweierlei heißen. Schreiben Sie { $one } oder { $other }.
form-day-bad = „{ $typed }“ ist kein Tag. Schreiben Sie ihn wie 25.11.2026.
form-day-asks = „{ $typed }“ kann zweierlei heißen. Schreiben Sie { $one } oder { $other }.
