import pytest
from django.core.exceptions import ValidationError

from careerguide.validators import partial_date, web_address


@pytest.mark.parametrize("value", ["2025", "2025-05", "2025-12", "2025-05-31", "2024-02-29", "1999-01-01"])
def test_partial_date_takes(value):
    partial_date(value)


@pytest.mark.parametrize(
    "value",
    ["25", "2025-", "2025-5", "2025-00", "2025-13", "2025-05-00", "2025-05-32", "2025-02-30", "2023-02-29", "May 2025"]
    + ["2025/05", "2025-05-31T00", " 2025", "2025\n", "2025-05\n", "٢٠٢٥", "20250531"],
)
def test_partial_date_refuses(value):
    with pytest.raises(ValidationError):
        partial_date(value)


@pytest.mark.parametrize(
    "value", ["http://example.org", "https://example.org/a%20b?c=d#e", "https://example.org:8443/"]
)
def test_web_address_takes(value):
    web_address(value)


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,a",
        "ftp://example.org",
        "file:///a",
    ]
    + [
        "//example.org",
        "example.org",
        "https://",
        "https://example.org\n",
        "https://exa mple.org",
        "mailto:a@example.org",
    ],
)
def test_web_address_refuses(value):
    with pytest.raises(ValidationError):
        web_address(value)
