using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Intelligence.Workbench.Versions;

/// <summary>One way to write JSON into a version folder: indented, snake case, no nulls, the same bytes every time.</summary>
internal static class VersionJson
{
    public static JsonSerializerOptions Options { get; } = Make(isIndented: true);

    public static JsonSerializerOptions Lines { get; } = Make(isIndented: false);

    private static JsonSerializerOptions Make(bool isIndented) => new()
    {
        WriteIndented = isIndented,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // A figure without meaning (the AUC of one class) is written as "NaN", not as a wrong number.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
