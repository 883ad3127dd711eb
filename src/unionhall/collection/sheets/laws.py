"""Every fault the judge itself can find, in one table: rule, severity, and the sentence people read.

The code of a finding is `<member|union>.<column>.<what>`, where `what` is the key of this table or, for a
value that a parser of `standards` refused, the last part of its code (`member.document_number.check`).
Rules R-M… and R-O… stand in the domain reference, sections 3.3 and 2.4.
"""

from dataclasses import dataclass

from unionhall.collection.sheets.findings import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Law:
    """A rule's name ("" if the form alone asks for it), how grave a breach is, and the sentence."""

    rule: str
    severity: Severity
    sentence: str


LAWS = {
    # The table and its cells
    "column_missing": Law("", ERROR, "表中没有“{column}”列，这是必填项，请对照采集表模板补上这一列并填写。"),
    "column_absent": Law("", INFO, "表中没有“{column}”列，建议对照采集表模板补上。"),
    "column_unknown": Law("", INFO, "“{column}”不是采集表的栏目，系统不读取这一列。"),
    "required": Law("", ERROR, "{column}未填写，这是必填项，请补填，例如“{example}”。"),
    "too_long": Law("", ERROR, "{column}有{length}个字，最多{limit}个字，请核对是否多粘贴了内容。"),
    "destroyed": Law(
        "R-M1",
        ERROR,
        "{column}是数值格式，Excel只保留15位有效数字，后几位已变成0且无法恢复，"
        "请先把这一列的单元格格式设为“文本”，再照证件重新输入全部{digits}位，例如“{example}”。",
    ),
    "not_integer": Law("", ERROR, "{column}“{value}”不是整数，请只填数字，例如“{example}”。"),
    "serial_blank": Law("", WARNING, "序号未填写，不影响数据，建议按1、2、3……连续编号。"),
    "serial_not_integer": Law("", WARNING, "序号“{value}”不是整数，不影响数据，建议按1、2、3……连续编号。"),
    "serial_repeated": Law("", WARNING, "序号{value}与第{other}行重复，不影响数据，建议重新编号。"),
    # Members
    "sex_differs": Law(
        "R-M4", ERROR, "性别填的是“{value}”，但证件号码第17位表示“{right}”，请核对证件后改正性别或证件号码。"
    ),
    "birth_differs": Law(
        "R-M4", ERROR, "出生日期填的是{value}，但证件号码中的出生日期是{right}，请核对证件后改正其中一项。"
    ),
    "area_unknown": Law(
        "R-M1", WARNING, "证件号码前6位“{area}”不在现行和历史行政区划代码中，请照证件核对，确认无误可以保留。"
    ),
    "converted": Law(
        "R-M1", WARNING, "证件号码是15位旧号码，换算为18位后如建议所示，请照现用身份证核对改正。"
    ),
    "document_type_unlisted": Law(
        "R-M13", WARNING, "采集表只列居民身份证，持“{value}”的职工入会须由市总工会确认，请先与上级工会联系。"
    ),
    "under_age": Law(
        "R-M5", ERROR, "出生日期为{value}，至今未满16周岁，不能入会，请核对出生日期和证件号码。"
    ),
    "changed_in_future": Law("R-M7", ERROR, "会籍变化日期{value}晚于今天（{today}），请改为实际办理日期。"),
    "changed_too_young": Law(
        "R-M7",
        ERROR,
        "会籍变化日期{value}时该会员未满16周岁（{sixteen}满16周岁），请核对出生日期和会籍变化日期。",
    ),
    "reason_missing": Law(
        "R-M8", ERROR, "会籍变化类型是“{value}”，必须填写会籍变化原因，请从下拉列表中选择，例如“{example}”。"
    ),
    "expulsion_papers": Law(
        "R-M8",
        WARNING,
        "除名须有工会的处理决定并报上一级工会备案，请把决定文件和备案日期准备好，审核时提交。",
    ),
    "reason_needless": Law(
        "R-M9",
        INFO,
        "本表有{count}行会籍变化类型为“入会”或“转入”而未填会籍变化原因（首见于第{first}行），可以不填，"
        "上报省表时按“劳动（工作）关系发生变化”填写。",
    ),
    "reason_unfit": Law(
        "R-M9", WARNING, "会籍变化类型是“{value}”，与会籍变化原因“{reason}”不相符，请核对其中一项。"
    ),
    "retired": Law("R-M6", WARNING, "就业状况是“{value}”，离退休人员的会籍应填“保留”，请核对会籍变化类型。"),
    "past_retirement": Law(
        "R-M6", WARNING, "该会员已{age}周岁，已过法定退休年龄，就业状况却是“在岗”，请核对（返聘等可保留）。"
    ),
    "household_unlisted": Law(
        "", INFO, "“居民户口”不在省采集表的选项中，系统可以接收，上报省表时须选“农业户口”或“非农业户口”。"
    ),
    "migrant_household": Law(
        "R-M12", WARNING, "是否农民工会员填“是”，户籍类型却是“非农业户口”，请核对其中一项。"
    ),
    "league_age": Law(
        "", WARNING, "政治面貌是“共青团员”，但该会员已{age}周岁（团员年满28周岁离团），请核对。"
    ),
    "document_repeated": Law(
        "R-M2",
        ERROR,
        "证件号码{value}与第{other}行重复，一名会员只能填一行，请核对后删去多余的一行或改正号码。",
    ),
    "mobile_shared": Law(
        "R-M10", WARNING, "移动电话{value}与第{other}行的另一名会员相同，请核对是否填错，家人共用的可以保留。"
    ),
    "same_person": Law(
        "R-M10", WARNING, "姓名和出生日期与第{other}行相同而证件号码不同，请核对是否为同一人重复填报。"
    ),
    # Unions
    "code_required": Law(
        "",
        ERROR,
        "工会法人和其他组织统一社会信用代码未填写，请照证书填写18位代码；工会尚未办理法人资格登记、没有代码的，填“暂无”。",
    ),
    "registration_due": Law(
        "R-O6",
        WARNING,
        "工会还没有统一社会信用代码，已按“暂无”接收，请尽快向区总工会办理工会法人资格登记，领证后补填。",
    ),
    "same_code": Law(
        "R-O6",
        ERROR,
        "工会的统一社会信用代码与单位的相同，工会应填自己的代码（81开头），尚未登记的填“暂无”。",
    ),
    "prefix_not_union": Law(
        "R-O6",
        ERROR,
        "代码以“{value}”开头，不是工会的统一社会信用代码（应以81、89或13开头），请照工会法人证书填写。",
    ),
    "prefix_unfit": Law(
        "R-O6", WARNING, "代码以“{value}”开头，与基层工会类型“{kind}”不一致（{right}），请核对其中一项。"
    ),
    "founded_in_future": Law("R-O2", ERROR, "建会日期{value}晚于今天（{today}），请改为实际建会日期。"),
    "founded_too_early": Law("R-O2", ERROR, "建会日期{value}早于1921年，请核对年份。"),
    "founded_before_acftu": Law(
        "R-O2", WARNING, "建会日期{value}早于中华全国总工会成立日期（1925年5月1日），请核对年份。"
    ),
    "members_exceed": Law(
        "R-O3", WARNING, "会员人数{value}多于职工人数{employees}，请核对（有劳务派遣等情形的可以保留）。"
    ),
    "nature_unfit": Law(
        "R-O7", WARNING, "单位性质类别是“{value}”，单位代码却以“{prefix}”（{means}）开头，请核对其中一项。"
    ),
    "area_differs": Law(
        "R-O8",
        INFO,
        "统一社会信用代码中的登记地（{value}）与单位所在政区“{division}”不同，迁址的属正常，无须修改。",
    ),
    "not_haikou": Law(
        "", WARNING, "单位所在政区“{value}”不属于海口市，请核对；确由海口市工会管理的可以保留。"
    ),
    "superior_is_self": Law("R-O4", ERROR, "上级工会名称与工会名称相同，请填写直接上级工会的全称。"),
    "committee_due": Law(
        "R-O9", INFO, "会员{value}人，满25人应当建立基层工会委员会，请确认已选举产生委员会，并核对工会全称。"
    ),
    "full_time_chair": Law("R-O10", INFO, "职工{value}人，满200人的单位工会可以设专职工会主席。"),
    "employer_repeated": Law(
        "", ERROR, "单位的统一社会信用代码{value}与第{other}行重复，一个单位只能填一行，请核对后删去或改正。"
    ),
    "union_code_shared": Law(
        "R-O6", ERROR, "工会的统一社会信用代码{value}与第{other}行相同，但工会名称不同，请核对代码或名称。"
    ),
    "union_repeated": Law(
        "R-O5",
        ERROR,
        "工会名称与第{other}行重复：覆盖多个单位的，各行基层工会类型都应选“联合基层工会”且工会代码、"
        "上级工会一致；否则请改正工会名称。",
    ),
    "joint_of_one": Law(
        "", WARNING, "联合基层工会应覆盖两个以上单位，本表只有一行，请补填其他单位或核对工会类型。"
    ),
    # Both sheets together
    "employer_unlisted": Law(
        "R-M3", ERROR, "工作单位“{value}”不在组织信息采集表的单位名称中，请改为表中的单位全称，或补填该单位。"
    ),
    "count_differs": Law(
        "R-O14", WARNING, "会员人数填的是{value}人，会员信息采集表中该工会的会员有{right}人，请核对。"
    ),
    "organ_migrant": Law(
        "R-M12", WARNING, "是否农民工会员填“是”，但工作单位是机关或事业单位，请核对其中一项。"
    ),
    "organ_rural": Law(
        "R-M12", WARNING, "户籍类型是“农业户口”，工作单位却是机关且在岗，请核对户籍类型和工作单位。"
    ),
}
