say-reserved-for-orders = { $reserved } sind für Bestellungen reserviert; stornieren Sie zuerst Bestellungen oder zählen Sie noch einmal.
