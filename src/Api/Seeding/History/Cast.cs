using Platform.Api.Access;
using Platform.Domain.Access;
using Platform.Domain.Kernel;

namespace Platform.Api.Seeding.History;

/// <summary>
/// The people of the history: each does what their role may do and nothing else, takes a moment for it, and nobody agrees to what they
/// asked for themselves.
/// </summary>
internal sealed class Cast(CommandRunner runner, SimulatedClock clock, IReadOnlyDictionary<Role, UserCreated> people)
{
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(11);

    public UserCreated this[Role role] => people[role];

    /// <summary>Carries out a command as the person of a role; a refusal is a mistake in the history.</summary>
    public async Task<TEvent> AsAsync<TEvent>(Role role, ICommand<TEvent> command, CancellationToken ct)
        where TEvent : notnull
    {
        var result = await TryAsync(role, command, ct);
        return result.Succeeded(out var happened)
            ? happened
            : throw new InvalidOperationException($"{command.GetType().Name} of the history was refused: {result.Error!.Message}");
    }

    /// <summary>The same where a refusal is part of the story.</summary>
    public Task<Result<TEvent>> TryAsync<TEvent>(Role role, ICommand<TEvent> command, CancellationToken ct)
        where TEvent : notnull
    {
        clock.Pass(_moment);
        var person = people[role];
        var caller = new Caller(
            new Actor(person.Kind, person.User.Value, person.Person, person.Name), RolePermissions.Of(role), Guid.CreateVersion7(), IdempotencyKey: null);
        return runner.Async(command, caller, ct);
    }
}
