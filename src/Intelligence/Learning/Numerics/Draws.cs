namespace Platform.Intelligence.Learning.Numerics;

/// <summary>
/// Random numbers of our own (SplitMix64, Steele, Lea and Flood 2014): the runtime's may change between versions, and
/// a draw keyed by what it is for (<see cref="At"/>) does not depend on which thread asks first.
/// </summary>
internal sealed class Draws(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>The draw that belongs to a purpose and an index, whoever asks and when.</summary>
    public static ulong At(ulong seed, ulong purpose, ulong index)
    {
        unchecked
        {
            return Mix(Mix(Mix(seed + Golden) ^ (purpose * Golden)) + (index * Golden));
        }
    }

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public static double ToUnit(ulong draw) => (draw >> 11) * (1.0 / (1UL << 53));

    public ulong Next()
    {
        unchecked
        {
            _state += Golden;
            return Mix(_state);
        }
    }

    public double NextUnit() => ToUnit(Next());

    /// <summary>Uniform in [0, bound): the product method, whose bias below 2^32 is not observable.</summary>
    public int NextBelow(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Standard normal, by the polar method.</summary>
    public double NextNormal()
    {
        while (true)
        {
            var u = (2 * NextUnit()) - 1;
            var v = (2 * NextUnit()) - 1;
            var s = (u * u) + (v * v);
            if (s is > 0 and < 1)
            {
                return u * Math.Sqrt(-2 * PortableMath.Log(s) / s);
            }
        }
    }

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
