using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport.Requests;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Transport.Uploads;

/// <summary>The field <c>map</c>: which file stands at which places of the variables.</summary>
internal sealed class UploadMap
{
    private readonly Dictionary<string, string[]> _paths;

    private UploadMap(Dictionary<string, string[]> paths)
    {
        _paths = paths;
    }

    public IEnumerable<string> Keys => _paths.Keys;

    public bool Contains(string key) => _paths.ContainsKey(key);

    public static UploadMap Parse(ReadOnlySpan<byte> json)
    {
        var paths = new Dictionary<string, string[]>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json);
            var map = JsonSerializer.Deserialize<Dictionary<string, string?[]?>>(ref reader) ?? [];
            foreach (var (key, places) in map)
            {
                if (places is not { Length: > 0 })
                {
                    throw Refused(ErrorCodes.UploadNoPath, $"No object paths specified for key '{key}' in 'map'.");
                }

                paths.Add(key, [.. places.Select(place => place ?? string.Empty)]);
            }
        }
        catch (JsonException)
        {
            throw Refused(
                ErrorCodes.UploadInvalidMap,
                "Invalid JSON in the 'map' multipart field; expected lists of paths by key.");
        }

        return new UploadMap(paths);
    }

    /// <summary>The variables with each file's key in the place of its null.</summary>
    public JsonElement Place(JsonElement variables, IReadOnlyDictionary<string, UploadKey> keys)
    {
        var root = variables.ValueKind is JsonValueKind.Object ? JsonObject.Create(variables)! : [];
        foreach (var (part, paths) in _paths)
        {
            foreach (var path in paths)
            {
                Set(root, path, keys[part].Text);
            }
        }

        return JsonSerializer.SerializeToElement(root);
    }

    private static void Set(JsonObject variables, string path, string key)
    {
        var steps = path.Split('.');
        if (steps.Any(step => step.Length == 0))
        {
            throw Refused(ErrorCodes.UploadInvalidPath, $"Invalid variable path '{path}' in 'map'.");
        }

        if (steps[0] != "variables")
        {
            throw Refused(
                ErrorCodes.UploadPathNotInVariables, $"The variable path '{path}' must start with 'variables'.");
        }

        if (steps.Length < 2)
        {
            throw Refused(ErrorCodes.UploadInvalidPath, $"Invalid variable path '{path}' in 'map'.");
        }

        JsonNode? holder = variables;
        for (var i = 1; i < steps.Length - 1; i++)
        {
            holder = Child(holder, steps[i], path) ?? throw NotFound(path);
        }

        if (Child(holder, steps[^1], path) is not null)
        {
            throw Refused(
                ErrorCodes.UploadVariableStructure,
                $"The variable at '{path}' must be null, so that a file can take its place.");
        }

        if (holder is JsonArray list)
        {
            list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = key;
        }
        else
        {
            holder![steps[^1]] = key;
        }
    }

    private static JsonNode? Child(JsonNode? holder, string step, string path) => holder switch
    {
        JsonObject entries => entries.TryGetPropertyValue(step, out var child) ? child : throw NotFound(path),
        JsonArray items when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < items.Count => items[index],
        JsonArray => throw NotFound(path),
        _ => throw Refused(
            ErrorCodes.UploadVariableStructure,
            $"The variable path '{path}' leads through a value that is no object and no list."),
    };

    private static RefusedRequestException NotFound(string path) =>
        Refused(
            ErrorCodes.UploadVariableNotFound, $"The variable path '{path}' refers to a variable that does not exist.");

    private static RefusedRequestException Refused(string code, string message) =>
        new(RequestRefusal.Malformed(code, message));
}
