"""Pictures of the evidence: marks, scales and charts as data for SVG templates. Pure."""
