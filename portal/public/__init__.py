"""The app for visitors: the generated site, the forms, the status page. No accounts, no script."""
