# Handeln für einen Kunden
acting-for = Für { $name } handeln
acting-button = Für Kunden handeln
acting-what = Sie sehen das Portal wie dieser Kunde und können für ihn bestellen. Sie verwalten nicht seine Personen, geben nichts frei und sehen keine Passwörter. Es endet, wenn Sie aufhören, wenn Sie sich abmelden und spätestens nach einer Stunde. Ihr Name und der Grund werden verzeichnet und dem Kunden gezeigt.
acting-reason-hint = Der Kunde liest es. Zum Beispiel: Bestellung am Telefon, Frau Weber
acting-stopped = Sie handeln nicht mehr für den Kunden.
by-client = { $name } (Programm)
acting-by = { $staff } für { $account }
acting-list = Wer für Sie gehandelt hat
acting-list-text = Der Lieferant kann im Portal für Sie arbeiten, um zu helfen. Jedes Mal steht hier, und Aufträge daraus tragen beide Namen.
acting-none = Niemand hat für Sie gehandelt.
acting-until = Bis
acting-shown = { $count ->
    [one] { $count } Mal
   *[other] { $count } Male
}
