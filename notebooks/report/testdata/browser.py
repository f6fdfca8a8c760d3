"""Opens a report in Chromium without a network: python3 browser.py PAGE.html SCREENSHOT_FOLDER

Prints one line for everything that is wrong: requests, console errors (a violated
Content-Security-Policy is one), violations that axe finds, in light and in dark, wide
and narrow. Ends with 1 when there is any.
"""
import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

page_path, shots = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
wrong = []
checked = 0
with sync_playwright() as p:
    browser = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for scheme in ("light", "dark"):
        for width in (1500, 800, 400):
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, offline=True)
            page = context.new_page()
            page.on("console", lambda m: wrong.append(f"console {m.type}: {m.text}") if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda e: wrong.append(f"error: {e}"))
            page.on("requestfailed", lambda r: wrong.append(f"failed request: {r.url[:80]}"))
            page.on("request", lambda r: wrong.append(f"request: {r.url[:80]}") if not r.url.startswith(("data:", page_path.as_uri())) else None)
            page.goto(page_path.as_uri())
            page.screenshot(path=shots / f"{scheme}-{width}.png", full_page=True)
            broken = page.evaluate("Array.from(document.images).filter(i => !i.complete || !i.naturalWidth).map(i => i.alt)")
            wrong += [f"image that does not show: {alt}" for alt in broken]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wrong.append(f"{scheme} {width}: the page scrolls sideways")
            results = Axe().run(page).response
            checked += len(results["passes"])
            for v in results["violations"]:
                for node in v["nodes"]:
                    wrong.append(f"axe, {scheme} {width}: {v['id']}: {v['help']}: {node['html'][:120]}")
            context.close()
    # Printed from a dark screen: black on white, and nothing that is long stays folded.
    context = browser.new_context(color_scheme="dark", viewport={"width": 800, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(page_path.as_uri())
    page.emulate_media(media="print")
    page.screenshot(path=shots / "print.png", full_page=True)
    ground, ink, link = page.evaluate("""() => { const s = e => getComputedStyle(e); const a = document.querySelector('main a, .skip');
        return [s(document.body).backgroundColor, s(document.body).color, s(a).color]; }""")
    if ground != "rgb(255, 255, 255)" or ink != "rgb(0, 0, 0)" or link != "rgb(5, 80, 174)":
        wrong.append(f"print: {ink} and links {link} on {ground}")
    hidden = page.evaluate("[...document.querySelectorAll('details.long:not([open]) > :not(summary)')].filter(e => !e.checkVisibility({contentVisibilityAuto: true}) || !e.getBoundingClientRect().height).length")
    if hidden:
        wrong.append(f"print: {hidden} long outputs stay folded")
    long = page.evaluate("document.querySelectorAll('details.long:not([open])').length")
    print(f"{long} long outputs open on paper")
    context.close()
    browser.close()
if checked == 0:
    wrong.append("axe checked nothing")
print("\n".join(wrong))
print(f"{checked} rules passed, {len(wrong)} complaints")
sys.exit(bool(wrong))
