"""Every code table of the house: what it is called, which standard it comes from, since when it is in force.

One literal list. `since` and `until` are the days a standard came into force and was replaced (exclusive), as
far as they are known; None leaves the end open. A table is never deleted: codes in old records stay readable.
Tables marked "本平台" are the platform's own and follow the rules named in their title.
"""

from dataclasses import dataclass
from datetime import date

OWN = "本平台"
HAINAN = "海南省工会采集表"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table comes from: file name, what people call it, standard's number and title, validity."""

    name: str
    noun: str
    standard: str
    title: str
    since: date | None = None
    until: date | None = None


SOURCES: tuple[Source, ...] = (
    Source(
        "sex", "性别", "GB/T 2261.1-2003", "个人基本信息分类与代码 第1部分：人的性别代码", date(2003, 12, 1)
    ),
    Source(
        "marital_status",
        "婚姻状况",
        "GB/T 2261.2-2003",
        "个人基本信息分类与代码 第2部分：婚姻状况代码",
        date(2003, 12, 1),
    ),
    Source(
        "ethnic_group", "民族", "GB/T 3304-1991", "中国各民族名称的罗马字母拼写法和代码", date(1992, 4, 1)
    ),
    Source("political_status", "政治面貌", "GB/T 4762-1984", "政治面貌代码", date(1985, 10, 1)),
    Source("education", "学历", "GB/T 4658-2006", "学历代码", date(2006, 10, 1)),
    Source("education_hainan", "学历", HAINAN, "海南省工会会员信息采集表 学历选项"),
    Source("degree", "学位", "GB/T 6864-2003", "中华人民共和国学位代码", date(2003, 12, 1)),
    Source("industry_section", "行业门类", "GB/T 4754-2017", "国民经济行业分类（门类）", date(2017, 10, 1)),
    Source("industry_division", "行业大类", "GB/T 4754-2017", "国民经济行业分类（大类）", date(2017, 10, 1)),
    Source("industry_hainan", "单位所属行业", HAINAN, "海南省工会组织信息采集表 单位所属行业选项"),
    Source("economic_type", "经济类型", "GB/T 12402-2000", "经济类型分类与代码", date(2001, 3, 1)),
    Source("economic_type_hainan", "经济类型", HAINAN, "海南省工会组织信息采集表 经济类型选项"),
    Source(
        "unit_nature", "单位性质类别", HAINAN, "海南省工会组织信息采集表 单位性质类别选项（工会统计代码）"
    ),
    Source("unit_category", "单位类别", OWN, "单位大类，由单位性质类别归并"),
    Source("union_org_type", "工会组织类型", OWN, "工会组织类型，含海南省采集表的基层工会类型"),
    Source("union_level", "工会层级", OWN, "工会层级，一至五级同海南省工会系统"),
    Source("union_status", "工会状态", OWN, "工会组织状态"),
    Source("union_position", "工会职务", OWN, "工会干部职务"),
    Source("union_committee", "所在委员会", OWN, "工会各委员会"),
    Source("cadre_type", "专兼职", OWN, "工会干部类别"),
    Source("chair_election_method", "选举方式", OWN, "工会主席产生方式（工会基层组织选举工作条例第三条）"),
    Source("employment_status", "就业状况", "总工办发〔2017〕14号", "全国工会会员实名信息 就业状况"),
    Source("employment_status_hainan", "就业状况", HAINAN, "海南省工会会员信息采集表 就业状况选项"),
    Source("skill_level", "技术等级", "总工办发〔2017〕14号", "全国工会会员实名信息 技术等级"),
    Source("skill_level_2022", "技能等级", "人社部发〔2022〕14号", "新八级工职业技能等级", date(2022, 3, 18)),
    Source("household_type", "户籍类型", HAINAN, "海南省工会会员信息采集表 户籍类型选项及居民户口"),
    Source("household_type_ga", "户口性质", "GA/T 2000.27", "公安信息代码 户口性质代码"),
    Source("membership_change_type", "会籍变化类型", HAINAN, "海南省工会会员信息采集表 会籍变化类型选项"),
    Source("membership_change_reason", "会籍变化原因", HAINAN, "海南省工会会员信息采集表 会籍变化原因选项"),
    Source("membership_change_reason_ext", "会籍变化原因", OWN, "会籍变化原因细分"),
    Source("membership_status", "会籍状态", OWN, "会籍状态"),
    Source("membership_application_type", "会籍办理事项", OWN, "会籍办理事项"),
    Source("review_status", "审核状态", OWN, "审核状态"),
    Source(
        "id_document_type", "有效证件类别", "GA/T 517-2004", "常用证件代码（节选，含本平台自编代码 X81、X83）"
    ),
    Source("democratic_form", "民主管理形式", OWN, "企业民主管理形式"),
    Source("collective_contract_type", "集体合同类型", OWN, "集体合同类型"),
    Source("legal_registration_type", "法人登记事项", OWN, "工会法人资格登记事项"),
    Source("founding_step", "建会步骤", OWN, "建会步骤"),
    Source("new_employment_group", "新就业形态群体", OWN, "新就业形态劳动者群体（八大群体及网约车司机）"),
    Source("hardship_level", "困难类别", OWN, "困难职工类别"),
    Source("hardship_cause", "致困原因", OWN, "困难职工致困原因"),
    Source("benefit_category", "普惠服务类别", OWN, "普惠服务类别"),
    Source(
        "uscc_department",
        "登记管理部门",
        "GB 32100-2015",
        "法人和其他组织统一社会信用代码编码规则 登记管理部门代码",
        date(2015, 10, 1),
    ),
    Source(
        "uscc_category",
        "机构类别",
        "GB 32100-2015",
        "法人和其他组织统一社会信用代码编码规则 机构类别代码",
        date(2015, 10, 1),
    ),
    Source("division_haikou", "所在镇（街道）", "国家统计局", "统计用区划代码（海口市区、镇、街道）"),
    Source(
        "division_hainan", "单位所在政区", "GB/T 2260", "海南省行政区划代码（含本平台自编代码 460490 洋浦）"
    ),
    Source(
        "gb2260_current", "行政区划", "GB/T 2260", "中华人民共和国行政区划代码（现行，含统计用开发区代码）"
    ),
    Source("gb2260_history", "行政区划", "GB/T 2260", "中华人民共和国行政区划代码（历年）"),
    Source("hainan_union_region", "工会区域", "海南省会员卡编号规则", "海南省工会会员卡工会区域码"),
    Source("haikou_reporting_unit", "填报单位", "海工字〔2019〕17号", "海口市工会实名制填报单位"),
    Source("yes_no", "是否", OWN, "是否"),
)
