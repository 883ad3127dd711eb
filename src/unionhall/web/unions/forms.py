"""What the tree may be asked."""

from __future__ import annotations

from django import forms


class TreeForm(forms.Form):
    q = forms.CharField(label="工会名称或统一社会信用代码", required=False, max_length=100)
