"""Why a file cannot be read: one Chinese sentence each, saying what, why and how to mend it."""

from unionhall.standards.refusal import Refusal, Refused

SENTENCES = {
    "empty": "文件是空的（0字节），里面没有任何内容，请重新保存采集表后再选择该文件。",
    "too_large": "文件超过{limit}MB，无法处理，请删去图片和多余的工作表，或按单位拆分成几个文件。",
    "not_workbook": "这不是表格文件（内容是{what}），请选择用 Excel 或 WPS 填写的采集表（.xlsx）。",
    "damaged": "文件已损坏，不能作为表格打开，请用 Excel 或 WPS 打开确认内容，另存为“.xlsx”格式后再提交。",
    "html": "这个文件的内容是网页（HTML），不是真正的工作簿，请用 Excel 或 WPS 打开后另存为“.xlsx”格式。",
    "xml_spreadsheet": (
        "这个文件是“XML 电子表格2003”格式，不是真正的工作簿，请用 Excel 或 WPS 打开后另存为“.xlsx”格式。"
    ),
    "old_excel": "这是Excel 5.0/95或更早的格式，无法可靠读取，请用 Excel 或 WPS 打开后另存为“.xlsx”格式。",
    "binary_excel": "这是Excel二进制工作簿（.xlsb），不接收该格式，请用 Excel 打开后另存为“.xlsx”格式。",
    "encrypted": (
        "文件设置了打开密码，无法读取内容，请在 Excel 或 WPS 中取消密码（文件－信息－文档加密）后重新保存。"
    ),
    "zip_bomb": (
        "文件解压后超过{limit}MB，压缩比例异常，疑似恶意文件，已停止读取，请新建采集表模板，只粘贴数据（数值）后再提交。"
    ),
    "too_wide": (
        "工作表的列数过多（超过{limit}列），不是采集表，已停止读取，请删去右侧多余的列，或把数据粘贴到新的模板中。"
    ),
    "too_long": "数据超过{limit}行，一次处理不了，请按单位或部门拆分成几个文件分别提交。",
    "too_complex": (
        "读取文件占用的时间或内存超出限度，已停止读取，请把数据（只粘贴数值）复制到新的采集表模板中再提交。"
    ),
    "macros": "文件中含有宏（程序代码），为安全起见不接收，请另存为不带宏的“.xlsx”格式后再提交。",
    "external_entities": (
        "文件内部含有外部实体或文档类型声明（DTD），正常的表格不会有，已停止读取，请用模板重新填写后再提交。"
    ),
    "unknown_encoding": "无法识别文本文件的编码，请用 Excel 或 WPS 打开后另存为“.xlsx”格式。",
    "no_table": (
        "没有找到采集表的表头：前{rows}行里没有“姓名、证件号码”或“单位名称、工会名称”等列名，请使用省总工会的采集表模板。"
    ),
    "wrong_kind": "这是《{found}》，不是《{wanted}》，请选择正确的文件，或改选对应的采集表类别。",
    "no_data": "《{title}》里没有数据：表头下面没有填写任何一行（示例行和说明不算），请填写后再提交。",
    "duplicated_column": (
        "工作表“{sheet}”中“{header}”列出现了{count}次（第{letters}列），无法判断以哪一列为准，请删去多余的列。"
    ),
}


def refused(code: str, **details: object) -> Refused:
    """Return the refusal of a file, ready to raise; its code is `sheets.file.<code>`."""
    return Refused(Refusal(f"sheets.file.{code}", SENTENCES[code].format(**details), "file"))
