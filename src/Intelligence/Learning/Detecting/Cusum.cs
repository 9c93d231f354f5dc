namespace Platform.Intelligence.Learning.Detecting;

/// <summary>
/// The sum that watches one stream: evidence above <see cref="Slack"/> adds up, the rest wears it down to zero. When
/// it passes the limit, the change began where it last left zero.
/// </summary>
internal sealed record CusumPolicy(double Slack, double Limit, double Winsor);

/// <summary>What a detector reports: since which observation, and how large the change is in its units.</summary>
internal sealed record Drift(int Onset, int Detected, double Size);

/// <summary>
/// Winsorised CUSUM over standardised residuals: one wild delivery is cut to <see cref="CusumPolicy.Winsor"/> standard
/// deviations and cannot raise an alarm alone; a lasting shift of half as much can.
/// </summary>
internal sealed class Cusum(CusumPolicy policy)
{
    private readonly List<double> _sinceOnset = [];
    private int _seen;
    private int _onset;

    public double Sum { get; private set; }

    /// <summary>Takes the next standardised residual; answers the drift once the limit is passed.</summary>
    public Drift? Observe(double residual)
    {
        var evidence = Math.Clamp(residual, -policy.Winsor, policy.Winsor);
        var next = Sum + evidence - policy.Slack;
        if (next <= 0)
        {
            Sum = 0;
            _sinceOnset.Clear();
        }
        else
        {
            if (Sum == 0)
            {
                _onset = _seen;
            }

            Sum = next;
            _sinceOnset.Add(evidence);
        }

        _seen++;
        return Sum > policy.Limit ? new Drift(_onset, _seen - 1, _sinceOnset.Average()) : null;
    }

    public void Restart()
    {
        Sum = 0;
        _sinceOnset.Clear();
    }
}
