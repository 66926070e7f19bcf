# What is said of what happened
say-no-such-action = Nichts im Protokoll heißt { $action }. Was mit { $noun } geschieht: { $verbs }.
say-no-such-actions = Nichts im Protokoll heißt { $action }. Eine Handlung heißt wie order.cancel; order. sind alle einer Art. Es gibt: { $nouns }.
