using System.Text;

namespace Platform.Domain.Catalog;

/// <summary>
/// What a name says, apart from how it is written: small letters, words in alphabetical order, no punctuation.
/// "Hex Bolt M8" and "bolt, hex (m8)" have one key.
/// </summary>
public static class NameKey
{
    public static string Of(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormKC))
        {
            plain.Append(char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' ');
        }

        var words = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(words, StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    /// <summary>
    /// Near-equal: as many words, and each pair differs by at most one letter. Words with a digit are sizes and types, so
    /// M8 and M6 are never near.
    /// </summary>
    public static bool AreNear(string left, string right)
    {
        var ours = left.Split(' ');
        var theirs = right.Split(' ');
        return ours.Length == theirs.Length && ours.Zip(theirs).All(pair => IsNear(pair.First, pair.Second));
    }

    private static bool IsNear(string left, string right)
    {
        if (left == right)
        {
            return true;
        }

        // In a short word one letter is another word: nut, net.
        var isPlainWord = !left.Any(char.IsDigit) && !right.Any(char.IsDigit);
        return isPlainWord && int.Min(left.Length, right.Length) >= 4 && DifferByOneLetter(left, right);
    }

    private static bool DifferByOneLetter(string left, string right)
    {
        var (shorter, longer) = left.Length <= right.Length ? (left, right) : (right, left);
        if (longer.Length - shorter.Length > 1)
        {
            return false;
        }

        var same = 0;
        while (same < shorter.Length && shorter[same] == longer[same])
        {
            same++;
        }

        var restOfShorter = shorter.AsSpan(longer.Length == shorter.Length ? same + 1 : same);
        return restOfShorter.SequenceEqual(longer.AsSpan(same + 1));
    }
}
