"""What schemathesis can't send by itself: rows."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson", "text/csv")
def rows(context, value):
    """An object is a row; what is none is sent as it is."""
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value)).encode()
