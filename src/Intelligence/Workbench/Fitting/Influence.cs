namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>
/// Limits what one source of rows can teach: a supplier that delivers, or a clerk who writes, a fifth of the history
/// would otherwise write a fifth of the model.
/// </summary>
internal static class Influence
{
    private const int Rounds = 50;

    /// <summary>Weights under which no source has more than its share; with few sources, equal shares are the least possible.</summary>
    public static double[]? Cap(double[]? weights, string?[]? sources, double most)
    {
        if (sources is null || most >= 1)
        {
            return weights;
        }

        double[] capped = weights is null ? [.. Enumerable.Repeat(1.0, sources.Length)] : [.. weights];
        int[][] groups = [.. Enumerable.Range(0, sources.Length).GroupBy(row => sources[row] ?? "", StringComparer.Ordinal).Select(rows => rows.ToArray())];
        var share = Math.Max(most, 1.0 / groups.Length);

        // Cutting one raises the share of the others: repeated until nobody is above.
        for (var round = 0; round < Rounds; round++)
        {
            var total = capped.Sum();
            var isCut = false;
            foreach (var rows in groups)
            {
                var weight = rows.Sum(row => capped[row]);
                if (weight > share * total * (1 + 1e-6))
                {
                    isCut = true;
                    var factor = share * total / weight;
                    foreach (var row in rows)
                    {
                        capped[row] *= factor;
                    }
                }
            }

            if (!isCut)
            {
                break;
            }
        }

        return capped;
    }
}
