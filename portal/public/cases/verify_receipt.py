"""Checking a receipt that somebody shows: mathematics only, no case is looked up."""

from flask import Blueprint, redirect, render_template, request

from portal.domain.cases.receipt_signature import cut_secrets, write_proof
from portal.domain.shared.text_cleaning import clean_text
from portal.operations.cases import receipt_signature
from portal.operations.office import Office
from portal.web.edge import Answer
from portal.web.guards import ANYBODY, guarded


def blueprint(office: Office) -> Blueprint:
    """Build the answer to the form on /verify/, for browsers that cannot check by themselves."""
    routes = Blueprint("verifying", __name__)

    @routes.route("/verify/check", methods=["GET", "POST"])
    @guarded(ANYBODY, reshows=True)
    def check() -> Answer:
        """Tell whether the text of a receipt is signed by this centre; say nothing about the case.

        The form stands on a generated page, which has no token to send: nothing is changed here.
        """
        if request.method == "GET":
            return redirect("/verify/")
        typed = cut_secrets(request.form.get("text", ""))
        proof, genuine = receipt_signature.read_and_check(office, typed)
        lines = dict(write_proof(proof)) if proof else {}
        lines.pop("签名", None)
        return render_template(
            "verified.html",
            typed=clean_text(typed, multi_line=True),
            readable=proof is not None,
            genuine=genuine,
            lines=lines,
        )

    return routes
