using System.Collections;
using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Platform.Api.Reading;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Writing;

/// <summary>How a C# type is told: its type in the schema, and the way from the C# value to what that type writes.</summary>
internal sealed record FactForm(TypeReference Type, Func<object?, object?> Convert);

/// <summary>
/// Events and refusals as object types of their facts, by convention. Ids are told as ids of the schema; what goods cost and
/// are worth is told to those who may see it.
/// </summary>
internal sealed class FactTypes(SchemaBuilder schema)
{
    private const string SeesValues = "stock.value.read";

    private static readonly FrozenSet<string> _values =
        new[] { "Value", "UnitCost", "Amount", "StandardCost" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The type of an event, or of a record inside one.</summary>
    public string Record(Type type)
    {
        if (schema.FindType(type.Name) is { } known)
        {
            return known.RuntimeType == type
                ? type.Name
                : throw new InvalidOperationException($"{type.FullName} cannot be the type {type.Name}: the name is taken.");
        }

        var record = Object(type.Name, type);
        record.Description = Descriptions.Of(type);
        AddFacts(record, type);
        return type.Name;
    }

    /// <summary>The type of a refusal: message, code, and its facts.</summary>
    public string Refusal(Type type)
    {
        var name = GraphWords.Error(type);
        if (schema.FindType(name) is not null)
        {
            return name;
        }

        var error = Object(name, type);
        error.Description = Descriptions.Of(type);
        error.Implement(ErrorInterface());
        Describe(error.Field("message", "String!"), "The actual cause, in a sentence that names the facts.").Resolver =
            new PureResolver<DomainError, string>(refusal => refusal.Message);
        Describe(error.Field("code", "String!"), "Stable for ever.").Resolver =
            new PureResolver<DomainError, string>(refusal => refusal.Code);
        AddFacts(error, type);
        return name;
    }

    private string ErrorInterface()
    {
        var error = schema.Interface("Error");
        error.Description ??= "Why a request was refused: something expected, on which a person can act.";
        Describe(error.Field("message", "String!"), "The actual cause, in a sentence that names the facts.");
        Describe(error.Field("code", "String!"), "Stable for ever.");
        return error.Name;
    }

    private ObjectTypeConfiguration Object(string name, Type type)
    {
        var record = schema.Object(name);
        record.RuntimeType = type;

        // Reached only through the answer to a command, which was allowed.
        record.Metadata.Set(AuthorizationRules.ForEverybody);
        return record;
    }

    private void AddFacts(ObjectTypeConfiguration type, Type record)
    {
        var parts = RecordParts.Of(record).All;
        var kind = parts.FirstOrDefault(part => part.Property.Name == "Record" && IsKind(part.Shape.Type));
        foreach (var part in parts.Where(part => part.Property.PropertyType != typeof(Subject)))
        {
            if (kind is not null && part.Shape.Type == typeof(Guid) && part.Property.Name != "Person")
            {
                AddRecordId(type, part, kind);
                continue;
            }

            var form = Form(part.Shape);
            var field = type.Field(CommandInputs.NameOf(part), form.Type);
            field.Description = Descriptions.Of(part);
            field.Resolver = new PureResolver<object, object?>(owner => form.Convert(part.Read(owner)));
            ShowRow(type, part, owner => owner);
            if (part.Shape.Type == typeof(decimal) && _values.Contains(part.Property.Name) && IsOfStock(record))
            {
                // Null for those who may not, and the rest of the answer stands.
                field.Type = "Decimal";
                field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute(SeesValues)));
            }
        }
    }

    /// <summary>Beside an id, the row itself, as it is after the commit and as far as the caller may see it.</summary>
    public static void ShowRow(ObjectTypeConfiguration type, RecordPart part, Func<object, object?> owner)
    {
        var name = GraphWords.Field(part.Property.Name);
        if (part.Shape.Element is not null || !RecordIds.IsTypedId(part.Shape.Type) || !EntityFields.CanShow(part.Shape.Type)
            || type.Fields.Exists(known => known.Name == name))
        {
            return;
        }

        var value = part.Shape.Type.GetProperty("Value")!;
        EntityFields.Hang(type.Field(name), part.Shape.Type, parent =>
            owner(parent) is { } record && part.Read(record) is { } id ? (Guid)value.GetValue(id)! : null);
    }

    /// <summary>An id beside the kind of record that it is of.</summary>
    private static void AddRecordId(ObjectTypeConfiguration type, RecordPart part, RecordPart kind)
    {
        var field = type.Field(GraphWords.Ids(part.Property.Name, isList: false), part.Shape.IsNullable ? "ID" : "ID!");
        field.Description = Descriptions.Of(part);
        field.Resolver = new PureResolver<object, object?>(owner =>
            part.Read(owner) is Guid id ? WireIds.Write(kind.Read(owner)!.ToString()!, id) : null);
    }

    private FactForm Form(ValueShape shape)
    {
        if (RecordIds.IsTypedId(shape.Type))
        {
            return Named("ID", shape, WireIds.Writer(shape.Type));
        }

        if (Leaves.NameOf(shape.Type, schema) is { } leaf)
        {
            return Named(leaf, shape, value => value);
        }

        if (shape.Element is { } element)
        {
            var each = Form(element);
            var list = each.Type.List();
            return new FactForm(
                shape.IsNullable ? list : list.NonNull(),
                values => values is IEnumerable all ? all.Cast<object?>().Select(each.Convert).ToArray() : null);
        }

        return Named(shape.Type.IsAbstract ? Choice(shape.Type) : Record(shape.Type), shape, value => value);
    }

    private string Choice(Type type)
    {
        var union = schema.Union(type.Name);
        union.Description = Descriptions.Of(type);
        foreach (var choice in type.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>())
        {
            union.Include(Record(choice.DerivedType));
        }

        return union.Name;
    }

    private static FactForm Named(TypeReference name, ValueShape shape, Func<object?, object?> convert) =>
        new(shape.IsNullable ? name : name.NonNull(), convert);

    private static FieldConfiguration Describe(FieldConfiguration field, string description)
    {
        field.Description = description;
        return field;
    }

    private static bool IsKind(Type type) => type == typeof(RecordKind) || type == typeof(string);

    private static bool IsOfStock(Type record) =>
        record.Namespace!.StartsWith("Platform.Domain.Stock", StringComparison.Ordinal) && !typeof(DomainError).IsAssignableFrom(record);
}
