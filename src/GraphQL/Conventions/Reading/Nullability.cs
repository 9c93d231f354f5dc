namespace Platform.GraphQL.Conventions.Reading;

internal static class Nullability
{
    public static bool MayBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}
