"""Career pages: robots.txt is obeyed, the sitemap is followed, each page's posting is read."""

from pathlib import Path

import pytest

from careerforge.http.errors import BadStatus, FetchError, Refused
from connectors.kinds import careers
from connectors.kinds.careers import KIND
from connectors.kinds.fetching import Limits
from connectors.parsing.details import details
from tests.connectors.careers.test_sitemaps import page as entry
from tests.connectors.careers.test_sitemaps import urlset

SITE = "https://a.example"
EXAMPLE = Path(careers.__file__).with_name("example.html").read_text()
RULES = "User-agent: *\nDisallow: /private/\nCrawl-delay: 2\nSitemap: https://a.example/maps.xml\n"


def site(web, *pages: str, rules: str | None = None) -> None:
    """A site with these entries in its sitemap, and the example at each job's address."""
    if rules is not None:
        web.page(f"{SITE}/robots.txt", rules, "text/plain")
    name = "maps.xml" if rules and "maps.xml" in rules else "sitemap.xml"
    web.page(f"{SITE}/{name}", urlset(*pages), "application/xml")


def posting(web, path: str, title: str = "Smith", **rest: str) -> None:
    web.page(f"{SITE}{path}", EXAMPLE.replace('"Platform Smith"', f'"{title}"'), headers=rest)


def read(web, location: str = f"{SITE}/careers/", **rest):
    return KIND and web.read(KIND, location, **rest)


def titles(ran) -> list[str]:
    return [item.title for item in ran.items]


def test_a_posting_is_read_under_the_address_of_its_page(web):
    site(web, entry(f"{SITE}/jobs/smith?utm_source=map", "2026-10-01"), entry(f"{SITE}/about"))
    posting(web, "/jobs/smith?utm_source=map", "Platform Smith")
    ran = read(web)
    (item,) = ran.items
    assert (item.external_id, item.url) == (f"{SITE}/jobs/smith", f"{SITE}/jobs/smith?utm_source=map")
    assert item.text == "You forge clusters & tools.\n\n- Kubernetes\n\n"[:-2]
    facts = details(item)
    assert (facts.company, facts.locations, facts.remote) == ("Anvil Works", ("Graz, AT",), True)
    assert (facts.salary_min, facts.salary_max, facts.salary_period) == (420_000, 510_000, "month")
    assert (facts.skills, facts.reference, facts.employment) == (("Kubernetes", "Go"), "AW-17", "full_time")
    assert facts.valid_through == "2026-12-31T23:59:00+00:00"
    assert (ran.reasons, ran.end.is_complete) == ([], True)
    assert f"{SITE}/about" not in web.asked


def test_robots_txt_is_obeyed_and_its_delay_is_kept(web):
    site(web, entry(f"{SITE}/private/jobs/1"), entry(f"{SITE}/jobs/2"), rules=RULES)
    posting(web, "/private/jobs/1")
    posting(web, "/jobs/2", "Allowed")
    assert titles(read(web)) == ["Allowed"]
    assert f"{SITE}/private/jobs/1" not in web.asked
    # Between robots.txt and the map, and between the map and the page.
    assert [round(wait) for wait in web.rests] == [2, 2]


def test_a_site_that_forbids_everything_is_refused_in_words(web):
    site(web, entry(f"{SITE}/jobs/2"), rules="User-agent: *\nDisallow: /\n")
    with pytest.raises(Refused, match=r"robots\.txt"):
        read(web)
    assert web.asked == [f"{SITE}/robots.txt"]


def test_rules_for_us_by_name_count(web):
    rules = "User-agent: *\nAllow: /\n\nUser-agent: CareerForge\nDisallow: /jobs/\n"
    site(web, entry(f"{SITE}/jobs/2"), rules=rules)
    with pytest.raises(Refused):
        read(web)


def test_a_robots_txt_that_cannot_be_had_for_the_sites_fault_forbids_everything(web):
    site(web, entry(f"{SITE}/jobs/2"))
    web.page(f"{SITE}/robots.txt", "oh", "text/plain", "503 Service Unavailable")
    with pytest.raises(BadStatus):
        read(web)
    assert set(web.asked) == {f"{SITE}/robots.txt"}


def test_a_page_that_is_gone_leaves_a_complete_listing_without_it(web):
    site(web, entry(f"{SITE}/jobs/1"), entry(f"{SITE}/jobs/2"), entry(f"{SITE}/jobs/3"))
    posting(web, "/jobs/1", "There")
    web.page(f"{SITE}/jobs/3", "over", status="410 Gone")
    ran = read(web)
    assert (titles(ran), ran.reasons, ran.end.is_complete) == (["There"], [], True)


def test_a_page_that_fails_is_said_and_stops_none_of_the_others(web):
    site(web, *(entry(f"{SITE}/jobs/{n}") for n in range(3)))
    web.page(f"{SITE}/jobs/0", "no", status="403 Forbidden")
    posting(web, "/jobs/1", "One")
    posting(web, "/jobs/2", "Two")
    ran = read(web)
    assert titles(ran) == ["One", "Two"]
    assert [body.where for body in ran.bodies if body.problem] == [f"{SITE}/jobs/0"]


def test_a_posting_whose_time_is_over_is_gone(web):
    site(web, entry(f"{SITE}/jobs/1"))
    web.page(f"{SITE}/jobs/1", EXAMPLE.replace("2026-12-31T23:59", "2026-11-20"))
    ran = read(web)
    assert (ran.items, ran.parsed[0].gone) == ([], (f"{SITE}/jobs/1",))


def test_two_postings_of_one_page_stay_two(web):
    site(web, entry(f"{SITE}/jobs/1"))
    script = EXAMPLE[EXAMPLE.index("<script type") : EXAMPLE.rindex("</script>") + 9]
    web.page(f"{SITE}/jobs/1", EXAMPLE.replace("</head>", script.replace("AW-17", "AW-18") + "</head>"))
    assert {item.external_id for item in read(web).items} == {f"{SITE}/jobs/1#AW-17", f"{SITE}/jobs/1#AW-18"}


def test_a_second_run_asks_only_for_what_has_changed(web):
    site(web, entry(f"{SITE}/jobs/1", "2026-10-01"), entry(f"{SITE}/jobs/2", "2026-10-01"))
    posting(web, "/jobs/1")
    posting(web, "/jobs/2")
    first = read(web)
    site(web, entry(f"{SITE}/jobs/1", "2026-10-01"), entry(f"{SITE}/jobs/2", "2026-11-01"))
    web.asked.clear()
    second = read(web, since=first.end.remember)
    assert web.asked[-1] == f"{SITE}/jobs/2"
    assert f"{SITE}/jobs/1" not in web.asked
    assert [body.place for body in second.bodies if body.unchanged] == [f"{SITE}/jobs/1"]
    assert second.end.is_complete


def test_pages_without_a_date_are_asked_again(web):
    site(web, entry(f"{SITE}/jobs/1"))
    posting(web, "/jobs/1")
    first = read(web)
    web.asked.clear()
    read(web, since=first.end.remember)
    assert web.asked[-1] == f"{SITE}/jobs/1"


def test_maps_of_maps_are_followed_on_the_same_host_only(web):
    index = "".join(
        f"<sitemap><loc>{url}</loc></sitemap>" for url in (f"{SITE}/jobs.xml", "https://b.example/jobs.xml")
    )
    web.page(f"{SITE}/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>", "application/xml")
    web.page(f"{SITE}/jobs.xml", urlset(entry(f"{SITE}/jobs/1")), "application/xml")
    posting(web, "/jobs/1", "Inner")
    assert titles(read(web)) == ["Inner"]
    assert not any("b.example" in url for url in web.asked)


def test_a_map_that_cannot_be_read_removes_nothing(web):
    site(web, entry(f"{SITE}/jobs/1"), rules=RULES + "Sitemap: https://a.example/other.xml\n")
    web.page(f"{SITE}/other.xml", "<html>login</html>")
    posting(web, "/jobs/1")
    ran = read(web)
    assert (titles(ran), ran.end.is_complete) == (["Smith"], False)
    assert "not a sitemap" in ran.reasons[0]


def test_without_a_sitemap_the_links_of_the_page_are_followed(web):
    links = (
        '<a href="/jobs/1">Smith</a> <a href="/imprint">Imprint</a> <a href="https://b.example/jobs/9">x</a>'
    )
    web.page(f"{SITE}/careers/", f"<html><body><h1>Work here</h1>{links}</body></html>")
    posting(web, "/jobs/1", "Linked")
    ran = read(web)
    assert (titles(ran), ran.end.is_complete) == (["Linked"], False)
    assert web.asked[-1] == f"{SITE}/jobs/1"


def test_the_addresses_can_be_named(web):
    site(web, entry(f"{SITE}/werkstatt/1"), entry(f"{SITE}/jobs/2"))
    posting(web, "/werkstatt/1", "Named")
    assert titles(read(web, wanted="/werkstatt/")) == ["Named"]


def test_an_interrupted_walk_goes_on_behind_what_was_stored(web):
    site(web, *(entry(f"{SITE}/jobs/{n}") for n in range(3)))
    for n in range(3):
        posting(web, f"/jobs/{n}", f"Smith {n}")
    rest = read(web, cursor=f"{SITE}/jobs/1")
    assert titles(rest) == ["Smith 2"]
    # What the attempt before has read need not be asked for again soon.
    assert len(rest.end.remember["pages"]) == 3


def test_what_is_not_reached_is_still_listed(web):
    site(web, *(entry(f"{SITE}/jobs/{n}") for n in range(4)))
    for n in range(4):
        posting(web, f"/jobs/{n}", f"Smith {n}")
    whole = read(web)
    few = read(web, since=whole.end.remember, limits=Limits(pages=4))
    assert len(few.items) == 2
    assert [body.place for body in few.bodies if body.unchanged] == [f"{SITE}/jobs/2", f"{SITE}/jobs/3"]
    assert few.end.is_complete


def test_a_page_without_a_posting_is_left_out_or_kept_as_asked(web):
    site(web, entry(f"{SITE}/jobs/"))
    web.page(f"{SITE}/jobs/", f"<html><body><h1>Jobs</h1><p>{'We forge. ' * 40}</p></body></html>")
    assert (read(web).items, read(web).reasons) == ([], [])
    assert [item.kind for item in read(web, all_pages=True).items] == ["page"]


def test_a_place_that_is_no_web_address_is_refused():
    with pytest.raises(FetchError, match="https"):
        KIND.check("ftp://a.example/jobs")
