"""The admin of editorial work itself."""

from editorial import (
    proposal_admin,  # noqa: F401 -- registers what waits for a publisher, and what was changed
    reports_admin,  # noqa: F401 -- registers reported errors
)
