using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Approvals;

/// <summary>The plainest document that others must agree to: signing it counts, and it says what it is worth.</summary>
public sealed class Papers : TestDatabase
{
    public Caller Author { get; } = Callers.Of(ActorKind.Human, "Aut Hor", "paper.file", "paper.sign", "approvals.request", "approvals.decide", "approver.finance");

    /// <summary>Persons from whom every role was taken.</summary>
    public ConcurrentBag<Guid> Stripped { get; } = [];

    protected override IReadOnlyList<Assembly> HandlerAssemblies => [typeof(PlatformDb).Assembly, typeof(SignPaperHandler).Assembly];

    /// <summary>Somebody who decides in these roles and may sign.</summary>
    public static Caller Approver(params IEnumerable<string> roles) => Callers.Of(
        ActorKind.Human, "App Rover", roles.Select(role => $"approver.{role}").Concat(["approvals.decide", "paper.sign"]));

    public async Task<Guid> PaperAsync()
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync($"insert into paper (id, words, signed) values ('{id}', 'as agreed', 0)");
        return id;
    }

    public Task<int> SignedAsync(Guid paper) => ScalarAsync<int>($"select signed from paper where id = '{paper}'");

    public async Task<ApprovalFiled> FiledAsync(FilePaper file) => (await RunAsync(file, Author)).Value;

    public Task<string> HashAsync(ApprovalRequestId request) =>
        ScalarAsync<string>($"select shown_hash from approval_request where id = '{request}'");

    public async Task<Result<ApprovalMoved>> ApproveAsync(ApprovalRequestId request, Caller by) =>
        await RunAsync(new ApproveRequest(request, await HashAsync(request), null), by);

    /// <summary>Publishes a matrix for the rest of the test, and says how to take it back.</summary>
    public async Task<PolicyPublished> MatrixAsync(params IReadOnlyList<ApprovalRule> rules) => await MatrixAsync(0, rules);

    public async Task<PolicyPublished> MatrixAsync(int accumulateDays, IReadOnlyList<ApprovalRule> rules)
    {
        var drafted = await RunAsync(
            new DraftApprovalMatrix(new ApprovalMatrix("EUR", accumulateDays, rules), "for a test"), MasterData.Of("Author"));
        (await RunAsync(new SimulatePolicy(drafted.Value.Policy, 1))).Error.ShouldBeNull();
        return (await RunAsync(new PublishPolicy(drafted.Value.Policy, 2, null))).Value;
    }

    public async Task WithdrawAsync(PolicyPublished matrix) =>
        (await RunAsync(new WithdrawPolicy(matrix.Policy, matrix.Version, "end of the test"))).Error.ShouldBeNull();

    public static ApprovalRule Rule(string name, params IReadOnlyList<ApprovalStep> steps) => new(
        name, [], null, [], [], [], null, null, null, null, steps, null, 48, 24, "operations", 0);

    public static ApprovalStep Step(params IReadOnlyList<ApprovalSeat> seats) => new(seats);

    protected override void Configure(IServiceCollection services) => services
        .AddScoped<IMaterialFacts, PaperFacts>()
        .AddSingleton<IHeldPermissions>(new Accounts(Stripped));

    protected override Task PrepareAsync() =>
        ExecuteAsync("create table paper (id uuid primary key, words text not null, signed int not null constraint paper_signed_once check (signed <= 1))");
}

/// <summary>Everybody holds every role, until it is taken from them.</summary>
internal sealed class Accounts(ConcurrentBag<Guid> stripped) : IHeldPermissions
{
    private static readonly HashSet<string> All = [.. new[] { "supervisor", "finance", "director", "operations", "quality" }.Select(role => $"approver.{role}")];

    public Task<IReadOnlySet<string>> OfAsync(Guid person, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<string>>(stripped.Contains(person) ? new HashSet<string>() : All);
}

/// <summary>Signs a paper. Only under a mandate.</summary>
[Needs("paper.sign")]
public sealed record SignPaper(Guid Paper, string Words) : ICommand<PaperSigned>;

public sealed record PaperSigned(Guid Paper, string By, Guid? Mandate) : IEvent
{
    public Subject Subject => new("Paper", Paper);
}

public sealed record PaperIsBlank(Guid Paper) : DomainError
{
    public override string Message => $"Paper {Paper} says nothing.";
}

public sealed record PaperSignedBefore(Guid Paper) : DomainError
{
    public override string Message => $"Paper {Paper} is signed.";
}

/// <summary>Asks that a paper be signed.</summary>
[Needs("paper.file")]
public sealed record FilePaper(Guid Paper, decimal? Amount) : ICommand<ApprovalFiled>
{
    public string Kind { get; init; } = "INVOICE";

    public string Words { get; init; } = "as agreed";

    public SupplierId? Supplier { get; init; }

    public string? Criticality { get; init; }
}

internal sealed class SignPaperHandler(PlatformDb db) : ICommandHandler<SignPaper, PaperSigned>, IConstraintRefusals<SignPaper>
{
    public async Task<Result<PaperSigned>> HandleAsync(SignPaper command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new NeedsApproval("A paper");
        }

        await using var sign = db.Statement("update paper set signed = signed + 1 where id = $1");
        sign.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = command.Paper });
        await sign.ExecuteNonQueryAsync(ct);
        if (command.Words == "blank")
        {
            return new PaperIsBlank(command.Paper); // after a write, which must go too
        }

        var signed = new PaperSigned(command.Paper, envelope.Actor.Name, envelope.Mandate);
        db.Raise(signed);
        return signed;
    }

    public DomainError? RefusalFor(SignPaper command, string constraint) =>
        constraint == "paper_signed_once" ? new PaperSignedBefore(command.Paper) : null;
}

internal sealed class FilePaperHandler(ApprovalDesk approvals) : ICommandHandler<FilePaper, ApprovalFiled>
{
    public Task<Result<ApprovalFiled>> HandleAsync(FilePaper command, Envelope envelope, CancellationToken ct) =>
        approvals.FileAsync(
            new SignPaper(command.Paper, command.Words),
            new ApprovalSheet
            {
                Kind = command.Kind,
                Subject = new Subject("Paper", command.Paper),
                Title = "Sign a paper",
                Effects = [new ShownEffect("signed", "no", "yes")],
                Preconditions = [new Subject("Paper", command.Paper)],
                Amount = command.Amount,
                Currency = command.Amount is null ? null : "EUR",
                Supplier = command.Supplier,
                Criticality = command.Criticality,
            },
            envelope,
            ct);
}

internal sealed class PaperFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => "Paper";

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        await using var read = db.Statement("select words, signed from paper where id = $1 for update");
        read.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var row = await read.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new { Words = row.GetString(0), Signed = row.GetInt32(1) } : null;
    }
}
