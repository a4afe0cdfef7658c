#!/usr/bin/env Rscript
# examples/read.R FILE.h5: a result of Flyt opened in R.
#
# Debian: apt-get install r-base-core r-bioc-rhdf5
# R counts dimensions the other way round: [replicate, time, municipality, tenure] of the file is
# [tenure, municipality, time, replicate] here.
suppressPackageStartupMessages(library(rhdf5))

path <- commandArgs(trailingOnly = TRUE)
if (length(path) != 1) stop("usage: examples/read.R FILE.h5")

read <- function(name) h5read(path, name, bit64conversion = "double")
# attributes that link dimensions are of a kind rhdf5 does not read, and warns of
about <- function(name) suppressWarnings(h5readAttributes(path, name))

cat(about("/")$title, "\n")

tenure <- read("tenure")
homes <- read("homes")
vacant <- read("vacant_homes")
last <- dim(homes)[3]
share <- 100 * apply(vacant[, , last, , drop = FALSE], c(1, 4), sum) /
    apply(homes[, , last, , drop = FALSE], c(1, 4), sum)
cat("\nVacant homes at the end, % of homes, median of replicates:\n")
cat(sprintf("  %-20s %5.2f\n", tenure, apply(share, 1, median)), sep = "")

outside <- 100 * read("area_outside_work") / read("area_working_age") # [area, year, replicate]
years <- apply(outside, c(1, 2), mean)
cat("\nOutside work, % of 18-64, mean of replicates:\n")
first <- seq_len(min(3, nrow(years)))
cat(sprintf("  %-20s %5.1f -> %5.1f\n", read("area")[first], years[first, 1],
            years[first, ncol(years)]), sep = "")

lettings <- about("lettings")
cat("\n", lettings$long_name, ", ", lettings$units, ": axes ", lettings$axes, "\n", sep = "")
evidence <- about("parameters/letting.municipal_share")$evidence
cat("letting.municipal_share: ", read("parameters/letting.municipal_share")[1], " (", evidence,
    ")\n", sep = "")
