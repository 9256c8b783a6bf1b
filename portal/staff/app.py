"""The factory of the staff app."""

from flask import Flask

from portal.newsroom.room import Newsroom
from portal.staff import (
    accounts,
    door,
    editing,
    filled_form,
    keying,
    naming,
    notices,
    papers,
    reissuing,
    rosters,
    workbench,
)
from portal.web.compression import compress_pages
from portal.web.edge import content_policy, harden
from portal.web.guards import require_guards
from portal.web.look import dress, staff_style
from site_src.centre import Centre


def create_staff_app(room: Newsroom, centre: Centre, hosts: frozenset[str], key: bytes) -> Flask:
    """The app for staff, to be mounted under /staff."""
    office = room.office
    app = Flask("portal.staff", static_folder=None)
    style = staff_style()
    harden(app, cookie="staff", hosts=hosts, key=key, policy=content_policy(style.hash))
    dress(app, centre, style)
    door.keep_door(app, office)
    app.register_blueprint(door.blueprint(office))
    app.register_blueprint(workbench.blueprint(office))
    app.register_blueprint(keying.blueprint(office, centre))
    app.register_blueprint(papers.blueprint(office))
    app.register_blueprint(rosters.blueprint(office))
    app.register_blueprint(filled_form.blueprint(office, centre))
    app.register_blueprint(reissuing.blueprint(office, centre))
    app.register_blueprint(notices.blueprint(office, centre))
    notices.count_in_navigation(app, office)
    naming.name_colleagues(app, office)
    app.register_blueprint(editing.blueprint(room))
    app.register_blueprint(accounts.blueprint(office))
    compress_pages(app)
    require_guards(app)
    return app
