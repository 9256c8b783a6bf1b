"""What the acts in the audit log are called for the auditor."""

from portal.domain.cases.workflow import WORKFLOWS
from portal.domain.content.articles import ARTICLE_WORKFLOW
from portal.domain.forms.fields import FIELDS
from portal.domain.forms.journeys import JOURNEYS, lists_open_later
from portal.staff.counter.filled_form import PRINT_REASONS
from portal.staff.documents.documents import ORIGINAL_REASONS
from portal.staff.rosters.roster import LIST_REASONS
from site_src.collections import name_shelves

ACT_LABELS: dict[str, str] = {
    "create instance": "建立系统",
    "submit": "提交",
    "key in": "录入来信、来电、来访",
    "open": "打开办件",
    "reveal": "看完整身份信息",
    "ask for new code": "登记补办查询码",
    "confirm new code": "确认补办查询码",
    "refuse new code": "不同意补办查询码",
    "reissue code": "补办查询码",
    "take out own data": "本人下载自己的信息",
    "told by phone": "打电话告诉了本人",
    "notice sent": "发出通知",
    "notice not sent": "通知没有发成",
    "hold back reminder": "同一个手机号提醒太多，没有再发",
    "list papers": "看有哪些材料",
    "add paper": "传材料",
    "remove paper": "删材料",
    "open paper": "看材料",
    "take out list": "下载名单",
    "print form": "打印填好的表",
    "change people": "改一起办的人、代表的名单",
    "open original": "取材料原件",
    "search": "查找办件",
    "read log": "看操作记录",
    "close month": "给一个月结账",
    "migrate": "升级数据",
    "invite": "加账号",
    "change roles": "改岗位",
    "disable": "停用账号",
    "enable": "恢复账号",
    "link to set password": "发设密码的链接",
    "link to sign in": "发演示登录链接",
    "use link to set password": "用链接设密码",
    "use link to sign in": "用链接登录",
    "sign in": "登录",
    "end session": "退出登录",
    "change password": "改密码",
    "forget drafts": "清理旧草稿",
    "make copy": "做备份",
    "try copy": "演练备份",
    "restore copy": "从备份放回",
    "article begin": "新写文章",
    "article found": "收进文件夹里新有的文章",
    "article on disk": "收进文件夹里改的文章",
    "article gone": "记下文件夹里删掉的文章",
    "article due": "到时间，开始发布文章",
    "article gone live": "文章换到网站上了",
    "article taken down": "网页撤下来了",
    "article came back": "文章没有发布成",
    **{f"article {act.code}": f"文章：{act.label}" for act in ARTICLE_WORKFLOW.steps.values()},
    **{step.code: step.label for flow in WORKFLOWS.values() for step in flow.steps.values()},
}
"""By act as it is stored; an act without a label is shown as it is."""

DETAIL_LABELS: dict[str, str] = {
    **name_shelves(),
    "id_number": "身份证号",
    "mobile": "手机号",
    "audit": "操作记录",
    "instance": "系统",
    "drafts": "草稿",
    "files": "没有人要的照片",
    "system": "系统",
    "pdf": "PDF 文件",
    "json": "数据文件（JSON）",
    "identity": "核对身份",
    "contact": "联系本人",
    "payment": "核对银行卡",
    "other": "其他办案需要",
    **{
        page.required_collection.name: FIELDS[page.required_collection.name].label
        for kind in JOURNEYS
        for page in lists_open_later(kind)
    },
    **{choice.code: choice.label for choice in (*ORIGINAL_REASONS, *LIST_REASONS, *PRINT_REASONS)},
}
"""What an act was done to, and why, where it is not a receipt or a login."""
