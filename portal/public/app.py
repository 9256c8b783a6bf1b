"""The factory of the public app."""

from pathlib import Path

from flask import Flask

from portal.domain.journeys import words_for_lost_codes
from portal.domain.papers import label_of_paper
from portal.operations.office import Office
from portal.operations.tidying import draft_life
from portal.public import (
    barriers,
    case_lists,
    filling,
    following,
    own_data,
    papers,
    search,
    tools,
    verifying,
    visit,
)
from portal.public.pages import serve_site
from portal.web.compression import compress_pages
from portal.web.edge import content_policy, harden
from portal.web.guards import require_guards
from portal.web.look import dress, public_style
from portal.web.scripts import allow_scripts
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
    allow_scripts(app, style.hash, sends_itself="send_photo.js")
    app.before_request(lambda: barriers.count_trapped(office))
    app.jinja_env.globals["label_of_paper"] = label_of_paper
    app.jinja_env.globals["lost_codes"] = words_for_lost_codes()
    app.register_blueprint(visit.blueprint(office))
    app.register_blueprint(filling.blueprint(office, site, centre))
    app.register_blueprint(following.blueprint(office))
    app.register_blueprint(papers.case_blueprint(office))
    app.register_blueprint(case_lists.blueprint(office))
    app.register_blueprint(own_data.blueprint(office, centre))
    app.register_blueprint(verifying.blueprint(office))
    app.register_blueprint(search.blueprint(site, office.rules.thesaurus))
    app.register_blueprint(tools.blueprint(office))
    app.register_blueprint(serve_site(site))
    search.help_the_lost(app, site)
    compress_pages(app)
    require_guards(app)
    return app
