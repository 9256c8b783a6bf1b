"""The factory of the public app."""

from pathlib import Path

from flask import Flask

from portal.operations.office import Office
from portal.operations.tidying import draft_life
from portal.public import filling, following, search, tools, visit
from portal.public.pages import serve_site
from portal.web.compression import compress_pages
from portal.web.edge import content_policy, harden
from portal.web.guards import require_guards
from portal.web.look import dress, public_style
from site_src.centre import Centre


def create_public_app(
    office: Office, centre: Centre, site: Path, hosts: frozenset[str], key: bytes
) -> Flask:
    """The app that answers visitors; `site` is the folder of the generated pages."""
    app = Flask("portal.public", static_folder=None)
    style = public_style()
    harden(app, cookie="visit", hosts=hosts, key=key, policy=content_policy(style.hash))
    app.config["PERMANENT_SESSION_LIFETIME"] = draft_life(office)
    dress(app, centre, style)
    app.register_blueprint(visit.blueprint())
    app.register_blueprint(filling.blueprint(office, site))
    app.register_blueprint(following.blueprint(office))
    app.register_blueprint(search.blueprint(site))
    app.register_blueprint(tools.blueprint(office))
    app.register_blueprint(serve_site(site))
    compress_pages(app)
    require_guards(app)
    return app
