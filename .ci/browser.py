"""Opens notebook 01 in JupyterLab or in Notebook 7 in a real browser, runs it, and looks at what a person sees.

    python browser.py lab SCREENSHOT_FOLDER
    python browser.py notebook SCREENSHOT_FOLDER

Expects the kernelspec "reprise" to be installed and jupyter-lab, jupyter-notebook and chromium on PATH.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from playwright.sync_api import expect, sync_playwright

TOKEN = "reprise"
FOLDER = {"lab": "/lab/tree/", "notebook": "/notebooks/"}  # where each shows a file
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]


def serve(program, folder):
    """Starts jupyter-lab or jupyter-notebook on a port that the system chooses; returns the process and its address."""
    env = dict(os.environ, JUPYTER_RUNTIME_DIR=str(folder / "runtime"), JUPYTER_CONFIG_DIR=str(folder / "config"))
    process = subprocess.Popen(
        [f"jupyter-{program}", "--no-browser", "--allow-root", "--port=0", "--ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}",
         "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", f"--ServerApp.root_dir={folder}"],
        env=env, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if "http://127.0.0.1:" in line:
            address = re.match(r"http://[^/]+", line[line.index("http://"):]).group()
            threading.Thread(target=lambda: [None for _ in process.stderr], daemon=True).start()
            return process, address
    sys.exit(f"jupyter-{program} ended before it listened")


def cleared(path):
    """The notebook as a person would get it who has not run it yet."""
    content = json.loads(path.read_text())
    content["metadata"].pop("reprise", None)  # a ledger in it would be another run's
    for c in content["cells"]:
        if c["cell_type"] == "code":
            c["outputs"], c["execution_count"] = [], None
    return content


def main(program, shots):
    shots.mkdir(parents=True, exist_ok=True)
    checks = 0

    def check(name, ok):
        nonlocal checks
        print(("ok    " if ok else "FAIL  ") + name, flush=True)
        if not ok:
            page.screenshot(path=str(shots / "failed.png"))
            sys.exit(1)
        checks += 1

    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        source = pathlib.Path("notebooks/01-reproducible-results.ipynb")
        notebook = folder / source.name
        notebook.write_text(json.dumps(cleared(source)))
        process, address = serve(program, folder)
        try:
            with sync_playwright() as p:
                browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
                page = browser.new_page(viewport={"width": 1400, "height": 1000})
                page.set_default_timeout(60_000)
                page.goto(f"{address}{FOLDER[program]}{source.name}?token={TOKEN}")
                page.wait_for_selector(".jp-NotebookPanel")
                page.wait_for_selector(".jp-NotebookPanel .jp-Toolbar-kernelName:has-text('Go (reprise)')")
                check("the notebook opens with our kernel", True)
                page.get_by_role("menuitem", name="Run", exact=True).first.click()
                page.get_by_role("menuitem", name="Run All Cells").first.click()
                page.wait_for_function(
                    """() => { const s = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')].map(e => e.textContent);
                       return s.length > 5 && s.every(t => /\\[\\d+\\]/.test(t)); }""", timeout=120_000)
                page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
                check("every cell ran", page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0)
                check("tables are tables", page.locator(".jp-OutputArea-output table").count() >= 3)
                check("plots are images", page.locator(".jp-OutputArea-output svg, .jp-OutputArea-output img").count() >= 2)
                photograph(page, ".jp-OutputArea-output table", shots / "notebook.png")
                photograph(page, ".jp-OutputArea-output svg, .jp-OutputArea-output img", shots / "plot.png")
                saved(page, notebook, source)
                check("the saved outputs are those of the shipped notebook",
                      subprocess.run([sys.executable, ".ci/same_outputs.py", source, notebook]).returncode == 0)
                proved(notebook, check)
                interactive(page, check)
                page.screenshot(path=str(shots / "interactive.png"))
                browser.close()
        finally:
            urllib.request.urlopen(urllib.request.Request(f"{address}/api/shutdown?token={TOKEN}", method="POST"), timeout=20)
            process.wait(30)
    print(f"{checks} passed, 0 failed")


def proved(notebook, check):
    """What our program says of the notebook that was run here, and of the ledger that the kernel left beside it."""
    spec = json.loads(subprocess.check_output(["jupyter", "kernelspec", "list", "--json"]))["kernelspecs"]["reprise"]["spec"]
    report = notebook.with_suffix(".html")
    same = f"{sum(c['cell_type'] == 'code' for c in json.loads(notebook.read_text())['cells'])} same"

    def says(words, *arguments):
        run = subprocess.run([spec["argv"][0], *arguments], capture_output=True, text=True)
        if run.returncode or any(word not in run.stdout for word in words):
            print(run.stdout, run.stderr)
            return False
        return True

    check("verify finds the ledger beside the notebook",
          says([f"in {notebook.stem}.ledger.jsonl, whole", same], "verify", str(notebook)))
    check("a report is made with it", says(["wrote"], "report", str(notebook), "-o", str(report)))
    notebook.with_suffix(".ledger.jsonl").rename(notebook.with_suffix(".elsewhere"))
    check("the report alone has it too", says([" records, whole", same], "verify", str(report)))
    notebook.with_suffix(".elsewhere").rename(notebook.with_suffix(".ledger.jsonl"))


def photograph(page, what, file):
    thing = page.locator(what).first
    thing.scroll_into_view_if_needed()
    expect(thing).to_be_in_viewport()
    page.evaluate("() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))")
    page.screenshot(path=str(file))


def saved(page, notebook, source):
    """Saves until every output is in the file: a reply, and with it the cell's number, can overtake outputs in the browser."""
    shown = [c["id"] for c in json.loads(source.read_text())["cells"] if c.get("outputs")]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with page.expect_response(lambda r: r.request.method == "PUT" and "/api/contents/" in r.url):
            page.keyboard.press("Control+s")
        cells = {c["id"]: c for c in json.loads(notebook.read_text())["cells"]}
        if all(cells[k].get("outputs") for k in shown):
            return


def interactive(page, check):
    """Completion, hover, interrupt and restart, in a new cell at the end."""
    notebook = page.locator(".jp-Notebook")
    notebook.locator(".jp-Cell").last.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    cell = notebook.locator(".jp-CodeCell").last
    page.keyboard.press("Enter")
    page.keyboard.type("dataframe.Sh")
    page.keyboard.press("Tab")
    page.wait_for_function("() => document.querySelector('.jp-Notebook .jp-CodeCell:last-of-type .cm-content, .jp-Completer') && [...document.querySelectorAll('.jp-Completer, .jp-mod-active .cm-content')].some(e => e.textContent.includes('Shift'))")
    check("completion knows dataframe.Shift", True)
    page.keyboard.press("Escape")
    replace(page, cell, "dataframe.Shift")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector(".jp-Tooltip:has-text('Shift')")
    check("hover shows its documentation", True)
    page.keyboard.press("Escape")
    replace(page, cell, 'for { fmt.Print("") }')
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='busy']", state="attached")
    page.get_by_role("menuitem", name="Kernel", exact=True).first.click()
    page.get_by_role("menuitem", name="Interrupt Kernel").first.click()
    page.wait_for_selector(".jp-OutputArea-output:has-text('Interrupted')")
    check("a loop is interrupted", True)
    replace(page, cell, "len(sequence)")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => [...document.querySelectorAll('.jp-OutputArea-executeResult')].pop()?.textContent.includes('10')")
    check("the variables are still there", True)
    page.get_by_role("menuitem", name="Kernel", exact=True).first.click()
    page.locator(".lm-Menu-item[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
    cell.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".jp-OutputArea-output:has-text('undefined: sequence')")
    check("a restart forgets them", True)


def replace(page, cell, text):
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
