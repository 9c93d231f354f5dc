using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;

namespace Platform.Tests.Support;

/// <summary>A small domain that the kernel is tested with: turnstiles let a limited number of people in.</summary>
public class TurnstileDatabase : TestDatabase
{
    protected override IReadOnlyList<Assembly> HandlerAssemblies => [typeof(PassHandler).Assembly];

    protected override void Configure(IServiceCollection services) => services.AddSingleton(Interference);

    /// <summary>What a test makes happen inside a handler.</summary>
    public Interference Interference { get; } = new();

    protected override Task PrepareAsync() => ExecuteAsync(
        """
        create table turnstile (id uuid primary key, passed int not null, free int not null check (free >= 0));
        create table ticket (number text constraint ticket_taken primary key);
        """);

    public async Task<Guid> TurnstileAsync(int free)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync($"insert into turnstile values ('{id}', 0, {free})");
        return id;
    }

    public Task<int> PassedAsync(Guid turnstile) =>
        ScalarAsync<int>($"select passed from turnstile where id = '{turnstile}'");

    public Task<long> EventsOfAsync(Guid turnstile) =>
        ScalarAsync<long>($"select count(*) from event where aggregate_id = '{turnstile}'");
}

/// <summary>Runs inside the handler, after its change and before the commit.</summary>
public sealed class Interference
{
    public Func<Pass, Task>? BeforeCommit { get; set; }
}

[Needs("turnstile.pass")]
[Refuses<TurnstileFull>, Refuses<NobodyPassed>, Refuses<TicketTaken>]
public sealed record Pass(Guid Turnstile, int People, decimal Price, string? Ticket, IReadOnlyList<string> Bags, string? Reason)
    : ICommand<Passed>, IReasoned
{
    public static Pass Through(Guid turnstile, int people) => new(turnstile, people, Price: 1.5m, Ticket: null, Bags: [], Reason: null);
}

public sealed record Passed(Guid Turnstile, int People, DateTimeOffset At) : IEvent
{
    public Subject Subject => new("Turnstile", Turnstile);
}

public sealed record TurnstileFull(Guid Turnstile, int Free) : DomainError
{
    public override string Message => $"The turnstile lets {Free} more people in.";
}

public sealed record NobodyPassed(int People) : InvalidInput
{
    public override string Message => $"{People} people cannot pass.";
}

public sealed record TicketTaken(string Ticket) : DomainError
{
    public override string Message => $"The ticket {Ticket} was used.";
}

internal sealed class PassHandler(PlatformDb db, Interference interference)
    : ICommandHandler<Pass, Passed>, IConstraintRefusals<Pass>
{
    public async Task<Result<Passed>> HandleAsync(Pass command, Envelope envelope, CancellationToken ct)
    {
        if (command.People <= 0)
        {
            return new NobodyPassed(command.People);
        }

        await using var pass = db.Statement("update turnstile set passed = passed + $2, free = free - $2 where id = $1 and free >= $2");
        pass.Parameters.AddWithValue(command.Turnstile);
        pass.Parameters.AddWithValue(command.People);
        if (await pass.ExecuteNonQueryAsync(ct) == 0)
        {
            await using var free = db.Statement("select free from turnstile where id = $1");
            free.Parameters.AddWithValue(command.Turnstile);
            return new TurnstileFull(command.Turnstile, (int)(await free.ExecuteScalarAsync(ct))!);
        }

        if (command.Ticket is not null)
        {
            await using var ticket = db.Statement("insert into ticket values ($1)");
            ticket.Parameters.AddWithValue(command.Ticket);
            await ticket.ExecuteNonQueryAsync(ct);
        }

        var passed = new Passed(command.Turnstile, command.People, envelope.Now);
        db.Raise(passed);
        if (interference.BeforeCommit is { } interfere)
        {
            await interfere(command);
        }

        return passed;
    }

    public DomainError? RefusalFor(Pass command, string constraint) =>
        constraint == "ticket_taken" ? new TicketTaken(command.Ticket!) : null;
}

/// <summary>A command that names no permission: open to nobody.</summary>
public sealed record Unguarded(Guid Turnstile) : ICommand<Passed>;

internal sealed class UnguardedHandler : ICommandHandler<Unguarded, Passed>
{
    public Task<Result<Passed>> HandleAsync(Unguarded command, Envelope envelope, CancellationToken ct) =>
        Task.FromResult<Result<Passed>>(new Passed(command.Turnstile, 0, envelope.Now));
}

/// <summary>A command that a model may run.</summary>
[Needs("turnstile.suggest"), OpenToModels]
public sealed record SuggestPassing(Guid Turnstile) : ICommand<PassingSuggested>;

public sealed record PassingSuggested(Guid Suggestion, Guid Turnstile) : ISoleEvent
{
    public Subject Subject => new("Suggestion", Suggestion);
}

internal sealed class SuggestPassingHandler(PlatformDb db) : ICommandHandler<SuggestPassing, PassingSuggested>
{
    public Task<Result<PassingSuggested>> HandleAsync(SuggestPassing command, Envelope envelope, CancellationToken ct)
    {
        var suggested = new PassingSuggested(Guid.CreateVersion7(), command.Turnstile);
        db.Raise(suggested);
        return Task.FromResult<Result<PassingSuggested>>(suggested);
    }
}
