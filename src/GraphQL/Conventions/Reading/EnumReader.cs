using System.Reflection;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

internal static class EnumReader
{
    public static void Read(Type type, EnumTypeConfiguration configuration)
    {
        configuration.RuntimeType = type;
        TypeAnnotations.Describe(configuration, type);
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (!field.IsMarked<GraphQLIgnoreAttribute>())
            {
                TypeAnnotations.Describe(configuration.Value(NameOf(field), field.GetValue(null)!), field);
            }
        }
    }

    public static string NameOf(FieldInfo field) =>
        field.Mark<GraphQLNameAttribute>()?.Name ?? Names.EnumValue(field.Name);
}
