say-rate-at-most = Ein Satz ist höchstens 100 Prozent.
