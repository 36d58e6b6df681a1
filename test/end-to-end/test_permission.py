"""Every command × every role: who gets through is what docs/permissions.md says, and nobody else."""
import os
import re
import shutil

from harness import ROOT, Folder, Tap, demo, run


def table():
    """role → right → how far it reaches, from the page."""
    with open(os.path.join(ROOT, "docs", "permissions.md"), encoding="utf-8") as page:
        lines = page.read().splitlines()
    heads = next(line for line in lines if line.startswith("| role |"))
    rights = [cell.strip() for cell in heads.strip("|").split("|")][1:]
    roles = {}
    for line in lines[lines.index(heads) + 2:]:
        match = re.match(r"\| `([\w-]+)`", line)
        if not match:
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")][1:]
        roles[match.group(1)] = dict(zip(rights, cells))
    return roles


def commands():
    """Each command with its right; `attack` passes all words on and opens no workspace."""
    overview = run("--help")[1]
    listed = re.search(r"Commands:\n(.*?)\n\n", overview, re.S).group(1)
    found = {}
    for name in re.findall(r"^  ([\w-]+) ", listed, re.M):
        if name == "attack":
            continue
        words = run(name, "--help")[1]
        found[name] = re.search(r"^Needs the right: ([\w-]+)$", words, re.M).group(1)
    return found


# What makes some commands get past reading their words, and end soon; others are given words until
# they have enough.
WORDS = {
    "account": ["list"], "audit": ["verify"], "backup": ["/nowhere/copy"], "check": ["--period", "2012-13-Q1"],
    "explain": ["rating"], "import": ["units", "none.csv"], "restore": ["/nowhere/copy"],
    "serve": ["--listen", "8.8.8.8"],
}


def attempt(name, role, workspace):
    """Runs a command as somebody; gives its exit code and words."""
    words = list(WORDS.get(name, []))
    while True:
        code, out, err = run(name, *words, "--as", role, workspace=workspace)
        if code != 2 or "Write `dueregard" not in err or len(words) == 6:
            return code, out, err
        words.append("none")


def main():
    tap = Tap()
    roles, rights = table(), commands()
    tap.equal("there are eleven roles", len(roles), 11)
    tap.check("every command names its right", rights and "unset" not in rights.values(), rights)
    with Folder() as folder:
        workspace = demo(folder)
        for role in roles:
            run("account", "add", role, "--name", "Made up", "--email", f"{role}@example.invalid",
                workspace=workspace)
            code, _, err = run("account", "grant", role, role, workspace=workspace)
            tap.check(f"there is a {role}", code == 0, err)
        run("account", "add", "nobody", "--name", "Made up", "--email", "nobody@example.invalid",
            workspace=workspace)
        for name, right in rights.items():
            for role in [*roles, "nobody"]:
                may = right == "public" or bool(roles.get(role, {}).get(right))
                where = workspace
                if may and right not in ("read", "public"):
                    where = os.path.join(folder, "copy")
                    shutil.copytree(workspace, where, dirs_exist_ok=True)
                code, out, err = attempt(name, role, where)
                refused = code == 1 and "may not: this needs the right" in err
                tap.check(f"{name} as {role} is {'let through' if may else 'refused'}",
                          refused != may and (may or not out), out[-300:] + err)
        code, _, err = run("export", "units", "--as", "emperor", workspace=workspace)
        tap.check("an account that is none is refused", code == 3 and len(err.splitlines()) == 1, err)
        run("account", "close", "auditor", workspace=workspace)
        code, _, err = run("export", "units", "--as", "auditor", workspace=workspace)
        tap.check("a closed one too", code == 1 and "closed" in err, err)
        part(tap, folder, workspace)
    tap.end()


def part(tap, folder, workspace):
    """A right that was granted for a part does not reach the whole."""
    run("account", "grant", "nobody", "policy-officer", "--unit", "housing", workspace=workspace)
    path = os.path.join(folder, "units.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("code,name,kind\nnew-unit,New unit,team\n")
    code, _, err = run("import", "units", path, "--as", "nobody", workspace=workspace)
    tap.check("who may import for a unit imports nothing for all", code == 1 and "right" in err, err)
    code, out, err = run("import", "units", path, "--as", "policy-officer", workspace=workspace)
    tap.check("who may for the whole authority does", code == 0, out + err)
    code, out, _ = run("audit", workspace=workspace)
    tap.equal("and the audit is whole", code, 0)


if __name__ == "__main__":
    main()
