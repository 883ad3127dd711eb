from django.urls import path

from unionhall.web.collection import batches, rows, submitting

urlpatterns = [
    path("", batches.batch_list, name="batch-list"),
    path("new/", batches.batch_new, name="batch-new"),
    path("template/<str:kind>/", batches.template_download, name="template-download"),
    path("<int:batch_id>/", rows.batch_page, name="batch-page"),
    path("<int:batch_id>/rows/<int:row_id>/", rows.batch_row, name="batch-row"),
    path("<int:batch_id>/submit/", submitting.batch_submit, name="batch-submit"),
    path("<int:batch_id>/workbook/", submitting.batch_workbook, name="batch-workbook"),
]
