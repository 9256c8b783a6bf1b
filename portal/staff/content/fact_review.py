"""Confirming the facts of the site in the workbench."""

from flask import Blueprint, g, redirect, render_template, request, url_for

from portal.domain.accounts.permissions import Permission
from portal.domain.content.confirmations import COMPARED_TEXTS
from portal.newsroom import fact_review
from portal.newsroom.content_folder import Newsroom
from portal.staff.accounts.sign_in import actor
from portal.web.attempts import NOT_STORED_AT_WORK, attempt
from portal.web.edge import Answer
from portal.web.forms import TIRED, ask
from portal.web.guards import guarded
from site_src.errors import SiteProblem

_IN_ARTICLE = "请内容编辑把这一条的“程度”改成“对过转载本”或者“已核对原文”。"
_IN_TABLE = "请在文件里这一行写上谁核对的、哪天（checked_by、on），没有这两样的改 mark。"


def blueprint(room: Newsroom) -> Blueprint:
    """Build the routes of confirming facts."""
    routes = Blueprint("fact_review", __name__)

    @routes.get("/facts")
    @guarded(Permission.CONFIRM_FACTS)
    def files() -> Answer:
        """List the files with their facts that nobody has confirmed."""
        try:
            found = fact_review.list_fact_files(room, actor())
        except SiteProblem as refused:
            return render_template("fact_files.html", files=[], problems=refused.problems)
        return render_template("fact_files.html", files=found, problems=[])

    @routes.route("/facts/<collection>/<slug>", methods=["GET", "POST"])
    @guarded(Permission.CONFIRM_FACTS, reshows=True)
    def file(collection: str, slug: str) -> Answer:
        """Show the facts of a file; confirm one."""
        if request.method == "GET":
            return _show(room, collection, slug, ())
        if not g.token_fits:
            return _show(room, collection, slug, (TIRED,)), 422
        form = ask((), room.office.context())
        identity, compared = request.form.get("fact", ""), request.form.get("compared", "")

        def act() -> Answer:
            key = f"{collection}/{slug}"
            fact_review.confirm_fact(room, actor(), key, identity, compared)
            address = url_for("fact_review.file", collection=collection, slug=slug, done=identity)
            return redirect(address, 303)

        return attempt(
            form,
            act,
            lambda: _show(room, collection, slug, tuple(form.problems)),
            NOT_STORED_AT_WORK,
        )

    return routes


def _show(room: Newsroom, collection: str, slug: str, problems: tuple[str, ...]) -> str:
    return render_template(
        "fact_file.html",
        file=fact_review.find_fact_file(room, actor(), collection, slug),
        collection=collection,
        slug=slug,
        texts=COMPARED_TEXTS,
        how_to_tell=_IN_TABLE if collection == fact_review.TABLES else _IN_ARTICLE,
        problems=problems,
        done=request.args.get("done", ""),
    )
