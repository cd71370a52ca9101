"""The page in a real browser: searching, filtering, and the keyboard."""

from __future__ import annotations

from report_browser import names, search

from reports.compare import compare


def test_search_covers_every_row_and_updates_while_typing(pages, small, small_page):
    page = pages.open(small_page, "#matrix")
    failed = [r for r in small.results if r.verdict == "failed" and r.backend == "mlx"]
    count = search(page, "status:failed backend:mlx")
    assert count == f"{len({r.clause for r in failed})} of {len(small.clauses)} behaviours, {len(failed)} checks found"
    assert set(names(page)) == {r.clause for r in failed}
    search(page, "zzz-nothing")
    assert page.locator(".nothing").is_visible()
    # A row far below the screen is found, and a query can be a question.
    last = small.clauses[-1].id
    search(page, last)
    assert names(page) == [last]
    count = search(page, "differs between ref and mlx")
    assert "0 checks" not in count
    assert search(page, "differs:ref,mlx") == count


QUERIES = [
    ("imprecise", lambda r, _: r.imprecise),
    ("status:unsupported", lambda r, _: r.verdict == "unsupported"),
    ("status:failed,error", lambda r, _: r.verdict in ("failed", "error")),
    ("-status:passed -backend:ref", lambda r, _: r.verdict != "passed" and r.backend != "ref"),
    ("profile:gradient dtype:float64", lambda r, c: c.profile == "gradient" and r.dtype == "float64"),
    ("card:conv2d", lambda _, c: c.subject == "conv2d"),
    ("card:conv*", lambda _, c: c.subject.startswith("conv")),
    ("family:loss law:value", lambda r, c: c.family == "loss" and r.law == "value"),
    ("ratio:>1", lambda r, _: r.measurement is not None and r.measurement.ratio > 1),
    ("is:exhaustive", lambda r, _: r.measurement is not None and r.measurement.exhaustive),
    ('"rounded down"', lambda _, c: "rounded down" in c.sentence),
    ("NESTEROV", lambda _, c: "nesterov" in (c.id + c.sentence).lower()),
]


def test_a_query_finds_what_it_says(pages, small, small_page):
    clauses = {clause.id: clause for clause in small.clauses}
    page = pages.open(small_page, "#matrix")
    for query, wanted in QUERIES:
        expected = sum(bool(wanted(result, clauses[result.clause])) for result in small.results)
        assert expected > 0, query
        assert f", {expected:,} check" in search(page, query), query


def test_failing_in_exactly_one_backend_is_told_apart(pages, small, small_page):
    page = pages.open(small_page, "#matrix")
    wrong = {
        r.check.replace("[ref-", "[mlx-")
        for r in small.results
        if r.backend == "ref" and r.verdict not in ("passed", "unsupported")
    }
    other = {r.check for r in small.results if r.backend == "mlx" and r.verdict in ("failed", "error", "deviation")}
    # Both results of a check that one backend fails are found.
    assert f", {2 * len(wrong ^ other)} checks" in search(page, "fails in exactly one backend")


def test_a_slip_in_a_query_is_pointed_out(pages, small_page):
    page = pages.open(small_page, "#matrix")
    search(page, "stauts:failed")
    assert "There is no filter “stauts:”" in page.locator(".problem").inner_text()
    search(page, "status:broken")
    assert "not “broken”" in page.locator(".problem").inner_text()
    # Names that every object of the page's language has are no filters either.
    search(page, "constructor:x __proto__:y toString:z hasOwnProperty:")
    assert "There is no filter “constructor:”" in page.locator(".problem").first.inner_text()
    search(page, "backend:jax")
    assert "No backend here is called “jax”; there are ref and mlx." in page.locator(".problem").inner_text()


def test_chips_add_and_take_away_filters(pages, small_page):
    page = pages.open(small_page, "#matrix")
    page.get_by_role("button", name="status:failed", exact=True).click()
    page.get_by_role("button", name="backend:mlx", exact=True).click()
    assert page.locator("#search").input_value() == "status:failed backend:mlx"
    assert "q=status%3Afailed+backend%3Amlx" in page.url
    page.get_by_role("button", name="status:failed", exact=True).click()
    assert page.locator("#search").input_value() == "backend:mlx"


def test_the_keyboard_is_enough(pages, small_page):
    page = pages.open(small_page)
    page.keyboard.press("/")
    page.keyboard.type("status:failed")
    page.wait_for_url("**#matrix?q=status%3Afailed")
    page.keyboard.press("Enter")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.textContent")
    assert first != second
    assert names(page)[:2] == [first, second]
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.locator(".panel h2").inner_text() == first
    assert page.evaluate("document.activeElement.tagName") == "H2"
    # With the panel open, the list can be walked on.
    page.keyboard.press("j")
    assert page.locator(".panel h2").inner_text() == second
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == second
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    assert page.locator("h1").inner_text() == "Comparison"


def test_walking_through_all_rows_keeps_the_focus(pages, small_page):
    page = pages.open(small_page, "#matrix")
    for _ in range(60):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('tr.selected a.id')")
    focused = page.locator("tr.selected a.id").bounding_box()
    assert 0 < focused["y"] < 800


def test_a_reader_can_go_back(pages, small_page):
    page = pages.open(small_page)
    page.get_by_role("link", name="Accuracy").click()
    page.get_by_role("link", name="Findings").click()
    page.go_back()
    assert page.locator("h1").inner_text() == "Accuracy"
    page.go_back()
    assert page.locator("h1").inner_text().startswith("Does it do")


def test_a_search_narrows_a_comparison_by_what_checks_are_about(pages, small, earlier, small_page):
    page = pages.open(small_page, "#comparison")
    (_, mlx) = compare(earlier, small)
    page.locator("select").nth(0).select_option(label="mlx 0.29.1 — 1 February 2025, 09:30 UTC")
    page.locator("select").nth(1).select_option(label="mlx 0.29.1 — 1 March 2025, 09:30 UTC")
    for query, wanted in (
        ("dtype:float64", lambda change: change.result.dtype == "float64"),
        ("-dtype:float64", lambda change: change.result.dtype != "float64"),
        ("conv2d.definition", lambda change: change.result.clause == "conv2d.definition"),
    ):
        page.locator("#search").fill(query)
        changed = [change for change in mlx.changes if wanted(change)]
        shown = sum(int(count.replace(",", "")) for count in page.locator(".tile-count").all_inner_texts())
        assert shown == len(changed), query


def test_a_link_that_is_followed_at_once_leads_back_to_what_was_typed(pages, small_page):
    page = pages.open(small_page, "#matrix")
    page.evaluate("""() => {
        const box = document.getElementById("search");
        box.value = "conv2d";
        box.dispatchEvent(new Event("input", { bubbles: true }));
        const click = new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 });
        document.querySelector("table.matrix tr.clause td a").dispatchEvent(click);
    }""")
    page.locator(".panel").first.wait_for()
    assert "clause=" in page.url
    page.go_back()
    page.locator(".panel").first.wait_for(state="hidden")
    assert page.url.endswith("#matrix?q=conv2d")
    assert page.locator("#search").input_value() == "conv2d"
