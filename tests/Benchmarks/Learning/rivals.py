"""XGBoost and scikit-learn on the rows of the benchmark, one thread each. Prints one JSON object."""
import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OMP_WAIT_POLICY"] = "passive"
import numpy as np
import xgboost as xgb

path, rows, width, train, trees, depth = sys.argv[1], *map(int, sys.argv[2:])
data = np.fromfile(path, dtype=np.float32).reshape(rows, width + 1)
X, y = np.ascontiguousarray(data[:, :width]), data[:, width]


def auc(p):
    order = np.argsort(p, kind="stable")
    rank = np.empty(len(p))
    rank[order] = np.arange(1, len(p) + 1)
    positive = y[train:] > 0
    n = positive.sum()
    return float((rank[positive].sum() - n * (n + 1) / 2) / (n * (len(p) - n)))


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


out = {}
setting = dict(objective="binary:logistic", max_depth=depth, eta=0.1, tree_method="hist", nthread=1)
seconds, model = timed(lambda: xgb.train(setting, xgb.DMatrix(X[:train], label=y[:train], nthread=1), trees))
test = xgb.DMatrix(X[train:], nthread=1)
model.predict(xgb.DMatrix(X[:100]), output_margin=True)
batch, margins = timed(lambda: model.predict(test, output_margin=True))
inplace, _ = timed(lambda: model.inplace_predict(X[train:]))
single = []
for i in range(500):
    one = X[train + i : train + i + 1]
    single.append(timed(lambda: model.inplace_predict(one))[0])
few = xgb.DMatrix(X[train : train + 1000], nthread=1)
contributions, _ = timed(lambda: model.predict(few, pred_contribs=True))
out["xgboost"] = dict(
    train_seconds=seconds, auc=auc(margins), batch_rows_per_second=(rows - train) / min(batch, inplace),
    single_microseconds=float(np.median(single) * 1e6), contributions_per_second=1000 / contributions)
try:
    from sklearn.ensemble import HistGradientBoostingClassifier

    rival = HistGradientBoostingClassifier(
        max_iter=trees, max_depth=depth, max_leaf_nodes=2**depth, learning_rate=0.1, l2_regularization=1, min_samples_leaf=5,
        early_stopping=False)
    seconds, _ = timed(lambda: rival.fit(X[:train], y[:train]))
    batch, scores = timed(lambda: rival.decision_function(X[train:]))
    single = [timed(lambda: rival.decision_function(X[train + i : train + i + 1]))[0] for i in range(100)]
    out["scikit_learn"] = dict(
        train_seconds=seconds, auc=auc(scores), batch_rows_per_second=(rows - train) / batch,
        single_microseconds=float(np.median(single) * 1e6))
except ImportError:
    pass
print(json.dumps(out))
