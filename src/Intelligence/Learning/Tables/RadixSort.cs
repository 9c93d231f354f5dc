namespace Platform.Intelligence.Learning.Tables;

/// <summary>
/// Sorts single-precision numbers in three linear passes. With it a column's quantiles are exact at any size, so the
/// histogram needs no approximate sketch and no tuning of one. NaN is not allowed.
/// </summary>
internal static class RadixSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    public static void Sort(float[] values, int count)
    {
        var keys = new uint[count];
        for (var i = 0; i < count; i++)
        {
            keys[i] = ToKey(values[i]);
        }

        var scratch = new uint[count];
        for (var shift = 0; shift < 32; shift += Bits)
        {
            Pass(keys, scratch, shift);
            (keys, scratch) = (scratch, keys);
        }

        for (var i = 0; i < count; i++)
        {
            values[i] = FromKey(keys[i]);
        }
    }

    /// <summary>An unsigned integer that orders as the float does; both zeros are one value.</summary>
    public static uint ToKey(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value == 0 ? 0f : value);
        return (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
    }

    public static float FromKey(uint key) =>
        BitConverter.UInt32BitsToSingle((key & 0x80000000) != 0 ? key & 0x7FFFFFFF : ~key);

    private static void Pass(uint[] from, uint[] to, int shift)
    {
        Span<int> starts = stackalloc int[Buckets];
        starts.Clear();
        foreach (var key in from)
        {
            starts[(int)((key >> shift) & (Buckets - 1))]++;
        }

        var next = 0;
        for (var b = 0; b < Buckets; b++)
        {
            var size = starts[b];
            starts[b] = next;
            next += size;
        }

        foreach (var key in from)
        {
            to[starts[(int)((key >> shift) & (Buckets - 1))]++] = key;
        }
    }
}
