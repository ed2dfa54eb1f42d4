"""The two ways of deleting in the admin, confirmed with a reason."""

from tests.admin.pages import address


def confirm(client, record, reason="It was wrong."):
    values = {"post": "yes", "change_reason": reason}
    return client.post(address(type(record), "delete", record.pk), values)


def confirm_in_list(client, record, reason="It was wrong."):
    values = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes", "change_reason": reason}
    return client.post(address(type(record), "changelist"), values)


BOTH = [confirm, confirm_in_list]
