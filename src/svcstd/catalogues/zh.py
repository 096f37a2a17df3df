"""Chinese, simplified: full-width punctuation, dates by year, month and day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from svcstd.catalogues import zh_targets
from svcstd.catalogues.words import ambiguous, clock_time, parts, place, plain, zone_name

DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
MONTHS = tuple(f"{month}月" for month in range(1, 13))
CITIES = {
    "Shanghai": "上海",
    "Urumqi": "乌鲁木齐",
    "Hong_Kong": "香港",
    "Macau": "澳门",
    "Taipei": "台北",
    "Singapore": "新加坡",
    "Tokyo": "东京",
}
"""Places that Chinese readers know by a Chinese name; the others keep theirs."""
TERMS = {
    "calendar days": "自然日",
    "working days": "工作日",
    "service days": "服务日",
    "started": "开始时刻",
    "due": "到期时刻",
    "decided": "判定时刻",
    "Monday": "周一",
    "Tuesday": "周二",
    "Wednesday": "周三",
    "Thursday": "周四",
    "Friday": "周五",
    "Saturday": "周六",
    "Sunday": "周日",
}
"""Choices of the standard file that sentences speak of."""


class Told(str):
    """A text in words; where a sentence says ``{target:promise}``, what is promised is told in Chinese too."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return zh_targets.in_words(self) if spec == "promise" else str.__format__(self, spec)


def say(value: object) -> str:
    """A typed value in words: moments with weekday and zone, durations in hours and minutes.

    >>> say(timedelta(hours=76, minutes=30)), say(date(2026, 2, 17))
    ('76 小时 30 分钟', '2026年2月17日（周二）')
    """
    return Told(_say(value))


def _say(value: object) -> str:
    match value:
        case None:
            return "无"
        case datetime():
            offset = f"（UTC{value:%z}）" if ambiguous(value) else ""
            city = place(zone_name(value))
            return f"{say(value.date())} {clock_time(value)} {CITIES.get(city.replace(' ', '_'), city)}{offset}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日（{DAYS[value.weekday()]}）"
        case timedelta():
            return _duration(value)
        case str():
            return TERMS.get(value) or plain(value)
        case tuple():
            return "、".join(map(say, value))
        case _:
            return str(value)


def _duration(amount: timedelta) -> str:
    negative, hours, minutes, seconds = parts(amount)
    shown = [f"{hours} 小时"] if hours else []
    shown += [f"{minutes} 分钟"] if minutes else []
    shown += [f"{seconds} 秒"] if seconds != "0" or not shown else []
    return ("负 " if negative else "") + " ".join(shown)


ERRORS: dict[str, tuple[str, str]] = {
    "adjust.no_bound": (
        "没有说明什么情况下一票否决",
        "请写 below、above 或两者",
    ),
    "agents.some": (
        "不是从 1 起的整数",
        "请写 1 或更大的数",
    ),
    "agents.whole": (
        "{value} 不是从 0 起的整数",
        "请以整数计",
    ),
    "articles.silent": (
        "答复没有内容",
        "请写它的 text",
    ),
    "assign.either": (
        "{first} 与 {second} 只能给一个",
        "请写明指的是哪一个",
    ),
    "assign.later": (
        "这一步放宽并不晚于前一步",
        "请按时间先后排列各步",
    ),
    "assign.nearest": (
        "没有说明哪个团队算近",
        "请用 serves 添加一项需求",
    ),
    "assign.need": (
        "没有名为“{value}”的需求",
        "请写 {nearest}",
    ),
    "assign.no_level": (
        "需求“{value}”没有等级",
        "请改为取消该需求",
    ),
    "assign.settled": (
        "在已能分出先后的键之后，再没有可比的",
        "请把它放在最后",
    ),
    "assign.since": (
        "等待的开始晚于所问的时刻",
        "请给出更早的 since",
    ),
    "assign.tie": (
        "并列时没有决定办法",
        "请让 prefer 以 id、round robin 或 drawn 结尾",
    ),
    "assign.twice": (
        "“{value}”出现了两次",
        "请给每个一个自己的 id",
    ),
    "assign.unknown_policy": (
        "没有名为“{value}”的派工规则",
        "请写 {nearest}",
    ),
    "attribution.unknown": (
        "没有说明 {value} 是谁的工作",
        "请归属到人，或写 {nearest}",
    ),
    "award.claim": (
        "申请需要有人和事由",
        "请写明是谁、为了什么",
    ),
    "award.cost": (
        "没有说明 {cause} 的费用",
        "请给出由奖励承担一部分的费用",
    ),
    "award.no_cost": (
        "奖励承担一部分费用，却没有说明是哪项费用",
        "请写出费用所在的字段",
    ),
    "award.no_rule": (
        "奖励 {award} 没有规定谁能得到",
        "请写 goes_to 或 best，或把申请交给 grant",
    ),
    "award.nothing": (
        "奖励没有任何内容",
        "请写一项：现金、礼品、表彰、学费或股权",
    ),
    "award.part": (
        "{value} 不是比例",
        "请写大于 0、至多为 1 的数",
    ),
    "award.schedule": (
        "这不是归属计划",
        "请写各个日期，每天一次，数量为大于 0 的整数",
    ),
    "award.tied": (
        "{names} 并列，而名额只有 {winners} 个",
        "请让他们都得到，或都不得，或增加名额",
    ),
    "award.undated": (
        "{value} 类记录没有日期",
        "请写明该类记录的日期在哪个字段",
    ),
    "award.unknown": (
        "没有名为 {value} 的奖励",
        "请写 {nearest}",
    ),
    "batch.above_zero": (
        "{value} 不大于 0",
        "给出不小于 1 的整数",
    ),
    "batch.amount": (
        "文本未指明工作时间",
        "请写工作时间的数量，例如 8 working hours",
    ),
    "batch.answers": (
        "“{value}”与“{other}”在结果中会成为同一列",
        "请为该输出改名",
    ),
    "batch.arrow": (
        "列的类型是 {value}",
        "请给出带时区的时间戳、时长、日期、不超过 64 位的有符号整数，或真假值",
    ),
    "batch.bytes": (
        "这不是编译好的日历的字节",
        "请给出 to_bytes 写出的内容",
    ),
    "batch.capitals": (
        "DuckDB 把“{value}”与“{other}”当作同一个名称",
        "请为其中一个改名",
    ),
    "batch.codes": (
        "编码 {value} 不对应 {count} 个值中的任何一个",
        "请给出值的位置，缺失则给出 -1",
    ),
    "batch.column": (
        "列的类型是 {value}",
        "请给出 int64 的 UTC 微秒，或固定单位的 datetime64",
    ),
    "batch.digits": (
        "{value} 的位数超出引擎所能容纳",
        "请不超过 38 位，整数结果不超过 64 位",
    ),
    "batch.elapsed": (
        "“{value}”是自然流逝的时间，而日历只计工作时间",
        "请写 working hours 或 working minutes，或不经日历直接相加",
    ),
    "batch.fact_column": (
        "类型为 {value} 的列不能承载事实",
        "请给出一维的文本、int64、bool、datetime64、timedelta64 或对象列，或已编码的列",
    ),
    "batch.formula": (
        "{formula} 没有按列计算的形式",
        "逐行向该指标本身询问",
    ),
    "batch.index": (
        "各行的标签与该序列不同",
        "请给出索引相同的序列（例如用 reindex），或没有索引的列",
    ),
    "batch.labels": (
        "列的类型是 {value}",
        "请给出文本、字典、真假值、十进制小数或整数",
    ),
    "batch.large": (
        "{count} 张工单与 {agents} 名人员超出一张成本表的容量",
        "请分批分配，或用 choose_all 逐张分配",
    ),
    "batch.lead": (
        "领先量取决于期间他人得到的数量",
        "请去掉 max_lead，或用 choose_all 逐张分配",
    ),
    "batch.lengths": (
        "这一列有 {got} 行，其余各列有 {expected} 行",
        "各列长度须一致",
    ),
    "batch.no_amount": (
        "第 {row} 行没有金额",
        "先去掉这一行，或补全金额",
    ),
    "batch.no_fact": (
        "没有列存放事实“{value}”",
        "请让每个事实有一列与其同名，也许是 {nearest}",
    ),
    "batch.no_form": (
        "{option} 没有批量算法",
        "用标准的 clocks() 逐案读取，或把 otherwise 留为 'alone'",
    ),
    "batch.naive": (
        "列的类型是 {value}，没有时区",
        "请写明记录时的时区：Arrow 用 assume_timezone，Polars 用 dt.replace_time_zone，pandas 用 dt.tz_localize，SQL 用 AT TIME ZONE",
    ),
    "batch.no_arrow": (
        "{value} 不是 Arrow 列",
        "请给出 pyarrow、Polars、nanoarrow 的数组，或其他带有 __arrow_c_stream__ 或 __arrow_c_array__ 的对象",
    ),
    "batch.no_calendar": (
        "该行没有指明日历",
        "请为每个键给出一个日历",
    ),
    "batch.opaque": (
        "测试“{value}”是程序，只能逐条询问",
        "请改写为条件，或逐行判定",
    ),
    "batch.option": (
        "{option} 不能按列计算",
        "请选择只由一条规则作答的策略，或逐行判定",
    ),
    "batch.other_data": (
        "本工作进程的数据摘要为 {got}，驱动程序的为 {expected}",
        "请在所有工作进程与驱动程序上安装同一版本的 svcstd、holidays 和 tzdata",
    ),
    "batch.precision": (
        "时刻落在两个微秒之间",
        "请先取整",
    ),
    "batch.room": (
        "余量只对部分工单或只在一段时间内要求",
        "请始终要求，或用 choose_all 逐张分配",
    ),
    "batch.rounds": (
        "“{value}”的浮点数要先取整再测试，而各引擎的取整方式不同",
        "请把该列换成十进制小数并去掉 float_digits，或按 NumPy 列询问",
    ),
    "batch.rows": (
        "一列有 {rows} 行，另一列有 {expected} 行",
        "请给出等长的列",
    ),
    "batch.schema": (
        "这些列是按另一套事实声明读取的",
        "请按该部分的事实声明读取",
    ),
    "batch.stock": (
        "库存会同时对几名人员用尽",
        "请去掉它，或用 choose_all 逐张分配",
    ),
    "batch.text": (
        "{value} 不是引擎能容纳的文本",
        "请去掉名称中的零字节和不成对的代理字符",
    ),
    "batch.units": (
        "第 {row} 行的最小货币单位超出了 int64 列的范围",
        "用 Money 单独计算这一行",
    ),
    "batch.unlike": (
        "按列计算拒绝了逐行计算并不拒绝的一行",
        "请连同该行报告，并暂时逐行向该指标本身询问",
    ),
    "batch.whole": (
        "按列计算的 {aggregate} 只对 64 位整数精确",
        "请给出这样的数，或逐行判定",
    ),
    "calendar.by": (
        "按事实选日历需要该事实与对照表，且旁边不能有日期",
        '请写 by 与 use，例如 by = "city", use = {{ Jinan = "daily" }}, else = "office"',
    ),
    "calendar.circle": (
        "这些日历互相组成：{keys}",
        "请打破循环：其中一个要有自己的时段",
    ),
    "calendar.else": (
        "按日期的日历没有第一个版本",
        "请写 else，即第一个日期之前适用的日历",
    ),
    "calendar.except": (
        "except 没有可扣除的对象",
        "请在旁边写 any_of 或 all_of",
    ),
    "calendar.family": (
        "“{value}”由事实选出，在此不是单独的日历",
        "请写一个有时段的日历，或只在一处按事实选，且不成循环",
    ),
    "calendar.horizon": (
        "从 {at} 起计会超出 {year} 年",
        "请要求更短的时间，或让日历开放更多",
    ),
    "calendar.horizon_before": (
        "从 {at} 往回计会早于 {year} 年",
        "请要求更短的时间，或让日历开放更多",
    ),
    "calendar.kind": (
        "日历只能是时段、any_of、all_of 或按日期的版本之一",
        "请只写其中一种",
    ),
    "calendar.make_up_hours": (
        "调休上班日没有时段，而各工作日时段不同：{hours}",
        "请写 make_up_hours，例如 09:00-17:00",
    ),
    "calendar.never_closed": (
        "{at} 之前日历从不关闭",
        "只能对会关闭的日历提问，或写 24x7 以外的时段",
    ),
    "calendar.never_closes": (
        "{at} 之后日历从不关闭",
        "只能对会关闭的日历提问，或写 24x7 以外的时段",
    ),
    "calendar.never_opened": (
        "在 {at} 之前，离最早的日期两年内没有开放",
        "请写每周时段，或该日之前的例外",
    ),
    "calendar.never_opens": (
        "在 {at} 之后，离最晚的日期两年内没有开放",
        "请写每周时段，或该日之后的例外",
    ),
    "calendar.no_operands": (
        "没有日历的 {kind} 什么也不是",
        "请给一个或更多日历",
    ),
    "calendar.own_parts": (
        "节假日、例外与策略属于有时段的日历",
        "请写在组成它的各日历上",
    ),
    "calendar.several_zones": (
        "在 {zones} 中一个日期对应几段时间",
        "请在单一时区的日历中计工作日",
    ),
    "calendar.swapped": (
        "{end} 早于 {start}",
        "请把较早的时刻放在前面",
    ),
    "calendar.type": (
        "{value} 不是日历",
        "请给 BusinessCalendar，或由 |、& 与 - 组成的日历",
    ),
    "calendar.uncovered": (
        "{day}（{zone}）的节假日未知",
        "请给覆盖该日的节假日表，或去掉该表以假定没有节假日",
    ),
    "calendar.unknown": (
        "没有名为“{value}”的日历",
        "请写 {nearest}",
    ),
    "calendar.years": (
        "{place} 的节假日需要年份",
        '请在标准开头写 years，例如 years = "2025..2026"',
    ),
    "case.events": (
        "{value} 不是事件",
        "请写 Event(kind, at=...)",
    ),
    "case.facts": (
        "{value} 不是事实",
        "请给事实到值的映射",
    ),
    "case.id": (
        "{value} 不是文本",
        "请用文本给出工单名，例如 str(ticket.id)",
    ),
    "case.itself": (
        "{value} 就是该工单自己",
        "请给另一张工单",
    ),
    "case.kind": (
        "{value} 不是事件种类",
        "请按 events 中声明的写成文本",
    ),
    "case.no_events": (
        "工单 {value} 没有可起算的事件",
        "请给它开始的那个事件",
    ),
    "case.type": (
        "这是 {value}，不是 Case",
        "请写 Case(id, facts, events)",
    ),
    "certificates.number": (
        "有效 {months} 个月或宽限 {grace} 天不成立",
        "月数从 1 起，天数从 0 起",
    ),
    "certificates.unknown": (
        "没有名为 {value} 的证书",
        "请在 certificates 中声明，或写 {nearest}",
    ),
    "choice.nearest": (
        "{value} 在此不可选",
        "请写 {nearest}",
    ),
    "choice.unknown": (
        "{value} 在此不可选",
        "请从 {choices} 中选一个",
    ),
    "clauses.path": (
        "{value} 不通向标准的任何部分",
        "请写部分与键，例如 {nearest}",
    ),
    "clauses.silent": (
        "条款没有内容",
        "请写它的 text",
    ),
    "clauses.unknown": (
        "没有名为 {value} 的条款",
        "请在 clauses 中声明，或写 {nearest}",
    ),
    "cli.cases_alone": (
        "要么统计日志，要么给出事实",
        "请去掉事实，或去掉 --cases",
    ),
    "cli.fact": (
        "“{value}”不是事实，或给了两次",
        "请写 FACT=VALUE，每个一次",
    ),
    "cli.gzip": (
        "这不是完整的 gzip 文件：{reason}",
        "请重新压缩，或去掉文件名中的 .gz",
    ),
    "cli.json": (
        "这不是 JSON：{reason}",
        "请给 svcstd 写出的文件",
    ),
    "cli.moment": (
        "{value} 不是时刻",
        "请写 ISO 8601，例如 2016-01-20T00:00:00 或 2016-01-20T00:00:00-05:00",
    ),
    "cli.no_terms": (
        "方案 {plan} 没有可据以结算的条款",
        "请在方案中写 terms，或去掉 --opening 与 --closing",
    ),
    "cli.out_suffix": (
        "{suffix} 不是薪酬单的格式",
        "请写到以 {suffixes} 结尾的文件",
    ),
    "cli.outside": (
        "{path} 在文件夹之外",
        "请把文件复制到文件夹内；标准不读取自身以外的内容",
    ),
    "cli.parquet": (
        "这不是完整的 Parquet 文件：{reason}",
        "请重新写出，或给 .csv 或 .jsonl 文件",
    ),
    "cli.parquet_none": (
        "文件夹中没有 .parquet 文件",
        "请给日志所在的文件夹，或其中的文件",
    ),
    "cli.parquet_types": (
        "有一列的类型与 {other} 中的不同：{reason}",
        "请把同一日志的文件写成同样的列类型",
    ),
    "cli.period_and_span": (
        "--period 与 --since 或 --until 重复指定了日期",
        "只给其中之一",
    ),
    "cli.records": (
        "{value} 没有说明是哪种记录，或重复给出",
        "请写 KIND=FILE，例如 rating=ratings.csv，每种一次",
    ),
    "cli.several": (
        "只有 Parquet 格式的多个文件才能合为一份日志",
        "请只给一个文件，或只给 Parquet 文件",
    ),
    "cli.span": (
        "{since} 与 {until} 之间没有一天",
        "请给更晚的 --until，或更早的 --since",
    ),
    "cli.suffix": (
        "“{suffix}”不是标准文件的后缀",
        "请先给标准文件，后缀为 {suffixes} 之一",
    ),
    "cli.table_suffix": (
        "“{suffix}”不是决策表的后缀",
        "请用 {suffixes} 之一",
    ),
    "cli.why": (
        "--corrects 与 --why 要一起给",
        "请写明错在哪里",
    ),
    "clock.both": (
        "“{kind}”既开始又停止计时",
        "请让一个事件开始，另一个事件停止",
    ),
    "clock.key": (
        "两个暂停都用了键“{key}”",
        "请给每个一个自己的键",
    ),
    "clock.pause": (
        "暂停“{key}”永远不开始或永远不结束",
        "请给出 on 与 until 的事件",
    ),
    "clock.resume": (
        "单个暂停写作 pause 与旁边的 resume；多个暂停写在 pauses 下并各有键",
        '请用其中一种写法，例如 pause = "hold", resume = "any other event"',
    ),
    "clock.silent": (
        "没有事件能让计时 {signal}",
        "请写一个或更多事件",
    ),
    "cohorts.best": (
        "相对最好的比例只用于越大越好的指标",
        "请选择范围或百分位",
    ),
    "cohorts.digits": (
        "位数只属于标准差",
        "请在那里写 digits，其他地方去掉",
    ),
    "cohorts.fixed": (
        "评分卡已固定到一个群体，文件存不下",
        "请先写评分卡，再用 card.over(cohort)",
    ),
    "cohorts.flat": (
        "群体中所有值都相同（{value}）",
        "请在 flat 中写明此时各人的得分",
    ),
    "cohorts.none": (
        "该指标要与他人比较，却没有说明与谁比",
        "请先固定评分卡：card.over(cohort)",
    ),
    "compare.no_score": (
        "没有可比较的得分（{state}）",
        "请比较两个得分",
    ),
    "condition.cell": (
        "小表只能问一件事，而不是：{value}",
        "请写 present、starts、ends、contains、not 之一",
    ),
    "condition.deep": (
        "条件嵌套超过 {most} 层",
        "请写得平一些，或拆成几条规则",
    ),
    "condition.list": (
        "{value} 连接一列表，至少一个",
        "请写例如 any_of = [{{kind = 'fault'}}, {{vip = true}}]",
    ),
    "condition.long": (
        "条件的值与测试超过 {most} 个",
        "请拆开",
    ),
    "condition.opaque": (
        "来自 Python 的测试答了 {value}",
        "请答 True、False 或 None",
    ),
    "condition.order": (
        "大小比较不适合种类为 {kind} 的事实“{value}”",
        "请按值测试",
    ),
    "condition.part": (
        "{value} 不是文本的一部分",
        "请至少给一个字符",
    ),
    "condition.table": (
        "条件是事实的表",
        "请写例如 {{kind = 'fault'}}",
    ),
    "condition.text_only": (
        "种类为 {kind} 的事实没有开头、结尾或中间",
        "只能对文本这样问",
    ),
    "conditions.unwritable": (
        "这个条件不能写进文件",
        "请用文件认识的测试；来自 Python 的测试留在 Python 中",
    ),
    "courses.circle": (
        "课程 {value} 排在自己之前",
        "请从 after 中去掉一门课程",
    ),
    "courses.level": (
        "{value} 不是级别",
        "请写从 1 起的整数",
    ),
    "courses.unknown": (
        "没有名为 {value} 的课程",
        "请在 courses 中声明，或写 {nearest}",
    ),
    "curves.before": (
        "{value} 在起点为 {start} 的第一档之前",
        "请更正数值，或写明各档如何处理",
    ),
    "curves.beyond": (
        "{value} 超出 {low} 到 {high}",
        "请声明如何处理：clamp 或 extend",
    ),
    "curves.goalposts": (
        "最好值与最差值都是 {value}",
        "请给两个值，得分在它们之间",
    ),
    "curves.number": (
        "{value} 不是精确的数",
        "请给整数、Decimal 或 Fraction；浮点数没有精确值",
    ),
    "curves.points": (
        "折线少于两个点",
        "请给两个点或更多",
    ),
    "curves.rising": (
        "{second} 不在 {first} 之后",
        "请按升序排列，每个一次",
    ),
    "curves.scale": (
        "{value} 不是刻度",
        "请给最好时的分值，大于 0",
    ),
    "curves.step": (
        "步长 {value} 不大于 0，或不是小数",
        "请写步长，例如 1、0.01 或 0.05",
    ),
    "curves.steps": (
        "{bounds} 个界值却有 {values} 个结果",
        "结果要比界值多一个",
    ),
    "day.backwards": (
        "{value} 个工作日不能与截止时间或当日计入并用",
        "只在往后计时使用它们",
    ),
    "day.count": (
        "{value} 不是天数",
        "请给整数，正负都不超过 {most}",
    ),
    "day.mode": (
        "{value} 不是方式",
        '请写 KeepTime()、CloseOfDay() 或 At("18:00")，带括号',
    ),
    "day.range": (
        "{value} 不是日期范围",
        "请写例如 [2010-01-01..2017-12-31]",
    ),
    "day.text": (
        "{value} 不是日期",
        "请写 YYYY-MM-DD",
    ),
    "day.time": (
        "{value} 不是一天中的时间",
        "请写 HH:MM，例如 18:00，不带时差",
    ),
    "day.type": (
        "{value} 不是日期",
        "请给不带时间的 datetime.date",
    ),
    "day.years": (
        "{day} 超出 {first} 到 {last} 年",
        "请去掉该日期，或更正年份",
    ),
    "demand.hour": (
        "{value} 不是一周中的小时",
        "请给 0（周一）到 6 的星期与 0 到 23 的小时",
    ),
    "dispute.answer": (
        "于 {on} 提出、状态为 {state} 的异议不能这样答复",
        "请答复未结的异议，不早于提出之日，并写明理由",
    ),
    "dispute.line": (
        "{label} 没有 {value} 这一项",
        "请写项目或未得的原因：{nearest}",
    ),
    "dispute.reason": (
        "异议需要理由",
        "请写明错在哪里",
    ),
    "dmn.doctype": (
        "文档声明了文档类型或实体",
        "请去掉；不会读取或展开任何外部内容",
    ),
    "dmn.domain": (
        "所列的值“{value}”既不是文本列表也不是范围",
        "请在 Python 中声明该事实或输出并给出",
    ),
    "dmn.expression": (
        "输入“{value}”是表达式，不是事实",
        "请问事实；先算好再问决策表",
    ),
    "dmn.none": (
        "文档中没有决策表",
        "请导出决策表本身，而不是它的图",
    ),
    "dmn.root": (
        "文档以“{tag}”开头",
        "请给以 definitions 开头的 DMN",
    ),
    "dmn.several": (
        "文档中有几个决策表：{names}",
        "请写明是哪一个",
    ),
    "dmn.type": (
        "类型“{value}”未知",
        "请写 {nearest}",
    ),
    "dmn.unknown": (
        "没有名为“{value}”的决策表",
        "请写 {nearest}",
    ),
    "dmn.xml": (
        "文档不是 XML：{reason}",
        "请在该处更正",
    ),
    "duration.iso": (
        "{value} 不是以天、小时、分、秒表示的 ISO 8601 时长",
        "请写例如 PT8H30M",
    ),
    "duration.months": (
        "{value} 含月或年，没有固定长度",
        "请以天或小时计",
    ),
    "duration.negative": (
        "{value} 为负",
        "请反过来计：add() 换 subtract()，subtract() 换 add()",
    ),
    "duration.none": (
        "没有给时长",
        "请给 timedelta，或 hours=、minutes=、seconds=",
    ),
    "duration.type": (
        "{value} 不是时长",
        "请给 datetime.timedelta",
    ),
    "duration.whole": (
        "{value} 不是零或正的整数",
        "请给 int 或 timedelta",
    ),
    "effects.period": (
        "得分与薪酬属于一个期间",
        "请给期间",
    ),
    "events.unknown": (
        "事件“{value}”未声明",
        "请在 events 中声明，或写 {nearest}",
    ),
    "example.as_of": (
        "没有事件的例子没有说明何时提问",
        "请写 as_of",
    ),
    "example.chosen": (
        "派工结果没有“{value}”",
        "请写 {nearest}",
    ),
    "example.each": (
        "“{value}”既不是声明的事实也不是声明的事件",
        "请写 {nearest}",
    ),
    "example.each_event": (
        "事件写成列表，放不下“{value}”的各个时间",
        "请把事件写成按种类的表，或只变事实",
    ),
    "example.empty": (
        "没有写明期望什么",
        "请写出应得的结果，或去掉该键",
    ),
    "example.event": (
        "列表中的一个事件读不了：{value}",
        "请写 event 与 at，此外最多写 facts、actor、group",
    ),
    "example.field": (
        "读数没有“{value}”",
        "请写 {nearest}",
    ),
    "example.figure": (
        "此处没有“{value}”",
        "请写 {nearest}",
    ),
    "example.lengths": (
        "各变体数量不同：{lengths}",
        "请让每个列表有同样多的值",
    ),
    "example.no_score": (
        "其中没有可供查找词句的理由",
        "请在 scorecards 下也写出期望的得分，或去掉 because",
    ),
    "example.pay_line": (
        "方案 {plan} 没有名为 {value} 的项或步骤",
        "请写 total、state、refused、shares 或 {nearest}",
    ),
    "example.row": (
        "值的个数：{count}，字段的个数：{fields}",
        '请为每个字段给一个值，未知者写 "none"',
    ),
    "example.rows": (
        "记录多于 {most} 条",
        "例子只举少数几条；请在别处测试大量数据",
    ),
    "example.shares": (
        "结果不能说明分配给谁",
        "请给出记录代替结果",
    ),
    "example.time": (
        "{value} 不是时间",
        "请写当地时间，例如 2015-10-12T10:35:06，时钟回拨处带时差",
    ),
    "exchange.interval": (
        "{value} 不是一周内的时段",
        "请写从周日 00:00 起的整分钟数，至多 10080，终点在起点之后",
    ),
    "exchange.shape": (
        "文本的形式不同：{reason}",
        "请给出 API 返回的 JSON",
    ),
    "explain.private": (
        "理由 {message} 只供同事阅读",
        "请给客户看整个说明，它会略去这类理由",
    ),
    "extra.missing": (
        "{what} 需要一个未安装的包",
        "pip install 'svcstd[{extra}]'",
    ),
    "facts.alias": (
        "“{value}”本身就是一个值，不能代表另一个",
        "请从 also 或 one_of 中去掉",
    ),
    "facts.float": (
        "{value} 是浮点数，各位数字不精确",
        "请给 int 或 Decimal，或为该事实声明 float_digits",
    ),
    "facts.float_digits": (
        "float_digits 说明数的浮点值舍入到几位小数",
        "请给 0 到 {most}，只用于 number 类事实",
    ),
    "facts.kind": (
        "{value} 不属于种类 {kind}",
        "请给该种类的值；不做任何转换",
    ),
    "facts.missing": (
        "事实“{value}”缺失",
        "请给出，或把缺失的事实当作未知来问",
    ),
    "facts.name": (
        "事实“{value}”未声明",
        "请在 facts 中声明，或写 {nearest}",
    ),
    "facts.other_kind": (
        "“{value}”的种类是 {kind}，不是 {wanted}",
        "请如此声明，或写另一个事实",
    ),
    "facts.null": (
        "与空值比较总是未知",
        "请写 {{present = false}} 来问事实是否缺失",
    ),
    "facts.one_of": (
        "种类为 {kind} 的事实没有值的列表",
        "one_of 与 also 只用于文本",
    ),
    "facts.reserved": (
        "“{value}”不能作事实名",
        "any_of、all_of 与 not 是条件用词，点号用于分隔名称",
    ),
    "facts.test": (
        "{value} 不是种类 {kind} 的测试或值",
        "请写例如 >= 1000 或 [1..5)",
    ),
    "facts.test_unit": (
        "{value} 不是以 {unit} 计的 {kind} 测试或值",
        "请写例如 >= 1000 {unit}",
    ),
    "facts.unit": (
        "种类为 {kind} 的事实不计数",
        "单位只用于数",
    ),
    "facts.value": (
        "{value} 不是声明过的值",
        "请写 {nearest}",
    ),
    "facts.within": (
        "{value} 超出所声明的 {low} 到 {high}",
        "请给范围内的值，或放宽声明",
    ),
    "facts.within_kind": (
        "within 不适合种类为 {kind} 的事实",
        "请给同种类的范围，只用于可排序的种类",
    ),
    "facts.within_whole": (
        "{value} 是整数范围的界限，却不是整数",
        "请写相邻的整数，或把事实的种类改为 number",
    ),
    "folder.head": (
        "文件夹中的主文件不是一个，而是 {found}",
        "请把标准的 id、name 和 zone 写入 standard.toml、.yaml 或 .json",
    ),
    "folder.lang": (
        "{value} 不是语言文件",
        "请写 lang/en.toml、lang/zh.toml 等",
    ),
    "folder.language": (
        "没有 {value} 的译文",
        "请写 lang/{value}.toml，或选用 {nearest}",
    ),
    "folder.large": (
        "文件夹超过 {files} 个文件或 {characters} 个字符",
        "请拆分标准，或移走无关文件",
    ),
    "folder.no_words": (
        "“{value}”不是供人阅读的文字",
        "只能翻译名称和文本；规则写在其他文件中",
    ),
    "folder.nothing": (
        "这里没有可翻译的“{value}”",
        "请写 {nearest}",
    ),
    "folder.path": (
        "{value} 不是文件夹内标准文件的路径",
        "请用 / 分隔名称，并以 .toml、.yaml 或 .json 结尾",
    ),
    "folder.texts": (
        "路径或文件内容不是文本",
        "请按路径给出文本",
    ),
    "folder.twice": (
        "“{key}”也写在 {other} 中",
        "请只留在一个文件中",
    ),
    "follow_up.dates": (
        "这项责任由日期产生，却没有给日期范围",
        "请给要查看的期间",
    ),
    "follow_up.done": (
        "没有什么能完成这项责任",
        "请在 done 中写出完成它的事件",
    ),
    "follow_up.leap": (
        "周年日可能是 2 月 29 日",
        "请同时写 each_year 与 leap，leap 为 feb_28 或 mar_1",
    ),
    "follow_up.on": (
        "责任由事件或日期产生",
        "请写 on，或 each_year、dates、each 之一",
    ),
    "follow_up.retry": (
        "tries、tried 与 retry 要一起写",
        "请三个都写，或只尝试一次",
    ),
    "forms.field": (
        "表单没有字段“{value}”",
        "请写 {nearest}",
    ),
    "forms.script": (
        "超过 {most} 个字符，或有不开启空位的花括号",
        "空位写作 {{name}}，不要用其他花括号",
    ),
    "forms.slot": (
        "话术没有空位“{value}”",
        "请写 {nearest}",
    ),
    "forms.twice": (
        "字段“{value}”为空或出现两次",
        "每个字段写一次",
    ),
    "forms.unknown": (
        "没有名为“{value}”的表单",
        "请写 {nearest}",
    ),
    "forms.unsaid": (
        "空位“{value}”没有值",
        "请给出",
    ),
    "freeze.overlay": (
        "较早版本中日历 {calendar} 的节假日会留在这一版",
        "请给后一版的日历一个自己的键：叠加只会增加节假日，不会去掉",
    ),
    "grades.else": (
        "等级没有以 else 结尾，或混用了 >= 与 >",
        "请从最好的等级写起，用同一符号，最后一个写 else",
    ),
    "grades.text": (
        "{value} 不是等级的界值",
        "请写下界，例如 >= 0.92，从最好的等级写起",
    ),
    "grades.tie": (
        "得分 {value} 落在分档边界的两侧",
        "请选 promote 或 demote",
    ),
    "handoffs.none": (
        "标准没有转交规则",
        "请添加 handoffs",
    ),
    "handoffs.owner": (
        "“{value}”既不是角色也不是团队",
        "请写 {nearest}",
    ),
    "holiday_cn.gap": (
        "所给年份之间有缺失：{years}",
        "请逐年给出，不要间断",
    ),
    "holiday_cn.shape": (
        "不是 holiday-cn 的通知：{reason}",
        "请给出一年的 JSON 文本",
    ),
    "holiday_cn.twice": (
        "{year} 给了两次",
        "每年只给一次",
    ),
    "holiday_cn.unsettled": (
        "{year} 年的通知尚未确定",
        "国务院公布之前请不要给出该年",
    ),
    "holidays.both": (
        "{day} 既是节假日又是调休上班日",
        "请只留其一",
    ),
    "holidays.category": (
        "{value} 不是那里的节假日类别",
        "请从 {nearest} 中选",
    ),
    "holidays.country": (
        "{value} 不是已知节假日的国家",
        "请写 ISO 3166 代码，也许是 {nearest}",
    ),
    "holidays.covers": (
        "从 {first} 到 {last} 的覆盖为空",
        "终点请写最后覆盖日的次日",
    ),
    "holidays.language": (
        "{value} 不是这些节假日的语言",
        "请从 {nearest} 中选",
    ),
    "holidays.outside": (
        "{day} 在 {first} 到 {last} 的覆盖之外",
        "请放宽 covers，或去掉该日",
    ),
    "holidays.subdivision": (
        "{value} 不是 {country} 的行政区",
        "也许是 {nearest}",
    ),
    "holidays.type": (
        "这是 {value}，不是 HolidayTable",
        '请写 public_holidays("IT", years=range(2025, 2028))，或用自己的日期写 HolidayTable',
    ),
    "holidays.unannounced": (
        "{country} 的调休上班日只公布到 {last}，没有 {first}",
        "请覆盖到 {last} 年，下次公布后再冻结",
    ),
    "holidays.years": (
        "{value} 不是年份范围",
        "请给连续的年份，例如 range(2025, 2027)",
    ),
    "hours.leaves_day": (
        "{start}-{end} 秒超出一天",
        "请从午夜后 0..86399 秒开始，到 1..86400 秒结束",
    ),
    "hours.long": (
        "文本有 {length} 个字符",
        "时段最多写 {longest} 个字符",
    ),
    "hours.text": (
        "“{text}”第 {at} 个字符处：“{part}”读不了",
        "请写 {expected}",
    ),
    "hours.type": (
        "{value} 不是每周时段",
        "请给 WeeklyHours 或其文本，例如 Mon-Fri 09:00-17:00",
    ),
    "hours.weekday_number": (
        "{value} 不是星期",
        "周一到周日写作 0 到 6",
    ),
    "ical.days": (
        "{first} 与 {last} 之间没有日期",
        "请给出首日和末日的次日",
    ),
    "ical.long": (
        "不是文本，或超过 {most} 个字符",
        "请给出一个文件的文本",
    ),
    "ical.many": (
        "事件超过 {most} 个",
        "请拆分日历",
    ),
    "ical.text": (
        "不是 iCalendar：{reason}",
        "请重新导出日历；它以 BEGIN:VCALENDAR 开头",
    ),
    "improvements.early": (
        "未做的事却有结果",
        "请写何时做完，或去掉结果",
    ),
    "improvements.edition": (
        "没有版本始于 {value}",
        "请写某一版本的日期：{nearest}",
    ),
    "improvements.key": (
        "该改进自称 {value}",
        "请使用它所在的键",
    ),
    "improvements.order": (
        "{day} 早于发现之日 {opened}",
        "请按先后排列日期",
    ),
    "improvements.unwritten": (
        "文件中没有改进结果的位置",
        "写入前请去掉它，之后再根据记录评价",
    ),
    "json.format": (
        "格式为 {value}",
        "请给本版本写出的格式 {format}",
    ),
    "json.shape": (
        "映射的形状不对",
        "请给 {expected}",
    ),
    "kpis.as_of": (
        "没有说明何时提问，而答案取决于此",
        "请给 as_of 或期间",
    ),
    "kpis.beside": (
        "{value} 不属于 {way}",
        "请去掉，或用另一种方式计算",
    ),
    "kpis.both": (
        "一条记录同时通过两个测试",
        "不要让任何值既计为正又计为负",
    ),
    "kpis.boxes": (
        "最高的 {value} 档在此量表上分不出好坏",
        "请给有步长的量表，且档数少于刻度数",
    ),
    "kpis.like": (
        "没有名为 {value} 的已知指标",
        "请写 {nearest}",
    ),
    "kpis.missing": (
        "记录没有写 {value}",
        "请补全记录，或在 missing 中写明略去或计为零",
    ),
    "kpis.no_at": (
        "没有说明记录何时发生",
        "请在 at 中写出日期或时刻所在的字段",
    ),
    "kpis.no_moment": (
        "记录没有写何时发生（{value}）",
        "请补全记录，或去掉期间",
    ),
    "kpis.quantile": (
        "分位数需要比例与方法两者",
        "请两者都给，或都不给而取平均",
    ),
    "kpis.split": (
        "只有比例或平均可以按原因拆分",
        "请用 by() 分组计算",
    ),
    "kpis.unknown": (
        "没有名为 {value} 的指标",
        "请在 kpis 中声明，或写 {nearest}",
    ),
    "kpis.way": (
        "没有说明或重复说明了计算什么",
        "请写 {ways} 之一",
    ),
    "kpis.weight": (
        "{value} 不是记录的权重",
        "请给从 0 起的数",
    ),
    "kpis.window": (
        "该指标至少按 {window} 计算，{kind} 太短",
        "请问一个或几个 {window}",
    ),
    "ladder.circle": (
        "{ranks} 之间的路成了循环",
        "请让每条路向上",
    ),
    "ladder.grade": (
        "{value} 不是所列的等级",
        "请写 {nearest}",
    ),
    "ladder.grade_twice": (
        "{order} 中有等级写了两次",
        "每个等级写一次，从最低写起",
    ),
    "ladder.kind": (
        "{value} 的要求与结果不是同一种",
        "等级对等级，数对数",
    ),
    "ladder.no_grades": (
        "{value} 没有等级",
        "请写界值，或在评分卡中写等级",
    ),
    "ladder.no_needs": (
        "晋升没有任何要求",
        "请至少写一项要求",
    ),
    "ladder.no_periods": (
        "没有给期间",
        "请给要查看的期间，最新的放最后",
    ),
    "ladder.number": (
        "{value} 在此不是数",
        "请写整数，至少 {least}",
    ),
    "ladder.period_twice": (
        "同一期间出现两次",
        "每个期间的结果给一次，最新的放最后",
    ),
    "ladder.rank": (
        "{value} 不是阶梯上的职级",
        "请写 {nearest}",
    ),
    "ladder.several_posts": (
        "这些路通向几个职级",
        "请一次只问一个",
    ),
    "ladder.twice": (
        "从一个职级到另一个职级有两条路",
        "请把所有要求写在一条里",
    ),
    "ladder.two_kinds": (
        "同一职级的两条路把 {value} 分别当作等级和数",
        "请只用一种读法",
    ),
    "ladder.unknown": (
        "没有名为 {value} 的晋升阶梯",
        "请写 {nearest}",
    ),
    "log.case_broken": (
        "同一工单的第 {line} 行读不了",
        "请更正该行；半份历史会给出错误的答案",
    ),
    "log.case_twice": (
        "工单 {value} 已在第 {line} 行",
        "请让每张工单只占一行，或把日志写成长表：event、at、kinds",
    ),
    "log.column": (
        "日志没有列“{value}”",
        "请在 [log] 中改名，也许是 {nearest}",
    ),
    "log.column_twice": (
        "日志有两列“{value}”",
        "请改其中一列的名",
    ),
    "log.csv": (
        "这一行不是 CSV：{reason}",
        "请更正引号",
    ),
    "log.empty": (
        "日志是空的",
        "请给表头，并且每张工单或每个事件一行",
    ),
    "log.json": (
        "这一行不是 JSON 对象：{reason}",
        "每行写一个对象",
    ),
    "log.no_id": (
        "这一行没有工单名",
        "请填上该列",
    ),
    "log.none": (
        "标准没有说明表中工单如何存放",
        "请写 [log] 部分",
    ),
    "log.objective": (
        "服务台的答案可能属于几个目标中的任何一个",
        "请写明一个：objective = ...",
    ),
    "log.separator": (
        "表头只有一列：{value}",
        "请用逗号分列",
    ),
    "log.shape": (
        "日志要么是宽表（events），要么是长表（event、at 与 kinds）",
        "请只用其中一种",
    ),
    "log.width": (
        "这一行有 {got} 个字段，表头有 {expected} 个",
        "请更正该行",
    ),
    "log.within": (
        "{value} 不是经过的时间",
        "请写例如 60 seconds",
    ),
    "matchers.early": (
        "文本结束得太早",
        '请写例如 {{team="desk", level=~"high|urgent"}}',
    ),
    "matchers.escape": (
        "引号中的转义没有意义",
        '请写 \\ 加上 " \\ n t r 之一，或 x、u、U 加十六进制数字',
    ),
    "matchers.pattern": (
        "模式 {value} 不只是几个词的选择",
        "请直接写这些词，例如 high|urgent",
    ),
    "matchers.quote": (
        "值的里面有引号",
        "请给值加引号，并在该引号前写反斜杠",
    ),
    "matchers.unclosed": (
        "从这里开始的引号没有结束",
        "请用引号结束",
    ),
    "matchers.unexpected": (
        "此处不应有“{found}”",
        '请写例如 {{team="desk", level=~"high|urgent"}}',
    ),
    "moment.fold": (
        "{value} 在 {zone} 出现两次或不出现",
        "请给时差，或写明读法：folds = earlier 或 later",
    ),
    "moment.naive": (
        "{value} 没有时区",
        '请给带时区的 datetime，例如 datetime(..., tzinfo=ZoneInfo("Asia/Shanghai"))',
    ),
    "moment.type": (
        "{value} 不是时刻",
        "请给带时区的 datetime.datetime",
    ),
    "moment.years": (
        "{value} 超出 {first} 到 {last} 年",
        "请更正日期",
    ),
    "follow_up.week": (
        "只有周有首日",
        '请去掉 week，或写 each = "week"',
    ),
    "money.coin": (
        "不存在 {value} 个最小单位的硬币",
        "请写大于 0 的整数",
    ),
    "money.coins": (
        "{value} 不是由 {step} 个最小单位的硬币凑成的整数",
        "请先按指定方式舍入到硬币",
    ),
    "money.currency": (
        "{value} 不是 {on} 的 ISO 4217 中有辅币单位的货币",
        "请用大写代码：{nearest}",
    ),
    "money.keys": (
        "{value} 不是名称，而并列时按名称定先后",
        "请用文本给出每个领取人的名称",
    ),
    "money.minor": (
        "{value} 不是最小单位的整数，或超过 {most} 位",
        "请给 int，或把金额交给 Money.of",
    ),
    "money.mixed": (
        "{one} 与 {other} 是两种货币",
        "请用某日的 ExchangeRate 换算其一",
    ),
    "money.other_rate": (
        "{on} 从 {base} 到 {quote} 的汇率不适用于 {wanted} 的 {currency}",
        "请给该货币当日的汇率",
    ),
    "money.parts": (
        "{value} {currency} 含有不足一个最小单位的部分",
        "请给舍入的步长与方式",
    ),
    "money.pattern": (
        "模式 {value} 中有不允许的花括号",
        "只写 {{amount}} 与 {{currency}}",
    ),
    "money.rate": (
        "这不是从 {base} 到 {quote} 的汇率",
        "请给两种货币与大于 0 的汇率",
    ),
    "money.seats": (
        "{seats} 个席位不够给 {count} 个各 {least} 个",
        "请增加席位，或减少最少数，两者都不小于 0",
    ),
    "money.step": (
        "步长 {step} 不是 {currency} 最小单位的整数倍",
        "请写步长，例如 0.01，或硬币，例如 0.05",
    ),
    "money.text": (
        "这不是金额",
        "请写带小数点的金额与代码，例如 1820.00 CNY",
    ),
    "money.weights": (
        "按这些权重无法分配",
        "请给不小于 0 的权重，至少一个大于 0",
    ),
    "money.whole": (
        "{value} 不是整数",
        "请给 int",
    ),
    "objective.by": (
        "“{value}”的种类是 {kind}；对照表需要文本",
        "请按文本事实选行",
    ),
    "objective.by_table": (
        "由决策表选行，by 却没有写出它",
        "请把 by 写作 routing. 加表名，并给出该表",
    ),
    "objective.calendar": (
        "工作时间与工作日需要日历",
        "请在此写一个，或为整个标准写一个",
    ),
    "objective.count": (
        "“{target}”没有计数对象",
        "请在 clock.count 中写事件，或在 clock.count_fact 中写事实",
    ),
    "objective.count_levels": (
        "“{target}”是次数，只会达到，不会用尽",
        "阈值只写 due",
    ),
    "objective.goal": (
        "{value} 不是能写出的比例",
        "请写 0 % 到 100 %，最多六位小数",
    ),
    "objective.levels": (
        "阈值“{threshold}”出现两次",
        "请把它的所有角色写在一个列表中",
    ),
    "objective.no_order": (
        "这个目标与“{other}”都没有顺序",
        "请各写 order；小的先显示",
    ),
    "objective.no_target": (
        "没有任何承诺",
        '请写 target，或 status = "needs_value"',
    ),
    "objective.order": (
        "顺序与“{other}”相同",
        "每个目标写自己的 order；小的先显示",
    ),
    "objective.offset": (
        "“{target}”不按日历计，所以无法度量“{threshold}”",
        "请写不带 working 的阈值，或承诺工作时间",
    ),
    "objective.other_table": (
        "“{value}”不是那个名字的表",
        "请给标准中的表",
    ),
    "objective.pause_days": (
        "“{target}”不能暂停：天数按日历计",
        "请承诺工作时间或经过时间，或去掉暂停",
    ),
    "objective.picks": (
        "“{value}”不能选行",
        "请给它一个文本输出、只由一条规则回答的命中策略，且不带日期",
    ),
    "objective.proportional": (
        "“{target}”没有可保留的比例",
        "请承诺工作时间或经过时间，或选另一种 retarget",
    ),
    "objective.row_value": (
        "表中有一行没有值",
        "请给每行一个目标，或去掉该行",
    ),
    "objective.table": (
        "目标表与 by 要一起写",
        "请两者都写，或只写一个目标",
    ),
    "objective.unknown": (
        "没有名为“{value}”的目标",
        "请写 {nearest}",
    ),
    "objective.unpicked": (
        "没有规则回答“{value}”",
        "请写 {nearest}，或让一条规则回答它",
    ),
    "objective.unpromised": (
        "目标“{value}”对这张工单没有承诺",
        "请看 readings.unpromised 中的原因",
    ),
    "panels.cell": (
        "合计中计入 {value}，而没有这一格",
        "请写存在的格",
    ),
    "panels.group": (
        "没有人以 {value} 身份评分",
        "请写 {nearest}",
    ),
    "panels.solved": (
        "以前公布的内容会暴露 {value}",
        "现在公布什么都不能再隐藏它",
    ),
    "panels.unknown": (
        "没有名为 {value} 的评审组",
        "请在 panels 中声明，或写 {nearest}",
    ),
    "pay.above_zero": (
        "{value} 不大于 0",
        "请写大于 0 的数",
    ),
    "pay.account": (
        "欠 {owed}、结转 {carried} 不是账户",
        "预支不小于 0，待结的负结果不大于 0",
    ),
    "pay.below_zero": (
        "{value} 小于零",
        "请写 0 或更大的金额",
    ),
    "pay.campaign_score": (
        "活动按其天数计算指标，而 {value} 是有自己周期的得分",
        "请按 kpis 中的指标支付",
    ),
    "pay.campaign_undated": (
        "活动按日期计记录，而 {value} 的记录没有日期",
        "请在 at 中写出日期字段",
    ),
    "pay.causes": (
        "各事由加起来不是 {amount}",
        "请用分配给每个事由它的部分",
    ),
    "pay.correction": (
        "更正需要已支付的内容与更正的理由",
        "请给原单及其更正，并写明理由",
    ),
    "pay.credits": (
        "各事由合计为 {sum}，指标为 {exact}",
        "请给每个事由的份额，都不小于 0",
    ),
    "pay.currency": (
        "{value} 不是 {currency}",
        "方案中的金额都用它的货币",
    ),
    "pay.cycle": (
        "按 {every} 的方案不支付 {kind}",
        "请给方案周期的期间",
    ),
    "pay.days": (
        "{days} 天服务放不进 {of} 天",
        "请以整天计，不超过期间天数，且期间至少一天",
    ),
    "pay.guarantee_and_draw": (
        "保底与预支并用没有意义",
        "请写其一；recovery 为 0 的预支无需归还",
    ),
    "pay.half_figure": (
        "{exact} 与 {rounded} 只是半个结果",
        "请两个数都给，没有结果时都不给",
    ),
    "pay.least_days": (
        "至少 {value} 天服务没有单位或小于 0",
        "请写明哪种天数：calendar days、working days 或 service days",
    ),
    "pay.missing_refused": (
        "没有 {value} 的结果，方案不再继续",
        "请给结果，或让方案写 nothing 或 withhold",
    ),
    "pay.named_twice": (
        "{value} 是两个项或步骤的名称",
        "请给每个一个自己的名称",
    ),
    "pay.no_days": (
        "没有给 {of} 以 {value} 计的服务天数",
        "请给 {value} 的 served；已有 {nearest}",
    ),
    "pay.no_figure": (
        "{of} 没有结果 {value}",
        "请给出，缺失时也给 Figure(None, None)；已有 {nearest}",
    ),
    "pay.no_gate": (
        "{value} 不是方案的门槛",
        "请写 {nearest}",
    ),
    "pay.no_lines": (
        "没有项的方案什么也不付",
        "请写一项：付多少，乘以哪个结果",
    ),
    "pay.no_members": (
        "没有 {kind} 类记录写明该期间 {of} 的成员",
        "请给说明成员归属的记录",
    ),
    "pay.no_people": (
        "对领取人的条件需要其字段",
        "请在 people 中写一类记录，并声明其字段",
    ),
    "pay.no_pool": (
        "{label} 的状态是 {state}：没有可分的",
        "请分配已到期的薪酬单",
    ),
    "pay.no_records": (
        "{value} 按 {kind} 类记录计算，而没有给这类记录",
        "请给出，或直接给得分或指标",
    ),
    "pay.no_weight": (
        "没有 {of} 的 {figure}",
        "请补全记录，或让没有结果的成员分得零",
    ),
    "pay.nobody": (
        "没有写是谁",
        "请写明付给谁",
    ),
    "pay.of_one": (
        "{value} 只属于一个领取人，而要付给所有人",
        "请写成记录，或只付一个人",
    ),
    "pay.one_bound": (
        "需要恰好一个界值",
        "请写 at_least、above、at_most、below 之一",
    ),
    "pay.open_days": (
        "日期没有首日或末日",
        "请两者都写，例如 [2026-03-01..2026-03-15]",
    ),
    "pay.other_score": (
        "{whose} 在 {other} 的得分 {card} 不是 {of} 在 {period} 的",
        "请给该领取人该期间的得分",
    ),
    "pay.other_statement": (
        "{of} 的 {label} 不能更正 {whose} 的 {other}",
        "请给同一方案、同一人、同一期间的薪酬单",
    ),
    "pay.periods": (
        "{value} 不是期数",
        "请写整数，至少 1",
    ),
    "pay.person_twice": (
        "记录在 {period} 两次写到 {of}",
        "请只留一条，或给该类记录一个日期",
    ),
    "pay.range": (
        "{low} 与 {high} 之间按步长 {step} 没有值",
        "请给较低与较高的端点，步长大于 0",
    ),
    "pay.several_payees": (
        "薪酬单属于几个领取人",
        "请一次只给出一个人的薪酬单",
    ),
    "pay.share": (
        "{value} 不是比例",
        "请写 0 到 1 的数",
    ),
    "pay.share_missing": (
        "奖金池按 {by} 分配，missing 与之不符",
        "请写明没有结果的成员分得什么；平均分配时去掉它",
    ),
    "pay.shares_nothing": (
        "{label} 不是 {period} 由方案分配的奖金池",
        "请在方案中写 share，并问该奖金池的期间",
    ),
    "pay.still_waiting": (
        "{label} 暂缓支付",
        "请等结果齐全",
    ),
    "pay.team_card": (
        "{value} 是个人的得分，因为它的记录按 {of} 写明归属",
        "请写一张按团队归属记录的评分卡",
    ),
    "pay.test": (
        "{value} 不是界值",
        "请写符号与数，例如 >= 0.85 或 < 90 %",
    ),
    "pay.tier_order": (
        "{first} 在 {second} 之前",
        "用 < 或 <= 时界值递增，用 > 或 >= 时递减",
    ),
    "pay.tier_signs": (
        "各档用了几种符号：{signs}",
        "请统一用一种，使每个界值只属于一侧",
    ),
    "pay.told_twice": (
        "{value} 既由记录给出又由人给出",
        "请去掉其一",
    ),
    "pay.two_fields": (
        "服务天数写在两个字段中",
        "请先写服务天数的字段，再写全部天数的字段",
    ),
    "pay.two_scores": (
        "评分卡 {card} 有两个得分",
        "请只给一个",
    ),
    "pay.unknown_figure": (
        "{value} 不是标准中的得分或指标",
        "请写 {nearest}",
    ),
    "pay.unknown_plan": (
        "{value} 不是标准中的薪酬方案",
        "请写 {nearest}",
    ),
    "pay.validity": (
        "最后一天 {last} 早于第一天 {first}",
        "请按先后给出；两天都算在内",
    ),
    "percent.text": (
        "{value} 不是比例",
        "请写例如 80 % 或 99.9 %",
    ),
    "period.fiscal": (
        "{value} 不是财年的首月",
        "请给 fiscal= 1 到 12",
    ),
    "period.label": (
        "{value} 不是期间",
        "请写 2026-01-05、2026-01、2026-Q1、2026-H1 或 2026",
    ),
    "period.order": (
        "从 {first} 到 {last} 为空",
        "终点请写最后一天的次日",
    ),
    "period.week": (
        "周没有首日",
        '请写 week="Monday" 或另一天',
    ),
    "procedures.by": (
        "by 旁边没有去向表",
        "请把 then 写成从值到步骤的表",
    ),
    "procedures.else": (
        "其余情况的去向排在另一去向之前",
        "请放在最后",
    ),
    "procedures.kind": (
        "步骤只能写 {kinds} 之一",
        "请只写其中一个",
    ),
    "procedures.step": (
        "没有步骤“{value}”",
        "请写 {nearest}",
    ),
    "procedures.then": (
        "终点还有去向，或非终点没有去向",
        "除终点外每步都写 then",
    ),
    "procedures.to": (
        "只有转交的步骤写、且必须写转给谁",
        "to 与 hand 一起写，不与其他一起写",
    ),
    "procedures.unknown": (
        "没有名为“{value}”的流程",
        "请写 {nearest}",
    ),
    "range.empty": (
        "{low} 与 {high} 之间没有值",
        "请先写下界",
    ),
    "range.mixed": (
        "{low} 与 {high} 不能比较",
        "请给两个数或两个日期",
    ),
    "range.unbounded": (
        "没有界值的范围什么也不测",
        "请给 low 或 high，或用 Present",
    ),
    "ratings.again": (
        "{value} 本月已评过 {item}",
        "请把表单分开，或在 again 中写明哪份有效",
    ),
    "ratings.item": (
        "{value} 不在表单上",
        "请写 {nearest}",
    ),
    "ratings.own": (
        "{value} 属于表单的另一部分",
        "请换一个名称",
    ),
    "records.field": (
        "{kind} 类记录没有字段 {value}",
        "请声明它，或写 {nearest}",
    ),
    "records.none": (
        "评分卡需要 {value} 类记录，而没有给出",
        "请给出；没有时给空列表",
    ),
    "records.unasked": (
        "评分卡不需要 {value} 类记录",
        "请去掉，或写 {nearest}",
    ),
    "records.unknown": (
        "没有名为 {value} 的记录类别",
        "请在 records 中声明，或写 {nearest}",
    ),
    "report.undeclared": (
        "标准没有说明报告如何计数",
        "请添加 [reports.attainment]，写 by = started、due 或 decided，以及 week = 一周的首日",
    ),
    "review.waiver": (
        "豁免发现时没有规则或理由",
        "请写规则的 id，以及为何接受",
    ),
    "roles.circle": (
        "升级成了循环：{circle}",
        "请在最高的角色处结束",
    ),
    "roles.unknown": (
        "没有角色“{value}”",
        "请在 roles 中声明，或写 {nearest}",
    ),
    "rounding.text": (
        "{value} 不是舍入方式",
        "请写步长与方式，例如 0.01 half up",
    ),
    "routes.bounds": (
        "路由超过 {most} 条，或深于 {deepest} 层",
        "请拆分，或改用表",
    ),
    "routes.id": (
        "“{value}”不能作路由的 id",
        "请取 else 以外的名称",
    ),
    "routes.unknown": (
        "没有路由“{value}”",
        "请写 {nearest}",
    ),
    "rules.aggregate": (
        "{aggregate} 说明 collect 收集的各行如何合并",
        '只与 hit = "collect" 一起写',
    ),
    "rules.aggregate_output": (
        "{aggregate} 需要一个数值输出",
        "请写一个 number 或 integer 类输出",
    ),
    "rules.as_of": (
        "答案取决于日期",
        "请写明何时提问：as_of",
    ),
    "rules.conflict": (
        "结果不同的规则同时符合：{rules}",
        "请让它们一致，或让其中一条不符合",
    ),
    "rules.day": (
        "有些规则只在某些日子有效",
        "请写明在哪一天提问",
    ),
    "rules.else": (
        "其余所有情况的结果没有理由",
        "请在 because 中写明为何可同样处理",
    ),
    "rules.no_order": (
        "命中策略 {hit} 需要输出值的顺序",
        "请在 one_of 中列出，先者优先",
    ),
    "rules.no_rule": (
        "没有规则符合，而该表视之为错误",
        "请添加规则或 else",
    ),
    "rules.no_table": (
        "没有名为“{value}”的路由表",
        "请写 {nearest}",
    ),
    "rules.output": (
        "输出“{value}”未声明",
        "请在 out 中声明，或写 {nearest}",
    ),
    "rules.output_value": (
        "{value} 不是该输出声明的值",
        "请写 {values} 之一",
    ),
    "rules.reserved": (
        "“{value}”不能作规则名",
        "请换一个 id；else 是其余所有情况的行",
    ),
    "rules.rows": (
        "有 {rows} 行输出，无法从中取出唯一的“{value}”",
        "请先看 matched，或读取各行",
    ),
    "rules.several": (
        "只许一条之处有几条规则符合：{rules}",
        "请让其余的不符合，或换一种命中策略",
    ),
    "rules.unknown": (
        "没有规则“{value}”",
        "请写 {nearest}",
    ),
    "rules.width": (
        "这一行有 {got} 格，而事实 {columns} 个、输出 {outputs} 个",
        "每个写一格，任意写 -",
    ),
    "scales.grade": (
        "{value} 不是量表上的等级",
        "请写 {nearest}",
    ),
    "scales.grades": (
        "等级少于两个",
        "请至少写两个，从最低写起",
    ),
    "scales.off": (
        "{value} 不在 {low} 到 {high} 的量表上",
        "它以 {step} 为步长",
    ),
    "scales.step": (
        "步长 {value} 不能从 {low} 走到 {high}",
        "请选能整除该距离的步长",
    ),
    "scales.undeclared": (
        "该量表不是标准中的",
        "请在 scales 中声明",
    ),
    "scales.unknown": (
        "没有名为 {value} 的量表",
        "请在 scales 中声明，或写 {nearest}",
    ),
    "scoring.below": (
        "得分 {value} 没有这种平均",
        "得分要大于 0，或取算术平均",
    ),
    "scoring.cohort": (
        "可比较的太少",
        "请至少给 {least} 个",
    ),
    "scoring.confidence": (
        "{value} 不在 0 与 1 之间",
        "请给比例，例如 0.95",
    ),
    "scoring.covered": (
        "{value} 不是此策略下的权重比例",
        "reweight 用 0 到 1，withhold 用大于 0，refuse 与 zero 不写",
    ),
    "scoring.denominator": (
        "分母 {value} 小于 0",
        "请从 0 起计数",
    ),
    "scoring.digits": (
        "只有开方才需要小数位数",
        "geometric 与 power 写 0 到 {most} 位 digits，其余去掉",
    ),
    "scoring.missing": (
        "得分“{value}”缺失",
        "请给出，或声明缺失如何处理：reweight、zero 或 withhold",
    ),
    "scoring.no_figure": (
        "没有给出指标 {value}",
        "请统计它，或给出没有记录时的值 kpi.measure([])",
    ),
    "scoring.no_part": (
        "{value} 有权重，却没有这个部分",
        "请写出该部分，或写 {nearest}",
    ),
    "scoring.negative": (
        "{value} 小于 0",
        "请给 0 或更大的数",
    ),
    "scoring.no_share": (
        "{denominator} 中的 {numerator} 不是比例",
        "分子请在 0 到分母之间",
    ),
    "scoring.no_time": (
        "没有时间经过",
        "请给大于 0 的时间",
    ),
    "scoring.no_weight": (
        "部分 {value} 没有权重",
        "请给它权重，或写 {nearest}",
    ),
    "scoring.other_key": (
        "评分卡自称 {value}，却写在 {key} 下",
        "请给它所在的键",
    ),
    "scoring.pairs": (
        "没有单位由两人评分",
        "请给至少有单位重合的评分",
    ),
    "scoring.power": (
        "幂 {value} 在此不适用",
        "power 方法写非 0 的幂，其余不写",
    ),
    "scoring.raters": (
        "各单位的评分人数不同，或少于两人",
        "请数清每个单位的评分人，或用 krippendorff_alpha",
    ),
    "scoring.rows": (
        "各行长度不同，或没有行",
        "每行按同一顺序给同样的单位或分数",
    ),
    "scoring.shares": (
        "各比例合计为 {value}",
        "请让它们合计为 1，都不小于 0",
    ),
    "scoring.stratum": (
        "对层 {value} 一无所知",
        "请写出它，或写 {nearest}",
    ),
    "scoring.strength": (
        "强度 {value} 不大于 0",
        "请写平均相当于多少例，例如 20",
    ),
    "scoring.too_many": (
        "即使 {most} 人也达不到",
        "请降低目标，或允许更长时间",
    ),
    "scoring.trials": (
        "{trials} 中的 {successes} 不是比例的计数",
        "请至少一次试验，成功数不超过试验数",
    ),
    "scoring.unknown_card": (
        "没有名为 {value} 的评分卡",
        "请在 scorecards 中声明，或写 {nearest}",
    ),
    "scoring.unmeasured": (
        "没有给指标 {value}",
        "请计算它；没有记录时给 Measure(0, 0, 0)",
    ),
    "scoring.untold": (
        "没有说明部分 {value}",
        "请给它的分数，或 Lack",
    ),
    "scoring.unweighted": (
        "得分“{value}”没有权重",
        "请给它权重，或去掉该得分",
    ),
    "scoring.weight": (
        "权重 {value} 不大于 0",
        "请去掉该部分，或给它权重",
    ),
    "scripts.unknown": (
        "没有名为“{value}”的话术",
        "请写 {nearest}",
    ),
    "shape.bounds": (
        "{value} 超出界限",
        "请给 {low} 到 {high}",
    ),
    "shape.empty": (
        "列表是空的",
        "请给一个或更多，或去掉该键",
    ),
    "shape.key": (
        "“{value}”不是键",
        "请用 ASCII 字母、数字、_ 与 -，不要点号；给人看的写在 name 中",
    ),
    "shape.kind": (
        "这是 {got}",
        "请写 {expected}",
    ),
    "shape.missing": (
        "缺少“{key}”",
        "请给出",
    ),
    "shape.twice": (
        "“{key}”与上面的键意思相同",
        "请只写一次",
    ),
    "shape.unknown_key": (
        "“{value}”在此不是键",
        "请写 {nearest}",
    ),
    "stamp.date": (
        "{value} 不是日期：{reason}",
        "请更正该行",
    ),
    "stamp.offset": (
        "{value} 不带时差",
        "请在 [log] 中写 zone 与 folds",
    ),
    "stamp.pattern": (
        "{value} 不是时间戳的模式",
        "请把 YYYY、MM、DD、HH（或 hh 与 A）、mm、ss、SSS、Z 各写一次，或用 ISO 8601",
    ),
    "stamp.text": (
        "{value} 不符合 {pattern}",
        "请更正该行，或 [log] 中的模式",
    ),
    "stamp.zone": (
        "时间戳不带时差",
        "请写 zone，以及 folds = earlier、later 或 reject",
    ),
    "standard.edition": (
        "没有名为 {value} 的版本",
        "请写 {nearest}",
    ),
    "standard.editions": (
        "版本需要先有第一个，然后日期递增",
        "请给每次变更一个自己的、更晚的日期",
    ),
    "standard.faults": (
        "发现错误：{count}",
        "请逐一更正",
    ),
    "standard.newer": (
        "文件的格式号为 {value}，本版 svcstd 只能读到 {format}",
        "请安装写入该文件的版本或更新的版本",
    ),
    "standard.nothing_to_remove": (
        "前一版没有“{value}”",
        '请从最上层的键写起，例如 "objectives.answer.clock.cancel"',
    ),
    "standard.pilot": (
        "试点 {value} 与其版本不符",
        "请给版本写上该试点的键（不能为空）和标准的时区",
    ),
    "standard.too_early": (
        "{day} 早于第一版 {first}",
        "请问更晚的工单，或让第一版不写 from",
    ),
    "standard.when": (
        "标准有几个版本，却没有说明指哪一天",
        "请给期间或 as_of",
    ),
    "syntax.encoding": (
        "第 {place} 个字节不是 UTF-8",
        "请把文件存为 UTF-8",
    ),
    "syntax.file": (
        "{value} 读不了",
        '请把文本交给 loads()，把打开的文件交给 load()：load(path.open("rb"))',
    ),
    "syntax.json": (
        "不是 JSON：{reason}",
        "请在该处更正文本",
    ),
    "syntax.key": (
        "键 {value} 不是文本",
        "请加引号",
    ),
    "syntax.large": (
        "文档太深或太大",
        "嵌套最多 {depth} 层，值最多 {nodes} 个",
    ),
    "syntax.long": (
        "文本有 {length} 个字符",
        "最多给 {most} 个",
    ),
    "syntax.number": (
        "{value} 不是能精确保存的数",
        "最多写 40 位，不能是无穷",
    ),
    "syntax.toml": (
        "不是 TOML：{reason}",
        "请在该处更正文本",
    ),
    "syntax.top": (
        "标准的最上层是表",
        "请写键，例如 svcstd = 1（{format}）",
    ),
    "syntax.twice": (
        "键“{key}”出现两次",
        "请留一个",
    ),
    "syntax.yaml": (
        "不是 YAML 1.2：{reason}",
        "请在该处更正文本",
    ),
    "table.csv": (
        "文本不是 CSV：{reason}",
        "含引号、逗号或换行的格子请加引号",
    ),
    "table.else": (
        "else 行带有测试",
        "请在它的格子里写 -，不写日期：它接收没有规则符合的情况",
    ),
    "table.id": (
        "id“{value}”为空或出现两次",
        "请在第一列给每行一个自己的 id",
    ),
    "table.missing": (
        "没有列“{value}”",
        "请添加；表要回答它的每个输出",
    ),
    "table.no_row": (
        "规则放不进一行：一个测试跨几个事实，或一个事实有两个测试",
        "请写成每个事实一个测试，或把它留在标准文件中",
    ),
    "table.none": (
        "没有表",
        "请以一行格子开头：命中策略、事实，以及形如 then role 的输出",
    ),
    "table.strict": (
        "“{value}”不是命中策略的结尾写法",
        "请什么也不写，或写：no match is an error",
    ),
    "table.tree": (
        "路由树不是决策表",
        "请写一张表；树留在标准文件中",
    ),
    "table.twice": (
        "“{value}”出现两次",
        "请留其一",
    ),
    "table.width": (
        "这一行有 {got} 格，表头有 {expected} 格",
        "请给每列一格；- 表示不问",
    ),
    "target.bounds": (
        "{low}..{high} 不是次数范围",
        "请写例如 2..3 rings，最多 {most}",
    ),
    "target.days": (
        "{value} 不是可承诺的天数",
        "请给 0 到 {most}",
    ),
    "target.factor": (
        "{value} 不是倍数",
        "请给大于 0、不超过 100 的数",
    ),
    "target.factor_fraction": (
        "“{target}”乘以 {value} 不是整秒",
        "请给得出整秒的倍数",
    ),
    "target.fraction": (
        "{value} 不是整秒",
        "请承诺整秒",
    ),
    "target.long": (
        "{value} 超过十年",
        "请承诺更短",
    ),
    "target.no_amount": (
        "“{value}”不是时长",
        "请写例如 90 minutes 或 2 working hours",
    ),
    "target.no_due": (
        "“{target}”不能从事件起计",
        "请承诺时间或天数，例如 next calendar day by 18:00",
    ),
    "target.text": (
        "“{value}”不是目标",
        "请写例如 8 hours、8 working hours、3 working days、30 calendar days",
    ),
    "target.then": (
        "“{value}”不是先工作时间后经过时间",
        "请写例如 4 working hours then 2 hours",
    ),
    "target.unit": (
        "“{value}”不是可数的事物",
        "请写复数英文词，例如 2..3 rings",
    ),
    "target.unscaled": (
        "“{target}”不能按倍数承诺",
        "请给每种情况一行，或承诺时间",
    ),
    "target.which_days": (
        "“{value}”没有说明是哪种天",
        "请写 working days 或 calendar days",
    ),
    "task.kinds": (
        "{value} 与两类值比较",
        "在所有过滤器中只与一类值比较",
    ),
    "task.no_queue": (
        "其目标没有给出队列",
        "请为第一个目标指定队列",
    ),
    "task.text": (
        "第 {at} 个字符：“{value}”无法转换",
        "请将属性与值比较；可用 and、or、not、in 和括号",
    ),
    "teams.unknown": (
        "没有团队“{value}”",
        "请在 teams 中声明，或写 {nearest}",
    ),
    "testing.hour": (
        "{value} 不是一周中的小时",
        "请给星期和小时，例如 (0, 9)：星期一为 0，星期日为 6，小时为 0 至 23",
    ),
    "testing.most": (
        "到达的案件多于 {most} 件",
        "请减少到达量或缩短周期，或用 most= 放宽上限",
    ),
    "testing.not_drawn": (
        "不会抽取 {value}：{reason}",
        "请抽取它的组成部分，或为它写一个策略",
    ),
    "text.long": (
        "{length} 个字符的文本太长：最多 {most} 个",
        "请拆开",
    ),
    "threshold.share": (
        "{value} 不是目标的比例",
        "请写大于 0 %、最多 1000 %",
    ),
    "threshold.text": (
        "“{value}”不是阈值",
        "请写例如 80 %、due、30 minutes before due、2 working hours after due、48 hours after start",
    ),
    "unary.early": (
        "文本结束得太早",
        "请写 -、字面值、列表、>= 5、[1..5)、not(...) 或 null",
    ),
    "unary.escape": (
        "引号中的转义没有意义",
        '请写 \\ 加上 " \\ n t r b f / 之一，或 u 加四位十六进制数字',
    ),
    "unary.order": (
        "文本在此没有大小",
        '请写字面值，或 starts with(?, "AB")',
    ),
    "unary.quotes": (
        "{found} 是没有引号的词",
        '请写 "{found}"，或 true、false、null',
    ),
    "unary.range": (
        "{low} 与 {high} 之间没有值",
        "请先写下界",
    ),
    "unary.typed": (
        "{value} 不是这样的值",
        '请写 date("2026-02-17")、date and time("2026-02-17T09:00:00+08:00") 或 duration("PT8H")',
    ),
    "unary.unclosed": (
        "从这里开始的引号没有结束",
        "请用引号结束",
    ),
    "unary.unexpected": (
        "此处不应有“{found}”",
        "请写 -、字面值、列表、>= 5、[1..5)、not(...) 或 null",
    ),
    "unary.unwritable": (
        "这个条件没有单一输入的 S-FEEL 写法",
        "请用该输入的测试来写",
    ),
    "years.text": (
        "{value} 不是年份范围",
        "请写例如 2010..2017",
    ),
    "zone.unknown": (
        "“{value}”不是时区",
        "请写 IANA 名称，例如 {nearest}",
    ),
}

SENTENCES: dict[str, str] = {
    "assign.credential": "{agent} 没有 {what}",
    "assign.dropped": "工作已等待，放弃 {need}",
    "assign.edition": "{agent} 的 {what} 按 {has} 版考取，须为 {wanted} 版",
    "assign.ended": "{agent} 的 {what} 已于 {day} 到期",
    "assign.excluded": "排除 {agent}：{reason}",
    "assign.first": "{count} 人中 {agent} 排第一：{order}",
    "assign.given": "已交给团队 {team}",
    "assign.known": "需要 {known}",
    "assign.lead": "{agent} 已有 {has}，比最少的 {least} 多 {lead} 或以上",
    "assign.level": "{agent} 的 {what} 为 {has} 级，需要 {wanted} 级",
    "assign.nobody": "没有人能接",
    "assign.not_yet": "{agent} 的 {what} 从 {day} 起有效",
    "assign.open": "{name} 未开放，{opens} 开放",
    "assign.open_unknown": "{name} 未开放，何时开放未知",
    "assign.part": "{team} 没有 {part}",
    "assign.rejected": "不选 {agent}",
    "assign.role": "{agent} 不担任 {role}",
    "assign.room": "{agent} 已有 {load}/{capacity}，而这项占 {units}",
    "assign.serves": "{team} 不服务 {place}",
    "assign.several": "有几个原因",
    "assign.shift": "{name} 不在班，{opens} 上班",
    "assign.shift_unknown": "{name} 不在班，何时上班未知",
    "assign.skill": "{agent} 的 {skill} 为 {has}，需要 {wanted}",
    "assign.speaks": "{agent} 不会 {language}",
    "assign.status": "{agent} 的状态是 {has}，不是 {wanted}",
    "assign.trait": "{team} 的 {trait} 为 {has}，需要 {wanted}",
    "assign.unknown": "缺少 {fact}",
    "award.cash": "现金 {amount}",
    "award.certificate": "证书：{name}",
    "award.equity": "{units} 份 {name}，{first} 至 {last} 归属",
    "award.gift": "礼品：{name}，价值 {worth}，非现金",
    "award.given": "{award}：授予 {of}，事由 {cause}，{on}",
    "award.once": "{cause} 已经奖励过：{on}，{of}",
    "award.praise": "表扬：{name}",
    "award.project": "参与项目：{name}",
    "award.promotion": "优先晋升：{name}",
    "award.tuition": "学费 {cost} 中承担 {amount}，最多 {most}",
    "batch.crowded": "能接的人都另有更需要的工作",
    "batch.place": "{agent} 在 {count} 人中排第 {place}，整体来看最合适",
    "book.action": "措施",
    "book.after": "之后",
    "book.also": "其他写法",
    "book.always_open": "{name}：全天开放。",
    "book.applies": "适用",
    "book.approved": "由{role}于 {day} 批准。",
    "book.articles_title": "标准答复",
    "book.assignment_title": "派给谁",
    "book.authority": "可自行决定",
    "book.awards_title": "奖励",
    "book.best": "每{every}前 {winners} 名，n ≥ {n}，按",
    "book.better": "更好方向",
    "book.bound": "界值",
    "book.by_dates": "按日期",
    "book.calendar": "日历",
    "book.calendars": "日历",
    "book.cause": "原因",
    "book.certificates_title": "证书",
    "book.changes": "版本与变更",
    "book.channels": "渠道与团队",
    "book.channels_title": "渠道",
    "book.clauses": "条款",
    "book.contents": "目录",
    "book.conversions_title": "何时另开工单",
    "book.course": "课程",
    "book.courses_title": "课程",
    "book.covers": "涵盖条款",
    "book.day": "日期",
    "book.day_closed": "{day}：关闭",
    "book.day_holiday": "{day}：{name}，关闭",
    "book.day_made_up": "{day}：{name}，调休上班 {hours}",
    "book.day_open": "{day}：开放 {hours}",
    "book.day_unknown": "{day}：尚未可知",
    "book.done": "完成",
    "book.draw": "预支 / 收回",
    "book.due": "期限",
    "book.escalates": "升级至",
    "book.events_title": "工单可能发生的事件",
    "book.every": "周期",
    "book.facts_title": "工单可能已知的事实",
    "book.family": "{name}：按 {by} 选定",
    "book.fields": "字段",
    "book.follow_ups_title": "回访",
    "book.for_each": "每一个 {cause}",
    "book.forms": "表单与话术",
    "book.forms_title": "表单",
    "book.from": "自 {day} 起",
    "book.gate": "门槛",
    "book.gives": "内容",
    "book.glossary": "术语",
    "book.goal": "目标比例",
    "book.goals": "目标",
    "book.goes_to": "给谁",
    "book.grade": "等级",
    "book.guarantee": "保底",
    "book.handoffs_title": "转交",
    "book.has": "内容",
    "book.headline": "{clauses} 条条款中 {binding} 条生效；有承诺的目标：{objectives} 个。",
    "book.headline_plain": "有承诺的目标：{objectives} 个；共 {editions} 版。",
    "book.held_back": "留存 / 期数",
    "book.improvements": "改进",
    "book.in_a_row": "连续期数",
    "book.kept_by": "由何兑现",
    "book.key": "键",
    "book.kind": "种类",
    "book.kind_commitment": "承诺",
    "book.kind_conduct": "行为",
    "book.kind_criterion": "标准",
    "book.kind_definition": "定义",
    "book.kind_principle": "原则",
    "book.kind_prohibition": "禁止",
    "book.knowledge": "答复、调查与报告",
    "book.kpis_title": "指标",
    "book.least_days": "最少天数",
    "book.made": "由 svcstd {version} 生成。",
    "book.means_aspirational": "只是愿望，任何人不得据此主张。",
    "book.means_in_force": "有效，其承诺得到遵守或衡量。",
    "book.means_needs_value": "已决定，但其中的数字待定。",
    "book.means_pending": "尚未决定。",
    "book.means_withdrawn": "不再有效。",
    "book.meta": "版本 {edition}，时区 {zone}。",
    "book.method": "方式",
    "book.months": "月数",
    "book.most": "至多",
    "book.most_returns": "互相退回至多",
    "book.name": "名称",
    "book.needs": "要求",
    "book.number": "编号",
    "book.objectives": "时限目标",
    "book.opens": "新工单的事实",
    "book.owner": "负责人",
    "book.panels_title": "评议组",
    "book.part": "部分",
    "book.passing": "合格分数",
    "book.pay": "薪酬、奖励与职级",
    "book.pays": "支付",
    "book.pilot": "试点 {pilot}，自 {day} 起，适用于 {scope}",
    "book.pilot_until": "试点 {pilot}，自 {day} 至 {until}（不含），适用于 {scope}",
    "book.prefer": "优先次序",
    "book.procedures": "流程",
    "book.promised": "承诺",
    "book.prorated": "折算依据",
    "book.quota": "定额",
    "book.reached": "联系方式",
    "book.records": "记录",
    "book.relaxed": "久候后放宽",
    "book.reports_title": "报告",
    "book.result": "结果",
    "book.role": "角色",
    "book.roles": "角色",
    "book.routing": "路由",
    "book.rows": "满足需求",
    "book.scale": "{low} 至 {high}",
    "book.scale_step": "{low} 至 {high}，步长 {step}",
    "book.scales_title": "量表",
    "book.scores": "指标与评分卡",
    "book.scripts_title": "话术",
    "book.segments_title": "客户分群",
    "book.shortfall": "不足",
    "book.shuts": "关闭",
    "book.stale": "何时失效",
    "book.status": "状态",
    "book.status_aspirational": "愿望",
    "book.status_in_force": "生效",
    "book.status_needs_value": "待定数值",
    "book.status_pending": "未定",
    "book.status_withdrawn": "废止",
    "book.statuses_title": "条款的效力",
    "book.step": "步骤",
    "book.surveys_title": "调查",
    "book.table": "以表格显示",
    "book.teaches": "教授",
    "book.teams_title": "团队",
    "book.text": "内容",
    "book.to": "报送",
    "book.told": "通知谁",
    "book.training": "培训",
    "book.unit": "单位",
    "book.value": "取值",
    "book.values": "取值",
    "book.way": "晋升路径",
    "book.weight": "权重",
    "book.what": "内容",
    "book.word_calendar_days": "日历日",
    "book.word_certificate": "证书",
    "book.word_date": "日期",
    "book.word_day": "日",
    "book.word_duration": "时长",
    "book.word_exam": "考试",
    "book.word_fiscal": "财年",
    "book.word_half": "半年",
    "book.word_innovation": "创新",
    "book.word_integer": "整数",
    "book.word_less": "越低",
    "book.word_lifecycle": "生命周期",
    "book.word_moment": "时刻",
    "book.word_month": "月",
    "book.word_more": "越高",
    "book.word_mystery_shopper": "神秘顾客",
    "book.word_need": "需求",
    "book.word_never": "从不",
    "book.word_new_edition": "新版本",
    "book.word_number": "数",
    "book.word_performance": "绩效",
    "book.word_phone_interview": "电话访谈",
    "book.word_practical": "实操",
    "book.word_praise": "表扬",
    "book.word_project": "参与项目",
    "book.word_promotion": "优先晋升",
    "book.word_quarter": "季度",
    "book.word_questionnaire": "问卷",
    "book.word_service_days": "服务日",
    "book.word_simulation": "模拟",
    "book.word_social_monitoring": "社交媒体监测",
    "book.word_team": "团队",
    "book.word_text": "文本",
    "book.word_true_or_false": "是或否",
    "book.word_tuition": "学费补助",
    "book.word_value": "价值",
    "book.word_week": "周",
    "book.word_working_days": "工作日",
    "book.word_year": "年",
    "calendar.closed": "{start} 至 {end} 关闭",
    "calendar.elapsed": "{start} 至 {end} 共开放 {amount}",
    "calendar.exception": "{day} 有单独的时段：{hours}",
    "calendar.exception_named": "{day} 有单独的时段：{hours}（{name}）",
    "calendar.holiday": "{day} 全天关闭：{name}",
    "calendar.holiday_provisional": "{day} 全天关闭：{name}（以后的通知可能改变）",
    "calendar.make_up": "{day} 为调休上班日",
    "calendar.no_such_day": "{zone} 没有 {day} 这一天",
    "calendar.operand": "按 {name}：",
    "calendar.span": "{start} 至 {end} 计入 {amount}",
    "calendar.taken_away": "{name} 开放期间扣除",
    "calendar.weekday": "{day} 没有服务时段",
    "certificates.failed": "{name}：未取得",
    "certificates.for_good": "{name}：自 {first} 起长期有效",
    "certificates.low_mark": "{source}：{mark}，但至少需要 {least}",
    "certificates.mark": "{source}：{mark}，至少需要 {least}",
    "certificates.no_mark": "{source}：没有成绩，至少需要 {least}",
    "certificates.stale": "{day} 的版本改变了所学内容（{clauses}）；再有效 {grace} 天",
    "certificates.until": "{name}：{first} 至 {last} 有效",
    "change.activity": "{name}：原为 {old}，现为 {new}",
    "change.cycle": "{name}：原第 {old} 轮，现第 {new} 轮",
    "change.cycle_verdict": "{name}，第 {cycle} 轮：原为 {old}，现为 {new}",
    "change.due": "{name}：原到期 {old}，现到期 {new}",
    "change.no_longer": "{name}：不再承诺",
    "change.promised": "{name}：现在有承诺",
    "change.target": "{name}：原承诺 {old:promise}，现承诺 {new:promise}",
    "change.verdict": "{name}：原为 {old}，现为 {new}",
    "charts.control_title": "超出偶然波动的各周",
    "charts.demand_title": "工单何时到来",
    "charts.edition": "版本 {label}",
    "charts.on_one_side": "连续八点在均值同一侧",
    "charts.in_one_direction": "连续六点同一方向",
    "charts.far_out": "三点中有两点远离均值",
    "charts.away": "五点中有四点在同一侧且偏离均值",
    "charts.beyond_limits": "超出控制限",
    "charts.calm": "没有异常",
    "charts.control_calm": "{periods} 个期间没有异常；均值为 {centre}。",
    "charts.control_note": "{periods} 个期间中 {count} 个异常；均值为 {centre}。",
    "charts.demand_note": "共 {total} 次，当地时间 {zone}；最忙的是 {busiest}，每小时 {rate} 次。",
    "charts.pareto_note": "{count} 个原因中的 {vital} 个占 {share}。",
    "charts.pareto_title": "哪些承诺未兑现",
    "charts.point": "{label}：{value}，n = {n}，控制限 {low} 至 {high}",
    "charts.rounding": "舍入",
    "charts.rounding_of": "{name} 的舍入",
    "charts.running": "{amount}，累计 {share}",
    "charts.score": "{of} 的 {card}：{value}",
    "charts.change_all": "全部承诺",
    "charts.change_better": "改善",
    "charts.change_insufficient": "数量太少",
    "charts.change_note": "与 {since} 至 {until}（不含）相比：超出偶然（95 %）的承诺中，{better} 项兑现更多，{worse} 项更少。任一侧不足 {least} 次判定时无法比较。横线表示差值（百分点）可能的范围。",
    "charts.change_same": "未超出偶然",
    "charts.change_title": "前后对比",
    "charts.change_worse": "变差",
    "check.coverage_ended": "日历 {calendar} 的节假日只知道到 {day}：之后的到期时间无法给出",
    "check.coverage_ends": "日历 {calendar} 的节假日只知道到 {day}：请尽快延长年份",
    "check.error": "错误",
    "check.example": "例子",
    "check.failing": "{where}：{part}.{field} 应为 {expected}，实为 {got}",
    "check.finding": "发现",
    "check.info": "提示",
    "check.no_row": "{objective} 对 {fact} = {value} 没有承诺，也没有 else",
    "check.provisional": "日历 {calendar} 自 {day} 起的节假日仍可能改变：下次通知后请重新冻结",
    "check.rule": "规则",
    "check.severity": "级别",
    "check.summary": "{name}，{day}：版本 {editions}，目标 {objectives}，例子 {examples}，未通过 {failing}，发现 {findings}，豁免 {waived}。",
    "check.warning": "警告",
    "check.where": "位置",
    "condition.no": "否：{test}",
    "condition.no_for": "否：{test}，因为 {facts}",
    "condition.open": "未知：{test}",
    "condition.open_for": "未知：{test}，因为 {facts}",
    "condition.yes": "是：{test}",
    "desk.before_start": "服务台的到期时间早于受理时间",
    "desk.by_hand": "没有哪种天数能得出服务台的到期时间：可能是人工重新约定",
    "desk.contradicts": "服务台的结论与它自己的到期时间矛盾",
    "desk.hour": "正好相差一小时：服务台跨越了时钟调整计算",
    "desk.no_due": "服务台给了结论却没有到期时间",
    "desk.other_days": "像是承诺了 {other:promise}，而不是 {target:promise}",
    "desk.ours_missing": "我们没有到期时间",
    "desk.same_day": "同一天的不同时间：{ours} 与 {theirs}",
    "desk.same_day_all": "同一天的不同时间",
    "desk.seconds": "答复在服务台与我们的到期时间之间，两者在容差内一致",
    "diff.changed": "{path}：原为 {before}，现为 {after}",
    "diff.edition": "{day} 版：{why}",
    "diff.gone": "{path}：已去掉，原为 {before}",
    "diff.new": "{path}：新增 {after}",
    "diff.nothing": "没有差异。",
    "effects.none": "结果没有任何不同。",
    "effects.pay": "{of}：原为 {before}，现为 {after}",
    "effects.refused": "{of}：其中一版无法给出：{problem}",
    "effects.route": "{of}：原路由到 {before}，现路由到 {after}",
    "effects.score": "{of}：原为 {before}，现为 {after}",
    "effects.summary": "{all} 件中 {cases} 件有 {count} 处不同。",
    "exchange.behind": "无法判断还剩哪些工单归它",
    "exchange.escalation": "其升级规则不在文本中",
    "exchange.filter": "其中一项条件无法转换",
    "exchange.left_out": "已略去：{reason}",
    "exchange.metric": "不是这里已知的目标：{value}",
    "exchange.no_dates": "没有日期，或超过一年",
    "exchange.no_holidays": "没有说明节假日；不计节假日",
    "exchange.repeats": "类型为 {kind}、重复方式为 {value} 的时段无法放入一周",
    "handoffs.holder": "{holder} 持有，{owner} 负责",
    "handoffs.hops": "已转交 {hops} 次，最多 {most} 次",
    "handoffs.moved": "{at}：由 {sender} 转给 {to}",
    "handoffs.ping_pong": "{first} 与 {second} 来回转了 {count} 次",
    "holiday_cn.outside": "{name} 不在所给年份之内",
    "holiday_cn.overruled": "{name} 被后一年的通知更改",
    "ical.backwards": "终点早于起点",
    "ical.broken": "无法读取：{reason}",
    "ical.cancelled": "已取消",
    "ical.fold": "{day} 的起止落在重复的一小时内，无法用墙上时间表示",
    "ical.kind": "{kind} 既不是节假日也不是班次",
    "ical.mixed": "日期与时间混用，或时区有无混用",
    "ical.no_shift": "只有日期，没有时间",
    "ical.no_start": "没有起点",
    "ical.no_time": "时长为零",
    "ical.often": "重复过于频繁",
    "ical.priority": "不读取带优先级的可用时间",
    "ical.range": "它移动之后的全部事件，不予读取",
    "ical.replaced": "已被后来的修订取代",
    "ical.rule": "无法执行其重复规则：{reason}",
    "ical.timed": "带有时间，因此不是节假日",
    "ical.zone": "未知时区 {zone}",
    "ladder.facts": "所需事实不成立",
    "ladder.low": "{period} 的 {need} 为 {value}，不满足 {test}；还差 {lack}",
    "ladder.low_grade": "{period} 的 {need} 为 {value}，不满足 {test}；还差 {lack} 级",
    "ladder.missing": "{period} 的 {need} 数据不足：{n} 条记录",
    "ladder.open": "可晋升为 {rank}：连续 {found}/{needed} 个期间达标",
    "ladder.shut": "尚不能晋升为 {rank}：连续 {found}/{needed} 个期间达标",
    "pay.cap": "{step}：{before} 超过 {most}，按后者支付",
    "pay.cap_idle": "{step}：不超过 {most}；{before} 未超过",
    "pay.clawback": "{key}：因 {cause} 追回 {amount}，原由 {label} 支付：{why}",
    "pay.converted": "按 {on} 的汇率 {rate} 逐行换算；合计 {total}",
    "pay.corrected": "{key}：{before} 应为 {after}：{why}",
    "pay.factor": "{step}：{before} 乘以 {factor}，因为 {figure} 为 {value}",
    "pay.factor_missing": "{step}：不变，因为没有 {figure}",
    "pay.few_days": "{days} {unit}，至少需要 {least}",
    "pay.figure": "{figure} 为 {value}",
    "pay.floor": "{step}：{before} 低于 {least}，按后者支付",
    "pay.floor_idle": "{step}：不低于 {least}；{before} 未低于",
    "pay.found_falls": "{figure} 更好反而支付更少",
    "pay.found_falls_team": "团队的 {figure} 更好反而支付更少",
    "pay.gate": "门槛 {gate} 未过：{figure} 为 {value}，不满足 {test}；还差 {lack}",
    "pay.gate_missing": "门槛 {gate} 未过：没有 {figure}",
    "pay.kicker": "{step}：达到 {test}，另加 {adds}",
    "pay.kicker_shut": "{step}：没有另加",
    "pay.line": "{line}：{amount} = {pays} × {units}",
    "pay.line_missing": "{line}：零，因为没有 {figure}",
    "pay.no_certificate": "证书 {name} 并非从 {first} 到 {last} 每天有效",
    "pay.no_service": "没有服务天数，就没有定额可达",
    "pay.not_during": "{line}：{first} 至 {last} 之外不计",
    "pay.not_eligible": "不符合领取条件",
    "pay.part": "其中 {part} 计在这里",
    "pay.pool_share": "{amount}，即 {team} 所得 {pool} 中的 {weight}/{whole}",
    "pay.prorated": "按 {days}/{of} {unit}",
    "pay.quota": "即定额 {quota} 的 {attained}",
    "pay.refused": "{plan} 在 {period} 不付给 {of}",
    "pay.rounding": "精确合计 {exact} 只在最后舍入一次，为 {total}",
    "pay.shut": "{line}：零，因为门槛 {gate} 未过",
    "pay.total": "{plan} 在 {period} 付给 {of} {total}",
    "pay.waits": "{key} 等待：还没有 {figure}",
    "pay.withheld": "{plan} 暂缓支付 {of} 在 {period} 的薪酬",
    "procedures.exhausted": "{step} 已试到上限：{text}",
    "procedures.finished": "在 {step} 结束：{text}",
    "procedures.found_dead_way": "没有工单会从 {first} 到 {steps}",
    "procedures.found_endless": "循环 {first}、{steps} 没有上限",
    "procedures.found_gap": "{first} 在 {region} 时没有去向",
    "procedures.found_no_end": "从 {first} 到不了任何终点",
    "procedures.found_no_role": "{first} 没有写由谁来做",
    "procedures.found_overlap": "从 {first} 起，同一工单可去 {steps} 中的几个：{region}",
    "procedures.found_unknown": "未能判定：从 {first} 出发的去向",
    "procedures.found_unreachable": "没有路通向 {first}",
    "procedures.open": "在 {step}：{text}",
    "procedures.stuck": "{step} 之后没有去向：{text}",
    "procedures.turned": "转到 {to}：{test}（{facts}）",
    "procedures.undecided": "{step} 等待答复：{text}",
    "procedures.went": "{done} 已完成，转到 {to}",
    "report.all_time": "全部工单",
    "report.apart_note": "{rejected} 行读不了；{ignored} 行不是标准中的事件。",
    "report.apart_title": "另列",
    "report.breaches": "在其手中逾期",
    "report.burn": "{name}：{decided} 件中兑现 {share}，目标 {goal}。逾期 {late} 件，允许 {allowed} 件：消耗率 {rate}。",
    "report.burn_limit": "按此速率恰好达标",
    "report.burn_note": "消耗率为逾期比例除以目标允许的比例：低于 1 达标，高于 1 不达标。",
    "report.burn_of": "{name} 逐周消耗率",
    "report.burn_rate": "消耗率",
    "report.burn_title": "误差预算",
    "report.by_hand": "逐件约定",
    "report.cancelled": "{at} 取消",
    "report.case": "工单",
    "report.cases": "件",
    "report.closed": "已关闭",
    "report.compared": "已比较",
    "report.counted": "计入时间",
    "report.day": "日期",
    "report.days": "{days} 天",
    "report.decided": "已判定",
    "report.desk_due": "服务台到期",
    "report.desk_kept": "兑现",
    "report.desk_late": "逾期",
    "report.desk_lede": "{compared} 个到期时间中 {due} 个与服务台一致，已关闭的 {closed} 个结论中 {verdict} 个一致。",
    "report.desk_silent": "–",
    "report.desk_title": "与服务台自己的答案比较",
    "report.desk_verdict": "服务台结论",
    "report.differences": "全部 {count} 处差异，逐件列出",
    "report.due": "到期",
    "report.earlier_weeks": "更早的 {count} 周未画出；其工单在 results.csv 中。",
    "report.empty": "没有可计的承诺：读入 {cases} 件工单，均无承诺。",
    "report.escalations_note": "各阈值在答复前有多少承诺达到。",
    "report.escalations_title": "升级",
    "report.excluded": "已排除",
    "report.figures": "数据表",
    "report.fired": "{promises} 个中 {fired} 个，已通知：{to}",
    "report.first": "首版",
    "report.footer": "svcstd {version}。在到期时间或之前答复即为兑现。比例只计兑现、逾期与超期未答的承诺。",
    "report.forecast": "还有 {open} 个未到期，比例将在 {worst} 与 {best} 之间；若与其余一样，则为 {expected}。",
    "report.headline": "{decided} 个承诺兑现了 {share}。",
    "report.headline_weak": "{decided} 个承诺兑现了 {share}；薄弱处是 {weak}（{weak_of} 个中的 {weak_share}）。",
    "report.hour": "小时",
    "report.hour_of": "{cases} 件中逾期 {late} 件（{share}）",
    "report.hours_desc": "从上到下为星期，从左到右为小时；颜色越深，逾期比例越大。",
    "report.hours_note": "按开始的小时统计逾期承诺数；颜色越深，比例越大。没有数字的小方块表示不足 {few} 个承诺。",
    "report.hours_title": "逾期承诺何时开始（{zone}）",
    "report.late": "逾期",
    "report.late_key": "逾期",
    "report.late_open": "超期未答",
    "report.late_share": "逾期比例",
    "report.line": "行",
    "report.met": "兑现",
    "report.met_key": "兑现",
    "report.met_late": "逾期答复",
    "report.meta": "读取时刻 {as_of}。范围：{span}。时区 {zone}。版本：{editions}。",
    "report.more": "另有 {count} 条在 {file} 中。",
    "report.no_promise": "没有承诺，因为",
    "report.not_started": "{promise}：没有事件开始计时",
    "report.not_yet_due": "未到期",
    "report.nothing": "{promises} 个承诺均未判定。",
    "report.notices": "通知",
    "report.of": "{cases} 件中 {share}",
    "report.open": "未到期",
    "report.our_due": "我们的到期",
    "report.our_verdict": "我们的结论",
    "report.outside": "读入 {cases} 件工单，均不在所问范围内。",
    "report.overdue": "已超期",
    "report.owner": "在谁手中",
    "report.owner_figure": "{time}，逾期 {breaches} 件",
    "report.owners_note": "工单在其手中时计入的时间（全部承诺），以及期间逾期的承诺。",
    "report.owners_title": "谁用掉了时间",
    "report.promise": "承诺",
    "report.promises": "承诺数",
    "report.promises_note": "条越粗，背后已判定的承诺越多。",
    "report.promises_title": "承诺兑现情况",
    "report.reason": "可能原因",
    "report.reasons_title": "差异所在与可能原因",
    "report.refused": "拒绝：{problem}",
    "report.rejected_rows": "{count} 行读不了",
    "report.same_due": "到期一致",
    "report.same_verdict": "结论一致",
    "report.share": "兑现比例",
    "report.share_same": "%",
    "report.slowest_title": "超期最久",
    "report.span": "{since} 至 {until} 之前",
    "report.span_since": "{since} 起",
    "report.span_until": "{until} 之前",
    "report.start": "开始",
    "report.still_open": "仍未关闭",
    "report.stop": "答复",
    "report.stopped_first": "{promise}：未开始就停止，此后也未开始",
    "report.target": "承诺时限",
    "report.threshold": "阈值",
    "report.told": "已通知",
    "report.total": "全部承诺",
    "report.unknown": "未知",
    "report.waived": "豁免",
    "report.week": "周",
    "report.weeks_by": "每周从 {week} 起；承诺归入其 {by} 所在的周。",
    "report.weeks_note": "上图为兑现比例，下图为已判定的承诺数。浅色柱不足 {few} 个。",
    "report.weeks_title": "逐周兑现情况",
    "report.without_due": "服务台无到期",
    "report.without_rows": "{count} 个承诺服务台没有给到期时间",
    "review.after_hours": "{objective} 在 {at} 到期，而此时无人上班",
    "review.double": "{rule} 与目标 {objective} 是同一件事的两项责任",
    "review.idle_change": "{day} 的版本没有改变任何内容",
    "review.idle_pilot": "试点 {pilot} 没有任何变化",
    "review.idle_waiver": "豁免了 {place} 的 {rule}，而没有这个发现",
    "review.improvement_judged_early": "评价 {name} 的记录太少",
    "review.improvement_kept_in_vain": "某一版本固化了无效的 {name}",
    "review.improvement_no_cause": "{name}：还没有说明不足的原因",
    "review.improvement_no_help": "{name} 无效：{action}",
    "review.improvement_no_owner": "{name}：没有负责人",
    "review.improvement_not_judged": "{name} 已完成，但还没有评价是否有效",
    "review.improvement_not_kept_up": "{name} 有效，但没有版本将其固化",
    "review.improvement_overdue": "{name} 已逾期：{action}",
    "review.no_objective": "经 {channel} 而来的没有任何承诺",
    "review.not_kept": "条款 {clause} 是承诺，却没有任何部分来兑现",
    "review.not_taught": "{role} 需要 {certificate}，而其课程面向他人",
    "review.overtaken": "试点 {pilot} 期间有版本于 {day} 开始，试点仍按其首日的规定",
    "review.slower": "{objective} 对投诉的承诺慢于 {other}",
    "review.symbolic": "条款 {clause} 所说的时间无法计算",
    "review.unreviewed": "这条答复还没有人复核：{name}",
    "review.untranslated": "{file} 缺少 {count} 处译文：{words}",
    "review.unused": "{name} 已声明而从未被引用",
    "review.weights": "权重合计为 {total}",
    "review.wished_kept": "条款 {clause} 只是愿望，而 {path} 却当作已生效来执行",
    "routes.deeper": "继续深入：{paths}",
    "routes.earlier": "{path} 先接走了",
    "routes.none": "没有路由符合",
    "routes.not_taken": "未走 {path}",
    "routes.taken": "路由到 {paths}",
    "routes.top": "没有路由符合：采用最上层的选项",
    "rules.decided": "由 {rules} 决定",
    "rules.defaults": "没有规则符合：采用各输出的默认值",
    "rules.else": "没有规则符合，采用 else：{because}",
    "rules.failed": "{test} 不成立：{facts}",
    "rules.fits": "{rule} 符合",
    "rules.found_conflict": "{last} 与 {first} 条件相同而结果不同",
    "rules.found_constant": "输出 {about} 始终相同",
    "rules.found_duplicate": "{last} 与 {first} 相同",
    "rules.found_gap": "{region} 没有规则符合",
    "rules.found_impossible": "没有工单能符合 {first}",
    "rules.found_missing": "{about} 缺失时没有规则符合",
    "rules.found_policy": "没有两条规则重叠：命中策略可写 {about}",
    "rules.found_shadowed": "{last} 从不起作用：{first} 接走了它的全部情况",
    "rules.found_subsumed": "{first} 没有作用：{last} 给出同样结果",
    "rules.found_swallowed": "else 接收 {region}",
    "rules.found_unknown": "未能判定：{about} {rules}",
    "rules.found_unreachable": "最后一条从不起作用，其余接走了它的全部情况：{rules}",
    "rules.found_violation": "{first} 与 {last} 都符合 {region}",
    "rules.held": "{rule} 符合：{test}（{facts}）",
    "rules.near": "若 {test}，{rule} 就会符合，但 {facts}",
    "rules.no_match": "没有规则符合",
    "rules.not_held": "{rule} 不符合",
    "rules.not_in_force": "在 {day} 不生效",
    "rules.written": "{because}",
    "score.adjusted": "{name}：{before} 变为 {after}",
    "score.cohort": "与 {count} 个指标比较，随得分保存",
    "score.difference": "{before} 变为 {after}",
    "score.grade": "等级 {grade}",
    "score.idle": "{name}：无需改变",
    "score.insufficient": "{card}：没有得分，因为记录太少",
    "score.mean": "{name}：{points}，各部分的 {method} 平均",
    "score.missing": "{card}：没有得分，因为没有可计的记录",
    "score.moved": "{name}：{delta}",
    "score.moved_last": "最后的舍入：{delta}",
    "score.moved_rounding": "{name} 的舍入：{delta}",
    "score.moved_whole": "全部部分的平均：{delta}",
    "score.part": "{name}：{value} 折合 {points} 分；乘以 {weight} 得 {contribution}（n = {n}）",
    "score.part_insufficient": "{name}：记录太少（{n}）",
    "score.part_missing": "{name}：没有可计的记录",
    "score.part_unweighed": "{name}：{value} 折合 {points} 分（n = {n}）",
    "score.part_withheld": "{name}：暂不给出",
    "score.pick": "{name}：{points}，各部分的 {method}",
    "score.rounded": "{exact} 舍入为 {value}",
    "score.total": "{card}：{value}",
    "score.withheld": "{card}：没有得分，因为评分卡暂不给出",
    "scores.adds": "增加",
    "scores.all": "全部",
    "scores.amount": "数量",
    "scores.between": "结果",
    "scores.cause": "原因",
    "scores.count": "次数",
    "scores.each": "每个得分由什么构成",
    "scores.figure": "数值",
    "scores.figures": "数据",
    "scores.grade": "等级",
    "scores.headline": "{count} 人中 {scored} 人有得分：最高 {best}，居中 {middle}，最低 {worst}。",
    "scores.headline_none": "{count} 人均无得分。",
    "scores.headline_one": "{of}：{value}{grade}。",
    "scores.high": "上限",
    "scores.hour": "小时",
    "scores.hours": "期间内小时数",
    "scores.insufficient": "记录太少",
    "scores.low": "下限",
    "scores.made": "由 svcstd {version} 生成。",
    "scores.made_of": "构成",
    "scores.meta": "评分卡 {card}，期间 {period}，版本 {edition}。",
    "scores.missing": "没有可计的记录",
    "scores.more": "……另有 {count} 条；--json 全部列出",
    "scores.n": "n",
    "scores.of": "对象",
    "scores.page_more": "……另有 {count} 条。",
    "scores.part": "部分",
    "scores.pays_from": "起点支付",
    "scores.pays_to": "终点支付",
    "scores.per_hour": "每小时",
    "scores.period": "期间",
    "scores.points": "分数",
    "scores.records": "记录",
    "scores.score": "得分",
    "scores.scored": "已评分",
    "scores.signal": "异常",
    "scores.state": "状态",
    "scores.takes": "扣减",
    "scores.together": "累计",
    "scores.weight": "权重",
    "scores.why": "原因",
    "scores.with_grade": "，等级 {grade}",
    "scores.withheld": "暂不给出",
    "scores.after": "之后",
    "scores.before": "之前",
    "scores.difference": "差值",
    "scores.promise": "承诺",
    "scores.verdict": "结论",
    "settle.carried_in": "从以前期间结转 {amount}",
    "settle.carried_out": "{amount} 结转到下一期间",
    "settle.draw": "{earned} 低于预支额 {amount}，差额先行预支",
    "settle.forgiven": "{amount} 予以免除",
    "settle.guarantee": "{earned} 低于保底 {least}，按保底支付",
    "settle.held": "暂扣其中 {part}，{periods} 个期间后发放",
    "settle.recovery": "此前预支 {owed} 中归还 {amount}",
    "settle.released": "发放 {label} 暂扣的部分",
    "sla.assumption": "节假日未知处的假定：{text}",
    "sla.breach": "{at} 违反承诺 {row:promise}",
    "sla.by_hand": "{at} 人工设定到期：{due}",
    "sla.by_whom": "由 {actor}",
    "sla.calendar": "按日历 {calendar}（{zone}）计（内容 {digest}）",
    "sla.cancelled": "{name}：自 {breached} 起逾期，{stop} 取消",
    "sla.counted": "{start} 至 {end} 计入 {amount}",
    "sla.counted_anew": "自 {at} 起，{later:promise} 从 {start} 重新计算（{reason}）",
    "sla.cycle": "此计时的第 {cycle} 轮",
    "sla.days": "{start} 与 {due} 之间的非工作日：",
    "sla.days_from": "从 {start} 起计",
    "sla.excluded": "{name}：{stop} 取消，当时未违反承诺",
    "sla.excluded_case": "{name}：此工单不计",
    "sla.hands": "自 {at} 起由组 {group}、人员 {agent} 处理",
    "sla.late_open": "{name}：自 {breached} 起逾期，{as_of} 仍未答复",
    "sla.late_open_count": "{name}：到 {as_of} 已计 {count}，超过承诺",
    "sla.met": "{name}：{stop} 兑现，到期 {due}",
    "sla.met_count": "{name}：计到 {count} 时于 {stop} 答复",
    "sla.met_late": "{name}：{stop} 答复，已逾期，到期 {due}",
    "sla.met_late_count": "{name}：计到 {count} 时于 {stop} 答复，超过承诺",
    "sla.met_undated": "{name}：{stop} 兑现；到期时间无法给出",
    "sla.more": "……另有 {count} 段时间与关闭",
    "sla.no_row": "{by} = {value} 没有承诺",
    "sla.not_applicable": "不适用：{fields}",
    "sla.not_enforced": "不予判定：计时在 {day} 之前开始",
    "sla.not_started": "{name}：到 {as_of} 未开始",
    "sla.notice": "{at} 通知 {to}：{threshold}",
    "sla.open": "{name}：{as_of} 未答复，到期 {due}",
    "sla.open_count": "{name}：{as_of} 未结束，已计 {count}",
    "sla.open_undated": "{name}：{as_of} 未答复；到期时间无法给出",
    "sla.pause": "{start} 至 {end} 暂停：{reason}",
    "sla.paused": "{name}：{as_of} 暂停中，恢复前没有到期时间",
    "sla.problem": "没有到期时间：{problem}；{fix}",
    "sla.promise": "承诺：{target:promise}",
    "sla.promise_row": "对 {row} 承诺：{target:promise}",
    "sla.promise_rule": "{row}，由规则 {rule} 决定",
    "sla.promised_anew": "自 {at} 起重新承诺：{later:promise}（{reason}）",
    "sla.recalendared": "自 {at} 起按日历 {calendar} 计（{reason}）",
    "sla.retargeted": "自 {at} 起承诺 {later}，不再是 {earlier}（{reason}）",
    "sla.scale": "{by} 为 {value}，乘以 {times}：{target:promise}",
    "sla.status": "未生效：{status}",
    "sla.stood_decided": "{start} 至 {end} 已判定，之后重开",
    "sla.to_come": "{start} 至 {end} 还将计入 {amount}",
    "sla.too_early": "过早：计 {count}，至少 {low}（仅提示，不算违反）",
    "sla.uncounted": "{start} 至 {end} 未计：节假日未知",
    "sla.unknown": "{name}：无法判定是否兑现",
    "sla.waived": "{name}：豁免，不计",
    "sla.waiver": "{at} 豁免",
    "sla.words": "因为：{words}",
    "statements.adds": "增加",
    "statements.after": "现在",
    "statements.ahead": "下一步",
    "statements.all": "全部",
    "statements.amount": "金额",
    "statements.award": "奖励",
    "statements.before": "此前",
    "statements.by_centre": "按成本中心",
    "statements.carried_in": "转入",
    "statements.carried_out": "转出",
    "statements.centre": "成本中心",
    "statements.change": "{line}：此前 {before}，现在 {after}，相差 {difference}",
    "statements.changes": "与 {label} 的差异",
    "statements.clawback": "追回",
    "statements.correction": "更正",
    "statements.difference": "差额",
    "statements.draw": "预支",
    "statements.due": "支付",
    "statements.each": "各人因何得到",
    "statements.guarantee": "保底",
    "statements.headline": "{period}：{count} 人中 {paid} 人得到支付，共 {total}。",
    "statements.headline_due": "{plan} 在 {period} 付给 {of} {total}。",
    "statements.headline_none": "没有人得到支付。",
    "statements.headline_refused": "{plan} 在 {period} 不付给 {of}：不符合领取条件。",
    "statements.headline_wait": "{period}：{count} 人中 {paid} 人得到支付，共 {total}；{waiting} 人等待结果。",
    "statements.headline_withheld": "{plan} 中 {of} 在 {period} 的薪酬等待结果。",
    "statements.held": "暂扣",
    "statements.line": "项目",
    "statements.made": "由 svcstd {version} 生成。",
    "statements.meta": "方案 {plan}，方案版本 {version}，标准版本 {edition}，成本中心 {centre}。",
    "statements.more": "……另有 {count} 人；--json 全部列出",
    "statements.next_tier": "{line}：再增 {lack} 达到 {bound}，多付 {more}",
    "statements.of": "领取人",
    "statements.page_more": "……另有 {count} 人。",
    "statements.payout_axis": "{figure}，除以定额 {quota}",
    "statements.payout_curve": "{pays} 乘以曲线对 {figure} 的取值。空心点表示界值不属于该段。",
    "statements.payout_quota": "{pays} 乘以曲线对 {figure} 除以定额 {quota} 的取值。",
    "statements.payout_title": "{line} 如何支付",
    "statements.picture": "{of} 在 {period} 的 {plan}：{total}",
    "statements.reason": "理由",
    "statements.recovery": "归还预支",
    "statements.refusals": "未得到的部分",
    "statements.refused": "不符合条件",
    "statements.released": "发放暂扣",
    "statements.result": "结果",
    "statements.rounding": "舍入",
    "statements.share": "团队分成",
    "statements.state": "状态",
    "statements.takes": "扣减",
    "statements.total": "合计",
    "statements.undrawn": "另有 {count} 份薪酬单列在上面，此处未展开。",
    "statements.why": "原因",
    "statements.withheld": "等待",
    "task.never": "永不成立",
    "task.target": "目标中的 {keys} 属于队列和人员",
    "timeline.breach": "{at} 违反",
    "timeline.counted": "计入",
    "timeline.date": "{month}{day}日",
    "timeline.day": "{weekday}{day}日",
    "timeline.decided": "已判定，后重开",
    "timeline.due": "{at} 到期",
    "timeline.key": "{counted} 计入  {late} 逾期  {paused} 暂停  {decided} 已判定  {closed} 关闭",
    "timeline.late": "计入，已逾期",
    "timeline.nobody": "未写明是谁",
    "timeline.now": "{at} 读取",
    "timeline.paused": "暂停：{reason}",
    "timeline.standing": "计时中，关闭时段不计",
}
