namespace Platform.Api.Seeding.History;

/// <summary>
/// A chance of its own for everything that is drawn: what is added to the history somewhere does not change what is drawn elsewhere,
/// and the order in which sites are played does not matter.
/// </summary>
internal static class Chances
{
    /// <summary>The same numbers give the same draws, on every machine; a hash code would not.</summary>
    public static Random Of(int seed, params ReadOnlySpan<int> what)
    {
        var mixed = 14_695_981_039_346_656_037UL;
        Mix(ref mixed, seed);
        foreach (var number in what)
        {
            Mix(ref mixed, number);
        }

        return new Random(unchecked((int)(mixed ^ (mixed >> 32))));
    }

    /// <summary>From the standard normal distribution.</summary>
    public static double Normal(this Random chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    public static bool Happens(this Random chance, double share) => chance.NextDouble() < share;

    /// <summary>FNV-1a over the bytes of a number.</summary>
    private static void Mix(ref ulong mixed, int number)
    {
        for (var shift = 0; shift < 32; shift += 8)
        {
            mixed = unchecked((mixed ^ (ulong)((number >> shift) & 0xFF)) * 1_099_511_628_211UL);
        }
    }
}
