using Platform.Domain.Kernel;

namespace Platform.Api.Writing;

/// <summary>What became of a command: its event or its refusal, now or when the same key was used first.</summary>
internal sealed record Outcome(object? Event, DomainError? Refusal, bool IsReplay);

/// <summary>Runs commands whose event type is known only when the schema is built.</summary>
internal abstract class CommandRoad
{
    public static CommandRoad To(Type @event) => (CommandRoad)Activator.CreateInstance(typeof(Road<>).MakeGenericType(@event))!;

    public abstract Task<Outcome> RunAsync(CommandRunner runner, object command, Caller caller, CancellationToken ct);

    private sealed class Road<TEvent> : CommandRoad
        where TEvent : notnull
    {
        public override async Task<Outcome> RunAsync(CommandRunner runner, object command, Caller caller, CancellationToken ct)
        {
            var result = await runner.Async((ICommand<TEvent>)command, caller, ct);
            return new Outcome(result.Error is null ? result.Value : null, result.Error, result.IsReplay);
        }
    }
}
