say-view-needs-name = Eine Ansicht braucht einen Namen.
say-view-name-too-long = Ein Name hat höchstens { $max } Zeichen.
say-save-from-list = Speichern Sie die Ansicht aus der Liste, zu der sie gehört.
say-too-many-views = Eine Liste hat höchstens { $max } Ansichten; löschen Sie zuerst eine.
