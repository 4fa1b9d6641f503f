# rensa as its readme uses it: words, 128 permutations, LSH. A title that is no
# new one falls to the titles that it was found to repeat.
import csv
import re
import sys

from rensa import RMinHashDeduplicator

with open(sys.argv[1], newline="") as f:
    titles = [row["title"] for row in csv.DictReader(f)]
words = [re.findall(r"\w+", t.lower()) or [t] for t in titles]
dedup = RMinHashDeduplicator(threshold=0.7, num_perm=128, use_lsh=True)
keep = dedup.add_pairs((str(i), w) for i, w in enumerate(words))
repeats = [i for i, new in enumerate(keep) if not new]
found = dedup.get_duplicate_sets([words[i] for i in repeats])

top = list(range(len(titles)))


def find(i):
    while top[i] != i:
        top[i] = top[top[i]]
        i = top[i]
    return i


for i, keys in zip(repeats, found):
    for key in keys:
        top[find(i)] = find(int(key))
with open(sys.argv[2], "w", newline="") as f:
    out = csv.writer(f)
    out.writerow(["row", "cluster"])
    out.writerows((i + 1, find(i)) for i in range(len(titles)))
