# GoldenMatch with the configuration that it chooses by itself for a column of
# titles (words in order of the alphabet, titles compared that share a word that
# is not frequent), but for the threshold, which is the best of those tried.
import csv
import sys

import goldenmatch
from goldenmatch.config.schemas import TokenBlockingConfig

config = goldenmatch.GoldenMatchConfig(
    matchkeys=[
        goldenmatch.MatchkeyConfig(
            name="title",
            type="weighted",
            threshold=0.8,
            fields=[goldenmatch.MatchkeyField(field="title", scorer="token_sort", weight=1.0, transforms=["lowercase", "strip"])],
        )
    ],
    blocking=goldenmatch.BlockingConfig(
        strategy="token", token=TokenBlockingConfig(column="title", min_token_length=3, max_df_ratio=0.02)
    ),
)
result = goldenmatch.dedupe(sys.argv[1], config=config)
with open(sys.argv[2], "w", newline="") as f:
    out = csv.writer(f)
    out.writerow(["row", "cluster"])
    out.writerows((row + 1, name) for name, cluster in result.clusters.items() for row in cluster["members"])
