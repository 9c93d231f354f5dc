using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>Finds lists of objects that say nothing about their length.</summary>
internal static class ListSizes
{
    public static void Check(ReadingContext context)
    {
        if (!context.Settings.Options.RequireListSizes)
        {
            return;
        }

        foreach (var type in context.Builder.Types.OfType<ObjectTypeConfiguration>())
        {
            if (type.Metadata.Has<GeneratedType>())
            {
                continue;
            }

            foreach (var field in type.Fields.Where(field => IsUnbounded(field, context.Builder)))
            {
                context.Errors.Add(
                    $"{type.Name}.{field.Name} is a list of any length. Add [UsePaging], [UseOffsetPaging] or [ListSize(AssumedSize = …)].");
            }
        }
    }

    private static bool IsUnbounded(FieldConfiguration field, SchemaBuilder builder)
    {
        var type = field.Type?.Syntax;
        var isList = (type is NonNullTypeNode nonNull ? nonNull.Type : type) is ListTypeNode;
        return isList
            && builder.FindType(type!.NamedType) is ComplexTypeConfiguration or UnionTypeConfiguration
            && field.Directives.TrueForAll(directive => directive.Name.Value != WellKnownDirectives.ListSize);
    }
}
