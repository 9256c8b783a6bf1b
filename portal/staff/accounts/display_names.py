"""What colleagues are called on the pages of the workbench."""

from flask import Flask, g

from portal.operations.accounts.staff_accounts import name_staff
from portal.operations.office import Office


def name_colleagues(app: Flask, office: Office) -> None:
    """Let templates show people by their names, where events know only logins."""

    @app.template_filter("named")
    def named(login: str) -> str:
        if "names" not in g:
            g.names = name_staff(office)
        names: dict[str, str] = g.names
        return names.get(login, login)
