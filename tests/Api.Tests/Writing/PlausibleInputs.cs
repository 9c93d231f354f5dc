using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Reflection;
using Platform.Api.Writing;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.Api.Writing;

/// <summary>An input of the right form for any command, about records that do not exist.</summary>
internal static class PlausibleInputs
{
    public static JsonObject For(Type command)
    {
        var parts = RecordParts.Of(command).All;
        var isWrapper = parts is [{ Shape: { IsNullable: false, Element: null } shape }] && IsRecord(shape.Type);
        return isWrapper ? Record(parts[0].Shape.Type) : Record(command);
    }

    private static JsonObject Record(Type type)
    {
        var record = new JsonObject();
        foreach (var part in RecordParts.Of(type).All)
        {
            record[CommandInputs.NameOf(part)] = part.Property.GetCustomAttribute<IdOfAttribute>() is { } several
                ? NodeIdFormat.Write(several.Records[0], Guid.CreateVersion7())
                : Value(part.Shape);
        }

        return record;
    }

    private static JsonNode? Value(ValueShape shape)
    {
        var type = shape.Type;
        if (RecordIds.IsTypedId(type))
        {
            return NodeIdFormat.Write(RecordIds.RecordOf(type), Guid.CreateVersion7());
        }

        if (shape.Element is { } element)
        {
            return new JsonArray(Value(element));
        }

        return type.IsEnum ? GraphWords.EnumValue(Enum.GetNames(type)[0])
            : type == typeof(string) ? "X"
            : type == typeof(bool) ? true
            : type == typeof(int) || type == typeof(long) || type == typeof(decimal) ? 1
            : type == typeof(Guid) ? Guid.CreateVersion7().ToString()
            : type == typeof(DateOnly) ? "2026-03-01"
            : type == typeof(TimeOnly) ? "16:00:00"
            : type == typeof(TimeSpan) ? "PT1H"
            : type == typeof(DateTimeOffset) ? "2026-03-01T08:00:00Z"
            : type.IsAbstract ? Choice(type)
            : Record(type);
    }

    private static JsonObject Choice(Type type)
    {
        var first = type.GetCustomAttributes<JsonDerivedTypeAttribute>().First();
        return new JsonObject { [(string)first.TypeDiscriminator!] = Record(first.DerivedType) };
    }

    private static bool IsRecord(Type type) =>
        type is { IsAbstract: false, IsEnum: false } && type.Namespace != nameof(System) && !RecordIds.IsTypedId(type);
}
