# Was ein Konto gewöhnlich entscheidet
usual = Was nicht da ist
usual-lead = Was neue Bestellungen Ihrer Firma tun, wenn nicht sofort genug da ist. Jede Bestellung und jede Position kann es anders sagen.
usual-lead-desk = Was neue Aufträge des Kunden tun, wenn nicht sofort genug da ist. Jeder Auftrag und jede Position kann es anders sagen.
usual-days = Tage, die es wartet
usual-days-hint = 1 bis 365, wenn es bis zu einem Tag wartet
usual-days-count = { $days ->
    [one] 1 Tag
   *[other] { $days } Tage
}
usual-saved = Gespeichert. Es gilt für alles, was ab jetzt bestellt wird.
usual-save = Was nicht da ist speichern
usual-whose = Das ändert ein Admin Ihrer Firma.
order-backorder-until = Wartet bis zu einem Tag
preview-day-only-until = Ein Tag ist für das, was bis zu einem Tag wartet: wählen Sie das, oder lassen Sie den Tag weg.
line-as-order = Wie die Bestellung
line-choices = Wenn es nicht da ist
line-delivery-partial = geht in Teilen hinaus
line-delivery-complete = geht erst hinaus, wenn alles davon da ist
line-backorder-wait = wartet auf Bestand
line-backorder-until = wartet bis zu einem Tag
line-backorder-cancel-rest = was nicht da ist, wird storniert
line-backorder-until-day = wartet bis { $day }
paper-line-delivery-complete = Geht erst hinaus, wenn alles davon da ist
paper-line-delivery-partial = Geht in Teilen hinaus
paper-line-backorder-wait = Wartet auf Bestand
paper-line-backorder-cancel-rest = Was nicht da ist, wird storniert
paper-line-backorder-until = Wartet bis { $day }
paper-what-is-not-there = Was nicht da ist
paper-called-off = Davon storniert
paper-sent-as = Kommt als Position { $number }
paper-line-cancelled = { $quantity } storniert
paper-instead-of = Statt Position { $number }
order-was-ended-cancel-after = Storniert { $moment }, wie es Ihre Firma bestimmt hat: am letzten Tag, an dem sie wartete, war nichts davon da.
order-was-ended-cancel-rest = Storniert { $moment }, wie es Ihre Firma bestimmt hat: nichts davon war da, und nichts sollte warten.
order-told-ended-cancel-after = Storniert, wie es Ihre Firma bestimmt hat: der letzte Tag, an dem sie wartete, ist vorbei
order-told-ended-cancel-rest = Storniert, wie es Ihre Firma bestimmt hat: nichts sollte warten
order-told-rest-ended-cancel-after = Was von Position { $lines } wartete, ist storniert, wie es Ihre Firma bestimmt hat: ihr letzter Tag ist vorbei
order-told-rest-ended-cancel-rest = Was von Position { $lines } nicht da war, ist storniert, wie es Ihre Firma bestimmt hat

# Ersatz am Desk
nav-substitutes = Ersatzartikel
substitutes-lead = Was statt eines Artikels angeboten wird, der ausgelaufen ist, nicht mehr kommt oder auf den zu warten ist. Ohne das Ja des Käufers wird nichts anderes geschickt.
substitutes-none = Statt keines Artikels wird etwas anderes angeboten.
substitutes-none-of-product = Es wird nichts stattdessen angeboten.
substitutes-shown = { $count ->
    [one] 1 Ersatzartikel
   *[other] { $count } Ersatzartikel
}
substitute-add = Einen Artikel statt eines anderen anbieten
substitute-add-do = Anbieten
substitute-added = Er wird ab jetzt angeboten.
substitute-changed = Es ist geändert.
substitute-removed = Er wird nicht mehr angeboten.
substitute-article = Artikel
substitute-instead = Stattdessen
substitute-instead-hint = Nummer dessen, was angeboten wird
substitute-kind = Art
substitute-kind-successor = Nachfolger
substitute-kind-alternative = Alternative
substitute-field-ratio = Verhältnis
substitute-ratio-hint = Basiseinheiten davon für eine Basiseinheit des Artikels
substitute-title = { $substitute } statt { $sku }
substitute-change-of = { $substitute } statt { $sku } ändern
substitute-remove = Nicht mehr anbieten
substitute-remove-text = Was schon genommen wurde, bleibt.
substitute-of-product = Ersatzartikel
substitute-is-offered-for = Wird statt { $sku } angeboten
substitute-offers-product = { $substitute } wird stattdessen angeboten

# Ersatz für Käufer
substitute-take = Stattdessen { $amount } von { $article } nehmen
substitute-ratio = { $ratio } davon stehen für eines.
substitute-rounded = Aufgerundet auf das, was bestellt werden kann.
substitute-there = Auf Lager
substitute-part-there = Teilweise auf Lager
substitute-waits = Darauf ist zu warten
substitute-product-heading = Stattdessen
substitute-product-lead = Wir bieten stattdessen an:
substitute-offers = Etwas anderes stattdessen
substitute-offers-title = Etwas anderes für Bestellung { $number }
substitute-offers-lead = Sie entscheiden: ohne Ihr Ja wird nichts anderes geschickt. Ihre Bestellung behält, was Sie bestellt haben, und sagt, was geschickt wird.
substitute-we-propose = Wir schlagen das hier vor.
substitute-proposed = Unser Vorschlag
substitute-decline = Nein, wir warten
substitute-is-declined = Wir wissen, dass Sie warten. Die Position bleibt in der Reihe.
substitute-back = Zurück zur Bestellung
substitute-nothing-offered = Es gibt nichts, das stattdessen geschickt werden könnte.
substitute-without = { $lines ->
    [one] Für 1 Position, die wartet, gibt es nichts anderes.
   *[other] Für { $lines } Positionen, die warten, gibt es nichts anderes.
}
substitute-nothing-waits = Von dieser Bestellung wartet nichts auf Bestand.
substitute-confirm-title = Etwas anderes für Bestellung { $number }?
substitute-confirm-lead = Darauf kommt Ihr Ja hinaus. Was stattdessen geschickt wird, hat den Preis von heute.
substitute-yes = Ja, das stattdessen schicken
substitute-is-taken = Es wird stattdessen geschickt. Ihre Bestellung hat eine neue Revision.
substitute-is-asked = Wir sind gefragt, das stattdessen zu schicken; die Bestellung war schon angenommen.
substitute-order-offered = Für etwas, das wartet, gibt es etwas anderes, das geschickt werden könnte.
substitute-order-proposed = Wir schlagen für etwas, das wartet, etwas anderes vor.
substitute-look = Ansehen
line-sent-as = { $quantity } davon werden als { $amount } von { $article } geschickt (Position { $number })
line-sent-instead-of = Statt { $quantity } von { $article } (Position { $number })
change-line-replaced = Kommt als etwas anderes
change-instead-of = Statt Position { $number }

# Vorschlagen
substitute-propose = Etwas anderes vorschlagen
substitute-propose-title = Etwas anderes für Auftrag { $number }
substitute-propose-lead = Der Kunde liest es und sagt ja oder nein. Wozu er ja sagt, das wird sofort geschickt, zum Preis von heute.
substitute-propose-hint = Nummer eines Artikels, den der Kunde bestellen darf
substitute-propose-ratio-hint = Freiwillig. Basiseinheiten davon für eine der Position; sonst wie hinterlegt, oder 1
substitute-propose-do = Vorschlagen
substitute-note = Was wir dazu sagen
substitute-is-proposed = Es ist vorgeschlagen. Der Kunde bekommt eine Mail.
substitute-withdraw = Vorschlag zurücknehmen
substitute-is-withdrawn = Der Vorschlag ist zurückgenommen.
proposal-state-open = offen
proposal-state-accepted = angenommen
proposal-state-declined = abgelehnt
proposal-state-withdrawn = zurückgenommen
order-told-substitute-proposed = Wir schlagen für Position { $line } etwas anderes vor
order-told-substitute-declined = Etwas anderes für Position { $line } abgelehnt
desk-event-order-substitute-proposed = Etwas anderes vorgeschlagen
desk-event-order-substitute-declined = Vorschlag abgelehnt
webhook-kind-order-substitute-proposed = Etwas anderes für eine Bestellung vorgeschlagen
webhook-kind-order-substitute-declined = Vorschlag für eine Bestellung abgelehnt

# Mails
mail-cancelled-cancel-after = Bestellung { $number } ist beendet, wie es Ihre Firma bestimmt hat: der letzte Tag, an dem sie wartete, ist vorbei.
mail-cancelled-cancel-rest = Bestellung { $number } ist beendet, wie es Ihre Firma bestimmt hat: nichts davon war da, und nichts sollte warten.
mail-rest-cancelled-cancel-after = Wie es Ihre Firma bestimmt hat, ist storniert, was von { $lines ->
    [one] einer Position
   *[other] { $lines } Positionen
} der Bestellung { $number } wartete: ihr letzter Tag ist vorbei.
mail-rest-cancelled-cancel-rest = Wie es Ihre Firma bestimmt hat, ist storniert, was von { $lines ->
    [one] einer Position
   *[other] { $lines } Positionen
} der Bestellung { $number } nicht da war.
mail-substitute-subject = [{ $po }] Bestellung { $number }: etwas anderes für Position { $line }?
mail-substitute-headline = { $waits } von { $sku } (Position { $line }) der Bestellung { $number } warten auf Bestand.
mail-substitute-offer = Wir schlagen stattdessen { $amount } von { $substitute }, { $name }, vor.
mail-substitute-next = Ohne Ihr Ja wird nichts anderes geschickt. Preise und Termine sehen Sie, bevor Sie entscheiden.
mail-substitute-declined-subject = [{ $code }] Auftrag { $number }: Vorschlag für Position { $line } abgelehnt
mail-substitute-declined-headline = { $account } will nicht, was für Position { $line } von Auftrag { $number } vorgeschlagen war.
mail-substitute-declined-next = Die Position wartet weiter.

# Das Protokoll
audit-order-substitute-propose = Für eine Position etwas anderes vorgeschlagen
audit-order-substitute-decline = Vorschlag für eine Position abgelehnt
audit-order-substitute-withdraw = Vorschlag für eine Position zurückgenommen
audit-substitute-add = Einen Artikel statt eines anderen angeboten
audit-substitute-change = Geändert, was statt eines Artikels angeboten wird
audit-substitute-remove = Einen Artikel nicht mehr statt eines anderen angeboten
bulk-kind-substitutes = Ersatzartikel
