"""The two sheets as literal tuples of columns (海南省工会组织、工会会员信息采集表).

The template to download, the reader, the judge, the grid and the returned workbook come from these
lines and from nowhere else.
"""

from dataclasses import dataclass
from enum import StrEnum

SAMPLE_SERIAL = "示例"
"""The serial of a row that only shows how to fill in the sheet; it is never read."""


class SheetKind(StrEnum):
    UNIONS = "unions"
    MEMBERS = "members"

    @property
    def form_title(self) -> str:
        """Return the name printed above the form."""
        return TITLES[self]


TITLES = {
    SheetKind.UNIONS: "海南省工会组织信息采集表",
    SheetKind.MEMBERS: "海南省工会会员信息采集表",
}


class Form(StrEnum):
    """How the text of a column is understood."""

    SERIAL = "serial"
    TEXT = "text"
    NAME = "name"
    DATE = "date"
    COUNT = "count"
    LABEL = "label"
    YES_NO = "yes_no"
    CREDIT_CODE = "credit_code"
    DOCUMENT_NUMBER = "document_number"
    MOBILE = "mobile"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    `required` says that a blank cell is an error by itself (the law of a kind may still ask for others);
    `table` names the code table of the form's drop-down list; `text` asks Excel to keep the cell as
    text; `protected` marks personal data that is masked wherever it is quoted; `width` is in characters.
    """

    key: str
    header: str
    form: Form
    example: str
    hint: str
    group: str = ""
    required: bool = True
    aliases: tuple[str, ...] = ()
    table: str = ""
    text: bool = False
    protected: bool = False
    max_length: int = 200
    width: int = 14


EMPLOYER = "单位信息"
UNION = "工会信息"

UNION_SHEET: tuple[Column, ...] = (
    Column(
        key="serial", header="序号", form=Form.SERIAL, required=False, width=7, max_length=10,
        aliases=("编号", "序列号", "No", "No."), example="1", hint="从1开始的整数，不重复。",
    ),
    Column(
        key="employer_name", header="单位名称", group=EMPLOYER, form=Form.TEXT, width=30,
        aliases=("用人单位名称", "单位全称", "企业名称", "单位名称（全称）"),
        example="海口示范机械有限公司", hint="与统一社会信用代码证书上的全称一致。",
    ),
    Column(
        key="employer_credit_code", header="单位法人和其他组织统一社会信用代码", group=EMPLOYER,
        form=Form.CREDIT_CODE, text=True, width=23,
        aliases=("单位统一社会信用代码", "单位信用代码", "单位社会信用代码", "企业统一社会信用代码",
                 "统一社会信用代码"),
        example="91460105MA00TE5T2K", hint="18位，照证书填写；字母大写，不含I、O、S、V、Z。",
    ),
    Column(
        key="employer_address", header="单位地址", group=EMPLOYER, form=Form.TEXT, width=28,
        aliases=("地址", "通讯地址", "详细地址"), example="海口市秀英区示范路1号",
        hint="填写详细的办公地址。",
    ),
    Column(
        key="division", header="单位所在政区", group=EMPLOYER, form=Form.LABEL, table="division_hainan",
        aliases=("所在政区", "单位所在行政区", "行政区划", "所在行政区划", "单位所在地"),
        example="海口市", hint="从下拉列表中选择；海口市的单位也可填到区，如“海口市龙华区”。",
    ),
    Column(
        key="employer_nature", header="单位性质类别", group=EMPLOYER, form=Form.LABEL, table="unit_nature",
        aliases=("单位性质", "性质类别"), width=18,
        example="其他有限责任公司", hint="从下拉列表中选择。",
    ),
    Column(
        key="economic_type", header="经济类型", group=EMPLOYER, form=Form.LABEL, table="economic_type_hainan",
        aliases=("经济类型类别",), example="股份制",
        hint="从下拉列表中选择；机关、事业单位、社会组织选“其他经济类”。",
    ),
    Column(
        key="industry", header="单位所属行业", group=EMPLOYER, form=Form.LABEL, table="industry_hainan",
        aliases=("所属行业", "行业", "行业类别"), width=22, example="制造业",
        hint="从下拉列表中选择。",
    ),
    Column(
        key="employee_count", header="职工人数", group=EMPLOYER, form=Form.COUNT, width=10, max_length=12,
        aliases=("单位职工人数", "职工总数", "职工数"), example="60", hint="填写整数，不带“人”字。",
    ),
    Column(
        key="union_name", header="工会名称", group=UNION, form=Form.TEXT, width=32,
        aliases=("工会全称", "工会组织名称"), example="海口示范机械有限公司工会委员会", hint="填写工会全称。",
    ),
    Column(
        key="union_credit_code", header="工会法人和其他组织统一社会信用代码", group=UNION,
        form=Form.CREDIT_CODE, text=True, width=23,
        aliases=("工会统一社会信用代码", "工会信用代码", "工会社会信用代码", "工会法人统一社会信用代码"),
        example="81460105000000027D", hint="18位，以81、89或13开头；尚未办理法人资格登记的填“暂无”。",
    ),
    Column(
        key="superior_name", header="上级工会名称", group=UNION, form=Form.TEXT, width=24,
        aliases=("上级工会", "上级工会全称"), example="海口市秀英区总工会", hint="填写直接上级工会的全称。",
    ),
    Column(
        key="founded_on", header="建会日期", group=UNION, form=Form.DATE, width=12, max_length=40,
        aliases=("建会时间", "成立日期", "工会成立日期"), example="2019/02/13",
        hint="格式为年/月/日，如2019/02/13。",
    ),
    Column(
        key="union_kind", header="基层工会类型", group=UNION, form=Form.LABEL, table="union_org_type",
        aliases=("工会类型", "工会类别"), width=16, example="独立基层工会",
        hint="从下拉列表中选择；覆盖多个单位的选“联合基层工会”，每个单位填一行。",
    ),
    Column(
        key="member_count", header="会员人数", group=UNION, form=Form.COUNT, width=10, max_length=12,
        aliases=("工会会员人数", "会员总数", "会员数"), example="52", hint="填写整数，不带“人”字。",
    ),
    Column(
        key="chair_name", header="工会负责人", group=UNION, form=Form.NAME, width=12, max_length=50,
        aliases=("工会主席", "工会法定代表人", "法定代表人"), example="符示范",
        hint="填写工会的法定代表人（主席）。",
    ),
    Column(
        key="phone", header="联系电话", group=UNION, form=Form.PHONE, text=True, width=16, max_length=40,
        aliases=("工会联系电话", "电话", "联系方式"), example="0898-66668888",
        hint="工会的联系电话，固定电话带区号，也可填手机号码。",
    ),
)  # fmt: skip

MEMBER_SHEET: tuple[Column, ...] = (
    Column(
        key="serial", header="序号", form=Form.SERIAL, required=False, width=7, max_length=10,
        aliases=("编号", "序列号", "No", "No."), example="1", hint="从1开始的整数，不重复。",
    ),
    Column(
        key="name", header="姓名", form=Form.NAME, width=12, max_length=50,
        aliases=("会员姓名", "用户名", "职工姓名"), example="林示范",
        hint="与居民身份证上的姓名一致；少数民族姓名中间用“·”。",
    ),
    Column(
        key="sex", header="性别", form=Form.LABEL, table="sex", width=7, max_length=20,
        example="男", hint="从下拉列表中选择。",
    ),
    Column(
        key="birth_date", header="出生日期", form=Form.DATE, width=12, max_length=40, protected=True,
        aliases=("出生年月日", "生日", "出生年月"), example="1990/01/01",
        hint="格式为年/月/日，与身份证一致。",
    ),
    Column(
        key="ethnic_group", header="民族", form=Form.LABEL, table="ethnic_group",
        width=10, max_length=20, example="汉族", hint="从下拉列表中选择。",
    ),
    Column(
        key="employment_status", header="就业状况", form=Form.LABEL, table="employment_status",
        aliases=("就业状态",), width=12, example="在岗", hint="从下拉列表中选择。",
    ),
    Column(
        key="document_type", header="有效证件类别", form=Form.LABEL, table="id_document_type",
        aliases=("证件类别", "证件类型", "有效证件类型"), width=14,
        example="居民身份证", hint="选“居民身份证”。",
    ),
    Column(
        key="document_number", header="证件号码", form=Form.DOCUMENT_NUMBER, text=True, protected=True,
        width=22,
        aliases=("身份证号", "身份证号码", "居民身份证号码", "公民身份号码", "有效证件号码", "证件号"),
        max_length=40,
        example="460199199001010010", hint="18位居民身份证号码；单元格须为文本格式，末位X大写。",
    ),
    Column(
        key="education", header="学历", form=Form.LABEL, table="education_hainan",
        aliases=("文化程度", "最高学历"), width=12, example="大专", hint="从下拉列表中选择。",
    ),
    Column(
        key="skill_level", header="技术等级", form=Form.LABEL, table="skill_level",
        aliases=("技能等级", "职业资格等级"), width=22, example="无", hint="从下拉列表中选择；没有的选“无”。",
    ),
    Column(
        key="mobile", header="移动电话", form=Form.MOBILE, text=True, protected=True, width=14, max_length=40,
        aliases=("手机", "手机号", "手机号码", "移动电话号码", "联系电话"), example="13800000000",
        hint="11位手机号码，本人使用。",
    ),
    Column(
        key="household_type", header="户籍类型", form=Form.LABEL, table="household_type",
        aliases=("户口类型", "户口性质"), width=12, example="非农业户口",
        hint="从下拉列表中选择。",
    ),
    Column(
        key="household_place", header="户籍所在地", form=Form.TEXT, protected=True, width=26, max_length=100,
        aliases=("户口所在地", "户籍地", "户籍地址"), example="海南省海口市",
        hint="与户口簿或身份证住址一致。",
    ),
    Column(
        key="change_type", header="会籍变化类型", form=Form.LABEL, table="membership_change_type",
        aliases=("会籍变动类型", "变化类型"), width=14, example="入会",
        hint="从下拉列表中选择。",
    ),
    Column(
        key="changed_on", header="会籍变化日期", form=Form.DATE, width=14, max_length=40,
        aliases=("会籍变动日期", "变化日期", "入会日期", "入会时间"), example="2019/03/01",
        hint="格式为年/月/日；入会的填入会日期。",
    ),
    Column(
        key="change_reason", header="会籍变化原因", form=Form.LABEL, table="membership_change_reason",
        aliases=("会籍变动原因", "变化原因"), required=False, width=24,
        example="劳动（工作）关系发生变化", hint="从下拉列表中选择；保留、转出、除名、退会的必须填写。",
    ),
    Column(
        key="political_status", header="政治面貌", form=Form.LABEL, table="political_status",
        width=14, example="群众", hint="从下拉列表中选择。",
    ),
    Column(
        key="employer_name", header="工作单位", form=Form.TEXT, width=30,
        aliases=("所在单位", "工作单位名称", "单位名称", "所属企业"), example="海口示范机械有限公司",
        hint="填写单位全称，须与工会组织信息采集表中的单位名称一致。",
    ),
    Column(
        key="native_place", header="籍贯", form=Form.TEXT, width=16, max_length=50, example="海南海口",
        hint="填写祖居地，写到市县。",
    ),
    Column(
        key="migrant_worker", header="是否农民工会员", form=Form.YES_NO, table="yes_no",
        aliases=("农民工会员", "是否农民工"), width=10, max_length=10, example="否",
        hint="从下拉列表中选择。",
    ),
)  # fmt: skip

SHEETS = {SheetKind.UNIONS: UNION_SHEET, SheetKind.MEMBERS: MEMBER_SHEET}


def columns_of(kind: SheetKind) -> tuple[Column, ...]:
    """Return the columns of a sheet, from left to right."""
    return SHEETS[kind]


def column_of(kind: SheetKind, key: str) -> Column:
    """Return one column by its key."""
    return next(column for column in SHEETS[kind] if column.key == key)
