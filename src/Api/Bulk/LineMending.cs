using System.Text.Json.Nodes;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>Takes the optional field out of a line that a refusal names, so that the rest of the line may land.</summary>
internal static class LineMending
{
    /// <summary>False when the field is needed, or is not to be found, or more than one could be meant.</summary>
    public static bool TryLeaveOut(JsonObject input, InputObjectType type, string field)
    {
        var wanted = field.Split('.');
        var found = new List<Place>();
        Find(input, type, optional: null, wanted, [], found);
        return found is [{ Optional: { } optional }] && optional.Holder.Remove(optional.Name);
    }

    private static void Find(
        JsonObject holder, InputObjectType type, Optional? optional, string[] wanted, List<string> path, List<Place> found)
    {
        foreach (var field in type.Fields)
        {
            if (!holder.TryGetPropertyValue(field.Name, out var value))
            {
                continue;
            }

            // The nearest optional field around the wrong one goes with everything in it.
            var here = field.Type is NonNullType && !field.HasDefault ? optional : new Optional(holder, field.Name);
            path.Add(field.Name);
            if (path.Count >= wanted.Length && path[^wanted.Length..].SequenceEqual(wanted, StringComparer.Ordinal))
            {
                found.Add(new Place(here));
            }
            else if (value is JsonObject inner && field.Type.Named is InputObjectType below)
            {
                Find(inner, below, here, wanted, path, found);
            }

            path.RemoveAt(path.Count - 1);
        }
    }

    private sealed record Optional(JsonObject Holder, string Name);

    private sealed record Place(Optional? Optional);
}
