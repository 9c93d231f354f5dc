namespace Platform.Intelligence.Learning.Intervals;

/// <summary>How an adaptive band learns: the wished coverage, its step, its memory and how groups lean on the whole.</summary>
internal sealed record BandPolicy(double Coverage, double Step, int Memory, double Shrinkage);

/// <summary>
/// Adaptive conformal intervals (Gibbs and Candès 2021), online and per group. Scores are errors of a band that could
/// be wider; the level moves up after a miss and down after a hit, so the coverage holds over time even when the
/// world drifts. A group's width leans on the whole's by <see cref="BandPolicy.Shrinkage"/> rows: few rows, little say.
/// </summary>
internal sealed class AdaptiveBand(BandPolicy policy)
{
    private readonly Track _all = new(policy);
    private readonly Dictionary<string, Track> _groups = new(StringComparer.Ordinal);

    /// <summary>The score that the next outcome of the group stays below with the wished chance.</summary>
    public double Width(string group)
    {
        var whole = _all.Width();
        if (!_groups.TryGetValue(group, out var track) || track.Count == 0)
        {
            return whole;
        }

        var own = track.Width();
        var share = track.Count / (track.Count + policy.Shrinkage);
        return double.IsInfinity(own) || double.IsInfinity(whole) ? whole : (share * own) + ((1 - share) * whole);
    }

    /// <summary>An outcome became known: its score, and the width that had been promised for it.</summary>
    public void Observe(string group, double score, double promised)
    {
        if (!_groups.TryGetValue(group, out var track))
        {
            _groups.Add(group, track = new Track(policy));
        }

        _all.Observe(score, promised);
        track.Observe(score, promised);
    }

    private sealed class Track(BandPolicy policy)
    {
        private readonly Queue<double> _scores = new();
        private double _level = policy.Coverage;

        public int Count => _scores.Count;

        public double Width()
        {
            if (_scores.Count == 0)
            {
                return double.PositiveInfinity;
            }

            double[] sorted = [.. _scores.Order()];
            var rank = (int)Math.Ceiling(Math.Clamp(_level, 0, 1) * (sorted.Length + 1));

            // A level beyond what the memory can show is answered by its worst, a little widened.
            return rank > sorted.Length ? sorted[^1] + (0.1 * Math.Abs(sorted[^1])) : sorted[Math.Max(rank, 1) - 1];
        }

        public void Observe(double score, double promised)
        {
            var miss = score > promised ? 1 : 0;
            _level = Math.Clamp(_level + (policy.Step * (miss - (1 - policy.Coverage))), 0.02, 0.999);
            _scores.Enqueue(score);
            if (_scores.Count > policy.Memory)
            {
                _scores.Dequeue();
            }
        }
    }
}
