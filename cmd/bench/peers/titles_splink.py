# Splink with DuckDB as its tutorial uses it. It is not made for a single column
# of words, as its readme says; so each title has its words beside it, titles
# are compared that share one of the three rarest that any two titles share, and
# two things are compared: the whole text, and how many words are shared.
import sys

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

con = duckdb.connect()
con.read_csv(sys.argv[1], header=True, all_varchar=True).create_view("rows_read")
con.execute(
    """
create table titles as
  select row_number() over () as unique_id, title,
         lower(title) as text, list_distinct(regexp_extract_all(lower(title), '\\w+')) as words
  from rows_read;
create table counted as select word, count(*) as n from (select unnest(words) as word from titles) group by word;
create table ranked as
  select unique_id, list(word order by n, word) as keys
  from (select unique_id, unnest(words) as word from titles) join counted using (word) where n between 2 and 200 group by unique_id;
create table prepared as
  select unique_id, text, words, keys[1] as rare_1, keys[2] as rare_2, keys[3] as rare_3
  from titles left join ranked using (unique_id)
"""
)
api = DuckDBAPI(connection=con)
frame = api.register("prepared")
rules = [
    block_on("rare_1"),
    block_on("rare_2"),
    block_on("rare_3"),
    "l.rare_1 = r.rare_2",
    "l.rare_2 = r.rare_1",
    "l.rare_2 = r.rare_3",
    "l.rare_3 = r.rare_2",
]
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        cl.JaroWinklerAtThresholds("text", [0.95, 0.9, 0.8]),
        cl.ArrayIntersectAtSizes("words", [8, 6, 4, 3, 2]),
    ],
    blocking_rules_to_generate_predictions=rules,
)
linker = Linker(frame, settings)
linker.training.estimate_probability_two_random_records_match([block_on("rare_1", "rare_2")], recall=0.7)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("rare_1", "rare_2"))
pairs = linker.inference.predict(threshold_match_probability=0.01)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.05)
clusters.as_duckdbpyrelation().project("unique_id as row, cluster_id as cluster").write_csv(sys.argv[2], header=True)
