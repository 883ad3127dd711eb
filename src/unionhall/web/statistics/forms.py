"""What a page about the rows behind a figure may be asked."""

from __future__ import annotations

from django import forms

from unionhall.collection.choices import RowState

SHOWN_STATES = [choice for choice in RowState.choices if choice[0] != RowState.REMOVED]


class RowsForm(forms.Form):
    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    own = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *SHOWN_STATES])
