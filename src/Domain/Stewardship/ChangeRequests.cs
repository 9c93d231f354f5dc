using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

internal static class ChangeRequests
{
    /// <summary>
    /// Whether the fields differ from what the request was made against. Other groups of the record may have changed
    /// meanwhile; they do not matter to its owner.
    /// </summary>
    public static bool IsOutdated(MasterChange request, object? current)
    {
        var now = current is null ? null : JsonSerializer.SerializeToNode(current, current.GetType(), KernelJson.Options);
        var then = request.Before is null ? null : JsonNode.Parse(request.Before);
        return !JsonNode.DeepEquals(then, now);
    }
}
