using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.Api.Writing;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.TypeSystem;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

/// <summary>Who may do what: every command and every field, against every kind of caller.</summary>
public sealed partial class PermissionTests(TestHost host) : IClassFixture<TestHost>
{
    private static readonly FrozenSet<string> Given =
        Enum.GetValues<Role>().SelectMany(RolePermissions.Of).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What only clocks and workers of the host do, as actors of their own.</summary>
    private static readonly string[] OfTheHost =
    [
        "access.door", "exceptions.escalate", "approvals.execute", "bulk.work", "purchasing.watch", "quality.watch", "receiving.watch", "payables.watch",
        "planning.watch", "putaway.watch", "recommendations.watch", "schedules.run",
    ];

    private OperationCatalog Catalog => host.HostServices.GetRequiredService<OperationCatalog>();

    private Schema Schema => host.HostServices.GetRequiredService<Schema>();

    [Fact]
    public void Every_command_is_given_to_at_least_one_role() =>
        Catalog.All.Where(operation => operation.IsOffered).Select(operation => operation.Permission!)
            .Except(OfTheHost, StringComparer.Ordinal).Except(Given, StringComparer.Ordinal).Distinct().Order(StringComparer.Ordinal)
            .ShouldBeEmpty("give it to a role in RolePermissions");

    [Fact]
    public void Every_permission_that_the_schema_asks_for_is_given_to_at_least_one_role() =>
        AskedFor().Except(Given, StringComparer.Ordinal).ShouldBeEmpty("give it to a role in RolePermissions");

    [Fact]
    public void No_role_has_a_permission_that_nothing_asks_for()
    {
        var asked = Catalog.All.Select(operation => operation.Permission!)
            .Concat(AskedFor())
            .Concat(["schema.read", "plan.read", "metrics.read", "webhooks.manage", "audit.read"])
            // What a command looks at beside its own: another bin than was told, holds of compliance.
            .Concat(["putaway.override", "quality.compliance"]);

        Given.Where(permission => permission.Split('.')[0] is not ("steward" or "approver")) // Asked for by name of the role in policies.
            .Except(asked, StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    /// <summary>The table is read by people: by capability, in order, and nothing twice.</summary>
    [Fact]
    public void Each_list_of_permissions_is_in_order_and_names_nothing_twice()
    {
        var lists = Lists().Matches(File.ReadAllText(Path.Combine(Root(), "src", "Api", "Access", "RolePermissions.cs")));
        foreach (Match list in lists)
        {
            var names = Names().Matches(list.Value).Select(name => name.Value).ToList();
            names.ShouldBe(names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), Case.Sensitive, list.Value.Trim());
        }

        lists.Count.ShouldBeGreaterThan(Enum.GetValues<Role>().Length);
    }

    [GeneratedRegex("""= ?\s*\[[^\[\]]*\]""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lists();

    [GeneratedRegex("\"[a-z_.-]+\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Platform.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    /// <summary>What the host does by itself is in nobody's hands.</summary>
    [Fact]
    public void No_role_does_what_the_host_does_by_itself() => Given.Intersect(OfTheHost, StringComparer.Ordinal).ShouldBeEmpty();

    /// <summary>RELIABILITY 4.5: who gives access does no business with it.</summary>
    [Fact]
    public void The_administrator_reads_and_writes_no_business() =>
        RolePermissions.Of(Role.Administrator).Where(permission => permission.Split('.')[0] is "stock" or "catalog" or "partners" or "finance" or "network")
            .ShouldBeEmpty();

    // Every command × anonymous, somebody without the permission, a model with all of them, somebody limited to rows.
    [Fact]
    public async Task Every_command_is_refused_to_whoever_may_not_before_anything_is_looked_at()
    {
        var runner = host.HostServices.GetRequiredService<CommandRunner>();
        var all = Catalog.All.Select(operation => operation.Permission!).ToFrozenSet(StringComparer.Ordinal);
        var limited = RowScope.Everything with { Warehouses = new HashSet<Guid> { Guid.CreateVersion7() } };
        foreach (var operation in Catalog.All)
        {
            var command = Blank(operation.Command);
            var everythingElse = Callers.Of(ActorKind.Human, "All but one", all.Where(permission => permission != operation.Permission));
            var model = Callers.Of(ActorKind.Model, "A model", all);
            var worker = Callers.Of(ActorKind.Human, "Worker", all) with { Rows = limited };

            (await AskAsync(Callers.Stranger)).ShouldBeOfType<NotPermitted>(operation.Name);
            (await AskAsync(everythingElse)).ShouldBeOfType<NotPermitted>(operation.Name);
            if (!operation.IsOpenToModels)
            {
                (await AskAsync(model)).ShouldBeOfType<ModelMayNotAct>(operation.Name);
            }

            if (!operation.IsWithinRows)
            {
                (await AskAsync(worker)).ShouldBeOfType<BeyondYourRows>(operation.Name);
            }

            async Task<DomainError?> AskAsync(Caller caller) =>
                (await CommandRoad.To(operation.Event).RunAsync(runner, command, caller, CancellationToken.None)).Refusal;
        }
    }

    /// <summary>G-60, R-43: a field without a rule does not build; none of those that change anything is open to everybody.</summary>
    [Fact]
    public void Every_mutation_asks_who_it_is()
    {
        var mutation = Schema.Types.OfType<ObjectType>().Single(type => type.Name == "Mutation");

        mutation.Fields.Where(field => field.Metadata.Get<AuthorizationRules>() is not { AllowsAnonymous: false, Rules.IsEmpty: false })
            .Select(field => field.Name)
            .ShouldBeEmpty();
        mutation.Fields.Select(field => field.Name).ShouldNotContain("startSession");
        mutation.Fields.Select(field => field.Name).ShouldNotContain("setPassword");
        mutation.Fields.Select(field => field.Name).ShouldNotContain("createApiKey");
    }

    /// <summary>A command with nothing in it: whoever may not is refused before anybody looks.</summary>
    private static object Blank(Type type)
    {
        var blank = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            if (field.FieldType is { IsClass: true, IsAbstract: false, Namespace: { } place } && place.StartsWith("Platform.", StringComparison.Ordinal))
            {
                field.SetValue(blank, Blank(field.FieldType));
            }
            else if (field.FieldType is { IsInterface: true, IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            {
                field.SetValue(blank, Array.CreateInstance(list.GetGenericArguments()[0], 0));
            }
        }

        return blank;
    }

    private IEnumerable<string> AskedFor() =>
        Schema.Types.Select(type => type.Metadata)
            .Concat(Schema.Types.OfType<ComplexType>().SelectMany(type => type.Fields).Select(field => field.Metadata))
            .SelectMany(metadata => metadata.Get<AuthorizationRules>()?.Rules ?? [])
            .Select(rule => rule.Policy)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
}
