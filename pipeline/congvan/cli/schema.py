"""`congvan schema`: the JSON Schema of a record."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema of the record that `congvan parse` prints.

    \b
    Example:
      congvan schema > record.schema.json
    """
    from congvan.record import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
