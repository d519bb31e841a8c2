import os
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="true"
import pytest
from uuid import uuid4
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_person
from connectors import connecting
from connectors.wishes import Wish
from connectors.models import *
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run as work
from playwright.sync_api import sync_playwright
from axe_playwright_python.sync_playwright import Axe

@pytest.mark.django_db(transaction=True)
def test_look(live_server, site, signed_in, settings, tmp_path):
    settings.ALLOWED_HOSTS=["*"]
    settings.FOLDERS=[tmp_path]
    org=Organisation(name="Northwind Works")
    with context.organisation(org.id):
        org.save(force_insert=True)
        user=make_person("p2","Wilhelmine Attenborough","admin-platform")
    with context.organisation(org.id):
        c=connecting.save(user, Wish(name="Industry news", kind="feed", location="http://news.example/feed?key=abc", secret="Bearer x"), None)
        c2=connecting.save(user, Wish(name="Policies of our company, a rather long name", kind="folder", location=str(tmp_path), audience="coaches"), None)
        c3=connecting.save(user, Wish(name="Openings", kind="json", location="http://nowhere.example/jobs", paused=True), None)
    def sync(c):
        with context.organisation(org.id):
            j=JobRun.objects.create(job="connectors.sync", dedup_key=str(uuid4()), arguments={"connection": str(c.pk)})
        work(str(j.pk), str(org.pk))
    site.feed(*[f"Article number {n}" for n in range(30)], {"title":"","text":""})
    sync(c)
    site.says(b"<!doctype html><p>Sorry.", "text/html")
    sync(c); sync(c3)
    (tmp_path/"a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)); (tmp_path/"b.txt").write_text("Some text.\n\nMore of it.")
    sync(c2)
    with context.organisation(org.id):
        run=SyncRun.objects.filter(connection=c).last(); rid=run.pk
        prun=SyncRun.objects.get(connection=c2).pk
    client=signed_in(user)
    site.feed(*[f"Article number {n}" for n in range(30)])
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        bad=[]
        for theme in ("light","dark"):
            for width in (1440,390):
                ctx=b.new_context(viewport={"width":width,"height":900}, color_scheme=theme)
                ctx.add_cookies([{"name":k,"value":m.value,"url":live_server.url} for k,m in client.cookies.items()]+[{"name":"theme","value":theme,"url":live_server.url}])
                page=ctx.new_page()
                page.on("console", lambda m: bad.append((theme,width,page.url,m.text)) if m.type in("error","warning") and not quiet else None)
                quiet=[]
                def shot(name):
                    page.wait_for_load_state("networkidle")
                    quiet.append(1)
                    r=Axe().run(page)
                    page.wait_for_timeout(100)
                    for v in r.response["violations"]:
                        bad.append((theme,width,name,v["id"],[n["html"][:150] for n in v["nodes"]][:3]))
                    over=page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    if over>0: bad.append((theme,width,name,"overflow",over))
                    page.screenshot(path=f"/tmp/cf_shots_d/{name}-{theme}-{width}.png", full_page=True); page.wait_for_timeout(100); quiet.clear()
                L=live_server.url+"/admin/connectors/"
                page.goto(L+"connection/"); shot("list")
                page.goto(L+"connection/add/"); 
                page.fill("#id_name","Try"); page.select_option("#id_kind","feed"); page.fill("#id_location","http://news.example/feed"); page.click("[name=_test]"); shot("preview")
                page.fill("#id_location","http://localhost/"); page.fill("#id_items","a["); page.click("[name=_save]"); shot("errors")
                page.goto(L+f"connection/{c.pk}/change/"); shot("change")
                page.goto(L+f"connection/{c.pk}/documents/"); shot("documents")
                page.goto(L+f"connection/{c2.pk}/documents/"); shot("documents-closed")
                page.goto(L+f"connection/{c.pk}/delete/"); shot("delete")
                page.goto(L+"syncrun/"); shot("runs")
                page.goto(L+f"syncrun/{prun}/change/"); shot("run")
                page.goto(L+f"syncproblem/?run__id__exact={prun}"); shot("problems")
                page.goto(L+f"connection/{c2.pk}/change/"); page.click("text=Synchronise now"); page.wait_for_url("**/tasks/**"); shot("task")
                ctx.close()
        page_fail=[]
        for x in bad: print("BAD",x)
        b.close()
    assert 0
