/* The hand count of docs/letting-handcount.md against the program, cell by cell. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/unit/letting_fixture.h"

static struct letting_test test;

enum { TENANTS = 30, RESIDENTS = 10, SECTION = TENANTS + RESIDENTS, OTHER = 10, HALL = 80 };

static const struct letting_section sections[] = {
    {0, 0, FLYT_KIND_almen_family, 0, SECTION},
    {0, 0, FLYT_KIND_almen_family, 1, OTHER},
    {0, FLYT_NONE, FLYT_KIND_private_rental, 1, HALL}};

/** Who a uid is: letter and number, by the order in which people were settled. */
struct person {
    char name[16];
    uint64_t uid;
};
static struct person people[128];
static uint32_t n_people;

static uint32_t settle(char letter, uint32_t number, uint32_t home, uint32_t work)
{
    uint32_t household = letting_settle(&test, home, 40, work);
    struct person *person = &people[n_people++];
    (void)snprintf(person->name, sizeof person->name, "%c%u", letter, number);
    person->uid = test.world.households.uid[household];
    return household;
}

static const char *name_of(uint64_t uid)
{
    for (uint32_t i = 0; i < n_people; i++) {
        if (people[i].uid == uid) {
            return people[i].name;
        }
    }
    return "-";
}

/** Numbers divisible by three refuse. */
static double wants(const struct flyt_world *world, uint32_t household, uint32_t dwelling)
{
    (void)dwelling;
    const char *name = name_of(world->households.uid[household]);
    return strtoul(name + 1, NULL, 10) % 3 == 0 ? -0.5 : 1.0;
}

static void people_of(char letter, uint32_t n, uint32_t first_home, int since, bool mixed)
{
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t work = mixed && !(letter == 'U' && i % 2) ? FLYT_WORK_benefit : FLYT_WORK_employed;
        uint32_t household = settle(letter, i, first_home + i - 1, work);
        int16_t month = (int16_t)(LETTING_START + since + (int)i);
        if (letter == 'K') {
            letting_queue_up(&test, household, month, FLYT_NEED_acute);
        } else {
            letting_join(&test, household, 0, month);
        }
    }
}

struct count {
    uint32_t law_year, list, residents, others, outside, queue;
    char letter; /* of the table in the document */
};

static void set_up(const struct count *count)
{
    const uint8_t listed[] = {(uint8_t)count->list, FLYT_LIST_none};
    letting_open(&test, sections, 3, 1, 1, listed, 2, (struct flyt_par){1, 8, 0});
    test.params.law.year = count->law_year;
    test.params.letting.claim = test.params.letting.claim_fits = 1;
    letting_wants = wants;
    for (uint32_t d = 0; d < SECTION + OTHER; d++) {
        test.world.dwellings.rooms[d] = d < SECTION ? 2 : 0; /* nobody can have the others */
        if (d < TENANTS || (d >= TENANTS + count->residents && d < SECTION)) {
            letting_settle(&test, d, 70, FLYT_WORK_pension);
        }
    }
    bool mixed = count->list != FLYT_LIST_none;
    uint32_t hall = SECTION + OTHER;
    people_of('U', count->outside, hall, -200, mixed);
    people_of('R', count->residents, TENANTS, -100, mixed);
    people_of('S', count->others, SECTION, -80, mixed);
    people_of('K', count->queue, hall + count->outside, -50, mixed);
    cr_assert_eq(flyt_letting_follow(&test.world, &(uint32_t){0}, 1), FLYT_OK);
}

static void run(void)
{
    uint32_t next = 0;
    const struct flyt_letting_trace *trace = &test.world.letting->trace[0];
    for (int month = 0; month < FLYT_LETTING_LINES; month++, letting_next(&test)) {
        bool left = false; /* a resident's home stands empty already, and nobody was offered it */
        for (uint32_t d = 0; d < SECTION; d++) {
            bool numbered = false;
            for (uint32_t i = 0; i < trace->n; i++) {
                numbered |= trace->line[i].dwelling == d && test.world.letting->vacancy[d].since ==
                                                                test.world.dwellings.empty_since[d];
            }
            left |= test.world.dwellings.occupant[d] == FLYT_NONE && !numbered;
        }
        if (!left) {
            letting_leave(&test, next++);
        }
        letting_month(&test, 1);
    }
}

/** A row of the program's, written as the document does. */
static void write_row(char *row, size_t size, const struct flyt_letting_line *line)
{
    static const char *const channels[] = {
#define X(name, en, da) #name,
        FLYT_CHANNELS(X)
#undef X
            "not let"};
    (void)snprintf(row, size, "| %u | %s | %s | %s | %s | %u | %u | %s |\n", line->number,
                   line->may_claim ? "yes" : "no", line->claimed ? "yes" : "no",
                   channels[line->channel], name_of(line->head), line->n_offers, line->n_refusals,
                   name_of(line->taker));
}

/** Compares with the document's table under "## X.". */
static void compare(char letter)
{
    FILE *file = fopen(FLYT_SOURCE_DIR "/docs/letting-handcount.md", "r");
    cr_assert_neq(file, NULL);
    char row[256], own[256], heading[8] = "## X.";
    bool inside = false;
    uint32_t n = 0;
    heading[3] = letter;
    while (fgets(row, sizeof row, file) != NULL) {
        if (row[0] == '#') {
            inside = strncmp(row, heading, 5) == 0;
        }
        if (!inside || row[0] != '|' || row[2] < '0' || row[2] > '9') {
            continue;
        }
        cr_assert_lt(n, test.world.letting->trace[0].n);
        write_row(own, sizeof own, &test.world.letting->trace[0].line[n++]);
        cr_assert_str_eq(own, row, "section %c\n by hand:    %s the program: %s", letter, row, own);
    }
    (void)fclose(file);
    cr_assert_eq(n, FLYT_LETTING_LINES);
}

static void count_by_hand(struct count count)
{
    n_people = 0;
    set_up(&count);
    run();
    compare(count.letter);
    letting_shut(&test);
}

Test(handcount, law_of_2018_outside_listed_areas)
{
    count_by_hand((struct count){2018, FLYT_LIST_none, 4, 3, 30, 10, 'A'});
}

Test(handcount, law_of_2024_outside_listed_areas)
{
    count_by_hand((struct count){2024, FLYT_LIST_none, 8, 4, 30, 10, 'B'});
}

Test(handcount, law_of_2024_in_a_transformation_area)
{
    count_by_hand((struct count){2024, FLYT_LIST_transformation, 8, 2, 36, 0, 'C'});
}
