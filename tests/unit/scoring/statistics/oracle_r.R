# Regenerates oracle_r.yaml and the two count tables in oracle/.
# Needs R with the packages psych and multilevel. Run in this directory: Rscript oracle_r.R
#
# Every value is the result of evaluating the call that stands beside it in the YAML file, so the
# two cannot drift apart. The small tables below are invented, except shrout_fleiss (published).

suppressPackageStartupMessages({library(psych); library(multilevel)})
options(warn = 2)

# "0123 4321" -> one row a person, one column an item.
answers <- function(text) {
  people <- strsplit(trimws(text), "\\s+")[[1]]
  do.call(rbind, lapply(strsplit(people, ""), as.numeric))
}

tables <- list(
  # 25 people x 4 items and 30 people x 3 items, answers 0..4.
  alpha_25x4 = answers("
    1323 4434 1103 3333 3113 1233 0011 0012 2214 2322 4444 3324 4444
    2434 3233 3123 2123 4434 1010 2232 0101 3231 2214 3231 3434"),
  alpha_30x3 = answers("
    211 122 131 110 213 333 233 212 133 220 244 210 322 312 423
    321 001 112 210 121 122 113 231 042 432 020 211 343 132 132"),
  # Three groups of 8 people x 4 items, answers 1..5: close agreement, loose, split in two camps.
  agree_a = answers("4444 4445 5545 4445 5545 4444 4444 4344"),
  agree_b = answers("3323 4334 3354 2332 3443 4454 2321 2235"),
  agree_c = answers("1155 5111 1515 5551 1151 5515 1115 5551"),
  # Groups of unequal size, one score a person.
  icc_unbalanced = list(
    a = c(3.2, 2.8, 3.5), b = c(4.1, 3.9, 4.4, 4.0, 3.6), c = c(2.1, 2.9, 2.4, 3.0),
    d = c(3.3, 4.2, 3.8, 3.1, 3.9, 3.6), e = c(1.9, 2.7)),
  # Six targets x four judges: Shrout & Fleiss 1979, Psychological Bulletin 86, table 2.
  shrout_fleiss = rbind(answers("9258 6132 8468 7126"), c(10, 5, 6, 9), c(6, 2, 4, 7)),
  # Two samples each, of unequal size and spread.
  welch_1_x = c(2.25, 3.00, 2.75, 3.50, 1.75, 2.50, 3.25),
  welch_1_y = c(3.50, 3.25, 4.00, 2.50, 3.75),
  welch_2_x = c(1, 4, 2, 3, 0, 4, 1, 2, 3, 4),
  welch_2_y = c(2, 2, 3, 2),
  t_one = c(2.0, 3.5, 2.5, 4.0, 3.0, 1.5, 3.5, 2.5, 3.0),
  # Three groups whose means are weighted .5, .25, .25.
  weighted = list(
    g1 = c(2.5, 3.0, 3.5, 2.0, 3.0, 2.5), g2 = c(1.5, 3.5, 2.0, 4.0),
    g3 = c(3.0, 3.5, 3.25)),
  weights = c(.5, .25, .25)
)
invisible(list2env(tables, environment()))

# Names that the calls use; the YAML file shows each under `names`.
names_used <- c(
  agree = "rbind(agree_a, agree_b, agree_c)",
  agree_group = 'rep(c("a", "b", "c"), each = 8)',
  unbalanced = "stack(icc_unbalanced)  # columns values, ind",
  rwg_lq = "multilevel::rwg(lq2002$LEAD06, lq2002$COMPID, ranvar = (5^2 - 1) / 12)",
  sf = "psych::ICC(shrout_fleiss, lmer = FALSE)$results",
  w_mean = "sapply(weighted, mean)", w_n = "sapply(weighted, length)",
  w_v = "sapply(weighted, var) / w_n  # squared standard error of each mean",
  w_est = "sum(weights * w_mean)", w_var = "sum(weights^2 * w_v)",
  w_df = "w_var^2 / sum((weights^2 * w_v)^2 / (w_n - 1))",
  feldt = paste("function(a, df1, df2, level = .95)",
                "1 - (1 - a) * qf((1 + c(1, -1) * level) / 2, df1, df2)"))
data(lq2002, bhr2000, package = "multilevel", envir = environment())

# ---- counts of each answer by group ------------------------------------------------------------
# multilevel is GPL (>= 2). Its raw data are not copied: the frequency of each answer in each group
# is all that r_wg and ICC1 need, so only that is kept, for one variable of each data set.
write_counts <- function(group, value, name, file) {
  counts <- table(group, value)
  out <- cbind(as.integer(rownames(counts)), unclass(counts))
  colnames(out)[1] <- name
  write.csv(out, file, row.names = FALSE, quote = FALSE)
}
read_counts <- function(file) {
  wide <- read.csv(file, check.names = FALSE)
  n <- as.matrix(wide[, -1])
  data.frame(group = rep(wide[[1]][row(n)], n), value = rep(as.numeric(colnames(n))[col(n)], n))
}
write_counts(lq2002$COMPID, lq2002$LEAD06, "COMPID", "oracle/lq2002_lead06_counts.csv")
write_counts(bhr2000$GRP, bhr2000$HRS, "GRP", "oracle/bhr2000_hrs_counts.csv")

# ---- writing -----------------------------------------------------------------------------------
lines <- character()
put <- function(...) lines <<- c(lines, paste0(...))
number <- function(x) sprintf("%.10g", x)
flow <- function(x) if (length(x) == 1) number(x) else paste0("[", toString(number(x)), "]")
named <- function(x) paste0("{", toString(paste0(names(x), ": ", sapply(x, flow))), "}")
quoted <- function(x) paste0("'", gsub("'", "''", x), "'")

oracle <- function(key, call, keys = NULL, note = NULL, printed = NULL) {
  value <- as.vector(unlist(eval(parse(text = call), globalenv())))
  if (!is.null(printed)) stopifnot(identical(number(round(value, printed[[1]])),
                                             number(printed[[2]])))
  put("  ", key, ":")
  put("    call: ", quoted(call))
  put("    value: ", if (is.null(keys)) flow(value) else named(setNames(value, keys)))
  if (!is.null(printed)) {
    shown <- printed[[2]]
    put("    printed: ", if (is.null(keys)) flow(shown) else named(setNames(shown, keys)))
  }
  if (!is.null(note)) put("    note: ", quoted(note))
}
section <- function(title) put("\n  # ", title)

put("# Values computed by R, an implementation independent of this project. Frozen by oracle_r.R;")
put("# do not edit by hand. Ten significant digits. `call` is the R expression that gave `value`;")
put("# `printed`, where there is one, is the rounded figure in the source that the note names.")
put("# A list [low, high] is an interval; otherwise the order is that of the table or of the note.")
put("r: ", quoted(as.character(getRversion())))
put("psych: ", quoted(as.character(packageVersion("psych"))))
put("multilevel: ", quoted(as.character(packageVersion("multilevel"))))

put("\n# Counts of each answer (columns) by group (rows), from R package multilevel, GPL (>= 2).")
put("# The raw data are not copied: the counts are all that these statistics need.")
put("counts:")
put("  lq2002: {file: oracle/lq2002_lead06_counts.csv, group: COMPID, item: LEAD06, options: 5}")
put("  bhr2000: {file: oracle/bhr2000_hrs_counts.csv, group: GRP, item: HRS}")

put("\n# Inputs, by the name that the calls use. All invented but shrout_fleiss. A table of answers has")
put("# one row a person (in shrout_fleiss: a target) and one column an item (a judge).")
put("tables:")
for (name in names(tables)) {
  x <- tables[[name]]
  if (is.matrix(x)) {
    put("  ", name, ":")
    rows <- apply(x, 1, flow)
    per <- if (ncol(x) == 3) 8 else 6
    chunks <- split(rows, (seq_along(rows) - 1) %/% per)
    text <- vapply(chunks, toString, "")
    put("    [", paste(text, collapse = ",\n     "), "]")
  } else if (is.list(x)) {
    put("  ", name, ":")
    for (g in names(x)) put("    ", g, ": ", flow(x[[g]]))
  } else put("  ", name, ": ", flow(x))
}

put("\n# Shorthands in the calls, in R.")
put("names:")
for (name in names(names_used)) {
  assign(name, eval(parse(text = names_used[[name]])))
  put("  ", name, ": ", quoted(names_used[[name]]))
}

put("\noracles:")
put("  # 1. Cronbach's alpha, raw, with Feldt's 95% interval.")
put("  # psych takes df (n-1, (n-1)(k-1)), as in Feldt, Woodruff & Salih 1987. The package statpsych")
put("  # takes (n-1, n(k-1)); the *_nk keys hold that variant. They differ in the fourth decimal.")
oracle("alpha_published_ci",
       'psych::alpha.ci(.85, n.obs = 89, n.var = 7)[c("lower.ci", "upper.ci")]')
oracle("alpha_published_ci_nk", "feldt(.85, 88, 89 * 6)",
       printed = list(7, c(.7971254, .8931436)),
       note = "printed in the help of statpsych::ci.cronbach(.05, .85, 7, 89)")
for (name in c("alpha_25x4", "alpha_30x3")) {
  n <- nrow(tables[[name]]); k <- ncol(tables[[name]])
  raw <- sprintf("psych::alpha(%s)$total$raw_alpha", name)
  oracle(name, raw)
  oracle(paste0(name, "_ci"), sprintf(
    'psych::alpha.ci(%s, %d, %d)[c("lower.ci", "upper.ci")]', raw, n, k))
  oracle(paste0(name, "_ci_nk"), sprintf("feldt(%s, %d, %d * %d)", raw, n - 1, n, k - 1))
}

section("2. Agreement within groups. Null variance (A^2 - 1) / 12 = 2 for A = 5 options.")
put("  # multilevel::rwg and rwg.j set a negative value to 0; the r*wg(j) below does not.")
oracle("rwg_lq2002_companies", "nrow(rwg_lq)")
oracle("rwg_lq2002_mean", "mean(rwg_lq$rwg)")
oracle("rwg_lq2002_share_above_51", "mean(rwg_lq$rwg > .51)")
oracle("rwg_lq2002_p90", "quantile(rwg_lq$rwg, .9)",
       note = "quantile type 7, linear interpolation")
oracle("rwg_lq2002_range", "range(rwg_lq$rwg)", note = "none is negative before truncation")
groups <- c("a", "b", "c")
oracle("rwg_item1", "multilevel::rwg(agree[, 1], agree_group, ranvar = 2)$rwg", groups,
       note = "first item only; truncated at 0")
oracle("rwg_j", "multilevel::rwg.j(agree, agree_group, ranvar = 2)$rwg.j", groups,
       note = "truncated at 0")
star <- "1 - mean(apply(g, 2, var)) / ((5^2 - 1) / 12)"
oracle("rwg_star_j", sprintf("sapply(list(agree_a, agree_b, agree_c), function(g) %s)", star), groups)
oracle("rwg_star_j_lindell",
       "multilevel::rwg.j.lindell(agree, agree_group, ranvar = 2)$rwg.lindell", groups,
       note = "the same statistic by the package")
oracle("ad_m", "multilevel::ad.m(agree, agree_group)$AD.M", groups,
       note = "mean absolute deviation from the group's item mean, averaged over items")

section("3. Intraclass correlations.")
put("  # multilevel::ICC1 uses the plain mean group size N / groups; the usual n0 for unequal groups,")
put("  # (N - sum(n^2) / N) / (groups - 1), gives the *_n0 value instead.")
oracle("icc1_bhr2000", "multilevel::ICC1(aov(HRS ~ as.factor(GRP), bhr2000))")
oracle("icc1_bhr2000_mean_squares", 'summary(aov(HRS ~ as.factor(GRP), bhr2000))[[1]][["Mean Sq"]]',
       note = "between, within")
oracle("icc1_unbalanced", "multilevel::ICC1(aov(values ~ ind, unbalanced))")
oracle("icc1_unbalanced_mean_squares", 'summary(aov(values ~ ind, unbalanced))[[1]][["Mean Sq"]]',
       note = "between, within")
oracle("icc1_unbalanced_group_size", "mean(table(unbalanced$ind))")
oracle("icc1_unbalanced_n0", paste(
  "local({n <- lengths(icc_unbalanced);",
  'ms <- summary(aov(values ~ ind, unbalanced))[[1]][["Mean Sq"]];',
  "n0 <- (sum(n) - sum(n^2) / sum(n)) / (length(n) - 1);",
  "(ms[1] - ms[2]) / (ms[1] + (n0 - 1) * ms[2])})"), note = "not what ICC1 computes")
types <- c("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
oracle("icc_shrout_fleiss", "sf$ICC", types, printed = list(2, c(.17, .29, .71, .44, .62, .91)),
       note = "printed in Shrout & Fleiss 1979, table 4")
oracle("icc_shrout_fleiss_low", 'sf[["lower bound"]]', types, note = "95%")
oracle("icc_shrout_fleiss_high", 'sf[["upper bound"]]', types, note = "95%")

section("4. Welch's t interval for mean(x) - mean(y); the second level is 1 - 0.05/3.")
for (i in 1:2) {
  key <- paste0("welch_", i); xy <- sprintf("%s_x, %s_y", key, key)
  oracle(paste0(key, "_difference"), sprintf("mean(%s_x) - mean(%s_y)", key, key))
  oracle(paste0(key, "_df"), sprintf("t.test(%s)$parameter", xy))
  oracle(paste0(key, "_ci"), sprintf("t.test(%s)$conf.int", xy))
  oracle(paste0(key, "_ci_third"), sprintf("t.test(%s, conf.level = 1 - 0.05/3)$conf.int", xy))
}

section("5. t interval for one mean, and quantiles of t.")
oracle("t_one_ci", "t.test(t_one)$conf.int")
oracle("t_quantiles", "qt(0.975, c(2, 4, 9, 7.3))", note = "df 2, 4, 9, 7.3")

section("6. A weighted mean of group means, with Welch-Satterthwaite df.")
put("  # v = s^2 / n; variance = sum(w^2 v); df = (sum w^2 v)^2 / sum((w^2 v)^2 / (n - 1)).")
oracle("weighted_mean", "w_est")
oracle("weighted_mean_se", "sqrt(w_var)")
oracle("weighted_mean_df", "w_df")
oracle("weighted_mean_ci", "w_est + c(-1, 1) * qt(0.975, w_df) * sqrt(w_var)")

# The counts are enough: both statistics come out the same from the files.
lq <- read_counts("oracle/lq2002_lead06_counts.csv")
stopifnot(nrow(lq) == nrow(lq2002),
          all.equal(multilevel::rwg(lq$value, lq$group)$rwg, rwg_lq$rwg))
hrs <- read_counts("oracle/bhr2000_hrs_counts.csv")
stopifnot(nrow(hrs) == nrow(bhr2000),
          all.equal(multilevel::ICC1(aov(value ~ as.factor(group), hrs)),
                    multilevel::ICC1(aov(HRS ~ as.factor(GRP), bhr2000))))

writeLines(lines, "oracle_r.yaml")
