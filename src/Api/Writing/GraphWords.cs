using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Platform.Api.Writing;

/// <summary>What the names of the domain are called in the graph.</summary>
internal static class GraphWords
{
    public static string Field(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>As the domain's own JSON and the database spell it.</summary>
    public static string EnumValue(string name) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(name);

    /// <summary>A part that holds ids says so: <c>item</c> is <c>itemId</c>, <c>serials</c> is <c>serialIds</c>, <c>entities</c> is <c>entityIds</c>.</summary>
    public static string Ids(string name, bool isList)
    {
        var field = Field(name);
        return isList
            ? One(field) + "Ids"
            : field == "id" || field.EndsWith("Id", StringComparison.Ordinal) ? field : field + "Id";
    }

    private static string One(string several) =>
        several.EndsWith("ies", StringComparison.Ordinal) ? several[..^3] + "y" : several.EndsWith('s') ? several[..^1] : several;

    /// <summary><c>LegalEntity</c> in a sentence is <c>legal entity</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0 && char.IsLower(words[^1]))
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    public static string Sentence(string name)
    {
        var words = Words(name);
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }

    /// <summary>What a refusal is called as a type: <c>BinIsBlocked</c> is <c>BinIsBlockedError</c>.</summary>
    public static string Error(MemberInfo refusal) => refusal.Name + "Error";
}
