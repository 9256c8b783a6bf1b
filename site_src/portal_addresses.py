"""The addresses that the portal answers, as far as pages of the site may lead there."""

FORMS = (
    "apply",
    "schooling-aid",
    "medical-aid",
    "urgent-aid",
    "consult",
    "find-work",
    "my-data",
    "objection",
)
"""The first parts of the addresses of the forms."""

CHECKLISTS = ("apply", "schooling-aid", "medical-aid", "urgent-aid", "consult")
"""The forms that tell beforehand what to bring, at /papers-needed below their address."""

PORTAL = (*FORMS, "status", "search", "elder", "tools", "verify/check")
"""All that a link may begin with; no page of the site may stand there."""
