"""Acts in the audit log: old entries keep their names, and every act of the table is recorded."""

import re
from pathlib import Path

from portal.domain.audit.actions import ACTION_LABELS, AuditAction, NewsroomStep, stored_code
from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.content.articles import ARTICLE_WORKFLOW

PORTAL = Path(__file__).parents[4] / "portal"
IN_OLD_LOGS = """\
create instance, submit, key in, open, reveal, ask for new code, confirm new code, refuse new code,
reissue code, take out own data, told by phone, notice sent, notice not sent, hold back reminder,
list papers, add paper, remove paper, open paper, take out list, print form, change people,
open original, search, read log, invite, change roles, disable, enable, link to set password,
link to sign in, use link to set password, use link to sign in, sign in, end session,
change password, forget drafts, make copy, try copy, restore copy, article begin, article found,
article on disk, article gone, article due, article gone live, article taken down,
article came back, article save, article submit, article restore, article keep, article release,
article schedule, article return, article take_back, article withdraw, accept, request_supplement,
give_supplement, lapse, refer_for_decision, return_for_checking, approve, refuse, ask_review,
change_decision, uphold_decision, reply, write, withdraw, rate, answer, ask_again, close,
report_to_leader, introduce_job, arrange_training, confirm_work, fulfil, begin_checking,
change_list, keep_list"""
"""What version 0.1.0 stores."""


def test_the_log_of_an_old_instance_is_still_read_in_words() -> None:
    codes = " ".join(IN_OLD_LOGS.split()).split(", ")
    assert len(codes) == 82
    assert set(codes) <= ACTION_LABELS.keys()


def test_no_two_acts_are_stored_under_one_code() -> None:
    steps = {code for flow in WORKFLOWS.values() for code in flow.steps}
    acts = {stored_code(NewsroomStep(step)) for step in ARTICLE_WORKFLOW.steps.values()}
    assert len(AuditAction) + len(acts) + len(steps) == len(ACTION_LABELS)


def test_every_act_of_the_table_is_recorded_somewhere() -> None:
    text = "".join(
        file.read_text("utf-8") for file in PORTAL.rglob("*.py") if file.parent.name != "audit"
    )
    assert set(AuditAction.__members__) - set(re.findall(r"\bAuditAction\.(\w+)", text)) == set()
