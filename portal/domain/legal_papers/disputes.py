"""Papers of a dispute: what goes to an arbitration commission, an inspectorate or a court."""

from portal.domain.calculators.results import Basis, Certainty
from portal.domain.legal_papers.common import (
    KNOWN,
    demand,
    tell_employer,
    tell_history,
    tell_worker,
)
from portal.domain.legal_papers.model import (
    LegalPaper,
    PartyTable,
    Prose,
    RuledTable,
    Sentence,
    Ticks,
)

_TOPICS = frozenset({"unpaid_wages", "dismissal", "hours_leave", "women", "other"})
_POWERS = (
    "一般授权：代为提交文书和证据、参加开庭、陈述、辩论、代收文书。",
    "特别授权：除了上面这些，还可以代为承认、放弃、变更请求，进行和解、调解，提起反诉、上诉。",
)

ARBITRATION = LegalPaper(
    code="arbitration", title="劳动人事争议仲裁申请书",
    purpose="请仲裁委员会裁决：让单位付工资、补偿、赔偿。不收费。",
    signs="您本人签名，写上日期。",
    copies="交给仲裁委 1 份，再加上每个单位 1 份，自己留 1 份。",
    hand_in="交到劳动合同履行地或者单位所在地的劳动人事争议仲裁委员会。",
    office="arbitration",
    warning="先看期限：一般要在 1 年里申请，错过了钱就难要回来。要多少钱，请先算一算，或者问律师。",
    bases=(Basis("劳动人事争议仲裁办案规则第二十九条", Certainty.SECONDARY),
           Basis("劳动争议调解仲裁法第二十八条", KNOWN),
           Basis("劳动争议调解仲裁法第二十七条")),
    topics=_TOPICS,
    parts=(
        tell_worker("申请人"), tell_employer("被申请人"),
        demand("仲裁请求", "裁决被申请人支付"),
        tell_history("事实和理由", "为维护自己的合法权益，根据《中华人民共和国劳动争议调解仲裁法》"
                     "申请仲裁，请依法裁决。"),
        RuledTable(heading="证据和证据来源", columns=("证据", "证明什么", "从哪里来的"), rows=4,
                evidence=True),
        Prose(heading="证人", sentences=(Sentence("姓名{witness}，住所{witness_home}。"),)),
    ),
    addressee="{commission}劳动人事争议仲裁委员会", signers=("申请人（签名）",),
    attached=("申请书副本{copies}份", "申请人身份证复印件 1 份", "证据清单和证据复印件"),
)  # fmt: skip

EVIDENCE_LIST = LegalPaper(
    code="evidence-list", title="证据清单",
    purpose="把证据一样一样编上号，写明每样证明什么。",
    signs="您本人签名，写上日期。",
    copies="和证据复印件订在一起，份数跟申请书一样。",
    hand_in="和仲裁申请书一起交。开庭的时候带上原件。",
    office="arbitration",
    warning="只交复印件，原件自己留好。聊天记录不要删，手机不要换。",
    bases=(Basis("劳动人事争议仲裁办案规则第二十九条", Certainty.SECONDARY),
           Basis("劳动争议调解仲裁法第六条", KNOWN)),
    topics=_TOPICS | {"work_injury"},
    opening=(Sentence("提交人：{name}　　对方：{opponent}"), Sentence("案由：{cause}")),
    parts=(
        RuledTable(columns=("证据名称", "证明什么", "从哪里来的", "页数", "原件/复印件"), rows=12,
                evidence=True),
    ),
    signers=("提交人（签名）", "接收人（签名）"),
)  # fmt: skip

INSPECTION_COMPLAINT = LegalPaper(
    code="inspection-complaint", title="劳动保障监察投诉书",
    purpose="请劳动监察去查单位：欠薪、加班不给钱、不签合同、押证件。不收费。",
    signs="您本人签名，写上日期。",
    copies="交 1 份，自己留 1 份，请收的人在您那份上签收。",
    hand_in="交到单位所在地的劳动保障监察大队，也可以打 12333 问地址。",
    office="inspection",
    warning="同一件事已经申请仲裁、告到法院的，监察会让您走仲裁、法院。先走哪条路，请先问律师。",
    bases=(Basis("关于实施《劳动保障监察条例》若干规定第十二条、第十三条", KNOWN),
           Basis("劳动保障监察条例第二十条、第二十一条")),
    topics=frozenset({"unpaid_wages", "hours_leave", "women", "social_insurance"}),
    parts=(
        tell_worker("投诉人"), tell_employer("被投诉单位"),
        demand("请求", "依法查处，责令该单位支付"),
        tell_history("事实"),
    ),
    addressee="{inspectorate}劳动保障监察机构", signers=("投诉人（签名）",),
    attached=("投诉人身份证复印件 1 份", "证据复印件"),
)  # fmt: skip

PAYMENT_ORDER = LegalPaper(
    code="payment-order", title="支付令申请书",
    purpose="欠的工资双方都认，请法院直接发支付令，让单位付钱。",
    signs="您本人签名，写上日期。",
    copies="交给法院 1 份，每个单位再加 1 份，自己留 1 份。",
    hand_in="交到单位所在地的基层人民法院。",
    warning="要有欠条、对账单这样清楚的凭据，单位还找得到人。单位写一份异议，支付令就失效了，那时再走仲裁或者起诉。",
    bases=(Basis("劳动合同法第三十条"), Basis("民事诉讼法第二百二十五条", KNOWN)),
    topics=frozenset({"unpaid_wages"}),
    parts=(
        tell_worker("申请人"), tell_employer("被申请人"),
        Prose(heading="请求", sentences=(
            Sentence("请求人民法院向被申请人发出支付令，责令被申请人支付拖欠的工资，共计{owed}。"),)),
        tell_history("事实和理由", "双方对欠薪的数目没有争议，也没有其他债务纠纷，"
                     "支付令能够送达被申请人。"),
    ),
    addressee="{court}人民法院", signers=("申请人（签名）",),
    attached=("申请人身份证复印件 1 份", "欠条、对账单等证据"),
)  # fmt: skip

POWER_OF_ATTORNEY = LegalPaper(
    code="power-of-attorney", title="授权委托书",
    purpose="请别人（律师、家人、工友代表）替您去办仲裁、打官司。",
    signs="您本人签名，写上日期；受委托的人也签名。",
    copies="交给仲裁委或者法院 1 份，受委托的人 1 份，自己留 1 份。",
    hand_in="交到办这件事的仲裁委员会或者法院。",
    warning="勾了“特别授权”，他就能替您和解、放弃请求。没有想好，只勾“一般授权”。不要在空白的委托书上签名。",
    bases=(Basis("劳动争议调解仲裁法第二十四条", KNOWN), Basis("民事诉讼法第六十二条", KNOWN)),
    topics=_TOPICS | {"work_injury", "social_insurance"},
    parts=(
        tell_worker("委托人"),
        PartyTable(heading="受委托人",
              entries=("agent_name", "agent_sex", "agent_id_number", "agent_relation",
                       "agent_mobile"),
              wide=frozenset({"agent_id_number", "agent_relation", "agent_mobile"})),
        Prose(heading="委托事项", sentences=(
            Sentence("委托人和{opponent}因{cause}发生争议，现委托上面的受委托人作为代理人。"),)),
        Ticks(heading="权限（选一项打勾）", choices=tuple(map(Sentence, _POWERS))),
        Prose(heading="期限", sentences=(
            Sentence("从签字这天起，到这件事在{commission}办完为止。"),)),
    ),
    addressee="{commission}", signers=("委托人（签名）", "受委托人（签名）"),
    attached=("委托人、受委托人身份证复印件各 1 份",),
)  # fmt: skip
