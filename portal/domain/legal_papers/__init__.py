"""Papers for offices and employers（文书）that a worker takes along, filled in or blank."""
