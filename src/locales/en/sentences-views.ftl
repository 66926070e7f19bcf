say-view-needs-name = A view needs a name.
say-view-name-too-long = A name has at most { $max } characters.
say-save-from-list = Save the view from the list it is of.
say-too-many-views = A list has at most { $max } views; delete one first.
