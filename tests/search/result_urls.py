"""Reading the results off a search page."""

from urllib.parse import urlencode

from tests.reading import Page, links


def result_urls(client, query: str) -> list[str]:
    """The URLs of the results on the first page, in their order."""
    response = client.get(f"/search/?{urlencode({'q': query})}")
    assert response.status_code == 200
    return [url for hits in Page(response).all("ol", class_="hits") for url in links(hits)]
