// DuckDB: node people_duckdb.js FILE FOLDER enum|text RUNS
// `enum` is its best form: lists of categories known beforehand (not timed), one query a table.
// `text` is how it is usually written: text columns, all tables in one query of grouping sets.
"use strict";
const fs = require("fs");
const path = require("path");
const { DuckDBInstance } = require("@duckdb/node-api");

const [, , file, folder, form, runs] = process.argv;
const work = JSON.parse(fs.readFileSync(path.join(folder, "work.json"), "utf8"));
const source = `read_csv('${file}', header = true, all_varchar = true)`;

async function timed(phase, action) {
    const before = process.cpuUsage();
    const start = performance.now();
    await action();
    const used = process.cpuUsage(before);
    console.log(JSON.stringify({
        phase,
        seconds: (performance.now() - start) / 1000,
        processor: (used.user + used.system) / 1e6,
        memory: process.resourceUsage().maxRSS / 1024,
    }));
}

async function load(query) {
    if (form === "text") {
        await timed("load", () => query(
            `CREATE TABLE p AS SELECT * EXCLUDE (id) FROM read_csv('${file}', header = true)`));
        return;
    }
    for (const name of work.categories) {
        await query(`CREATE TYPE e_${name} AS ENUM (SELECT DISTINCT ${name} FROM ${source}
            WHERE ${name} IS NOT NULL ORDER BY 1)`);
    }
    const types = work.categories.map((name) => `'${name}': 'e_${name}'`).join(",");
    await timed("load", () => query(`CREATE TABLE p AS SELECT * EXCLUDE (id) FROM read_csv('${file}',
        header = true, columns = {'id': 'INTEGER', ${types}, 'hourly_pay': 'DOUBLE',
        'bonus': 'DOUBLE'})`));
}

function grouping(sets) {
    return sets.map((set) => `(${set.join(",")})`).join(",");
}

async function count(query) {
    if (form === "enum") {
        for (const [name, by] of work.tables) {
            await query(`CREATE OR REPLACE TEMP TABLE c_${name} AS
                SELECT ${by.join(",")}, count(*) n FROM p GROUP BY ALL`);
        }
        return;
    }
    const all = work.categories.join(",");
    await query(`CREATE OR REPLACE TEMP TABLE c AS SELECT GROUPING(${all}) g, ${all}, count(*) n
        FROM p GROUP BY GROUPING SETS (${grouping(work.tables.map((table) => table[1]))})`);
}

const groups = work.groups.join(",");

async function median(query) {
    const sets = work.groups.flatMap((group) => [[group], [group, work.unit]]);
    await query(`CREATE OR REPLACE TEMP TABLE m AS SELECT GROUPING(${work.unit}, ${groups}) g,
        ${work.unit}, ${groups}, count(hourly_pay) n, avg(hourly_pay) mean, median(hourly_pay) mid,
        count(bonus) nb, avg(bonus) meanb, median(bonus) midb
        FROM p GROUP BY GROUPING SETS (${grouping(sets)})`);
}

async function bands(query) {
    const sets = work.groups.map((group) => [work.unit, "band", group]);
    await query(`CREATE OR REPLACE TEMP TABLE b AS
        WITH cuts AS (SELECT ${work.unit} u, quantile_disc(hourly_pay, [0.25, 0.5, 0.75]) q
                      FROM p GROUP BY 1),
             rows_ AS (SELECT p.${work.unit}, ${work.groups.map((name) => `p.${name}`).join(",")},
                       1 + (hourly_pay > q[1])::INT + (hourly_pay > q[2])::INT
                         + (hourly_pay > q[3])::INT band FROM p JOIN cuts ON p.${work.unit} = u)
        SELECT GROUPING(${groups}) g, ${work.unit}, band, ${groups}, count(*) n
        FROM rows_ GROUP BY GROUPING SETS (${grouping(sets)})`);
}

async function lines(connection, sql) {
    const reader = await connection.runAndReadAll(sql);
    return reader.getRows().map((row) => row.join("|"));
}

function text(name) {
    return `coalesce(${name}::VARCHAR, '')`;
}

async function write(connection) {
    const found = [];
    for (const [name, by] of work.tables) {
        const bit = (column) => 2 ** (work.categories.length - 1 - work.categories.indexOf(column));
        const mask = 2 ** work.categories.length - 1 - by.reduce((sum, column) => sum + bit(column), 0);
        const from = form === "enum" ? `c_${name}` : `c WHERE g = ${mask}`;
        found.push(...await lines(connection,
            `SELECT '${name}', ${by.map(text).join(",")}, n FROM ${from}`));
    }
    fs.writeFileSync(path.join(folder, "counts"), found.join("\n") + "\n");
    const group = "CASE g WHEN 3 THEN 'sex' WHEN 5 THEN 'ethnicity' ELSE 'disability' END";
    const label = `coalesce(${work.groups.map((name) => `${name}::VARCHAR`).join(",")}, '')`;
    fs.writeFileSync(path.join(folder, "bands"), (await lines(connection,
        `SELECT ${group}, ${text(work.unit)}, band, ${label}, n FROM b`)).join("\n") + "\n");
    fs.writeFileSync(path.join(folder, "pay"), (await lines(connection,
        `SELECT ${group.replace("g", "g % 8")}, coalesce(${work.unit}::VARCHAR, '*'), ${label}, n,
         mean, mid, nb, coalesce(meanb::VARCHAR, ''), coalesce(midb::VARCHAR, '') FROM m`))
        .join("\n") + "\n");
}

async function main() {
    const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
    const connection = await instance.connect();
    const query = (sql) => connection.run(sql);
    await query("SET preserve_insertion_order = false");
    await load(query);
    for (let run = 0; run < Number(runs); run++) {
        await timed("tables", () => count(query));
        await timed("median", () => median(query));
        await timed("bands", () => bands(query));
    }
    await write(connection);
}

main();
