/**
 * @file housing_tables.c
 * @brief The tables a housing scenario is made of. What must hold between them: housing_check.c.
 */
#include "models/housing.h"
#include "models/housing_parts.h"
#include "models/kinds.h"
#include "models/stock.h"

#define TEXT(name_, en_, da_)                                                                      \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_text, .unit = "", .en = en_, .da = da_                  \
    }
#define UNIQUE(name_, en_, da_)                                                                    \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_text, .unit = "", .unique = true, .en = en_, .da = da_  \
    }
#define COUNT(name_, unit_, low_, high_, en_, da_)                                                 \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_count, .unit = unit_, .low = low_, .high = high_,       \
        .en = en_, .da = da_                                                                       \
    }
#define REAL(name_, unit_, low_, high_, en_, da_)                                                  \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_real, .unit = unit_, .low = low_, .high = high_,        \
        .en = en_, .da = da_                                                                       \
    }
#define MAYBE(name_, unit_, low_, high_, en_, da_)                                                 \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_real, .unit = unit_, .low = low_, .high = high_,        \
        .optional = true, .en = en_, .da = da_                                                     \
    }
#define CHOICE(name_, names_, en_, da_)                                                            \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_choice, .unit = names_, .en = en_, .da = da_            \
    }
#define REF(name_, table_, en_, da_)                                                               \
    {                                                                                              \
        .name = name_, .type = FLYT_COLUMN_ref, .unit = "", .refers_table = table_,                \
        .refers_column = "name", .en = en_, .da = da_                                              \
    }

#define KIND CHOICE("tenure", FLYT_KIND_NAMES, "tenure", "ejerform")
#define CLASS                                                                                      \
    CHOICE("tenure_class", FLYT_TENURE_NAMES, "class of tenure", "ejerform i fire grupper")
#define TYPE(names) CHOICE("type", names, "household type", "husstandstype")
#define ORIGIN CHOICE("origin", FLYT_ORIGIN_NAMES, "origin", "oprindelse")
#define AGES                                                                                       \
    COUNT("age_from", "years", 18, 110, "youngest age of the band", "yngste alder i gruppen"),     \
        COUNT("age_to", "years", 18, 110, "oldest age of the band", "ældste alder i gruppen")
#define SHARE(of, af) REAL("share", "share", 0, 1, of, af)
#define LONGITUDE REAL("longitude", "degrees_east", -180, 180, "longitude, WGS 84", "længdegrad")
#define LATITUDE REAL("latitude", "degrees_north", -89, 89, "latitude, WGS 84", "breddegrad")

static const struct flyt_column municipality_columns[] = {
    {.name = "code",
     .type = FLYT_COLUMN_count,
     .unit = "1",
     .low = 1,
     .high = 999,
     .unique = true,
     .en = "official code of the municipality",
     .da = "kommunekode"},
    UNIQUE("name", "name", "navn"),
    TEXT("region", "region", "region"),
    TEXT("labour_market", "labour-market region", "arbejdsmarkedsopland"),
    LONGITUDE,
    LATITUDE,
    COUNT("population", "persons", 0, 0, "inhabitants", "indbyggere"),
    {.name = "tax_rate",
     .type = FLYT_COLUMN_real,
     .unit = "%",
     .low = 0,
     .high = 60,
     .optional = true,
     .en = "municipal income tax, empty: the country's mean",
     .da = "kommuneskat, tom: landets gennemsnit"},
    MAYBE("land_tax_2023", "per mille", 0, 1000, "land tax until 2023, of the land value",
          "grundskyld til og med 2023, af grundværdien"),
    MAYBE("land_tax_2024", "per mille", 0, 1000, "land tax from 2024, of the taxed land value",
          "grundskyld fra 2024, af den skattepligtige grundværdi"),
};

static const struct flyt_column organisation_columns[] = {
    UNIQUE("name", "name", "navn"),
    REF("municipality", "municipalities", "municipality", "kommune"),
};

static const struct flyt_column area_columns[] = {
    UNIQUE("name", "name", "navn"),
    REF("municipality", "municipalities", "municipality", "kommune"),
    LONGITUDE,
    LATITUDE,
    CHOICE("listed", FLYT_LIST_NAMES, "list of the ministry", "ministeriets liste"),
};

static const struct flyt_column section_columns[] = {
    UNIQUE("name", "name", "navn"),
    REF("area", "areas", "area", "område"),
    {.name = "organisation",
     .type = FLYT_COLUMN_ref,
     .unit = "",
     .optional = true,
     .refers_table = "organisations",
     .refers_column = "name",
     .en = "almen organisation",
     .da = "almen boligorganisation"},
    KIND,
    COUNT("homes", "homes", 0, 0, "homes on the market", "boliger på markedet"),
    COUNT("households", "households", 0, 0, "homes that are lived in", "beboede boliger"),
    REAL("rent_dkk_m2_year", "DKK/m2/year", 0, 100000, "rent, or the fee of a co-operative",
         "husleje, eller boligafgift i andel"),
    REAL("price_dkk_m2", "DKK/m2", 0, 1000000, "price, or that of the co-operative share",
         "pris, eller andelskronens værdi"),
};

static const struct flyt_column place_columns[] = {
    CHOICE("level", "municipality|area", "kind of place", "slags sted"),
    TEXT("place", "municipality or area", "kommune eller område"),
    CHOICE("variable", FLYT_VARIABLE_NAMES, "what is known", "hvad der vides"),
    {.name = "value",
     .type = FLYT_COLUMN_real,
     .unit = "by variable",
     .low = 0,
     .high = 1e9,
     .optional = true,
     .en = "value, empty when unknown",
     .da = "værdi, tom når den er ukendt"},
    {.name = "year",
     .type = FLYT_COLUMN_count,
     .unit = "year",
     .low = 1900,
     .high = 2200,
     .optional = true,
     .en = "year of the value",
     .da = "værdiens år"},
};

static const struct flyt_column household_columns[] = {
    KIND, TYPE(FLYT_TYPE_NAMES), AGES,
    SHARE("share of the tenure's households", "andel af ejerformens husstande")};

static const struct flyt_column child_columns[] = {
    TYPE("single_parent|couple_with_children"),
    COUNT("children", "children", 1, 6, "children at home below 18", "hjemmeboende børn under 18"),
    SHARE("share of the type", "andel af typen")};

static const struct flyt_column adult_child_columns[] = {
    TYPE("single|couple"), AGES,
    SHARE("share with an adult child at home", "andel med et hjemmeboende voksent barn")};

static const struct flyt_column origin_columns[] = {
    CLASS, AGES, ORIGIN, SHARE("share of heads of the age", "andel af alderens husstande")};

static const struct flyt_column work_columns[] = {
    CLASS, ORIGIN, AGES, CHOICE("work", FLYT_WORK_NAMES, "work state", "arbejdsstilling"),
    SHARE("share of adults of the age", "andel af alderens voksne")};

static const struct flyt_column education_columns[] = {
    CLASS, ORIGIN, AGES, CHOICE("education", FLYT_EDUCATION_NAMES, "education", "uddannelse"),
    SHARE("share of adults of the age", "andel af alderens voksne")};

static const struct flyt_column wealth_columns[] = {
    CLASS, AGES, REAL("savings_dkk", "DKK", 0, 1e9, "median savings", "median af opsparing"),
    REAL("savings_log_sd", "1", 0, 5, "standard deviation of the logarithm",
         "standardafvigelse af logaritmen"),
    REAL("loan_to_value", "1", 0, 1.2, "median mortgage over the home's value",
         "median af gæld i forhold til boligens værdi")};

static const struct flyt_column room_columns[] = {
    KIND, COUNT("rooms", "rooms", 1, 12, "rooms", "værelser"),
    REAL("m2", "m2", 8, 1000, "mean floor area", "gennemsnitligt areal"),
    SHARE("share of the tenure's homes", "andel af ejerformens boliger")};

static const struct flyt_column destination_columns[] = {
    CHOICE("from_tenure", FLYT_TENURE_NAMES, "tenure left", "ejerform der forlades"),
    CHOICE("to_tenure", FLYT_TENURE_NAMES, "tenure looked for", "ejerform der søges"),
    SHARE("share of those who leave", "andel af dem der forlader")};

static const struct flyt_column stock_columns[] = {
    COUNT("year", "year", 1900, 2200, "year it is due", "årstal"),
    COUNT("month", "month", 1, 12, "month it is due", "måned"),
    CHOICE("change", FLYT_STOCK_CHANGE_NAMES, "what happens", "hvad der sker"),
    REF("section", "sections", "section", "afdeling"),
    COUNT("homes", "homes", 1, 100000, "homes", "boliger"),
    {.name = "to_section",
     .type = FLYT_COLUMN_ref,
     .unit = "",
     .optional = true,
     .refers_table = "sections",
     .refers_column = "name",
     .en = "section they are converted into",
     .da = "afdeling de ommærkes til"}};

#define TABLE(name, en, da, columns, key)                                                          \
    [FLYT_TABLE_##name] = {#name, en, da, columns, FLYT_COUNT(columns), true, key}

const struct flyt_table_spec flyt_housing_tables[FLYT_N_TABLES] = {
    TABLE(municipalities, "Municipalities", "Kommuner", municipality_columns, NULL),
    TABLE(organisations, "Almen housing organisations", "Almene boligorganisationer",
          organisation_columns, NULL),
    TABLE(areas, "Areas", "Boligområder", area_columns, NULL),
    TABLE(sections, "Sections: homes, households, rents and prices",
          "Afdelinger: boliger, husstande, huslejer og priser", section_columns, NULL),
    TABLE(places, "What is known of single places", "Hvad der vides om enkelte steder",
          place_columns, "level,place,variable"),
    TABLE(households, "Households by tenure, type and age",
          "Husstande efter ejerform, type og alder", household_columns, "tenure,type,age_from"),
    TABLE(children, "Families by number of children", "Familier efter antal børn", child_columns,
          "type,children"),
    TABLE(adult_children, "Adult children at home", "Hjemmeboende voksne børn", adult_child_columns,
          "type,age_from"),
    TABLE(origins, "Origin by tenure and age", "Oprindelse efter ejerform og alder", origin_columns,
          "tenure_class,age_from,origin"),
    TABLE(works, "Work state by tenure, origin and age",
          "Arbejdsstilling efter ejerform, oprindelse og alder", work_columns,
          "tenure_class,origin,age_from,work"),
    TABLE(educations, "Education by tenure, origin and age",
          "Uddannelse efter ejerform, oprindelse og alder", education_columns,
          "tenure_class,origin,age_from,education"),
    TABLE(wealth, "Savings and mortgage debt", "Opsparing og boliggæld", wealth_columns,
          "tenure_class,age_from"),
    TABLE(rooms, "Rooms and floor area by tenure", "Værelser og areal efter ejerform", room_columns,
          "tenure,rooms"),
    TABLE(destinations, "Where those who leave a tenure go",
          "Hvor de der forlader en ejerform går hen", destination_columns, "from_tenure,to_tenure"),
    [FLYT_TABLE_stock_plan] = {"stock_plan", "Homes to be built, pulled down or converted",
                               "Boliger, der bygges, rives ned eller ommærkes", stock_columns,
                               FLYT_COUNT(stock_columns), false, NULL},
};
