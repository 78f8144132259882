def changes_of(record, *, reader):
    return []
