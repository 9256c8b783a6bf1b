"""The factory of the public app."""

from pathlib import Path

from flask import Flask

from portal.domain.documents.document_types import label_of_paper
from portal.domain.forms.journeys import words_for_lost_codes
from portal.operations.centre.retention import draft_life
from portal.operations.office import Office
from portal.public import journey_routes, legal_papers
from portal.public.cases import status, verify_receipt
from portal.public.documents import upload
from portal.public.forms import admission, browser_session
from portal.public.rosters import amendments
from portal.public.site import calculator_pages, search
from portal.public.site.site_files import serve_site
from portal.public.subject_access import own_data
from portal.web.buttons import GO_ON_LATER, HAND_IN, NEXT
from portal.web.compression import compress_pages
from portal.web.edge import content_policy, harden
from portal.web.guards import require_guards
from portal.web.scripts import allow_scripts
from portal.web.theme import (
    list_style,
    public_style,
    receipt_style,
    register_theme,
    result_style,
)
from site_src.centre import Centre


def create_public_app(
    office: Office, centre: Centre, site: Path, hosts: frozenset[str], key: bytes
) -> Flask:
    """Make the app that answers visitors; `site` is the folder of the generated pages."""
    app = Flask("portal.public", static_folder=None)
    style, lists = public_style(), list_style()
    results, receipts = result_style(), receipt_style()
    hashes = tuple(one.hash for one in (style, lists, results, receipts))
    harden(app, cookie="visit", hosts=hosts, key=key, policy=content_policy(hashes))
    app.config["PERMANENT_SESSION_LIFETIME"] = draft_life(office)
    app.session_interface = browser_session.VisitSessions()
    register_theme(app, centre, style)
    allow_scripts(app, hashes, sends_itself="send_photo.js")
    app.before_request(lambda: admission.count_trapped(office))
    app.jinja_env.globals.update(NEXT=NEXT, HAND_IN=HAND_IN, GO_ON_LATER=GO_ON_LATER)
    app.jinja_env.globals["list_style"] = lists.text
    app.jinja_env.globals["result_style"] = results.text
    app.jinja_env.globals["receipt_style"] = receipts.text
    app.jinja_env.globals["label_of_paper"] = label_of_paper
    app.jinja_env.globals["lost_codes"] = words_for_lost_codes()
    app.register_blueprint(browser_session.blueprint(office))
    app.register_blueprint(journey_routes.blueprint(office, site, centre))
    app.register_blueprint(status.blueprint(office))
    app.register_blueprint(upload.case_blueprint(office))
    app.register_blueprint(amendments.blueprint(office))
    app.register_blueprint(own_data.blueprint(office, centre))
    app.register_blueprint(legal_papers.blueprint(office, centre))
    app.register_blueprint(verify_receipt.blueprint(office))
    app.register_blueprint(search.blueprint(site, office.rules))
    app.register_blueprint(calculator_pages.blueprint(office))
    app.register_blueprint(serve_site(site))
    search.register_not_found_search(app, site)
    compress_pages(app)
    require_guards(app)
    return app
