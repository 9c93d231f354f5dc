using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Tables;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>A label as numbers, NaN where it is missing, and the word that counts as 1 if it was words.</summary>
internal sealed record LabelColumn(double[] Values, string? Positive, string? Negative)
{
    // Words that mean "it happened", in the languages of exports.
    private static readonly HashSet<string> Affirmative = new(StringComparer.OrdinalIgnoreCase)
    {
        "yes", "y", "true", "t", "1", "positive", "pos", "late", "bad", "fail", "failed", "default",
    };

    public bool IsBinary { get; private init; }

    /// <summary>Reads the label. Two words, or two numbers that are to be told apart, become 0 and 1.</summary>
    public static Result<LabelColumn> Read(Column column, FitRequest request)
    {
        var isAmount = request.Objective is "squared" or "pinball" or "poisson" or "aft" || request.Observed is not null;
        return column switch
        {
            CategoryColumn words when isAmount => new LabelNotUsable(words.Name, "it is words, and the objective learns numbers"),
            CategoryColumn words => FromWords(words, request.Positive),
            NumericColumn numbers when isAmount => new LabelColumn(numbers.Values, Positive: null, Negative: null),
            NumericColumn numbers => FromNumbers(numbers, request.Positive),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Reads the label of a table to be judged: its words must be those that the model learnt.</summary>
    public static Result<LabelColumn> AsLearnt(Column column, string positive, string? negative)
    {
        string? Word(int row) => column switch
        {
            CategoryColumn words => words[row],
            NumericColumn numbers => double.IsNaN(numbers.Values[row]) ? null : Text(numbers.Values[row]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var values = new double[column.Count];
        for (var row = 0; row < values.Length; row++)
        {
            var word = Word(row);
            // A model of one class against the rest has no word for the rest.
            if (word is not null && word != positive && negative is not null && word != negative)
            {
                return new LabelNotUsable(column.Name, $"it is {word}; the model learnt {positive} and {negative}");
            }

            values[row] = word is null ? double.NaN : word == positive ? 1 : 0;
        }

        return new LabelColumn(values, positive, negative) { IsBinary = true };
    }

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The objective that was asked for, or the one that suits the label.</summary>
    public Result<Loss> LossFor(FitRequest request)
    {
        switch (request.Objective)
        {
            case null or "auto":
                return request.Observed is not null ? Survival(request)
                    : IsBinary ? new LogisticLoss()
                    : new SquaredLoss();
            case "logistic":
                return new LogisticLoss();
            case "squared":
                return new SquaredLoss();
            case "pinball":
                return request.Quantile is > 0 and < 1
                    ? new PinballLoss(request.Quantile)
                    : new OptionOutOfRange("quantile", request.Quantile, 0, 1);
            case "poisson":
                return new PoissonLoss();
            case "aft":
                return Survival(request);
            default:
                return new UnknownChoice("objective", request.Objective, "auto, logistic, squared, pinball, poisson, aft");
        }
    }

    private static Result<Loss> Survival(FitRequest request)
    {
        if (!(request.Scale is >= 0.01 and <= 100))
        {
            return new OptionOutOfRange("scale", request.Scale, 0.01, 100);
        }

        return request.Distribution switch
        {
            "normal" => new SurvivalLoss(SurvivalDistribution.Normal, request.Scale),
            "logistic" => new SurvivalLoss(SurvivalDistribution.Logistic, request.Scale),
            "extreme" => new SurvivalLoss(SurvivalDistribution.Extreme, request.Scale),
            _ => new UnknownChoice("distribution", request.Distribution, "normal, logistic, extreme"),
        };
    }

    private static Result<LabelColumn> FromWords(CategoryColumn words, string? positive)
    {
        string[] present = [.. words.Codes.Where(code => code >= 0).Distinct().Select(code => words.Categories[code]).Order(StringComparer.Ordinal)];
        if (present.Length > 2 && positive is not null && present.Contains(positive, StringComparer.Ordinal))
        {
            return new LabelColumn([.. words.Codes.Select(code => code < 0 ? double.NaN : words.Categories[code] == positive ? 1 : 0)], positive, Negative: null)
            {
                IsBinary = true,
            };
        }

        if (present.Length != 2)
        {
            return new LabelNotUsable(
                words.Name,
                $"it has {present.Length} different words; two are needed, or numbers. One class against the rest: --positive {present.FirstOrDefault() ?? "WORD"}");
        }

        var sought = positive ?? Array.Find(present, Affirmative.Contains) ?? present[1];
        if (!present.Contains(sought, StringComparer.Ordinal))
        {
            return new LabelNotUsable(words.Name, $"it never is {sought}; it is {present[0]} or {present[1]}");
        }

        double[] values = [.. words.Codes.Select(code => code < 0 ? double.NaN : words.Categories[code] == sought ? 1 : 0)];
        return new LabelColumn(values, sought, present.First(word => word != sought)) { IsBinary = true };
    }

    private static Result<LabelColumn> FromNumbers(NumericColumn numbers, string? positive)
    {
        double[] present = [.. numbers.Values.Where(value => !double.IsNaN(value)).Distinct().Take(3).Order()];
        if (present.Length < 2)
        {
            return new LabelNotUsable(numbers.Name, "it is the same in every row");
        }

        if (present.Length > 2)
        {
            return positive is null
                ? new LabelColumn(numbers.Values, Positive: null, Negative: null)
                : new LabelNotUsable(numbers.Name, "a positive value was named and it has more than two values");
        }

        var sought = positive is null ? present[1] : Array.Find(present, value => Text(value) == positive);
        if (positive is not null && Text(sought) != positive)
        {
            return new LabelNotUsable(numbers.Name, $"it never is {positive}; it is {Text(present[0])} or {Text(present[1])}");
        }

        double[] values = [.. numbers.Values.Select(value => double.IsNaN(value) ? double.NaN : value == sought ? 1 : 0)];
        return new LabelColumn(values, Text(sought), Text(present.First(value => value != sought))) { IsBinary = true };
    }
}
