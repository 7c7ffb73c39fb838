"""What is published as Evidence and Citation of HL7 FHIR R5 (5.0.0)."""
