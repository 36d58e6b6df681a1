"""Search from the command line and as JSON from a page: what is on record, within the same rights."""
import json

from harness import Folder, Tap, demo, run


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        code, out, err = run("search", "hate", "crime", "--format", "json", workspace=workspace)
        hits = json.loads(out)
        tap.check("hate crime is found in plan, measures and returns", code == 0 and
                  {"action", "objective", "return_row"} <= {hit["kind"] for hit in hits}, out + err)
        tap.check("each hit has the words and a page", all(hit["path"].startswith("/") for hit in hits), out)
        code, out, _ = run("search", "zyzzyva", workspace=workspace)
        tap.check("what is not there is not found", code == 0 and out.strip() == "0 found.", out)
        run("account", "add", "adam", "--name", "Adam Made-Up", "--email", "adam@council.invalid", workspace=workspace)
        run("account", "grant", "adam", "administrator", workspace=workspace)
        code, out, err = run("search", "hate", "--as", "adam", workspace=workspace,
                             environment={"DUEREGARD_PAGES": "signed-in"})
        tap.check("who may not read finds nothing", code == 1 and not out, out + err)
    tap.end()


main()
