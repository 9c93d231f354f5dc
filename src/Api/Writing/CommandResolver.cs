using System.Diagnostics;
using Platform.Api.Access;
using Platform.Domain.Kernel;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Writing;

/// <summary>Translates, and nothing more: an input into a command, a result into an outcome.</summary>
internal sealed class CommandResolver(RecordInput input, CommandRoad road)
{
    private static readonly object _correlation = new();

    public FieldResolver AsField() => SingleResolver.From((_, field, ct) => ResolveAsync(field, ct));

    private async ValueTask<object?> ResolveAsync(FieldContext field, CancellationToken ct)
    {
        var given = (InputObjectValue)field.Arguments[0]!;
        var companion = CommandCompanion.Of(field.Request);
        var caller = Principal.Of(field.Request).Asking(
            CorrelationOf(field.Request), companion?.Key ?? IdempotencyKey.Of(given, field));
        var outcome = companion?.Session is { } session
            ? await road.RunAsync(session, CommandOf(given), caller, ct)
            : await road.RunAsync(field.Service<CommandRunner>(), CommandOf(given), caller, ct);
        if (outcome.Refusal is NotPermitted or ModelMayNotAct or BeyondYourRows)
        {
            throw new GraphQLException(new GraphQLError(outcome.Refusal.Message) { Code = ErrorCodes.NotAuthorized });
        }

        if (outcome.IsReplay)
        {
            field.SetExtension("idempotencyReplay", value: true);
        }

        return outcome;
    }

    private object CommandOf(InputObjectValue given)
    {
        try
        {
            return input.Make(given);
        }
        catch (BadInput problem)
        {
            throw new GraphQLException(new GraphQLError(problem.Message)
            {
                Code = problem.Code,
                Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["inputPath"] = new List<object> { "input" }.Concat(problem.Path).ToList(),
                },
            });
        }
    }

    /// <summary>Everything done for one request shares it; a trace lends its id.</summary>
    private static Guid CorrelationOf(RequestContext request)
    {
        if (!request.Items.TryGetValue(_correlation, out var known))
        {
            request.Items[_correlation] = known = Activity.Current is { } trace && Guid.TryParse(trace.TraceId.ToHexString(), out var id)
                ? id
                : Guid.CreateVersion7();
        }

        return (Guid)known!;
    }
}

/// <summary>What a request from inside brings along: the key of its only command, and the session that it belongs to.</summary>
internal sealed record CommandCompanion(string Key, CommandRunner.Session? Session)
{
    public static CommandCompanion? Of(RequestContext request) =>
        request.Items.TryGetValue(typeof(CommandCompanion), out var known) ? (CommandCompanion?)known : null;
}
