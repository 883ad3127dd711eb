"""The plan's own rate: 7 yuan per approved member (海工字〔2019〕17号, 六（二）)."""

from django.db import migrations

INSERT = """
INSERT INTO subsidies_policy (name, rate_fen, basis, valid_from)
VALUES ('实名制管理工作专项经费', 700, '海工字〔2019〕17号 六（二）', '2019-01-01')
"""


class Migration(migrations.Migration):
    dependencies = [("subsidies", "0002_guarantees")]
    operations = [migrations.RunSQL(INSERT, "DELETE FROM subsidies_policy")]
