using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;
using Platform.Api.Reading.Rows;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Declaring;

/// <summary>From mapped properties to columns: how each kind of value is named, stored, asked for and written.</summary>
internal static partial class ReadColumns
{
    public static ReadColumn Of(IProperty property, string name, string description)
    {
        var isList = property.GetColumnType().EndsWith("[]", StringComparison.Ordinal);
        var isJson = property.GetColumnType() == "jsonb";
        var converter = property.GetTypeMapping().Converter;
        var clr = Underlying(property.ClrType);
        var stored = isList ? typeof(string[]) : Underlying(converter?.ProviderClrType ?? clr);
        var enumType = clr.IsEnum ? clr : isList ? property.ClrType.GetGenericArguments().FirstOrDefault(one => one.IsEnum) : null;
        return new ReadColumn
        {
            Name = name,
            Description = description,
            Column = property.GetColumnName(),
            IsNullable = property.IsNullable,
            StoredType = stored,
            StoreType = StoreTypeOf(stored, isJson),
            GraphType = enumType is not null ? enumType.Name : isJson ? "Any" : ScalarOf(stored),
            Writer = isJson ? JsonColumn.Instance : ColumnWriter.For(stored),
            ToStored = converter is not null && !isList ? value => converter.ConvertToProvider(value)! : Stored,
            EnumType = enumType,
            IsList = isList,
        };
    }

    public static ReadColumn Of(IProperty property, DeclaredColumn declared, string description)
    {
        var plain = Of(property, declared.Name, description);
        return Copy(plain, declared, plain.Expression, plain.Column);
    }

    /// <summary>`{OnHand} - {Allocated}` as an expression over the columns of those properties.</summary>
    public static ReadColumn Formula(IEntityType entity, DeclaredColumn declared, string sql, string description)
    {
        var stored = Underlying(declared.ValueType);
        var expression = Reference().Replace(sql, match =>
            "{}." + entity.FindProperty(match.Groups["name"].Value)!.GetColumnName());
        return new ReadColumn
        {
            Name = declared.Name,
            Description = description,
            Column = JsonNamingPolicy.SnakeCaseLower.ConvertName(declared.Name),
            Expression = $"({expression})",
            IsNullable = Nullable.GetUnderlyingType(declared.ValueType) is not null,
            StoredType = stored,
            StoreType = StoreTypeOf(stored, isJson: false),
            GraphType = ScalarOf(stored),
            Writer = ColumnWriter.For(stored),
            ToStored = Stored,
            Permission = declared.Permission,
            IsFilterable = declared.IsFilterable,
        };
    }

    /// <summary>The same column as the id of a type.</summary>
    public static ReadColumn AsId(ReadColumn column, string type) => new()
    {
        Name = column.Name,
        Description = column.Description,
        Column = column.Column,
        IsNullable = column.IsNullable,
        StoredType = column.StoredType,
        StoreType = column.StoreType,
        GraphType = "ID",
        Writer = new IdColumn(type, ColumnWriter.For(column.StoredType)),
        ToStored = value => IdValue((string)value, type, column.StoredType),
        IsFilterable = true,
        IdOf = type,
    };

    private static ReadColumn Copy(ReadColumn plain, DeclaredColumn declared, string? expression, string column) => new()
    {
        Name = plain.Name,
        Description = plain.Description,
        Column = column,
        Expression = expression,
        IsNullable = plain.IsNullable,
        StoredType = plain.StoredType,
        StoreType = plain.StoreType,
        GraphType = plain.GraphType,
        Writer = plain.Writer,
        ToStored = plain.ToStored,
        EnumType = plain.EnumType,
        IsList = plain.IsList,
        Permission = declared.Permission,
        IsFilterable = declared.IsFilterable && plain.GraphType != "Any" && !plain.IsList,
    };

    private static object IdValue(string id, string type, Type stored)
    {
        if (!NodeIdFormat.TryRead(id, out var given, out var raw))
        {
            throw Refused("The id has not the format of an id of this schema.");
        }

        return given == type
            ? NodeIdFormat.Value(raw, stored) ?? throw Refused("The id has not the format of an id of its type.")
            : throw Refused($"The id is not one of type `{type}`.");
    }

    private static GraphQLException Refused(string message) => new(new GraphQLError(message) { Code = ErrorCodes.BadId });

    // The driver takes moments in UTC only.
    private static object Stored(object value) => value is DateTimeOffset moment ? moment.ToUniversalTime() : value;

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static string ScalarOf(Type stored) =>
        CustomScalars.For(stored)?.Name ?? throw new NotSupportedException($"No scalar shows {stored.Name}.");

    private static NpgsqlDbType StoreTypeOf(Type stored, bool isJson) => isJson ? NpgsqlDbType.Jsonb
        : stored == typeof(Guid) ? NpgsqlDbType.Uuid
        : stored == typeof(string) ? NpgsqlDbType.Text
        : stored == typeof(string[]) ? NpgsqlDbType.Array | NpgsqlDbType.Text
        : stored == typeof(int) ? NpgsqlDbType.Integer
        : stored == typeof(short) ? NpgsqlDbType.Smallint
        : stored == typeof(long) ? NpgsqlDbType.Bigint
        : stored == typeof(decimal) ? NpgsqlDbType.Numeric
        : stored == typeof(bool) ? NpgsqlDbType.Boolean
        : stored == typeof(DateOnly) ? NpgsqlDbType.Date
        : stored == typeof(TimeOnly) ? NpgsqlDbType.Time
        : stored == typeof(DateTimeOffset) ? NpgsqlDbType.TimestampTz
        : throw new NotSupportedException($"No column of {stored.Name} is read.");

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}

/// <summary>What columns of the same name mean everywhere.</summary>
internal static class CommonColumns
{
    private static readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal)
    {
        ["code"] = "What people call it by; unique.",
        ["name"] = "What it is called.",
        ["status"] = "Where in its life it stands.",
        ["statusReason"] = "Why it stands there, in the words of who decided.",
        ["version"] = "Rises with every change; a change says which version it was made against.",
        ["createdAt"] = "When it was created.",
        ["updatedAt"] = "When it was changed last.",
        ["recordedAt"] = "When it was written down.",
        ["occurredAt"] = "When it happened.",
        ["postingDate"] = "The day in the books it counts for.",
        ["country"] = "ISO 3166 code of two letters.",
        ["countryOfOrigin"] = "Where it was made, as an ISO 3166 code.",
        ["blockReason"] = "Why it is blocked.",
        ["rank"] = "Its place in the order of preference; the lowest first.",
    };

    public static string? Describe(string name) => _texts.GetValueOrDefault(name);
}
