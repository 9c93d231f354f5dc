using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Api.Seeding.History;

/// <summary>What is true of a made-up history and stands in none of its books; what is learned from it can be measured against this.</summary>
internal enum TruthKind
{
    /// <summary>How long a supplier takes from the first day on.</summary>
    LeadTime,

    /// <summary>From a day on a supplier takes so many days longer.</summary>
    LeadTimeStep,

    /// <summary>From a day on a supplier's days scatter by so many more.</summary>
    LeadTimeSpread,

    /// <summary>From a day on a supplier is as before.</summary>
    LeadTimeRecovery,

    /// <summary>An order came so many days later than promised.</summary>
    OrderLate,

    /// <summary>So many units of a line did not come as ordered.</summary>
    ReceiptOff,

    /// <summary>The book says so many units more than lie there.</summary>
    BookOff,
}

/// <summary>Why it is so.</summary>
internal enum TruthCause
{
    /// <summary>Nothing but chance.</summary>
    UsualSpread,
    LeadTimeStep,
    LeadTimeSpread,
    CarrierBreakdown,
    CustomsHold,
    ShortShipped,
    BrokenInTransit,
    UnconfirmedCrossDock,
    ShortTransfer,
}

/// <summary>One thing that is true.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">Of what: the supplier's code, the number of the order or of the receipt, or the bin and item.</param>
/// <param name="At">From which day on, or on which day.</param>
/// <param name="Size">How much, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Days or units.</param>
internal sealed record Truth(TruthKind Kind, string Subject, DateOnly At, double Size, string Unit)
{
    /// <summary>The supplier's mean days from then on.</summary>
    public double? Mean { get; init; }

    /// <summary>Their standard deviation, in days, before weekends are left out.</summary>
    public double? Spread { get; init; }

    /// <summary>Why.</summary>
    public TruthCause? Cause { get; init; }

    /// <summary>The supplier's code.</summary>
    public string? Supplier { get; init; }

    /// <summary>The warehouse's code.</summary>
    public string? Site { get; init; }

    /// <summary>The item's code.</summary>
    public string? Item { get; init; }
}

/// <summary>Everything that is true of a history, in the order in which it came to be.</summary>
internal sealed class KnownTruth
{
    private static readonly JsonSerializerOptions _written = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    private readonly List<Truth> _truths = [];

    public IReadOnlyList<Truth> All => _truths;

    public void Tell(Truth truth) => _truths.Add(truth);

    /// <summary>One JSON object a line.</summary>
    public static string Line(Truth truth) => JsonSerializer.Serialize(truth, _written);
}
