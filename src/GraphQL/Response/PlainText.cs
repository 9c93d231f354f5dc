using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Platform.GraphQL.Response;

/// <summary>
/// Most strings of most responses are ASCII with nothing to escape. For them looking and copying is one pass, sixteen
/// characters at a time.
/// </summary>
internal static class PlainText
{
    /// <summary>Copies text that is its own JSON; false, with a target partly written, when it is not.</summary>
    public static bool TryNarrow(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (text.Length < Vector128<ushort>.Count || !Vector128.IsHardwareAccelerated)
        {
            return TryNarrowShort(text, target);
        }

        // The bounds of every access below: at + 8 is never beyond the text, which the target is no shorter than.
        target = target[..text.Length];
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var bytes = ref MemoryMarshal.GetReference(target);
        nuint at = 0;
        var last = (nuint)(text.Length - Vector128<ushort>.Count);
        while (true)
        {
            var units = Vector128.LoadUnsafe(ref source, at);
            if (NeedsMore(units))
            {
                return false;
            }

            var narrow = Vector128.Narrow(units, units).AsUInt64().ToScalar();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref bytes, at), narrow);
            if (at == last)
            {
                return true;
            }

            // The last eight overlap those before them, so that no rest is left to do one by one.
            at = Math.Min(at + (nuint)Vector128<ushort>.Count, last);
        }
    }

    private static bool TryNarrowShort(ReadOnlySpan<char> text, Span<byte> target)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (unit is < ' ' or > '~' or '"' or '\\')
            {
                return false;
            }

            target[i] = (byte)unit;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool NeedsMore(Vector128<ushort> units)
    {
        var outside = Vector128.GreaterThan(units - Vector128.Create((ushort)' '), Vector128.Create((ushort)('~' - ' ')));
        var quote = Vector128.Equals(units, Vector128.Create((ushort)'"'));
        var backslash = Vector128.Equals(units, Vector128.Create((ushort)'\\'));
        return (outside | quote | backslash) != Vector128<ushort>.Zero;
    }
}
