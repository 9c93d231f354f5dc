using Platform.Api.Access;
using Platform.Api.Live.Rules;

namespace Platform.Api.Live.Feed;

/// <summary>Which events a listener asked for; what they may hear is decided elsewhere. Null does not restrict.</summary>
public sealed record EventFilter(
    IReadOnlySet<string>? Types,
    string? SubjectKind,
    IReadOnlySet<Guid>? SubjectIds,
    Guid? LegalEntity,
    Guid? Warehouse)
{
    public const int MostValues = 100;

    public static EventFilter Everything { get; } = new(null, null, null, null, null);

    public bool Matches(LiveEvent one) =>
        (Types is null || Types.Contains(one.Published.Type))
        && (SubjectKind is null || SubjectKind == one.Published.Subject.Kind)
        && (SubjectIds is null || SubjectIds.Contains(one.Published.Subject.Id))
        && (LegalEntity is null || LegalEntity == one.Reach.LegalEntity)
        && (Warehouse is not { } warehouse || one.Reach.Warehouses.Contains(warehouse));

    /// <summary>
    /// Something may be in it that one account is told and others are not, who may see the same; it stands in no company and no
    /// warehouse.
    /// </summary>
    internal bool IsPersonalTo(Principal listener, EventRuleBook rules) =>
        LegalEntity is null && Warehouse is null && rules.Personal.Any(rule =>
            listener.Holds(rule.Permission)
            && (Types is null || Types.Contains(rule.Type.Name))
            && (SubjectKind is null || SubjectKind == rule.PersonalKind));

    /// <summary>Why the filter can never match, such as a type that does not exist; null when it is sound.</summary>
    internal string? Fault(EventRuleBook rules)
    {
        if (Types?.Count > MostValues || SubjectIds?.Count > MostValues)
        {
            return $"At most {MostValues} types and {MostValues} subjects can be asked for at once.";
        }

        return Types?.FirstOrDefault(type => rules.Find(type) is null) is { } unknown
            ? $"There is no event type '{Shortened(unknown)}'."
            : null;
    }

    private static string Shortened(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
