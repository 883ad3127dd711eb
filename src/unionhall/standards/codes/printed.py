"""How the province's sheets print the entries of a table, where that differs from the table's own labels.

In the form's order. The form has fewer entries and shorter labels: no 未知的性别, no 离休, no 居民户口.
"""

from collections.abc import Mapping

PRINTED: Mapping[str, tuple[str, ...]] = {
    "division_hainan": (
        "海口市",
        "三亚市",
        "三沙市",
        "儋州市",
        "琼海市",
        "文昌市",
        "万宁市",
        "东方市",
        "五指山市",
        "乐东县",
        "澄迈县",
        "临高县",
        "定安县",
        "屯昌县",
        "陵水县",
        "昌江县",
        "保亭县",
        "琼中县",
        "白沙县",
        "洋浦",
    ),
    "union_org_type": ("独立基层工会", "联合基层工会", "工会联合会", "产业（系统）工会", "总工会"),
    "sex": ("男", "女"),
    "employment_status": ("在岗", "待（下）岗", "失业", "退休", "退职", "退养（内退）", "病休", "其他"),
    "id_document_type": ("居民身份证",),
    "skill_level": ("无", "职业资格一级", "职业资格二级", "职业资格三级", "职业资格四级", "职业资格五级"),
    "household_type": ("农业户口", "非农业户口"),
    "political_status": (
        "中共党员",
        "中共预备党员",
        "共青团员",
        "民革党员",
        "民盟盟员",
        "民建会员",
        "民进会员",
        "农工党党员",
        "致公党党员",
        "九三学社社员",
        "台盟盟员",
        "无党派人士",
        "群众",
    ),
    "yes_no": ("是", "否"),
}
