namespace Platform.Intelligence.Learning.Text;

/// <summary>
/// A text as the words and neighbouring pairs in it, each hashed to a slot: no vocabulary to keep, nothing to go stale.
/// </summary>
internal static class HashedWords
{
    public const int Slots = 1 << 17;

    // Longer texts say nothing new for routing, and a hostile one must not cost more.
    private const int MostWords = 400;

    /// <summary>Distinct slots, ascending.</summary>
    public static int[] Of(string text)
    {
        var slots = new SortedSet<int>();
        uint previous = 0;
        var count = 0;
        foreach (var word in Words(text))
        {
            if (++count > MostWords)
            {
                break;
            }

            var hash = Hash(word);
            slots.Add((int)(hash % Slots));
            if (previous != 0)
            {
                unchecked
                {
                    slots.Add((int)(((previous * 31) ^ hash) * 0x9E3779B1 % Slots));
                }
            }

            previous = hash;
        }

        return [.. slots];
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isPart = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (isPart && start < 0)
            {
                start = i;
            }
            else if (!isPart && start >= 0)
            {
                yield return text[start..i].ToLowerInvariant();
                start = -1;
            }
        }
    }

    // FNV-1a: stable between runs and versions, unlike the runtime's own hash.
    private static uint Hash(string word)
    {
        unchecked
        {
            var hash = 2166136261u;
            foreach (var character in word)
            {
                hash = (hash ^ character) * 16777619;
            }

            return hash;
        }
    }
}
