# string_grouper as its readme uses it: groups of titles by the cosine of their
# letters three by three.
import sys

import pandas
from string_grouper import group_similar_strings

titles = pandas.read_csv(sys.argv[1], keep_default_na=False)["title"]
groups = group_similar_strings(titles, min_similarity=0.7, number_of_processes=2)
pandas.DataFrame({"row": range(1, len(titles) + 1), "cluster": groups["group_rep_index"]}).to_csv(sys.argv[2], index=False)
