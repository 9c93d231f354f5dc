namespace Platform.Intelligence.Learning.Measuring;

/// <summary>The smallest value at which the weight not above it reaches a share of the whole.</summary>
internal sealed class WeightedQuantile(int capacity)
{
    private readonly List<(double Value, double Weight)> _items = new(capacity);

    public int Count => _items.Count;

    public void Clear() => _items.Clear();

    public void Add(double value, double weight) => _items.Add((value, weight));

    public double At(double share)
    {
        if (_items.Count == 0)
        {
            return double.NaN;
        }

        _items.Sort(static (a, b) => a.Value.CompareTo(b.Value));
        var total = 0.0;
        foreach (var (_, weight) in _items)
        {
            total += weight;
        }

        // A little below the target: a sum of equal weights must not miss its own multiple by rounding.
        var target = share * total * (1 - 1e-12);
        var reached = 0.0;
        foreach (var (value, weight) in _items)
        {
            reached += weight;
            if (reached >= target)
            {
                return value;
            }
        }

        return _items[^1].Value;
    }
}
