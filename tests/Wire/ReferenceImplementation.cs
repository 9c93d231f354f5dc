using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Platform.Tests.Wire;

/// <summary>
/// A test against npm `graphql`, the reference implementation. Where it is not installed the test is skipped with the
/// command that installs it; in continuous integration it fails instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute()
    {
        if (!ReferenceImplementation.IsInstalled && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"npm graphql is not installed: run `npm ci` in {ReferenceImplementation.Folder}.";
        }
    }
}

/// <summary>One long-lived Node process that answers a JSON question per line.</summary>
public sealed class ReferenceImplementation : IDisposable
{
    private readonly Process? _process;

    public ReferenceImplementation()
    {
        if (!IsInstalled)
        {
            return;
        }

        _process = Process.Start(new ProcessStartInfo("node", ["reference.mjs"])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        });
    }

    public static string Folder => NodeScript.Folder;

    public static bool IsInstalled => File.Exists(Path.Combine(Folder, "node_modules", "graphql", "package.json"));

    public JsonObject Ask(string what, params (string Name, JsonNode? Value)[] details)
    {
        var question = new JsonObject { ["ask"] = what };
        foreach (var (name, value) in details)
        {
            question[name] = value;
        }

        _process!.StandardInput.WriteLine(question.ToJsonString());
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The reference is gone.");
        var answer = (JsonObject)JsonNode.Parse(line)!;
        return answer["crash"] is null
            ? answer
            : throw new InvalidOperationException($"The reference failed: {answer["crash"]}\nasked {question}");
    }

    /// <summary>Its errors as `message @ line:column …`.</summary>
    public static List<string> Errors(JsonObject answer) =>
    [
        .. answer["errors"]!.AsArray().Select(error =>
            $"{error!["message"]} @ {string.Join(' ', error["locations"]!.AsArray().Select(l => l!.ToString()))}"),
    ];

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            _process.WaitForExit(TimeSpan.FromSeconds(5));
            _process.Dispose();
        }
    }
}
