namespace Platform.Intelligence.Learning.Measuring;

/// <summary>How far numbers are off.</summary>
internal static class Errors
{
    public static double MeanAbsolute(double[] predicted, double[] actual) =>
        predicted.Zip(actual, static (p, y) => Math.Abs(p - y)).Average();

    public static double RootMeanSquare(double[] predicted, double[] actual) =>
        Math.Sqrt(predicted.Zip(actual, static (p, y) => (p - y) * (p - y)).Average());

    /// <summary>Predicted minus actual: negative when predictions are too low.</summary>
    public static double Bias(double[] predicted, double[] actual) =>
        predicted.Zip(actual, static (p, y) => p - y).Average();

    public static double Pinball(double[] predicted, double[] actual, double quantile) =>
        predicted.Zip(actual, (p, y) => y > p ? quantile * (y - p) : (1 - quantile) * (p - y)).Average();

    public static double Coverage(double[] low, double[] high, double[] actual)
    {
        var inside = 0;
        for (var row = 0; row < actual.Length; row++)
        {
            inside += actual[row] >= low[row] && actual[row] <= high[row] ? 1 : 0;
        }

        return inside / (double)actual.Length;
    }
}
