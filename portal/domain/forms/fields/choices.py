"""The choices that the questions offer; a code that was once stored is never changed."""

from portal.domain.forms.fields.model import Choice

YES_NO_UNKNOWN = (Choice("yes", "是"), Choice("no", "不是"), Choice("unknown", "不清楚"))

HAVE = (Choice("yes", "有"), Choice("no", "没有"), Choice("unknown", "不清楚"))
REGISTERED = (Choice("yes", "登记过"), Choice("no", "没登记"), Choice("unknown", "不清楚"))
REPORTED = (Choice("yes", "报了"), Choice("no", "没报"), Choice("unknown", "不清楚"))
FULL_YEAR = (Choice("yes", "满了"), Choice("no", "没满"), Choice("unknown", "不清楚"))

HELP = (
    Choice("living", "生活帮扶", "收入低，日子过不下去"),
    Choice("medical", "医疗帮扶", "看病自己花的钱太多"),
    Choice("schooling", "助学帮扶", "孩子上学有困难"),
    Choice("unsure", "不清楚，帮我看看", "不知道选哪个就选这个"),
)
WORK_STATES = (
    Choice("employed", "在单位上班"),
    Choice("gig", "打零工、送外卖、开网约车"),
    Choice("unemployed", "没有工作"),
    Choice("sick", "生病或受伤，不能上班"),
    Choice("retired", "已经退休"),
    Choice("other", "在家种地、带孩子，或者别的"),
)
RELATIONS = (
    Choice("spouse", "丈夫或妻子"),
    Choice("child", "儿子或女儿"),
    Choice("parent", "父亲或母亲"),
    Choice("other", "其他家人"),
)
SITUATIONS = (
    Choice("working", "在上班"),
    Choice("schooling", "在上学"),
    Choice("gig", "打零工"),
    Choice("farming", "种地"),
    Choice("retired", "退休了"),
    Choice("none", "没有工作"),
    Choice("ill", "生病或残疾"),
    Choice("young", "还小，没上学"),
    Choice("other", "别的"),
)
STATE_AID = (
    Choice("receiving", "正在领低保"),
    Choice("borderline", "是低保边缘家庭"),
    Choice("destitute", "是特困供养人员"),
    Choice("none", "都没有"),
    Choice("unknown", "不清楚"),
)
CAUSES = (
    Choice("own_illness", "自己生病"),
    Choice("family_illness", "家人生病"),
    Choice("disability", "本人或家人残疾"),
    Choice("schooling", "孩子上学"),
    Choice("unemployment", "失业"),
    Choice("accident", "意外或灾害"),
    Choice("other", "其他原因"),
)
TOPICS = (
    Choice("unpaid_wages", "被拖欠工资"),
    Choice("work_injury", "工伤、职业病"),
    Choice("dismissal", "被辞退、没签合同"),
    Choice("social_insurance", "社保、公积金"),
    Choice("hours_leave", "加班、休假"),
    Choice("women", "女职工权益"),
    Choice("other", "其他"),
)
EVIDENCE = (
    Choice("contract", "劳动合同"),
    Choice("payslip", "工资条、银行转账"),
    Choice("attendance", "考勤、打卡记录"),
    Choice("chat", "聊天记录、录音"),
    Choice("witness", "工友能作证"),
    Choice("nothing", "什么都没有", "没有也可以问，我们教您怎么找"),
)
WANTED = (
    Choice("answer", "只想问清楚"),
    Choice("mediation", "帮我和单位调解"),
    Choice("lawyer", "想要免费律师", "以后会请您补身份证和收入材料"),
    Choice("unsure", "不知道，帮我看看"),
)
FILLED_BY = (
    Choice("self", "我自己填"),
    Choice("relative", "家人或工友替我填"),
    Choice("counter", "窗口工作人员替我填"),
)
MAY_CONTACT = (
    Choice("yes", "可以"),
    Choice("neutral", "可以，但不要说是什么事", "怕家人、同事看到"),
    Choice("no", "不要，我自己来查进度"),
)
PAPER_CHOICES = (
    Choice("sent", "传了照片"),
    Choice("later", "没传的，以后再补"),
)
ABSENT_REASONS = (
    Choice("never", "没有办过，没有这样材料"),
    Choice("unneeded", "我家用不着这样材料"),
    Choice("lost", "丢了，补不了"),
    Choice("refused", "单位、医院或者别人不给"),
    Choice("other", "别的原因", "写在下面"),
    Choice("counter", "有原件，以后带到窗口来"),
)
CALL_TIMES = (
    Choice("day", "白天"),
    Choice("noon", "中午休息时"),
    Choice("evening", "下班以后"),
)

HEALTH = (
    Choice("good", "身体好"),
    Choice("ill", "有病，要长期看"),
    Choice("disabled", "有残疾证"),
    Choice("ill_disabled", "有病，也有残疾证"),
    Choice("unknown", "说不清"),
)
DISABILITIES = (
    Choice("sight", "视力"),
    Choice("hearing", "听力"),
    Choice("speech", "言语"),
    Choice("limbs", "肢体"),
    Choice("intellect", "智力"),
    Choice("mind", "精神"),
    Choice("several", "多重"),
    Choice("unknown", "记不清，证不在手边"),
)
DISABILITY_LEVELS = (
    *(Choice(str(level), f"{name}级") for level, name in enumerate("一二三四", 1)),
    Choice("unknown", "记不清"),
)
MARRIAGE = (
    Choice("married", "已婚"),
    Choice("single", "没结过婚"),
    Choice("divorced", "离婚了"),
    Choice("widowed", "丧偶"),
    Choice("other", "都不是，或者说不清"),
)
CONTRACTS = (
    Choice("written", "和单位签了书面合同"),
    Choice("dispatch", "和派遣公司签的"),
    Choice("none", "没有签"),
    Choice("unknown", "不清楚"),
)
INSURANCES = (
    Choice("pension", "养老保险"),
    Choice("medical", "医疗保险"),
    Choice("unemployment", "失业保险"),
    Choice("injury", "工伤保险"),
    Choice("none", "都没有"),
    Choice("unknown", "不清楚"),
)
WORK_HELP = (
    Choice("job", "帮我找工作"),
    Choice("training", "学一门手艺"),
    Choice("business", "自己做小生意"),
    Choice("none", "现在不用"),
)
HOMES = (
    Choice("own", "自己的房"),
    Choice("public", "公租房、廉租房"),
    Choice("rented", "租的房"),
    Choice("employer", "单位宿舍"),
    Choice("borrowed", "借住别人家"),
    Choice("other", "工棚、没有固定住处，或者别的"),
)
CARS = (
    Choice("none", "没有"),
    Choice("work", "有，靠它干活"),
    Choice("private", "有，自己家用"),
)
STILL_THERE = (
    Choice("still", "还在那里上班"),
    Choice("left", "已经不在那里了"),
    Choice("unknown", "停工了、叫我回家等，说不清"),
)
STEPS_TAKEN = (
    Choice("talked", "和单位谈过"),
    Choice("mediation", "调解过"),
    Choice("inspection", "去劳动监察投诉过"),
    Choice("arbitration", "申请了劳动仲裁"),
    Choice("court", "告到法院了"),
    Choice("petition", "上访过"),
    Choice("none", "都没有"),
)
REPLY_BY = (
    Choice("page", "写在“查进度”那一页"),
    Choice("phone", "打电话告诉我"),
    Choice("visit", "我到窗口来谈"),
    Choice("any", "怎样都行"),
)
EDUCATION = (
    Choice("primary", "小学或没上过学"),
    Choice("middle", "初中"),
    Choice("high", "高中、中专、技校"),
    Choice("college", "大专"),
    Choice("university", "大学本科以上"),
    Choice("unknown", "说不清"),
)
JOB_CHOICES = (
    Choice("factory", "工厂"),
    Choice("building", "建筑、装修"),
    Choice("driving", "开车、送货"),
    Choice("cleaning", "保洁、保安"),
    Choice("care", "照顾老人、孩子、病人"),
    Choice("catering", "饭店、食堂"),
    Choice("shop", "商店、超市"),
    Choice("office", "办公室"),
    Choice("any", "什么都可以"),
)
TRAININGS = (
    Choice("welding", "电工、焊工"),
    Choice("driving", "叉车、货车"),
    Choice("care", "养老护理、月嫂"),
    Choice("cooking", "厨师、面点"),
    Choice("computer", "电脑、网上卖货"),
    Choice("other", "别的"),
    Choice("none", "不用培训"),
)
SCHOOLS = (
    Choice("compulsory", "小学、初中"),
    Choice("high", "高中、中专、技校"),
    Choice("college", "大专、大学"),
    Choice("other", "幼儿园、特殊学校，或者别的"),
)
EVENTS = (
    Choice("illness", "突然得了重病"),
    Choice("accident", "出了事故"),
    Choice("fire", "家里着火、受灾"),
    Choice("death", "家里有人去世"),
    Choice("job", "突然没了工作、拿不到工资"),
    Choice("other", "别的急事"),
)
DATA_WISHES = (
    Choice("see", "看一看你们存了我的什么信息"),
    Choice("correct", "有写错的，要改"),
    Choice("delete", "不想让你们再留着，要删"),
    Choice("stop", "收回我的同意"),
    Choice("other", "别的，或者说不清"),
)
OBJECTIONS = (
    Choice("income", "收入、家里情况不符"),
    Choice("another", "写的是我，但不是我的情况"),
    Choice("claimed", "有人冒领"),
    Choice("exposed", "名单里的信息露得太多"),
    Choice("other", "别的"),
)
COMPLAINTS = (
    Choice("rude", "态度不好"),
    Choice("delay", "拖着不办、推来推去"),
    Choice("unfair", "办得不公道"),
    Choice("money", "要钱、要东西"),
    Choice("leak", "把我的事说出去了"),
    Choice("other", "别的"),
)
LEAVES_NAME = (
    Choice("named", "留名字和手机", "我们能把结果告诉您，也好再问您。办的人看得到您的名字"),
    Choice("unnamed", "不留名", "我们不知道您是谁，没法打给您。您用编号和查询码，一样能看结果"),
)
COMMON_CLAIM = (
    Choice("yes", "是，同一家单位、同一件事"),
    Choice("no", "不是，各有各的事"),
    Choice("unknown", "说不清"),
)
RATINGS = (
    Choice("good", "满意"),
    Choice("fair", "一般"),
    Choice("poor", "不满意"),
)
CHANNELS = (
    Choice("visit", "来访", "本人到窗口来"),
    Choice("call", "来电", "打电话来"),
    Choice("letter", "来信", "寄来、托人带来"),
)
LEGAL_TOPICS = tuple(choice for choice in TOPICS if choice.code != "other")
CONTACT_TOPICS = (
    Choice("hardship", "困难帮扶、建档"),
    Choice("schooling", "孩子上学、助学"),
    Choice("medical", "看病花钱多"),
    Choice("temporary", "出了急事、临时救助"),
    *LEGAL_TOPICS,
    Choice("consultation", "别的法律问题"),
    Choice("jobs", "找工作、培训"),
    Choice("membership", "入会、转会、会员证"),
    Choice("objection", "对公示有意见"),
    Choice("complaint", "投诉工作人员"),
    Choice("own_data", "看、改、删自己的信息"),
    Choice("opening", "问地址、上班时间、带什么"),
    Choice("other", "别的"),
)
CONTACT_OUTCOMES = (
    Choice("answered", "当场答复了"),
    Choice("case", "转成办件，接着录入"),
    Choice("referred", "转到别处"),
)
REFERRED_TO = (
    Choice("town_union", "镇街工会"),
    Choice("upper_union", "上一级工会"),
    Choice("human_resources", "人社部门（劳动监察、仲裁、社保）"),
    Choice("civil_affairs", "民政部门"),
    Choice("medical_insurance", "医保部门"),
    Choice("legal_aid", "法律援助中心"),
    Choice("employer_union", "单位工会"),
    Choice("hotline", "12345 等热线"),
    Choice("other", "别的地方"),
)
CONSENT_WAYS = (
    Choice("paper", "在纸质表上逐项打了勾、签了名", "纸质表要存好"),
    Choice("spoken", "电话里逐项念给他听，他逐项同意", "见面时请他在纸质表上补签"),
)
ID_PAPERS = (
    Choice("household", "户口本（身份证丢了、没办）"),
    Choice("residence", "港澳台居民居住证"),
    Choice("hk_macau", "港澳居民来往内地通行证（回乡证）"),
    Choice("taiwan", "台湾居民来往大陆通行证（台胞证）"),
    Choice("foreigner", "外国人永久居留身份证"),
    Choice("passport", "护照"),
    Choice("military", "军官证、士兵证"),
    Choice("other", "别的证件"),
    Choice("none", "现在手边没有证件，以后再补"),
)
REACH = (
    Choice("landline", "打座机"),
    Choice("other_phone", "打家人、邻居、工友的电话，叫我来接"),
    Choice("place", "没有电话，到我住的地方找我，或者托村、社区带话"),
    Choice("self", "我自己到窗口来问"),
)
OTHER_PHONE_OF = (
    Choice("family", "家人、亲戚"),
    Choice("neighbour", "邻居"),
    Choice("workmate", "工友"),
    Choice("village", "村、社区的人"),
    Choice("other", "别的人"),
)
AGREED = (
    Choice("yes", "问过了，他同意"),
    Choice("not_yet", "还没有问，先不要打"),
)
