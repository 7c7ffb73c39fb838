"""Kept pages: bounded, of one version, compressed once."""

import gzip
import threading
from random import Random

import brotli

from remedies_site.pagecache.store import SETTLED_SECONDS, PageStore, StoredPage

ONE, TWO = (("all", 1),), (("all", 2),)


def page(body: bytes, version=ONE) -> StoredPage:
    return StoredPage(version, [("Content-Type", "text/html")], {"": body})


def test_a_page_of_another_version_is_forgotten():
    store = PageStore(1_000_000)
    store.put("a", page(b"x" * 1000))
    assert store.get("a", ONE) is not None
    assert store.get("a", TWO) is None
    assert store.size == 0


def test_bytes_are_bounded_and_what_was_used_last_stays():
    store = PageStore(100_000)
    for key in range(20):
        store.put(key, page(b"x" * 8_000))
        store.get(0, ONE)
        assert store.size <= 100_000
    assert store.get(0, ONE) is not None
    assert store.get(1, ONE) is None
    assert store.get(19, ONE) is not None


def test_a_body_that_is_added_counts_once_the_size_is_looked_at_again():
    store = PageStore(100_000)
    kept = page(b"<p>Words</p>" * 500)
    store.put("a", kept)
    before = store.size
    added = len(kept.body("gzip"))
    store.resize("a", kept)
    assert store.size == before + added
    store.put("a", page(b"x" * 50_000))  # too large to be kept
    assert store.size == 0


def test_a_page_that_is_too_large_is_not_kept():
    store = PageStore(100_000)
    store.put("a", page(b"x" * 50_000))
    assert store.get("a", ONE) is None


def test_bodies_are_the_same_in_every_encoding():
    body = b"<p>Words</p>" * 100
    kept = page(body)
    assert kept.encoding({"gzip", "br"}) == "br"
    assert kept.encoding({"gzip", "zstd"}) == "gzip"
    assert kept.encoding(set()) == ""
    assert brotli.decompress(kept.body("br")) == body
    assert gzip.decompress(kept.body("gzip")) == body
    assert page(b"short").encoding({"br", "gzip"}) == ""


def test_what_may_not_be_kept_is_known_by_version_and_bounded():
    store = PageStore(1_000_000)
    store.mark_uncacheable("a", ONE)
    assert store.is_uncacheable("a", ONE)
    assert not store.is_uncacheable("a", TWO)
    for number in range(5_000):
        store.mark_uncacheable(number, ONE)
    assert not store.is_uncacheable("a", ONE)
    assert store.is_uncacheable(4_999, ONE)


def test_one_thread_makes_a_page_and_the_others_wait():
    store = PageStore(1_000_000)
    made, waited = [], []
    begin = threading.Barrier(8)

    def ask():
        begin.wait()
        with store.making("a", 5) as is_maker:
            if is_maker:
                made.append(1)
                store.put("a", page(b"x" * 1000))
            else:
                waited.append(store.get("a", ONE))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(made) + len(waited) == 8
    assert all(waited)
    assert store._making == {}


def test_a_page_that_has_stood_for_a_while_is_made_as_small_as_can_be():
    words = Random(1).choices(["magnesium", "zinc", "sleep", "dose", "study", "legs"], k=9000)
    kept = page(" ".join(words).encode())
    quick = kept.body("br")
    assert not kept.is_settled
    kept.made_at -= SETTLED_SECONDS + 1
    assert kept.is_settled
    kept.compress_hard()
    small = kept.body("br")
    assert len(small) < len(quick)
    assert brotli.decompress(small) == kept.bodies[""]


def test_the_size_of_a_page_that_is_gone_changes_nothing():
    store = PageStore(100_000)
    old, new = page(b"<p>Old</p>" * 100), page(b"<p>New</p>" * 100, TWO)
    store.put("a", old)
    store.put("a", new)
    old.body("gzip")
    store.resize("a", old)
    assert store.get("a", TWO) is new
    assert store.size == new.size
