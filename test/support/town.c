#include "support/town.h"

#include "codec/table_reader.h"
#include "model/model.h"
#include "service/import.h"
#include "service/workspace.h"
#include "support/support.h"

struct town town;

static const struct {
    const char *kind, *csv;
} files[] = {
    { "authority", "code,name,nation,kind,year_start_month,rating_scale,small_base\n"
                   "town,Town Council,england,unitary,4,five-level,30\n" },
    { "unit", "code,name,kind,parent,valid_from,valid_to\n"
              "council,Town Council,authority,,,\n"
              "homes,Homes,directorate,council,2010-04-01,\n"
              "parks,Parks,directorate,council,2010-04-01,\n"
              "baths,Baths,directorate,council,2000-04-01,2010-03-31\n" },
    { "scheme", "code,title,starts,ends,status\n"
                "old,Old scheme,2008-04-01,2012-03-31,superseded\n"
                "new,New scheme,2012-04-01,2016-03-31,adopted\n"
                "bare,Scheme without measures,2012-10-01,,adopted\n" },
    { "objective", "code,scheme,number,title\n"
                   "old-1,old,1,Old aim\nnew-1,new,1,Better homes\nnew-2,new,2,Better parks\n" },
    { "measure",
      "code,title,kind,polarity,unit_of_measure,decimals,accumulation,parent,roll_up,complement_of,"
      "series_break\n"
      "let,Homes let,count,higher,homes,0,cumulative,,none,,\n"
      "damp,Damp homes,percentage,lower,%,1,point,,none,,\n"
      "dry,Dry homes,percentage,higher,%,1,point,,none,damp,\n"
      "plan,Parks plan,milestone,milestone,,0,point,,worst,,\n"
      "plan-a,Parks plan: paths,milestone,milestone,,0,point,plan,none,,\n"
      "plan-b,Parks plan: lights,milestone,milestone,,0,point,plan,none,,\n"
      "staff,Disabled staff,percentage,higher,%,2,point,,none,,2012-05-01\n"
      "orphan,Nobody's measure,count,higher,,0,point,,none,,\n" },
    { "measure_objective", "objective,reference,measure,success_criterion,sequence\n"
                           "old-1,9,damp,Less damp,1\n"
                           "new-1,1.1,let,More are let,10\n"
                           "new-1,1.2a,damp,Fewer are damp,20\nnew-1,1.2b,dry,More are dry,30\n"
                           "new-1,1.3,orphan,Somebody counts,40\n"
                           "new-2,2.1,plan,The plan is done,50\n"
                           "new-2,2.1A,plan-a,Paths,60\nnew-2,2.1B,plan-b,Lights,70\n"
                           "new-2,2.2,staff,More disabled staff,80\n" },
    { "measure_supplier", "measure,unit,roll_up\n"
                          "let,homes,none\nlet,baths,none\ndamp,homes,none\ndry,homes,none\n"
                          "plan,parks,none\nplan-a,parks,none\nplan-b,parks,none\n"
                          "staff,homes,none\nstaff,parks,none\nstaff,council,worst\n" },
    { "target", "measure,unit,period,kind,comparator,value,decimals,wording\n"
                "let,homes,2012-13,annual,at-least,100,0,\n"
                "damp,homes,2012-13,annual,below,10,0,\n"
                "damp,homes,2012-13-Q1,profile,at-most,12,0,\n"
                "dry,homes,2013-14,annual,at-least,95,0,\n"
                "plan,parks,2012-13,annual,equal,,0,All done\n"
                "staff,homes,2012-13,annual,at-least,5,0,\n"
                "staff,parks,2012-13,annual,at-least,5,0,\n" },
    { "value",
      "measure,unit,period,numerator,denominator,value,decimals,state,missing,milestone\n"
      "let,homes,2012-13-Q1,,,30,0,final,,\nlet,homes,2011-12-Q4,,,90,0,final,,\n"
      "let,homes,2011-12-Q1,,,25,0,final,,\n"
      "damp,homes,2012-13-Q1,,,12,1,final,,\ndamp,homes,2011-12-Q4,,,11.5,1,final,,\n"
      "damp,homes,2011-12-Q1,,,13,1,final,,\n"
      "plan-a,parks,2012-13-Q1,,,,,final,,complete\nplan-b,parks,2012-13-Q1,,,,,final,,slipped\n"
      "staff,homes,2012-13-Q1,1,20,,,provisional,,\nstaff,homes,2011-12-Q4,2,20,,,final,,\n"
      "staff,parks,2012-13-Q1,,,,,provisional,awaited,\nstaff,parks,2010-11,,,4,2,final,,\n"
      "staff,parks,2011-12,,,4.5,2,final,,\nstaff,parks,2013-14,,,6,2,final,,\n" },
    { "rating", "measure,unit,period,declared,declared_reason\n"
                "let,homes,2012-13-Q1,HG,\ndamp,homes,2012-13-Q1,A,Sickness in the team\n"
                "plan-a,parks,2012-13-Q1,LG,\nplan-b,parks,2012-13-Q1,LG,\n" },
    { "forecast", "measure,unit,period,made_in,value,decimals,note\n"
                  "let,homes,2012-13,2012-13-Q1,110,0,By March\n"
                  "let,homes,2012-13,2011-12-Q4,80,0,Earlier\n" },
    { "comparator", "measure,name,period,value,decimals\n"
                    "damp,England,2010-11,14,1\ndamp,England,2011-12,13.5,1\n"
                    "damp,Neighbours,2011-12,15,1\n" },
    { "directorate_return", "code,period,unit,state,due_on,submitted_on\n"
                            "q1-homes,2012-13-Q1,homes,submitted,2012-07-31,2012-08-02\n"
                            "q1-parks,2012-13-Q1,parks,due,2012-07-31,\n" },
    { "return_row", "directorate_return,reference,sequence,objective,measure,progress,declared\n"
                    "q1-homes,1.1,1,new-1,let,30 were let.,HG\n"
                    "q1-homes,1.2,2,new-1,damp,Damp is at 12%.,A\n" },
};

void town_send(const char *kind, const char *csv)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct import_result result;
    const struct import_options options = { .entity = model_entity(kind) };
    assert_non_null(options.entity);
    assert_int_equal(table_reader_open_bytes(&town.work, "town.csv", slice_of(csv), NULL, &reader),
                     STATUS_OK);
    enum status status = import_table(&town.work, "town.csv", reader, &options, &result);
    if (status != STATUS_OK)
        print_error("%s: %s%s\n", kind, town.work.error,
                    result.problems.list.count == 0
                        ? ""
                        : ((struct problem *)result.problems.list.items[0])->words);
    assert_int_equal(status, STATUS_OK);
}

int town_open(void **state)
{
    (void)state;
    town.work = support_work();
    town.folder = support_folder(&town.work);
    const char *inner = arena_format(town.work.arena, "%s/workspace", town.folder);
    assert_int_equal(workspace_create(&town.work, inner, "sqlite:dueregard.sqlite"), STATUS_OK);
    for (size_t i = 0; i < ARRAY_COUNT(files); i++)
        town_send(files[i].kind, files[i].csv);
    return 0;
}

int town_close(void **state)
{
    (void)state;
    store_close(&town.work);
    support_remove(town.folder);
    support_work_end(&town.work);
    return 0;
}
