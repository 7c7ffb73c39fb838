"""References from other programs: RIS, BibTeX, NBIB and CSL-JSON, alone or mixed."""

from citations.importing.reading import Format, read_references
from citations.importing.records import ImportedRecord, Record, UnreadableRecord

__all__ = ["Format", "ImportedRecord", "Record", "UnreadableRecord", "read_references"]
