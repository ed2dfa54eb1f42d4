import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.browser.server import free_port
from tests.deploy.proxy import Instance, running

NGINX = Path("/usr/sbin/nginx")


@pytest.fixture(scope="session")
def nginx():
    """Where nginx is missing, its tests are left out, except on the build server: there it is a failure."""
    if not NGINX.exists() and not os.environ.get("CI"):
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    return NGINX


@contextmanager
def folder_for_nginx():
    """A folder that nginx's workers, another user, can enter."""
    with tempfile.TemporaryDirectory(prefix="careerguide-nginx-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def place():
    with folder_for_nginx() as folder:
        yield folder


@pytest.fixture
def instances():
    """Two stand-ins for the site."""
    both = [Instance("first", free_port()), Instance("second", free_port())]
    yield both
    for instance in both:
        instance.going.set()
        with suppress(OSError):
            instance.stop()


@pytest.fixture
def proxy(nginx, place, instances):
    with running(place, [instance.server_port for instance in instances]) as proxy:
        yield proxy
