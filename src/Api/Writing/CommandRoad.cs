using Platform.Domain.Kernel;

namespace Platform.Api.Writing;

/// <summary>What became of a command: its event or its refusal, now or when the same key was used first.</summary>
internal sealed record Outcome(object? Event, DomainError? Refusal, bool IsReplay);

/// <summary>Runs commands whose event type is known only when the schema is built.</summary>
internal abstract class CommandRoad
{
    public static CommandRoad To(Type @event) => (CommandRoad)Activator.CreateInstance(typeof(Road<>).MakeGenericType(@event))!;

    public abstract Task<Outcome> RunAsync(CommandRunner runner, object command, Caller caller, CancellationToken ct);

    /// <summary>The same within a session, which decides later whether anything of it stands.</summary>
    public abstract Task<Outcome> RunAsync(CommandRunner.Session session, object command, Caller caller, CancellationToken ct);

    private sealed class Road<TEvent> : CommandRoad
        where TEvent : notnull
    {
        public override async Task<Outcome> RunAsync(CommandRunner runner, object command, Caller caller, CancellationToken ct) =>
            Of(await runner.Async((ICommand<TEvent>)command, caller, ct));

        public override async Task<Outcome> RunAsync(CommandRunner.Session session, object command, Caller caller, CancellationToken ct) =>
            Of(await session.RunAsync((ICommand<TEvent>)command, caller, ct));

        private static Outcome Of(Result<TEvent> result) =>
            new(result.Error is null ? result.Value : null, result.Error, result.IsReplay);
    }
}
