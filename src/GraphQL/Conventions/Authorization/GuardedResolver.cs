using System.Collections.Immutable;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions.Authorization;

/// <summary>A resolver behind rules. The rules know nothing of the parent, so they are asked once for all parents.</summary>
internal static class GuardedResolver
{
    public static FieldResolver Around(FieldResolver inner, IReadOnlyList<AuthorizationRules> rules) => inner switch
    {
        PureResolver pure => new GuardedPure(pure, [.. rules]),
        SingleResolver single => new GuardedSingle(single, [.. rules]),
        BatchResolver batch => new GuardedBatch(batch, [.. rules]),
        PlannedResolver planned => new GuardedPlanned(planned, [.. rules]),
        StreamResolver stream => new GuardedStream(stream, [.. rules]),
        _ => throw new NotSupportedException(inner.GetType().Name),
    };

    private static async ValueTask<GraphQLError?> BeforeAsync(ImmutableArray<AuthorizationRules> rules, FieldContext field)
    {
        foreach (var rule in rules)
        {
            if (await FieldAuthorization.CheckAsync(rule, field, field.Selection.Field) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static async ValueTask<GraphQLError?> AfterAsync(
        ImmutableArray<AuthorizationRules> rules, FieldContext field, object? value)
    {
        foreach (var rule in rules)
        {
            if (await FieldAuthorization.AskAsync(rule, field.Request, value, ApplyPolicy.AfterResolver) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static async ValueTask DemandAsync(ImmutableArray<AuthorizationRules> rules, FieldContext field)
    {
        if (await BeforeAsync(rules, field) is { } error)
        {
            throw new GraphQLException(error);
        }
    }

    private sealed class GuardedPure(PureResolver inner, ImmutableArray<AuthorizationRules> rules) : BatchResolver
    {
        public override async ValueTask ResolveAsync(FieldBatch batch, FieldContext field, CancellationToken ct)
        {
            await DemandAsync(rules, field);
            for (var i = 0; i < batch.Count; i++)
            {
                var value = inner.Resolve(batch.Parent<object>(i));
                if (await AfterAsync(rules, field, value) is { } error)
                {
                    batch.Fail(i, error);
                }
                else
                {
                    batch.Set(i, value);
                }
            }
        }
    }

    private sealed class GuardedSingle(SingleResolver inner, ImmutableArray<AuthorizationRules> rules) : SingleResolver
    {
        private readonly bool _looksAtValues =
            rules.Any(rule => rule.Rules.Any(part => part.Apply == ApplyPolicy.AfterResolver));

        public override ValueTask<object?> ResolveAsync(object? parent, FieldContext field, CancellationToken ct)
        {
            // The answer is known after the first parent: the others pay nothing for the rule.
            var check = BeforeAsync(rules, field).Preserve();
            return check.IsCompletedSuccessfully && !_looksAtValues && check.GetAwaiter().GetResult() is null
                ? inner.ResolveAsync(parent, field, ct)
                : CheckedAsync(check, parent, field, ct);
        }

        private async ValueTask<object?> CheckedAsync(
            ValueTask<GraphQLError?> check, object? parent, FieldContext field, CancellationToken ct)
        {
            if (await check is { } refused)
            {
                throw new GraphQLException(refused);
            }

            var value = await inner.ResolveAsync(parent, field, ct);
            return await AfterAsync(rules, field, value) is { } error ? throw new GraphQLException(error) : value;
        }
    }

    private sealed class GuardedBatch(BatchResolver inner, ImmutableArray<AuthorizationRules> rules) : BatchResolver
    {
        public override async ValueTask ResolveAsync(FieldBatch batch, FieldContext field, CancellationToken ct)
        {
            await DemandAsync(rules, field);
            await inner.ResolveAsync(batch, field, ct);
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch.Result(i) is not FieldFailure and var value && await AfterAsync(rules, field, value) is { } error)
                {
                    batch.Fail(i, error);
                }
            }
        }
    }

    private sealed class GuardedPlanned(PlannedResolver inner, ImmutableArray<AuthorizationRules> rules) : PlannedResolver
    {
        public override async ValueTask<PlannedSubtree> LoadAsync(
            ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct)
        {
            await DemandAsync(rules, field);
            return await inner.LoadAsync(parents, field, ct);
        }
    }

    private sealed class GuardedStream(StreamResolver inner, ImmutableArray<AuthorizationRules> rules) : StreamResolver
    {
        public override async ValueTask<IEventSource> SubscribeAsync(
            FieldContext field, string? resumeFrom, CancellationToken ct)
        {
            await DemandAsync(rules, field);
            return await inner.SubscribeAsync(field, resumeFrom, ct);
        }

        // G-38: a right that was taken away while the stream is open ends with the next event.
        public override async ValueTask<object?> ResolveAsync(object? message, FieldContext field, CancellationToken ct)
        {
            await DemandAsync(rules, field);
            return await inner.ResolveAsync(message, field, ct);
        }
    }
}
