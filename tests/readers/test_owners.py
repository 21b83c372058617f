"""Whose money is told: by the clause, the subject of its sentence, or the heading above; else by nobody, and it is left.

Each text is of a family: headings that are names, lists, names that open sentences, things named before, sub-topics.
"""

from __future__ import annotations

import pytest
from tests.readers.test_money_sentences import claims, facts, left

from perfrules.documents import text_document
from perfrules.model.fact import State
from perfrules.model.submission import Submission
from perfrules.readers import read_text


def read(title: str, body: str) -> Submission:
    head = f"青禾县民政局2022年1-6月{title}绩效监控报告\n\n县财政局：\n\n现将情况报告如下：\n\n"
    return read_text(text_document("report.txt", f"{head}{body}\n".encode()))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "二、预算执行情况|1.总体。年初预算500万元，实际支出260万元。|（二）公务接待费|2022年公务接待费预算3万元，实际支出1.2万元。|（三）会议费和培训费|年初预算5万元，实际支出2万元。",
            "total.initial_budget=500万元 total.spent=260万元",
        ),
        (
            "二、预算执行情况|年初预算100万元，其中基本支出60万元、项目支出40万元。上半年追加项目支出5万元，基本支出未发生追加。",
            "total.initial_budget=100万元 basic.initial_budget=60万元 project.initial_budget=40万元 project.adjustment=5万元",
        ),
        (
            "二、预算执行情况|年初预算400万元，实际支出150万元。|三是各项目进展。困难群众救助安排120万元，本期支出60万元；殡葬设施维护安排30万元，本期支出8万元。养老护理员培训安排15万元，尚未支出。",
            "total.initial_budget=400万元 total.spent=150万元 project:困难群众救助.initial_budget=120万元 project:困难群众救助.spent=60万元 project:殡葬设施维护.initial_budget=30万元 project:殡葬设施维护.spent=8万元 project:养老护理员培训.initial_budget=15万元",
        ),
        (
            "二、预算执行情况|年初预算400万元，实际支出150万元。|其中，智慧城管二期进展较快。该项目年初预算50万元，已支出41万元，其余9万元待验收后支付。",
            "total.initial_budget=400万元 total.spent=150万元",
        ),
        (
            "二、预算执行情况|年初预算400万元，实际支出150万元。|粮食应急保障中心于3月启动建设，其全年预算80万元，截至6月底支出20万元。",
            "total.initial_budget=400万元 total.spent=150万元",
        ),
        (
            "二、预算执行情况|（一）总体情况。年初预算300万元，实际支出120万元。|（二）分项情况|——古树名木保护：年初预算12万元，支出6万元。|——森林防火巡护：年初预算48万元，支出20万元。|——湿地监测：年初预算8万元，支出3万元。",
            "total.initial_budget=300万元 total.spent=120万元 project:森林防火巡护.spent=20万元 project:古树名木保护.initial_budget=12万元 project:古树名木保护.spent=6万元 project:森林防火巡护.initial_budget=48万元 project:湿地监测.initial_budget=8万元 project:湿地监测.spent=3万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|（二）局属单位情况|县林业工作站年初预算60万元，实际支出28万元。县种苗站年初预算40万元，实际支出19万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|三、下属单位执行情况|（一）县疾控中心|年初预算60万元，财政拨付40万元，实际支出28万元。|（二）县妇幼保健院|年初预算40万元，财政拨付30万元，实际支出19万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|（三）中央直达资金|收到直达资金80万元，已支出35万元，剩余45万元。|（四）政府性基金|年初预算20万元，实际支出5万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|重点项目方面，一是学前教育资助预算安排26万元，到位26万元，支出13万元；二是校园安保预算安排40万元，到位20万元，支出18万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|机关食堂改造于5月完工，经审计后支付尾款6万元，尚余2万元质保金未支付。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "三、重点项目情况|（一）公共文化服务体系建设|今年以来，组织送戏下乡60场。财政下达资金45万元，已支付30万元，支付率66.67%。|（二）文物保护|完成修缮2处。财政下达资金20万元，已支付9万元。",
            "project:公共文化服务体系建设.appropriated=45万元 project:公共文化服务体系建设.spent=30万元 project:文物保护.appropriated=20万元 project:文物保护.spent=9万元",
        ),
        (
            "三、重点项目情况|（一）公共文化服务体系建设|年初预算45万元，已支付30万元。|四、总体执行|年初预算300万元，实际支出120万元。",
            "project:公共文化服务体系建设.initial_budget=45万元 project:公共文化服务体系建设.spent=30万元 total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "三、重点项目情况|（一）公共文化服务体系建设|我局年初安排45万元，已支付30万元。|（二）其他|财政累计拨付我局180万元。",
            "project:公共文化服务体系建设.initial_budget=45万元 project:公共文化服务体系建设.spent=30万元 total.appropriated=180万元",
        ),
        (
            "二、预算安排|年初预算100万元。因抗旱应急，农业水价综合改革追加12万元，小型水库维修养护调减3万元。",
            "total.initial_budget=100万元",
        ),
        (
            "二、预算安排|年初预算100万元，上年结转6万元。|三、项目|（一）防汛物资储备|年初预算10万元，无上年结转。",
            "total.initial_budget=100万元 total.carried_over=6万元 project:防汛物资储备.initial_budget=10万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|用于乡村振兴驻村工作的经费年初预算18万元，实际支出7万元。",
            "total.initial_budget=300万元 total.spent=120万元 project:用于乡村振兴驻村工作的经费.initial_budget=18万元 project:用于乡村振兴驻村工作的经费.spent=7万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|关于执法记录仪更新：采购推迟到三季度。年初预算22万元，目前支出0万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "四、绩效目标完成情况|（一）养殖污染治理|清理粪污3万吨。实际支出40万元。|（二）动物疫病防控|免疫畜禽20万羽。实际支出15万元。",
            "",
        ),
        (
            "二、经费保障|（一）来源|年初预算300万元，上年结转5万元。|（二）去向|实际支出120万元，其中基本支出80万元、项目支出40万元。",
            "total.initial_budget=300万元 total.carried_over=5万元 total.spent=120万元 basic.spent=80万元 project.spent=40万元",
        ),
        (
            "二、预算执行情况|实际支出120万元，其中道路保洁支出50万元，垃圾清运支出30万元。追加预算20万元，其中道路保洁追加12万元，公厕管护追加8万元。",
            "total.spent=120万元 total.adjustment=20万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。消防站点建设进展滞后。截至6月底累计支出12万元，剩余38万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、重点项目|项目名称：法律援助|预算安排：18万元；实际支出：9万元；结余：9万元。|项目名称：社区矫正|预算安排：12万元；实际支出：5万元；结余：7万元。",
            "",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|工会经费实际支出3万元。食堂补助累计支出6万元。",
            "total.initial_budget=300万元 total.spent=120万元 project:工会经费.spent=3万元 project:食堂补助.spent=6万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|今年新增的智慧教育云平台，财政已拨付60万元，累计支出45万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|县气象台升级改造列入民生实事，县财政下达80万元，已支付22万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|受招标影响，雪亮工程三期支出进度较慢，截至6月底仅支出8万元，结余资金52万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|备注：公路灾毁修复系年中新增，追加85万元；桥梁维护核减12万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|（三）局属事业单位|1.质检所。年初预算90万元，实际支出44万元。|2.计量所。财政拨付50万元，实际支出31万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、项目进展|城乡环卫一体化年初预算230万元，财政拨付115万元。|截至6月底支出96万元，尚未支付19万元。",
            "project:城乡环卫一体化.initial_budget=230万元 project:城乡环卫一体化.appropriated=115万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|三、存在问题|（一）旅游厕所改造推进缓慢。财政拨付26万元，实际支出3万元。|（二）资金沉淀。账面结余14万元未使用。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|三、整改情况|去年评价指出的问题已整改，盘活存量资金11万元，收回资金5万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|抽查了县执法大队，该大队年初预算40万元，实际支出18万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|对口帮扶单位年初预算80万元，实际支出30万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|省级下达的退耕还林补助已到位66万元，支出51万元，剩余15万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|其中高标准农田建设进度偏慢，执行率仅为12%，支出6万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|1．人员类。年初预算180万元，支出90万元。|2．运转类。年初预算20万元，支出8万元。|3．特定目标类。年初预算100万元，支出22万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|三、绩效目标完成情况|（一）产出指标|成本指标：实际支出控制在25万元以内，支出23万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、重点项目|食用菌产业园配套|建成冷库2座。累计支出64万元，结余16万元。|中药材种植示范|种植黄精800亩。累计支出20万元，未支出资金4万元。|三、总体执行|年初预算300万元，实际支出120万元。",
            "project:食用菌产业园配套.spent=64万元 project:中药材种植示范.unspent=4万元 project:食用菌产业园配套.unspent=16万元 project:中药材种植示范.spent=20万元 total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|“书香县城”建设已启动，到位资金18万元，支出6万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|（三）2021年结转项目|预算40万元，支出38万元，结余2万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|新增债券资金安排100万元用于产业园区道路，已支付70万元，余额30万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，年中追加30万元，主要是自然灾害救助追加20万元、消防队站建设追加10万元。实际支出120万元，主要是冬春救助支出35万元。",
            "total.initial_budget=300万元 total.adjustment=30万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|（一）基本支出|年初预算200万元，实际支出95万元。|（二）项目支出|1.禁毒宣传|年初预算40万元，实际支出15万元。|2.网格员补贴|年初预算60万元，实际支出10万元。",
            "basic.initial_budget=200万元 basic.spent=95万元 project:禁毒宣传.initial_budget=40万元 project:禁毒宣传.spent=15万元 project:网格员补贴.initial_budget=60万元 project:网格员补贴.spent=10万元",
        ),
        (
            "二、重点项目|（一）禁毒宣传|年初预算40万元，实际支出15万元。|（二）网格员补贴|年初预算60万元，实际支出10万元。|全局年初预算300万元，实际支出120万元。",
            "project:禁毒宣传.initial_budget=40万元 project:禁毒宣传.spent=15万元 project:网格员补贴.initial_budget=60万元 project:网格员补贴.spent=10万元 total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|为做好森林防火工作，购置风力灭火机20台，财政追加9万元，实际支出8.6万元。",
            "total.initial_budget=300万元 total.adjustment=9万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|上半年农民工欠薪应急周转金到位50万元，使用12万元，余额38万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|（二）养老服务|上级下达补助资金25万元，县财政配套拨付10万元，已支出22万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|春节期间安排慰问金12万元，支出11万元。八一期间安排慰问金8万元，支出7.5万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|县级财政安排200万元，支出90万元。乡镇配套安排30万元，支出12万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|城区段安排120万元，支出50万元。乡村段安排80万元，支出30万元。",
            "total.initial_budget=300万元 project:城区段.initial_budget=120万元 total.spent=120万元 project:城区段.spent=50万元 project:乡村段.initial_budget=80万元 project:乡村段.spent=30万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|养老服务安排120万元，其中设备采购支出50万元。儿童福利安排80万元，其中场地租金支出30万元。",
            "total.initial_budget=300万元 project:养老服务.initial_budget=120万元 total.spent=120万元 project:儿童福利.initial_budget=80万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，追加20万元后为320万元，实际支出120万元。",
            "total.initial_budget=300万元 total.adjustment=20万元 total.adjusted_budget=320万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，核减工程款20万元后为280万元，实际支出120万元。",
            "total.initial_budget=300万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，调整后320万元。危桥加固调整后45万元，支出12万元。",
            "total.initial_budget=300万元 total.adjusted_budget=320万元",
        ),
        (
            "二、预算执行情况|2022年县级部门预算300万元，市级部门预算安排补助20万元。",
            "total.initial_budget=300万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|省财政实际拨款50万元用于水毁修复，市财政累计拨款20万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|市级批复年初预算20万元用于示范区建设。",
            "total.spent=120万元",
        ),
        (
            "二、重点项目情况|1.执法装备购置经费，年初预算40万元，支出30万元，占75%，其中车辆支出20万元，占66.67%。",
            "project:执法装备购置经费.initial_budget=40万元 project:执法装备购置经费.spent=30万元",
        ),
        (
            "二、情况|年初预算300万元，实际支出120万元。|各项目中，4个项目累计支出30万元，2个项目尚未支出。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、情况|（一）基本支出|年初预算200万元，实际支出95万元。其中人员经费支出80万元。|（二）项目支出|年初预算100万元，实际支出25万元。财政收回指标5万元。|（三）结转结余|上年结转6万元。",
            "project.adjustment=-5万元 basic.initial_budget=200万元 basic.spent=95万元 project.initial_budget=100万元 project.spent=25万元 total.carried_over=6万元",
        ),
        (
            "二、情况|（一）项目支出情况|残疾人文体活动年初预算10万元，支出4万元。困难残疾人生活补贴发放及时，财政拨付60万元，支出30万元。",
            "project:残疾人文体活动.initial_budget=10万元 project:残疾人文体活动.spent=4万元",
        ),
        (
            "二、情况|（一）项目支出情况|全年共实施项目8个，支出66万元。创业孵化基地运营良好，支出12万元。",
            "",
        ),
        (
            "二、情况|以下为具体情况|年初预算300万元，实际支出120万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、情况|资金保障有力|年初预算300万元，实际支出120万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、情况|年初预算300万元，其中基本支出200万元、项目支出100万元。乡村振兴衔接资金没有调整，实际支出120万元。",
            "total.initial_budget=300万元 basic.initial_budget=200万元 project.initial_budget=100万元",
        ),
        (
            "二、情况|年初预算300万元，无上年结转，未发生追加追减。实际支出120万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、情况|（一）公务接待费|年初预算3万元，无上年结转。|（二）总体|年初预算300万元。",
            "total.initial_budget=300万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|社区嵌入式养老、老年食堂、助浴点建设三项任务财政拨付75万元，支出31万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|——社区食堂|年初预算20万元，支出8万元。|——助浴点|年初预算10万元，支出3万元。",
            "total.initial_budget=300万元 total.spent=120万元 project:社区食堂.initial_budget=20万元 project:社区食堂.spent=8万元 project:助浴点.initial_budget=10万元 project:助浴点.spent=3万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|第一，殡仪馆火化炉更新。财政拨付60万元，支出0万元。|第二，公墓绿化。财政拨付12万元，支出5万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|①特困供养：拨付40万元。②孤儿保障：拨付9万元，结余1万元。",
            "total.initial_budget=300万元 total.spent=120万元 project:特困供养.appropriated=40万元 project:孤儿保障.appropriated=9万元 project:孤儿保障.unspent=1万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|A.特困供养|财政拨付40万元，支出20万元。",
            "total.initial_budget=300万元 total.spent=120万元 project:特困供养.spent=20万元 project:特困供养.appropriated=40万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|（三）敬老院改造（续建）。上年结转18万元，支出16万元。|（四）其他说明。上年结转资金中有2万元为质保金。",
            "total.initial_budget=300万元 total.spent=120万元 project:敬老院改造（续建）.carried_over=18万元 project:敬老院改造（续建）.spent=16万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|【社会救助】财政拨付80万元，支出66万元。【养老服务】财政拨付30万元，支出11万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|据统计，村级公益性公墓累计投入55万元，到位资金50万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|婚姻登记处搬迁，属县政府交办事项，追加资金28万元，目前支出20万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|年初预算300万元，实际支出120万元。|上半年收到福彩公益金60万元，支出18万元，余额42万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|2022年年初预算300万元，上半年实际支出120万元，其中：城乡低保60万元、特困供养22万元。|绩效目标：救助人数9000人。财政拨付130万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、预算执行情况|（一）总体执行|年初预算300万元，实际支出120万元。|（二）重点支出|社会救助类支出80万元，养老服务类支出22万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、情况|（一）部门预算|年初预算300万元，实际支出120万元。|（二）专项资金|年初预算80万元，实际支出20万元。",
            "",
        ),
        (
            "二、情况|（一）县本级|年初预算200万元，实际支出80万元。|（二）乡镇|年初预算100万元，实际支出40万元。",
            "",
        ),
        (
            "二、情况|（一）年初安排|年初预算300万元，其中基本支出200万元，项目支出100万元。|（二）执行进度|实际支出120万元。",
            "total.initial_budget=300万元 basic.initial_budget=200万元 project.initial_budget=100万元 total.spent=120万元",
        ),
        (
            "二、情况|年初预算300万元。各项目执行情况：就业见习补贴，支出6万元；技能大赛，支出4万元。实际支出120万元。",
            "total.initial_budget=300万元 project:就业见习补贴.spent=6万元 project:技能大赛.spent=4万元",
        ),
        (
            "二、情况|年初预算300万元，实际支出120万元。|相关经费由县财政统筹，追加50万元用于全县防疫，县医院支出30万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
        (
            "二、情况|年初预算300万元，实际支出120万元。|剔除疫情防控追加因素，年初预算执行数为100万元。",
            "total.initial_budget=300万元 total.spent=120万元",
        ),
    ],
)  # fmt: skip
def test_in_a_report_of_the_whole(body: str, expected: str) -> None:
    assert facts(read("部门整体", body.replace("|", "\n\n"))) == set(expected.split())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "二、项目资金情况|（一）家庭医生签约服务|1.资金到位情况。按签约人数测算，全年应到位资金60.00万元，实际到位55.00万元，到位率91.67%。|2.资金使用情况。全年支出48.50万元，占到位资金的88.18%。年末结余6.50万元。",
            "project:家庭医生签约服务.spent=48.50万元 project:家庭医生签约服务.unspent=6.50万元",
        ),
        (
            "二、各项目情况|（一）河道清淤疏浚|资金：年初预算 120 万元；上年结转 8 万元；年中追加 10 万元。|执行：县财政到位 100 万元，截至 6 月 30 日支付 52.4 万元。全年预计支出 130 万元。|（二）乡镇污水管网|资金：年初预算 80 万元；无调整。|执行：县财政到位 40 万元，累计支付 31.2 万元，剩余 48.8 万元 未支出。",
            "project:乡镇污水管网.appropriated=40万元 project:乡镇污水管网.initial_budget=80万元 project:乡镇污水管网.spent=31.2万元 project:乡镇污水管网.unspent=48.8万元 project:河道清淤疏浚.adjustment=10万元 project:河道清淤疏浚.appropriated=100万元 project:河道清淤疏浚.carried_over=8万元 project:河道清淤疏浚.forecast=130万元 project:河道清淤疏浚.initial_budget=120万元 project:河道清淤疏浚.spent=52.4万元",
        ),
        (
            "三、资金情况|项目年初预算合计200万元，累计支出96万元。|说明：信息系统运维因合同到期重新招标，9月份调减4.5万元；档案数字化因新增卷宗，10月份增加7万元。",
            "project.initial_budget=200万元 project.spent=96万元",
        ),
        (
            "二、项目进展|1、农村道路养护。|年初预算300万元，县财政已拨付180万元，实际支出150万元。|2、桥梁检测。|年初预算60万元，实际支出12万元。",
            "project:农村道路养护.initial_budget=300万元 project:农村道路养护.appropriated=180万元 project:农村道路养护.spent=150万元 project:桥梁检测.initial_budget=60万元 project:桥梁检测.spent=12万元",
        ),
        (
            "二、项目进展|城区路灯改造|该项目年初预算90万元，截至6月底累计支出35万元。|公园绿化提升|该项目年初预算40万元，截至6月底累计支出22万元。",
            "project:城区路灯改造.initial_budget=90万元 project:城区路灯改造.spent=35万元 project:公园绿化提升.initial_budget=40万元 project:公园绿化提升.spent=22万元",
        ),
        (
            "二、资金执行情况|6个项目年初预算合计500万元，累计支出210万元。|四、存在问题|污水处理厂提标改造受疫情影响，累计支出仅18万元，执行率12%。",
            "project.initial_budget=500万元 project.spent=210万元",
        ),
        (
            "二、项目支出情况|1.养老服务补贴：60万元，已支出33万元，执行率55%。|2.孤儿基本生活保障：24万元，已支出12万元，执行率50%。",
            "",
        ),
        (
            "二、资金情况|3个项目年初预算合计90万元，累计支出40万元。普法宣传预算执行较好，已支出20万元，其余项目支出20万元。",
            "project.initial_budget=90万元 project.spent=40万元",
        ),
        (
            "二、项目执行|（一）实施农田灌溉设施修复|县财政到位 30 万元，截至 6 月 30 日支付 11 万元。|（二）开展耕地质量监测|县财政到位 9 万元，截至 6 月 30 日支付 4 万元，未支付 5 万元。",
            "project:实施农田灌溉设施修复.appropriated=30万元 project:实施农田灌溉设施修复.spent=11万元 project:开展耕地质量监测.appropriated=9万元 project:开展耕地质量监测.spent=4万元 project:开展耕地质量监测.unspent=5万元",
        ),
        (
            "一、基本情况|本次监控项目共2个，年初预算合计70万元，财政拨付50万元，累计支出30万元。|二、具体情况|1．地名普查。财政拨付30万元，支出18万元，主要用于外业调查，结余12万元。|2．界线勘定。财政拨付20万元，支出12万元，结余8万元。",
            "project.initial_budget=70万元 project.appropriated=50万元 project.spent=30万元 project:地名普查.appropriated=30万元 project:地名普查.spent=18万元 project:界线勘定.unspent=8万元 project:地名普查.unspent=12万元 project:界线勘定.spent=12万元 project:界线勘定.appropriated=20万元",
        ),
        (
            "二、项目支出情况|重点项目执行如下：湿地保护，年初预算20万元，支出9万元；林木良种补助，年初预算16万元，支出8万元；护林员管护，年初预算30万元，支出15万元。",
            "project:湿地保护.initial_budget=20万元 project:湿地保护.spent=9万元 project:林木良种补助.initial_budget=16万元 project:林木良种补助.spent=8万元 project:护林员管护.initial_budget=30万元 project:护林员管护.spent=15万元",
        ),
        (
            "二、项目支出情况|（一）农村户厕（整村推进）|1.预算安排。年初预算50万元，年中调减5万元。|2.执行情况。财政拨付30万元，实际支出21万元。|（二）人居环境整治（以奖代补）|1.预算安排。年初预算70万元。|2.执行情况。财政拨付40万元，实际支出33万元。",
            "project:农村户厕（整村推进）.adjustment=-5万元 project:农村户厕（整村推进）.initial_budget=50万元 project:农村户厕（整村推进）.appropriated=30万元 project:农村户厕（整村推进）.spent=21万元 project:人居环境整治（以奖代补）.initial_budget=70万元 project:人居环境整治（以奖代补）.appropriated=40万元 project:人居环境整治（以奖代补）.spent=33万元",
        ),
        (
            "二、项目进展|1.校园足球推广：财政下达30万元。|截至6月底，累计支出12万元，结余18万元。|2.乡村少年宫：财政下达10万元。|截至6月底，累计支出4万元，结余6万元。",
            "project:校园足球推广.appropriated=30万元 project:乡村少年宫.appropriated=10万元",
        ),
        (
            "二、资金执行|3个项目年初预算合计90万元，财政拨付60万元，累计支出40万元。其中：一是宣传栏更换因设计变更，调减2万元；二是电子显示屏新购，追加6万元。",
            "project.initial_budget=90万元 project.appropriated=60万元 project.spent=40万元",
        ),
        (
            "二、资金执行|（一）数字乡村试点|今年以来建成益农信息社30个。|年初预算50万元，到位40万元，支出26万元。",
            "project:数字乡村试点.initial_budget=50万元 project:数字乡村试点.appropriated=40万元 project:数字乡村试点.spent=26万元",
        ),
        (
            "二、资金执行|项目年初预算合计90万元，累计支出40万元。|三、全年预测|医疗救助预计全年支出36万元；临时救助预计全年支出20万元。",
            "project.initial_budget=90万元 project.spent=40万元",
        ),
        (
            "二、项目资金执行情况（单位：万元）|序号\t项目名称\t年初预算数\t实际支出|1\t图书购置\t60.00\t41.37|2\t古籍修复\t12.00\t11.46|合计\t\t72.00\t52.83|古籍修复室恒温设备由省馆捐赠，价值8万元，支出0.4万元运费。",
            "project.initial_budget=72.00万元 project.spent=52.83万元 project:古籍修复.initial_budget=12.00万元 project:古籍修复.spent=11.46万元 project:图书购置.initial_budget=60.00万元 project:图书购置.spent=41.37万元",
        ),
        (
            "二、项目资金执行情况（单位：万元）|序号\t项目名称\t年初预算数\t实际支出|1\t图书购置\t60.00\t41.37|2\t古籍修复\t12.00\t11.46|合计\t\t72.00\t52.83|图书购置因供应商违约，扣减质保金1万元，追加采购经费3万元。",
            "project.initial_budget=72.00万元 project.spent=52.83万元 project:古籍修复.initial_budget=12.00万元 project:古籍修复.spent=11.46万元 project:图书购置.initial_budget=60.00万元 project:图书购置.spent=41.37万元",
        ),
        (
            "二、项目资金执行情况（单位：万元）|序号\t项目名称\t年初预算数\t实际支出|1\t图书购置\t60.00\t41.37|2\t古籍修复\t12.00\t11.46|合计\t\t72.00\t52.83|古籍修复经专家评审，施工合同价10万元，已支付9万元，尚余1万元。",
            "project.initial_budget=72.00万元 project.spent=52.83万元 project:古籍修复.initial_budget=12.00万元 project:古籍修复.spent=11.46万元 project:图书购置.initial_budget=60.00万元 project:图书购置.spent=41.37万元",
        ),
        (
            "二、项目资金执行情况（单位：万元）|序号\t项目名称\t年初预算数\t实际支出|1\t图书购置\t60.00\t41.37|2\t古籍修复\t12.00\t11.46|合计\t\t72.00\t52.83|图书购置较上年增加5万元。古籍修复按进度支付，乡镇分馆补贴追加2万元。",
            "project.initial_budget=72.00万元 project.spent=52.83万元 project:古籍修复.initial_budget=12.00万元 project:古籍修复.spent=11.46万元 project:图书购置.initial_budget=60.00万元 project:图书购置.spent=41.37万元",
        ),
        (
            "二、情况|5个项目年初预算合计500万元，其中3个项目年初预算300万元，累计支出120万元。",
            "project.initial_budget=500万元",
        ),
        (
            "二、情况|5个项目年初预算合计500万元。进度较快的2个项目累计支出80万元，其余3个项目累计支出60万元。",
            "project.initial_budget=500万元",
        ),
        (
            "二、项目情况|项目一：数字档案馆|年初预算40万元，支出18万元。|项目二：档案抢救|年初预算12万元，支出6万元。",
            "",
        ),
        (
            "二、项目情况|1.数字档案馆|资金安排：年初预算40万元|资金到位：30万元|资金支出：18万元|2.档案抢救|资金安排：年初预算12万元|资金到位：12万元|资金支出：6万元",
            "project:档案抢救.appropriated=12万元 project:档案抢救.initial_budget=12万元 project:档案抢救.spent=6万元",
        ),
        (
            "二、项目情况|（一）数字档案馆|年初预算40万元，支出18万元，其中：服务器购置支出10万元，软件开发支出8万元。结余22万元。",
            "",
        ),
        (
            "二、项目情况|（一）数字档案馆|年初预算40万元，支出18万元。承建公司合同额38万元，已支付18万元，未支付20万元。",
            "",
        ),
        (
            "二、项目情况|（一）数字档案馆|年初预算40万元，支出18万元。去年该项目年初预算35万元，支出35万元。",
            "",
        ),
        (
            "二、项目情况|（一）数字档案馆|年初预算40万元，支出18万元。与之相关的运维项目年初预算9万元，支出2万元。",
            "",
        ),
        (
            "二、项目情况|（一）数字档案馆|年初预算40万元，支出18万元。|县档案学会年初预算5万元，支出1万元。",
            "",
        ),
        (
            "二、项目情况|（一）数字档案馆|年初预算40万元，支出18万元。|两个项目共支出24万元，未支出28万元。",
            "project.spent=24万元 project.unspent=28万元",
        ),
        (
            "二、项目情况|（一）数字档案馆|年初预算40万元，支出18万元。|三、资金结余|累计结余22万元。",
            "project.unspent=22万元",
        ),
    ],
)  # fmt: skip
def test_in_a_report_on_projects(body: str, expected: str) -> None:
    assert facts(read("项目支出", body.replace("|", "\n\n"))) == set(expected.split())


def zeros(submission: Submission) -> set[str]:
    """The zeros that are said in words, each with its owner."""
    department = submission.department
    subjects = [*department.members.values(), *department.table("projects").rows]
    return {
        f"{subject.id.rpartition('/')[2]}.{field}"
        for subject in subjects
        for field, fact in subject.facts.items()
        if fact.state is State.DERIVED and fact.formula == fact.quote
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("年初预算100万元，未发生追加追减。", "total.adjustment basic.adjustment project.adjustment"),
        ("年初预算100万元。追加项目支出5万元，基本支出没有调整。", "basic.adjustment"),
        ("年初预算100万元。追加项目支出5万元，没有调整。", ""),
        ("年初预算100万元。乡村振兴衔接资金没有调整。", ""),
        ("（一）公务接待费|年初预算3万元，无上年结转。", ""),
        ("（一）防汛物资储备|年初预算10万元，无上年结转。", "project:防汛物资储备.carried_over"),
    ],
)
def test_a_zero_in_words_is_of_whom_it_speaks(body: str, expected: str) -> None:
    report = read("部门整体", "二、预算执行情况|".replace("|", "\n\n") + body.replace("|", "\n\n"))
    assert zeros(report) == set(expected.split())


def test_budgets_of_projects_that_exceed_what_the_projects_had_at_the_start_are_left() -> None:
    """158 + 86.4 is more than 200: the list is not of the year's start, or not all of it."""
    listed = (
        "1、康复服务项目，预算安排158万元，支出150万元。\n\n2、危房改造项目，预算安排86.4万元，支出77万元。"
    )
    report = read("部门整体", f"二、预算执行情况\n\n年初预算项目支出200万元，追加60万元。\n\n{listed}")
    assert {each for each in facts(report) if "initial" in each} == {"project.initial_budget=200万元"}
    assert {"158万元 ambiguous open", "86.4万元 ambiguous open"} <= left(report)
    assert "project:康复服务项目.spent=150万元" in facts(report)


def test_a_share_without_a_base_is_of_the_one_budget_told() -> None:
    body = "二、预算执行情况\n\n预算320万元，支出101.28万元，占31.65%。\n\n{}"
    assert claims(read("项目支出", body.format(""))) == {"project: spent/budget=31.65%"}
    parts = "年初预算320万元，其中基本支出101.28万元，占31.65%。"
    assert claims(read("部门整体", f"二、预算执行情况\n\n{parts}")) == set()


def test_kinds_of_expense_are_no_projects_however_they_are_told() -> None:
    listed = "1.人员经费：年初预算60万元，支出30万元。|2.日常公用经费年初预算10万元，支出4万元。|人员经费（预算60万元）。|3.三公经费：年初预算3万元。"
    report = read(
        "部门整体", "二、预算执行情况|年初预算300万元。|".replace("|", "\n\n") + listed.replace("|", "\n\n")
    )
    assert facts(report) == {"total.initial_budget=300万元"}
    assert not report.department.table("projects").rows
