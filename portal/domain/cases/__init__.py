"""Cases: events, workflow, promised dates, receipts."""
