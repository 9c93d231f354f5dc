using System.Collections;
using System.Globalization;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Response;

/// <summary>Writes errors and extensions. §7.1.5 Errors: message, locations, path, extensions and nothing else.</summary>
public static class ErrorWriter
{
    /// <summary>The property <c>"errors":[…]</c> without a comma on either side.</summary>
    public static void WriteErrors(JsonWriter writer, IReadOnlyList<GraphQLError> errors)
    {
        writer.WriteRaw("\"errors\":["u8);
        for (var i = 0; i < errors.Count; i++)
        {
            if (i > 0)
            {
                writer.WriteRaw((byte)',');
            }

            Write(writer, errors[i]);
        }

        writer.WriteRaw((byte)']');
    }

    public static void Write(JsonWriter writer, GraphQLError error)
    {
        writer.WriteRaw("{\"message\":"u8);
        writer.WriteString(error.Message);
        if (error.Locations.Count > 0)
        {
            WriteLocations(writer, error.Locations);
        }

        if (error.Path is { } path)
        {
            writer.WriteRaw(",\"path\":"u8);
            WriteValue(writer, path);
        }

        if (error.Code is not null || error.Extensions.Count > 0)
        {
            WriteExtensions(writer, error);
        }

        writer.WriteRaw((byte)'}');
    }

    /// <summary>Null, strings, numbers, booleans, times, lists and maps of these; anything else as its text.</summary>
    public static void WriteValue(JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNull(); break;
            case string text: writer.WriteString(text); break;
            case bool flag: writer.WriteBoolean(flag); break;
            case int number: writer.WriteNumber(number); break;
            case long number: writer.WriteNumber(number); break;
            case double number when double.IsFinite(number): writer.WriteNumber(number); break;
            case decimal number: writer.WriteNumber(number); break;
            case Guid id: writer.WriteString(id); break;
            case DateTimeOffset time: writer.WriteString(time); break;
            case JsonElement json: writer.WriteJson(json); break;
            case IEnumerable<KeyValuePair<string, object?>> map: WriteMap(writer, map); break;
            case IEnumerable list: WriteList(writer, list); break;
            default: writer.WriteString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty); break;
        }
    }

    public static void WriteMap(JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> map)
    {
        writer.WriteRaw((byte)'{');
        var isFirst = true;
        foreach (var (name, value) in map)
        {
            if (!isFirst)
            {
                writer.WriteRaw((byte)',');
            }

            isFirst = false;
            writer.WriteString(name);
            writer.WriteRaw((byte)':');
            WriteValue(writer, value);
        }

        writer.WriteRaw((byte)'}');
    }

    private static void WriteList(JsonWriter writer, IEnumerable list)
    {
        writer.WriteRaw((byte)'[');
        var isFirst = true;
        foreach (var value in list)
        {
            if (!isFirst)
            {
                writer.WriteRaw((byte)',');
            }

            isFirst = false;
            WriteValue(writer, value);
        }

        writer.WriteRaw((byte)']');
    }

    private static void WriteLocations(JsonWriter writer, IReadOnlyList<SourceLocation> locations)
    {
        writer.WriteRaw(",\"locations\":["u8);
        for (var i = 0; i < locations.Count; i++)
        {
            writer.WriteRaw(i == 0 ? "{\"line\":"u8 : ",{\"line\":"u8);
            writer.WriteNumber(locations[i].Line);
            writer.WriteRaw(",\"column\":"u8);
            writer.WriteNumber(locations[i].Column);
            writer.WriteRaw((byte)'}');
        }

        writer.WriteRaw((byte)']');
    }

    private static void WriteExtensions(JsonWriter writer, GraphQLError error)
    {
        writer.WriteRaw(",\"extensions\":"u8);
        if (error.Code is null)
        {
            WriteMap(writer, error.Extensions);
            return;
        }

        writer.WriteRaw("{\"code\":"u8);
        writer.WriteString(error.Code);
        foreach (var (name, value) in error.Extensions)
        {
            writer.WriteRaw((byte)',');
            writer.WriteString(name);
            writer.WriteRaw((byte)':');
            WriteValue(writer, value);
        }

        writer.WriteRaw((byte)'}');
    }
}
