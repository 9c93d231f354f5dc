using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.Learning.Text;

/// <summary>What the router says of a text; no class when it abstains.</summary>
internal sealed record Routing(string? Class, double Probability);

/// <summary>
/// Multinomial logistic regression over <see cref="HashedWords"/>, trained by AdaGrad in row order. It abstains below
/// the probability that kept the promised accuracy on a later block: an unsure text goes to a person.
/// </summary>
internal sealed class TextRouter
{
    private const int Passes = 12;
    private const double Rate = 0.5;
    private const double Decay = 1e-5;

    private readonly string[] _classes;
    private readonly float[][] _weights;
    private readonly float[] _bias;

    private TextRouter(string[] classes)
    {
        _classes = classes;
        _weights = [.. classes.Select(_ => new float[HashedWords.Slots])];
        _bias = new float[classes.Length];
    }

    public IReadOnlyList<string> Classes => _classes;

    /// <summary>Below this probability it abstains; zero until <see cref="Promise"/> was asked.</summary>
    public double Threshold { get; private set; }

    public static TextRouter Fit(IReadOnlyList<(string Text, string Class)> examples, ulong seed)
    {
        var router = new TextRouter([.. examples.Select(example => example.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        (int[] Slots, int Class)[] rows =
            [.. examples.Select(example => (HashedWords.Of(example.Text), Array.IndexOf(router._classes, example.Class)))];
        router.Train(rows, new Draws(seed));
        return router;
    }

    /// <summary>
    /// Sets the threshold so that what is routed on this later block is right at least so often; answers the share
    /// that is routed. With no such threshold everything goes to a person.
    /// </summary>
    public double Promise(IReadOnlyList<(string Text, string Class)> later, double accuracy)
    {
        var judged = later.Select(example => (Best: Best(HashedWords.Of(example.Text)), example.Class))
            .OrderByDescending(item => item.Best.Probability).ToArray();
        Threshold = double.PositiveInfinity;
        var right = 0;
        var routed = 0;
        for (var i = 0; i < judged.Length; i++)
        {
            right += _classes[judged[i].Best.Class] == judged[i].Class ? 1 : 0;
            var isLastOfTie = i + 1 == judged.Length || judged[i + 1].Best.Probability < judged[i].Best.Probability;
            if (isLastOfTie && right >= accuracy * (i + 1))
            {
                Threshold = judged[i].Best.Probability;
                routed = i + 1;
            }
        }

        return judged.Length == 0 ? 0 : routed / (double)judged.Length;
    }

    public Routing Route(string text)
    {
        var (best, probability) = Best(HashedWords.Of(text));
        return new Routing(probability >= Threshold ? _classes[best] : null, probability);
    }

    private (int Class, double Probability) Best(int[] slots)
    {
        var probabilities = Probabilities(slots);
        var best = 0;
        for (var c = 1; c < probabilities.Length; c++)
        {
            best = probabilities[c] > probabilities[best] ? c : best;
        }

        return (best, probabilities[best]);
    }

    private double[] Probabilities(int[] slots)
    {
        // Longer texts must not be surer only because they are longer.
        var scale = slots.Length == 0 ? 0 : 1 / Math.Sqrt(slots.Length);
        var scores = new double[_classes.Length];
        for (var c = 0; c < scores.Length; c++)
        {
            var sum = 0.0;
            foreach (var slot in slots)
            {
                sum += _weights[c][slot];
            }

            scores[c] = _bias[c] + (scale * sum);
        }

        var top = scores.Max();
        var total = 0.0;
        for (var c = 0; c < scores.Length; c++)
        {
            scores[c] = PortableMath.Exp(scores[c] - top);
            total += scores[c];
        }

        return [.. scores.Select(score => score / total)];
    }

    private void Train((int[] Slots, int Class)[] rows, Draws draws)
    {
        float[][] squares = [.. _classes.Select(_ => new float[HashedWords.Slots])];
        var biasSquares = new double[_classes.Length];
        for (var pass = 0; pass < Passes; pass++)
        {
            draws.Shuffle<(int[], int)>(rows);
            foreach (var (slots, label) in rows)
            {
                var probabilities = Probabilities(slots);
                var scale = slots.Length == 0 ? 0 : 1 / Math.Sqrt(slots.Length);
                for (var c = 0; c < _classes.Length; c++)
                {
                    var error = probabilities[c] - (c == label ? 1 : 0);
                    biasSquares[c] += error * error;
                    _bias[c] -= (float)(Rate * error / Math.Sqrt(biasSquares[c] + 1e-8));
                    Step(_weights[c], squares[c], slots, error * scale);
                }
            }
        }
    }

    private static void Step(float[] weights, float[] squares, int[] slots, double error)
    {
        foreach (var slot in slots)
        {
            var gradient = error + (Decay * weights[slot]);
            squares[slot] += (float)(gradient * gradient);
            weights[slot] -= (float)(Rate * gradient / Math.Sqrt(squares[slot] + 1e-8));
        }
    }
}
