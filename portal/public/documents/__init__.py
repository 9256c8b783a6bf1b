"""Photos and papers that an applicant sends."""
