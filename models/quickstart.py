# %% A shipped model in Python: the same margins, row for row. Needs python3-xgboost.
# python3 models/quickstart.py models/at-risk-orders/v1-a9f5b8b
import json
import sys

import numpy as np
import xgboost as xgb

folder = sys.argv[1]
booster = xgb.Booster()
booster.load_model(f"{folder}/model.json")

# %% Words become their place in the model's own list; what is not in it, and what is empty, is missing.
words = json.loads(booster.attributes().get("platform_categories", "{}"))


def number(name, value):
    if value is None or value == "":
        return np.nan
    if name in words:
        return words[name].index(value) if value in words[name] else np.nan
    return float(value)


def matrix(rows):
    values = [[number(name, row[name]) for name in booster.feature_names] for row in rows]
    return xgb.DMatrix(np.array(values, dtype=float), feature_names=booster.feature_names,
                       feature_types=booster.feature_types, enable_categorical=True)


# %% The rows that came with the model: inputs, margin, contributions.
golden = [json.loads(line) for line in open(f"{folder}/golden.jsonl", encoding="utf-8")]
margins = booster.predict(matrix([row["inputs"] for row in golden]), output_margin=True)
worst = max(abs(float(margin) - row["margin"]) for margin, row in zip(margins, golden))
print(f"{len(golden)} rows, largest difference of margins {worst:.2g}")
sys.exit(0 if worst < 1e-6 else 1)
