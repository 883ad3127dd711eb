"""The sentences of the command-line library, in Chinese.

Click asks gettext for each of its own sentences and ships no translation; it is given this catalog instead.
"""

from __future__ import annotations

from click import core, decorators, exceptions, formatting, parser, termui, types

CATALOG = {
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Usage:": "用法：",
    "Aborted!": "已中断。",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "Show the version and exit.": "显示版本。",
    "Show this message and exit.": "显示本帮助。",
    "Try '{command} {option}' for help.": "运行 {command} {option} 查看用法。",
    "Error: {message}": "错误：{message}",
    "Invalid value: {message}": "取值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值不对：{message}",
    "Missing command.": "缺少子命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令「{name}」。",
    "Could not open file {filename!r}: {message}": "无法打开文件「{filename}」：{message}",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not a valid {number_type}.": "「{value}」不是有效的数字。",
    "{value} is not in the range {range}.": "{value} 不在范围 {range} 内。",
    "{name} {filename!r} does not exist.": "{name}「{filename}」不存在。",
    "{name} {filename!r} is a file.": "「{filename}」是文件，此处需要目录。",
    "{name} {filename!r} is a directory.": "「{filename}」是目录，此处需要文件。",
    "{name} {filename!r} is not readable.": "{name}「{filename}」不可读取。",
    "{name} {filename!r} is not writable.": "{name}「{filename}」不可写入。",
    "file": "文件",
    "directory": "目录",
    "path": "路径",
    "File": "文件",
    "Directory": "目录",
    "Path": "路径",
    "Option {name!r} does not take a value.": "选项 {name} 不带取值。",
    "Repeat for confirmation": "请再输入一次",
    "Error: The two entered values do not match.": "错误：两次输入不一致。",
    "Got unexpected extra argument ({args})": "多余的参数：{args}",
    "Got unexpected extra arguments ({args})": "多余的参数：{args}",
    "Option {name!r} requires an argument.": "选项 {name} 缺少取值。",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 需要 {nargs} 个取值。",
    "Did you mean {possibility}?": "是否想用 {possibility}？",
    "(Possible options: {possibilities})": "（相近的选项：{possibilities}）",
}

ASKING = (core, decorators, exceptions, formatting, parser, termui, types)


def speak_chinese() -> None:
    """Give Click's modules this catalog; what is missing in it stays English."""
    for module in ASKING:
        if hasattr(module, "_"):
            setattr(module, "_", _one)  # noqa: B010 - the name under which each module imported gettext
        if hasattr(module, "ngettext"):
            setattr(module, "ngettext", _some)  # noqa: B010


def _one(message: str) -> str:
    return CATALOG.get(message, message)


def _some(singular: str, plural: str, count: int) -> str:
    message = singular if count == 1 else plural
    return CATALOG.get(message, message)
