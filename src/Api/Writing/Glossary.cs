using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.Api.Writing;

/// <summary>
/// Words that mean the same wherever they stand, so that no record needs to explain them again. A comment over the record
/// itself says more and comes first.
/// </summary>
internal static partial class Glossary
{
    /// <summary>A refusal's name is the fact that blocks, so the name says it.</summary>
    public static string OfType(Type type) =>
        type == typeof(DayOfWeek) ? "A day of the week."
        : typeof(DomainError).IsAssignableFrom(type) ? $"Refused: {GraphWords.Words(type.Name)}."
        : typeof(IEvent).IsAssignableFrom(type) ? $"It happened: {GraphWords.Words(type.Name)}."
        : GraphWords.Sentence(type.Name);

    /// <summary>What the part's own type says is the last word: a part of that type needs no other.</summary>
    public static string? OfPart(RecordPart part)
    {
        var type = part.Shape.Element?.Type ?? part.Shape.Type;
        var isScalar = type.Namespace == nameof(System);
        return RecordIds.IsTypedId(type) ? IdOf(type, isList: part.Shape.Element is not null)
            : isScalar ? _parts.GetValueOrDefault(part.Property.Name)
            : XmlDocumentation.Summary(type) ?? _parts.GetValueOrDefault(part.Property.Name) ?? OfType(type);
    }

    private static string IdOf(Type type, bool isList)
    {
        var record = GraphWords.Words(RecordIds.RecordOf(type));
        return isList ? $"Ids, each of a {record}." : $"The id of the {record}.";
    }
}
