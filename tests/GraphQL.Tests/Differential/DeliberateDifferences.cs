namespace Platform.Tests.GraphQL.Differential;

/// <summary>
/// Where we answer otherwise than the reference implementation on purpose. Everything else must be equal. An entry
/// names errors that only one side reports, and why. What the writers of these tests never write is not in the list:
/// a Float literal beyond any double (1e400) is refused where version 16 reads infinity (G-06); the location
/// DIRECTIVE_DEFINITION, which September 2025 does not have, is unknown; whole numbers for ID keep all their digits; and
/// introspection shows a default as it is written, not printed from its value.
/// </summary>
internal static class DeliberateDifferences
{
    private static readonly (string Part, string Reason)[] _onlyOurs =
    [
        ("has invalid default value:", "§3.6.1, §3.10: a default is a value of its type. Version 16 does not look."),
        ("Invalid circular reference. The default value of Input Object field",
            "§3.10: InputFieldDefaultValueHasCycle. Version 16 does not look."),
        ("is not deprecated, so implementation field", "§3.13.3, as version 17. Version 16 does not look."),
        ("cannot reference itself, directly or indirectly.", "§3.13, as version 17. Version 16 does not look."),
        ("operation is not supported by the schema.", "§5.2.1.1 is new in September 2025; version 17 reports the same."),
        ("must not use `@skip` or `@include` directives in the top level selection.",
            "§5.2.4.1 is new in September 2025; version 17 reports the same."),
        ("but must be non-nullable to be used for OneOf Input Object",
            "§5.8.5: version 16 misses it when the position itself is non-null, as `[OneOf!]`."),
    ];

    /// <summary>Both lists without what only one side reports on purpose.</summary>
    public static (List<string> Ours, List<string> Theirs) Level(IReadOnlyList<string> ours, IReadOnlyList<string> theirs)
    {
        // §5.2.4.1: with conditions at the root of a subscription we do not count its fields, as version 17.
        var hasConditions = ours.Any(e => e.Contains("in the top level selection.", StringComparison.Ordinal));
        bool CountsRootFields(string e) => hasConditions && e.Contains("top level field.", StringComparison.Ordinal);
        return (
            [.. ours.Where(e => !CountsRootFields(e)).Where(e => theirs.Contains(e) ||
                !Array.Exists(_onlyOurs, part => e.Contains(part.Part, StringComparison.Ordinal)))],
            [.. theirs.Where(e => !CountsRootFields(e) && !ConflictsWithItself(e))]);
    }

    /// <summary>
    /// A field whose argument comes twice, in a fragment within itself, is compared with itself by version 16, and its last
    /// argument with its first. Both mistakes have errors of their own.
    /// </summary>
    private static bool ConflictsWithItself(string error) =>
        error.Contains(" conflict because ", StringComparison.Ordinal)
        && error.Split(" @ ") is [_, var places]
        && places.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var one, var other] && one == other;
}
