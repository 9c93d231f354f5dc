using Platform.Api.Reading.Declaring;
using Platform.Api.Reading.Running;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading;

/// <summary>
/// Hangs "the row with this id" under any object: the subject of a mutation's payload, of an event. Whatever is selected
/// below it is planned like every other read, with the caller's permissions and rows.
/// </summary>
public static class EntityFields
{
    /// <summary>Whether a typed id names something readable.</summary>
    public static bool CanShow(Type idType) => Named(idType) is not null;

    /// <summary>The type of the graph that a typed id names.</summary>
    public static string TypeOf(Type idType) =>
        Named(idType)?.Name ?? throw new ArgumentException($"{idType.Name} names nothing that is readable.", nameof(idType));

    /// <summary>Makes a field give the row whose id the object carries; null where it carries none, or a row of others.</summary>
    /// <param name="field">The field, in a configuration of the schema.</param>
    /// <param name="idType">The typed id, such as <c>ItemId</c>.</param>
    /// <param name="idOf">Gets the raw id out of the object.</param>
    public static void Hang(FieldConfiguration field, Type idType, Func<object, Guid?> idOf)
    {
        var type = TypeOf(idType);
        field.Type = type;
        field.Description ??= Named(idType)!.Description ?? GraphQL.Conventions.Reading.XmlDocumentation.Summary(Named(idType)!.Entity);
        ReadSchema.Start(field, new HungResolver(type, parent => idOf(parent)));
        field.Metadata.Set(GraphQL.Conventions.GeneratedType.Instance);
    }

    private static Readable? Named(Type idType) => ReadModel.Declarations.FirstOrDefault(one => one.IdType == idType);
}
