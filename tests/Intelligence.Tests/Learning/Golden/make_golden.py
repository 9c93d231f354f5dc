"""Makes the golden files from XGBoost 1.7.4: models, rows, margins and contributions. Run: /usr/bin/python3 make_golden.py"""
import os
import numpy as np
import xgboost as xgb

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
n = 600
X = rng.normal(size=(n, 5)).astype(np.float32)
X[:, 3] = rng.integers(0, 9, n)
X[:, 4] = np.round(X[:, 4], 1)
X[rng.random((n, 5)) < 0.1] = np.nan
Z = np.nan_to_num(X)
score = Z[:, 0] + 0.7 * Z[:, 1] * (Z[:, 4] > 0) + 0.8 * np.isin(Z[:, 3], [1, 4, 7]) - 0.5 * np.isnan(X[:, 2])
y = (rng.random(n) < 1 / (1 + np.exp(-score))).astype(np.float32)
names = ["stock", "demand", "cover", "zone", "price"]


def train(case, params, trees, y=None, types=None, bounds=None):
    kind = dict(feature_names=names, feature_types=types, enable_categorical=types is not None)
    d = xgb.DMatrix(X, label=y, **kind)
    if bounds is not None:
        d.set_float_info("label_lower_bound", bounds[0])
        d.set_float_info("label_upper_bound", bounds[1])
    b = xgb.train({"nthread": 1, "tree_method": "hist", **params}, d, trees)
    b.save_model(os.path.join(here, case + ".model.json"))
    few = xgb.DMatrix(X[:40], **kind)
    margin, prediction = b.predict(few, output_margin=True), b.predict(few)
    parts = b.predict(few, pred_contribs=True)
    with open(os.path.join(here, case + ".rows.csv"), "w") as out:
        out.write(",".join(names + ["margin", "prediction"] + ["c_" + m for m in names] + ["c_bias"]) + "\n")
        for i in range(40):
            cells = ["" if np.isnan(v) else repr(float(v)) for v in X[i]]
            cells += [repr(float(v)) for v in [margin[i], prediction[i], *parts[i]]]
            out.write(",".join(cells) + "\n")


train("logistic", dict(objective="binary:logistic", max_depth=4, eta=0.3, base_score=0.37), 9, y)
train("categories", dict(objective="binary:logistic", max_depth=3, max_cat_to_onehot=1), 10, y, ["q", "q", "q", "c", "q"])
train("pruned", dict(objective="reg:squarederror", max_depth=5, gamma=1.5, tree_method="exact"), 4, score)
train("poisson", dict(objective="count:poisson", max_depth=3), 12, rng.poisson(np.exp(0.5 * score)).astype(np.float32))
time = np.exp(2 + 0.4 * score + 0.3 * rng.normal(size=n)).astype(np.float32)
limit = np.where(rng.random(n) < 0.3, np.inf, time).astype(np.float32)
for shape in ["normal", "logistic", "extreme"]:
    train("survival-" + shape, dict(objective="survival:aft", aft_loss_distribution=shape,
                                    aft_loss_distribution_scale=0.8, max_depth=3), 8, bounds=(time, limit))
