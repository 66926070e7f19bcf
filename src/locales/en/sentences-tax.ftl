say-rate-at-most = A rate is at most 100 percent.
