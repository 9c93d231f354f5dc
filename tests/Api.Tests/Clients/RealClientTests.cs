using Platform.Api.Seeding;
using Platform.Tests.Support;
using Platform.Tests.Wire;

namespace Platform.Tests.Api.Clients;

/// <summary>The application as a developer runs it: the demo distributor and its logins.</summary>
public sealed class DemoHost : TestHost
{
    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        await new DemoSeed().PlantAsync(HostServices, CancellationToken.None);
        await new DemoStaff().PlantAsync(HostServices, CancellationToken.None);
    }
}

/// <summary>The clients our users have, against the real schema of the running application, with a demo login.</summary>
public sealed class RealClientTests(DemoHost host) : IClassFixture<DemoHost>
{
    [NodeFact]
    public Task All_61_audits_of_graphql_http_pass() => RunAsync("audits.mjs");

    [NodeFact]
    public Task Graphql_ws_and_graphql_sse_are_served() => RunAsync("real-streams.mjs");

    [NodeFact]
    public Task Apollo_Client_is_served() => RunAsync("real-apollo.mjs");

    [NodeFact]
    public Task Urql_is_served() => RunAsync("real-urql.mjs");

    [NodeFact]
    public Task Relay_compiles_the_schema_as_it_is_served_and_reads_it() => RunAsync("real-relay.mjs");

    /// <summary>Code generation, checks of operations and of changes, and lint, as teams run them over what is committed.</summary>
    [NodeFact]
    public async Task The_tools_of_frontend_teams_take_the_schema_and_the_operations()
    {
        var root = Path.GetFullPath(Path.Combine(NodeScript.Folder, "..", "..", ".."));
        var said = await NodeScript.RunAsync("tools.mjs", Path.Combine(root, "src", "Api", "schema.graphql"), Path.Combine(root, "docs", "operations"));

        said.ShouldContain("all passed");
    }

    private async Task RunAsync(string script) =>
        (await NodeScript.RunAsync(script, host.Url + "/graphql")).ShouldContain("all passed");
}
