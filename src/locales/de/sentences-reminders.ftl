say-no-reminder-policy = Es gibt keine Mahnregel { $policy }.
say-tier-has-policy = Die Stufe { $tier } steht in der Datei schon bei einer anderen Mahnregel.
say-reminder-policy-used = Es gibt schon eine Mahnregel { $policy }.
say-reminder-policy-code = Eine Mahnregel braucht einen Schlüssel von 1 bis { $max } Zeichen.
say-reminder-policy-name = Eine Mahnregel braucht einen Namen von 1 bis { $max } Zeichen.
say-reminder-currency = { $code } ist keine Währung nach ISO 4217.
say-reminder-levels = { $levels } Stufen sind nicht möglich: Eine Mahnregel hat eine bis drei.
say-reminder-days = { $days-count ->
    [one] Ein Tag liegt nicht zwischen { $least } und { $most }.
   *[other] { $days } Tage liegen nicht zwischen { $least } und { $most }.
}
say-reminder-days-rise = { $days-count ->
    [one] Ein Tag ist nicht mehr als die { $before } der Stufe davor.
   *[other] { $days } Tage sind nicht mehr als die { $before } der Stufe davor.
}
say-reminder-amount = { $amount } ist kein Betrag in { $currency } von null oder mehr.
say-reminder-interest = { $interest } ist kein Satz von 0 bis 100 Prozent mit höchstens vier Nachkommastellen.
say-reminder-text-too-long = { $characters } Zeichen sind mehr als die erlaubten { $max }.
say-reminder-hold-level = Es gibt keine Stufe { $level }: Die Mahnregel hat { $levels }.
say-reminder-day = { $day } liegt nicht zwischen { $first } und { $last }.
say-reminder-run-ended = Der Lauf wurde schon freigegeben oder verworfen.
say-not-in-reminder-run = Kunde { $account } ist nicht in diesem Lauf.
say-invoice-not-in-reminder-run = Kunde { $account } hat keine solche Rechnung in diesem Lauf.
say-nobody-to-remind = Es gibt keinen Kunden { $account }.
say-nothing-promised = Nennen Sie mindestens eine offene Rechnung, deren Zahlung zugesagt ist.
say-promised-not-open = { $invoice } ist keine offene Rechnung des Kunden, oder zweimal genannt.
say-invoice-disputed = Die Rechnung ist schon strittig.
say-invoice-not-disputed = Die Rechnung ist nicht strittig.
say-invoice-disputed-by-claim = Die Rechnung ist durch die Reklamation { $claim } strittig, bis diese abgelehnt, zurückgezogen oder erledigt ist.
say-nothing-to-waive = Die Mahnung kostet nichts, oder ihre Kosten wurden schon erlassen.
