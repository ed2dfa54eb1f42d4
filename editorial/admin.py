"""The admin of editorial work itself."""

import editorial.proposals.admin  # registers what waits for a publisher, and what was changed
import editorial.reports.admin  # noqa: F401 -- registers reported errors
