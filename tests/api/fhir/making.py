"""The bundles of the site as it is."""

import json

from api.dump.open_pack import open_pack
from api.dump.record_lines import record_groups
from api.fhir.bundles import fhir_files


def bundles() -> dict[str, dict]:
    pack = open_pack()
    entries = dict(record_groups(pack, lambda: None))["entries"]
    return {name: json.loads(text) for name, text in fhir_files(pack, entries)}
