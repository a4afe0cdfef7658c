/**
 * @file figure_table.c
 * @brief The figures, a row each.
 */
#include <string.h>

#include "output/figure.h"

static const struct flyt_figure_part letting_parts[] = {
    {FLYT_PART_of_all, "lettings", NULL, "Lettings, % of all", "Udlejninger, % af alle"},
    {FLYT_PART_mean, "letting_months", "lettings", "Mean wait, months",
     "Gennemsnitlig ventetid, måneder"},
    {FLYT_PART_percent, "letting_refusals", "letting_offers", "Refused, % of offers",
     "Afslag, % af tilbuddene"},
};

static const struct flyt_figure_part price_parts[] = {
    {FLYT_PART_stock, "vacant_by_kind", "homes_by_kind", "Vacant homes, % of homes",
     "Ledige boliger, % af boligerne"},
    {FLYT_PART_weighted, "rent_m2", "floor_m2", "Rent, DKK a m² a year",
     "Husleje, kr. pr. m² om året"},
    {FLYT_PART_weighted, "price_m2", "floor_m2", "Price, DKK a m²", "Pris, kr. pr. m²"},
};

const struct flyt_figure flyt_figures[] = {
    {.name = "vacancies",
     .kind = FLYT_FIGURE_share,
     .over = "vacant_homes",
     .under = "homes",
     .lines = "tenure",
     .title_en = "Vacant homes by tenure",
     .title_da = "Ledige boliger efter ejerform",
     .y_en = "Vacant homes, % of homes",
     .y_da = "Ledige boliger, % af boligerne",
     .note_en = "Vacant at the end of each month.",
     .note_da = "Ledige ved hver måneds udgang."},
    {.name = "moves",
     .kind = FLYT_FIGURE_rate,
     .over = "moves_out",
     .under = "households",
     .lines = "tenure",
     .title_en = "Households that leave their home, by tenure",
     .title_da = "Husstande der forlader deres bolig, efter ejerform",
     .y_en = "Moves out, % of households a year",
     .y_da = "Fraflytninger, % af husstandene om året",
     .note_en = "Moves of the last 12 months per household, so first after a year.",
     .note_da = "De seneste 12 måneders fraflytninger pr. husstand, altså først efter et år."},
    {.name = "waiting",
     .kind = FLYT_FIGURE_mean,
     .over = "waiting_months_let",
     .under = "moves_in",
     .lines = "municipality",
     .only_dim = "tenure",
     .only_label = "almen",
     .title_en = "Waiting time of those let an almen (non-profit) home",
     .title_da = "Ventetid for dem der fik en almen bolig",
     .y_en = "Mean waiting time, months",
     .y_da = "Gennemsnitlig ventetid, måneder",
     .note_en = "Mean over those let a home in the last 12 months, so first after a year.",
     .note_da =
         "Gennemsnit for dem der fik bolig i de seneste 12 måneder, altså først efter et år."},
    {.name = "letting",
     .kind = FLYT_FIGURE_board,
     .lines = "channel",
     .part = letting_parts,
     .n_parts = FLYT_COUNT(letting_parts),
     .title_en = "How almen (non-profit) homes are let, and the wait",
     .title_da = "Hvordan almene boliger udlejes, og ventetiden",
     .y_en = "Share of lettings, %; months; share of offers, %",
     .y_da = "Andel af udlejninger, %; måneder; andel af tilbud, %",
     .note_en = "Last 12 months, so first after a year. The wait of those let a home, on a list or "
                "in a queue.",
     .note_da =
         "Seneste 12 måneder, altså først efter et år. Ventetid på liste eller i kø for dem, "
         "der fik bolig."},
    {.name = "prices",
     .kind = FLYT_FIGURE_board,
     .lines = "kind",
     .part = price_parts,
     .n_parts = FLYT_COUNT(price_parts),
     .title_en = "Vacant homes, rents and prices",
     .title_da = "Ledige boliger, huslejer og priser",
     .y_en = "Share of homes, %; DKK a m² a year; DKK a m²",
     .y_da = "Andel af boliger, %; kr. pr. m² om året; kr. pr. m²",
     .note_en =
         "1 January; kroner of the year, inflation not taken out. Co-operatives: fee, share.",
     .note_da =
         "1. januar; årets kroner, inflation ikke trukket fra. Andel: boligafgift, andelspris."},
    {.name = "flows",
     .kind = FLYT_FIGURE_flows,
     .over = "moves_by_class",
     .title_en = "Where households move, by resources",
     .title_da = "Hvor husstande flytter hen, efter ressourcer",
     .y_en = "Home left (rows) and taken (columns), households a year",
     .y_da = "Forladt bolig (rækker) og ny bolig (søjler), husstande om året",
     .note_en = "Home left (rows), home taken (columns): households a year; colour: % of the row.",
     .note_da =
         "Forladt bolig (rækker), ny bolig (søjler): husstande om året; farve: % af rækken."},
    {.name = "segregation",
     .kind = FLYT_FIGURE_panels,
     .over = "segregation_dissimilarity",
     .lines = "group",
     .only_dim = "place",
     .only_label = "All municipalities",
     .panels = "Non-western origin|Few resources|Outside work and education|Single parent|"
               "Lowest fifth of incomes",
     .title_en = "Segregation: the share that would have to move to be evenly spread",
     .title_da = "Segregation: den andel, der skulle flytte for at bo jævnt fordelt",
     .y_en = "Dissimilarity D against the rest (0 to 1)",
     .y_da = "Dissimilaritet D over for resten (0 til 1)",
     .note_en = "Between units (areas, or sections) of all municipalities, 1 January of each year.",
     .note_da = "Mellem enheder (områder eller afdelinger) i alle kommuner, 1. januar hvert år."},
    {.name = "criteria",
     .kind = FLYT_FIGURE_criteria,
     .over = "area_criteria",
     .under = "area_criteria_limits",
     .title_en = "The criteria of the law on lists of areas",
     .title_da = "Kriterierne i loven om boliglister",
     .y_en = "Value of each criterion, %",
     .y_da = "Hvert kriteriums værdi, %",
     .note_en = "Last December; the areas nearest to the lists. Met above the limit, income below.",
     .note_da = "December før; områderne nærmest listerne. Opfyldt over grænsen, indkomst under."},
    {.name = "composition",
     .kind = FLYT_FIGURE_composition,
     .over = "area_criteria",
     .under = "area_criteria_limits",
     .title_en = "Who lives in the areas nearest to the lists",
     .title_da = "Hvem der bor i områderne nærmest listerne",
     .y_en = "Share of each group, %",
     .y_da = "Hver gruppes andel, %",
     .note_en = "On 1 January. Schooling counts an education approved in Denmark.",
     .note_da = "1. januar. Skolegang regner med en uddannelse, der er godkendt i Danmark."},
    {.name = "decomposition",
     .kind = FLYT_FIGURE_decomposition,
     .over = "area_change_weak",
     .under = "area_change",
     .title_en = "What changed the share of households with few resources",
     .title_da = "Hvad der ændrede andelen af husstande med få ressourcer",
     .y_en = "Change since the start, percentage points",
     .y_da = "Ændring siden start, procentpoint",
     .note_en = "1 January; the areas nearest to the lists. Who moves in raises the share when the "
                "group is larger among them.",
     .note_da =
         "1. januar; områderne nærmest listerne. Tilflyttere hæver andelen, når flere af dem "
         "har få ressourcer."},
    {.name = "grid",
     .kind = FLYT_FIGURE_map,
     .over = "grid",
     .title_en = "The grid at the start and at the end",
     .title_da = "Gitteret ved start og slut",
     .y_en = "Rows",
     .y_da = "Rækker",
     .note_en = "A square is an agent, coloured by group; white cells are empty.",
     .note_da = "Et kvadrat er en agent, farvet efter gruppe; hvide felter er tomme."},
    {.name = "alike",
     .kind = FLYT_FIGURE_share,
     .over = "like_neighbours",
     .under = "neighbours",
     .lines = "group",
     .title_en = "Neighbours of the own group",
     .title_da = "Naboer af egen gruppe",
     .y_en = "Like neighbours, % of neighbours",
     .y_da = "Ens naboer, % af naboerne",
     .x_en = "Step",
     .x_da = "Trin",
     .note_en = "All agents of the group together; empty cells are no neighbours.",
     .note_da = "Alle gruppens agenter under ét; tomme felter er ikke naboer."},
    {.name = "unhappy",
     .kind = FLYT_FIGURE_share,
     .over = "unhappy",
     .under = "agents",
     .lines = "group",
     .title_en = "Unhappy agents",
     .title_da = "Utilfredse agenter",
     .y_en = "Unhappy agents, % of the group",
     .y_da = "Utilfredse agenter, % af gruppen",
     .x_en = "Step",
     .x_da = "Trin",
     .note_en = "Agents with fewer like neighbours than they want, after each step.",
     .note_da = "Agenter med færre ens naboer end de ønsker, efter hvert trin."},
};

const uint32_t flyt_n_figures = FLYT_COUNT(flyt_figures);

const struct flyt_figure *flyt_figure_find(const char *name)
{
    for (uint32_t i = 0; i < flyt_n_figures; i++) {
        if (strcmp(flyt_figures[i].name, name) == 0) {
            return &flyt_figures[i];
        }
    }
    return NULL;
}
