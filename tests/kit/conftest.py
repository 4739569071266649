from collections.abc import AsyncIterator

import pytest

from mediatheque.kit.http import Fetcher
from tests.kit.web import LOCAL


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    made = Fetcher(allow=LOCAL)
    yield made
    await made.close()
