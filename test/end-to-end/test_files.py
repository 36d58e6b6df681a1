"""The files that pages offer: the same rows as CSV and as ODS, and as many as the page says."""
import csv
import http.client
import io
import json
import xml.etree.ElementTree as tree
import zipfile

from browser import Server
from harness import Folder, Tap, demo

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def fetch(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def rows_of_csv(data):
    return [row for row in csv.reader(io.StringIO(data.decode("utf-8")))]


def rows_of_ods(data):
    """The first sheet's cells as they are shown; a cell that repeats counts as often."""
    content = tree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))
    rows = []
    for row in content.iter(TABLE + "table-row"):
        cells = []
        for cell in row.iter(TABLE + "table-cell"):
            words = "\n".join("".join(part.itertext()) for part in cell.iter(TEXT + "p"))
            cells += [words] * int(cell.get(TABLE + "number-columns-repeated", "1"))
        rows.append(cells)
    return rows


def main():
    tap = Tap()
    with Folder() as folder:
        with Server(demo(folder)) as server:
            for name, least in (("/scorecard/ratings", 70), ("/measures/short-breaks/values", 2)):
                status, data = fetch(server.port, f"{name}.csv")
                as_csv = rows_of_csv(data)
                tap.equal(f"{name}.csv answers", status, 200)
                tap.check(f"{name}.csv has rows of one length",
                          len(as_csv) > least and len({len(row) for row in as_csv}) == 1, as_csv[:3])
                status, data = fetch(server.port, f"{name}.ods")
                as_ods = rows_of_ods(data)
                tap.equal(f"{name}.ods has the same rows", as_ods, as_csv)
            status, data = fetch(server.port, "/scorecard/ratings.csv")
            ratings = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
            bame = [row for row in ratings if row["measure"] == "bame-employees"][0]
            tap.equal("a rating is told as declared and as computed",
                      (bame["value"], bame["declared"], bame["computed"]), ("40.23%", "A", "LG"))
            for query in ("", "?due=ended&lead=vacant", "?status=no-such"):
                found = len(rows_of_csv(fetch(server.port, f"/actions.csv{query}")[1])) - 1
                mark = "&" if query else "?"
                told = json.loads(fetch(server.port, f"/actions{query}{mark}format=json")[1])["total"]
                tap.equal(f"/actions.csv{query} has as many actions as the page says", found, told)
            tap.equal("a period that is none has no file",
                      fetch(server.port, "/scorecard/ratings.csv?period=nonsense")[0], 404)
    tap.end()


main()
