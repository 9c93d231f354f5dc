using Platform.Api.Access;
using Platform.Api.Reading.Statements;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Api.Reading.Running;

/// <summary>
/// What the database was asked for one request, for whoever sends <c>GraphQL-Plan: report</c> and holds
/// <c>plan.read</c>: statements without the values of their parameters.
/// </summary>
internal sealed class PlanReport
{
    public const string Header = "GraphQL-Plan";

    private readonly List<IReadOnlyDictionary<string, object?>> _statements = [];
    private readonly Lock _gate = new();

    /// <summary>The statements so far.</summary>
    public IReadOnlyList<string> Sql => [.. _statements.Select(statement => (string)statement["sql"]!)];

    /// <summary>One for all operations of a request; null when its header asks for none.</summary>
    public static PlanReport? Of(HttpContext request)
    {
        if (!request.Request.Headers.TryGetValue(Header, out var wanted) || wanted != "report")
        {
            return null;
        }

        lock (request.Items)
        {
            if (request.Items.TryGetValue(typeof(PlanReport), out var known))
            {
                return (PlanReport)known!;
            }

            var report = new PlanReport();
            request.Items.Add(typeof(PlanReport), report);
            return report;
        }
    }

    public void Add(Statement statement, int rows, TimeSpan took)
    {
        lock (_gate)
        {
            _statements.Add(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["sql"] = statement.Sql,
                ["rows"] = rows,
                ["milliseconds"] = Math.Round(took.TotalMilliseconds, 3),
            });
        }
    }

    public void Tell(FieldContext field)
    {
        if (Principal.Of(field.Request).Holds("plan.read"))
        {
            lock (_gate)
            {
                field.SetExtension("plan", new Dictionary<string, object?>(StringComparer.Ordinal) { ["statements"] = _statements.ToArray() });
            }
        }
    }
}
