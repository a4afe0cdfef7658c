/**
 * @file letting_params.h
 * @brief Parameters of letting: the law and its dates, municipal practice, lists and acute need.
 *
 * Law that changed on a day stands here as its share or duty and the date from which it holds, as
 * a year and its fraction: 1 July 2019 is 2019.5. `law.year` holds another year's law instead.
 * Facts: scenarios/data/letting_rules.csv. "Act": almenboligloven; "order":
 * udlejningsbekendtgørelsen (1360/2018).
 */
#ifndef FLYT_LETTING_PARAMS_H
#define FLYT_LETTING_PARAMS_H

#include "sim/field.h"

#define LETTING_MUNICIPALITY(X)                                                                    \
    X(real, municipal_share, "share", 0.25, 0, 1, published,                                       \
      "act, section 59(1): every fourth; (2): more by agreement; letting_rules.csv",               \
      "Share of vacant family homes outside listed areas that the municipality may claim.",        \
      "Andel af ledige familieboliger uden for listede områder, som kommunen kan kræve.")          \
    X(real, municipal_share_listed, "share", 0, 0, 1, assumed,                                     \
      "docs/MODEL.md section 4: family homes outside listed areas",                                \
      "The same in listed areas, where the act bars some households.",                             \
      "Det samme i listede områder, hvor loven udelukker nogle husstande.")                        \
    X(real, claim, "probability", 0.65, 0, 1, assumed, "fitted: 10 % of family lettings, 2021",    \
      "Chance that the municipality claims a home it may claim.",                                  \
      "Sandsynlighed for at kommunen kræver en bolig, den kan kræve.")                             \
    X(real, claim_fits, "probability", 0.6, 0, 1, assumed, "docs/MODEL.md section 4: six in ten",  \
      "Chance that a claimed home suits by what the model does not hold: rent, stairs, place.",    \
      "Sandsynlighed for at boligen passer i det, modellen ikke kender: leje, trapper, sted.")     \
    X(count, queue_offers, "offers", 3, 1, 100, assumed, "chosen",                                 \
      "Households of the queue that are offered a claimed home before it returns to the list.",    \
      "Husstande i køen, der får tilbudt en krævet bolig, før den går tilbage til ventelisten.")   \
    X(real, assigned_margin, "utility", 5, 0, 20, assumed,                                         \
      "assumptions.csv, letting: one assigned home in ten is refused",                             \
      "How far below staying a home may lie that is taken when the municipality assigns it.",      \
      "Hvor langt under at blive boende en bolig kan ligge, der tages imod ved anvisning.")        \
    X(count, claim_rooms, "rooms", 1, 0, 10, assumed, "chosen: the rent must be paid",             \
      "Rooms above the number of persons that the municipality assigns at most.",                  \
      "Værelser ud over antallet af personer, som kommunen højst anviser.")                        \
    X(real, ban_from, "year", 2011, 1900, 2200, published,                                         \
      "act, section 59(6), (7) from 2021; letting_rules.csv, recalled",                            \
      "From when some households may not be assigned to listed areas.",                            \
      "Hvornår nogle husstande ikke må anvises til listede områder.")

#define LETTING_LISTS(X)                                                                           \
    X(real, inside_old, "share", 1, 0, 1, published, "order before July 2019; letting_rules.csv",  \
      "Share of list-lettings offered to the organisation's residents first, before.",             \
      "Andel af udlejninger efter venteliste, der først tilbydes egne lejere, før.")               \
    X(real, inside_new, "share", 0.5, 0, 1, published,                                             \
      "order, section 9: every second; letting_rules.csv",                                         \
      "The same since the rule of every second letting.",                                          \
      "Det samme efter reglen om hver anden udlejning.")                                           \
    X(real, inside_new_from, "year", 2019.5, 1900, 2200, published,                                \
      "1 July 2019, Domea May 2019; letting_rules.csv", "From when every second letting.",         \
      "Hvornår hver anden udlejning.")                                                             \
    X(real, flexible_share, "share", 0, 0, 1, assumed, "act, section 60(1): by agreement",         \
      "Share of list-lettings by flexible letting where no area is listed.",                       \
      "Andel af udlejninger efter venteliste ved fleksibel udlejning, hvor intet er listet.")      \
    X(real, flexible_listed, "share", 1, 0, 1, published,                                          \
      "act, section 60 on listed areas: mandatory; letting_rules.csv",                             \
      "The same in listed areas, where it is mandatory.",                                          \
      "Det samme i listede områder, hvor den er obligatorisk.")                                    \
    X(real, flexible_from, "year", 2000, 1900, 2200, published, "letting_rules.csv",               \
      "From when flexible letting is allowed.", "Hvornår fleksibel udlejning er tilladt.")         \
    X(real, flexible_deprived_from, "year", 2019, 1900, 2200, published, "letting_rules.csv",      \
      "From when flexible letting is mandatory in deprived areas.",                                \
      "Hvornår fleksibel udlejning er obligatorisk i udsatte boligområder.")                       \
    X(real, prevention_from, "year", 2021, 1900, 2200, published, "letting_rules.csv",             \
      "From when it is, and assignment is limited, in prevention areas.",                          \
      "Hvornår den er det, og anvisning er begrænset, i forebyggelsesområder.")                    \
    X(flag, flexible_work, "", 1, 0, 1, published, "letting_rules.csv: typical criteria",          \
      "Those in work come first in flexible letting.",                                             \
      "Personer i arbejde går forud ved fleksibel udlejning.")                                     \
    X(flag, flexible_study, "", 1, 0, 1, published, "letting_rules.csv: typical criteria",         \
      "Those in education come first in flexible letting.",                                        \
      "Personer under uddannelse går forud ved fleksibel udlejning.")                              \
    X(count, flexible_age, "years", 55, 0, 120, published, "letting_rules.csv: typical criteria",  \
      "Age from which one comes first in flexible letting; 0: age does not count.",                \
      "Alder, hvorfra man går forud ved fleksibel udlejning; 0: alderen tæller ikke.")             \
    X(flag, combined, "", 0, 0, 1, assumed, "act, section 51 b: the municipality may decide it",   \
      "Whether applicants on benefit are refused in listed areas.",                                \
      "Om ansøgere på kontanthjælp afvises i listede områder.")                                    \
    X(real, combined_from, "year", 2005, 1900, 2200, published, "act 2005, L 32 2004-05",          \
      "From when they may be refused.", "Hvornår de kan afvises.")                                 \
    X(count, combined_months, "months", 6, 0, 120, published, "act, section 51 b(1), (2)",         \
      "Months on benefit of each adult after which they are.",                                     \
      "Måneder på kontanthjælp for hver voksen, hvorefter de afvises.")                            \
    X(real, hard_from, "year", 2019.5, 1900, 2200, published, "act, section 51 c: 1 July 2019",    \
      "From when applicants on benefit must be refused in transformation areas.",                  \
      "Hvornår ansøgere på kontanthjælp skal afvises i omdannelsesområder.")                       \
    X(count, hard_months, "months", 0, 0, 120, published,                                          \
      "act, section 51 c(1): who receives; no period of six months",                               \
      "Months on benefit of each adult after which they are.",                                     \
      "Måneder på kontanthjælp for hver voksen, hvorefter de afvises.")

#define LETTING_HOMES(X)                                                                           \
    X(count, youth_age, "years", 25, 18, 40, assumed, "act, section 52: other young in need",      \
      "Age below which one may have a youth home without studying.",                               \
      "Alder, hvorunder man kan få en ungdomsbolig uden at være under uddannelse.")                \
    X(flag, students_first, "", 1, 0, 1, assumed,                                                  \
      "act, section 52 names students first; the usual practice",                                  \
      "Whether youth homes are offered to all students of the list before others who are young.",  \
      "Om ungdomsboliger tilbydes alle studerende på ventelisten før andre unge.")                 \
    X(count, notice_months, "months", 6, 1, 60, assumed, "docs/MODEL.md section 4",                \
      "Months after the end of studies when a youth home must be left.",                           \
      "Måneder efter endt uddannelse, hvor ungdomsboligen skal forlades.")                         \
    X(count, elderly_age, "years", 65, 50, 100, assumed, "act, section 54: the elderly in need",   \
      "Age from which one may have a home for the elderly.",                                       \
      "Alder, hvorfra man kan få en ældrebolig.")                                                  \
    X(count, senior_age, "years", 50, 40, 100, assumed, "usual rule of senior co-housing",         \
      "Age from which one may have a home in senior co-housing.",                                  \
      "Alder, hvorfra man kan få en bolig i et seniorbofællesskab.")                               \
    X(count, persons_per_room, "persons", 2, 1, 10, published, "order; BL, letting_rules.csv",     \
      "Most persons a room.", "Flest personer pr. værelse.")                                       \
    X(count, offers_most, "offers", 20, 1, 250, assumed, "docs/MODEL.md section 4",                \
      "Offers of a home to members of the list; then it is advertised.",                           \
      "Tilbud om en bolig til dem på ventelisten; derefter annonceres den.")                       \
    X(real, named_margin, "utility", 0.9, 0, 10, assumed, "docs/MODEL.md section 4",               \
      "How far below staying a home may lie whose section a member has named.",                    \
      "Hvor langt under at blive boende en bolig i en ønsket afdeling kan ligge.")                 \
    X(real, inside_margin, "utility", 0.6, 0, 10, assumed, "docs/MODEL.md section 4",              \
      "The same for offers to residents of the organisation.",                                     \
      "Det samme ved tilbud til organisationens egne lejere.")                                     \
    X(real, empty_days, "days", 0, 0, 365, assumed,                                                \
      "assumptions.csv, vacancy: 14 (5-30); 0: let at once",                                       \
      "Mean time that an almen home stands empty between tenants while it is made ready.",         \
      "Gennemsnitlig tid, en almen bolig står tom mellem to lejere, mens den istandsættes.")       \
    X(count, list_months_most, "months", 120, 1, 600, assumed, "chosen for the first model",       \
      "Longest time on the list of almen homes; then the household gives up.",                     \
      "Længste tid på ventelisten til almene boliger; derefter opgiver husstanden.")               \
    X(count, rounds, "1/month", 4, 1, 12, assumed, "docs/MODEL.md section 3",                      \
      "Rounds a month: a home freed in one is offered in the next.",                               \
      "Runder pr. måned: en bolig, der frigøres i én, tilbydes i den næste.")

#define LETTING_PARAMS(X) LETTING_MUNICIPALITY(X) LETTING_LISTS(X) LETTING_HOMES(X)

#define LISTS_PARAMS(X)                                                                            \
    X(real, renters, "1/year", 0.03, 0, 10, assumed, "docs/MODEL.md section 4",                    \
      "Rate at which renters sign up on a list.", "Rate hvormed lejere skriver sig op.")           \
    X(real, owners, "1/year", 0.01, 0, 10, assumed, "docs/MODEL.md section 4",                     \
      "The same for owners and members of co-operatives.", "Det samme for ejere og andelshavere.") \
    X(real, searching, "1/year", 0.3, 0, 20, assumed, "docs/MODEL.md section 4",                   \
      "The same in a search of one's own.", "Det samme under en boligsøgning af egen vilje.")      \
    X(real, forced, "1/year", 7, 0, 50, assumed, "docs/MODEL.md section 4",                        \
      "The same when one must find a home, has none of one's own or comes from outside.",          \
      "Det samme, når man skal finde en bolig, ikke har sin egen eller kommer udefra.")            \
    X(real, lapse, "1/year", 0.12, 0, 10, assumed, "assumptions.csv, letting: .05-.20",            \
      "Rate at which a membership lapses, the fee unpaid.",                                        \
      "Rate hvormed en plads på ventelisten bortfalder, fordi gebyret ikke betales.")              \
    X(count, refusals_most, "refusals", 3, 1, 3, assumed, "assumptions.csv, letting: 1-6",         \
      "Refused offers after which a member is dropped.",                                           \
      "Afslåede tilbud, hvorefter man slettes af ventelisten.")                                    \
    X(count, wish_months, "months", 12, 1, 120, assumed,                                           \
      "chosen: the list is renewed once a year",                                                   \
      "Months after which a member thinks anew of which sections and sizes it wants.",             \
      "Måneder, hvorefter en opskrevet igen overvejer, hvilke afdelinger og størrelser den vil.")  \
    X(real, own_organisation, "share", 0.6, 0, 1, assumed,                                         \
      "chosen: 15 % of residents stand on their organisation's list",                              \
      "Share of residents of almen homes who sign up with their own organisation.",                \
      "Andel af almene lejere, der skriver sig op i deres egen boligorganisation.")                \
    X(real, youth_share, "share", 0.6, 0, 1, assumed, "chosen",                                    \
      "Share of those who may have a youth home who sign up for one.",                             \
      "Andel af dem, der kan få en ungdomsbolig, som skriver sig op til en.")                      \
    X(real, elderly, "1/year", 0.1, 0, 5, assumed,                                                 \
      "chosen: some more apply than homes for the elderly fall vacant",                            \
      "Rate of applying for a home for the elderly, of each who is old and needs daily help.",     \
      "Rate for ansøgning om ældrebolig for hver ældre, der har brug for daglig hjælp.")           \
    X(real, start_ratio, "1", 0.6, 0, 3, assumed, "assumptions.csv, letting: Odense .3-1.2",       \
      "Members of lists over almen homes at the start.",                                           \
      "Opskrevne i forhold til almene boliger ved starten.")                                       \
    X(real, start_years, "years", 4, 0.1, 30, assumed, "chosen: half of 1/lapse",                  \
      "Mean time on the list of those who stand on it at the start.",                              \
      "Gennemsnitlig tid på ventelisten for dem, der står på den ved starten.")

#define NEED_PARAMS(X)                                                                             \
    X(real, cases, "1/1000/year", 3.5, 0, 100, assumed, "assumptions.csv, letting: 2-6",           \
      "New cases of acute housing need per 1,000 adults a year.",                                  \
      "Nye tilfælde af akut boligbehov pr. 1.000 voksne om året.")                                 \
    X(real, vulnerability, "1", 6, 0, 20, assumed, "chosen: by V (docs/MODEL.md section 4)",       \
      "How much the logarithm of the rate rises with vulnerability.",                              \
      "Hvor meget logaritmen af raten stiger med sårbarheden.")

#define LETTING_STRUCT(name, PARAMS)                                                               \
    struct name {                                                                                  \
        PARAMS(LETTING_MEMBER)                                                                     \
    }
#define LETTING_MEMBER(type, name, ...) flyt_##type name;

LETTING_STRUCT(flyt_letting_params, LETTING_PARAMS);
LETTING_STRUCT(flyt_lists_params, LISTS_PARAMS);
LETTING_STRUCT(flyt_need_params, NEED_PARAMS);

#endif
