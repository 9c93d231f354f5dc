using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Platform.Domain.Kernel;

/// <summary>
/// Which types the serializer itself writes canonically, once it is told to sort members and to leave zeros away: all but those
/// whose members are known only with the value (maps, JSON as it came) or whose numbers are not decimal.
/// </summary>
internal static class CanonicalTypes
{
    private static readonly ConcurrentDictionary<Type, bool> _known = new();

    private static readonly HashSet<Type> _leaves =
    [
        typeof(string), typeof(bool), typeof(byte), typeof(short), typeof(int), typeof(long), typeof(decimal),
        typeof(Guid), typeof(DateOnly), typeof(TimeOnly), typeof(DateTimeOffset),
    ];

    public static JsonSerializerOptions Options { get; } = Build();

    public static bool AreWrittenInOrder(Type type) => _known.GetOrAdd(type, root => IsInOrder(root, []));

    /// <summary>The house's JSON with members in order. Text is escaped as the canonical form always was.</summary>
    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions(KernelJson.Options) { Encoder = null };
        options.TypeInfoResolver = KernelJson.Options.TypeInfoResolver!.WithAddedModifier(Sort);
        options.Converters.Add(new ShortestDecimal());
        options.Converters.Add(new EscapedMoment());
        options.MakeReadOnly();
        return options;
    }

    private static void Sort(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            var order = 0;
            foreach (var property in type.Properties.OrderBy(property => property.Name, StringComparer.Ordinal).ToList())
            {
                property.Order = order++;
            }
        }
    }

    private static bool IsInOrder(Type type, HashSet<Type> above)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (_leaves.Contains(bare) || bare.IsEnum || TypedIds.IsTypedId(bare))
        {
            return true;
        }

        if (!above.Add(bare))
        {
            return true;
        }

        var shape = Options.GetTypeInfo(bare);
        return shape.Kind switch
        {
            JsonTypeInfoKind.Enumerable => IsInOrder(shape.ElementType!, above),
            JsonTypeInfoKind.Object => shape.Properties.All(property => IsInOrder(property.PropertyType, above)) && IsNamedFirst(shape, above),
            JsonTypeInfoKind.None or JsonTypeInfoKind.Dictionary => false,
        };
    }

    /// <summary>The name of a choice stands before all members: in order only if it sorts there.</summary>
    private static bool IsNamedFirst(JsonTypeInfo type, HashSet<Type> above) =>
        type.PolymorphismOptions is not { } choice || choice.DerivedTypes.All(derived =>
            IsInOrder(derived.DerivedType, above)
            && Options.GetTypeInfo(derived.DerivedType).Properties.All(property =>
                string.CompareOrdinal(choice.TypeDiscriminatorPropertyName, property.Name) < 0));

    private sealed class ShortestDecimal : JsonConverter<decimal>
    {
        /// <summary>A division by one in 28 decimals takes the zeros away that stand behind a number.</summary>
        private const decimal WithoutZeros = 1.0000000000000000000000000000m;

        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value == 0 ? 0 : value / WithoutZeros);
    }

    /// <summary>A moment is a text like any other: its plus is escaped.</summary>
    private sealed class EscapedMoment : JsonConverter<DateTimeOffset>
    {
        private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));
    }
}
