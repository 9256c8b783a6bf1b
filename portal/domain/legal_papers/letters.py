"""Papers between worker and employer, and the form for a work injury."""

from portal.domain.calculators.results import Basis
from portal.domain.legal_papers.common import KNOWN
from portal.domain.legal_papers.model import (
    Boxes,
    Claims,
    LegalPaper,
    Prose,
    RuledTable,
    Sentence,
    Ticks,
)

_REASONS = (
    Sentence("没有及时足额支付劳动报酬（第一款第二项）", frozenset({"wages"})),
    Sentence("没有依法为本人缴纳社会保险费（第一款第三项）"),
    Sentence("没有按照劳动合同约定提供劳动保护或者劳动条件（第一款第一项）"),
    Sentence("规章制度违反法律、法规的规定，损害劳动者权益（第一款第四项）"),
    Sentence("以欺诈、胁迫的手段或者乘人之危，使劳动合同无效（第一款第五项）"),
    Sentence("强迫劳动，或者违章指挥、强令冒险作业危及人身安全（第二款）"),
)

FORCED_RESIGNATION = LegalPaper(
    code="forced-resignation", title="被迫解除劳动合同通知书",
    purpose="单位欠薪、不交社保，您不得不走：写明原因再走，才能要经济补偿。",
    signs="您本人签名，写上日期。",
    copies="送 1 份给单位，自己留 1 份和寄出的底单。",
    hand_in="用邮政快递寄到单位的注册地址，面单上写“被迫解除劳动合同通知书”；也可以当面交，请单位签收。",
    warning="送出去就收不回。送以前一定先问律师：原因要真有、有证据，而且写在信里；写成“个人原因”，补偿就难要了。",
    bases=(Basis("劳动合同法第三十八条、第四十六条第一项"), Basis("劳动合同法第五十条", KNOWN)),
    topics=frozenset({"unpaid_wages", "social_insurance"}),
    opening=(Sentence("{employer}："),),
    parts=(
        Prose(sentences=(
            Sentence("本人{name}，身份证号{id_number}，于{hired_on}到贵单位工作，岗位是{post}。"),
            Sentence("因贵单位有下面打勾的情形，根据《中华人民共和国劳动合同法》第三十八条，"
                     "本人通知贵单位解除劳动合同，自本通知送达贵单位之日起解除。"))),
        Ticks(heading="解除的原因", choices=_REASONS),
        Prose(heading="具体情况（哪个月、多少钱、出了什么事）", sentences=(
            Sentence("从{owed_since}起拖欠工资，共计{owed}。", frozenset({"wages"})),),
              lines=5),
        Prose(heading="请贵单位", sentences=(
            Sentence("1、付清全部工资；"),
            Sentence("2、按照劳动合同法第四十六条、第四十七条支付经济补偿；"),
            Sentence("3、出具解除劳动合同的证明，在 15 日内办好档案和社会保险关系转移手续。"))),
    ),
    signers=("通知人（签名）",),
)  # fmt: skip

WAGE_DEMAND = LegalPaper(
    code="wage-demand", title="催要工资函",
    purpose="写信向单位要工资，留下“我要过钱”的证据。",
    signs="您本人签名，写上日期。",
    copies="送 1 份给单位，自己留 1 份和寄出的底单。",
    hand_in="用邮政快递寄到单位的注册地址，面单上写“催要工资函”；也可以当面交，请单位签收。",
    warning="数目要对得上工资条、记工本。寄出的底单要留好：要过钱，申请仲裁的 1 年从那天重新算。",
    bases=(Basis("劳动合同法第三十条"), Basis("劳动争议调解仲裁法第二十七条第二款")),
    topics=frozenset({"unpaid_wages"}),
    opening=(Sentence("{employer}："),),
    parts=(
        Prose(sentences=(
            Sentence("本人{name}，身份证号{id_number}，于{hired_on}到贵单位工作，"
                     "约定的工资是每月{wage}。"),
            Sentence("到写信这天，贵单位还欠本人下面的钱："))),
        Claims(opening="", usual="wages", least=1),
        Prose(sentences=(
            Sentence("《中华人民共和国劳动合同法》第三十条规定，用人单位应当按照劳动合同约定和国家规定，"
                     "向劳动者及时足额支付劳动报酬。请贵单位在收到本函之日起{days_to_pay}日内一次付清。"),
            Sentence("逾期不付的，本人将向劳动保障监察机构投诉，或者依法申请劳动仲裁。"),
            Sentence("本人联系电话：{mobile}"))),
    ),
    signers=("催要人（签名）",),
)  # fmt: skip

WAGE_STATEMENT = LegalPaper(
    code="wage-statement", title="工资结算确认单（欠条）",
    purpose="和单位对清欠多少工资，请单位签字盖章，当欠条用。",
    signs="单位盖章、负责人签名；您本人也签名。",
    copies="一式 2 份，单位和您各 1 份。您那份要原件。",
    hand_in="不用交。单位到日子不付，拿它申请支付令，或者直接去法院起诉。",
    warning="数目没有对清不要签。上面不要写“两清”“不再追究”。包工头签的，请总包单位也盖章。",
    bases=(Basis("审理劳动争议案件解释（一）第十五条"), Basis("劳动合同法第三十条")),
    topics=frozenset({"unpaid_wages"}),
    parts=(
        Prose(sentences=(
            Sentence("经双方核对，从{owed_since}到{owed_until}，{employer}还欠{name}"
                     "（身份证号{id_number}）工资，共计{owed}。"),)),
        RuledTable(columns=("哪个月", "应发（元）", "已发（元）", "还欠（元）"), rows=6),
        Prose(sentences=(Sentence("单位在{pay_by}以前一次付清。逾期不付的，劳动者可以拿本确认单"
                                  "申请支付令，或者直接向人民法院起诉。"),)),
    ),
    signers=("单位（盖章）、负责人（签名）", "劳动者（签名）"),
)  # fmt: skip

INJURY_CLAIM = LegalPaper(
    code="injury-claim", title="工伤认定申请表",
    purpose="单位不报工伤，您自己、家人或者工会可以去申请认定。不收费。",
    signs="申请人签名，写上日期。“单位意见”由单位填，单位不填也能交。",
    copies="交 1 份，自己留 1 份。有的地方要自己的表，请先打 12333 问。",
    hand_in="交到用人单位所在地的社会保险行政部门（人社局工伤科）。",
    office="work_injury",
    warning="自己申请要在受伤那天起 1 年里，和单位商量的时间也算在里面。先交表，材料可以再补。",
    bases=(Basis("工伤保险条例第十七条"), Basis("工伤保险条例第十八条", KNOWN),
           Basis("工伤认定办法附表", KNOWN)),
    topics=frozenset({"work_injury"}),
    opening=(Sentence("申请人：{agent_name}　　受伤害职工：{name}"),
             Sentence("申请人和受伤害职工的关系：{relation}")),
    parts=(
        Boxes(
            entries=("name", "sex", "born", "mobile", "id_number", "home", "postcode", "post",
                     "employer", "employer_home", "employer_phone", "employer_postcode",
                     "hired_on", "injured_on", "accident", "diagnosed_on", "hurt_part", "disease",
                     "exposed_post", "exposed_for"),
            wide=frozenset({"id_number", "home", "employer", "employer_home", "accident"}),
            boxes=(("受伤害经过简述（可附页）", "account", 7, ""),
                   ("申请事项", "", 3, "申请人（签名）　　　　　　　　　　年　　月　　日"),
                   ("用人单位意见", "", 3, "经办人（签名）、单位（盖章）　　　年　　月　　日"),
                   ("社会保险行政部门审查资料和受理意见", "", 4,
                    "经办人（签名）、部门（盖章）　　　年　　月　　日"),
                   ("备注", "", 1, "")),
        ),
    ),
    signers=(),
    attached=("和单位有劳动关系的证明（合同、工资条、工作证、工友证言都行）",
              "医院的诊断证明，或者职业病诊断书"),
)  # fmt: skip
