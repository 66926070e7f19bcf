say-draft-has-too-many-lines = { $lines } lines are more than the { $max } of a draft; split it.
say-cannot-merge = The lines have changed meanwhile and can't be merged any more.
say-draft-text-too-long = { $characters } characters are more than the { $max } that fit.
say-part-too-long = '{ $start }…' has { $characters } characters; at most { $max } fit.
say-placed-as-order = The draft was placed as order { $order }.
say-nothing-to-order = No line of the draft can be ordered yet.
say-too-many-drafts = Your account has { $max } open drafts; place or delete some of them first.
