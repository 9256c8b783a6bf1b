"""The factory of the staff app."""

from flask import Flask

from portal.newsroom.content_folder import Newsroom
from portal.staff import figures, legal_papers
from portal.staff.accounts import display_names, sign_in, staff_accounts
from portal.staff.cases import (
    audit_log,
    bulk,
    code_reissue,
    corrections,
    desk,
    search,
    steps,
    work_list,
    workbench,
)
from portal.staff.content import articles, fact_review, working_calendar
from portal.staff.counter import contacts, entry, filled_form
from portal.staff.documents import documents
from portal.staff.notices import calls
from portal.staff.rosters import roster
from portal.web.compression import compress_pages
from portal.web.edge import content_policy, harden
from portal.web.guards import require_guards
from portal.web.scripts import allow_scripts
from portal.web.theme import register_theme, staff_style
from site_src.centre import Centre


def create_staff_app(room: Newsroom, centre: Centre, hosts: frozenset[str], key: bytes) -> Flask:
    """Make the app for staff, to be mounted under /staff."""
    office = room.office
    app = Flask("portal.staff", static_folder=None)
    style = staff_style()
    harden(app, cookie="staff", hosts=hosts, key=key, policy=content_policy([style.hash]))
    register_theme(app, centre, style)
    allow_scripts(app, [style.hash])
    sign_in.require_sign_in(app, office)
    app.register_blueprint(sign_in.blueprint(office))
    app.register_blueprint(work_list.blueprint(office))
    app.register_blueprint(search.blueprint(office))
    app.register_blueprint(audit_log.blueprint(office))
    app.register_blueprint(figures.blueprint(office))
    app.register_blueprint(workbench.blueprint(office))
    app.register_blueprint(desk.blueprint(office))
    app.register_blueprint(corrections.blueprint(office))
    app.register_blueprint(steps.blueprint(office))
    app.register_blueprint(bulk.blueprint(office))
    app.register_blueprint(contacts.blueprint(office))
    app.register_blueprint(entry.blueprint(office, centre))
    app.register_blueprint(documents.blueprint(office))
    app.register_blueprint(roster.blueprint(office))
    app.register_blueprint(filled_form.blueprint(office, centre))
    app.register_blueprint(legal_papers.blueprint(office, centre))
    app.register_blueprint(code_reissue.blueprint(office, centre))
    app.register_blueprint(calls.blueprint(office, centre))
    calls.count_in_navigation(app, office)
    display_names.name_colleagues(app, office)
    app.register_blueprint(articles.blueprint(room))
    app.register_blueprint(fact_review.blueprint(room))
    app.register_blueprint(working_calendar.blueprint(room))
    app.register_blueprint(staff_accounts.blueprint(office))
    compress_pages(app)
    require_guards(app)
    return app
