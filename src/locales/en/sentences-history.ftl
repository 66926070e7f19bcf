# What is said of what happened
say-no-such-action = Nothing in the record is called { $action }. What is done to { $noun }: { $verbs }.
say-no-such-actions = Nothing in the record is called { $action }. An action is like order.cancel; order. is all of a kind. There are: { $nouns }.
