# R's tabulate() over data.table's factor codes, the quickest by hand:
# Rscript people_tabulate.R FILE FOLDER RUNS
suppressMessages(library(data.table))
setDTthreads(2)
arguments <- commandArgs(TRUE)
file <- arguments[1]
folder <- arguments[2]
runs <- as.integer(arguments[3])
rows <- fread(file.path(folder, "tables.csv"), colClasses = "character")
tables <- setNames(strsplit(rows$variables, "*", fixed = TRUE), rows$table)

timed <- function(phase, action) {
    before <- proc.time()
    value <- force(action)
    used <- proc.time() - before
    memory <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
    cat(sprintf('{"phase":"%s","seconds":%.6f,"processor":%.6f,"memory":%.1f}\n', phase, used[3],
                used[1] + used[2], as.numeric(gsub("[^0-9]", "", memory)) / 1024))
    value
}

people <- timed("load", fread(file, stringsAsFactors = TRUE, drop = "id"))
count <- function(by) {
    if (length(by) == 1)
        return(tabulate(people[[by]], nlevels(people[[by]])))
    inner <- nlevels(people[[by[2]]])
    tabulate((as.integer(people[[by[1]]]) - 1L) * inner + as.integer(people[[by[2]]]),
             nlevels(people[[by[1]]]) * inner)
}
for (run in seq_len(runs))
    counts <- timed("tables", lapply(tables, count))
lines <- unlist(lapply(names(tables), function(name) {
    by <- tables[[name]]
    cells <- which(counts[[name]] > 0)
    inner <- if (length(by) > 1) nlevels(people[[by[2]]]) else 1
    words <- levels(people[[by[1]]])[(cells - 1) %/% inner + 1]
    if (length(by) > 1)
        words <- paste(words, levels(people[[by[2]]])[(cells - 1) %% inner + 1], sep = "|")
    paste(name, words, counts[[name]][cells], sep = "|")
}))
writeLines(lines, file.path(folder, "counts"))
