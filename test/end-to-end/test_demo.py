"""The demonstration authority holds all that its papers hold, counted; and what is exported can be
imported unchanged."""
import collections
import os
import re

from harness import Folder, Tap, demo, rows, run

# The ratings printed in the paper of Quarter 1 2012/13, by reference.
PRINTED = {
    "1.1": "A", "1.2": "LG", "1.3": "LG", "1.4": "A", "1.5": "LG", "1.6": "HR", "1.7": "HR",
    "1.8": "HR", "1.9": "HR", "1.10": "A", "2.1": "A", "2.2": "HG", "2.3": "?", "2.4": "?",
    "2.5": "?", "2.6": "A", "2.7": "HG", "2.8": "LR", "2.9": "?", "2.10": "A", "2.11": "LG",
    "3.1": "LR", "3.2": "LG", "3.3": "LG", "3.4": "LR", "3.5": "LG", "3.6": "LG", "4.1": "LG",
    "4.2": "A", "4.3": "", "4.4": "", "4.5": "", "4.6": "A", "4.7": "LG", "5.1": "",
    "5.1A": "HG", "5.1B": "LG", "5.1C": "HG", "5.1D": "HG", "5.1E": "LG", "5.1F": "LR",
    "5.1G": "LG", "5.1H": "LG", "5.1I": "LR", "5.1J": "LG", "5.1K": "A", "5.1L": "A",
    "5.1M": "A", "5.1N": "HG", "5.2": "LG", "5.3": "LG", "5.4": "A", "6.1": "", "6.2": "HG",
    "6.3": "", "6.3a": "HG", "6.3b": "LG", "6.3c": "A", "6.3d": "LG", "6.4": "LG", "6.5": "LR",
    "6.6": "?", "6.7": "LR", "7.1": "A", "7.2": "A", "7.3": "HR", "8.1": "HG", "8.2": "LR",
    "8.3": "A",
}
# Values and targets of the same paper, by measure: printed figure, comparator, target.
FIGURES = {
    "bame-employees": ("40.23", "at-least", "39"),
    "disabled-employees": ("2.04", "at-least", "3"),
    "top5-bame": ("16.13", "at-least", "20"),
    "top5-women": ("47.58", "at-least", "50"),
    "top5-disabled": ("1.61", "at-least", "5"),
    "ld-employment": ("4.8", "at-least", "18"),
}
BODIES = """ceg csb cabinet overview-scrutiny performance-finance employees-consultative-forum madg
black-workers-group staff-lgbt-forum blm-staff-group improvement-boards policy-team
harrow-strategic-partnership london-councils west-london-alliance police hate-crime-forum dv-forum
had havs vcs residents-panel tlcf hftra bsl-charter-audit tension-monitoring""".split()


def check_plan(tap, workspace):
    schemes = {row["code"]: row for row in rows("schemes", workspace)}
    tap.equal("four objective sets", sorted(schemes),
              ["ceo-2012", "ceo-2016", "edi-2020", "ses-2011"])
    objectives = collections.Counter(row["scheme"] for row in rows("objectives", workspace))
    tap.equal("objectives of each set", dict(objectives),
              {"ses-2011": 6, "ceo-2012": 8, "ceo-2016": 3, "edi-2020": 3})
    mapped = {(row["mapped_from"].rsplit("-", 1)[0], row["objective"].rsplit("-", 1)[0])
              for row in rows("objective-mappings", workspace)}
    tap.check("each set is mapped to the next",
              {("ses-2011", "ceo-2012"), ("ceo-2012", "ceo-2016"), ("ceo-2016", "edi-2020")}
              <= mapped, mapped)
    actions = [row for row in rows("actions", workspace) if row["objective"].startswith("ses-2011")]
    tap.equal("92 actions of the scheme", len(actions), 92)
    by_objective = collections.Counter(row["objective"] for row in actions)
    tap.equal("17, 7, 27, 22, 12 and 7 of them",
              [by_objective[f"ses-2011-{n}"] for n in range(1, 7)], [17, 7, 27, 22, 12, 7])
    tap.check("every one of the 92 has a lead, a target date and a measure of success",
              all(row["lead_text"] and row["target_date"] and row["success_measure"]
                  for row in actions))
    leads = collections.Counter(row["action"] for row in rows("action-leads", workspace))
    tap.check("every action of the scheme has its leads as rows",
              all(leads[row["code"]] > 0 for row in actions))
    roles = {row["role"] for row in rows("action-leads", workspace)
             if row["action"].startswith("ceo-2016")}
    tap.check("the plan of 2016 has all four roles",
              {"strategic", "operational", "accountable", "supporting"} <= roles, roles)
    priorities = [row for row in rows("priorities", workspace)
                  if row["objective"].startswith("ceo-2016")]
    tap.equal("14 priorities of the plan of 2016", len(priorities), 14)
    tags = rows("action-tags", workspace)
    tap.check("a printed Gender is not read as sex",
              all(row["characteristic"] == "gender-as-printed"
                  for row in tags if row["heading"] == "Gender")
              and any(row["heading"] == "Gender" for row in tags))
    history = {row["action"] for row in rows("action-statuses", workspace)}
    tap.check("every action has a status with its reason",
              history == {row["code"] for row in rows("actions", workspace)})


def check_return(tap, workspace):
    returned = [row for row in rows("return-rows", workspace)
                if row["directorate_return"].startswith("2012-13-Q1-")]
    printed = {row["reference"]: row["declared"] or "" for row in returned}
    tap.equal("every row of the paper, with its printed rating", printed, PRINTED)
    measures = {row["code"]: row for row in rows("measures", workspace)}
    values = {row["measure"]: row for row in rows("values", workspace)
              if row["period"] == "2012-13-Q1"}
    targets = {row["measure"]: row for row in rows("targets", workspace)
               if row["period"] == "2012-13" and row["kind"] == "annual"}
    for code, (value, comparator, target) in FIGURES.items():
        found = (values[code]["value"], targets[code]["comparator"], targets[code]["value"])
        tap.equal(f"value and target of {code}", found, (value, comparator, target))
    parents = collections.Counter(row["parent"] for row in measures.values() if row["parent"])
    tap.equal("sub-outputs 5.1A to 5.1N", parents["construction-employment-programme"], 14)
    tap.equal("sub-outputs 6.3a to 6.3d", parents["hate-crime-action-plan"], 4)
    places = [row["reference"] for row in rows("measures-under-objectives", workspace)
              if row["measure"] == "eet-16-18"]
    tap.equal("one measure under two objectives", sorted(places), ["1.3", "3.6"])
    tap.equal("which is the complement of another", measures["eet-16-18"]["complement_of"],
              "neet-16-18")
    tap.check("neighbours are comparators with a source",
              any(row["name"] and row["source"] for row in rows("comparators", workspace)))
    tap.check("forecasts are held apart",
              any(row["measure"] == "ld-employment" for row in rows("forecasts", workspace)))


def check_authority(tap, workspace):
    authority = rows("authorities", workspace)
    tap.equal("one authority, plainly a demonstration", [row["name"] for row in authority],
              ["Harrow Council (demonstration)"])
    bodies = {row["code"]: row for row in rows("bodies", workspace)}
    tap.equal("the bodies of the papers", [code for code in BODIES if code not in bodies], [])
    tap.equal("the corporate group meets every two months", bodies["ceg"]["cycle"], "two-monthly")
    kinds = {row["kind"] for row in rows("unit-changes", workspace)}
    tap.check("directorates have successors", {"rename", "merge", "split"} <= kinds, kinds)
    characteristics = {row["code"]: row for row in rows("characteristics", workspace)}
    statutory = [code for code, row in characteristics.items() if row["statutory"]]
    tap.equal("nine characteristics of the Act", len(statutory), 9)
    marriage = characteristics["marriage-civil-partnership"]
    tap.equal("of which marriage has the first aim alone",
              [marriage["aim_eliminate"], marriage["aim_advance"], marriage["aim_foster"]],
              [True, False, False])


def check_round_trip(tap, workspace, folder):
    code, _, words = run("export", "no-such-kind", workspace=workspace)
    tap.equal("an unknown kind is wrong use", code, 2)
    kinds = re.search(r"[Tt]he kinds are (.*)\.$", words.strip()).group(1).split(", ")
    tap.check("there are kinds to export", len(kinds) > 30, kinds)
    for kind in kinds:
        path = os.path.join(folder, "round.csv")
        name = kind.replace(" ", "-")
        run("export", name, "-o", path, workspace=workspace)
        code, out, err = run("import", name, path, workspace=workspace)
        holds = code == 0 and re.search(r" 0 new, 0 changed, \d+ as they were, 0 refused", out)
        tap.check(f"{kind}: what is exported is imported unchanged", bool(holds), out + err)
    code, out, _ = run("audit", workspace=workspace)
    tap.equal("the audit is whole", code, 0)


def main():
    tap = Tap()
    with Folder() as folder:
        workspace = demo(folder)
        check_plan(tap, workspace)
        check_return(tap, workspace)
        check_authority(tap, workspace)
        check_round_trip(tap, workspace, folder)
    tap.end()


main()
