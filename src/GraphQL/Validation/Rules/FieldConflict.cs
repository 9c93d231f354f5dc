using System.Text;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>Two selections that cannot be merged, and why.</summary>
internal sealed record FieldConflict(string ResponseName, string Reason, List<FieldNode> Left, List<FieldNode> Right)
{
    private const int LongestText = 1000;
    private const int MostNodes = 20;

    /// <summary>The conflict of two fields whose own selections conflict.</summary>
    public static FieldConflict Below(FieldNode left, FieldNode right, List<FieldConflict> conflicts)
    {
        var reason = new StringBuilder();
        foreach (var conflict in conflicts)
        {
            reason.Append(reason.Length == 0 ? "" : " and ");
            reason.Append("subfields \"").Append(Shorten(conflict.ResponseName)).Append("\" conflict because ");
            reason.Append(conflict.Reason);
            if (reason.Length > LongestText)
            {
                break;
            }
        }

        return new FieldConflict(
            left.ResponseName,
            Shorten(reason.ToString()),
            Gather(left, conflicts.Select(conflict => conflict.Left)),
            Gather(right, conflicts.Select(conflict => conflict.Right)));
    }

    public static string Shorten(string text) => text.Length > LongestText ? text[..LongestText] + "..." : text;

    private static List<FieldNode> Gather(FieldNode outer, IEnumerable<List<FieldNode>> inner)
    {
        var nodes = new List<FieldNode> { outer };
        foreach (var side in inner.TakeWhile(_ => nodes.Count < MostNodes))
        {
            nodes.AddRange(side.TakeLast(MostNodes - nodes.Count));
        }

        return nodes;
    }
}
