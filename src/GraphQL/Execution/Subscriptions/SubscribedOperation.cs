using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>What a subscriber asked for, whoever they are.</summary>
internal sealed record SubscribedOperation(
    AdmittedOperation Admitted, OperationRequest Request, StreamResolver Resolver, Selection Field, ErrorHandling OnError)
{
    /// <summary>The variables as text, without one that says nothing but where to start.</summary>
    public string VariablesWithout(string? argument)
    {
        if (Request.Variables.ValueKind is JsonValueKind.Undefined)
        {
            return string.Empty;
        }

        if (Request.Variables.ValueKind is not JsonValueKind.Object || StartVariable(argument) is not { } start)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(Request.Variables));
        }

        var text = new StringBuilder();
        foreach (var variable in Request.Variables.EnumerateObject().Where(variable => variable.Name != start))
        {
            text.Append(variable.Name).Append(':')
                .Append(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(variable.Value))).Append(',');
        }

        return text.ToString();
    }

    /// <summary>The variable an argument is given by, if it stands nowhere else in the document.</summary>
    private string? StartVariable(string? argument)
    {
        if (Field.Nodes[0].Arguments.FirstOrDefault(given => given.Name.Value == argument)?.Value is not VariableNode variable)
        {
            return null;
        }

        // Once where it is declared and once here. Words in comments count too, which at worst keeps two apart.
        var uses = Regex.Count(
            Encoding.UTF8.GetString(Request.Document.Span),
            $@"\$(?:[\s,\uFEFF]|#[^\r\n]*)*{variable.Name.Value}(?![_0-9A-Za-z])",
            RegexOptions.None,
            TimeSpan.FromSeconds(1));
        return uses == 2 ? variable.Name.Value : null;
    }
}
