using System.Reflection;
using Platform.Api.Writing;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Writing;

/// <summary>What holds for every command, asked of every command through HTTP.</summary>
public sealed class EveryCommandTests(GraphWorld world) : IClassFixture<GraphWorld>
{
    private static readonly string _codes = "errors { __typename ... on Error { code message } }";

    public static TheoryData<string> Commands =>
    [
        .. typeof(CommandRunner).Assembly.GetTypes()
            .Where(type => type.GetInterfaces().Any(contract =>
                contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICommand<>)))
            .Where(type => !type.IsDefined(typeof(ByTheHostOnlyAttribute)))
            .Select(type => type.FullName!)
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_plausible_request_is_answered_by_the_domain_and_never_by_a_fault(string command)
    {
        var answer = await world.SendAsync(MasterData.Steward, Mutation(command), _codes, PlausibleInputs.For(Type(command)));

        answer["errors"].ShouldBeNull(answer.ToJsonString());
        answer["data"]![Mutation(command)].ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Who_may_not_is_refused_and_the_attempt_is_kept(string command)
    {
        var operation = Type(command).Name;
        var before = await world.FootprintAsync();
        var audited = await world.AuditedAsync(operation, "NOT_PERMITTED");

        var answer = await world.SendAsync(Callers.Stranger, Mutation(command), _codes, PlausibleInputs.For(Type(command)), key: "tried");

        answer.Code().ShouldBe("AUTH_NOT_AUTHORIZED");
        answer["data"].ShouldBeNull();
        (await world.FootprintAsync()).ShouldBe(before);
        (await world.AuditedAsync(operation, "NOT_PERMITTED")).ShouldBe(audited + 1);
        (await world.ScalarAsync<long>($"select count(*) from idempotency_key where key = 'tried' and operation = '{operation}'")).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Nobody_gets_in_and_leaves_no_trace_at_all(string command)
    {
        var before = await world.TracesAsync();

        var answer = await world.SendAsync(caller: null, Mutation(command), _codes, PlausibleInputs.For(Type(command)), key: "nobody");

        answer.Code().ShouldBe("AUTH_NOT_AUTHENTICATED");
        (await world.TracesAsync()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_model_files_recommendations_and_runs_nothing_else(string command)
    {
        if (Type(command).IsDefined(typeof(OpenToModelsAttribute)))
        {
            return;
        }

        var answer = await world.SendAsync(Callers.Model, Mutation(command), _codes, PlausibleInputs.For(Type(command)));

        answer.Code().ShouldBe("AUTH_NOT_AUTHORIZED");
    }

    private static Type Type(string command) => typeof(CommandRunner).Assembly.GetType(command)!;

    private static string Mutation(string command) => GraphWords.Field(Type(command).Name);
}
