using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.Api.Writing;

/// <summary>What the schema says about the domain's records: their own comments first, then the words all of them share.</summary>
internal static class Descriptions
{
    public static string Of(Type type) => XmlDocumentation.Summary(type) ?? Glossary.OfType(type);

    public static string? Of(RecordPart part) => XmlDocumentation.Summary(part.Property) ?? Glossary.OfPart(part);

    /// <summary>The comment of a command is the description of its mutation.</summary>
    public static string? Of(Operation operation) => XmlDocumentation.Summary(operation.Command);
}
